import { IconArrowLeft, IconArrowRight, IconSearch, IconSelector } from "@tabler/icons-react";
import { Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useAction, type ActionId } from "../actions";
import { useBook, useCall, useLookAgain } from "../api/client";
import { Keys } from "../parts/Keys";
import { dayText } from "../parts/format";
import mark from "../../../assets/icons/comptoir.svg";
import { SCREENS, type ScreenPlace } from "../screens";
import { useLanguage, useWords } from "../words";
import { useOpening } from "./opening";
import { DailyCopy } from "./DailyCopy";
import { Dropping } from "./Dropping";
import { KeySheet } from "./KeySheet";
import { Palette } from "./Palette";
import { PassphraseProvider } from "./Passphrase";
import { SyncingProvider, useToMend } from "./Syncing";
import { Toasts, Works } from "./Toasts";
import { useGo } from "./place";
import { useDo } from "./session";
import "./frame.css";

/** The window: title, places at the left, the sheet in the middle. */
export function Frame() {
  const say = useWords("frame");
  const [over, setOver] = useState<"palette" | "keys" | null>(null);
  useFrameActions(setOver);
  useLookAgain();
  return (
    <div className="frame">
      <a className="skip" href="#sheet" onClick={(event) => skipTo(event)}>
        {say("skip")}
      </a>
      <Title onSearch={() => setOver("palette")} />
      <Places />
      {SCREENS.map((screen) => (
        <Way key={screen.path} to={screen} />
      ))}
      <main id="sheet" className="sheet" tabIndex={-1}>
        <PassphraseProvider>
          <SyncingProvider>
            <Outlet />
          </SyncingProvider>
        </PassphraseProvider>
        <Works />
        <Toasts />
      </main>
      <Dropping />
      <DailyCopy />
      <Palette opened={over === "palette"} close={() => setOver(null)} />
      <KeySheet opened={over === "keys"} close={() => setOver(null)} />
    </div>
  );
}

function skipTo(event: { preventDefault(): void }) {
  event.preventDefault();
  document.getElementById("sheet")?.focus();
}

function useFrameActions(setOver: (over: "palette" | "keys" | null) => void) {
  const router = useRouter();
  const undo = useUndo();
  useAction("palette", () => setOver("palette"));
  useAction("keys", () => setOver("keys"));
  useAction("back", () => router.history.back());
  useAction("forward", () => router.history.forward());
  useAction("undo", undo);
  useAction("nextPanel", () => nextPanel());
}

/** The keys that lead to a screen. */
function Way(props: { to: ScreenPlace }) {
  const go = useGo();
  const { action, path } = props.to;
  useAction(action, () => go(path));
  return null;
}

/** Undoes the last record that can be undone, and says which. */
function useUndo() {
  const say = useWords("frame");
  const run = useDo();
  return useMemo(
    () => async () => {
      await run("undo", {}, { done: say("undoneLast") });
    },
    [run, say],
  );
}

/** Moves the focus from one panel of the window to the next. */
function nextPanel() {
  const panels = [...document.querySelectorAll<HTMLElement>(".grid-pane, [data-panel], .places")];
  if (panels.length === 0) return;
  const at = panels.findIndex((panel) => panel.contains(document.activeElement));
  panels[(at + 1) % panels.length]?.focus();
}

function Title(props: { onSearch: () => void }) {
  const say = useWords("frame");
  const router = useRouter();
  const { leave } = useOpening();
  const book = useCall("book", {});
  return (
    <header className="title">
      <button className="book-name" onClick={leave} title={say("switchBook")}>
        <img src={mark} alt="" width={20} height={20} />
        <span className="cut">{book.data?.settings["name"] ?? ""}</span>
        <IconSelector size={15} stroke={1.6} aria-hidden />
        <span className="unseen">{say("switchBook")}</span>
      </button>
      <button className="icon" aria-label={say("back")} onClick={() => router.history.back()}>
        <IconArrowLeft size={17} stroke={1.6} />
      </button>
      <button className="icon" aria-label={say("forward")} onClick={() => router.history.forward()}>
        <IconArrowRight size={17} stroke={1.6} />
      </button>
      <button className="search" onClick={props.onSearch}>
        <IconSearch size={15} stroke={1.6} aria-hidden />
        <span className="grow">{say("searchOrDo")}</span>
        <Keys of="palette" />
      </button>
    </header>
  );
}

function Places() {
  const say = useWords("frame");
  const go = useGo();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const inbox = useCall("line_days", { state: "inbox" });
  const book = useCall("book", {});
  const sources = useWords("sources");
  const toMend = useToMend();
  const counts: Partial<Record<ActionId, number>> = {
    goBank: inbox.data?.count ?? 0,
    goBooks: book.data?.drafts ?? 0,
    goSources: toMend,
  };
  return (
    <nav className="places" aria-label={say("places")} tabIndex={-1}>
      {SCREENS.map(({ path: to, action, icon: Icon, apart }) => {
        const here = path === to;
        const count = counts[action] ?? 0;
        return (
          <button
            key={to}
            className={["place", here && "here", apart && "apart"].filter(Boolean).join(" ")}
            aria-current={here ? "page" : undefined}
            title={say(action as never)}
            onClick={() => go(to)}
          >
            <Icon size={17} stroke={1.6} />
            <span className="grow cut">{say(action as never)}</span>
            {count > 0 && action !== "goSources" && <span className="count">{count}</span>}
            {count > 0 && action === "goSources" && (
              <span className="count broken" title={sources("toMend", { count })}>
                <span aria-hidden>{count}</span>
                <span className="unseen">{sources("toMend", { count })}</span>
              </span>
            )}
          </button>
        );
      })}
      <div className="grow" />
      <Foot />
    </nav>
  );
}

/** What the book stands on: its year and its last record. */
function Foot() {
  const say = useWords("frame");
  const language = useLanguage();
  const path = useBook();
  const book = useCall("book", {});
  const year = book.data?.fiscal_years.at(-1);
  return (
    <div className="foot help" title={path}>
      {year && (
        <div>
          {say("fiscalYear", { from: dayText(year[0], language), to: dayText(year[1], language) })}
        </div>
      )}
      {book.data && <div>{say("record", { count: book.data.records })}</div>}
    </div>
  );
}
