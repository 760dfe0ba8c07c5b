import type { ProblemView } from "../../api/generated";
import type { Typed, TypedLine, Unread } from "./draft";
import { usedLines } from "./draft";

/** A field of the editor, or the business's own settings, or none. */
export type HeadField = "customer" | "card" | "day" | "dueDay" | "reason";
export type LineField = "name" | "quantity" | "price" | "discount" | "taxCode" | "rate";
export type Field = HeadField | LineField | "business" | "none";

/** Where a business term of EN 16931 is typed. */
const FIELDS: Record<string, Field> = {
  "BT-44": "customer",
  "BG-8": "card",
  "BT-47": "card",
  "BT-48": "card",
  "BT-2": "day",
  "BT-9": "dueDay",
  "BG-3": "reason",
  "BG-25": "name",
  "BT-153": "name",
  "BT-129": "quantity",
  "BT-146": "price",
  "BT-131": "price",
  "BT-138": "discount",
  "BT-120": "taxCode",
  "BT-151": "taxCode",
  "BT-152": "taxCode",
  "BT-27": "business",
  "BG-5": "business",
  "BT-30": "business",
  "BT-31": "business",
};

/** What is missing, at its place in the form. */
export interface Placed {
  field: Field;
  /** Id of the typed line. */
  line?: number;
  text: string;
  hint: string;
  code: string;
}

/** The name of a field, as what was left is remembered. */
export function placeOf(field: string, line?: number): string {
  return line === undefined ? field : `${line}:${field}`;
}

/** Problems with the place where each is mended. Lines are counted without the blank ones. */
export function placed(problems: readonly ProblemView[], typed: Typed): Placed[] {
  const used = usedLines(typed);
  return problems.map(({ term, line: at, text, hint, code }) => {
    const field = FIELDS[term] ?? "none";
    // An invoice without a line is mended in its first one.
    const line: TypedLine | undefined =
      at !== null ? used[at] : term === "BG-25" ? typed.lines[0] : undefined;
    return { field, text, hint, code, ...(line === undefined ? {} : { line: line.id }) };
  });
}

const ORDER: readonly Field[] = ["customer", "card", "day", "dueDay", "reason"];
const LINE_ORDER: readonly Field[] = ["name", "quantity", "price", "discount", "taxCode", "rate"];

/** The first place that fails, as a person goes through the form. */
export function firstOf(
  found: readonly Placed[],
  unread: readonly Unread[],
  typed: Typed,
): { field: Field; line?: number } | undefined {
  const all: { field: Field; line?: number }[] = [...found, ...unread];
  const rank = ({ field, line }: { field: Field; line?: number }) => {
    const head = ORDER.indexOf(field);
    if (head >= 0) return head;
    if (line === undefined) return Number.MAX_SAFE_INTEGER;
    const at = typed.lines.findIndex((one) => one.id === line);
    return ORDER.length + at * LINE_ORDER.length + LINE_ORDER.indexOf(field);
  };
  return all.toSorted((one, other) => rank(one) - rank(other))[0];
}
