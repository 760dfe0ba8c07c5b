import type { ReactNode } from "react";
import type { ConnectionView, SourceAccount } from "../../api/generated";
import { Amount } from "../../parts/Amount";
import { Grid } from "../../parts/Grid";
import { Tag, type Tone } from "../../parts/Tag";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { formatsText, isStale, proofOf, type Row } from "./rows";
import { heardText } from "./when";

/** Height in px of a source, and of the head of a part. */
const ROW = 52;
const PART = 26;

/** Each source in two lines: what it is and carries, how it stands and when it was heard. */
export function List(props: {
  rows: Row[];
  chosen: string | undefined;
  today: string;
  choose: (row: Row) => void;
  open: () => void;
}) {
  const say = useWords("sources");
  const { rows, today } = props;
  const at = rows.findIndex((row) => row.key === props.chosen);
  const choose = (place: number) => {
    const row = rows[place];
    if (row !== undefined) props.choose(row);
  };
  return (
    <Grid
      label={say("list")}
      count={rows.length}
      columns="var(--sources-columns)"
      head={[say("source"), say("state"), say("callsHead"), say("balance")]}
      align={[undefined, undefined, "sources-calls", "right"]}
      height={(place) => (rows[place]?.kind === "part" ? PART : ROW)}
      keyOf={(place) => rows[place]?.key ?? place}
      rowClass={(place) => (rows[place]?.kind === "part" ? "group" : undefined)}
      idle={(place) => rows[place]?.kind === "part"}
      cells={(place) => {
        const row = rows[place];
        if (row === undefined) return undefined;
        if (row.kind === "part") return [<span key="part">{say(row.part)}</span>];
        return row.kind === "connection"
          ? connectionCells(row.connection, today)
          : fileCells(row.account, today);
      }}
      selected={at < 0 ? null : at}
      onSelect={choose}
      onOpen={props.open}
      focus
    />
  );
}

function connectionCells(one: ConnectionView, today: string): ReactNode[] {
  return [
    <Connected key="name" one={one} />,
    <Heard key="state" one={one} today={today} />,
    <Calls key="calls" one={one} />,
    <Proof key="proof" accounts={one.accounts} />,
  ];
}

function fileCells(one: SourceAccount, today: string): ReactNode[] {
  return [
    <Named key="name" name={one.name} about={formatsText(one.formats)} />,
    <Read key="state" one={one} today={today} />,
    "",
    <Proof key="proof" accounts={[one]} />,
  ];
}

function Named(props: { name: string; about: string }) {
  return (
    <span className="sources-two">
      <bdi className="strong cut" title={props.name}>
        {props.name}
      </bdi>
      <span className="help cut" title={props.about}>
        {props.about}
      </span>
    </span>
  );
}

function Connected(props: { one: ConnectionView }) {
  const say = useWords("sources");
  const { name, connector_name: connector, accounts } = props.one;
  const count = accounts.length;
  const carries = count === 0 ? say("carriesNone") : say("carries", { count });
  return <Named name={name} about={`${connector}, ${carries}`} />;
}

const STATES = ["new", "live", "broken", "ended"] as const;
const TONES: Record<(typeof STATES)[number], Tone> = {
  new: "plain",
  live: "proved",
  broken: "broken",
  ended: "pencil",
};

/** How a connection stands, in a word with its mark. */
export function ConnectionTag(props: { one: ConnectionView }) {
  const say = useWords("sources");
  const state = STATES.find((one) => one === props.one.state) ?? "new";
  return <Tag tone={TONES[state]}>{say(`state-${state}`)}</Tag>;
}

function Heard(props: { one: ConnectionView; today: string }) {
  const say = useWords("sources");
  const language = useLanguage();
  const { one, today } = props;
  const stale = one.state === "ended" ? [] : one.accounts.filter(isStale);
  // What was heard last of the account that was heard least.
  const oldest = stale.map((account) => account.last_day ?? "").sort()[0];
  return (
    <span className="sources-two">
      <ConnectionTag one={one} />
      {oldest ? (
        <span className="sources-when amber">
          {say("staleTo", { day: dayText(oldest, language, today) })}
        </span>
      ) : (
        <span className="sources-when help">{heardText(one.heard_at, today, language, say)}</span>
      )}
    </span>
  );
}

function Read(props: { one: SourceAccount; today: string }) {
  const say = useWords("sources");
  const language = useLanguage();
  const { one, today } = props;
  const day = one.last_day === null ? null : dayText(one.last_day, language, today);
  const stale = isStale(one);
  return (
    <span className="sources-two">
      <Tag tone="pencil">{say(day === null ? "state-never" : "state-file")}</Tag>
      <span className={stale ? "sources-when amber" : "sources-when help"}>
        {day === null ? say("neverRead") : say(stale ? "staleTo" : "readTo", { day })}
      </span>
    </span>
  );
}

function Calls(props: { one: ConnectionView }) {
  const say = useWords("sources");
  const { calls_left: left, state } = props.one;
  if (left === null || state === "ended") return null;
  return (
    <span className={left === 0 ? "amber" : "second"}>{say("callsLeft", { count: left })}</span>
  );
}

/** The balance of one account, or how many of several are proved. */
function Proof(props: { accounts: SourceAccount[] }) {
  const say = useWords("sources");
  const { accounts } = props;
  const [one, ...others] = accounts;
  if (one === undefined) return null;
  const state = proofOf(accounts);
  if (others.length > 0) {
    const proved = accounts.filter((account) => account.state === "proved").length;
    const text =
      state === "unproved" ? say("someProved", { proved, count: accounts.length }) : say(state);
    return <span className={`rule-${state}`}>{text}</span>;
  }
  if (one.bank_minor === null) return <span className="quiet">{say("noBalance")}</span>;
  return (
    <>
      <Amount
        className="strong"
        minor={one.bank_minor}
        currency={one.currency}
        symbol
        rule={state}
      />
      <span className="unseen">{say(state)}</span>
    </>
  );
}
