import { useInfiniteQuery } from "@tanstack/react-query";
import { call, useBook, useHost } from "../../api/client";
import type { RecordView } from "../../api/generated";
import { useLanguage, type Key } from "../../words";

/** Records asked for at once. */
const PAGE = 200;

/** The history from its end, loaded page by page as it is looked at. */
export function useRecords() {
  const host = useHost();
  const book = useBook();
  const language = useLanguage();
  return useInfiniteQuery({
    queryKey: [book, language, "history", "pages"],
    queryFn: ({ pageParam }) =>
      call(host, language, book, "history", {
        limit: PAGE,
        ...(pageParam === null ? {} : { before: pageParam }),
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.seq),
  });
}

/** A row of the list: a day, or a record of it. */
export type HistoryRow = { day: string } | { record: RecordView };

/** Records under their days. */
export function rowsOf(records: readonly RecordView[]): HistoryRow[] {
  const rows: HistoryRow[] = [];
  let day = "";
  for (const record of records) {
    if (record.day !== day) rows.push({ day: record.day });
    day = record.day;
    rows.push({ record });
  }
  return rows;
}

/** Which record took another back. An undo that was itself undone counts no longer; later records
 *  are always loaded before earlier ones. */
export function undoneBy(records: readonly RecordView[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const record of records) {
    const taken = undoneSeq(record);
    if (taken !== undefined && !found.has(record.seq)) found.set(taken, record.seq);
  }
  return found;
}

/** The record that an undo took back. */
export function undoneSeq(record: RecordView): number | undefined {
  return record.command === "Undo" ? numberOf(record.asked, "seq") : undefined;
}

/** By what a record is answered that no undo takes back. The engine says the same when asked. */
export function answerOf(record: RecordView): Key<"history"> | undefined {
  if (record.seq === 1) return "answerFirst";
  switch (record.command) {
    case "PostEntries":
      return "answerReversal";
    case "ReverseEntry":
      return "answerEntry";
    case "MakeReturn":
      return "answerWithdrawal";
    case "WithdrawReturn":
      return "answerNewReturn";
    case "FileReturn":
      return "answerNextReturn";
    case "TakeOver":
      return "answerNone";
    case "DraftFile":
      return field(record.asked, "post") === true ? "answerReversal" : undefined;
    default:
      return undefined;
  }
}

/** What a command was asked, as far as it tells one record from another. */
export type About = { words: string[] } | { key: Key<"history">; count: number };

export function aboutOf(record: RecordView): About | undefined {
  const { asked } = record;
  for (const [name, key] of COUNTED) {
    const list = field(asked, name);
    if (Array.isArray(list)) {
      const one: unknown = list.length === 1 ? list[0] : undefined;
      const label = textOf(one, "label") ?? textOf(one, "name");
      const count = record.count ?? list.length;
      return label === undefined ? { key, count } : { words: [label] };
    }
  }
  const undone = undoneSeq(record);
  if (undone !== undefined) return { key: "ofRecord", count: undone };
  const entry = numberOf(asked, "entry");
  if (entry !== undefined) return { key: "entryOf", count: entry };
  const line = numberOf(asked, "line");
  if (line !== undefined) return { key: "lineOf", count: line };
  const own = textOf(field(asked, "settings"), "name");
  const told = [own, ...TOLD.map((name) => textOf(asked, name))];
  const words = told.filter((text) => text !== undefined);
  return words.length === 0 ? undefined : { words };
}

const COUNTED: readonly [string, Key<"history">][] = [
  ["entries", "entries"],
  ["lines", "lines"],
  ["counterparties", "counterparties"],
  ["ties", "ties"],
];

/** Fields of commands that people know by sight. */
const TOLD = ["file_name", "form", "code", "name", "value", "first_day", "up_to", "reason"];

function field(asked: unknown, name: string): unknown {
  return typeof asked === "object" && asked !== null
    ? (asked as Record<string, unknown>)[name]
    : undefined;
}

function numberOf(asked: unknown, name: string): number | undefined {
  const value = field(asked, name);
  return typeof value === "number" ? value : undefined;
}

function textOf(asked: unknown, name: string): string | undefined {
  const value = field(asked, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}
