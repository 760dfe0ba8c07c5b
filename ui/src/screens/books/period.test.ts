import { expect, test } from "vitest";
import { monthsIn, monthsOf, neighbour, spanOf, yearBefore, type Span, type Years } from "./period";

const CALENDAR: Years = [
  ["2025-01-01", "2025-12-31", true],
  ["2026-01-01", "2026-12-31", false],
];
const BROKEN: Years = [
  ["2025-03-10", "2025-09-30", false],
  ["2025-10-01", "2026-09-30", false],
];

function span(text: string): Span {
  const [from = "", to = ""] = text.split(" ");
  return { from, to };
}

const text = (one: Span | null) => (one === null ? null : `${one.from} ${one.to}`);

const NEIGHBOURS: [string, 1 | -1, Years, string | null][] = [
  ["2026-01-01 2026-12-31", -1, CALENDAR, "2025-01-01 2025-12-31"],
  ["2026-01-01 2026-12-31", 1, CALENDAR, null],
  ["2025-01-01 2025-12-31", -1, CALENDAR, null],
  ["2026-11-01 2026-11-30", -1, CALENDAR, "2026-10-01 2026-10-31"],
  ["2026-01-01 2026-01-31", -1, CALENDAR, "2025-12-01 2025-12-31"],
  ["2026-02-01 2026-02-28", 1, CALENDAR, "2026-03-01 2026-03-31"],
  ["2026-12-01 2026-12-31", 1, CALENDAR, null],
  ["2026-01-01 2026-03-31", 1, CALENDAR, "2026-04-01 2026-06-30"],
  ["2026-01-01 2026-03-31", -1, CALENDAR, "2025-10-01 2025-12-31"],
  ["2026-11-09 2026-11-15", 1, CALENDAR, "2026-11-16 2026-11-22"],
  ["2026-11-17 2026-11-17", -1, CALENDAR, "2026-11-16 2026-11-16"],
  ["2025-10-01 2026-09-30", -1, BROKEN, "2025-03-10 2025-09-30"],
  ["2025-03-01 2025-03-31", -1, BROKEN, null],
];

test.each(NEIGHBOURS)("beside %s by %d", (from, step, years, expected) => {
  expect(text(neighbour(span(from), step, years))).toBe(expected);
});

const BEFORE: [string, Years, string | null][] = [
  ["2026-01-01 2026-12-31", CALENDAR, "2025-01-01 2025-12-31"],
  ["2026-02-01 2026-02-28", CALENDAR, "2025-02-01 2025-02-28"],
  ["2026-11-09 2026-11-15", CALENDAR, "2025-11-09 2025-11-15"],
  ["2025-11-09 2025-11-15", CALENDAR, null],
  ["2025-10-01 2026-09-30", BROKEN, "2025-03-10 2025-09-30"],
];

test.each(BEFORE)("a year before %s", (from, years, expected) => {
  expect(text(yearBefore(span(from), years))).toBe(expected);
});

test("whole months", () => {
  expect(monthsIn(span("2026-02-01 2026-02-28"))).toBe(1);
  expect(monthsIn(span("2028-02-01 2028-02-28"))).toBe(0);
  expect(monthsIn(span("2025-11-01 2026-01-31"))).toBe(3);
  expect(monthsIn(span("2026-02-02 2026-02-28"))).toBe(0);
});

test("the months of a year that begins within one", () => {
  const months = monthsOf(span("2025-03-10 2025-09-30"));
  expect(months.map(text)).toEqual([
    "2025-03-10 2025-03-31",
    "2025-04-01 2025-04-30",
    "2025-05-01 2025-05-31",
    "2025-06-01 2025-06-30",
    "2025-07-01 2025-07-31",
    "2025-08-01 2025-08-31",
    "2025-09-01 2025-09-30",
  ]);
});

test("an address that says no span shows the year of today", () => {
  const book = { today: "2026-11-17", fiscal_years: CALENDAR } as Parameters<typeof spanOf>[1];
  const year = { from: "2026-01-01", to: "2026-12-31" };
  expect(spanOf({}, book)).toEqual(year);
  expect(spanOf({ from: "2026-11-30", to: "2026-11-01" }, book)).toEqual(year);
  expect(spanOf({ from: "<b>", to: "2026-11-01" }, book)).toEqual(year);
  expect(spanOf({ from: "2026-11-01", to: "2026-11-30" }, book).to).toBe("2026-11-30");
});
