import { TextInput } from "@mantine/core";
import { useLanguage, useWords } from "../../words";
import { DECIMALS, readNumber, shownNumber, type NumberField } from "./draft";

/** A number as a person types it, kept as it was typed; put in order once it is left. */
export function NumberInput(props: {
  label: string;
  field: NumberField;
  value: string;
  placeholder?: string;
  error?: string | undefined;
  /** Said at its end. */
  sign?: string;
  onChange: (text: string) => void;
}) {
  const language = useLanguage();
  const { field, value, onChange } = props;
  const order = () => {
    const read = readNumber(value, language, field);
    if (!("value" in read) || read.value === null) return;
    const shown = shownNumber(read.value, language, field);
    if (shown !== value) onChange(shown);
  };
  return (
    <TextInput
      className="sales-number"
      aria-label={props.label}
      placeholder={props.placeholder}
      value={value}
      error={props.error}
      {...(props.sign ? { rightSection: <span className="help">{props.sign}</span> } : {})}
      rightSectionWidth={24}
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={order}
    />
  );
}

/** Why a number cannot be read, in a sentence. */
export function useUnread(): (field: NumberField, why: string) => string {
  const frame = useWords("frame");
  const say = useWords("sales");
  return (field, why) =>
    why === "unreadable"
      ? say("unreadable")
      : frame(`amount-${why}` as "amount-large", { count: DECIMALS[field] });
}
