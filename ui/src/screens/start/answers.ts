import type { NewBook } from "../../api/generated";
import type { ClosedWord } from "../../api/settings";

/** What a person has said of the business so far. Going back keeps it. */
export interface Answers {
  siren: string;
  name: string;
  legalForm: ClosedWord<"legal_form"> | null;
  /** A calendar year, or `other` for the two days below. */
  year: string;
  firstDay: string | null;
  lastDay: string | null;
  regime: "franchise" | "normal" | "simplified";
  period: "monthly" | "quarterly";
  activity: ClosedWord<"activity">;
  vatOn: ClosedWord<"vat_on">;
}

export function freshAnswers(today: string): Answers {
  return {
    siren: "",
    name: "",
    legalForm: null,
    year: today.slice(0, 4),
    firstDay: null,
    lastDay: null,
    regime: "normal",
    period: "monthly",
    activity: "mixed",
    vatOn: "payments",
  };
}

/** The calendar years that a first fiscal year is likely to be. */
export function likelyYears(today: string): string[] {
  const year = Number(today.slice(0, 4));
  return [year, year - 1, year + 1].map(String);
}

/** First and last day of the first fiscal year, once both are said. */
export function fiscalYear(answers: Answers): [string, string] | null {
  if (answers.year !== "other") return [`${answers.year}-01-01`, `${answers.year}-12-31`];
  const { firstDay, lastDay } = answers;
  return firstDay !== null && lastDay !== null ? [firstDay, lastDay] : null;
}

/** Months that a fiscal year may last at most; the engine refuses more. */
const MOST_MONTHS = 24;

export type YearFault = "yearMissing" | "yearBackward" | "yearLong";

export function yearFault(answers: Answers): YearFault | null {
  const year = fiscalYear(answers);
  if (year === null) return "yearMissing";
  const [first, last] = year;
  if (last <= first) return "yearBackward";
  const most = new Date(`${first}T00:00:00Z`);
  most.setUTCMonth(most.getUTCMonth() + MOST_MONTHS);
  return last >= most.toISOString().slice(0, 10) ? "yearLong" : null;
}

/** The last day of the twelve months that begin on a day. */
export function endOfYear(first: string | null): string | null {
  if (first === null) return null;
  const last = new Date(`${first}T00:00:00Z`);
  last.setUTCFullYear(last.getUTCFullYear() + 1);
  last.setUTCDate(last.getUTCDate() - 1);
  return last.toISOString().slice(0, 10);
}

/** An association may have no SIREN; any other business has one. */
export function needsSiren(answers: Answers): boolean {
  return answers.legalForm !== "association";
}

export function vatRegime(answers: Answers): ClosedWord<"vat_regime"> {
  return answers.regime === "normal" ? `normal_${answers.period}` : answers.regime;
}

/** The same, as the engine is asked for it. What was not said is left to its defaults. */
export function newBook(answers: Answers): NewBook {
  const year = fiscalYear(answers);
  const settings: Record<string, string> = {
    vat_regime: vatRegime(answers),
    vat_on: answers.vatOn,
    activity: answers.activity,
  };
  if (answers.siren.trim() !== "") settings["siren"] = answers.siren.trim();
  if (answers.legalForm !== null) settings["legal_form"] = answers.legalForm;
  return {
    country: "fr",
    name: answers.name.trim(),
    settings,
    ...(year === null ? {} : { first_day: year[0], fiscal_year: year }),
  };
}
