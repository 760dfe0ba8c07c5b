import { expect, test } from "vitest";
import type { BankLineView, DayCount } from "../../api/generated";
import { dayAt, placed, spanAt, spansOf } from "./spans";

/** Newest first, as the engine gives them. */
function days(...counts: number[]): DayCount[] {
  return counts.map((count, at) => ({ day: `2026-01-${String(31 - at).padStart(2, "0")}`, count }));
}

test("spans hold whole days and leave no place out", () => {
  const spans = spansOf(days(150, 60, 500, 1, 1));
  expect(spans.map(({ first, count }) => [first, count])).toEqual([
    [0, 210],
    [210, 500],
    [710, 2],
  ]);
  expect(spans.map(({ from, to }) => [from, to])).toEqual([
    ["2026-01-30", "2026-01-31"],
    ["2026-01-29", "2026-01-29"],
    ["2026-01-27", "2026-01-28"],
  ]);
  expect([0, 209, 210, 709, 710, 711, 9_999].map((at) => spanAt(spans, at))).toEqual([
    0, 0, 1, 1, 2, 2, 2,
  ]);
  expect(spansOf([])).toEqual([]);
});

test("a place tells its day", () => {
  const span = spansOf(days(2, 3))[0];
  expect(span && [0, 1, 2, 4, 9].map((at) => dayAt(span, at))).toEqual([
    "2026-01-31",
    "2026-01-31",
    "2026-01-30",
    "2026-01-30",
    "2026-01-30",
  ]);
});

test("a line stands in its own day even where a count is no longer true", () => {
  const span = spansOf(days(2, 1))[0];
  const lines = ["2026-01-31", "2026-01-30"].map((day, id) => ({ id, day }) as BankLineView);
  expect(span && placed(span, lines).map((line) => line?.id)).toEqual([0, undefined, 1]);
});
