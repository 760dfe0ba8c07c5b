import { useRef, type KeyboardEvent } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type {
  BookView,
  StatementKind,
  StatementReportView,
  StatementRowView,
} from "../../api/generated";
import { Feet, KeyHint } from "../../frame/Sheet";
import { Amount, type Rule } from "../../parts/Amount";
import { Empty, Failed, Loading } from "../../parts/States";
import { amountText, dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { Behind } from "./Behind";
import { spanText } from "./PeriodBar";
import { focusOn } from "./focus";
import { yearBefore, type Span } from "./period";
import "./statement.css";

/** The two columns of each statement, and what stands below both. */
const SIDES: Record<StatementKind, readonly [string, string]> = {
  "income-statement": ["charges", "products"],
  "balance-sheet": ["assets", "liabilities"],
};

/** Figures of the same row, by its name. */
type Figures = Map<string, StatementRowView>;

interface Compared {
  now: StatementReportView;
  /** The same days a year before. */
  then: Figures | null;
  /** Without drafts, where drafts count. */
  posted: Figures | null;
}

interface PageProps {
  kind: StatementKind;
  book: BookView;
  span: Span;
  drafts: boolean;
  figure: string | undefined;
  onFigure: (figure: string) => void;
  onAccount: (account: string) => void;
  onIncome: () => void;
}

/** Income statement or balance sheet, as the printed page. */
export function StatementPage(props: PageProps) {
  const say = useWords("books");
  const { kind, span, drafts, book } = props;
  const before = yearBefore(span, book.fiscal_years);
  const now = useCall("statement_report", { kind, ...span, drafts }, { keep: true });
  const then = useCall(
    "statement_report",
    { kind, ...(before ?? span), drafts },
    { enabled: before !== null },
  );
  const posted = useCall("statement_report", { kind, ...span, drafts: false }, { enabled: drafts });
  const whole = useRef<HTMLDivElement>(null);
  const none = props.figure === undefined ? say("chooseFigure") : undefined;
  const into = () => focusOn(whole.current, ".books-behind button");
  useAction("why", into, none);

  if (now.error !== null) return <Failed error={now.error} again={() => void now.refetch()} />;
  if (now.data === undefined) return <Loading lines={12} />;
  const compared: Compared = {
    now: now.data,
    then: before === null || then.data === undefined ? null : byName(then.data),
    posted: drafts && posted.data !== undefined ? byName(posted.data) : null,
  };
  const chosen = now.data.rows.find((row) => nameOf(row) === props.figure);
  return (
    <>
      <div ref={whole} className={chosen === undefined ? "books-split alone" : "books-split"}>
        <div className="books-pane books-page-pane">
          <Page {...props} compared={compared} before={before} />
        </div>
        {chosen !== undefined && (
          <Behind
            row={chosen}
            onAccount={props.onAccount}
            onIncome={props.onIncome}
            currency={book.currency}
          />
        )}
      </div>
      <Feet>
        {drafts && (
          <span className="row books-legend">
            <span className="books-pencil">{say("dashed")}</span> {say("legendHoldsDrafts")}
          </span>
        )}
        <span className="grow" />
        <KeyHint of="why">{say("accountsBehind")}</KeyHint>
      </Feet>
    </>
  );
}

function nameOf(row: StatementRowView): string {
  return `${row.section}/${row.id}`;
}

function byName(report: StatementReportView): Figures {
  return new Map(report.rows.map((row) => [nameOf(row), row]));
}

/** Whether a row says anything, this year or the last. */
function isEmpty(row: StatementRowView, then: Figures | null): boolean {
  const before = then?.get(nameOf(row));
  return (
    row.kind === "group" &&
    row.net_minor === 0 &&
    row.accounts.length === 0 &&
    (before === undefined || before.net_minor === 0)
  );
}

function Page(props: PageProps & { compared: Compared; before: Span | null }) {
  const say = useWords("books");
  const language = useLanguage();
  const { kind, span, book, compared } = props;
  const { rows, left_out: leftOut } = compared.now;
  const hidden = rows.filter((row) => isEmpty(row, compared.then)).length;
  const shown = rows.filter((row) => !isEmpty(row, compared.then));
  const isBlank = shown.every((row) => row.net_minor === 0) && compared.then === null;
  if (isBlank) return <Empty title={say("noFigures")} text={say("noFiguresText")} />;
  const [left, right] = SIDES[kind];
  const below = shown.filter((row) => row.section !== left && row.section !== right);
  const side = (section: string) => shown.filter((row) => row.section === section);
  return (
    <article className="books-page" onKeyDown={walk} data-list tabIndex={-1}>
      <header className="books-page-head">
        <h2>{say(kind)}</h2>
        <p className="second">
          <bdi>{book.settings["name"]}</bdi>,{" "}
          {kind === "balance-sheet"
            ? say("atDay", { day: dayText(span.to, language) })
            : spanText(span, book.fiscal_years, language, say)}
        </p>
      </header>
      <div className="books-sides">
        <Section {...props} name={left} rows={side(left)} other={side(right)} />
        <Section {...props} name={right} rows={side(right)} other={side(left)} />
      </div>
      {below.length > 0 && <Section {...props} name="results" rows={below} />}
      {leftOut.length > 0 && (
        <p className="help books-wrap">
          {say("leftOut")}{" "}
          {leftOut.map(([name, minor], at) => (
            <span key={name}>
              {at > 0 && ", "}
              <bdi>{name}</bdi> <Amount minor={minor} />
            </span>
          ))}
        </p>
      )}
      {hidden > 0 && <p className="help">{say("emptyRows", { count: hidden })}</p>}
    </article>
  );
}

/** Arrows go from figure to figure. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const figures = [...event.currentTarget.querySelectorAll<HTMLElement>("button.books-figure-row")];
  const at = figures.findIndex((one) => one === document.activeElement);
  const next = figures[at < 0 ? 0 : at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function Section(
  props: PageProps & {
    compared: Compared;
    before: Span | null;
    name: string;
    rows: readonly StatementRowView[];
    other?: readonly StatementRowView[];
  },
) {
  const say = useWords("books");
  const { rows, compared, other, kind } = props;
  const last = rows.findLast((row) => row.kind === "total");
  const facing = other?.findLast((row) => row.kind === "total");
  const isProof = kind === "balance-sheet" && facing !== undefined;
  const title = say(`section-${props.name}` as "section-assets");
  return (
    <section className="books-section" aria-label={title}>
      <div className="books-section-head">
        <h3>{title}</h3>
        <span className="right help">{columnOf(props.span, kind, say)}</span>
        {compared.then !== null && props.before !== null && (
          <span className="right help">{columnOf(props.before, kind, say)}</span>
        )}
      </div>
      {rows.map((row) => {
        const rule =
          isProof && row === last
            ? row.net_minor === facing.net_minor
              ? "proved"
              : "broken"
            : undefined;
        return (
          <Figure
            key={nameOf(row)}
            row={row}
            compared={compared}
            rule={rule}
            chosen={nameOf(row) === props.figure}
            onChoose={() => props.onFigure(nameOf(row))}
          />
        );
      })}
    </section>
  );
}

/** The head of a column: its year. */
function columnOf(
  span: Span,
  kind: StatementKind,
  say: (key: "endOf", args: { day: string }) => string,
) {
  const language = useLanguage();
  const year = span.from.slice(0, 4) === span.to.slice(0, 4) ? span.to.slice(0, 4) : null;
  const whole = span.from.endsWith("-01-01") && span.to.endsWith("-12-31");
  if (whole && year !== null) return year;
  if (kind === "balance-sheet") return dayText(span.to, language);
  return say("endOf", { day: dayText(span.to, language) });
}

function Figure(props: {
  row: StatementRowView;
  compared: Compared;
  rule: Rule | undefined;
  chosen: boolean;
  onChoose: () => void;
}) {
  const say = useWords("books");
  const language = useLanguage();
  const { row, compared, rule } = props;
  if (row.kind === "heading") return <h4 className="books-heading">{row.label}</h4>;
  const before = compared.then?.get(nameOf(row));
  const posted = compared.posted?.get(nameOf(row));
  const holdsDrafts = compared.posted !== null && posted?.net_minor !== row.net_minor;
  const title = holdsDrafts
    ? say("postedOnly", { amount: amountText(posted?.net_minor ?? 0, language) })
    : undefined;
  const name = ["books-figure-row", row.kind === "total" && "total", props.chosen && "chosen"];
  return (
    <button
      type="button"
      className={name.filter(Boolean).join(" ")}
      aria-pressed={props.chosen}
      title={title}
      onClick={props.onChoose}
    >
      <span className="books-figure-label">{row.label}</span>
      <span className={holdsDrafts && rule === undefined ? "right books-pencil" : "right"}>
        <Amount minor={row.net_minor} zero="dot" {...(rule ? { rule } : {})} />
      </span>
      {compared.then !== null && (
        <span className="right second">
          {before === undefined ? (
            <span className="quiet">·</span>
          ) : (
            <Amount minor={before.net_minor} zero="dot" />
          )}
        </span>
      )}
    </button>
  );
}
