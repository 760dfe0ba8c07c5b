import { useCallback, useState } from "react";
import { useCall } from "../../api/client";
import type { LedgerLineView, LedgerView } from "../../api/generated";
import type { Span } from "./period";

/** Lines first asked for of an account, and how many times as many once they are all seen. */
const AT_FIRST = 400;
const TIMES_MORE = 5;

export interface LedgerRows {
  view: LedgerView | undefined;
  count: number;
  /** The line at a place, newest first. */
  lineAt: (at: number) => LedgerLineView | undefined;
  /** Whether older lines are still to come. */
  isCut: boolean;
  onSight: (first: number, last: number) => void;
  pending: boolean;
  error: Error | null;
  again: () => void;
}

/** The lines of one account, newest first. Of a long account the last ones come first, older ones
 *  when one scrolls to them. */
export function useLedger(account: string | undefined, span: Span, drafts: boolean): LedgerRows {
  const [wanted, setWanted] = useState({ account, last: AT_FIRST });
  const last = wanted.account === account ? wanted.last : AT_FIRST;
  const enabled = account !== undefined;
  const found = useCall(
    "ledger",
    { ...span, drafts, account: account ?? "", last },
    { enabled, keep: true },
  );
  // The code is also what other codes begin with; and the old answer may still stand.
  const view = found.data?.find((one) => one.account === account);
  const lines = view?.lines;
  const count = lines?.length ?? 0;
  const isCut = count === last;
  const onSight = useCallback(
    (_: number, bottom: number) => {
      if (isCut && bottom >= count - 1) setWanted({ account, last: last * TIMES_MORE });
    },
    [account, count, isCut, last],
  );
  return {
    view,
    count,
    lineAt: (at) => lines?.[count - 1 - at],
    isCut,
    onSight,
    pending: found.isPending || (found.isPlaceholderData && view === undefined),
    error: found.error,
    again: () => void found.refetch(),
  };
}
