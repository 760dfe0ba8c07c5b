import { useMemo } from "react";
import { useCall } from "../../api/client";
import type { RecordView } from "../../api/generated";

/** Records looked through for the days of settings: the book tells only the values of today. */
const RECORDS = 300;

/** A value and the first day it holds. */
export interface Dated {
  value: string;
  from: string;
}

/** Each setting's values with their days, earliest first, as far as the latest records tell. */
export function useDated(): Map<string, Dated[]> {
  const records = useCall("history", { limit: RECORDS }, { keep: true });
  return useMemo(() => dated(records.data ?? []), [records.data]);
}

/** Latest record first. What was undone does not count; an undo that was undone does not either. */
export function dated(records: readonly RecordView[]): Map<string, Dated[]> {
  const undone = new Set<number>();
  const found = new Map<string, Dated[]>();
  const add = (name: string, value: string, from: string) => {
    const known = found.get(name) ?? [];
    // A later record of the same day has replaced this one.
    if (!known.some((one) => one.from === from)) known.push({ value, from });
    found.set(name, known);
  };
  for (const record of records) {
    if (undone.has(record.seq)) continue;
    const asked = isTable(record.asked) ? record.asked : {};
    if (record.command === "Undo" && typeof asked["seq"] === "number") undone.add(asked["seq"]);
    if (record.command === "ChangeSetting") {
      const { name, value, valid_from: from } = asked;
      if (isText(name) && isText(value) && isText(from)) add(name, value, from);
    }
    if (record.command === "CreateBook" && isTable(asked["settings"])) {
      const from = asked["first_day"];
      for (const [name, value] of Object.entries(asked["settings"])) {
        if (isText(value) && isText(from)) add(name, value, from);
      }
    }
  }
  for (const values of found.values())
    values.sort((one, other) => (one.from < other.from ? -1 : 1));
  return found;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
