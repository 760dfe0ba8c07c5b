import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { MessageView, OutboxView } from "../../api/generated";
import { Feet, KeyHint } from "../../frame/Sheet";
import { useGo, usePlace } from "../../frame/place";
import { useDo } from "../../frame/session";
import { Act } from "../../parts/Act";
import { Grid } from "../../parts/Grid";
import { Empty, Failed, Loading } from "../../parts/States";
import { useWords } from "../../words";
import { MessagePanel } from "./MessagePanel";
import { MessageMark, needsLook, useStateWords } from "./states";
import "./outbox.css";

const ROW_HEIGHT = 48;

interface Props {
  onInvoice: (id: number) => void;
  onRun: () => void;
  busy: boolean;
}

/** What is to be sent, was sent, or may have been. */
export function Outbox(props: Props) {
  const outbox = useCall("outbox", {}, { keep: true });
  if (outbox.error !== null)
    return <Failed error={outbox.error} again={() => void outbox.refetch()} />;
  if (outbox.data === undefined) return <Loading lines={8} />;
  return <Shown {...props} outbox={outbox.data} />;
}

function Shown(props: Props & { outbox: OutboxView }) {
  const say = useWords("sales");
  const [place, change] = usePlace();
  // Questions left for later, until the window closes.
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const { outbox } = props;
  const { messages } = outbox;
  const message = messages.find((one) => one.id === place.id) ?? messages[0];
  const waiting = messages.some((one) => one.state === "queued" || one.state === "sending");
  return (
    <>
      {outbox.paused && <Paused />}
      {!outbox.paused && <Run {...props} waiting={waiting} hasAccount={outbox.has_account} />}
      {!outbox.has_account && <NoAccount />}
      {messages.length === 0 ? (
        <Empty title={say("noMessage")} text={say("noMessageText")} />
      ) : (
        <div className="split sales-split sales-outbox">
          <Messages
            messages={messages}
            chosen={message?.id ?? null}
            choose={(id) => change({ id })}
            onOpen={(id) => props.onInvoice(id)}
          />
          <MessagePanel
            message={message}
            isLeft={message !== undefined && left.has(message.id)}
            leave={(id, on) =>
              setLeft(
                (before) => new Set(on ? [...before, id] : [...before].filter((x) => x !== id)),
              )
            }
            onInvoice={props.onInvoice}
          />
        </div>
      )}
      <Feet>
        <KeyHint of="openRow">{say("keyInvoice")}</KeyHint>
        <KeyHint of="requeueMessage">{say("keyAgain")}</KeyHint>
        <KeyHint of="cancelMessage">{say("keyCancel")}</KeyHint>
        <KeyHint of="saveMessage">{say("keyEml")}</KeyHint>
        <span className="grow" />
        <span>{say("messageCount", { count: messages.length })}</span>
      </Feet>
    </>
  );
}

/** Gives the key of sending its meaning while sending may be asked for. */
function Run(props: Props & { waiting: boolean; hasAccount: boolean }) {
  const say = useWords("sales");
  const why = !props.waiting
    ? say("nothingWaits")
    : props.hasAccount
      ? undefined
      : say("noAccount");
  useAction("runOutbox", props.onRun, why);
  return null;
}

/** The book is behind what left from here: nothing goes before the person has looked. */
function Paused() {
  const say = useWords("sales");
  const run = useDo();
  useAction("resumeOutbox", () => void run("resume_outbox", {}, { done: say("resumed") }));
  return (
    <div className="sales-bar" role="alert">
      <IconAlertTriangle size={17} stroke={1.6} className="amber" aria-hidden />
      <span className="grow">
        <span className="strong">{say("paused")}</span> {say("pausedText")}
      </span>
      <Act of="resumeOutbox" main>
        {say("resume")}
      </Act>
    </div>
  );
}

function NoAccount() {
  const say = useWords("sales");
  const go = useGo();
  return (
    <p className="sales-bar plain">
      <span className="grow">{say("noAccountHint")}</span>
      <button type="button" className="sales-link" onClick={() => go("/settings", { tab: "mail" })}>
        {say("openSettings")}
      </button>
    </p>
  );
}

function Messages(props: {
  messages: readonly MessageView[];
  chosen: number | null;
  choose: (id: number) => void;
  onOpen: (invoice: number) => void;
}) {
  const say = useWords("sales");
  const words = useStateWords();
  const { messages, choose, onOpen } = props;
  const open = (at: number) => {
    const invoice = messages[at]?.invoice;
    if (invoice != null) onOpen(invoice);
  };
  const at = messages.findIndex((one) => one.id === props.chosen);
  useAction(
    "openRow",
    () => open(at),
    messages[at]?.invoice == null ? say("noneChosen") : undefined,
  );
  return (
    <div>
      <Grid
        label={say("outbox")}
        focus
        count={messages.length}
        columns="18px minmax(0, 1fr)"
        height={() => ROW_HEIGHT}
        keyOf={(place) => messages[place]?.id ?? place}
        cells={(place) => {
          const one = messages[place];
          if (one === undefined) return undefined;
          return [
            <MessageMark key="mark" state={one.state} />,
            <span key="words" className="sales-two">
              <span className="cut">
                <span className="strong">{one.reference}</span> <bdi>{one.customer}</bdi>
              </span>
              <span className={needsLook(one.state) ? "cut help amber" : "cut help"}>
                {words(one)}
              </span>
            </span>,
          ];
        }}
        selected={at < 0 ? null : at}
        onSelect={(place) => messages[place] && choose(messages[place].id)}
        onOpen={open}
      />
    </div>
  );
}
