import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconFileDownload,
  IconMailOff,
  IconMinus,
} from "@tabler/icons-react";
import type { InvoiceRowView, MessageView, SentState } from "../../api/generated";
import { momentText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";

/** The mark of a message's state; its word stands beside it. */
export function MessageMark(props: { state: string }) {
  const size = { size: 15, stroke: 1.8, "aria-hidden": true } as const;
  switch (props.state) {
    case "sent":
      return <IconCheck {...size} className="green" />;
    case "saved":
      return <IconFileDownload {...size} className="second" />;
    case "queued":
    case "sending":
      return <IconClock {...size} className="second" />;
    case "refused":
    case "unknown":
      return <IconAlertTriangle {...size} className="amber" />;
    case "no":
      return <IconMinus {...size} className="quiet" />;
    default:
      return <IconMailOff {...size} className="quiet" />;
  }
}

/** What is known of a message, in a sentence, and no more. */
export function useStateWords(): (message: MessageView) => string {
  const say = useWords("sales");
  const language = useLanguage();
  return (message) => {
    const { state, next_try_at, tries } = message;
    if (state === "queued" && tries > 0 && next_try_at !== null) {
      return say("message-again", { count: tries, at: momentText(next_try_at, language) });
    }
    return say(`message-${state}` as "message-queued");
  };
}

export function needsLook(state: string): boolean {
  return state === "unknown" || state === "refused";
}

/** Where an invoice stands, in a word; late ones say since how many days. */
export function StateWord(props: { row: InvoiceRowView }) {
  const say = useWords("sales");
  const { row } = props;
  const isNote = row.kind === "credit_note";
  switch (row.state) {
    case "late":
      return <span className="red strong">{say("lateDays", { count: row.late_days ?? 0 })}</span>;
    case "paid":
    case "credited":
      return (
        <span className="row sales-word quiet">
          <IconCheck size={15} stroke={2} className="green" aria-hidden />
          {say(isNote ? "state-used" : `state-${row.state}`)}
        </span>
      );
    case "draft":
      return <span className="second">{say("state-draft")}</span>;
    case "partly_paid":
      return <span className="second">{say("state-partly_paid")}</span>;
    case "open":
      return <span className="second">{say(isNote ? "state-unused" : "state-open")}</span>;
  }
}

/** Whether it was sent, as a mark and a word. */
export function SentWord(props: { sent: SentState }) {
  const say = useWords("sales");
  const { sent } = props;
  return (
    <span className={needsLook(sent) ? "row sales-word amber" : "row sales-word quiet"}>
      <MessageMark state={sent} />
      <span className="cut">{say(`sent-${sent}`)}</span>
    </span>
  );
}
