import { Button, Popover, Switch } from "@mantine/core";
import { IconChevronDown, IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { ariaKeys, useAction } from "../../actions";
import type { BookView } from "../../api/generated";
import { DayInput } from "../../parts/DayInput";
import { dayText, monthText } from "../../parts/format";
import { useLanguage, useWords, type Language, type Say } from "../../words";
import { isYear, monthsIn, monthsOf, neighbour, yearOf, type Span, type Years } from "./period";

/** What a span is called: a fiscal year, a month, or its two days. */
export function spanText(span: Span, years: Years, language: Language, say: Say<"books">): string {
  const wholeYear = span.from.endsWith("-01-01") && span.to.endsWith("-12-31");
  if (isYear(span, years)) {
    return wholeYear && span.from.slice(0, 4) === span.to.slice(0, 4)
      ? say("year", { year: span.from.slice(0, 4) })
      : say("yearFrom", { from: dayText(span.from, language), to: dayText(span.to, language) });
  }
  if (monthsIn(span) === 1) return monthText(span.from.slice(0, 7), language);
  return say("span", { from: dayText(span.from, language), to: dayText(span.to, language) });
}

/** Which days are shown, and whether drafts count. */
export function PeriodBar(props: {
  book: BookView;
  span: Span;
  onSpan: (span: Span) => void;
  drafts: boolean;
  onDrafts: (drafts: boolean) => void;
  children?: ReactNode;
}) {
  const say = useWords("books");
  const { span, book } = props;
  const before = neighbour(span, -1, book.fiscal_years);
  const after = neighbour(span, 1, book.fiscal_years);
  const none = say("noPeriod");
  useAction("previousPeriod", () => before && props.onSpan(before), before ? undefined : none);
  useAction("nextPeriod", () => after && props.onSpan(after), after ? undefined : none);
  return (
    <div className="books-bar">
      <div className="row">
        <Step
          label={say("previous")}
          keys={ariaKeys("previousPeriod")}
          to={before}
          go={props.onSpan}
        >
          <IconChevronLeft size={17} stroke={1.6} />
        </Step>
        <Choice book={book} span={span} onSpan={props.onSpan} />
        <Step label={say("next")} keys={ariaKeys("nextPeriod")} to={after} go={props.onSpan}>
          <IconChevronRight size={17} stroke={1.6} />
        </Step>
      </div>
      {props.children}
      <span className="grow" />
      <Switch
        size="sm"
        label={say("withDrafts")}
        checked={props.drafts}
        onChange={(event) => props.onDrafts(event.currentTarget.checked)}
      />
    </div>
  );
}

function Step(props: {
  label: string;
  keys: string;
  to: Span | null;
  go: (span: Span) => void;
  children: ReactNode;
}) {
  const { to } = props;
  return (
    <button
      type="button"
      className="books-step"
      aria-label={props.label}
      aria-keyshortcuts={props.keys}
      title={props.label}
      disabled={to === null}
      onClick={() => to && props.go(to)}
    >
      {props.children}
    </button>
  );
}

function Choice(props: { book: BookView; span: Span; onSpan: (span: Span) => void }) {
  const say = useWords("books");
  const language = useLanguage();
  const [opened, setOpened] = useState(false);
  const { span, book } = props;
  const take = (wanted: Span) => {
    setOpened(false);
    props.onSpan(wanted);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Button
          variant="default"
          aria-haspopup="dialog"
          rightSection={<IconChevronDown size={15} stroke={1.6} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          {spanText(span, book.fiscal_years, language, say)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="books-periods" aria-label={say("period")}>
        {opened && <Periods book={book} span={span} take={take} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Periods(props: { book: BookView; span: Span; take: (span: Span) => void }) {
  const say = useWords("books");
  const language = useLanguage();
  const { book, span, take } = props;
  const [free, setFree] = useState<{ from: string | null; to: string | null }>(span);
  const years = [...book.fiscal_years].reverse();
  const year = yearOf(book.fiscal_years, span.to);
  const isHere = (one: Span) => (one.from === span.from && one.to === span.to) || undefined;
  const { from, to } = free;
  const backward = from !== null && to !== null && from > to;
  return (
    <>
      <h2>{say("years")}</h2>
      <div className="books-period-list">
        {years.map(([first, last]) => {
          const one = { from: first, to: last };
          return (
            <button key={first} type="button" aria-current={isHere(one)} onClick={() => take(one)}>
              {spanText(one, book.fiscal_years, language, say)}
            </button>
          );
        })}
      </div>
      <h2>{say("months")}</h2>
      <div className="books-period-list months">
        {monthsOf(year).map((one) => (
          <button key={one.from} type="button" aria-current={isHere(one)} onClick={() => take(one)}>
            {monthText(one.from.slice(0, 7), language)}
          </button>
        ))}
      </div>
      <h2>{say("freeSpan")}</h2>
      <div className="books-free">
        <DayInput
          label={say("from")}
          value={from}
          today={book.today}
          onChange={(day) => setFree({ ...free, from: day })}
        />
        <DayInput
          label={say("to")}
          value={to}
          today={book.today}
          error={backward ? say("backward") : undefined}
          onChange={(day) => setFree({ ...free, to: day })}
        />
        <Button
          variant="default"
          disabled={from === null || to === null || backward}
          onClick={() => from !== null && to !== null && take({ from, to })}
        >
          {say("show")}
        </Button>
      </div>
    </>
  );
}
