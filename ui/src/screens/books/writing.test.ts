import { expect, test } from "vitest";
import type { AccountChoice } from "../../api/generated";
import {
  draftOf,
  emptyEntry,
  isUntouched,
  missingOf,
  restFor,
  sums,
  withLine,
  withRest,
  withoutLine,
  type Typed,
} from "./writing";

function account(code: string, marks: Partial<AccountChoice> = {}): [string, AccountChoice] {
  const plain = {
    code,
    name: code,
    class: code.charAt(0),
    class_name: "",
    kind: "expense" as const,
    balance_minor: 0,
    used: true,
    bookable: true,
    collective: false,
    taxed: false,
  };
  return [code, { ...plain, ...marks }];
}

const ACCOUNTS = new Map([
  account("613200"),
  account("512100"),
  account("401000", { collective: true }),
  account("445660", { taxed: true }),
]);

function typed(...lines: [string | null, number | null, number | null][]): Typed {
  let entry: Typed = { ...emptyEntry("2026-11-17"), journal: "OD", label: "Loyer" };
  lines.forEach(([code, debit, credit], at) => {
    entry = withLine(entry, entry.lines[at]?.id ?? -1, { account: code, debit, credit });
  });
  return entry;
}

const line = (entry: Typed, at: number) => entry.lines[at]?.id ?? -1;

test("a new line stands below as soon as the last one is used", () => {
  expect(typed().lines.length).toBe(2);
  expect(typed(["613200", 100, null]).lines.length).toBe(2);
  expect(typed(["613200", 100, null], ["512100", null, 100]).lines.length).toBe(3);
});

test("the rest goes to the side where it balances", () => {
  const entry = typed(["613200", 12345, null]);
  expect(restFor(entry, line(entry, 1))).toBe(-12345);
  expect(withRest(entry, line(entry, 1)).lines[1]).toMatchObject({ debit: null, credit: 12345 });
  const other = typed(["613200", null, 700]);
  expect(withRest(other, line(other, 1)).lines[1]).toMatchObject({ debit: 700, credit: null });
  const even = typed(["613200", 100, null], ["512100", null, 100]);
  expect(withRest(even, line(even, 2)).lines[2]).toMatchObject({ debit: null, credit: null });
});

test("the rest of a line that is filled replaces it", () => {
  const entry = typed(["613200", 100, null], ["512100", null, 30]);
  expect(restFor(entry, line(entry, 1))).toBe(-100);
  expect(sums(withRest(entry, line(entry, 1))).rest).toBe(0);
});

const MISSING: [string, Typed, string | null][] = [
  ["journal", { ...typed(), journal: null }, "journal"],
  ["day", { ...typed(), day: null }, "day"],
  ["label", { ...typed(), label: "  " }, "label"],
  ["lines", typed(), "lines"],
  ["account", typed([null, 100, null]), "account"],
  ["amount", typed(["613200", null, null]), "amount"],
  ["taxed", typed(["445660", 100, null]), "taxed"],
  ["counterparty", typed(["401000", 100, null]), "counterparty"],
  ["one line", typed(["613200", 100, null]), "lines"],
  ["balance", typed(["613200", 100, null], ["512100", null, 99]), "balance"],
  ["nothing", typed(["613200", 100, null], ["512100", null, 100]), null],
];

test.each(MISSING)("missing: %s", (_, entry, expected) => {
  expect(missingOf(entry, ACCOUNTS)?.why ?? null).toBe(expected);
});

test("what is kept: blank lines left out, credits negative", () => {
  const draft = draftOf(typed(["613200", 100, null], ["512100", null, 100]), ACCOUNTS);
  expect(draft.lines.map((one) => [one.account, one.amount_minor])).toEqual([
    ["613200", 100],
    ["512100", -100],
  ]);
  expect(draft.lines.every((one) => !("counterparty" in one))).toBe(true);
});

test("lines taken away leave two", () => {
  let entry = typed(["613200", 100, null], ["512100", null, 100]);
  for (let at = 0; at < 5; at += 1) entry = withoutLine(entry, line(entry, 0));
  expect(entry.lines.length).toBe(2);
  expect(isUntouched({ ...entry, label: "" })).toBe(true);
});
