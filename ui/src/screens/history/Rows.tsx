import { IconPlugConnected, IconUser, IconWand } from "@tabler/icons-react";
import { useCallback, useMemo, type ReactNode } from "react";
import type { RecordView } from "../../api/generated";
import { Grid } from "../../parts/Grid";
import { dayText } from "../../parts/format";
import { countText, useLanguage, useWords } from "../../words";
import { aboutOf, answerOf, rowsOf, type HistoryRow } from "./records";
import { dayHeading, timeName } from "./when";

const DAY_TEXT = /^\d{4}-\d{2}-\d{2}$/;
const COLUMNS = "48px 96px minmax(0, 1fr) 56px 124px";
/** Heights in px. */
const DAY = 26;
const RECORD = 48;
/** More is asked for when so many rows or fewer are left below those in sight. */
const AHEAD = 40;

/** Records of the history by day, the latest first. */
export function Rows(props: {
  records: RecordView[];
  undone: ReadonlyMap<number, number>;
  today: string;
  chosen: number | null;
  choose: (seq: number) => void;
  open: () => void;
  /** Asks for earlier records, if there are any to ask for. */
  earlier: (() => void) | undefined;
  empty: ReactNode;
}) {
  const say = useWords("history");
  const language = useLanguage();
  const { records, earlier, chosen } = props;
  const rows = useMemo(() => rowsOf(records), [records]);
  const at = rows.findIndex((row) => "record" in row && row.record.seq === chosen);
  const onSight = useCallback(
    (_: number, last: number) => {
      if (last >= rows.length - AHEAD) earlier?.();
    },
    [rows.length, earlier],
  );
  const height = useCallback((place: number) => (isDay(rows[place]) ? DAY : RECORD), [rows]);
  const keyOf = useCallback((place: number) => nameOf(rows[place], place), [rows]);
  return (
    <Grid
      label={say("records")}
      count={rows.length}
      columns={COLUMNS}
      head={[say("when"), say("who"), say("what"), say("number"), say("state")]}
      align={[undefined, undefined, undefined, "right", "right"]}
      height={height}
      keyOf={keyOf}
      idle={(place) => isDay(rows[place])}
      rowClass={(place) => (isDay(rows[place]) ? "group" : "history-row")}
      cells={(place) => {
        const row = rows[place];
        if (row === undefined) return undefined;
        if ("day" in row) return [dayHeading(row.day, props.today, language, say)];
        return cellsOf(row.record, props.undone.get(row.record.seq));
      }}
      selected={at === -1 ? null : at}
      onSelect={(place) => {
        const row = rows[place];
        if (row !== undefined && "record" in row) props.choose(row.record.seq);
      }}
      onOpen={props.open}
      onSight={onSight}
      focus
      empty={props.empty}
    />
  );

  function cellsOf(record: RecordView, by: number | undefined): ReactNode[] {
    const answer = answerOf(record);
    return [
      <span className="second">{timeName(record.at, language)}</span>,
      <Actor actor={record.actor} />,
      <What record={record} taken={by !== undefined} />,
      <span className="second num">{countText(language, record.seq)}</span>,
      <span className="help">
        {by !== undefined ? say("undoneBy", { count: by }) : answer && say(answer)}
      </span>,
    ];
  }
}

function isDay(row: HistoryRow | undefined): boolean {
  return row !== undefined && "day" in row;
}

function nameOf(row: HistoryRow | undefined, place: number): string | number {
  if (row === undefined) return `none-${place}`;
  // A day may come twice: the clock of a computer can be set back.
  return "day" in row ? `${row.day}-${place}` : row.record.seq;
}

function What(props: { record: RecordView; taken: boolean }) {
  const say = useWords("history");
  const language = useLanguage();
  const { record, taken } = props;
  const about = aboutOf(record);
  const second =
    about &&
    ("words" in about
      ? about.words
          .map((word) => (DAY_TEXT.test(word) ? dayText(word, language) : word))
          .join(" · ")
      : say(about.key, { count: about.count }));
  return (
    <span className="history-what">
      <bdi className={taken ? "strong cut history-taken" : "strong cut"} title={record.text}>
        {record.text}
      </bdi>
      {second !== undefined && (
        <bdi className="help cut" title={second}>
          {second}
        </bdi>
      )}
    </span>
  );
}

/** By whom: a person, a rule, a source. */
export function Actor(props: { actor: string }) {
  const say = useWords("history");
  const [kind] = props.actor.split(":");
  const Icon = kind === "rule" ? IconWand : kind === "person" ? IconUser : IconPlugConnected;
  const word = { person: say("person"), rule: say("rule") }[props.actor];
  const text = word ?? props.actor;
  return (
    <span className="history-actor" title={text}>
      <Icon size={15} stroke={1.6} aria-hidden />
      <bdi className="cut">{text}</bdi>
    </span>
  );
}
