import type { KeyboardEvent, RefObject } from "react";
import type { BoxView, ReturnView } from "../../api/generated";
import { useWords } from "../../words";
import { Checks } from "./Checks";
import type { Shared } from "./OneReturn";
import { Questions } from "./Questions";
import { Why } from "./Why";
import { spanOf } from "./periods";

interface Given extends Shared {
  ref: RefObject<HTMLDivElement | null>;
  shown: ReturnView;
  give: (id: string, answer: string | null) => void;
  /** The box that is explained, and the figures of its line. */
  box: BoxView | undefined;
  sides: BoxView[];
  waiting: number;
  onBox: (box: string) => void;
  onPeriod: (period: string) => void;
  /** Gives the focus back to the boxes. */
  back: () => void;
}

/** Why the chosen box says what it says, what the law leaves open, what was checked. */
export function Panel(props: Given) {
  const say = useWords("taxes");
  const { ref, shown, period, box } = props;
  return (
    <div
      ref={ref}
      className="panel taxes-panel"
      data-panel
      tabIndex={0}
      role="region"
      aria-label={say("explanation")}
      onKeyDown={(event) => inPanel(event, ref.current, props.back)}
    >
      {box && (
        <Why
          form={shown.form}
          period={period}
          box={box}
          sides={props.sides}
          boxes={shown.boxes}
          onBox={props.onBox}
        />
      )}
      <Questions key={period} questions={shown.questions} made={shown.made} give={props.give} />
      <Checks
        shown={shown}
        waiting={props.waiting}
        missing={missingBefore(props, props.onPeriod)}
        onBox={(figure) => {
          props.onBox(figure);
          props.back();
        }}
        onQuestion={() => focusQuestion(ref.current)}
      />
    </div>
  );
}

/** The row of the explanation that Tab comes to. */
export const FIRST_ROW = '[data-branch][tabindex="0"]';

/** Escape leads back to the boxes; arrows stay in the explanation. */
function inPanel(event: KeyboardEvent, panel: HTMLElement | null, back: () => void) {
  // What lies over the screen hears its own keys, though it is drawn from here.
  if (!(event.target instanceof Node) || !panel?.contains(event.target)) return;
  if (event.key === "Escape") {
    event.preventDefault();
    back();
  }
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") event.stopPropagation();
  if (event.key === "ArrowDown" && event.target === panel) {
    const row = panel.querySelector<HTMLElement>(FIRST_ROW);
    if (row) event.preventDefault();
    row?.focus();
  }
}

function focusQuestion(panel: HTMLElement | null) {
  const questions = panel?.querySelector("#taxes-questions");
  const field = questions?.querySelector<HTMLElement>("input") ?? null;
  field?.closest("details")?.setAttribute("open", "");
  field?.focus();
}

/** Goes to the oldest period before this one that has no return. */
function missingBefore(shared: Shared, go: (period: string) => void): (() => void) | null {
  const { form, period, periods } = shared;
  const first = spanOf(period)?.first ?? period;
  const latest = form.made
    .map((one) => one.period)
    .filter((one) => one < period)
    .sort()
    .at(-1);
  const missing = periods.find((one) => {
    const span = spanOf(one);
    return span !== null && span.first < first && (latest === undefined || one > latest);
  });
  return missing === undefined ? null : () => go(missing);
}
