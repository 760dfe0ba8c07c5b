import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useCall } from "../../api/client";
import type { CheckView, LeftOutView, ReturnView } from "../../api/generated";
import { useGo } from "../../frame/place";
import { useWords } from "../../words";
import { spanOf } from "./periods";

/** The sentences of the engine tell what is wrong; these tell that it is right. */
const PASSED = [
  "refund_above_credit",
  "refund_below_minimum",
  "sign_proof",
  "settlement_rest",
  "tax_off_rate",
] as const;

/** Ways from a check to the place that answers it. */
interface Ways {
  bank: () => void;
  inbox: () => void;
  books: () => void;
  box: (box: string) => void;
  question: () => void;
  /** The oldest period without a return before this one, if there is one. */
  missing: (() => void) | null;
}

/** What was checked, what is left out, and the way to what answers each. */
export function Checks(props: {
  shown: ReturnView;
  /** How many bank lines of the period wait. */
  waiting: number;
  missing: (() => void) | null;
  onBox: (box: string) => void;
  onQuestion: () => void;
}) {
  const say = useWords("taxes");
  const go = useGo();
  const { shown, waiting } = props;
  const ways: Ways = {
    bank: () => go("/bank", { tab: "proofs" }),
    inbox: () => go("/bank", { tab: "inbox" }),
    books: () => go("/books", { tab: "journal" }),
    box: props.onBox,
    question: props.onQuestion,
    missing: props.missing,
  };
  const failed = shown.checks.filter((check) => !check.passed);
  const passed = shown.checks.filter((check) => check.passed);
  return (
    <section className="taxes-part" aria-label={say("checks")}>
      <h3>{say("checks")}</h3>
      <ul className="taxes-checks">
        {failed.map((check, at) => (
          <Failing key={at} check={check} shown={shown} ways={ways} />
        ))}
        {shown.left_out.map((left) => (
          <LeftOut key={left.item} left={left} />
        ))}
        {!shown.made && waiting > 0 && (
          <Point tone="amber" text={say("inboxWaits", { count: waiting })}>
            <Way text={say("classify")} run={ways.inbox} />
          </Point>
        )}
        {passed.map((check, at) => (
          <Passing key={at} check={check} />
        ))}
      </ul>
    </section>
  );
}

/** How many bank lines of the period wait: their VAT is in no box. */
export function useWaiting(period: string): number {
  const days = useCall("line_days", { state: "inbox" }).data?.days ?? [];
  const span = spanOf(period);
  if (span === null) return 0;
  const inside = days.filter(({ day }) => span.first <= day && day <= span.last);
  return inside.reduce((count, day) => count + day.count, 0);
}

function Failing(props: { check: CheckView; shown: ReturnView; ways: Ways }) {
  const say = useWords("taxes");
  const { check, ways } = props;
  const way = wayOf(check.id, props.shown, ways);
  return (
    <Point tone={check.blocking ? "red" : "amber"} text={check.text}>
      {check.blocking && <span className="red strong">{say("blocks")}</span>}
      {way && <Way text={say(way[0])} run={way[1]} />}
    </Point>
  );
}

type WayWord = "seeBank" | "seeBooks" | "seeBox" | "answerIt" | "goToMissing";

function wayOf(id: string, shown: ReturnView, ways: Ways): [WayWord, () => void] | null {
  if (id.startsWith("bank-")) return ["seeBank", ways.bank];
  const where = (found: { box: string } | undefined): [WayWord, () => void] | null =>
    found === undefined ? null : ["seeBox", () => ways.box(found.box)];
  switch (id) {
    case "left-over":
    case "tax_off_rate":
    case "settlement_rest":
      return ["seeBooks", ways.books];
    case "low_grade":
      return where(shown.boxes.find((box) => box.grade === "low" && box.value !== 0));
    case "negative_box":
      return where(shown.boxes.find((box) => box.value < 0));
    case "refund_above_credit":
    case "refund_below_minimum":
      return ["answerIt", ways.question];
    case "return-gap":
      return ways.missing && ["goToMissing", ways.missing];
    default:
      return null;
  }
}

function Passing(props: { check: CheckView }) {
  const say = useWords("taxes");
  const { check } = props;
  const known = PASSED.find((one) => one === check.id);
  // A bank that a person waived has no sentence of its own: its name is in the engine's.
  const text = known === undefined ? say("waived", { text: check.text }) : say(`passed-${known}`);
  return <Point tone="green" text={text} />;
}

function LeftOut(props: { left: LeftOutView }) {
  const say = useWords("taxes");
  const go = useGo();
  const { left } = props;
  return (
    <Point tone="red" text={left.text}>
      <span className="red strong">{say("leftOut")}</span>
      <Way text={say("seeEntry")} run={() => go("/books", { tab: "journal", id: left.entry })} />
    </Point>
  );
}

function Point(props: { tone: "red" | "amber" | "green"; text: string; children?: ReactNode }) {
  const Icon = props.tone === "green" ? IconCheck : IconAlertTriangle;
  return (
    <li>
      <Icon size={15} stroke={1.8} className={props.tone} aria-hidden />
      <span className="grow taxes-break">
        <bdi>{props.text}</bdi>
      </span>
      {props.children}
    </li>
  );
}

function Way(props: { text: string; run: () => void }) {
  return (
    <Button size="xs" variant="default" onClick={props.run}>
      {props.text}
    </Button>
  );
}
