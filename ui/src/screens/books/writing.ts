import type { AccountChoice, Day, EntryDraft } from "../../api/generated";

/** A line of the entry that is being typed. Minor units; at most one side is filled. */
export interface TypedLine {
  id: number;
  account: string | null;
  counterparty: string | null;
  debit: number | null;
  credit: number | null;
}

export interface Typed {
  journal: string | null;
  day: Day | null;
  ref: string;
  label: string;
  lines: TypedLine[];
}

/** The first thing that is missing: which field of which line, and why. */
export interface Missing {
  field: "journal" | "day" | "label" | "account" | "counterparty" | "amount" | "lines" | "balance";
  line?: number;
  why:
    | "journal"
    | "day"
    | "label"
    | "account"
    | "taxed"
    | "counterparty"
    | "amount"
    | "lines"
    | "balance";
}

let lines = 0;

function emptyLine(): TypedLine {
  lines += 1;
  return { id: lines, account: null, counterparty: null, debit: null, credit: null };
}

export function emptyEntry(day: Day): Typed {
  return { journal: null, day, ref: "", label: "", lines: [emptyLine(), emptyLine()] };
}

export function isBlank(line: TypedLine): boolean {
  return line.account === null && line.debit === null && line.credit === null;
}

/** Whether nothing was typed that would be a loss. */
export function isUntouched(typed: Typed): boolean {
  return typed.label === "" && typed.ref === "" && typed.lines.every(isBlank);
}

/** A line changed; a new one stands below as soon as the last is used. */
export function withLine(typed: Typed, id: number, change: Partial<TypedLine>): Typed {
  const changed = typed.lines.map((line) => (line.id === id ? { ...line, ...change } : line));
  const last = changed.at(-1);
  if (last === undefined || !isBlank(last)) changed.push(emptyLine());
  return { ...typed, lines: changed };
}

export function withoutLine(typed: Typed, id: number): Typed {
  const left = typed.lines.filter((line) => line.id !== id);
  while (left.length < 2) left.push(emptyLine());
  return withLine({ ...typed, lines: left }, -1, {});
}

/** Sums of what is typed, in minor units: help for typing, no figure of the book. */
export function sums(typed: Typed): { debit: number; credit: number; rest: number } {
  const debit = typed.lines.reduce((sum, line) => sum + (line.debit ?? 0), 0);
  const credit = typed.lines.reduce((sum, line) => sum + (line.credit ?? 0), 0);
  return { debit, credit, rest: debit - credit };
}

/** What this line must hold so that the entry balances: debit positive. */
export function restFor(typed: Typed, id: number): number {
  const others = { ...typed, lines: typed.lines.filter((line) => line.id !== id) };
  return -sums(others).rest;
}

/** The rest put on a line, on the side where it balances. */
export function withRest(typed: Typed, id: number): Typed {
  const rest = restFor(typed, id);
  const sides =
    rest >= 0 ? { debit: rest === 0 ? null : rest, credit: null } : { debit: null, credit: -rest };
  return withLine(typed, id, sides);
}

/** The first thing that is missing, in the order of the form. */
export function missingOf(
  typed: Typed,
  accounts: ReadonlyMap<string, AccountChoice>,
): Missing | null {
  if (typed.journal === null) return { field: "journal", why: "journal" };
  if (typed.day === null) return { field: "day", why: "day" };
  if (typed.label.trim() === "") return { field: "label", why: "label" };
  const used = typed.lines.filter((line) => !isBlank(line));
  for (const line of used) {
    const account = line.account === null ? undefined : accounts.get(line.account);
    if (account === undefined) return { field: "account", line: line.id, why: "account" };
    if (account.taxed) return { field: "account", line: line.id, why: "taxed" };
    if (account.collective && line.counterparty === null) {
      return { field: "counterparty", line: line.id, why: "counterparty" };
    }
    if (!line.debit && !line.credit) return { field: "amount", line: line.id, why: "amount" };
  }
  if (used.length < 2) return { field: "lines", why: "lines" };
  return sums(typed).rest === 0 ? null : { field: "balance", why: "balance" };
}

/** What is kept as a draft. Call it only when nothing is missing. */
export function draftOf(typed: Typed, accounts: ReadonlyMap<string, AccountChoice>): EntryDraft {
  const used = typed.lines.filter((line) => !isBlank(line));
  return {
    journal: typed.journal ?? "",
    day: typed.day ?? "",
    ...(typed.ref.trim() === "" ? {} : { ref: typed.ref.trim() }),
    label: typed.label.trim(),
    kind: "ordinary",
    lines: used.map((line) => ({
      account: line.account ?? "",
      ...(accounts.get(line.account ?? "")?.collective && line.counterparty !== null
        ? { counterparty: line.counterparty }
        : {}),
      amount_minor: (line.debit ?? 0) - (line.credit ?? 0),
      label: "",
    })),
    items: [],
  };
}

/** The unfinished entry of each book, until the window closes. */
const unfinished = new Map<string, Typed>();

export function keptEntry(book: string): Typed | undefined {
  return unfinished.get(book);
}

export function keepEntry(book: string, typed: Typed | null) {
  if (typed === null || isUntouched(typed)) unfinished.delete(book);
  else unfinished.set(book, typed);
}
