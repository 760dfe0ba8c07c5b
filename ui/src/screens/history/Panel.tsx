import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import { useEffect, useState, type Ref } from "react";
import { useCall } from "../../api/client";
import type { RecordView, VerifiedView } from "../../api/generated";
import { Act } from "../../parts/Act";
import { Failed, Loading } from "../../parts/States";
import { countText, useLanguage, useWords, type Key } from "../../words";
import { Changes } from "./Changes";
import { Actor } from "./Rows";
import { answerOf } from "./records";
import { dayName, momentName } from "./when";

const REST_MS = 80;

/** The sentence of each answer; the list has only its short word. */
const WHY: Partial<Record<Key<"history">, Key<"history">>> = {
  answerFirst: "whyFirst",
  answerReversal: "whyReversal",
  answerEntry: "whyEntry",
  answerWithdrawal: "whyWithdrawal",
  answerNewReturn: "whyNewReturn",
  answerNextReturn: "whyNextReturn",
  answerNone: "whyNone",
};

/** One record: what it changed, how it stands in the chain, and how it is taken back. */
export function Panel(props: {
  panel: Ref<HTMLElement>;
  record: RecordView | undefined;
  /** The record that took it back. */
  undone: number | undefined;
  today: string;
  currency: string;
  latest: number;
  verified: VerifiedView | null;
  leave: () => void;
}) {
  const say = useWords("history");
  const language = useLanguage();
  const { record } = props;
  return (
    <section
      ref={props.panel}
      className="panel history-panel"
      data-panel
      tabIndex={0}
      aria-label={say("panel")}
      onKeyDown={(event) => event.key === "Escape" && props.leave()}
    >
      {record === undefined ? (
        <p className="quiet">{say("chooseOne")}</p>
      ) : (
        <>
          <div>
            <h2 className="history-title">{say("recordNumber", { count: record.seq })}</h2>
            <p className="second history-by">
              <Actor actor={record.actor} />
              <span>
                {dayName(record.day, props.today, language, say)}, {momentName(record.at, language)}
              </span>
            </p>
            <p>
              <bdi>{record.text}</bdi>
            </p>
          </div>
          <What key={record.seq} record={record} currency={props.currency} />
          <Chain key={-record.seq} record={record} verified={props.verified} />
          <div className="history-undo">
            <Act of="undoRecord" icon={<IconArrowBackUp size={15} stroke={1.6} />}>
              {say("undoThis")}
            </Act>
            <p className="help">
              <Undoing {...props} record={record} />
            </p>
          </div>
        </>
      )}
    </section>
  );
}

function Undoing(props: { record: RecordView; undone: number | undefined; latest: number }) {
  const say = useWords("history");
  const why = useUndoRefusal(props.record, props.undone);
  return <>{why ?? say("undoAdds", { count: props.latest + 1 })}</>;
}

/** Why a record cannot be taken back, and by what it is answered. */
export function useUndoRefusal(
  record: RecordView | undefined,
  undone: number | undefined,
): string | undefined {
  const say = useWords("history");
  if (record === undefined) return say("chooseOne");
  if (undone !== undefined) return say("undoneAlready", { count: undone });
  const answer = answerOf(record);
  return answer === undefined ? undefined : say(WHY[answer] ?? answer);
}

function What(props: { record: RecordView; currency: string }) {
  const say = useWords("history");
  const found = useCall("record", { seq: props.record.seq }, { enabled: useRest() });
  return (
    <div>
      <h3 className="history-part">{say("whatChanged")}</h3>
      {found.error && <Failed error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Loading lines={4} />}
      {found.data && (
        <Changes changes={found.data.changes} more={found.data.more} currency={props.currency} />
      )}
    </div>
  );
}

/** Whether a part has been in sight for a moment: a held arrow key asks for nothing. */
function useRest(): boolean {
  const [rested, setRested] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setRested(true), REST_MS);
    return () => clearTimeout(timer);
  }, []);
  return rested;
}

/** The hash of the record and of the one before it, which the first is computed from. */
function Chain(props: { record: RecordView; verified: VerifiedView | null }) {
  const say = useWords("history");
  const { record, verified } = props;
  const enabled = useRest() && record.seq > 1;
  const before = useCall("history", { before: record.seq, limit: 1 }, { enabled });
  const held = verified !== null && record.seq <= verified.records;
  return (
    <div>
      <h3 className="history-part">{say("chain")}</h3>
      <dl className="history-chain bytes">
        <dt>{say("before")}</dt>
        <dd>{record.seq === 1 ? say("noneBefore") : <Hash hash={before.data?.[0]?.hash} />}</dd>
        <dt>{say("this")}</dt>
        <dd>
          <Hash hash={record.hash} />
        </dd>
        {held && (
          <dd className="green history-held">
            <IconCheck size={13} stroke={2} aria-hidden /> {say("recomputed")}
          </dd>
        )}
      </dl>
    </div>
  );
}

function Hash(props: { hash: string | undefined }) {
  const { hash } = props;
  if (hash === undefined) return <>…</>;
  const parts = [hash.slice(0, 4), hash.slice(4, 8), "…", hash.slice(-4)];
  return <span title={hash}>{parts.join(" ")}</span>;
}

/** The sentence that the double rule stands under. */
export function Verified(props: { verified: VerifiedView }) {
  const say = useWords("history");
  const language = useLanguage();
  const { records, blobs, kept_sums: sums } = props.verified;
  const count = (number: number) => countText(language, number);
  return (
    <div className="history-verified" role="status">
      <span className="green rule-proved">
        <IconCheck size={15} stroke={2} aria-hidden />{" "}
        {say("verified", { count: records, blobs: count(blobs), sums: count(sums) })}
      </span>
    </div>
  );
}
