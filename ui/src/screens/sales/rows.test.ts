import { expect, test } from "vitest";
import type { InvoiceRowView } from "../../api/generated";
import { fits, total, type Filter } from "./rows";

const invoice = (state: InvoiceRowView["state"], gross_minor: number, rest_minor: number) =>
  ({ kind: "invoice", state, gross_minor, rest_minor }) as InvoiceRowView;

const ROWS = [
  invoice("draft", 1_000, 1_000),
  invoice("open", 2_000, 2_000),
  invoice("partly_paid", 4_000, 2_500),
  invoice("late", 8_000, 7_000),
  invoice("paid", 16_000, 0),
  { ...invoice("open", 300, 300), kind: "credit_note" } as InvoiceRowView,
];

test.each<[Filter, number]>([
  ["all", 1_000 + 2_000 + 4_000 + 8_000 + 16_000 - 300],
  ["draft", 1_000],
  ["open", 2_000 + 2_500 - 300],
  ["late", 7_000],
  ["paid", 16_000],
])("what %s comes to", (filter, expected) => {
  const rows = ROWS.filter((row) => fits(row, filter));
  expect(total(rows, filter)).toBe(expected);
});
