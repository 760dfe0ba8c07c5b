import type { BankLineView, DayCount } from "../../api/generated";

/** Lines asked for at once: whole days, until there are so many. */
const SPAN = 200;

/** Whole days of lines that are asked for at once, newest first. */
export interface Span {
  from: string;
  to: string;
  /** Place of its first line in the list. */
  first: number;
  count: number;
  days: DayCount[];
}

/** Cuts the days of a list into spans. Any place of the list lies in one of them, so that the
 *  scroll bar may be let go anywhere. */
export function spansOf(days: readonly DayCount[]): Span[] {
  const spans: Span[] = [];
  let first = 0;
  let open: Span | null = null;
  for (const day of days) {
    open ??= { from: day.day, to: day.day, first, count: 0, days: [] };
    open.from = day.day;
    open.count += day.count;
    open.days.push(day);
    first += day.count;
    if (open.count >= SPAN) {
      spans.push(open);
      open = null;
    }
  }
  if (open !== null) spans.push(open);
  return spans;
}

/** The number of the span that a place of the list lies in. */
export function spanAt(spans: readonly Span[], place: number): number {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((spans[middle]?.first ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The day at a place of a span. */
export function dayAt(span: Span, place: number): string {
  let left = place - span.first;
  for (const { day, count } of span.days) {
    if (left < count) return day;
    left -= count;
  }
  return span.from;
}

/** Lines of a span at their places, newest day first. A day whose count has just changed leaves no
 *  line at another's place. */
export function placed(span: Span, lines: readonly BankLineView[]): (BankLineView | undefined)[] {
  const of = new Map<string, BankLineView[]>();
  for (const line of lines) {
    const those = of.get(line.day);
    if (those) those.push(line);
    else of.set(line.day, [line]);
  }
  return span.days.flatMap(({ day, count }) => {
    const found = of.get(day) ?? [];
    return Array.from({ length: count }, (_, at) => found[at]);
  });
}
