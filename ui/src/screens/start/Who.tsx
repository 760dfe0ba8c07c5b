import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from "react";
import { useCall } from "../../api/client";
import type { SirenCheck } from "../../api/generated";
import { CLOSED, type ClosedWord } from "../../api/settings";
import { Act } from "../../parts/Act";
import { DayInput } from "../../parts/DayInput";
import { Cap } from "../../parts/Keys";
import { useWords } from "../../words";
import { endOfYear, likelyYears, needsSiren, yearFault, type Answers } from "./answers";

/** Digits of a SIREN. */
const SIREN_DIGITS = 9;

type Change = (change: Partial<Answers>) => void;
/** Fields that can be wrong, in reading order. */
type Faults = Partial<Record<"siren" | "name" | "year", string>>;

interface WhoProps {
  answers: Answers;
  change: Change;
  today: string;
  busy: boolean;
  onDone: () => void;
  onSample: () => void;
}

/** The first step: who keeps the book. Each field is asked once it is left, all on continuing. */
export function Who(props: WhoProps) {
  const say = useWords("start");
  const { answers, change } = props;
  const { form, check, leave, said, submit } = useAsked(props);
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };
  return (
    <form
      ref={form}
      className="start-form"
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={press}
    >
      <h1>{say("step-who")}</h1>
      <p className="start-lead">{say("whoLead")}</p>
      <Identity {...{ answers, change, leave, said }} check={check} />
      <Shape {...{ answers, change, leave, said }} today={props.today} />
      <Regime answers={answers} change={change} />
      <Business answers={answers} change={change} />
      {/* A press keeps the focus: an error that leaving shows would move the button away. */}
      <div className="start-buttons" onMouseDown={(event) => event.preventDefault()}>
        <Button
          type="submit"
          rightSection={<Cap>↵</Cap>}
          disabled={props.busy}
          aria-keyshortcuts="Enter Control+Enter"
        >
          {say("continue")}
        </Button>
        <Button
          variant="default"
          className="start-plain"
          disabled={props.busy}
          onClick={props.onSample}
        >
          {say("sample")}
        </Button>
        <Act of="openFile">{say("openBook")}</Act>
      </div>
    </form>
  );
}

/** Which fields are wrong, and how one goes on: a wrong one first gets the focus. */
function useAsked(props: WhoProps) {
  const { answers, onDone } = props;
  const form = useRef<HTMLFormElement>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const siren = useCall("siren", { text: answers.siren }, { enabled: answers.siren.trim() !== "" });
  const faultsOf = useFaults();
  const faults = faultsOf(answers, siren.data);
  const leave = (field: string) => setLeft((before) => new Set([...before, field]));
  const said = (field: keyof Faults) => (left.has(field) ? faults[field] : undefined);

  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    setLeft(new Set(["siren", "name", "year"]));
    // Who types fast has not been answered yet.
    const check = siren.isFetching ? (await siren.refetch()).data : siren.data;
    const found = faultsOf(answers, check);
    const wrong = (["siren", "name", "year"] as const).find((field) => found[field]);
    if (wrong === undefined) onDone();
    else form.current?.querySelector<HTMLElement>(`[data-field="${wrong}"] input`)?.focus();
  };
  return { form, check: siren.data, leave, said, submit };
}

function useFaults(): (answers: Answers, check: SirenCheck | undefined) => Faults {
  const say = useWords("start");
  return (answers, check) => {
    const faults: Faults = {};
    const typed = answers.siren.replaceAll(/\D/g, "").length;
    if (answers.siren.trim() === "") {
      if (needsSiren(answers)) faults.siren = say("sirenMissing");
    } else if (typed !== SIREN_DIGITS) {
      faults.siren = say("sirenLength", { count: typed });
    } else if (check !== undefined && !check.valid) {
      faults.siren = say("sirenWrong");
    }
    if (answers.name.trim() === "") faults.name = say("nameMissing");
    const year = yearFault(answers);
    if (year !== null) faults.year = say(year);
    return faults;
  };
}

interface FieldProps {
  answers: Answers;
  change: Change;
  leave: (field: string) => void;
  said: (field: keyof Faults) => string | undefined;
}

const RIGHT = <IconCheck size={15} stroke={2} className="green" aria-hidden />;

function Identity(props: FieldProps & { check: SirenCheck | undefined }) {
  const say = useWords("start");
  const { answers, change, leave, said, check } = props;
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => void first.current?.focus({ preventScroll: true }), []);
  const [siren, setSiren] = useState<"typed" | "left">("typed");
  const formatted = check?.valid ? check.formatted : undefined;
  // The number is put in groups once it is left, whenever the engine has told them.
  useEffect(() => {
    if (siren !== "left" || formatted === undefined || formatted === answers.siren) return;
    change({ siren: formatted });
  });
  return (
    <>
      <div className="start-pair">
        <TextInput
          ref={first}
          wrapperProps={{ "data-field": "siren" }}
          label={say("siren")}
          inputMode="numeric"
          autoComplete="off"
          value={answers.siren}
          error={said("siren")}
          rightSection={check?.valid ? RIGHT : undefined}
          onChange={(event) => change({ siren: event.currentTarget.value })}
          onFocus={() => setSiren("typed")}
          onBlur={() => {
            if (answers.siren.trim() !== "") leave("siren");
            setSiren("left");
          }}
        />
        <TextInput
          label={say("vatNumber")}
          readOnly
          // Nothing can be typed there: Tab goes on to what can.
          tabIndex={-1}
          className="start-computed"
          value={check?.vat_number ?? ""}
          placeholder={say("fromSiren")}
          rightSection={check?.vat_number ? RIGHT : undefined}
        />
      </div>
      <TextInput
        wrapperProps={{ "data-field": "name" }}
        label={say("name")}
        autoComplete="organization"
        maxLength={250}
        value={answers.name}
        error={said("name")}
        onChange={(event) => change({ name: event.currentTarget.value })}
        onBlur={() => answers.name.trim() !== "" && leave("name")}
      />
    </>
  );
}

function Shape(props: FieldProps & { today: string }) {
  const say = useWords("start");
  const word = useWords("settings");
  const { answers, change, leave, said } = props;
  const years = likelyYears(props.today).map((year) => ({
    value: year,
    label: say("calendarYear", { year }),
  }));
  const forms = CLOSED.legal_form.map((form) => ({
    value: form,
    label: word(`value-legal_form-${form}`),
  }));
  return (
    <>
      <div className="start-pair">
        <Select
          label={`${say("legalForm")} (${say("optional")})`}
          placeholder={say("choose")}
          data={forms}
          value={answers.legalForm}
          clearable
          clearButtonProps={{ "aria-label": say("clear") }}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          onChange={(value) => change({ legalForm: value as Answers["legalForm"] })}
        />
        <Select
          label={say("firstYear")}
          data={[...years, { value: "other", label: say("otherYear") }]}
          value={answers.year}
          allowDeselect={false}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          onChange={(year) => year !== null && change({ year })}
        />
      </div>
      {answers.year === "other" && (
        <div className="start-pair" data-field="year" onBlur={() => leave("year")}>
          <DayInput
            label={say("firstDay")}
            today={props.today}
            value={answers.firstDay}
            error={said("year")}
            onChange={(firstDay) =>
              // A year of twelve months is the likeliest.
              change({ firstDay, lastDay: answers.lastDay ?? endOfYear(firstDay) })
            }
          />
          <DayInput
            label={say("lastDay")}
            today={props.today}
            value={answers.lastDay}
            onChange={(lastDay) => change({ lastDay })}
          />
        </div>
      )}
    </>
  );
}

const REGIMES = ["franchise", "normal", "simplified"] as const;

/** The VAT regimes as cards: what each means stands under its name. */
function Regime(props: { answers: Answers; change: Change }) {
  const say = useWords("start");
  const { answers, change } = props;
  return (
    <fieldset className="start-regimes">
      <legend>{say("regime")}</legend>
      {REGIMES.map((regime) => (
        <label key={regime} className={answers.regime === regime ? "chosen" : undefined}>
          <span className="row">
            <span className="grow strong">{say(`regime-${regime}`)}</span>
            <input
              type="radio"
              name="regime"
              value={regime}
              aria-describedby={`regime-${regime}`}
              checked={answers.regime === regime}
              onChange={() => change({ regime })}
            />
          </span>
          <span className="help" id={`regime-${regime}`}>
            {say(`regimeAbout-${regime}`)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Business(props: { answers: Answers; change: Change }) {
  const say = useWords("start");
  const word = useWords("settings");
  const { answers, change } = props;
  const onVat = CLOSED.vat_on.map((one) => ({ value: one, label: word(`value-vat_on-${one}`) }));
  return (
    <div className="start-choice-row">
      <Choice
        label={say("activity")}
        value={answers.activity}
        data={CLOSED.activity.map((one) => ({ value: one, label: say(`activity-${one}`) }))}
        onChange={(value) => change({ activity: value as ClosedWord<"activity"> })}
      />
      {answers.regime === "normal" && (
        <Choice
          label={say("period")}
          value={answers.period}
          data={(["monthly", "quarterly"] as const).map((one) => ({
            value: one,
            label: say(`period-${one}`),
          }))}
          onChange={(value) => change({ period: value as Answers["period"] })}
        />
      )}
      {answers.regime !== "franchise" && (
        <Choice
          label={say("vatOn")}
          value={answers.vatOn}
          data={onVat}
          onChange={(value) => change({ vatOn: value as ClosedWord<"vat_on"> })}
        />
      )}
    </div>
  );
}

function Choice(props: {
  label: string;
  value: string;
  data: { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  const { label, ...rest } = props;
  return (
    <div>
      <div className="start-label" aria-hidden>
        {label}
      </div>
      <SegmentedControl size="sm" aria-label={label} {...rest} />
    </div>
  );
}
