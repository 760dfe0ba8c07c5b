import { IconChevronRight } from "@tabler/icons-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { BankAccountView, HomeView, Inbox } from "../../api/generated";
import { Act } from "../../parts/Act";
import { Amount, type Rule } from "../../parts/Amount";
import { Cap } from "../../parts/Keys";
import { Failed, Loading } from "../../parts/States";
import { Tag } from "../../parts/Tag";
import { dayText } from "../../parts/format";
import { countText, useLanguage, useWords } from "../../words";

/** Where a door of the last step leads. */
export const DOORS = ["/bank", "/books", "/taxes"] as const;
export type Door = (typeof DOORS)[number] | "/home";

/** The third step: the reader's own figures, and where to go on. */
export function See(props: { path: string; children?: ReactNode; onOpen: (door: Door) => void }) {
  const say = useWords("start");
  const { onOpen } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => void heading.current?.focus({ preventScroll: true }), []);
  useAction("openRow", () => onOpen("/home"));
  useAction("openNumbered", (chord) => {
    const door = DOORS[Number(chord) - 1];
    if (door !== undefined) onOpen(door);
  });
  const accounts = useCall("bank_accounts", {});
  const inbox = useCall("inbox", {});
  const home = useCall("home", {});
  const failed = [accounts, inbox, home].find((one) => one.isError);
  const lines = (accounts.data ?? []).reduce((sum, one) => sum + one.lines, 0);
  return (
    <div className="start-wide">
      <h1 ref={heading} tabIndex={-1}>
        {say("seeTitle")}
      </h1>
      <p className="start-lead">
        {accounts.data && (lines === 0 ? say("seeEmpty") : say("seeLead", { count: lines }))}
      </p>
      {props.children}
      {failed?.error && <Failed error={failed.error} again={() => void failed.refetch()} />}
      {!failed &&
        (accounts.data && inbox.data && home.data ? (
          <>
            {lines > 0 && <Figures lines={lines} inbox={inbox.data} home={home.data} />}
            <div className="start-columns">
              {lines > 0 && <Sorted inbox={inbox.data} />}
              {lines > 0 && <Accounts accounts={accounts.data} />}
              <Doors waiting={inbox.data.count} onOpen={onOpen} />
            </div>
          </>
        ) : (
          <Loading />
        ))}
      <div className="start-buttons">
        <Act of="openRow" main>
          {say("openHome")}
        </Act>
        <bdi className="help start-path" title={props.path}>
          {props.path}
        </bdi>
      </div>
    </div>
  );
}

function Figures(props: { lines: number; inbox: Inbox; home: HomeView }) {
  const say = useWords("start");
  const { lines, inbox, home } = props;
  const states = home.accounts.map((one) => one.state);
  const rule: Rule = states.includes("broken")
    ? "broken"
    : states.every((one) => one === "proved")
      ? "proved"
      : "unproved";
  return (
    <dl className="start-figures">
      <Figure name={say("cash")} about={say(`cash-${rule}`)}>
        <Amount minor={home.cash_minor} symbol rule={rule} />
      </Figure>
      <CountFigure name={say("linesRead")} count={lines} about={say("linesReadAbout")} />
      <CountFigure name={say("sure")} count={inbox.sure} about={say("sureAbout")} />
      <CountFigure name={say("waiting")} count={inbox.count} about={say("waitingAbout")} />
    </dl>
  );
}

function Figure(props: { name: string; about: string; children: ReactNode }) {
  return (
    <div>
      <dt className="help">{props.name}</dt>
      <dd className="start-figure">{props.children}</dd>
      <dd className="help">{props.about}</dd>
    </div>
  );
}

function CountFigure(props: { name: string; about: string; count: number }) {
  const language = useLanguage();
  return (
    <Figure name={props.name} about={props.about}>
      <span className="num">{countText(language, props.count)}</span>
    </Figure>
  );
}

/** How many lines wait with a sure suggestion, with one to look at, and with none. */
function Sorted(props: { inbox: Inbox }) {
  const say = useWords("start");
  const language = useLanguage();
  const { lines, sure } = props.inbox;
  const none = lines.filter((line) => line.proposal === null).length;
  const kinds = [
    { key: "sure", count: sure },
    { key: "look", count: lines.length - sure - none },
    { key: "none", count: none },
  ] as const;
  return (
    <section>
      <h2>{say("sorted", { count: lines.length })}</h2>
      <ul className="start-bars">
        {kinds.map(({ key, count }) => (
          <li key={key}>
            <span className="row">
              <span className="grow">{say(`sorted-${key}`)}</span>
              <span className="strong">{countText(language, count)}</span>
            </span>
            <span className={`start-bar ${key}`} aria-hidden>
              <span style={{ width: `${(count * 100) / Math.max(1, lines.length)}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Accounts(props: { accounts: readonly BankAccountView[] }) {
  const say = useWords("start");
  const language = useLanguage();
  return (
    <section>
      <h2>{say("accounts")}</h2>
      <ul className="start-rows">
        {props.accounts.map((one) => (
          <li key={one.id} className="row">
            <span className="quiet">{one.account}</span>
            <bdi className="cut grow" title={one.name}>
              {one.name}
            </bdi>
            {one.proof === "proved" && (
              <Tag tone="proved">
                {one.proved_to === null
                  ? say("proved")
                  : say("provedTo", { day: dayText(one.proved_to, language) })}
              </Tag>
            )}
            {one.proof === "broken" && <Tag tone="broken">{say("accountBroken")}</Tag>}
            {one.proof === "unproved" && <Tag tone="pencil">{say("unproved")}</Tag>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Doors(props: { waiting: number; onOpen: (door: Door) => void }) {
  const say = useWords("start");
  const words: Record<(typeof DOORS)[number], { title: string; about: string }> = {
    "/bank": {
      title: props.waiting > 0 ? say("door-lines", { count: props.waiting }) : say("door-bank"),
      about: props.waiting > 0 ? say("door-linesAbout") : say("door-bankAbout"),
    },
    "/books": { title: say("door-books"), about: say("door-booksAbout") },
    "/taxes": { title: say("door-taxes"), about: say("door-taxesAbout") },
  };
  return (
    <section className="start-doors">
      <h2>{say("doors")}</h2>
      <ol className="start-rows">
        {DOORS.map((door, at) => (
          <li key={door}>
            <button
              type="button"
              className="start-door"
              aria-keyshortcuts={String(at + 1)}
              onClick={() => props.onOpen(door)}
            >
              <span aria-hidden>
                <Cap>{String(at + 1)}</Cap>
              </span>
              <span className="grow">
                <span className="strong">{words[door].title}</span>
                <span className="help">{words[door].about}</span>
              </span>
              <IconChevronRight size={15} stroke={1.6} aria-hidden />
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
