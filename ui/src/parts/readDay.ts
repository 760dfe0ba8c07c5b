import type { Day } from "../api/generated";

/** Months as people begin to write them, without accents, in both languages. Of a beginning that
 *  two months share, neither is meant: "ju", "ma". */
const MONTHS: readonly (readonly string[])[] = [
  ["janvier", "january"],
  ["fevrier", "february"],
  ["mars", "march"],
  ["avril", "april"],
  ["mai", "may"],
  ["juin", "june"],
  ["juillet", "july"],
  ["aout", "august"],
  ["septembre", "september"],
  ["octobre", "october"],
  ["novembre", "november"],
  ["decembre", "december"],
];
const WORDS: Record<string, number> = {
  hier: -1,
  yesterday: -1,
  "avant-hier": -2,
  "avant hier": -2,
  demain: 1,
  tomorrow: 1,
  "apres-demain": 2,
  "apres demain": 2,
  "aujourd'hui": 0,
  aujourdhui: 0,
  auj: 0,
  today: 0,
};
const DAY_MS = 86_400_000;
/** A day written without its year lies at most so far ahead; else last year's is meant. */
const AHEAD_DAYS = 183;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** Reads `17/11`, `171126`, `hier`, `yesterday`, `+30`, `fdm`, `eom`, `17 nov`, `2026-11-17`.
 *  Null when it is no day. */
export function readDay(text: string, today: Day): Day | null {
  const written = text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("’", "'")
    .replaceAll(/\s+/g, " ")
    .trim()
    .toLowerCase();
  if (written === "") return null;
  return byWord(written, today) ?? byDigits(written, today) ?? byMonth(written, today);
}

/** A day so many days later. */
export function plusDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The last day of a day's month. */
export function endOfMonth(day: Day): Day {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

function byWord(text: string, today: Day): Day | null {
  const away = WORDS[text];
  if (away !== undefined) return plusDays(today, away);
  if (text === "fdm" || text === "eom") return endOfMonth(today);
  if (text === "ddm" || text === "bom") return `${today.slice(0, 8)}01`;
  const step = /^([+\u2212-]) ?(\d{1,5})(?: ?[jd])?$/.exec(text);
  if (step === null) return null;
  const to = plusDays(today, (step[1] === "+" ? 1 : -1) * Number(step[2]));
  const year = Number(to.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR ? to : null;
}

function byDigits(text: string, today: Day): Day | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso) return dayOf(iso[1], iso[2], iso[3]);
  const parted = /^(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{2}|\d{4}))?$/.exec(text);
  if (parted) return withYear(parted[1], parted[2], parted[3], today);
  const run = /^(\d{2})(\d{2})(\d{2}|\d{4})?$/.exec(text);
  if (run) {
    const day = withYear(run[1], run[2], run[3], today);
    const turned = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
    return day ?? (turned ? dayOf(turned[1], turned[2], turned[3]) : null);
  }
  if (/^\d{1,2}$/.test(text)) return dayOf(today.slice(0, 4), today.slice(5, 7), text);
  return null;
}

function byMonth(text: string, today: Day): Day | null {
  const plain = text.replace(
    /^(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]? /,
    "",
  );
  const first = /^(\d{1,2})(?:er|st|nd|rd|th)? ?([a-z]{3,9})\.?,?(?: (\d{2}|\d{4}))?$/.exec(plain);
  const later = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?$/.exec(plain);
  const [day, name, year] = first
    ? [first[1], first[2], first[3]]
    : [later?.[2], later?.[1], later?.[3]];
  if (day === undefined || name === undefined) return null;
  const fits = MONTHS.flatMap((words, at) =>
    words.some((word) => word.startsWith(name)) ? [at + 1] : [],
  );
  const [month] = fits;
  return fits.length === 1 && month !== undefined
    ? withYear(day, String(month), year, today)
    : null;
}

function withYear(day = "", month = "", year: string | undefined, today: Day): Day | null {
  if (year !== undefined) return dayOf(year.length === 2 ? `20${year}` : year, month, day);
  const thisYear = Number(today.slice(0, 4));
  const here = dayOf(String(thisYear), month, day);
  if (here !== null && here <= plusDays(today, AHEAD_DAYS)) return here;
  const before = dayOf(String(thisYear - 1), month, day);
  // The 29th of February of a year that has none is not moved to another year in silence.
  return here === null ? null : before;
}

function dayOf(year = "", month = "", day = ""): Day | null {
  const text = `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  if (Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR) return null;
  const instant = new Date(`${text}T00:00:00Z`);
  // An engine may roll the 31st of April over to May.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text) ? text : null;
}
