import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useEffect, useState, type KeyboardEvent } from "react";
import { useCall } from "../../api/client";
import type { SirenCheck } from "../../api/generated";
import { CLOSED, type ClosedSetting } from "../../api/settings";
import { useDo } from "../../frame/session";
import { dayText } from "../../parts/format";
import { useLanguage, useWords, type Key } from "../../words";
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
        refused: (failure) => setWrong(`${failure.message} ${failure.hint}`),
      },
    );
    return done !== null;
  };
  return { change, wrong, setWrong };
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
      {now !== undefined && now.value === value && (
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

export function TextField(props: FieldProps & { check?: "siren"; wide?: boolean; help?: string }) {
  const say = useWords("settings");
  const { name, value } = props;
  const { change, wrong, setWrong } = useChange(props);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value;
  const isSiren = props.check === "siren";
  const siren = useCall("siren", { text }, { enabled: isSiren && text !== "" });
  const check = siren.data;
  // What was written elsewhere, or undone, is shown again.
  useEffect(() => setTyped(null), [value]);

  const leave = async () => {
    if (typed === null || typed.trim() === value) {
      setTyped(null);
      setWrong(null);
      return;
    }
    // Who types fast has not been answered yet.
    const told = siren.isFetching ? (await siren.refetch()).data : check;
    const fault = faultOf(typed.trim(), told);
    if (fault !== null) setWrong(fault);
    else if (await change(typed.trim())) setTyped(null);
  };
  const faultOf = (wanted: string, told: SirenCheck | undefined): string | null => {
    if (wanted === "") return say("empty");
    if (!isSiren) return null;
    const digits = wanted.replaceAll(/\D/g, "").length;
    if (digits !== SIREN_DIGITS) return say("sirenLength", { count: digits });
    return told?.valid === false ? say("sirenWrong") : null;
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") void leave();
    if (event.key !== "Escape" || typed === null) return;
    event.stopPropagation();
    setTyped(null);
    setWrong(null);
  };
  return (
    <div className={props.wide ? "settings-field wide" : "settings-field"}>
      <TextInput
        label={labelOf(name, say)}
        description={props.help}
        inputWrapperOrder={["label", "input", "error", "description"]}
        value={typed ?? (isSiren && check?.valid ? check.formatted : value)}
        error={wrong}
        autoComplete="off"
        maxLength={1000}
        rightSection={
          isSiren && check?.valid ? (
            <IconCheck size={15} stroke={2} className="green" aria-hidden />
          ) : undefined
        }
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setWrong(null);
        }}
        onBlur={() => void leave()}
        onKeyDown={press}
      />
      <Days {...props} id={`days-${name}`} />
    </div>
  );
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
