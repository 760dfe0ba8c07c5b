import { useRef, useState } from "react";
import { useCall } from "../../api/client";
import type { BookView, FormView, MadeView, ReturnView } from "../../api/generated";
import { useAction } from "../../actions";
import { Feet, KeyHint } from "../../frame/Sheet";
import { usePlace } from "../../frame/place";
import { Keys } from "../../parts/Keys";
import { Failed, Loading } from "../../parts/States";
import { useLanguage, useWords } from "../../words";
import { Boxes } from "./Boxes";
import { useWaiting } from "./Checks";
import { FIRST_ROW, Panel } from "./Panel";
import { ReturnHead } from "./ReturnHead";
import { Steps } from "./Steps";
import { useAnswers } from "./answers";
import { periodInside } from "./periods";
import { boxesOf, firstBox, isUsed, rowsOf, shownRows } from "./rows";

export interface Shared {
  form: FormView;
  book: BookView;
  period: string;
  periods: string[];
  made: MadeView | undefined;
  answers: Record<string, string>;
}

/** One return of one period: its boxes at the left, why each says what it says at the right. */
export function OneReturn(props: Omit<Shared, "made" | "answers">) {
  const { form, period } = props;
  const made = form.made.find((one) => one.period === period);
  const [answers, give] = useAnswers(form.form, period);
  // A return that stands has its own answers.
  const query = { form: form.form, period, answers: made === undefined ? answers : {} };
  const preview = useCall("preview_return", query, { keep: true });
  const shown = preview.data?.period === period ? preview.data : undefined;
  const shared = { ...props, made, answers: query.answers };
  return (
    <>
      <ReturnHead {...shared} shown={shown} />
      {preview.error && <Failed error={preview.error} again={() => void preview.refetch()} />}
      {!shown && !preview.error && <Loading lines={14} />}
      {shown && !preview.error && <Sheet {...shared} shown={shown} give={give} />}
    </>
  );
}

function Sheet(
  props: Shared & { shown: ReturnView; give: (id: string, answer: string | null) => void },
) {
  const { shown, period, book } = props;
  const language = useLanguage();
  const say = useWords("taxes");
  const [place, change] = usePlace();
  const [all, setAll] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const rows = rowsOf(shown.boxes);
  const waiting = useWaiting(period);
  // Where nothing stands, a sentence says so in place of zeros.
  const isEmpty = !all && !rows.some(isUsed);
  const asked = place.figure?.split("/").at(-1);
  const box = isEmpty
    ? undefined
    : (shown.boxes.find((one) => one.box === asked) ??
      shown.boxes.find((one) => one.box === (firstBox(rows) ?? rows[0]?.box.box)));
  const row = rows.find((one) => boxesOf(one).some((side) => side.box === box?.box));
  const list = shownRows(rows, all, box?.box ?? null);
  const hidden = rows.length - list.filter((one) => "row" in one).length;
  const onBox = (figure: string) => change({ period, figure });
  const focusList = () => whole.current?.querySelector<HTMLElement>(".grid-pane")?.focus();
  const focusWhy = () =>
    (panel.current?.querySelector<HTMLElement>(FIRST_ROW) ?? panel.current)?.focus();
  useAction("why", focusWhy);
  useAction("openRow", focusWhy);
  useAction("showEmpty", () => setAll(!all));
  const proof = shown.checks.find((check) => check.id === "sign_proof");
  return (
    <div ref={whole} className="taxes-sheet">
      <Steps shown={shown} made={props.made} waiting={waiting} />
      <div className="split half taxes-split">
        <Boxes
          rows={isEmpty ? [] : list}
          figure={box?.box ?? null}
          currency={book.currency}
          made={shown.made}
          rule={proof?.passed === false ? "broken" : "proved"}
          end={rows.findLast((one) => one.section === "result" && isUsed(one))?.line}
          onFigure={onBox}
          onOpen={focusWhy}
          empty={say("nothingIn", { period: periodInside(period, language) })}
          onAll={() => setAll(true)}
        />
        <Panel
          {...props}
          ref={panel}
          box={box}
          sides={row === undefined ? [] : boxesOf(row)}
          waiting={waiting}
          onBox={onBox}
          onPeriod={(wanted) => change({ period: wanted })}
          back={focusList}
        />
      </div>
      <ReturnFeet
        hidden={hidden}
        all={all}
        toggle={() => setAll(!all)}
        isFranchise={props.form.regime === "franchise"}
      />
    </div>
  );
}

function ReturnFeet(props: {
  hidden: number;
  all: boolean;
  toggle: () => void;
  isFranchise: boolean;
}) {
  const say = useWords("taxes");
  const { hidden, all } = props;
  return (
    <Feet>
      <span className="row hint taxes-keys">
        <ArrowKeys /> {say("moveHint")}
      </span>
      <KeyHint of="why">{say("whyHint")}</KeyHint>
      {props.isFranchise && <span className="cut">{say("franchise")}</span>}
      <span className="grow" />
      {(hidden > 0 || all) && (
        <button className="taxes-fold" aria-expanded={all} onClick={props.toggle}>
          {all ? say("foldEmpty") : say("emptyBoxes", { count: hidden })} <Keys of="showEmpty" />
        </button>
      )}
    </Feet>
  );
}

function ArrowKeys() {
  return (
    <span className="keys" aria-hidden="true">
      <kbd className="cap">↑</kbd>
      <kbd className="cap">↓</kbd>
    </span>
  );
}
