import { Button } from "@mantine/core";
import { IconAlertTriangle, IconPlugConnectedX, IconRefresh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { AccountProof, ConnectionView, SourceAccount } from "../../api/generated";
import { useSyncing } from "../../frame/Syncing";
import { useGo } from "../../frame/place";
import { Act } from "../../parts/Act";
import { Tag } from "../../parts/Tag";
import { dayText, momentText } from "../../parts/format";
import { countText, useLanguage, useWords } from "../../words";
import { Account, AccountFacts, Fact } from "./Account";
import { Brought } from "./Brought";
import { Found } from "./Found";
import { ConnectionTag } from "./List";
import { Outside } from "./Outside";
import { lacksOf, type Row } from "./rows";

interface PanelProps {
  row: Row | undefined;
  proofs: AccountProof[];
  today: string;
  leave: () => void;
}

/** The chosen source whole. */
export function Panel(props: PanelProps) {
  const say = useWords("sources");
  const { row } = props;
  return (
    <section
      // Another source is read from its beginning.
      key={row?.key ?? "none"}
      className="panel sources-panel"
      data-panel
      tabIndex={-1}
      aria-label={say("panel")}
      onKeyDown={(event) => event.key === "Escape" && props.leave()}
    >
      {row?.kind === "connection" && <Connection {...props} one={row.connection} />}
      {row?.kind === "file" && <FileFed {...props} account={row.account} />}
      {row === undefined && <p className="quiet">{say("chooseOne")}</p>}
    </section>
  );
}

function proofFor(proofs: AccountProof[], account: string): AccountProof | undefined {
  return proofs.find((one) => one.account === account);
}

/** An account that files feed: it is proved by what was dropped. */
function FileFed(props: PanelProps & { account: SourceAccount }) {
  const say = useWords("sources");
  const go = useGo();
  const { account, proofs, today } = props;
  return (
    <>
      <div className="sources-head">
        <h2 className="sources-title">
          <bdi>{account.name}</bdi>
        </h2>
        <Tag tone="pencil">{say("state-file")}</Tag>
      </div>
      <div className="row">
        <Button
          size="xs"
          variant="default"
          className="sources-see"
          aria-label={say("seeBankOf", { name: account.name })}
          onClick={() => go("/bank", { account: account.account })}
        >
          {say("seeBank")}
        </Button>
        <span className="quiet">{account.account}</span>
      </div>
      <AccountFacts account={account} proof={proofFor(proofs, account.account)} today={today} />
      <p className="help">{say("nextFile")}</p>
    </>
  );
}

function Connection(props: PanelProps & { one: ConnectionView }) {
  const say = useWords("sources");
  const language = useLanguage();
  const { brought, running } = useSyncing();
  const { one, proofs, today } = props;
  const last = brought.get(one.id);
  const reads = running === one.id || (running === "all" && one.state !== "ended");
  const day = dayText(one.linked_day, language, today);
  const connector = one.connector_name;
  return (
    <>
      <div className="sources-head">
        <h2 className="sources-title">
          <bdi>{one.name}</bdi>
        </h2>
        <ConnectionTag one={one} />
      </div>
      <p className="second">
        {one.ended_day === null
          ? say("linkedOn", { connector, day })
          : say("linkedUntil", { connector, day, end: dayText(one.ended_day, language, today) })}
      </p>
      {one.ended_day === null && <Acts reads={reads} />}
      <Why one={one} />
      {reads && (
        <p className="second" role="status">
          {say("reading")}
        </p>
      )}
      <NotRead one={one} />
      {!reads && last !== undefined && one.ended_day === null && (
        <Brought brought={last} today={today} />
      )}
      {last !== undefined && one.ended_day === null && <Found one={one} found={last.found} />}
      {one.accounts.map((account) => (
        <Account
          key={account.account}
          account={account}
          proof={proofFor(proofs, account.account)}
          today={today}
          live
        />
      ))}
      <LinkFacts one={one} />
      <Lacks one={one} />
    </>
  );
}

function Acts(props: { reads: boolean }) {
  const say = useWords("sources");
  return (
    <div className="row sources-acts">
      <Act
        of="syncBank"
        size="xs"
        loading={props.reads}
        icon={<IconRefresh size={15} stroke={1.6} />}
      >
        {say("sync")}
      </Act>
      <Act of="unlinkBank" size="xs" danger icon={<IconPlugConnectedX size={15} stroke={1.6} />}>
        {say("unlink")}
      </Act>
    </div>
  );
}

/** A warning in its own space: what is wrong, then the way out. */
export function Note(props: { tone: "red" | "amber"; children: ReactNode }) {
  return (
    <div className={`sources-note ${props.tone}`}>
      <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
      <div className="sources-note-text">{props.children}</div>
    </div>
  );
}

/** Why a connection stands still, what to do, and where. */
function Why(props: { one: ConnectionView }) {
  const say = useWords("sources");
  const { why, state, manage } = props.one;
  const toMend = state === "broken";
  return (
    <>
      {why !== null && state !== "ended" && (
        <Note tone={toMend ? "red" : "amber"}>
          <p>{why}</p>
        </Note>
      )}
      {manage !== null && state !== "ended" && (
        <p>
          <Outside url={manage}>{say("manage")}</Outside>
        </p>
      )}
    </>
  );
}

/** A read that could not be done at all. */
function NotRead(props: { one: ConnectionView }) {
  const say = useWords("sources");
  const { notRead } = useSyncing();
  const { one } = props;
  if (notRead === null || one.ended_day !== null) return null;
  if (notRead.connection !== null && notRead.connection !== one.id) return null;
  const { failure, atStart } = notRead;
  return (
    <div role="alert">
      <Note tone="red">
        <p className="strong">{say(atStart ? "startFailed" : "syncFailed")}</p>
        <p>
          {failure.message} {failure.hint}
        </p>
      </Note>
    </div>
  );
}

/** What is known of the link itself. */
function LinkFacts(props: { one: ConnectionView }) {
  const say = useWords("sources");
  const language = useLanguage();
  const { heard_at: heard, calls_today: spent, calls_left: left } = props.one;
  const spentText = countText(language, spent);
  return (
    <section aria-label={say("connection")}>
      <h3 className="sources-part">{say("connection")}</h3>
      <dl className="sources-facts">
        <Fact name={say("lastHeard")}>
          {heard === null ? (
            <span className="quiet">{say("neverHeard")}</span>
          ) : (
            momentText(heard, language)
          )}
        </Fact>
        <Fact name={say("callsToday")}>
          {left === null
            ? say("callsFree", { spent: spentText })
            : say("callsOf", { spent: spentText, left })}
        </Fact>
      </dl>
    </section>
  );
}

/** What this source does not give, and what follows from it. */
function Lacks(props: { one: ConnectionView }) {
  const say = useWords("sources");
  const lacks = lacksOf(props.one.lacks);
  return (
    <section aria-label={say("cannot")}>
      <h3 className="sources-part">{say("cannot")}</h3>
      {lacks.length === 0 ? (
        <p className="second sources-after">{say("cannotNothing")}</p>
      ) : (
        <ul className="sources-lacks">
          {lacks.map((one) => (
            <li key={one}>{say(`lack-${one}`)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
