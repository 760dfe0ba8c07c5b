import { expect, test } from "vitest";
import { dayText } from "./format";
import { endOfMonth, plusDays, readDay } from "./readDay";

const TODAY = "2026-11-17";

const READ: [string, string | null][] = [
  ["17/11", "2026-11-17"],
  ["17/11/26", "2026-11-17"],
  ["17/11/2026", "2026-11-17"],
  ["17-11", "2026-11-17"],
  ["17.11.2026", "2026-11-17"],
  ["17 11", "2026-11-17"],
  ["17 11 26", "2026-11-17"],
  ["171126", "2026-11-17"],
  ["17112026", "2026-11-17"],
  ["1711", "2026-11-17"],
  ["20261117", "2026-11-17"],
  ["2026-11-17", "2026-11-17"],
  ["2026/1/7", "2026-01-07"],
  ["7/1", "2026-01-07"],
  ["1/3", "2026-03-01"],
  ["3", "2026-11-03"],
  ["17", "2026-11-17"],
  ["31", null],
  ["0", null],
  ["hier", "2026-11-16"],
  ["Hier", "2026-11-16"],
  ["yesterday", "2026-11-16"],
  ["avant-hier", "2026-11-15"],
  ["demain", "2026-11-18"],
  ["tomorrow", "2026-11-18"],
  ["aujourd’hui", "2026-11-17"],
  ["aujourd'hui", "2026-11-17"],
  ["today", "2026-11-17"],
  ["+30", "2026-12-17"],
  ["+ 30", "2026-12-17"],
  ["-3", "2026-11-14"],
  ["\u22123", "2026-11-14"],
  ["+45j", "2027-01-01"],
  ["+0", "2026-11-17"],
  ["+99999", "2300-09-02"],
  ["fdm", "2026-11-30"],
  ["FDM", "2026-11-30"],
  ["eom", "2026-11-30"],
  ["ddm", "2026-11-01"],
  ["17 nov", "2026-11-17"],
  ["17 nov.", "2026-11-17"],
  ["17nov", "2026-11-17"],
  ["17 novembre", "2026-11-17"],
  ["17 Nov 2025", "2025-11-17"],
  ["17 november 2025", "2025-11-17"],
  ["nov 17", "2026-11-17"],
  ["November 17, 2025", "2025-11-17"],
  ["17th nov", "2026-11-17"],
  ["1er janvier", "2026-01-01"],
  ["1ᵉʳ janvier", null],
  ["12 févr.", "2026-02-12"],
  ["12 fevrier", "2026-02-12"],
  ["15 août", "2026-08-15"],
  ["15 aout 2025", "2025-08-15"],
  ["3 juin", "2026-06-03"],
  ["3 juil.", "2026-07-03"],
  ["3 jui", null],
  ["3 ju", null],
  ["3 mai", "2026-05-03"],
  ["3 mar", "2026-03-03"],
  ["3 ma", null],
  ["25 déc", "2026-12-25"],
  ["5 sept. 2025", "2025-09-05"],
  ["mardi 17 novembre", "2026-11-17"],
  ["Tue 17 Nov", "2026-11-17"],
  ["31/4", null],
  ["29/2", null],
  ["29/2/24", "2024-02-29"],
  ["29/02/2025", null],
  ["32/1", null],
  ["1/13", null],
  ["17/11/226", null],
  ["0000-00-00", null],
  ["1899-12-31", null],
  ["2200-01-01", null],
  ["", null],
  ["  ", null],
  ["nov", null],
  ["demainn", null],
  ["<b>17/11</b>", null],
  ["17/11 or 1=1", null],
  ["١٧/١١", null],
  ["17//11", null],
];

test.each(READ.filter(([text]) => text !== "+99999"))("%j", (text, expected) => {
  expect(readDay(text, TODAY)).toBe(expected);
});

// Without a year: this one, or the last when this year's is more than half a year ahead.
const YEARS: [string, string, string][] = [
  ["17/11", "2026-01-05", "2025-11-17"],
  ["31/12", "2026-01-05", "2025-12-31"],
  ["5/1", "2026-12-20", "2026-01-05"],
  ["1/3", "2026-11-17", "2026-03-01"],
  ["1/7", "2026-01-05", "2026-07-01"],
  ["8/7", "2026-01-05", "2025-07-08"],
  ["29/2", "2028-03-01", "2028-02-29"],
];

test.each(YEARS)("%j on %s", (text, today, expected) => {
  expect(readDay(text, today)).toBe(expected);
});

test("nothing leaves the years that are counted", () => {
  expect(readDay("+99999", TODAY)).toBeNull();
  expect(readDay("-99999", TODAY)).toBeNull();
});

test("what is shown is understood", () => {
  for (let away = -200; away <= 180; away += 1) {
    const day = plusDays(TODAY, away);
    for (const language of ["fr", "en"] as const) {
      expect(readDay(dayText(day, language, TODAY), TODAY)).toBe(day);
    }
  }
});

test("ends of months", () => {
  expect(endOfMonth("2026-02-03")).toBe("2026-02-28");
  expect(endOfMonth("2028-02-03")).toBe("2028-02-29");
  expect(endOfMonth("2026-12-31")).toBe("2026-12-31");
});
