import { monthText } from "../../parts/format";
import type { Language, Say } from "../../words";

/** First and last day of a period. */
export interface Span {
  first: string;
  last: string;
}

/** The days of a period as the engine names it: `2026-03`, `2026-T1`, `2026-01-01..2026-03-31`. */
export function spanOf(period: string): Span | null {
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(period);
  if (month) return months(Number(month[1]), Number(month[2]), 1);
  const quarter = /^(\d{4})-T([1-4])$/.exec(period);
  if (quarter) return months(Number(quarter[1]), Number(quarter[2]) * 3 - 2, 3);
  const days = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(period);
  return days?.[1] && days[2] ? { first: days[1], last: days[2] } : null;
}

function months(year: number, month: number, count: number): Span {
  const end = new Date(Date.UTC(year, month - 1 + count, 0)).toISOString().slice(0, 10);
  return { first: `${year}-${String(month).padStart(2, "0")}-01`, last: end };
}

/** The period that a day falls in. */
function periodOf(day: string, quarterly: boolean): string {
  if (!quarterly) return day.slice(0, 7);
  return `${day.slice(0, 4)}-T${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** The periods that can be looked at, oldest first: those of returns that stand, and those of days
 *  that have entries and that no return covers. */
export function periodsOf(days: readonly string[], made: readonly string[], quarterly: boolean) {
  const spans = made.flatMap((period) => spanOf(period) ?? []);
  const covered = (day: string) => spans.some((span) => span.first <= day && day <= span.last);
  const open = days.filter((day) => !covered(day)).map((day) => periodOf(day, quarterly));
  const all = [...new Set([...made, ...open])];
  return all.sort((one, other) => firstOf(one).localeCompare(firstOf(other)));
}

function firstOf(period: string): string {
  return spanOf(period)?.first ?? period;
}

/** The period to begin with: the oldest that is over and has no return, else the latest. */
export function nextPeriod(periods: readonly string[], made: readonly string[], today: string) {
  const open = periods.find((period) => {
    const last = spanOf(period)?.last ?? today;
    return last < today && !made.includes(period);
  });
  return open ?? periods.at(-1) ?? today.slice(0, 7);
}

/** `Mars 2026`, `T1 2026`, or its days. */
export function periodText(period: string, language: Language): string {
  if (/^\d{4}-\d{2}$/.test(period)) return monthText(period, language);
  const quarter = /^(\d{4})-T([1-4])$/.exec(period);
  if (!quarter) return period.replace("..", " – ");
  return `${language === "fr" ? "T" : "Q"}${quarter[2]} ${quarter[1]}`;
}

/** The period inside a sentence: `mars 2026`, and in English with its capital. */
export function periodInside(period: string, language: Language): string {
  const text = periodText(period, language);
  const isMonth = /^\d{4}-\d{2}$/.test(period);
  return language === "fr" && isMonth ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** `TVA d’octobre 2026`: French drops a vowel before another. */
export function titleText(say: Say<"taxes">, period: string, language: Language): string {
  const inside = periodInside(period, language);
  return say(/^[aeiouyéèêh]/i.test(inside) ? "titleVowel" : "title", { period: inside });
}
