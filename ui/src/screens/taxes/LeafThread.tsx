import { Button } from "@mantine/core";
import type { EntryView, LeafView, MarkView, OriginView, SightingView } from "../../api/generated";
import { useGo } from "../../frame/place";
import { Amount } from "../../parts/Amount";
import { EntryBox } from "../../parts/EntryBox";
import { Bytes, Thread, type Step } from "../../parts/Thread";
import { dayText, momentText } from "../../parts/format";
import { countText, useLanguage, useWords, type Language, type Say } from "../../words";

/** A file to show whole, and the bank line to mark in it. */
export interface FileAt {
  hash: string;
  line?: number;
}

interface Making {
  say: Say<"taxes">;
  language: Language;
  currency: string;
  openFile: (file: FileAt) => void;
  openEntry: (entry: number) => void;
}

/** The thread of one fact: from the bank's bytes, or from who typed it, to the box. */
export function LeafThread(props: {
  leaf: LeafView;
  amount: string;
  box: string;
  currency: string;
  openFile: (file: FileAt) => void;
}) {
  const say = useWords("taxes");
  const language = useLanguage();
  const go = useGo();
  const openEntry = (entry: number) => go("/books", { tab: "journal", id: entry });
  const { leaf, currency, openFile } = props;
  const making: Making = { say, language, currency, openFile, openEntry };
  const typed = leaf.origins
    .filter((one) => one.kind === "typed")
    .map((one) => typedStep(one, making));
  const steps: Step[] = leaf.origins.flatMap((one) =>
    one.kind === "bank" ? bankSteps(one, making) : [],
  );
  // What was typed is the invoice where a payment moves the tax of one.
  if (leaf.invoice === null) steps.push(...typed);
  if (leaf.entry) steps.push(entryStep(leaf.entry, say("entryOf"), making));
  if (leaf.invoice) steps.push(...typed, entryStep(leaf.invoice, say("invoiceOf"), making));
  const end = <span className="num strong">{props.amount}</span>;
  steps.push({ title: props.box, end, done: leaf.entry === null || !leaf.entry.draft });
  return <Thread label={say("thread")} steps={steps} />;
}

function bankSteps(origin: Extract<OriginView, { kind: "bank" }>, making: Making): Step[] {
  const { say, language } = making;
  const seen = origin.sightings.map((one) => sightingStep(one, origin.line, making));
  const about = (
    <bdi title={origin.label}>
      {dayText(origin.day, language)}, {origin.label}
    </bdi>
  );
  const end = <Amount minor={origin.amount_minor} currency={making.currency} plus />;
  return [...seen, { title: say("bankLine"), about, end, done: true }];
}

function sightingStep(seen: SightingView, line: number, making: Making): Step {
  const { say, language, openFile } = making;
  const isExcerpt = seen.excerpt !== "";
  const places = { from: countText(language, seen.from), to: countText(language, seen.to) };
  return {
    title: say("bytes"),
    about: <bdi title={seen.file}>{seen.file}</bdi>,
    end: <OpenFile file={{ hash: seen.blob, line }} name={seen.file} onOpen={openFile} />,
    done: true,
    children: (
      <>
        <Bytes
          text={isExcerpt ? seen.excerpt : seen.bytes}
          marks={isExcerpt ? marksOf(seen.marks) : []}
          label={say("bytesOf", { file: seen.file })}
        />
        <p className="help taxes-break">
          {say("offsets", places)} · {seen.reader} ·{" "}
          <code title={seen.blob}>{seen.blob.slice(0, 12)}</code>
        </p>
      </>
    ),
  };
}

/** Amount and label are marked; the whole line only where nothing in it is. */
export function marksOf(marks: readonly MarkView[]): [number, number][] {
  const inside = marks.filter((mark) => mark.kind !== "line");
  return (inside.length > 0 ? inside : marks).map((mark) => [mark.start, mark.end]);
}

function typedStep(origin: Extract<OriginView, { kind: "typed" }>, making: Making): Step {
  const { say, language, openFile } = making;
  const { blob } = origin;
  const about = say("recordOf", { seq: origin.seq, at: momentText(origin.at, language) });
  return {
    title: say("typed"),
    about,
    end: blob !== null && <OpenFile file={{ hash: blob }} name={origin.text} onOpen={openFile} />,
    done: true,
    children: (
      <p className="help">
        <bdi>{origin.text}</bdi>
      </p>
    ),
  };
}

function entryStep(entry: EntryView, title: string, making: Making): Step {
  const { say, language } = making;
  const name = entry.number ?? say("draft");
  return {
    title: `${title} ${entry.ref}`,
    about: `${name}, ${dayText(entry.day, language)}`,
    end: (
      <Button size="xs" variant="default" onClick={() => making.openEntry(entry.id)}>
        {say("toBooks")}
        <span className="unseen"> {entry.ref}</span>
      </Button>
    ),
    done: !entry.draft,
    children: (
      <>
        {entry.label && (
          <p className="help cut">
            <bdi title={entry.label}>{entry.label}</bdi>
          </p>
        )}
        <EntryBox entry={entry} currency={making.currency} label={`${title} ${entry.ref}`} />
      </>
    ),
  };
}

function OpenFile(props: { file: FileAt; name: string; onOpen: (file: FileAt) => void }) {
  const say = useWords("taxes");
  return (
    <Button size="xs" variant="default" onClick={() => props.onOpen(props.file)}>
      {say("openFile")}
      <span className="unseen"> {props.name}</span>
    </Button>
  );
}
