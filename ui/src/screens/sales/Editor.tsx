import { Textarea } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useAction } from "../../actions";
import { call, useBook, useCall, useHost } from "../../api/client";
import type { InvoicePreview, InvoiceView, TaxCodeChoice } from "../../api/generated";
import { Head } from "../../frame/Sheet";
import { useDo, useSession } from "../../frame/session";
import { Act } from "../../parts/Act";
import { Failed, Loading } from "../../parts/States";
import { useLanguage, useWords } from "../../words";
import { EditorHead } from "./EditorHead";
import { Lines } from "./Lines";
import { useUnread } from "./NumberInput";
import { Paper } from "./Paper";
import { Preflight } from "./Preflight";
import { Totals } from "./Totals";
import { firstOf, placeOf, placed } from "./problems";
import { usePreview, useWriting, type Kept } from "./useWriting";
import "./editor.css";

export interface EditorProps {
  view: InvoiceView | undefined;
  today: string;
  currency: string;
  taxCode: string;
  codes: TaxCodeChoice[];
  onBorn: (id: number) => void;
  /** It has its number; whether it is to be sent at once. */
  onIssued: (view: InvoiceView, send: boolean) => void;
  onLeave: () => void;
}

/** An invoice as it is written, beside its page. */
export function Editor(props: EditorProps) {
  const say = useWords("sales");
  const { view, today, currency, onLeave } = props;
  const { typed, change, draft, unread, keep, kept } = useWriting(props);
  const { preview, error, again } = usePreview(draft);
  const found = useMemo(
    () => (preview === undefined ? undefined : placed(preview.problems, typed)),
    [preview, typed],
  );
  const said = useSaid(found ?? [], unread);
  const { whole, finalise, busy, send } = useFinalising(props, {
    ...{ typed, unread, keep, said },
    found: found ?? [],
  });
  const press = (event: KeyboardEvent) => {
    const { target } = event;
    if (event.key !== "Escape" || event.defaultPrevented || !(target instanceof HTMLElement))
      return;
    if (target.ariaExpanded === "true" || target.closest('[role="dialog"]') !== null) return;
    event.preventDefault();
    onLeave();
  };
  // Who opens a draft reads first; a new one is begun at its customer.
  useEffect(() => {
    const begun = document.activeElement?.closest(".sales-editor") != null;
    if (!begun) whole.current?.querySelector<HTMLElement>(".sales-fields")?.focus();
  }, [whole]);
  useAction("finalise", () => void finalise());
  useAction("close", onLeave);
  const isNote = typed.kind === "credit_note";
  const title = isNote ? say("creditNote") : view ? say("invoice") : say("newInvoice");
  return (
    <>
      <Head title={title} about={<About view={view} />}>
        <State kept={kept} />
        <Act of="close">{say("close")}</Act>
        <Act
          of="finalise"
          main
          loading={busy}
          {...(send ? { icon: <IconSend size={15} stroke={1.6} /> } : {})}
        >
          {say(send ? "finaliseAndSend" : "finalise")}
        </Act>
      </Head>
      <div className="sales-editor" ref={whole} onKeyDown={press} onBlur={() => void keep()}>
        <div className="sales-form">
          <Fields
            {...{ typed, change, preview, today, currency, said, title }}
            answers={view?.row.answers ?? null}
            codes={props.codes}
          />
          {error !== null && <Failed error={error} again={again} />}
          <Preflight found={found} unread={unread} typed={typed} focus={said.focus} />
        </div>
        <section className="sales-beside" aria-label={say("page")} data-panel tabIndex={-1}>
          <Paper pages={preview?.pages ?? []} notDrawn={preview?.not_drawn} />
        </section>
      </div>
    </>
  );
}

type FieldsProps = Pick<ReturnType<typeof useWriting>, "typed" | "change"> &
  Pick<EditorProps, "today" | "currency" | "codes"> & {
    preview: InvoicePreview | undefined;
    said: ReturnType<typeof useSaid>;
    answers: string | null;
    title: string;
  };

function Fields(props: FieldsProps) {
  const say = useWords("sales");
  const { typed, change, preview, today, currency, said, title } = props;
  const isNote = typed.kind === "credit_note";
  return (
    <div className="sales-fields" data-panel tabIndex={-1} aria-label={title} role="region">
      <EditorHead
        {...{ typed, change, preview, today }}
        answers={props.answers}
        why={said.why}
        leave={said.leave}
      />
      <Lines
        {...{ typed, change, preview, currency }}
        codes={props.codes}
        why={said.why}
        leave={said.leave}
      />
      <div className="sales-under">
        <Textarea
          label={say("noteOptional")}
          value={typed.note}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={2000}
          onChange={(event) => {
            const note = event.currentTarget.value;
            change((before) => ({ ...before, note }));
          }}
        />
        <Totals preview={preview} isNote={isNote} currency={currency} />
      </div>
    </div>
  );
}

function About(props: { view: InvoiceView | undefined }) {
  const say = useWords("sales");
  const name = props.view?.row.customer_name;
  return (
    <span className="sales-about">
      {name && (
        <>
          <bdi>{name}</bdi>,{" "}
        </>
      )}
      {say("draftNoNumber")}
    </span>
  );
}

/** Whether what is typed is kept. */
function State(props: { kept: Kept }) {
  const say = useWords("sales");
  const { kept } = props;
  const refused = kept.kind === "refused";
  if (kept.kind === "untouched") return null;
  const text = refused ? `${say("notKept")} ${kept.failure.message}` : say(`kept-${kept.kind}`);
  if (kept.kind === "waits") return <span className="help sales-kept">{text}</span>;
  return (
    <span
      className={refused || kept.kind === "unread" ? "help amber sales-kept" : "help sales-kept"}
      role="status"
      title={refused ? kept.failure.hint : undefined}
    >
      {text}
    </span>
  );
}

/** What is said beside which field: only after it was left, or after a try to finalise. */
function useSaid(
  found: ReturnType<typeof placed>,
  unread: ReturnType<typeof useWriting>["unread"],
) {
  const unreadWhy = useUnread();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const why = (field: string, line?: number): string | undefined => {
    if (!tried && !left.has(placeOf(field, line))) return undefined;
    const bad = unread.find((one) => one.field === field && one.line === line);
    if (bad !== undefined) return unreadWhy(bad.field, bad.why);
    const one = found.find((problem) => problem.field === field && problem.line === line);
    return one === undefined ? undefined : `${one.text} ${one.hint}`;
  };
  const leave = (field: string, line?: number) =>
    setLeft((before) => {
      const at = placeOf(field, line);
      return before.has(at) ? before : new Set([...before, at]);
    });
  const focus = (at: { field: string; line?: number | undefined }) => {
    leave(at.field, at.line);
    requestAnimationFrame(() => focusAt(at));
  };
  return { why, leave, focus, tryAll: () => setTried(true) };
}

function focusAt(at: { field: string; line?: number | undefined }) {
  const within = at.line === undefined ? "" : `[data-line="${at.line}"] `;
  const wanted = `${within}[data-field="${at.field}"] :is(input, select, button)`;
  const field = document.querySelector<HTMLElement>(wanted);
  (field ?? document.querySelector<HTMLElement>(".sales-preflight"))?.focus();
}

type Written = Pick<ReturnType<typeof useWriting>, "typed" | "unread" | "keep"> & {
  said: ReturnType<typeof useSaid>;
  found: ReturnType<typeof placed>;
};

/** Finalising: what is typed is kept, checked once more, and numbered; or the first field that
 *  fails has the focus. */
function useFinalising(props: EditorProps, written: Written) {
  const say = useWords("sales");
  const run = useDo();
  const host = useHost();
  const book = useBook();
  const language = useLanguage();
  const session = useSession();
  const whole = useRef<HTMLDivElement>(null);
  const [busy, setBusy] = useState(false);
  const send = useCall("mail_account", {}).data?.account != null;
  const { typed, unread, keep, said } = written;
  const finalise = async () => {
    // A dialog that lies over the form has its own keys.
    if (busy || document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return;
    said.tryAll();
    setBusy(true);
    try {
      const id = (await keep())?.row.id;
      if (id === undefined) {
        return said.focus(firstOf(written.found, unread, typed) ?? { field: "customer" });
      }
      // What it lacks may have been mended elsewhere since it was kept.
      const asked = call(host, language, book, "invoice", { invoice: id });
      const problems = await asked.then((view) => view.preview.problems).catch(() => []);
      const first = firstOf(placed(problems, typed), [], typed);
      if (first !== undefined) return said.focus(first);
      // Whether there is an account may not be known yet: a sealed file takes a moment to open.
      const mail = call(host, language, book, "mail_account", {});
      const account = mail.then((view) => view.account !== null).catch(() => false);
      const issued = await run("finalise_invoice", { invoice: id });
      if (issued === null) return;
      session.say({ text: say("finalised", { number: issued.row.reference ?? "" }) });
      props.onIssued(issued, await account);
    } finally {
      setBusy(false);
    }
  };
  return { whole, finalise, busy, send };
}

/** Waits for what the editor needs of the book. */
export function EditorPlace(
  props: Omit<EditorProps, "codes" | "currency"> & {
    missing: boolean;
    failed: Error | null;
    again: () => void;
  },
) {
  const say = useWords("sales");
  const codes = useCall("tax_codes", {});
  const book = useCall("book", {}, { keep: true });
  const sold = useMemo(() => codes.data?.filter((one) => one.side === "sale"), [codes.data]);
  const failed = props.failed ?? codes.error ?? book.error;
  if (failed !== null) {
    return (
      <>
        <Head title={say("invoice")} />
        <Failed error={failed} again={props.again} />
      </>
    );
  }
  if (sold === undefined || book.data === undefined || props.missing) {
    return (
      <>
        <Head title={say("invoice")} />
        <Loading lines={10} />
      </>
    );
  }
  return <Editor {...props} codes={sold} currency={book.data.currency} />;
}
