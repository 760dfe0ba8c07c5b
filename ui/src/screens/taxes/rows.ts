import type { BoxView } from "../../api/generated";
import type { Say } from "../../words";

/** A line of the form: one box, or a base with its tax. */
export interface BoxRow {
  line: string;
  section: string;
  /** Case, label and article are the same for both. */
  box: BoxView;
  base: BoxView | null;
  tax: BoxView | null;
}

/** Sections whose lines declare operations, not tax: the call names sections but not their kind. */
const OPERATIONS = new Set(["taxed", "untaxed"]);

/** Pairs `08.base` and `08.tax` into one row, in the order of the form. */
export function rowsOf(boxes: readonly BoxView[]): BoxRow[] {
  const rows = new Map<string, BoxRow>();
  for (const box of boxes) {
    const [line = box.box, side] = box.box.split(".");
    const row = rows.get(line) ?? { line, section: box.section, box, base: null, tax: null };
    const isBase = side === "base" || (side === undefined && OPERATIONS.has(box.section));
    rows.set(line, isBase ? { ...row, base: box } : { ...row, tax: box });
  }
  return [...rows.values()];
}

export function boxesOf(row: BoxRow): BoxView[] {
  return [row.base, row.tax].filter((box) => box !== null);
}

/** Whether anything stands in it, be it only cents that rounding takes away. */
export function isUsed(row: BoxRow): boolean {
  return boxesOf(row).some((box) => box.value !== 0 || Number(box.unrounded) !== 0);
}

export function isLow(row: BoxRow): boolean {
  return boxesOf(row).some((box) => box.grade === "low");
}

/** The box to explain first: what a tax falls due on, as its detail is in cents. */
export function firstBox(rows: readonly BoxRow[]): string | null {
  const used = rows.filter(isUsed);
  const paired = used.find((row) => row.base !== null && row.tax !== null);
  const row = paired ?? used[0];
  return row === undefined ? null : (row.base ?? row.tax ?? row.box).box;
}

/** A row of the list: the title of a section, or a line of the form. */
export type Shown = { section: string } | { row: BoxRow };

/** What the list shows: used lines, or all of them; and always the one that is chosen. */
export function shownRows(rows: readonly BoxRow[], all: boolean, figure: string | null): Shown[] {
  const shown: Shown[] = [];
  let section: string | null = null;
  for (const row of rows) {
    const chosen = boxesOf(row).some((box) => box.box === figure);
    if (!all && !chosen && !isUsed(row)) continue;
    if (row.section !== section) shown.push({ section: row.section });
    section = row.section;
    shown.push({ row });
  }
  return shown;
}

const SECTIONS = ["taxed", "untaxed", "due", "deductible", "result"] as const;

export function sectionText(say: Say<"taxes">, section: string): string {
  const known = SECTIONS.find((one) => one === section);
  return known === undefined ? section : say(`section-${known}`);
}

/** `Ligne 08, base HT`. */
export function boxText(say: Say<"taxes">, id: string): string {
  const [line = id, side] = id.split(".");
  if (side === "base") return say("lineBase", { line });
  return say(side === "tax" ? "lineTax" : "line", { line });
}
