import { IconPlus } from "@tabler/icons-react";
import { useMemo, useRef, useState } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { BookView, PartyView } from "../../api/generated";
import { Feet, Head, KeyHint } from "../../frame/Sheet";
import { usePlace } from "../../frame/place";
import { Act } from "../../parts/Act";
import { Empty, Failed, Loading } from "../../parts/States";
import { plain } from "../../parts/searching";
import { useWords } from "../../words";
import { Card } from "./Card";
import { Form } from "./Form";
import { Rows, Search } from "./List";
import "./parties.css";

/** What is open at the right: the card, a new one, or the same being changed. */
type Writing = "new" | "change" | null;

/** Whom the business deals with: who they are, what they owe, what was written for them. */
export function Parties() {
  const frame = useWords("frame");
  const say = useWords("parties");
  const parties = useCall("customers", {}, { keep: true });
  const book = useCall("book", {}, { keep: true });
  const failed = parties.error ?? book.error;
  const [writing, setWriting] = useState<Writing>(null);
  useAction("newParty", () => setWriting("new"));
  const again = () => {
    void parties.refetch();
    void book.refetch();
  };
  const count = parties.data?.length;
  return (
    <div className="parties">
      <Head
        title={frame("goParties")}
        {...(count === undefined || count === 0 ? {} : { about: say("count", { count }) })}
      >
        <Act of="newParty" main={writing === null} icon={<IconPlus size={15} stroke={1.6} />}>
          {say("newParty")}
        </Act>
      </Head>
      {failed && <Failed error={failed} again={again} />}
      {!failed && !(parties.data && book.data) && <Loading lines={10} />}
      {!failed && parties.data && book.data && (
        <Opened parties={parties.data} book={book.data} writing={writing} setWriting={setWriting} />
      )}
    </div>
  );
}

interface OpenedProps {
  parties: PartyView[];
  book: BookView;
  writing: Writing;
  setWriting: (writing: Writing) => void;
}

function Opened(props: OpenedProps) {
  const say = useWords("parties");
  const { book, writing, setWriting } = props;
  const list = useList(props.parties);
  const { shown, chosen } = list;
  const screen = useRef<HTMLDivElement>(null);
  const part = (selector: string) => screen.current?.querySelector<HTMLElement>(selector);
  const toList = () => part(".grid-pane")?.focus();
  const toCard = () => (part(".parties-sale") ?? part(".parties-panel"))?.focus();
  const leave = () => {
    setWriting(null);
    // The form is gone only after this turn.
    setTimeout(toList, 0);
  };
  const kept = (code: string) => {
    list.keptOne(code);
    leave();
  };
  const idle = writing === null;
  return (
    <>
      <div ref={screen} className={idle ? "split parties-split" : "split parties-split writing"}>
        <div>
          <Search {...list} leave={toList} />
          <Rows
            parties={shown}
            chosen={chosen?.code ?? null}
            currency={book.currency}
            choose={(code) => {
              if (!idle) setWriting(null);
              list.choose(code);
            }}
            open={toCard}
            empty={
              props.parties.length === 0 ? (
                <Empty title={say("none")} text={say("noneText")} />
              ) : (
                <Empty title={say("nothingFound")} />
              )
            }
          />
        </div>
        {writing === "new" && <Form key="new" book={book} leave={leave} kept={kept} />}
        {writing !== "new" && (
          <Card
            code={chosen?.code}
            book={book}
            writing={writing === "change"}
            change={() => setWriting("change")}
            leave={idle ? toList : leave}
            kept={kept}
          />
        )}
      </div>
      {idle && <Keyed find={() => list.field.current?.focus()} open={toCard} />}
      <Feet>
        <KeyHint of="openRow">{say("hintOpen")}</KeyHint>
        <KeyHint of="editParty">{say("hintChange")}</KeyHint>
        <KeyHint of="search">{say("hintSearch")}</KeyHint>
        <span className="grow" />
        <span>{list.wanted === "" ? "" : say("found", { count: shown.length })}</span>
      </Feet>
    </>
  );
}

/** The keys of the list, while nothing is written. */
function Keyed(props: { find: () => void; open: () => void }) {
  useAction("search", props.find);
  useAction("openRow", props.open);
  return null;
}

/** What is searched, what is found, which one is chosen. */
function useList(parties: PartyView[]) {
  const [place, change] = usePlace();
  const [wanted, setWanted] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const shown = useMemo(() => foundOf(parties, wanted), [parties, wanted]);
  const chosen = shown.find((one) => one.code === place.party) ?? shown[0];
  const choose = (party: string) => change({ party });
  /** What was just kept is shown, also where the search would hide it. */
  const keptOne = (code: string) => {
    setWanted("");
    choose(code);
  };
  return { wanted, setWanted, field, shown, chosen, choose, keptOne };
}

/** Those whose name, city or code hold every word. */
function foundOf(parties: PartyView[], wanted: string): PartyView[] {
  const words = plain(wanted).split(/\s+/).filter(Boolean);
  if (words.length === 0) return parties;
  return parties.filter((one) => {
    const text = plain(`${one.name} ${one.city} ${one.code}`);
    return words.every((word) => text.includes(word));
  });
}
