import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconFileDownload, IconPaperclip, IconSend } from "@tabler/icons-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { Refused, useCall } from "../../api/client";
import type { Failure, LetterView, SendInvoice } from "../../api/generated";
import { useDo } from "../../frame/session";
import { Failed, Loading } from "../../parts/States";
import { useWords } from "../../words";
import { addresses } from "./addresses";
import { useSaveMessage } from "./useSaveMessage";
import "./dialogs.css";

/** What was typed is looked at after so short a pause. */
const TYPING_MS = 200;

interface Props {
  invoice: number | null;
  close: () => void;
  /** A message stands in the queue: it may leave now. */
  onQueued: () => void;
  onMessage: (id: number) => void;
}

/** The letter that carries an invoice, before anything is queued. */
export function SendDialog(props: Props) {
  const say = useWords("sales");
  const { invoice, close } = props;
  return (
    <Modal
      opened={invoice !== null}
      onClose={close}
      size={620}
      title={<span className="strong">{say("sendTitle")}</span>}
      closeButtonProps={{ "aria-label": say("close") }}
    >
      {invoice !== null && <Letter key={invoice} {...props} invoice={invoice} />}
    </Modal>
  );
}

type Asked = Props & { invoice: number };

function Letter(props: Asked) {
  const [to, setTo] = useState<string | null>(null);
  const [settled] = useDebouncedValue(to, TYPING_MS);
  const wanted = settled === null ? [] : addresses(settled);
  const asked: SendInvoice = {
    invoice: props.invoice,
    ...(wanted.length > 0 ? { to: wanted } : {}),
  };
  const letter = useCall("letter", asked, { keep: true });
  // Nobody is known to send it to: the address is typed here, and all the rest stays.
  const nobody = letter.error instanceof Refused && letter.error.failure.code === "no-recipient";
  const failed = letter.error !== null && !nobody;
  if (failed && letter.error !== null && letter.data === undefined)
    return <Failed error={letter.error} again={() => void letter.refetch()} />;
  if (letter.data === undefined && !nobody) return <Loading lines={6} />;
  const refusal = nobody && letter.error instanceof Refused ? letter.error.failure : null;
  return <Fields {...props} letter={letter.data} refusal={refusal} to={to} setTo={setTo} />;
}

type FieldsProps = Asked & {
  letter: LetterView | undefined;
  refusal: Failure | null;
  to: string | null;
  setTo: (to: string) => void;
};

/** Queues the letter as it is typed, once. */
function useQueueing(props: FieldsProps) {
  const run = useDo();
  const save = useSaveMessage();
  const { letter, to, close, onQueued } = props;
  const [subject, setSubject] = useState<string | null>(null);
  const [body, setBody] = useState<string | null>(null);
  const [refused, setRefused] = useState<Failure | null>(null);
  const [busy, setBusy] = useState<"send" | "save" | null>(null);
  const recipients = to === null ? (letter?.to ?? []) : addresses(to);
  const queue = async (then: "send" | "save") => {
    if (busy !== null || recipients.length === 0) return;
    setBusy(then);
    setRefused(null);
    const asked: SendInvoice = {
      invoice: props.invoice,
      to: recipients,
      ...(subject === null ? {} : { subject }),
      ...(body === null ? {} : { body }),
    };
    const message = await run("send_invoice", asked, { refused: setRefused });
    setBusy(null);
    if (message === null) return;
    close();
    if (then === "send") onQueued();
    else await save(message.id);
  };
  const fields = {
    subject: subject ?? letter?.subject ?? "",
    body: body ?? letter?.body ?? "",
    setSubject,
    setBody,
  };
  return { ...fields, recipients, refused, busy, queue };
}

function Fields(props: FieldsProps) {
  const say = useWords("sales");
  const { letter, refusal, to, setTo, close } = props;
  const form = useRef<HTMLFormElement>(null);
  // The letter may come after the dialog: its first field then has the focus.
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const letterOf = useQueueing(props);
  const { subject, body, setSubject, setBody, recipients, refused, busy, queue } = letterOf;
  const hasAccount = letter?.from != null;
  const before = letter?.queued_before ?? null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (before === null) void queue(hasAccount ? "send" : "save");
  };
  return (
    <form ref={form} className="sales-letter" noValidate onSubmit={submit}>
      <TextInput
        label={say("to")}
        value={to ?? letter?.to.join(", ") ?? ""}
        error={refusal !== null && to === null ? `${refusal.message} ${refusal.hint}` : undefined}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      {letter !== undefined && (
        <>
          <TextInput
            label={say("subject")}
            value={subject}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => setSubject(event.currentTarget.value)}
          />
          <Textarea
            label={say("text")}
            value={body}
            autosize
            minRows={6}
            maxRows={12}
            onChange={(event) => setBody(event.currentTarget.value)}
          />
          <p className="row second">
            <IconPaperclip size={15} stroke={1.6} aria-hidden /> <bdi>{letter.attachment}</bdi>
          </p>
        </>
      )}
      {before !== null && <Before message={before} onMessage={props.onMessage} close={close} />}
      {refused !== null && (
        <div role="alert">
          <p className="red">{refused.message}</p>
          <p className="second">{refused.hint}</p>
        </div>
      )}
      {!hasAccount && letter !== undefined && before === null && (
        <p className="help">{say("noAccountHelp")}</p>
      )}
      <Answers
        hasAccount={hasAccount}
        idle={before !== null || recipients.length === 0}
        busy={busy}
        save={() => void queue("save")}
        close={close}
      />
    </form>
  );
}

/** Sending is the way where there is a mail account; else the file is. */
function Answers(props: {
  hasAccount: boolean;
  idle: boolean;
  busy: "send" | "save" | null;
  save: () => void;
  close: () => void;
}) {
  const say = useWords("sales");
  const { hasAccount, busy } = props;
  return (
    <div className="row">
      {hasAccount && (
        <Button
          type="submit"
          leftSection={<IconSend size={15} stroke={1.6} />}
          loading={busy === "send"}
          disabled={props.idle}
        >
          {say("send")}
        </Button>
      )}
      <Button
        type={hasAccount ? "button" : "submit"}
        variant={hasAccount ? "default" : "filled"}
        leftSection={<IconFileDownload size={15} stroke={1.6} />}
        loading={busy === "save"}
        disabled={props.idle}
        onClick={hasAccount ? props.save : undefined}
      >
        {say("saveEml")}
      </Button>
      <Button variant="default" onClick={props.close}>
        {say("close")}
      </Button>
    </div>
  );
}

/** The same letter is not queued twice: it is said, with the way to the first. */
function Before(props: { message: number; onMessage: (id: number) => void; close: () => void }) {
  const say = useWords("sales");
  return (
    <div className="sales-note" role="status">
      <p>{say("queuedBefore")}</p>
      <button
        type="button"
        className="sales-link"
        onClick={() => {
          props.close();
          props.onMessage(props.message);
        }}
      >
        {say("seeMessage")}
      </button>
    </div>
  );
}
