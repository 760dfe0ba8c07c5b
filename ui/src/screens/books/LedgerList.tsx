import type { ReactNode } from "react";
import type { Day, LedgerLineView } from "../../api/generated";
import { Amount } from "../../parts/Amount";
import { Grid } from "../../parts/Grid";
import { Empty } from "../../parts/States";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import type { LedgerRows } from "./useLedger";

const ROW = 28;

/** The lines of an account with the balance after each; the balance before them all below. */
export function LedgerList(props: {
  label: string;
  rows: LedgerRows;
  year: Day | undefined;
  /** Debit and credit in columns of their own; else one amount with its sign. */
  twoSided: boolean;
  selected: number | null;
  onSelect: (entry: number) => void;
  onOpen: () => void;
  focus?: boolean;
}) {
  const say = useWords("books");
  const language = useLanguage();
  const { rows, twoSided } = props;
  const opening = rows.view !== undefined && !rows.isCut && rows.view.opening_minor !== 0;
  const count = rows.count + (opening ? 1 : 0);
  const amounts = twoSided ? [say("debit"), say("credit")] : [say("amount")];
  const right = amounts.map(() => "right");
  const cells = (at: number) => {
    const line = rows.lineAt(at);
    if (line === undefined) {
      const blanks = ["", "", say("openingBalance"), ...amounts.map(() => "")];
      return [...blanks, <Amount key="balance" minor={rows.view?.opening_minor ?? 0} />];
    }
    return cellsOf(line, dayText(line.day, language, props.year), twoSided);
  };
  return (
    <Grid
      label={props.label}
      count={count}
      columns={
        twoSided
          ? `${props.year ? 64 : 92}px minmax(116px, 156px) minmax(100px, 1fr) 96px 96px 104px`
          : `${props.year ? 50 : 82}px 74px minmax(50px, 1fr) 80px 82px`
      }
      head={[say("day"), say("number"), say("label"), ...amounts, say("closingBalance")]}
      align={[undefined, undefined, undefined, ...right, "right"]}
      height={() => ROW}
      keyOf={(at) => rows.lineAt(at)?.posting ?? "opening"}
      cells={cells}
      idle={(at) => at >= rows.count}
      selected={props.selected}
      onSelect={(at) => {
        const line = rows.lineAt(at);
        if (line !== undefined) props.onSelect(line.posting);
      }}
      onOpen={props.onOpen}
      onSight={rows.onSight}
      focus={props.focus ?? false}
      empty={<Empty title={say("noLines")} />}
    />
  );
}

function cellsOf(line: LedgerLineView, day: string, twoSided: boolean): ReactNode[] {
  const { amount_minor: minor } = line;
  const amounts = twoSided
    ? [
        minor >= 0 && <Amount key="debit" minor={minor} />,
        minor < 0 && <Amount key="credit" minor={-minor} />,
      ]
    : [<Amount key="amount" minor={minor} plus className="strong" />];
  return [
    <span key="day" className="second">
      {day}
    </span>,
    <bdi key="ref" className={line.draft ? "books-pencil" : "second"} title={line.ref}>
      {line.ref === "" ? line.journal : line.ref}
    </bdi>,
    <bdi key="label" title={line.label}>
      {line.label}
    </bdi>,
    ...amounts,
    <Amount key="balance" minor={line.balance_minor} className="second" />,
  ];
}

/** The place of a line by its id. */
export function placeOfPosting(rows: LedgerRows, posting: number | null): number | null {
  if (posting === null) return null;
  for (let at = 0; at < rows.count; at += 1) {
    if (rows.lineAt(at)?.posting === posting) return at;
  }
  return null;
}

/** The place of the first line of an entry. */
export function placeOfEntry(rows: LedgerRows, entry: number | undefined): number | null {
  if (entry === undefined) return null;
  for (let at = 0; at < rows.count; at += 1) {
    if (rows.lineAt(at)?.entry === entry) return at;
  }
  return null;
}
