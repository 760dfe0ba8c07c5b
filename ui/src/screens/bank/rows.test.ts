import { expect, test } from "vitest";
import type { LineView } from "../../api/generated";
import { inDays, nextTo, withLeaving } from "./rows";

function line(id: number, day: string): LineView {
  const rest = { account: "512100", amount_minor: -100, currency: "EUR", label: "", party: null };
  return { id, day, ...rest, proposal: null, note: null };
}

const FIRST = line(1, "2026-01-05");
const SECOND = line(2, "2026-01-05");
const THIRD = line(3, "2026-01-06");
const ids = (lines: readonly LineView[]) => lines.map((one) => one.id);

test("a line on its way out stays in its place", () => {
  expect(ids(withLeaving([FIRST, THIRD], [SECOND]))).toEqual([1, 2, 3]);
  expect(ids(withLeaving([FIRST], [THIRD, SECOND]))).toEqual([1, 2, 3]);
  expect(ids(withLeaving([FIRST, SECOND], [SECOND]))).toEqual([1, 2]);
  expect(ids(withLeaving([], [FIRST]))).toEqual([1]);
});

test("lines stand under their days, with their count", () => {
  const rows = inDays([FIRST, SECOND, THIRD]);
  expect(rows.map((row) => (row.kind === "day" ? `${row.day}:${row.count}` : row.key))).toEqual([
    "2026-01-05:2",
    "1",
    "2",
    "2026-01-06:1",
    "3",
  ]);
  // Another currency stands at the end, under a day of its own.
  const keys = inDays([FIRST, THIRD, SECOND]).map((row) => row.key);
  expect(new Set(keys).size).toBe(keys.length);
});

test("the choice moves down, over what goes away, and up at the end", () => {
  const lines = [FIRST, SECOND, THIRD];
  expect(nextTo(lines, 1, new Set())).toBe(2);
  expect(nextTo(lines, 1, new Set([2]))).toBe(3);
  expect(nextTo(lines, 3, new Set())).toBe(2);
  expect(nextTo(lines, 3, new Set([1, 2]))).toBe(null);
});
