import { useEffect, useRef, type KeyboardEvent } from "react";
import type { WaitingView } from "../../api/generated";
import { Amount } from "../../parts/Amount";
import { Cap, Keys } from "../../parts/Keys";
import { dayText, longDayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { daysBetween } from "./places";

/** Rows at most: what a person sees in one look, and a digit for each. */
export const MOST_ROWS = 8;

/** What waits for a person, numbered; digits open, arrows move, Enter opens what is chosen. */
export function Waiting(props: {
  rows: WaitingView[];
  /** How many there are, shown or not. */
  count: number;
  chosen: number;
  choose: (at: number) => void;
  open: (at: number) => void;
  currencyOf: (one: WaitingView) => string;
  today: string;
  allProved: boolean;
}) {
  const say = useWords("home");
  const { rows, count, chosen } = props;
  const list = useRef<HTMLUListElement>(null);
  const some = rows.length > 0;
  useEffect(() => {
    // A dialog or a field that is in use keeps the focus.
    const held = document.activeElement?.closest('[role="dialog"], input, textarea');
    if (some && !held) list.current?.focus({ preventScroll: true });
  }, [some]);
  const press = (event: KeyboardEvent) => {
    const last = rows.length - 1;
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, Home: 0, End: last }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    props.choose(Math.min(Math.max(to, 0), last));
  };
  return (
    <section className="home-waiting" aria-labelledby="home-waiting">
      <div className="row home-section">
        <h2 id="home-waiting">{say("waiting")}</h2>
        {some && <span className="quiet">{count}</span>}
        <span className="grow" />
        {some && (
          <span className="row help">
            <Keys of="openNumbered" to={rows.length} /> {say("toOpen")}
          </span>
        )}
      </div>
      {!some && <Nothing proved={props.allProved} />}
      {some && (
        <ul
          ref={list}
          className="home-rows"
          role="listbox"
          tabIndex={0}
          data-panel
          aria-labelledby="home-waiting"
          aria-activedescendant={`home-row-${chosen}`}
          onKeyDown={press}
        >
          {rows.map((one, at) => (
            <Row
              key={`${one.kind} ${one.target}`}
              {...props}
              one={one}
              at={at}
              chosen={at === chosen}
            />
          ))}
        </ul>
      )}
      {count > rows.length && (
        <p className="help home-none">{say("andMore", { count: count - rows.length })}</p>
      )}
    </section>
  );
}

function Nothing(props: { proved: boolean }) {
  const say = useWords("home");
  return (
    <div className="home-none">
      {props.proved && <span className="empty-rule home-all-proved" aria-hidden />}
      <p className="strong">{say("nothingWaits")}</p>
    </div>
  );
}

function Row(props: {
  one: WaitingView;
  at: number;
  chosen: boolean;
  today: string;
  currencyOf: (one: WaitingView) => string;
  choose: (at: number) => void;
  open: (at: number) => void;
}) {
  const { one, at, chosen } = props;
  return (
    <li
      id={`home-row-${at}`}
      role="option"
      aria-selected={chosen}
      aria-keyshortcuts={String(at + 1)}
      className={chosen ? "home-row chosen" : "home-row"}
      onMouseDown={() => props.choose(at)}
      onClick={() => props.open(at)}
    >
      <span aria-hidden="true">
        <Cap>{String(at + 1)}</Cap>
      </span>
      <span className="home-what">
        <bdi className="strong cut" title={one.text}>
          {one.text}
        </bdi>
        {one.hint !== "" && (
          <bdi className="help cut" title={one.hint}>
            {one.hint}
          </bdi>
        )}
      </span>
      <Due due={one.due} today={props.today} />
      <span className="right strong">
        {one.amount_minor !== null && (
          <Amount minor={one.amount_minor} currency={props.currencyOf(one)} symbol />
        )}
      </span>
      <span className="home-enter" aria-hidden="true">
        {chosen && <Keys of="openRow" />}
      </span>
    </li>
  );
}

/** The day that the law gives: amber while there is time, red with its days once it is past. */
function Due(props: { due: string | null; today: string }) {
  const say = useWords("home");
  const language = useLanguage();
  const { due, today } = props;
  if (due === null) return <span />;
  const late = daysBetween(due, today);
  const text =
    late > 0 ? say("late", { count: late }) : say("dueBy", { day: dayText(due, language, today) });
  const name = late > 0 ? "red home-due" : "amber home-due";
  return (
    <span className={name} title={longDayText(due, language)}>
      {text}
    </span>
  );
}
