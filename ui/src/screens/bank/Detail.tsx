import { useEffect, useRef, useState } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { LineStateView, LineThread, LineView } from "../../api/generated";
import { useGo } from "../../frame/place";
import { useDo } from "../../frame/session";
import { Act } from "../../parts/Act";
import { Amount } from "../../parts/Amount";
import { Failed, Loading } from "../../parts/States";
import { longDayText } from "../../parts/format";
import { useLanguage, useWords, type Language } from "../../words";
import { Classify } from "./Classify";
import { LineThreadView } from "./LineThread";
import { SetAside } from "./SetAside";
import { StateTag } from "./StateTag";
import { useNames, useSettled, type Shown } from "./data";

/** A held key asks for no thread on its way. */
const STILL_MS = 60;

export interface DetailProps {
  line: Shown;
  state: LineStateView;
  /** The line with its proposal, where the list has it. */
  proposed?: LineView;
  /** Told at once when the line is dealt with; what is promised is whether it was. */
  onLeft?: (done: Promise<boolean>) => void;
}

/** One line: what it is, what can be done with it, and its thread. */
export function Detail(props: DetailProps) {
  const say = useWords("bank");
  const language = useLanguage();
  const { line, state } = props;
  const today = useCall("book", {}).data?.today;
  const panel = useRef<HTMLElement>(null);
  const [form, setForm] = useState<{ of: number; kind: "classify" | "aside" } | null>(null);
  const asked = useSettled(line.id, STILL_MS);
  const thread = useCall("line", { line: asked }, { keep: true });
  const fits = thread.data?.line.id === line.id ? thread.data : undefined;
  const open = form?.of === line.id ? form.kind : null;
  const close = () => {
    setForm(null);
    backToList();
  };
  useEffect(() => {
    // Where the panel lies under the list, a form would open out of sight.
    if (open !== null) panel.current?.scrollIntoView({ block: "start" });
  }, [open]);
  useAction("why", () => panel.current?.focus());
  return (
    <section
      ref={panel}
      className="panel bank-panel"
      data-panel
      tabIndex={-1}
      aria-label={say("thread")}
    >
      <header className="bank-what">
        <div className="row">
          <h2 className="bank-amount">
            <Amount minor={line.amount_minor} currency={line.currency} symbol plus />
          </h2>
          <span className="grow" />
          {state !== "inbox" && <StateTag state={state} draft={fits?.entry?.draft ?? null} />}
        </div>
        <p className="second bank-title" title={line.label.slice(0, 300)}>
          <bdi>{line.party ?? line.label}</bdi>, {longDayInText(line.day, language, today)}
        </p>
      </header>
      {open === "classify" && (
        <Classify
          key={line.id}
          line={line}
          hint={fits?.line.proposal?.tax_code_hint ?? null}
          close={close}
          {...left(props)}
        />
      )}
      {open === "aside" && <SetAside key={line.id} line={line} close={close} {...left(props)} />}
      {open === null && (
        <>
          <Buttons {...props} thread={fits} onForm={(kind) => setForm({ of: line.id, kind })} />
          {thread.error && <Failed error={thread.error} again={() => void thread.refetch()} />}
          {fits && <LineThreadView thread={fits} />}
          {!fits && !thread.error && <Loading lines={8} />}
        </>
      )}
    </section>
  );
}

function left(props: DetailProps): Pick<DetailProps, "onLeft"> {
  return props.onLeft === undefined ? {} : { onLeft: props.onLeft };
}

/** A day inside a sentence: English keeps its capitals there, French does not. */
function longDayInText(day: string, language: Language, today: string | undefined): string {
  const text = longDayText(day, language, today);
  return language === "fr" ? text.toLowerCase() : text;
}

/** The list has the keys again once a form is closed. */
function backToList() {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".bank .grid-pane")?.focus());
}

type Wanted = DetailProps & {
  thread: LineThread | undefined;
  onForm: (kind: "classify" | "aside") => void;
};

function Buttons(props: Wanted) {
  switch (props.state) {
    case "inbox":
      return <InboxButtons {...props} />;
    case "booked":
      return <BookedButtons {...props} />;
    case "dismissed":
    case "held":
      return <AsideButtons {...props} />;
    default:
      return null;
  }
}

function InboxButtons(props: Wanted) {
  const say = useWords("bank");
  const names = useNames();
  const run = useDo();
  const { line, thread, onLeft } = props;
  const proposal = thread?.line.proposal ?? props.proposed?.proposal ?? null;
  const refusal = thread?.refusal ?? null;
  const why = proposal === null ? say("nothingToAccept") : refusal?.message;
  const accept = () => {
    const to = proposal?.documents.length
      ? say("acceptedDocument", { document: proposal.documents.join(", ") })
      : say("acceptedAccount", {
          account: named(proposal?.accounts[0], names) ?? proposal?.why ?? "",
        });
    const done = run("accept", { line: line.id }, { done: to, undoable: true });
    onLeft?.(done.then((entry) => entry !== null));
  };
  useAction("accept", accept, why);
  useAction("classify", () => props.onForm("classify"));
  useAction("setAside", () => props.onForm("aside"));
  return (
    <div className="row bank-buttons">
      <Act of="accept" main={why === undefined}>
        {say("accept")}
      </Act>
      <Act of="classify" main={why !== undefined}>
        {say("classify")}
      </Act>
      <Act of="setAside">{say("setAside")}</Act>
    </div>
  );
}

function named(code: string | undefined, names: ReadonlyMap<string, string>): string | undefined {
  return code === undefined ? undefined : `${code} ${names.get(code) ?? ""}`.trim();
}

function BookedButtons(props: Wanted) {
  const say = useWords("bank");
  const run = useDo();
  const go = useGo();
  const entry = props.thread?.entry ?? null;
  useAction(
    "unmatch",
    () =>
      void run("take_back", { line: props.line.id }, { done: say("takenBack"), undoable: true }),
  );
  useAction("openRow", () => entry && go("/books", { tab: "journal", id: entry.id }));
  return (
    <>
      <div className="row bank-buttons">
        <Act of="unmatch">{say("unmatch")}</Act>
        <Act of="openRow">{say("openEntry")}</Act>
      </div>
      {entry !== null && !entry.draft && <p className="help">{say("postedReverses")}</p>}
    </>
  );
}

function AsideButtons(props: Wanted) {
  const say = useWords("bank");
  const run = useDo();
  const held = props.state === "held";
  const restore = () =>
    void run(
      "restore_lines",
      { lines: [props.line.id] },
      { done: say("restored"), undoable: true },
    );
  useAction("setAside", restore);
  return (
    <>
      <div className="row bank-buttons">
        <Act of="setAside" main={held}>
          {say("restore")}
        </Act>
        {held && <SameLine line={props.line} />}
      </div>
      {held && <p className="second">{say("heldText")}</p>}
    </>
  );
}

/** The other answer to a question: it is a line that is known already. */
function SameLine(props: { line: Shown }) {
  const say = useWords("bank");
  const run = useDo();
  const reason = say("sameLineReason");
  useAction(
    "unmatch",
    () =>
      void run(
        "dismiss",
        { lines: [props.line.id], reason },
        { done: say("dismissed"), undoable: true },
      ),
  );
  return <Act of="unmatch">{say("sameLine")}</Act>;
}
