import { TextInput } from "@mantine/core";
import { IconSearch, IconShieldCheck } from "@tabler/icons-react";
import { useMemo, useRef, useState } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { RecordView, VerifiedView } from "../../api/generated";
import { Feet, Head, KeyHint } from "../../frame/Sheet";
import { usePlace } from "../../frame/place";
import { useDo } from "../../frame/session";
import { Act } from "../../parts/Act";
import { Cap } from "../../parts/Keys";
import { Empty, Failed, Loading } from "../../parts/States";
import { useLanguage, useWords } from "../../words";
import { cap } from "../../actions";
import { Panel, Verified, useUndoRefusal } from "./Panel";
import { Rows } from "./Rows";
import { aboutOf, undoneBy, useRecords } from "./records";
import "./history.css";

/** What was done, by whom and when; each record with what it changed and how it is taken back. */
export function History() {
  const say = useWords("history");
  const frame = useWords("frame");
  const pages = useRecords();
  const book = useCall("book", {});
  const [verified, verify] = useVerify();
  const records = useMemo(() => pages.data?.pages.flat() ?? [], [pages.data]);
  const latest = records[0]?.seq ?? 0;
  const failed = pages.error ?? book.error;
  useAction("verifyChain", () => void verify());
  const again = () => {
    void pages.refetch();
    void book.refetch();
  };
  const earlier = () => void pages.fetchNextPage();
  const about = latest > 0 ? say("count", { count: latest }) : undefined;
  return (
    <div className="history">
      <Head title={frame("goHistory")} about={about}>
        <Act of="verifyChain" icon={<IconShieldCheck size={15} stroke={1.6} />}>
          {say("verify")}
        </Act>
      </Head>
      {verified && <Verified verified={verified} />}
      {failed && <Failed error={failed} again={again} />}
      {!failed && !(pages.data && book.data) && <Loading lines={10} />}
      {!failed && pages.data && book.data && (
        <Records
          records={records}
          latest={latest}
          verified={verified}
          today={book.data.today}
          currency={book.data.currency}
          earlier={pages.hasNextPage && !pages.isFetching ? earlier : undefined}
        />
      )}
    </div>
  );
}

/** The last verification: it counts for the records that it recomputed. */
function useVerify(): [VerifiedView | null, () => Promise<void>] {
  const say = useWords("history");
  const run = useDo();
  const [verified, setVerified] = useState<VerifiedView | null>(null);
  const busy = useRef(false);
  return [
    verified,
    async () => {
      if (busy.current) return;
      busy.current = true;
      // A chain that was whole before is not known to be whole while it is recomputed.
      setVerified(null);
      setVerified(await run("verify", {}, { title: say("verifying") }));
      busy.current = false;
    },
  ];
}

function Records(props: {
  records: RecordView[];
  latest: number;
  verified: VerifiedView | null;
  today: string;
  currency: string;
  earlier: (() => void) | undefined;
}) {
  const say = useWords("history");
  const [place, change] = usePlace();
  const [wanted, setWanted] = useState("");
  const { records } = props;
  const undone = useMemo(() => undoneBy(records), [records]);
  const found = useFound(records, wanted);
  // A record that comes later, from here or elsewhere, does not take the choice with it.
  const [begun] = useState(records[0]?.seq);
  const record = found.find((one) => one.seq === (place.id ?? begun)) ?? found[0];
  const screen = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const toList = () => screen.current?.querySelector<HTMLElement>(".grid-pane")?.focus();
  const toPanel = () => panel.current?.focus();
  const why = useUndoRefusal(record, record && undone.get(record.seq));
  const undo = useUndoOf(record);
  useAction("openRow", toPanel);
  useAction("search", () => field.current?.focus());
  useAction("undoRecord", () => void undo(), why);
  const searching = wanted !== "";
  return (
    <>
      <div className="split history-split" ref={screen}>
        <div>
          <Search
            field={field}
            wanted={wanted}
            setWanted={setWanted}
            toList={toList}
            told={searching ? say("found", { count: found.length, loaded: records.length }) : ""}
          />
          <Rows
            records={found}
            undone={undone}
            today={props.today}
            chosen={record?.seq ?? null}
            choose={(seq) => change({ id: seq })}
            open={toPanel}
            earlier={searching ? undefined : props.earlier}
            empty={<Empty title={say(searching ? "nothingFound" : "none")} />}
          />
        </div>
        <Panel
          panel={panel}
          record={record}
          undone={record && undone.get(record.seq)}
          today={props.today}
          currency={props.currency}
          latest={props.latest}
          verified={props.verified}
          leave={toList}
        />
      </div>
      <Feet>
        <KeyHint of="openRow">{say("hintOpen")}</KeyHint>
        <KeyHint of="undoRecord">{say("hintUndo")}</KeyHint>
        <KeyHint of="search">{say("hintSearch")}</KeyHint>
        <span className="grow" />
        <span>{say("loaded", { count: records.length, all: props.latest })}</span>
      </Feet>
    </>
  );
}

/** The loaded records whose words hold what is wanted. */
function useFound(records: RecordView[], wanted: string): RecordView[] {
  return useMemo(() => {
    const word = wanted.trim().toLowerCase();
    if (word === "") return records;
    return records.filter((one) => {
      const about = aboutOf(one);
      const words = about && "words" in about ? about.words : [];
      return [one.seq, one.text, ...words].join(" ").toLowerCase().includes(word);
    });
  }, [records, wanted]);
}

function useUndoOf(record: RecordView | undefined) {
  const say = useWords("history");
  const run = useDo();
  return async () => {
    if (record === undefined) return;
    const done = say("undone", { number: record.seq, text: record.text });
    await run("undo", { seq: record.seq }, { done });
  };
}

function Search(props: {
  field: React.RefObject<HTMLInputElement | null>;
  wanted: string;
  setWanted: (wanted: string) => void;
  toList: () => void;
  told: string;
}) {
  const say = useWords("history");
  const language = useLanguage();
  return (
    <div className="history-search row">
      <TextInput
        ref={props.field}
        className="grow"
        aria-label={say("search")}
        placeholder={say("search")}
        value={props.wanted}
        leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
        rightSection={
          <span aria-hidden="true">
            <Cap>{cap("/", language)}</Cap>
          </span>
        }
        onChange={(event) => props.setWanted(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") props.setWanted("");
          if (!["Escape", "Enter", "ArrowDown"].includes(event.key)) return;
          event.preventDefault();
          props.toList();
        }}
      />
      <span className="help" role="status">
        {props.told}
      </span>
    </div>
  );
}
