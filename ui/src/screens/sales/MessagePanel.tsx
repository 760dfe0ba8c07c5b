import { IconAlertTriangle } from "@tabler/icons-react";
import { useAction } from "../../actions";
import type { MessageView } from "../../api/generated";
import { useDo } from "../../frame/session";
import { Act } from "../../parts/Act";
import { Tag, type Tone } from "../../parts/Tag";
import { momentText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { useStateWords } from "./states";
import { useSaveMessage } from "./useSaveMessage";

interface Props {
  message: MessageView | undefined;
  /** Whether the question about it was left for later. */
  isLeft: boolean;
  leave: (id: number, on: boolean) => void;
  onInvoice: (id: number) => void;
}

const TONES: Record<string, Tone> = {
  sent: "proved",
  unknown: "waits",
  refused: "waits",
  queued: "pencil",
  sending: "pencil",
};

/** Everything that is known of a message, and what can be done with it. */
export function MessagePanel(props: Props) {
  const say = useWords("sales");
  const { message } = props;
  if (message === undefined)
    return <aside className="panel sales-panel" aria-label={say("message")} />;
  return (
    <aside className="panel sales-panel" data-panel tabIndex={0} aria-label={say("message")}>
      <header className="sales-what">
        <div className="row">
          <h2 className="sales-title cut">
            {message.reference}
            {message.customer !== null && (
              <>
                , <bdi>{message.customer}</bdi>
              </>
            )}
          </h2>
          <span className="grow" />
          <Tag tone={TONES[message.state] ?? "plain"}>
            {say(`tag-${message.state}` as "tag-sent")}
          </Tag>
        </div>
        <p className="second cut">
          <bdi title={message.recipients}>{message.recipients}</bdi>
        </p>
      </header>
      {message.state === "unknown" && !props.isLeft && <Doubt {...props} message={message} />}
      {message.state === "unknown" && props.isLeft && <Left {...props} message={message} />}
      <Known message={message} />
      <Acts {...props} message={message} />
    </aside>
  );
}

type Shown = Props & { message: MessageView };

/** Nobody knows whether it arrived: nothing is sent again without a word. */
function Doubt(props: Shown) {
  const say = useWords("sales");
  const language = useLanguage();
  const run = useDo();
  const { message, leave } = props;
  const settle = (arrived: boolean) => {
    const done = say(arrived ? "arrivedDone" : "againDone");
    void run("settle_message", { message: message.id, arrived }, { done });
  };
  useAction("messageArrived", () => settle(true));
  useAction("requeueMessage", () => settle(false));
  useAction("leaveMessage", () => leave(message.id, true));
  return (
    <div className="sales-doubt" role="group" aria-label={say("tag-unknown")}>
      <p className="row strong">
        <IconAlertTriangle size={17} stroke={1.6} className="amber" aria-hidden />
        {say("doubt", { at: momentText(message.at, language) })}
      </p>
      <p>{say("doubtText")}</p>
      {message.words !== "" && (
        <p>
          {say("lastWords")} <bdi>{message.words}</bdi>
        </p>
      )}
      <div className="row sales-buttons">
        <Act of="messageArrived">{say("arrived")}</Act>
        <Act of="requeueMessage">{say("sendAgain")}</Act>
        <Act of="leaveMessage">{say("leaveIt")}</Act>
      </div>
    </div>
  );
}

function Left(props: Shown) {
  const say = useWords("sales");
  return (
    <p className="second">
      {say("leftText")}{" "}
      <button
        type="button"
        className="sales-link"
        onClick={() => props.leave(props.message.id, false)}
      >
        {say("answerIt")}
      </button>
    </p>
  );
}

/** Facts, each in its own words; what is not known has no line. */
function Known(props: { message: MessageView }) {
  const say = useWords("sales");
  const language = useLanguage();
  const words = useStateWords();
  const { message } = props;
  const { next_try_at } = message;
  const facts = [
    { name: say("known-state"), value: words(message) },
    { name: say("known-at"), value: momentText(message.at, language) },
    { name: say("known-tries"), value: message.tries > 0 ? String(message.tries) : null },
    { name: say("known-next"), value: next_try_at && momentText(next_try_at, language) },
    { name: say(wordsOf(message.state)), value: message.words },
    { name: say("known-subject"), value: message.subject },
    { name: say("known-id"), value: message.message_id },
  ];
  return (
    <dl className="sales-known">
      {facts
        .filter((one) => one.value)
        .map((one) => (
          <div key={one.name}>
            <dt>{one.name}</dt>
            <dd>
              <bdi>{one.value}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** Whose the last words are. */
function wordsOf(state: string): "known-file" | "known-by" | "known-words" {
  if (state === "saved") return "known-file";
  return state === "cancelled" ? "known-by" : "known-words";
}

const QUEUED_AGAIN = ["refused", "saved", "cancelled"];

function Acts(props: Shown) {
  const say = useWords("sales");
  const save = useSaveMessage();
  const { message } = props;
  const { invoice } = message;
  useAction("saveMessage", () => void save(message.id));
  return (
    <div className="row sales-buttons">
      {invoice !== null && <Act of="openRow">{say("openInvoice")}</Act>}
      {QUEUED_AGAIN.includes(message.state) && <Again message={message} />}
      {message.can_cancel && <Cancel message={message} />}
      <Act of="saveMessage">{say("saveEml")}</Act>
    </div>
  );
}

function Again(props: { message: MessageView }) {
  const say = useWords("sales");
  const run = useDo();
  const { id } = props.message;
  useAction(
    "requeueMessage",
    () => void run("requeue_message", { message: id }, { done: say("againDone") }),
  );
  return <Act of="requeueMessage">{say("sendAgain")}</Act>;
}

function Cancel(props: { message: MessageView }) {
  const say = useWords("sales");
  const run = useDo();
  const { id } = props.message;
  useAction(
    "cancelMessage",
    () => void run("cancel_message", { message: id }, { done: say("cancelDone") }),
  );
  return (
    <Act of="cancelMessage" danger>
      {say("cancelIt")}
    </Act>
  );
}
