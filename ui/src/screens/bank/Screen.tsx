import { useCall } from "../../api/client";
import { Head, Tabs } from "../../frame/Sheet";
import { usePlace } from "../../frame/place";
import { Failed, Loading } from "../../parts/States";
import { useWords } from "../../words";
import { All } from "./All";
import { Gaps } from "./Gaps";
import { Inbox } from "./Inbox";
import { Proof } from "./Proof";
import { findingsOf } from "./findings";
import "./bank.css";

const TABS = ["inbox", "all", "proofs"] as const;
type Tab = (typeof TABS)[number];

/** The bank: what it says, what of it waits, and where it contradicts. */
export function Bank() {
  const frame = useWords("frame");
  const say = useWords("bank");
  const [place, change] = usePlace();
  const proofs = useCall("proofs", {});
  const waiting = useCall("line_days", { state: "inbox" });
  const all = useCall("line_days", {});
  const book = useCall("book", {});
  const tab = TABS.find((one) => one === place.tab) ?? "inbox";
  const known = proofs.data ?? [];
  // An account that is not one of the bank's hides nothing.
  const account = known.find((one) => one.account === place.account)?.account ?? null;
  const meant = known.filter((one) => account === null || one.account === account);
  const findings = known.flatMap(findingsOf);
  const go = (to: Tab) => change({ tab: to, id: undefined, from: undefined, to: undefined });
  return (
    <div className="bank">
      <Head title={frame("goBank")} />
      {proofs.error && <Failed error={proofs.error} again={() => void proofs.refetch()} />}
      {known.length > 0 && (
        <Proof
          proofs={known}
          account={account}
          today={book.data?.today}
          onAccount={(one) => change({ account: one ?? undefined })}
          onSpan={(of, from, to) =>
            change({ tab: "all", account: of, from, to }, { replace: false })
          }
        />
      )}
      <Tabs
        label={frame("goBank")}
        value={tab}
        onChange={go}
        tabs={[
          { value: "inbox", label: say("inbox"), ...counted(waiting.data?.count) },
          { value: "all", label: say("all"), ...counted(all.data?.count) },
          { value: "proofs", label: say("gaps"), ...counted(findings.length) },
        ]}
      />
      {proofs.isPending && <Loading />}
      {proofs.data && tab === "inbox" && (
        <Inbox
          account={account}
          currentDay={book.data?.today}
          never={meant.every((one) => one.windows.length === 0)}
          unproved={meant.some((one) => one.state !== "proved")}
          onAll={() => go("all")}
        />
      )}
      {proofs.data && tab === "all" && <All account={account} several={known.length > 1} />}
      {proofs.data && tab === "proofs" && <Gaps proofs={known} account={account} />}
    </div>
  );
}

function counted(count: number | undefined): { count?: number } {
  return count === undefined ? {} : { count };
}
