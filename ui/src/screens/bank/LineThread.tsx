import { Modal } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { useCall } from "../../api/client";
import type { LineThread, OriginView, SightingView } from "../../api/generated";
import { EntryBox } from "../../parts/EntryBox";
import { Failed, Loading } from "../../parts/States";
import { Bytes, Thread, type Step } from "../../parts/Thread";
import { dayText, momentText } from "../../parts/format";
import { countText, useLanguage, useWords, type Language, type Say } from "../../words";

/** From the bank's bytes to the entry: solid as far as it stands. */
export function LineThreadView(props: { thread: LineThread }) {
  const say = useWords("bank");
  const language = useLanguage();
  const { thread } = props;
  const steps = [
    ...bytesOf(thread, say, language),
    lineOf(thread, say, language),
    ...reasonOf(thread, say),
    ...entryOf(thread, say, language),
  ];
  return (
    <>
      <div className="row">
        <h2>{say("thread")}</h2>
        <span className="grow" />
        <span className="help">{say("threadAbout")}</span>
      </div>
      <Thread label={say("thread")} steps={steps} />
    </>
  );
}

function bytesOf(thread: LineThread, say: Say<"bank">, language: Language): Step[] {
  const { origin } = thread;
  if (origin.kind === "typed") {
    return [
      {
        title: say("typed"),
        about: momentText(origin.at, language),
        done: true,
        children: <bdi>{origin.text}</bdi>,
      },
    ];
  }
  return origin.sightings.map((sighting, at) => ({
    title: at === 0 ? say("bytes") : say("bytesAgain"),
    about: momentText(sighting.at, language),
    end: <Whole sighting={sighting} line={thread.line.id} />,
    done: true,
    children: <Excerpt sighting={sighting} />,
  }));
}

function Excerpt(props: { sighting: SightingView }) {
  const say = useWords("bank");
  const language = useLanguage();
  const { sighting } = props;
  const marks = sighting.marks
    .filter((mark) => mark.kind !== "line")
    .map((mark) => [mark.start, mark.end] as const);
  const span = { from: countText(language, sighting.from), to: countText(language, sighting.to) };
  return (
    <>
      <div ref={inSight}>
        <Bytes label={say("bytes")} text={sighting.excerpt} marks={marks} />
      </div>
      <p className="help" title={sighting.blob}>
        {sighting.reader} · SHA-256 {sighting.blob.slice(0, 6)}…{sighting.blob.slice(-2)} ·{" "}
        {say("offsets", span)}
      </p>
    </>
  );
}

/** The whole file as the book keeps it, with the line marked. */
function Whole(props: { sighting: SightingView; line: number }) {
  const say = useWords("bank");
  const [open, setOpen] = useState(false);
  const { sighting, line } = props;
  return (
    <>
      <button className="bank-link-button" title={sighting.file} onClick={() => setOpen(true)}>
        {say("openWhole")}
      </button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        size={860}
        title={<bdi>{sighting.file}</bdi>}
        closeButtonProps={{ "aria-label": say("back") }}
      >
        {open && <WholeText hash={sighting.blob} line={line} />}
      </Modal>
    </>
  );
}

function WholeText(props: { hash: string; line: number }) {
  const say = useWords("bank");
  const file = useCall("whole_file", props);
  if (file.error) return <Failed error={file.error} again={() => void file.refetch()} />;
  if (file.data === undefined) return <Loading lines={12} />;
  const { text, marks, from, to, size } = file.data;
  const part = from > 0 || to < size;
  const own = marks.filter((mark) => mark.kind === "line");
  return (
    <div className="bank-whole" ref={toMark}>
      {part && <p className="help">{say("partOfFile", { from, to, size })}</p>}
      <Bytes
        label={say("bytes")}
        text={text}
        marks={(own.length > 0 ? own : marks).map((mark) => [mark.start, mark.end])}
      />
    </div>
  );
}

/** Lines kept above the first mark. */
const ABOVE_PX = 40;

/** The box begins near what is marked in it; nothing else moves. */
function inSight(holder: HTMLDivElement | null) {
  const box = holder?.querySelector<HTMLElement>(".bytes-box");
  const mark = box?.querySelector("mark");
  if (!box || !mark) return;
  const below = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += below - ABOVE_PX;
}

function toMark(box: HTMLDivElement | null) {
  box?.querySelector("mark")?.scrollIntoView({ block: "center" });
}

function lineOf(thread: LineThread, say: Say<"bank">, language: Language): Step {
  const { line } = thread;
  const account = thread.origin.kind === "bank" ? thread.origin.account : line.account;
  return {
    title: say("line"),
    about: dayText(line.day, language),
    end: <span className="help">{say("lineNumber", { id: countText(language, line.id) })}</span>,
    done: true,
    children: (
      <>
        <p className="second bank-words" title={line.label.slice(0, 1_000)}>
          <bdi>{line.label}</bdi>
        </p>
        {line.party !== null && (
          <p className="help bank-words">
            <bdi>{line.party}</bdi> · {account}
          </p>
        )}
        {line.note !== null && <p className="amber">{line.note}</p>}
      </>
    ),
  };
}

/** Why it goes where it goes: a suggestion with its facts, or what was decided. */
function reasonOf(thread: LineThread, say: Say<"bank">): Step[] {
  const { proposal } = thread.line;
  if (thread.reason !== null) {
    return [
      {
        title: say("setAsideStep"),
        done: true,
        children: (
          <p className="second bank-words">
            <bdi>{thread.reason}</bdi>
          </p>
        ),
      },
    ];
  }
  if (proposal !== null) {
    return [
      {
        title: say("proposal"),
        about: proposal.sure ? say("notAccepted") : say("toCheck"),
        done: false,
        children: (
          <>
            <p>
              <bdi>{proposal.why}</bdi>
            </p>
            <ul className="bank-facts">
              {proposal.facts.map((fact, at) => (
                <li key={at}>
                  <bdi>{fact}</bdi>
                </li>
              ))}
            </ul>
          </>
        ),
      },
    ];
  }
  const why = whyOf(thread.origin);
  if (thread.state === "booked")
    return [
      {
        title: say("matched"),
        done: true,
        children: why && (
          <p className="second">
            <bdi>{why}</bdi>
          </p>
        ),
      },
    ];
  if (thread.state !== "inbox") return [];
  return [
    {
      title: say("proposal"),
      done: false,
      children: <p className="second">{say("noProposalText")}</p>,
    },
  ];
}

function whyOf(origin: OriginView): string {
  return origin.kind === "bank" ? origin.why : "";
}

function entryOf(thread: LineThread, say: Say<"bank">, language: Language): Step[] {
  const { entry, would, refusal, line } = thread;
  const shown = entry ?? would;
  if (shown !== null) {
    const number = shown.number ?? shown.ref;
    return [
      {
        title: say("entry"),
        about: shown.draft
          ? say("entryDraft", { journal: shown.journal })
          : say("entryPosted", { number }),
        end: <span className="help">{dayText(shown.day, language)}</span>,
        done: entry !== null && !entry.draft,
        children: <EntryBox entry={shown} currency={line.currency} label={say("entry")} />,
      },
    ];
  }
  if (refusal === null) return [];
  return [
    {
      title: say("entry"),
      done: false,
      children: (
        <div role="status">
          <p className="row red">
            <IconAlertTriangle size={15} stroke={1.8} aria-hidden /> {refusal.message}
          </p>
          <p className="second">{refusal.hint}</p>
        </div>
      ),
    },
  ];
}
