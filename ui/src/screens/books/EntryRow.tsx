import { IconHistory, IconLock, IconPencil } from "@tabler/icons-react";
import type { EntryLineView, EntryView } from "../../api/generated";
import { Amount } from "../../parts/Amount";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";

/** Height in px of one line of an entry. */
export const LINE = 26;
/** Lines drawn of one entry; one with more is read whole in its panel. */
export const MOST_LINES = 60;

/** What an entry is called: its number, and as long as it has none its document's. */
export function numberOf(entry: { journal: string; number: string | null; ref: string }): string {
  if (entry.number === null) return entry.ref === "" ? entry.journal : entry.ref;
  return entry.number.startsWith(entry.journal) ? entry.number : `${entry.journal}-${entry.number}`;
}

/** The number of an entry: dashed while it may still change. */
export function EntryNumber(props: { entry: EntryView }) {
  const { entry } = props;
  return (
    <bdi className={entry.draft ? "strong books-pencil" : "strong"} title={entry.ref}>
      {numberOf(entry)}
    </bdi>
  );
}

/** Whether nothing may answer an entry: it is of a former software. */
export function isHistory(entry: EntryView): boolean {
  return entry.kind === "history";
}

/** Pencil, ink or lock. */
export function Mark(props: { entry: EntryView }) {
  const say = useWords("books");
  const { entry } = props;
  if (entry.draft) {
    return (
      <span title={say("isDraft")}>
        <IconPencil size={14} stroke={1.6} aria-label={say("isDraft")} role="img" />
      </span>
    );
  }
  if (isHistory(entry)) {
    return (
      <span title={say("isHistory")}>
        <IconLock size={14} stroke={1.6} aria-label={say("isHistory")} role="img" />
      </span>
    );
  }
  if (entry.kind === "reversal") {
    return (
      <span title={say("isReversal")}>
        <IconHistory size={14} stroke={1.6} aria-label={say("isReversal")} role="img" />
      </span>
    );
  }
  return null;
}

/** An entry as the journal shows it: one line below the other, read line by line. */
export function EntryRow(props: {
  entry: EntryView;
  year: string | undefined;
  names: Map<string, string>;
}) {
  const language = useLanguage();
  const say = useWords("books");
  const { entry } = props;
  const lines = entry.lines.slice(0, MOST_LINES);
  return (
    <div className="books-entry">
      {lines.map((line, at) => (
        <div key={at} className="books-line">
          <span className="second">{at === 0 && dayText(entry.day, language, props.year)}</span>
          <span className="cut">{at === 0 && <EntryNumber entry={entry} />}</span>
          <span className="quiet books-code">{line.account}</span>
          <Label entry={entry} line={line} first={at === 0} names={props.names} />
          <span className="right">
            {line.amount_minor >= 0 && <Amount minor={line.amount_minor} />}
          </span>
          <span className="right">
            {line.amount_minor < 0 && <Amount minor={-line.amount_minor} />}
          </span>
          <span className="quiet books-letter">{line.letter}</span>
          <span className="books-mark">{at === 0 && <Mark entry={entry} />}</span>
        </div>
      ))}
      {entry.lines.length > lines.length && (
        <div className="books-line quiet">
          <span className="books-more">
            {say("moreLines", { count: entry.lines.length - lines.length })}
          </span>
        </div>
      )}
    </div>
  );
}

function Label(props: {
  entry: EntryView;
  line: EntryLineView;
  first: boolean;
  names: Map<string, string>;
}) {
  const { entry, line, first } = props;
  const party =
    line.counterparty === null ? null : (props.names.get(line.counterparty) ?? line.counterparty);
  const own = line.label !== "" && line.label !== entry.label ? line.label : null;
  const text = own ?? party ?? line.name;
  const about = party !== null && own === null ? party : line.name;
  if (first) {
    return (
      <span className="cut" title={`${entry.label} · ${about}`}>
        <bdi className="strong">{entry.label}</bdi>{" "}
        <span className="second">
          · <bdi>{about}</bdi>
        </span>
      </span>
    );
  }
  const name = line.amount_minor < 0 ? "cut books-credit" : "cut";
  return (
    <span className={name} title={`${text} · ${line.name}`}>
      <bdi>{text}</bdi>
    </span>
  );
}
