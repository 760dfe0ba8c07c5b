import type { BookView, Day } from "../../api/generated";
import { endOfMonth, plusDays } from "../../parts/readDay";

/** First and last day of what is shown. */
export interface Span {
  from: Day;
  to: Day;
}

export type Years = BookView["fiscal_years"];

/** The fiscal year of a day; the last one where the day stands in none. */
export function yearOf(years: Years, day: Day): Span {
  const found = years.find(([first, last]) => first <= day && day <= last) ?? years.at(-1);
  return found === undefined ? { from: day, to: day } : { from: found[0], to: found[1] };
}

/** What the address asks for, or the fiscal year of today. */
export function spanOf(asked: { from?: string; to?: string }, book: BookView): Span {
  const { from, to } = asked;
  const isDay = (text: string | undefined) => text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text);
  if (isDay(from) && isDay(to) && from !== undefined && to !== undefined && from <= to) {
    return { from, to };
  }
  return yearOf(book.fiscal_years, book.today);
}

/** Whether a span is a whole fiscal year. */
export function isYear(span: Span, years: Years): boolean {
  return years.some(([first, last]) => first === span.from && last === span.to);
}

/** The day whose year need not be said again: of a span within one year, that year. */
export function knownYear(span: Span): Day | undefined {
  return span.from.slice(0, 4) === span.to.slice(0, 4) ? span.to : undefined;
}

/** How many whole months a span is; zero if it is none. */
export function monthsIn(span: Span): number {
  if (!span.from.endsWith("-01") || endOfMonth(span.to) !== span.to) return 0;
  return monthNumber(span.to) - monthNumber(span.from) + 1;
}

/** The span of the same kind before or after: a year, as many months, as many days. Null where the
 *  book has no day of it. */
export function neighbour(span: Span, step: 1 | -1, years: Years): Span | null {
  const at = years.findIndex(([first, last]) => first === span.from && last === span.to);
  if (at >= 0) {
    const year = years[at + step];
    return year === undefined ? null : { from: year[0], to: year[1] };
  }
  const moved = movedBy(span, step);
  const [begin, end] = [years[0]?.[0], years.at(-1)?.[1]];
  if (begin === undefined || end === undefined) return null;
  return moved.to < begin || moved.from > end ? null : moved;
}

/** The same days a year before: what a statement is compared with. */
export function yearBefore(span: Span, years: Years): Span | null {
  if (isYear(span, years)) return neighbour(span, -1, years);
  const begin = years[0]?.[0];
  const moved =
    monthsIn(span) > 0
      ? {
          from: monthLater(span.from, -12),
          to: endOfMonth(monthLater(`${span.to.slice(0, 8)}01`, -12)),
        }
      : { from: sameDay(span.from), to: sameDay(span.to) };
  return begin === undefined || moved.to < begin ? null : moved;
}

/** The months of a fiscal year as spans, oldest first. */
export function monthsOf(year: Span): Span[] {
  const months: Span[] = [];
  for (let from = year.from; from <= year.to; from = plusDays(endOfMonth(from), 1)) {
    const end = endOfMonth(from);
    months.push({ from, to: end < year.to ? end : year.to });
  }
  return months;
}

function movedBy(span: Span, step: 1 | -1): Span {
  const months = monthsIn(span);
  if (months > 0) {
    const from = monthLater(span.from, step * months);
    return { from, to: endOfMonth(monthLater(from, months - 1)) };
  }
  const days = daysIn(span) * step;
  return { from: plusDays(span.from, days), to: plusDays(span.to, days) };
}

function daysIn(span: Span): number {
  return Math.round((Date.parse(span.to) - Date.parse(span.from)) / 86_400_000) + 1;
}

function monthNumber(day: Day): number {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return year * 12 + month - 1;
}

/** The first day of the month so many months later. */
function monthLater(day: Day, months: number): Day {
  const number = monthNumber(day) + months;
  const month = String((number % 12) + 1).padStart(2, "0");
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${month}-01`;
}

/** The same day of the year before; the 28th for the 29th of February. */
function sameDay(day: Day): Day {
  const year = String(Number(day.slice(0, 4)) - 1);
  const end = endOfMonth(`${year}${day.slice(4, 8)}01`);
  const same = `${year}${day.slice(4)}`;
  return same < end ? same : end;
}
