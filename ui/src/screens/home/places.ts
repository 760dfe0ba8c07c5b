import type { ActionId } from "../../actions";
import type { WaitingView } from "../../api/generated";
import type { Search } from "../../router";

/** Where something that waits is dealt with: a place, or an action of the window. */
export type Way = { path: string; search: Search } | { action: ActionId };

export function wayOf(one: WaitingView): Way {
  const account: Search = one.target === "" ? {} : { account: one.target };
  switch (one.kind) {
    case "inbox":
      return { path: "/bank", search: account };
    case "broken":
      return { path: "/bank", search: { ...account, tab: "proofs" } };
    case "gap":
      return { path: "/bank", search: { ...account, tab: "proofs" } };
    case "drafts":
      return { path: "/books", search: { tab: "journal" } };
    case "return":
      return { path: "/taxes", search: returnOf(one.target) };
    case "late":
      return { path: "/sales", search: {} };
    case "message":
      return { path: "/sales", search: { tab: "outbox" } };
    // What is missing is a file: the bank's screen could only say so again.
    case "statement":
      return { action: "openFile" };
  }
}

/** `CA3/2026-03` as the place of a return. */
function returnOf(target: string): Search {
  const [form = "", period] = target.split("/");
  return period === undefined ? {} : { tab: form, period };
}

/** The income statement of a month. */
export function monthWay(month: string): Way {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { path: "/books", search: { tab: "income", from: `${month}-01`, to: `${month}-${last}` } };
}

/** The day so many days before another. */
export function daysBefore(day: string, count: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - count);
  return at.toISOString().slice(0, 10);
}

/** How many days lie between two days. */
export function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000);
}
