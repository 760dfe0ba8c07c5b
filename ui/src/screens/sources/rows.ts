import type { ConnectionView, ProofState, SourceAccount, Sources } from "../../api/generated";

/** A line of the list: the head of a part, a bank linked live, or an account that files feed. */
export type Row =
  | { kind: "part"; key: string; part: "live" | "byFile" }
  | { kind: "connection"; key: string; connection: ConnectionView }
  | { kind: "file"; key: string; account: SourceAccount };

/** Days after which what was heard last is stale. */
export const FRESH_DAYS = 3;

/** The list as it is read: linked live, then by file; a part without anything is not headed. */
export function rowsOf(sources: Sources): Row[] {
  const rows: Row[] = [];
  if (sources.connections.length > 0) rows.push({ kind: "part", key: "live", part: "live" });
  for (const connection of sources.connections) {
    rows.push({ kind: "connection", key: `connection-${connection.id}`, connection });
  }
  if (sources.files.length > 0) rows.push({ kind: "part", key: "byFile", part: "byFile" });
  for (const account of sources.files) {
    rows.push({ kind: "file", key: `file-${account.account}`, account });
  }
  return rows;
}

/** The row that an address names, else the first that can be chosen. */
export function chosenOf(rows: Row[], place: { id?: number; account?: string }): Row | undefined {
  const named = rows.find((row) => {
    if (row.kind === "connection") return row.connection.id === place.id;
    return row.kind === "file" && place.id === undefined && row.account.account === place.account;
  });
  return named ?? rows.find((row) => row.kind !== "part");
}

export function isStale(account: SourceAccount): boolean {
  return (account.stale_days ?? 0) > FRESH_DAYS;
}

/** How far the accounts of a source are proved: what contradicts is said first. */
export function proofOf(accounts: SourceAccount[]): ProofState {
  if (accounts.some((one) => one.state === "broken")) return "broken";
  const whole = accounts.length > 0 && accounts.every((one) => one.state === "proved");
  return whole ? "proved" : "unproved";
}

const FORMATS: Record<string, string> = {
  camt052: "CAMT.052",
  camt053: "CAMT.053",
  camt054: "CAMT.054",
  csv: "CSV",
  ofx: "OFX",
};

/** Formats as people name them. */
export function formatsText(formats: string[]): string {
  return [...new Set(formats.map((one) => FORMATS[one] ?? one.toUpperCase()))].join(", ");
}

/** What a source may not give, of what has a sentence here. */
export const LACKS = ["balance", "balance-after", "party-iban", "value-day", "pending"] as const;

export function lacksOf(words: string[]): (typeof LACKS)[number][] {
  return LACKS.filter((one) => words.includes(one));
}
