import { Button } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { BookView, EntryView, OriginView } from "../../api/generated";
import { Amount } from "../../parts/Amount";
import { Keys } from "../../parts/Keys";
import { Loading } from "../../parts/States";
import { Bytes, Thread, type Step } from "../../parts/Thread";
import { dayText, momentText } from "../../parts/format";
import { useLanguage, useWords, type Language, type Say } from "../../words";
import { numberOf } from "./EntryRow";
import { focusOn } from "./focus";
import { yearOf } from "./period";

/** An account with more lines than this is not traced whole to find where one entry comes from. */
const MOST_TRACED = 500;

/** Where an entry comes from: the bank's bytes, or who typed it. */
export function Origin(props: { entry: EntryView; book: BookView }) {
  const say = useWords("books");
  const { entry, book } = props;
  const banks = useCall("bank_accounts", {}).data;
  const codes = new Set(banks?.map((one) => one.account));
  const account = entry.lines.find((line) => codes.has(line.account))?.account;
  const onDay = { from: entry.day, to: entry.day, ...(account === undefined ? {} : { account }) };
  const found = useCall("bank_lines", onDay, { enabled: account !== undefined });
  const line = found.data?.find((one) => one.entry === entry.id);
  const thread = useCall("line", { line: line?.id ?? 0 }, { enabled: line !== undefined });
  if (banks === undefined || (account !== undefined && found.isPending))
    return <Loading lines={3} />;
  if (line === undefined) return <Traced key={entry.id} entry={entry} book={book} />;
  if (thread.data === undefined) return <Loading lines={3} />;
  return <Steps label={say("origin")} entry={entry} origins={[thread.data.origin]} />;
}

/** What no bank line booked is traced on demand, through one of its accounts. */
function Traced(props: { entry: EntryView; book: BookView }) {
  const say = useWords("books");
  const { entry, book } = props;
  const [asked, setAsked] = useState(false);
  useAction("why", () => setAsked(true));
  const ofResult = entry.lines.find((one) => /^[67]/.test(one.account));
  const account = (ofResult ?? entry.lines.at(-1))?.account ?? "";
  const { from } = yearOf(book.fiscal_years, entry.day);
  const span = { from, to: entry.day, drafts: true, account, last: MOST_TRACED + 1 };
  const ledger = useCall("ledger", span, { enabled: asked });
  const count = ledger.data?.find((one) => one.account === account)?.lines.length ?? 0;
  const isShort = ledger.data !== undefined && count <= MOST_TRACED;
  const figure = `trial-balance/${entry.day}..${entry.day}/${account}`;
  const explained = useCall("explain", { figure }, { enabled: isShort });
  if (!asked) {
    return (
      <Button
        className="books-trace"
        variant="default"
        size="xs"
        rightSection={<Keys of="why" />}
        onClick={() => setAsked(true)}
      >
        {say("trace")}
      </Button>
    );
  }
  const leaf = explained.data?.leaves.find((one) => one.entry?.id === entry.id);
  if (leaf !== undefined && leaf.origins.length > 0) {
    return <Steps label={say("origin")} entry={entry} origins={leaf.origins} />;
  }
  const isDone = explained.data !== undefined || explained.error !== null || ledger.error !== null;
  if (!isDone && (ledger.data === undefined || isShort)) return <Loading lines={3} />;
  return <p className="help">{say(isDone ? "originUnknown" : "originTooMany")}</p>;
}

function Steps(props: { label: string; entry: EntryView; origins: readonly OriginView[] }) {
  const say = useWords("books");
  const language = useLanguage();
  useAction("why", () => focusOn(document.getElementById("sheet"), "[data-panel]"));
  const { entry } = props;
  const steps = props.origins.flatMap((origin) => stepsOf(origin, say, language));
  steps.push({
    title: say(entry.draft ? "stepDraft" : "stepPosted", { number: numberOf(entry) }),
    about: dayText(entry.day, language),
    done: !entry.draft,
  });
  return <Thread label={props.label} steps={steps} />;
}

function stepsOf(origin: OriginView, say: Say<"books">, language: Language): Step[] {
  if (origin.kind === "typed") {
    const actor = origin.actor === "person" ? say("you") : origin.actor;
    return [
      {
        title: say("typed"),
        about: `${actor}, ${momentText(origin.at, language)}`,
        done: true,
        children: (
          <p className="help books-wrap">
            <bdi>{origin.text}</bdi>
          </p>
        ),
      },
    ];
  }
  const steps: Step[] = origin.sightings.slice(0, 1).map((sighting) => {
    const inner = sighting.marks.filter((mark) => mark.kind !== "line");
    const marks = (inner.length > 0 ? inner : sighting.marks).map(
      (mark) => [mark.start, mark.end] as const,
    );
    return {
      title: say("stepBytes"),
      about: (
        <span title={sighting.file}>
          <bdi>{sighting.file}</bdi>
        </span>
      ),
      done: true,
      children: <Bytes text={sighting.excerpt} marks={marks} label={say("stepBytes")} />,
    };
  });
  steps.push({
    title: say("stepLine"),
    about: dayText(origin.day, language),
    end: <Amount minor={origin.amount_minor} plus className="strong" />,
    done: true,
    children: (
      <p className="help books-wrap">
        <bdi>{origin.label}</bdi>
        {origin.why !== "" && (
          <>
            <br />
            {origin.why}
          </>
        )}
      </p>
    ),
  });
  return steps;
}
