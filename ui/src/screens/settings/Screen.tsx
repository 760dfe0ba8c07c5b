import { useEffect, useRef, useState, type ReactNode } from "react";
import { useCall } from "../../api/client";
import type { BookView } from "../../api/generated";
import { Head } from "../../frame/Sheet";
import { usePlace } from "../../frame/place";
import { Act } from "../../parts/Act";
import { Failed, Loading } from "../../parts/States";
import { useWords } from "../../words";
import { About } from "./About";
import { Backups } from "./Backups";
import { Banks } from "./Banks";
import { Business } from "./Business";
import { Invoicing } from "./Invoicing";
import { LanguageChoice, ThemeChoice } from "./Look";
import { Mail } from "./Mail";
import "./settings.css";

const SECTIONS = [
  "business",
  "invoicing",
  "mail",
  "language",
  "theme",
  "backups",
  "banks",
  "keyboard",
  "about",
] as const;
type Section = (typeof SECTIONS)[number];

/** One long page: each choice holds at once, and what the book keeps of it can be undone. */
export function Settings() {
  const say = useWords("settings");
  const frame = useWords("frame");
  const book = useCall("book", {}, { keep: true });
  return (
    <>
      <Head title={frame("goSettings")} about={say("about")} />
      {book.isError && <Failed error={book.error} again={() => void book.refetch()} />}
      {book.isPending && <Loading lines={8} />}
      {book.data && <Page book={book.data} />}
    </>
  );
}

function Page(props: { book: BookView }) {
  const say = useWords("settings");
  const frame = useWords("frame");
  const [place, change] = usePlace();
  const page = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<Section>("business");
  const wanted = SECTIONS.find((one) => one === place.tab);
  // The page's end may not let a late section come to the top: the one asked for counts.
  const asked = useRef<Section | null>(null);
  const reveal = (section: Section) => {
    asked.current = section;
    setSeen(section);
    show(page.current, section);
  };
  const goTo = (section: Section) =>
    section === wanted ? reveal(section) : change({ tab: section });
  const scrolled = () => {
    setSeen(asked.current ?? inSight(page.current));
    asked.current = null;
  };
  // An address that names a section shows it, also one that back and forward come to.
  useEffect(() => {
    if (wanted !== undefined) reveal(wanted);
  }, [wanted]);
  return (
    <div className="settings">
      <Anchors seen={seen} goTo={goTo} />
      <div ref={page} className="settings-page" data-panel tabIndex={-1} onScroll={scrolled}>
        <Part of="business">
          <Business book={props.book} />
        </Part>
        <Part of="invoicing" about={say("invoicingHelp")}>
          <Invoicing book={props.book} />
        </Part>
        <Part of="mail" about={say("mailHelp")}>
          <Mail />
        </Part>
        <Part of="language" about={say("languageHelp")}>
          <LanguageChoice />
        </Part>
        <Part of="theme">
          <ThemeChoice />
        </Part>
        <Part of="backups">
          <Backups />
        </Part>
        <Part of="banks" about={say("banksHelp")}>
          <Banks />
        </Part>
        <Part of="keyboard" about={say("keyboardHelp")}>
          <div>
            <Act of="keys">{frame("keys")}</Act>
          </div>
        </Part>
        <Part of="about">
          <About book={props.book} />
        </Part>
      </div>
    </div>
  );
}

/** The sections at the left, the one in sight marked. */
function Anchors(props: { seen: Section; goTo: (section: Section) => void }) {
  const say = useWords("settings");
  const { seen, goTo } = props;
  return (
    <nav className="settings-anchors" aria-label={say("sections")}>
      {SECTIONS.map((section) => (
        <button
          key={section}
          type="button"
          className={section === seen ? "here" : undefined}
          aria-current={section === seen ? "location" : undefined}
          onClick={() => goTo(section)}
        >
          {say(`section-${section}`)}
        </button>
      ))}
    </nav>
  );
}

function Part(props: { of: Section; about?: string; children: ReactNode }) {
  const say = useWords("settings");
  const id = `settings-${props.of}`;
  return (
    <section aria-labelledby={id} data-section={props.of}>
      <h2 id={id} tabIndex={-1}>
        {say(`section-${props.of}`)}
      </h2>
      {props.about && <p className="help">{props.about}</p>}
      {props.children}
    </section>
  );
}

/** Brings a section to the top and gives it the focus, so that Tab goes on from there. */
function show(page: HTMLElement | null, section: Section) {
  const found = page?.querySelector<HTMLElement>(`[data-section="${section}"]`);
  found?.scrollIntoView({ block: "start" });
  found?.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
}

/** Px below the top within which a section counts as the one in sight. */
const NEAR_TOP = 80;

/** The last section whose head has passed the top; the last of all at the page's end. */
function inSight(page: HTMLElement | null): Section {
  if (page === null) return "business";
  const atEnd = page.scrollTop + page.clientHeight >= page.scrollHeight - 2;
  if (atEnd && page.scrollTop > 0) return "about";
  const top = page.getBoundingClientRect().top + NEAR_TOP;
  const passed = SECTIONS.filter((section) => {
    const found = page.querySelector(`[data-section="${section}"]`);
    return found !== null && found.getBoundingClientRect().top <= top;
  });
  return passed.at(-1) ?? "business";
}
