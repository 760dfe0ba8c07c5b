import { Button } from "@mantine/core";
import { IconArrowsExchange, IconCheck, IconFileText, IconWand } from "@tabler/icons-react";
import { useCallback, useMemo, useState } from "react";
import { useAction } from "../../actions";
import type { LineView } from "../../api/generated";
import { Feet, KeyHint } from "../../frame/Sheet";
import { usePlace } from "../../frame/place";
import { useDo } from "../../frame/session";
import { Act } from "../../parts/Act";
import { Amount } from "../../parts/Amount";
import { Grid } from "../../parts/Grid";
import { Cap } from "../../parts/Keys";
import { Empty, Failed, Loading } from "../../parts/States";
import { longDayText } from "../../parts/format";
import { countText, useLanguage, useWords } from "../../words";
import { AskSure } from "./AskSure";
import { Detail } from "./Detail";
import { useInbox, useNames } from "./data";
import { useLeaving } from "./leaving";
import { inDays, nextTo, withLeaving, type Row } from "./rows";
import { useChosen } from "./chosen";
import { Told } from "./Told";

const LINE_HEIGHT = 36;
const DAY_HEIGHT = 26;

export interface InboxProps {
  account: string | null;
  currentDay: string | undefined;
  /** Whether no statement was ever read. */
  never: boolean;
  unproved: boolean;
  onAll: () => void;
}

interface Loaded {
  lines: LineView[];
  sure: number;
  /** How many wait in all. */
  count: number;
  /** Whether that is all of them. */
  whole: boolean;
}

/** Lines that wait, by day, each with what is proposed for it. */
export function Inbox(props: InboxProps) {
  const { lines, sure, count, whole, inbox } = useInbox();
  if (inbox.error) return <Failed error={inbox.error} again={() => void inbox.refetch()} />;
  if (lines === undefined) return <Loading />;
  return <Waiting {...props} lines={lines} sure={sure} count={count} whole={whole} />;
}

function Waiting(props: InboxProps & Loaded) {
  const say = useWords("bank");
  const [place, change] = usePlace();
  const { leaving, hidden, refused, begin } = useLeaving(props.lines);
  const { account } = props;
  const lines = useMemo(() => {
    const all = withLeaving(props.lines, [...leaving.values()]);
    return all.filter(
      (one) => !hidden.has(one.id) && (account === null || one.account === account),
    );
  }, [props.lines, leaving, hidden, account]);
  const away = useMemo(() => new Set(leaving.keys()), [leaving]);
  const rows = useMemo(() => inDays(lines), [lines]);
  const [chosen, choose] = useChosen(place, change);
  const stays = (one: LineView) => !away.has(one.id);
  const line = lines.find((one) => one.id === chosen && stays(one)) ?? lines.find(stays);

  const left = useCallback(
    (gone: LineView, done: Promise<boolean>) => {
      const next = nextTo(lines, gone.id, away);
      choose(next);
      void begin(gone, done).then((well) => {
        // Who has gone on to another line since is not called back.
        if (!well) choose((now) => (now === next ? gone.id : now));
      });
    },
    [lines, away, choose, begin],
  );

  if (lines.length === 0) return <Nothing {...props} />;
  return (
    <>
      <div className="bank-split">
        <List
          rows={rows}
          chosen={line?.id ?? null}
          away={away}
          refused={refused}
          today={props.currentDay}
          onChoose={choose}
        />
        {line && (
          <Detail
            key="detail"
            line={line}
            state="inbox"
            proposed={line}
            onLeft={(done) => left(line, done)}
          />
        )}
        {!line && <section className="panel bank-panel" aria-label={say("thread")} />}
      </div>
      <Foot {...props} shown={lines} />
    </>
  );
}

/** Everything is dealt with; or no statement was read yet. */
function Nothing(props: InboxProps) {
  const say = useWords("bank");
  const frame = useWords("frame");
  if (props.never) {
    return (
      <Empty title={say("neverRead")} text={say("neverReadText")}>
        <Act of="openFile" main>
          {frame("openFile")}
        </Act>
      </Empty>
    );
  }
  return (
    <Empty
      title={say("allDone")}
      text={props.unproved ? say("allDoneUnproved") : say("allDoneProved")}
      proved
    >
      <Button variant="default" onClick={props.onAll} autoFocus>
        {say("seeAll")}
      </Button>
    </Empty>
  );
}

function List(props: {
  rows: readonly Row[];
  chosen: number | null;
  away: ReadonlySet<number>;
  refused: ReadonlySet<number>;
  today: string | undefined;
  onChoose: (id: number) => void;
}) {
  const say = useWords("bank");
  const language = useLanguage();
  const { rows, away } = props;
  const at = rows.findIndex((row) => row.kind === "line" && row.line.id === props.chosen);
  const cells = (place: number) => {
    const row = rows[place];
    if (row === undefined) return undefined;
    if (row.kind === "line") {
      return cellsOf(
        row.line,
        row.line.id === props.chosen,
        away.has(row.line.id),
        props.refused.has(row.line.id),
      );
    }
    return [
      <span className="row" key="day">
        <span className="grow">{longDayText(row.day, language, props.today)}</span>
        <span>{say("lines", { count: row.count })}</span>
      </span>,
    ];
  };
  return (
    <Grid
      label={say("inbox")}
      focus
      count={rows.length}
      columns="minmax(0, 1.25fr) 104px minmax(0, 1fr) 64px"
      head={[
        say("line"),
        say("amount"),
        say("proposal"),
        <span key="state" className="unseen">
          {say("state")}
        </span>,
      ]}
      align={[undefined, "right", undefined, "right"]}
      height={(place) => (rows[place]?.kind === "day" ? DAY_HEIGHT : LINE_HEIGHT)}
      keyOf={(place) => rows[place]?.key ?? place}
      idle={(place) => {
        const row = rows[place];
        return row?.kind !== "line" || away.has(row.line.id);
      }}
      rowClass={(place) => {
        const row = rows[place];
        if (row?.kind === "day") return "group";
        return row && away.has(row.line.id) ? "bank-away" : undefined;
      }}
      cells={cells}
      selected={at < 0 ? null : at}
      onSelect={(place) => {
        const row = rows[place];
        if (row?.kind === "line") props.onChoose(row.line.id);
      }}
    />
  );
}

function cellsOf(line: LineView, chosen: boolean, away: boolean, refused: boolean) {
  return [
    <Told key="line" label={line.label} party={line.party} />,
    <Amount
      key="amount"
      className="strong"
      minor={line.amount_minor}
      currency={line.currency}
      plus
    />,
    <Proposed key="proposal" line={line} />,
    <Sureness key="sure" line={line} chosen={chosen} away={away} refused={refused} />,
  ];
}

function Proposed(props: { line: LineView }) {
  const say = useWords("bank");
  const names = useNames();
  const { proposal, note, party } = props.line;
  if (proposal === null) {
    return note === null ? (
      <span className="row quiet bank-none-yet">
        <span className="cut">{say("noProposal")}</span> <Cap>C</Cap>
      </span>
    ) : (
      <bdi className="quiet cut bank-none-yet" title={note}>
        {note}
      </bdi>
    );
  }
  const { kind, accounts, documents, why } = proposal;
  const Icon =
    kind === "items" ? IconFileText : kind === "transfer" ? IconArrowsExchange : IconWand;
  const codes = kind === "items" ? documents : accounts;
  const first = codes[0];
  const name =
    first === undefined ? why : kind === "items" ? codes.join(", ") : (names.get(first) ?? first);
  const about = kind === "items" ? (party ?? why) : kind === "transfer" ? "" : codes.join(", ");
  return (
    <span className="bank-pencil" title={`${name} ${about === name ? "" : about}`}>
      <Icon size={15} stroke={1.6} aria-hidden />
      <bdi className="cut bank-pencilled">
        {name} {about !== name && <span className="second">{about}</span>}
      </bdi>
    </span>
  );
}

/** Confidence is said only where there is none; where a line goes away its check is drawn. */
function Sureness(props: { line: LineView; chosen: boolean; away: boolean; refused: boolean }) {
  const say = useWords("bank");
  const { line, chosen, away, refused } = props;
  if (away) {
    return (
      <IconCheck
        className="bank-check green"
        size={15}
        stroke={2}
        role="img"
        aria-label={say("done")}
      />
    );
  }
  if (refused) return <span className="red bank-mark">{say("refused")}</span>;
  const sure = line.proposal?.sure ?? false;
  if (chosen && sure)
    return (
      <span aria-label={say("sure")} role="img">
        <Cap>↵</Cap>
      </span>
    );
  if (sure)
    return (
      <IconCheck className="quiet" size={15} stroke={1.6} role="img" aria-label={say("sure")} />
    );
  if (line.note !== null) return <span className="amber bank-mark">{say("look")}</span>;
  return line.proposal === null ? null : <span className="quiet bank-mark">{say("likely")}</span>;
}

function Foot(props: InboxProps & Loaded & { shown: readonly LineView[] }) {
  const say = useWords("bank");
  const language = useLanguage();
  const run = useDo();
  const [asking, setAsking] = useState(false);
  const { sure, whole, lines } = props;
  useAction("acceptSure", () => setAsking(true), sure === 0 ? say("noneSure") : undefined);
  const here = props.shown.filter((line) => line.proposal?.sure).length;
  const accept = () => {
    setAsking(false);
    const title = say("acceptingSure");
    const done = whole ? say("acceptedSure", { count: sure }) : say("acceptedSureAll");
    void run("accept_sure", {}, { title, done, undoable: true });
  };
  return (
    <Feet>
      <KeyHint of="accept">{say("keyAccept")}</KeyHint>
      <KeyHint of="classify">{say("keyClassify")}</KeyHint>
      <KeyHint of="setAside">{say("keySetAside")}</KeyHint>
      <KeyHint of="why">{say("keyWhy")}</KeyHint>
      <span className="grow" />
      {!whole && (
        <span>
          {say("linesOf", { count: lines.length, all: countText(language, props.count) })}
        </span>
      )}
      {sure > 0 && (
        <Act of="acceptSure" size="xs">
          {say("acceptSure", { count: sure })}
        </Act>
      )}
      <AskSure
        opened={asking}
        count={sure}
        elsewhere={props.account === null ? 0 : sure - here}
        more={!whole}
        close={() => setAsking(false)}
        accept={accept}
      />
    </Feet>
  );
}
