import { expect, test } from "vitest";
import type { InvoiceDraft } from "../../api/generated";
import {
  draftOf,
  duplicateOf,
  emptyInvoice,
  isBlank,
  isUntouched,
  readNumber,
  shownNumber,
  typedOf,
  withLine,
  withMoved,
  withNewLine,
  withoutLine,
} from "./draft";

const NUMBERS: [string, "fr" | "en", string | null][] = [
  ["12", "fr", "12"],
  ["1 284,5", "fr", "1284.5"],
  ["1,284.5", "en", "1284.5"],
  ["0,125000", "fr", "0.125"],
  ["=2000+310", "fr", "2310"],
  ["-3", "en", "-3"],
  ["100", "fr", "100"],
  ["", "fr", null],
];

test.each(NUMBERS)("reads %s (%s) as %s", (text, language, value) => {
  expect(readNumber(text, language, "price")).toEqual({ value });
});

test("a number that cannot be read says why", () => {
  expect(readNumber("12..5", "fr", "price")).toEqual({ why: "unreadable" });
  expect(readNumber("=", "fr", "price")).toEqual({ why: "unreadable" });
  expect(readNumber("0,12345", "fr", "quantity")).toEqual({ why: "decimals" });
});

test("a price shows two decimals at least, a quantity its own", () => {
  expect(shownNumber("4620", "fr", "price")).toBe("4\u00a0620,00");
  expect(shownNumber("0.125", "fr", "price")).toBe("0,125");
  expect(shownNumber("1.50", "en", "quantity")).toBe("1.5");
  expect(shownNumber("-2", "en", "quantity")).toBe("-2");
});

const KEPT: InvoiceDraft = {
  kind: "invoice",
  customer: "VASSEUR",
  due_day: "2026-12-17",
  note: "Merci",
  lines: [
    {
      name: "Banque",
      quantity: "2",
      unit: "HUR",
      unit_price: "1284.5",
      discount_percent: "5",
      tax_code: "S20",
      nature: "goods",
      account: "7061",
    },
  ],
};

test.each(["fr", "en"] as const)("what is loaded is kept as it was (%s)", (language) => {
  const { draft, unread } = draftOf(typedOf(KEPT, language, "S20"), language);
  expect(draft).toEqual(KEPT);
  expect(unread).toEqual([]);
});

test("a blank line is none, and an untouched invoice is not kept", () => {
  const fresh = emptyInvoice("S20");
  expect(isUntouched(fresh)).toBe(true);
  expect(draftOf(fresh, "fr").draft.lines).toEqual([]);
  const [id] = fresh.lines.map((line) => line.id);
  const named = withLine(fresh, id ?? 0, { name: "Pose" });
  expect(isUntouched(named)).toBe(false);
  expect(draftOf(named, "fr").draft.lines).toMatchObject([{ name: "Pose", unit_price: "0" }]);
});

test("lines come, go and move; a new one is like the one before it", () => {
  const typed = typedOf(KEPT, "fr", "S20");
  const first = typed.lines[0]?.id ?? 0;
  const [two, second] = withNewLine(typed, first);
  expect(two.lines[1]).toMatchObject({ unit: "HUR", nature: "goods", taxCode: "S20", name: "" });
  expect(withMoved(two, second, -1).lines.map((line) => line.id)).toEqual([second, first]);
  expect(withMoved(two, first, -1)).toBe(two);
  const none = withoutLine(withoutLine(two, second), first);
  expect(none.lines).toHaveLength(1);
  expect(none.lines.every(isBlank)).toBe(true);
});

test("a duplicate has no days and answers nothing", () => {
  const note: InvoiceDraft = { ...KEPT, kind: "credit_note", answers: 3, reason: "rebate" };
  expect(duplicateOf(note)).toEqual({
    kind: "invoice",
    customer: "VASSEUR",
    note: "Merci",
    lines: KEPT.lines,
  });
});
