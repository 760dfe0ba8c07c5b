import { expect, test } from "vitest";
import type { ConnectionView, SourceAccount, Sources } from "../../api/generated";
import { chosenOf, formatsText, isStale, lacksOf, proofOf, rowsOf } from "./rows";

const account = (part: Partial<SourceAccount>): SourceAccount => ({
  account: "512101",
  name: "Compte courant",
  currency: "EUR",
  formats: [],
  last_day: null,
  bank_minor: null,
  bank_day: null,
  state: "unproved",
  difference_minor: null,
  stale_days: null,
  pending: [0, 0],
  ...part,
});

const connection = (id: number): ConnectionView => ({
  id,
  connector: "qonto",
  connector_name: "Qonto",
  name: "Qonto",
  linked_day: "2026-11-01",
  ended_day: null,
  state: "live",
  since: "2026-11-01T08:00:00Z",
  why: null,
  heard_at: null,
  accounts: [],
  calls_today: 0,
  calls_left: null,
  lacks: [],
  manage: null,
});

const sources: Sources = {
  connections: [connection(1), connection(2)],
  files: [account({})],
  connectors: [],
  broken: [],
};

test("each part is headed, and one without anything is not", () => {
  expect(rowsOf(sources).map((row) => row.key)).toEqual([
    "live",
    "connection-1",
    "connection-2",
    "byFile",
    "file-512101",
  ]);
  expect(rowsOf({ ...sources, connections: [] }).map((row) => row.key)).toEqual([
    "byFile",
    "file-512101",
  ]);
  expect(rowsOf({ ...sources, connections: [], files: [] })).toEqual([]);
});

test("an address names a row, else the first one is chosen", () => {
  const rows = rowsOf(sources);
  expect(chosenOf(rows, { id: 2 })?.key).toBe("connection-2");
  expect(chosenOf(rows, { account: "512101" })?.key).toBe("file-512101");
  expect(chosenOf(rows, { id: 9 })?.key).toBe("connection-1");
  expect(chosenOf(rows, {})?.key).toBe("connection-1");
  expect(chosenOf([], {})).toBe(undefined);
});

test("what contradicts is said first, and nothing proves nothing", () => {
  const proved = account({ state: "proved" });
  expect(proofOf([])).toBe("unproved");
  expect(proofOf([proved])).toBe("proved");
  expect(proofOf([proved, account({})])).toBe("unproved");
  expect(proofOf([proved, account({ state: "broken" })])).toBe("broken");
});

test("after three days what was heard is stale", () => {
  expect([null, 3, 4].map((stale_days) => isStale(account({ stale_days })))).toEqual([
    false,
    false,
    true,
  ]);
});

test("formats by their names, once; lacks in one order", () => {
  expect(formatsText(["camt053", "csv", "csv", "mt940"])).toBe("CAMT.053, CSV, MT940");
  expect(lacksOf(["pending", "balance", "other"])).toEqual(["balance", "pending"]);
});
