import type { InvoiceRowView } from "../../api/generated";

/** What the list can be narrowed to. */
export const FILTERS = ["all", "draft", "open", "late", "paid"] as const;
export type Filter = (typeof FILTERS)[number];

export function filterOf(text: string | undefined): Filter {
  return FILTERS.find((one) => one === text) ?? "all";
}

export function fits(row: InvoiceRowView, filter: Filter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "draft":
      return row.state === "draft";
    case "open":
      return row.state === "open" || row.state === "partly_paid";
    case "late":
      return row.state === "late";
    case "paid":
      return row.state === "paid" || row.state === "credited";
  }
}

/** Whether nothing is left to do with it. */
export function isSettled(row: InvoiceRowView): boolean {
  return row.state === "paid" || row.state === "credited";
}

/** A credit note takes away: its sign is typed. */
export function signed(row: InvoiceRowView, minor = row.gross_minor): number {
  return row.kind === "credit_note" ? -minor : minor;
}

/** What rows of a filter come to, in minor units: what is left to receive of those that wait for
 *  money, what they were made out for otherwise. */
export function total(rows: readonly InvoiceRowView[], filter: Filter): number {
  const waits = filter === "open" || filter === "late";
  const own = (row: InvoiceRowView) => signed(row, waits ? row.rest_minor : row.gross_minor);
  return rows.reduce((sum, row) => sum + own(row), 0);
}
