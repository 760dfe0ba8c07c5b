import { Button, SegmentedControl, Select, TextInput, Textarea } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useEffect, useState, type KeyboardEvent } from "react";
import { useCall } from "../../api/client";
import type { Failure } from "../../api/generated";
import { CLOSED, type ClosedSetting } from "../../api/settings";
import { useDo } from "../../frame/session";
import { dayText } from "../../parts/format";
import { useLanguage, useWords, type Key, type Say } from "../../words";
import type { Dated } from "./dated";

/** Choices that stand side by side; more open a list. */
const MOST_SEGMENTS = 4;
/** Digits of a SIREN. */
const SIREN_DIGITS = 9;

export interface FieldProps {
  /** The setting's name, as the engine has it. */
  name: string;
  /** Its value of today. */
  value: string;
  /** First day of a change; null while none is said. */
  day: string | null;
  today: string;
  /** Its values with their days, as far as known. */
  dated: Dated[];
}

/** How a change is made: at once, from the chosen day on, undone by its toast. */
function useChange(props: FieldProps) {
  const say = useWords("settings");
  const language = useLanguage();
  const run = useDo();
  const [wrong, setWrong] = useState<string | null>(null);
  const { name, day } = props;
  const change = async (value: string): Promise<boolean> => {
    setWrong(null);
    if (day === null) {
      setWrong(say("otherDayFirst"));
      return false;
    }
    const done = await run(
      "change_setting",
      { name, value, valid_from: day },
      {
        done: say("changed", { name: labelOf(name, say), day: dayText(day, language) }),
        undoable: true,
        refused: (failure) => setWrong(saidOf(failure, name, say)),
      },
    );
    return done !== null;
  };
  return { change, wrong, setWrong };
}

/** Settings whose refusal is said by what is wanted, not by their name in the engine. */
const OWN_WORDS = ["email", "invoice_prefix", "credit_note_prefix", "payment_days"] as const;

function saidOf(failure: Failure, name: string, say: Say<"settings">): string {
  const own = OWN_WORDS.find((one) => one === name);
  const isPlain = failure.code === "bad-value" && own !== undefined;
  return isPlain ? say(`wrong-${own}`) : `${failure.message} ${failure.hint}`;
}

function labelOf(name: string, say: (key: Key<"settings">) => string): string {
  return say(`name-${name}` as Key<"settings">);
}

/** A value in people's words, where it is one of a closed list. */
function useShown(name: string): (value: string) => string {
  const say = useWords("settings");
  return (value) => {
    const words: readonly string[] = name in CLOSED ? CLOSED[name as ClosedSetting] : [];
    return words.includes(value) ? say(`value-${name}-${value}` as Key<"settings">) : value;
  };
}

/** Since when the value holds, and what is to hold later. */
function Days(props: FieldProps & { id: string }) {
  const say = useWords("settings");
  const language = useLanguage();
  const shown = useShown(props.name);
  const { dated, today, value } = props;
  const now = dated.filter((one) => one.from <= today).at(-1);
  const later = dated.filter((one) => one.from > today);
  return (
    <div id={props.id} className="help">
      {now !== undefined && now.value === value && value !== "" && (
        <div>{say("since", { day: dayText(now.from, language) })}</div>
      )}
      {later.map((one) => (
        <div key={one.from} className="settings-later">
          {say("later", { day: dayText(one.from, language) })} <bdi>{shown(one.value)}</bdi>
        </div>
      ))}
    </div>
  );
}

interface TextProps extends FieldProps {
  wide?: boolean;
  help?: string;
  /** May be empty again. */
  optional?: boolean;
  /** Shown where it is empty: what holds then. */
  placeholder?: string;
  /** A long text, shown over as many lines as it takes. */
  long?: boolean;
}

/** What is said of a text that is left, or null where nothing is wrong. */
type FaultOf = (wanted: string) => Promise<string | null> | string | null;

const RIGHT = <IconCheck size={15} stroke={2} className="green" aria-hidden />;

export function TextField(props: TextProps) {
  return <Typed {...props} typed={useTyped(props, () => null)} />;
}

/** What is typed of a value until it is left: then it is looked at, and holds. */
function useTyped(props: TextProps, faultOf: FaultOf) {
  const say = useWords("settings");
  const { value } = props;
  const { change, wrong, setWrong } = useChange(props);
  const [typed, setTyped] = useState<string | null>(null);
  // What was written elsewhere, or undone, is shown again.
  useEffect(() => setTyped(null), [value]);
  const type = (text: string | null) => {
    setTyped(text);
    setWrong(null);
  };
  const leave = async () => {
    const wanted = typed?.trim();
    if (wanted === undefined || wanted === value) return type(null);
    const isEmpty = wanted === "" && !props.optional;
    const fault = isEmpty ? say("empty") : wanted === "" ? null : await faultOf(wanted);
    if (fault !== null) setWrong(fault);
    else if (await change(wanted)) setTyped(null);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      void leave();
    }
    if (event.key !== "Escape" || typed === null) return;
    event.stopPropagation();
    type(null);
  };
  return { text: typed ?? value, typed, type, wrong, leave, press };
}

function Typed(
  props: TextProps & { typed: ReturnType<typeof useTyped>; formatted?: string | undefined },
) {
  const say = useWords("settings");
  const { name, typed, value, formatted } = props;
  const common = {
    label: labelOf(name, say),
    description: props.help,
    inputWrapperOrder: ["label", "input", "error", "description"] as (
      "label" | "input" | "error" | "description"
    )[],
    value: typed.typed ?? formatted ?? value,
    error: typed.wrong,
    placeholder: props.placeholder,
    autoComplete: "off",
    maxLength: 1000,
    onBlur: () => void typed.leave(),
    onKeyDown: typed.press,
    onChange: (event: { currentTarget: { value: string } }) =>
      typed.type(event.currentTarget.value),
  };
  return (
    <div className={props.wide ? "settings-field wide" : "settings-field"}>
      {props.long ? (
        <Textarea {...common} autosize minRows={1} maxRows={6} />
      ) : (
        <TextInput {...common} rightSection={formatted === undefined ? undefined : RIGHT} />
      )}
      <Days {...props} id={`days-${name}`} />
    </div>
  );
}

export function SirenField(props: TextProps) {
  const say = useWords("settings");
  const typed: ReturnType<typeof useTyped> = useTyped(props, async (wanted) => {
    const digits = wanted.replaceAll(/\D/g, "").length;
    if (digits !== SIREN_DIGITS) return say("sirenLength", { count: digits });
    // Who types fast has not been answered yet.
    const told = siren.isFetching ? (await siren.refetch()).data : siren.data;
    return told?.valid === false ? say("sirenWrong") : null;
  });
  const { text } = typed;
  const siren = useCall("siren", { text }, { enabled: text !== "" });
  const check = text === "" ? undefined : siren.data;
  return <Typed {...props} typed={typed} formatted={check?.valid ? check.formatted : undefined} />;
}

/** An IBAN, looked at by its own digits. */
export function IbanField(props: TextProps) {
  const say = useWords("settings");
  const typed: ReturnType<typeof useTyped> = useTyped(props, async (wanted) => {
    const told = iban.isFetching ? (await iban.refetch()).data : iban.data;
    return wanted !== "" && told?.valid === false ? say("ibanWrong") : null;
  });
  const { text } = typed;
  const iban = useCall("check_iban", { text }, { enabled: text !== "" });
  const check = text === "" ? undefined : iban.data;
  return <Typed {...props} typed={typed} formatted={check?.valid ? check.formatted : undefined} />;
}

/** The VAT number, and the one that goes with the SIREN where it is another. */
export function VatNumberField(props: FieldProps & { siren: string }) {
  const say = useWords("settings");
  const { siren, ...rest } = props;
  const { change, wrong } = useChange(rest);
  const check = useCall("siren", { text: siren }, { enabled: siren !== "" }).data;
  const number = check?.vat_number ?? null;
  return (
    <div className="settings-field">
      <TextField {...rest} />
      {number !== null && number !== props.value && (
        <div className="row help">
          {say("numberOfSiren", { number })}
          <Button size="xs" variant="default" onClick={() => void change(number)}>
            {say("takeNumber")}
          </Button>
        </div>
      )}
      {wrong !== null && (
        <p className="red help" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}

export function ClosedField(props: FieldProps & { name: ClosedSetting }) {
  const say = useWords("settings");
  const { name, value } = props;
  const { change, wrong } = useChange(props);
  const shown = useShown(name);
  const label = labelOf(name, say);
  const data = CLOSED[name].map((one) => ({ value: one, label: shown(one) }));
  const pick = (picked: string | null) => {
    if (picked !== null && picked !== value) void change(picked);
  };
  // Four words stand side by side where they are short.
  const side = data.length <= MOST_SEGMENTS && name !== "vat_regime" && name !== "income_tax";
  return (
    <div className="settings-field">
      {side ? (
        <>
          <div className="settings-label" aria-hidden>
            {label}
          </div>
          <SegmentedControl aria-label={label} data={data} value={value} onChange={pick} />
          {wrong !== null && (
            <p className="red help" role="alert">
              {wrong}
            </p>
          )}
        </>
      ) : (
        <Select
          label={label}
          data={data}
          value={value === "" ? null : value}
          error={wrong}
          placeholder={say("choose")}
          allowDeselect={false}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          onChange={pick}
        />
      )}
      <Days {...props} id={`days-${name}`} />
    </div>
  );
}
