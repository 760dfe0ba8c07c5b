import { TextInput } from "@mantine/core";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import type { Day } from "../api/generated";
import { useLanguage, useWords } from "../words";
import { dayText, longDayText } from "./format";
import { plusDays, readDay } from "./readDay";
import "./inputs.css";

/** A day as a person types it: `17/11`, `171126`, `hier`, `+30`, `fdm`. Arrows go a day on or back.
 *  It is told to the caller when the field is left or with Enter. */
export function DayInput(props: {
  label: string;
  value: Day | null;
  onChange: (day: Day | null) => void;
  /** Today in the book's time zone: what relative days count from. */
  today: Day;
  error?: string | undefined;
  hideLabel?: boolean;
  autoFocus?: boolean;
}) {
  const say = useWords("frame");
  const language = useLanguage();
  const field = useRef<HTMLInputElement>(null);
  const about = useId();
  const [text, setText] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const { value, today } = props;
  useEffect(() => {
    if (props.autoFocus) field.current?.focus({ preventScroll: true });
  }, [props.autoFocus]);

  const commit = () => {
    if (text === null) return;
    const read = readDay(text, today);
    const bad = read === null && text.trim() !== "";
    setWrong(bad ? text : null);
    setText(null);
    if (read !== value) props.onChange(read);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") return commit();
    const step = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const from = (text === null ? value : readDay(text, today)) ?? today;
    setText(null);
    setWrong(null);
    props.onChange(plusDays(from, step));
  };
  const read = text === null ? null : readDay(text, today);
  const stands = wrong !== null && value === null;
  const shown = text ?? (stands ? wrong : value === null ? "" : dayText(value, language, today));
  return (
    <div className="day-input">
      <TextInput
        ref={field}
        {...(props.hideLabel ? { "aria-label": props.label } : { label: props.label })}
        value={shown}
        error={props.error ?? (stands ? say("day-unreadable") : null)}
        title={value === null ? undefined : longDayText(value, language)}
        aria-describedby={read === null ? undefined : about}
        data-autofocus={props.autoFocus || undefined}
        autoComplete="off"
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setWrong(null);
          setText(event.currentTarget.value);
        }}
        onKeyDown={press}
        onBlur={commit}
      />
      {read !== null && (
        <span id={about} className="input-hint">
          {longDayText(read, language)}
        </span>
      )}
    </div>
  );
}
