import { Button } from "@mantine/core";
import { IconLock, IconPencil } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { BookView } from "../../api/generated";
import { Feet } from "../../frame/Sheet";
import { Amount } from "../../parts/Amount";
import { Grid } from "../../parts/Grid";
import { Empty, Failed, Loading } from "../../parts/States";
import { useWords } from "../../words";
import { EntryRow, LINE, MOST_LINES, isHistory } from "./EntryRow";
import { focusOn } from "./focus";
import { knownYear, yearOf, type Span } from "./period";
import { useJournal, type JournalRows } from "./useJournal";

/** Lines an entry is taken to have before it is read. */
const USUAL_LINES = 3;

/** Every entry of the span, newest first; the right panel is the caller's. */
export function Journal(props: {
  book: BookView;
  span: Span;
  drafts: boolean;
  id: number | undefined;
  onId: (id: number | undefined) => void;
  onSpan: (span: Span) => void;
  panel: ReactNode;
  wide: boolean;
}) {
  const say = useWords("books");
  const { span, drafts, book } = props;
  const rows = useJournal(span, drafts);
  const names = useNames();
  const [at, setAt] = useSelected(rows, props.id, props.onId);
  const panel = useRef<HTMLDivElement>(null);
  const into = () => focusOn(panel.current, "[data-panel]");
  useAction("openRow", into, props.id === undefined ? say("chooseEntry") : undefined);

  if (rows.error !== null) return <Failed error={rows.error} again={rows.again} />;
  if (rows.pending) return <Loading lines={12} />;
  const year = knownYear(span);
  const height = (row: number) => Math.min(rows.linesAt(row) ?? USUAL_LINES, MOST_LINES + 1) * LINE;
  const cells = (row: number) => {
    const entry = rows.entryAt(row);
    return entry && [<EntryRow key={entry.id} entry={entry} year={year} names={names} />];
  };
  const isOpen = props.panel !== null;
  return (
    <>
      <div
        ref={panel}
        className={isOpen ? `books-split${props.wide ? " wide" : ""}` : "books-split alone"}
      >
        <div
          className={
            year === undefined ? "books-pane books-journal years" : "books-pane books-journal"
          }
        >
          <Grid
            label={say("journal")}
            count={rows.count}
            columns="minmax(0, 1fr)"
            head={[<Head key="head" />]}
            height={height}
            usual={USUAL_LINES * LINE}
            keyOf={rows.keyOf}
            cells={cells}
            rowClass={(row) => {
              const entry = rows.entryAt(row);
              return entry && isHistory(entry) ? "hatched books-row" : "books-row";
            }}
            selected={at}
            onSelect={setAt}
            onOpen={into}
            onSight={rows.onSight}
            focus
            empty={<Nothing book={book} span={span} onSpan={props.onSpan} />}
          />
        </div>
        {props.panel}
      </div>
      <Foot span={span} drafts={drafts} count={rows.count} />
    </>
  );
}

function Head() {
  const say = useWords("books");
  return (
    <div className="books-line">
      <span>{say("day")}</span>
      <span>{say("number")}</span>
      <span>{say("account")}</span>
      <span>{say("label")}</span>
      <span className="right">{say("debit")}</span>
      <span className="right">{say("credit")}</span>
      <span className="books-letter">{say("letter")}</span>
      <span />
    </div>
  );
}

/** Names of counterparties by their codes. */
function useNames(): Map<string, string> {
  const found = useCall("counterparties", {});
  return useMemo(
    () => new Map((found.data ?? []).map((one) => [one.code, one.name])),
    [found.data],
  );
}

/** The chosen place and the entry in the address follow each other. A place whose entry is not
 *  loaded yet is told once it is. */
function useSelected(
  rows: JournalRows,
  id: number | undefined,
  tell: (id: number | undefined) => void,
): [number | null, (at: number) => void] {
  const [at, setAt] = useState<number | null>(null);
  const pending = useRef(false);
  const told = useRef<number | null>(null);
  const asked = useCall("entry", { entry: id ?? 0 }, { enabled: id !== undefined, keep: true });
  const day = asked.data?.id === id ? asked.data?.day : undefined;
  useEffect(() => {
    const here = at === null ? undefined : rows.entryAt(at)?.id;
    if (pending.current) {
      if (here === undefined) return;
      pending.current = false;
      if (here !== id) tell((told.current = here));
      return;
    }
    // The address follows a little later: until then it does not pull the choice back.
    if (told.current !== null && told.current !== id) return;
    told.current = null;
    if (id === here) return;
    setAt(id === undefined ? null : (rows.placeOf(id, day) ?? at));
  }, [rows, at, id, day, tell]);
  const choose = (place: number) => {
    const entry = rows.entryAt(place);
    pending.current = entry === undefined;
    setAt(place);
    if (entry !== undefined) tell((told.current = entry.id));
  };
  return [at, choose];
}

function Nothing(props: { book: BookView; span: Span; onSpan: (span: Span) => void }) {
  const say = useWords("books");
  const year = yearOf(props.book.fiscal_years, props.book.today);
  const isThisYear = year.from === props.span.from && year.to === props.span.to;
  return (
    <Empty title={say("noEntries")} text={isThisYear ? say("noEntriesYet") : undefined}>
      {!isThisYear && (
        <Button variant="default" onClick={() => props.onSpan(year)}>
          {say("showYear")}
        </Button>
      )}
    </Empty>
  );
}

/** Counts, and that debits equal credits. */
function Foot(props: { span: Span; drafts: boolean; count: number }) {
  const say = useWords("books");
  const totals = useCall(
    "trial_balance",
    { ...props.span, drafts: props.drafts },
    { keep: true },
  ).data;
  const isEqual = totals !== undefined && totals.debit_minor === totals.credit_minor;
  return (
    <Feet>
      <span>{say("entries", { count: props.count })}</span>
      <span className="row books-legend">
        <IconPencil size={14} stroke={1.6} aria-hidden /> {say("legendDraft")}
      </span>
      <span className="row books-legend">
        <IconLock size={14} stroke={1.6} aria-hidden /> {say("legendHistory")}
      </span>
      <span className="grow" />
      {totals === undefined ? (
        <span>…</span>
      ) : (
        <span className="books-sums" title={say("moves")}>
          {say("debit")}{" "}
          <Amount
            minor={totals.debit_minor}
            className="strong"
            rule={isEqual ? "proved" : "broken"}
          />
          {say("credit")}{" "}
          <Amount
            minor={totals.credit_minor}
            className="strong"
            rule={isEqual ? "proved" : "broken"}
          />
          <span className={isEqual ? "green" : "red"}>
            {say(isEqual ? "balanced" : "unbalanced")}
          </span>
        </span>
      )}
    </Feet>
  );
}
