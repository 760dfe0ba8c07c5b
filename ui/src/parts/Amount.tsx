import { useLanguage } from "../words";
import { amountText, wholeText, type AmountStyle } from "./format";
import "./amount.css";

/** How far an amount is demonstrated: the rule drawn under it. */
export type Rule = "proved" | "unproved" | "broken";

/** An amount in minor units. The sign is typed, never coloured. */
export function Amount(
  props: AmountStyle & { minor: number; rule?: Rule; zero?: "dot"; className?: string },
) {
  const language = useLanguage();
  const { minor, rule, zero, className, ...style } = props;
  if (zero === "dot" && minor === 0)
    return (
      <span className="num quiet" aria-label="0">
        ·
      </span>
    );
  const name = ["num", rule && `rule-${rule}`, className].filter(Boolean).join(" ");
  return <span className={name}>{amountText(minor, language, style)}</span>;
}

/** Whole units of a return's box. */
export function Whole(props: {
  value: number;
  currency?: string;
  rule?: Rule;
  className?: string;
}) {
  const language = useLanguage();
  const name = ["num", props.rule && `rule-${props.rule}`, props.className]
    .filter(Boolean)
    .join(" ");
  return <span className={name}>{wholeText(props.value, language, props.currency)}</span>;
}
