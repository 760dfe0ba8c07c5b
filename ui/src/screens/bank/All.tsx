import { CloseButton, Select, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useMemo, useRef, useState } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { BankLineView, LineQuery, LineStateView } from "../../api/generated";
import { Feet, KeyHint } from "../../frame/Sheet";
import { usePlace } from "../../frame/place";
import { Amount } from "../../parts/Amount";
import { Grid } from "../../parts/Grid";
import { Keys } from "../../parts/Keys";
import { Failed } from "../../parts/States";
import { dayText, monthText } from "../../parts/format";
import { countText, useLanguage, useWords } from "../../words";
import { Detail } from "./Detail";
import { StateTag } from "./StateTag";
import { Told } from "./Told";
import { useLines, useNames, useSettled } from "./data";
import { dayAt, spanAt } from "./spans";

const ROW_HEIGHT = 32;
const TYPING_MS = 150;
/** The day beside the scroll bar stays so long after the last move. */
const BUBBLE_MS = 700;
/** Lists shorter than this are seen whole. */
const LONG = 200;

const STATES: readonly LineStateView[] = ["inbox", "booked", "dismissed", "held", "gone", "before"];

/** Every line there is; any place of it loads at once. */
export function All(props: { account: string | null; several: boolean }) {
  const say = useWords("bank");
  const [place, change] = usePlace();
  const [words, setWords] = useState("");
  const wanted = useSettled(words.trim(), TYPING_MS);
  const state = STATES.find((one) => one === place.state);
  const query = useMemo<LineQuery>(
    () => ({
      ...(props.account === null ? {} : { account: props.account }),
      ...(state === undefined ? {} : { state }),
      ...(wanted === "" ? {} : { search: wanted }),
    }),
    [props.account, state, wanted],
  );
  const within = {
    ...(place.from ? { from: place.from } : {}),
    ...(place.to ? { to: place.to } : {}),
  };
  const lines = useLines(query, within);
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => setAt(null), [query, place.from, place.to]);
  useAction("close", () => setAt(null), at === null ? say("nothingChosen") : undefined);
  const chosen = useKept(at === null ? undefined : lines.at(at), at);
  if (lines.days.error)
    return <Failed error={lines.days.error} again={() => void lines.days.refetch()} />;
  return (
    <>
      <Filters words={words} setWords={setWords} state={state} shown={lines.count} />
      {lines.error && <Failed error={lines.error} />}
      <div className={chosen ? "bank-split" : "bank-split bank-alone"}>
        <Lines
          lines={lines}
          wanted={wanted}
          at={at}
          setAt={setAt}
          aside={chosen !== undefined}
          several={props.several}
        />
        {chosen && <Detail line={chosen} state={chosen.state} />}
      </div>
      <Feet>
        <KeyHint of="search">{say("keySearch")}</KeyHint>
        <KeyHint of="unmatch">{say("keyUnmatch")}</KeyHint>
        <KeyHint of="why">{say("keyWhy")}</KeyHint>
        <span className="grow" />
        {place.from && (
          <button
            className="bank-link-button"
            onClick={() => change({ from: undefined, to: undefined })}
          >
            {say("allDays")}
          </button>
        )}
      </Feet>
    </>
  );
}

/** What was chosen stays in the panel while its row is asked for again. */
function useKept(line: BankLineView | undefined, at: number | null): BankLineView | undefined {
  const kept = useRef<{ at: number | null; line: BankLineView } | null>(null);
  if (line !== undefined) kept.current = { at, line };
  return at !== null && kept.current?.at === at ? kept.current.line : undefined;
}

function Filters(props: {
  words: string;
  setWords: (words: string) => void;
  state: LineStateView | undefined;
  shown: number;
}) {
  const say = useWords("bank");
  const language = useLanguage();
  const [place, change] = usePlace();
  const field = useRef<HTMLInputElement>(null);
  const all = useCall("line_days", {}).data?.count;
  useAction("search", () => field.current?.focus());
  const { words, setWords, state, shown } = props;
  const leave = (event: React.KeyboardEvent) => {
    if (event.key !== "Escape" && event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    if (event.key === "Escape") setWords("");
    document.querySelector<HTMLElement>(".bank .grid-pane")?.focus();
  };
  return (
    <div className="bank-filters">
      <TextInput
        ref={field}
        className="bank-search"
        aria-label={say("searchLines")}
        placeholder={say("searchLines")}
        autoComplete="off"
        spellCheck={false}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={leave}
        rightSection={<Keys of="search" />}
      />
      <Select
        aria-label={say("state")}
        className="bank-states"
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        data={[
          { value: "", label: say("anyState") },
          ...STATES.map((one) => ({ value: one, label: say(`state-${one}`) })),
        ]}
        value={state ?? ""}
        onChange={(value) => change({ state: value || undefined })}
      />
      {place.from && place.to && (
        <span className="row bank-chip">
          {say("fromTo", { from: dayText(place.from, language), to: dayText(place.to, language) })}
          <CloseButton
            size="xs"
            aria-label={say("allDays")}
            onClick={() => change({ from: undefined, to: undefined })}
          />
        </span>
      )}
      <span className="grow" />
      <span className="help" role="status">
        {all === undefined || shown === all
          ? say("lines", { count: shown })
          : say("linesOf", { count: shown, all: countText(language, all) })}
      </span>
    </div>
  );
}

function Lines(props: {
  lines: ReturnType<typeof useLines>;
  wanted: string;
  at: number | null;
  setAt: (at: number) => void;
  aside: boolean;
  several: boolean;
}) {
  const say = useWords("bank");
  const language = useLanguage();
  const names = useNames();
  const narrow = useMediaQuery("(max-width: 1239px)") ?? false;
  const { lines, wanted, at, setAt, several } = props;
  const short = narrow || props.aside;
  const shape = shapeOf(short, several);
  const head: Record<Column, string> = {
    id: say("number"),
    day: say("date"),
    told: say("bankWords"),
    account: say("account"),
    counter: say("matchedWith"),
    amount: say("amount"),
    state: say("state"),
  };
  const cells = (line: BankLineView) => {
    const of: Record<Column, React.ReactNode> = {
      id: <span className="quiet num">{countText(language, line.id)}</span>,
      day: dayText(line.day, language),
      told: <Told label={line.label} party={line.party} wanted={wanted} />,
      account: <span className="second">{line.account}</span>,
      counter: <Counter codes={line.counter_accounts} names={names} />,
      amount: <Amount className="strong" minor={line.amount_minor} currency={line.currency} plus />,
      state: <StateTag state={line.state} draft={line.entry_draft} />,
    };
    return shape.map(({ column }) => (
      <span key={column} className="bank-cell">
        {of[column]}
      </span>
    ));
  };
  return (
    <div className="bank-lines">
      <Grid
        label={say("all")}
        focus
        count={lines.count}
        columns={shape.map(({ width }) => width).join(" ")}
        head={shape.map(({ column }) => head[column])}
        align={shape.map(({ column }) =>
          column === "id" || column === "amount" ? "right" : undefined,
        )}
        height={() => ROW_HEIGHT}
        keyOf={(place) => place}
        cells={(place) => {
          const line = lines.at(place);
          return line && cells(line);
        }}
        selected={at}
        onSelect={setAt}
        onSight={useSight(lines.setSight)}
        empty={
          lines.days.isPending ? undefined : <p className="bank-none quiet">{say("noLineFits")}</p>
        }
      />
      {lines.count > LONG && <Bubble lines={lines} />}
    </div>
  );
}

function useSight(setSight: (sight: { first: number; last: number }) => void) {
  return useMemo(() => (first: number, last: number) => setSight({ first, last }), [setSight]);
}

type Column = "id" | "day" | "told" | "account" | "counter" | "amount" | "state";

function shapeOf(short: boolean, several: boolean): { column: Column; width: string }[] {
  return [
    ...(short ? [] : [{ column: "id" as const, width: "64px" }]),
    { column: "day", width: "96px" },
    { column: "told", width: "minmax(0, 1.6fr)" },
    ...(several && !short ? [{ column: "account" as const, width: "76px" }] : []),
    ...(short ? [] : [{ column: "counter" as const, width: "minmax(0, 1fr)" }]),
    { column: "amount", width: "104px" },
    { column: "state", width: "120px" },
  ];
}

function Counter(props: { codes: readonly string[]; names: ReadonlyMap<string, string> }) {
  const { codes, names } = props;
  const first = codes[0];
  if (first === undefined) return null;
  const more = codes.length > 1 ? ` +${codes.length - 1}` : "";
  const title = codes.map((code) => `${code} ${names.get(code) ?? ""}`).join(", ");
  return (
    <span className="cut second" title={title}>
      {first} {names.get(first) ?? ""}
      {more}
    </span>
  );
}

/** The month that the list stands at, beside the scroll bar while it moves. */
function Bubble(props: { lines: ReturnType<typeof useLines> }) {
  const language = useLanguage();
  const { spans, count, sight } = props.lines;
  const still = useSettled(sight, BUBBLE_MS);
  const middle = Math.floor((sight.first + sight.last) / 2);
  const span = spans[spanAt(spans, middle)];
  if (span === undefined || still.first === sight.first) return null;
  return (
    <span className="bank-bubble" aria-hidden style={{ top: `${6 + (middle / count) * 84}%` }}>
      {monthText(dayAt(span, middle).slice(0, 7), language)}
    </span>
  );
}
