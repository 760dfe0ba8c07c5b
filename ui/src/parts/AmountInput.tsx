import { TextInput } from "@mantine/core";
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { useLanguage, useWords, type Language } from "../words";
import { amountText, decimalText, decimalsOf } from "./format";
import { readAmount, type AmountRead } from "./readAmount";
import "./inputs.css";

interface AmountInputProps {
  label: string;
  /** Minor units; null while there is none, also while the text cannot be read. */
  value: number | null;
  onChange: (minor: number | null) => void;
  currency?: string;
  /** What a lone "=" stands for, and how it is put in. */
  rest?: number | null;
  onRest?: () => void;
  /** In a table the head says it. */
  hideLabel?: boolean;
  error?: string | undefined;
  autoFocus?: boolean;
}

/** An amount as a person types it: `1284,5`, `=535,5*1,2`, `10k`, `-12`. The sign is typed, nothing
 *  is rounded unless "~" asks for it. The formula stands while the field has the focus. */
export function AmountInput(props: AmountInputProps) {
  const language = useLanguage();
  const field = useRef<HTMLInputElement>(null);
  const about = useId();
  const currency = props.currency ?? "EUR";
  const { shown, hint, refusal, isTyping, begin, type, press, leave } = useAmountText(props);
  useEffect(() => {
    if (props.autoFocus) field.current?.focus({ preventScroll: true });
  }, [props.autoFocus]);
  // Once the text to type on stands in the field, all of it is selected.
  useLayoutEffect(() => {
    if (isTyping) field.current?.select();
  }, [isTyping]);
  return (
    <div className="amount-input">
      <TextInput
        ref={field}
        {...(props.hideLabel ? { "aria-label": props.label } : { label: props.label })}
        value={shown}
        error={props.error ?? refusal}
        aria-describedby={hint === null ? undefined : about}
        data-autofocus={props.autoFocus || undefined}
        autoComplete="off"
        spellCheck={false}
        onFocus={begin}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={press}
        onBlur={leave}
      />
      {hint !== null && (
        <span id={about} className="input-hint num">
          = {amountText(hint, language, { currency })}
        </span>
      )}
    </div>
  );
}

/** The text of the field: what is typed while it has the focus, the amount after. */
function useAmountText(props: AmountInputProps) {
  const say = useWords("frame");
  const language = useLanguage();
  const [text, setText] = useState<string | null>(null);
  const [kept, setKept] = useState<{ text: string; value: number | null } | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { value, currency = "EUR", onRest } = props;
  const decimals = decimalsOf(currency);
  // A value put in from outside replaces a text that could not be read.
  const stands = refusal !== null && value === null;

  const begin = () => {
    const formula = kept !== null && (stands || kept.value === value) ? kept.text : null;
    setText(formula ?? (value === null ? "" : plainText(value, decimals, language)));
  };
  const type = (typed: string) => {
    const read = readAmount(typed, language, decimals);
    const minor = read.kind === "amount" ? read.minor : null;
    setText(typed);
    setRefusal(null);
    setKept({ text: typed, value: minor });
    props.onChange(minor);
  };
  const commit = () => {
    if (text === null) return;
    const read = readAmount(text, language, decimals);
    if (read.kind === "rest" && onRest) onRest();
    const noRest = read.kind === "rest" && !onRest ? say("amount-unreadable") : null;
    const why = read.kind === "refused" ? read.why : null;
    setRefusal(why === null ? noRest : say(`amount-${why}`, { count: decimals }));
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    commit();
    if (text?.trim() === "=") setText(null);
  };
  const leave = () => {
    commit();
    setText(null);
  };
  const amount = value === null ? "" : amountText(value, language, { currency });
  const read = text === null ? null : readAmount(text, language, decimals);
  return {
    shown: text ?? (stands ? (kept?.text ?? "") : amount),
    hint: text === null || read === null ? null : hintOf(text, read, props.rest),
    refusal: stands ? refusal : null,
    isTyping: text !== null,
    begin,
    type,
    press,
    leave,
  };
}

/** What a formula comes to, while it is typed. */
function hintOf(text: string, read: AmountRead, rest: number | null | undefined): number | null {
  if (read.kind === "rest") return rest ?? null;
  if (read.kind !== "amount") return null;
  return /[=*×/÷k~(]|\d\s*[+\-\u2212]/i.test(text) ? read.minor : null;
}

/** As it is typed: without marks of thousands. */
function plainText(minor: number, decimals: number, language: Language): string {
  const text = decimalText(minor, decimals);
  return language === "fr" ? text.replace(".", ",") : text;
}
