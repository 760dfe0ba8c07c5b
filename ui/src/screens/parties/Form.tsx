import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { useAction } from "../../actions";
import { useBook, useCall } from "../../api/client";
import type { BookView, CustomerCard, Failure, SirenCheck } from "../../api/generated";
import { useDo } from "../../frame/session";
import { Act } from "../../parts/Act";
import { SearchPicker } from "../../parts/SearchPicker";
import { useLanguage, useWords, type Say } from "../../words";
import { useVatIsRight } from "./Card";
import { countries } from "./countries";
import {
  FIELDS,
  SIREN_DIGITS,
  cardOf,
  emptyCard,
  fieldOf,
  keepCard,
  keptCard,
  termsOf,
  typedOf,
  type Field,
  type Typed,
} from "./typed";

interface FormProps {
  book: BookView;
  /** What is changed; a new one without it. */
  card?: CustomerCard;
  leave: () => void;
  kept: (code: string) => void;
}

type Faults = Partial<Record<Field, string>>;

/** A card typed by hand, kept as it stands when one leaves. */
export function Form(props: FormProps) {
  const say = useWords("parties");
  const whole = useRef<HTMLFormElement>(null);
  const form = useWriting(props, whole);
  const press = (event: KeyboardEvent) => {
    const open = event.target instanceof HTMLElement && event.target.ariaExpanded === "true";
    if (event.key !== "Escape" || event.defaultPrevented || open) return;
    event.preventDefault();
    props.leave();
  };
  const title = props.card === undefined ? say("newParty") : say("changeTitle");
  return (
    <form
      ref={whole}
      className="panel parties-form"
      data-panel
      tabIndex={-1}
      noValidate
      aria-label={title}
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault();
        void form.keep();
      }}
    >
      <div className="parties-fields">
        <h2 className="parties-title">{title}</h2>
        <Who {...form} />
        <Where {...form} />
        <Pays {...form} />
      </div>
      <div className="parties-foot">
        {form.other !== null && (
          <p className="red" role="alert">
            {form.other.message} {form.other.hint}
          </p>
        )}
        <div className="row">
          <Act of="keepParty" main>
            {say("keep")}
          </Act>
          <Act of="close">{say("leave")}</Act>
        </div>
        <p className="help">{say("formHelp")}</p>
      </div>
    </form>
  );
}

type Writing = ReturnType<typeof useWriting>;

/** What is typed, what is wrong with it, and how it is kept. */
function useWriting(props: FormProps, whole: RefObject<HTMLFormElement | null>) {
  const say = useWords("parties");
  const run = useDo();
  const { typed, change, done } = useKept(props);
  const [faults, setFaults] = useState<Faults>({});
  const [other, setOther] = useState<Failure | null>(null);
  const busy = useRef(false);
  const siren = useCall("siren", { text: typed.siren }, { enabled: typed.siren.trim() !== "" });
  const set = (part: Partial<Typed>) => {
    change(part);
    // What is being written is not wrong yet.
    setFaults((before) => {
      const left = { ...before };
      for (const field of Object.keys(part)) delete left[field as Field];
      return left;
    });
    setOther(null);
  };
  const refused = (failure: Failure) => {
    const field = fieldOf(failure);
    if (field === undefined) return setOther(failure);
    setFaults({ [field]: saidOf(failure, field, say) });
    focusField(whole.current, field);
  };
  const checked = async () => {
    // Who types fast has not been answered yet.
    const check = siren.isFetching ? (await siren.refetch()).data : siren.data;
    return faultsOf(typed, check, say);
  };
  /** A field is looked at as one leaves it; an empty one only at the end. */
  const left = async (field: Field) => {
    if (String(typed[field]).trim() === "") return;
    const found = (await checked())[field];
    if (found !== undefined) setFaults((before) => ({ ...before, [field]: found }));
  };
  const keep = async () => {
    if (busy.current) return;
    busy.current = true;
    const found = await checked();
    setFaults(found);
    setOther(null);
    const first = FIELDS.find((field) => found[field] !== undefined);
    if (first === undefined) {
      const card = cardOf(typed, props.card?.code);
      const told = { done: say("kept", { name: card.name }), undoable: true, refused };
      const view = await run("save_customer", card, told);
      if (view !== null) {
        done();
        props.kept(view.card.code ?? "");
      }
    } else focusField(whole.current, first);
    busy.current = false;
  };
  useAction("keepParty", () => void keep());
  useAction("close", props.leave);
  return { typed, set, faults, other, left, keep, check: siren.data, isNew: !props.card };
}

/** What is typed, kept while the window is open, until it was saved. */
function useKept(props: FormProps) {
  const path = useBook();
  const code = props.card?.code;
  const [from] = useState(() => (props.card ? typedOf(props.card) : emptyCard(props.book.country)));
  const [typed, setTyped] = useState<Typed>(() => keptCard(path, code, from) ?? from);
  const saved = useRef(false);
  useEffect(() => {
    if (!saved.current) keepCard(path, code, from, typed);
  }, [path, code, from, typed]);
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const done = () => {
    saved.current = true;
    keepCard(path, code, from, null);
  };
  return { typed, change, done };
}

function faultsOf(typed: Typed, check: SirenCheck | undefined, say: Say<"parties">): Faults {
  const faults: Faults = {};
  if (typed.name.trim() === "") faults.name = say("wrong-name");
  if (!typed.consumer && typed.siren.trim() !== "") {
    const digits = typed.siren.replaceAll(/\D/g, "").length;
    if (digits !== SIREN_DIGITS) faults.siren = say("sirenLength", { count: digits });
    else if (check !== undefined && !check.valid) faults.siren = say("sirenWrong");
  }
  if (termsOf(typed.terms) === undefined) faults.terms = say("wrong-terms");
  return faults;
}

/** The engine's refusal in words that name the field as this form does. */
function saidOf(failure: Failure, field: Field, say: Say<"parties">): string {
  const own = ["name", "email", "terms", "line1", "country"] as const;
  const found = own.find((one) => one === field);
  const isPlain = failure.code === "bad-value" && found !== undefined;
  return isPlain ? say(`wrong-${found}`) : `${failure.message} ${failure.hint}`;
}

function focusField(form: HTMLFormElement | null, field: Field) {
  form?.querySelector<HTMLElement>(`[data-field="${field}"] input`)?.focus();
}

const RIGHT = <IconCheck size={15} stroke={2} className="green" aria-hidden />;

function Who(props: Writing) {
  const say = useWords("parties");
  const { typed, set, faults, left, check } = props;
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => void first.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <TextInput
        ref={first}
        wrapperProps={{ "data-field": "name" }}
        label={say("name")}
        autoComplete="off"
        maxLength={200}
        value={typed.name}
        error={faults.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <div>
        <div className="parties-label" aria-hidden>
          {say("kind")}
        </div>
        <SegmentedControl
          aria-label={say("kind")}
          value={typed.consumer ? "consumer" : "business"}
          data={[
            { value: "business", label: say("business") },
            { value: "consumer", label: say("consumer") },
          ]}
          onChange={(value) => set({ consumer: value === "consumer" })}
        />
      </div>
      {!typed.consumer && (
        <div className="parties-pair">
          <TextInput
            wrapperProps={{ "data-field": "siren" }}
            label={optional(say("siren"), say)}
            inputMode="numeric"
            autoComplete="off"
            value={typed.siren}
            error={faults.siren}
            rightSection={check?.valid ? RIGHT : undefined}
            onChange={(event) => set({ siren: event.currentTarget.value })}
            onBlur={() => {
              void left("siren");
              if (check?.valid && check.formatted !== typed.siren) set({ siren: check.formatted });
            }}
          />
          <VatNumber {...props} />
        </div>
      )}
    </>
  );
}

function optional(name: string, say: Say<"parties">): string {
  return `${name} (${say("optional")})`;
}

/** The VAT number, and the one that goes with the SIREN where it is another. */
function VatNumber(props: Writing) {
  const say = useWords("parties");
  const { typed, set, faults, check } = props;
  const isRight = useVatIsRight(typed.vatNumber);
  const number = check?.valid ? check.vat_number : null;
  const clean = typed.vatNumber.replaceAll(/[\s.]/g, "").toUpperCase();
  return (
    <div>
      <TextInput
        wrapperProps={{ "data-field": "vatNumber" }}
        label={optional(say("vatNumber"), say)}
        autoComplete="off"
        maxLength={40}
        value={typed.vatNumber}
        error={faults.vatNumber}
        rightSection={isRight ? RIGHT : undefined}
        onChange={(event) => set({ vatNumber: event.currentTarget.value })}
      />
      {number !== null && number !== clean && (
        <div className="parties-offer help">
          {say("numberOfSiren", { number })}
          <Button size="xs" variant="default" onClick={() => set({ vatNumber: number })}>
            {say("takeNumber")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Where(props: Writing) {
  const say = useWords("parties");
  const language = useLanguage();
  const { typed, set, faults } = props;
  const choices = useMemo(() => countries(language), [language]);
  const text = (field: "line1" | "line2" | "postCode" | "city") => ({
    autoComplete: "off",
    maxLength: 200,
    value: typed[field],
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [field]: event.currentTarget.value }),
  });
  return (
    <>
      <TextInput
        wrapperProps={{ "data-field": "line1" }}
        label={say("line1")}
        error={faults.line1}
        {...text("line1")}
      />
      <TextInput label={optional(say("line2"), say)} {...text("line2")} />
      <div className="parties-town">
        <TextInput label={say("postCode")} {...text("postCode")} />
        <TextInput label={say("city")} {...text("city")} />
      </div>
      <div data-field="country">
        <SearchPicker
          label={say("country")}
          choices={choices}
          value={typed.country === "" ? null : typed.country}
          clearable
          {...(faults.country === undefined ? {} : { error: faults.country })}
          onChange={(country) => set({ country: country ?? "" })}
        />
      </div>
    </>
  );
}

function Pays(props: Writing) {
  const say = useWords("parties");
  const { typed, set, faults, left } = props;
  return (
    <>
      <TextInput
        wrapperProps={{ "data-field": "email" }}
        label={optional(say("email"), say)}
        type="email"
        autoComplete="off"
        maxLength={254}
        description={say("emailHelp")}
        inputWrapperOrder={["label", "input", "error", "description"]}
        value={typed.email}
        error={faults.email}
        onChange={(event) => set({ email: event.currentTarget.value })}
      />
      <TextInput
        wrapperProps={{ "data-field": "terms" }}
        label={optional(say("terms"), say)}
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        description={say("termsHelp")}
        inputWrapperOrder={["label", "input", "error", "description"]}
        className="parties-terms"
        value={typed.terms}
        error={faults.terms}
        onChange={(event) => set({ terms: event.currentTarget.value })}
        onBlur={() => void left("terms")}
      />
      <div data-field="language">
        <div className="parties-label" aria-hidden>
          {say("languageOfLetters")}
        </div>
        <SegmentedControl
          aria-label={say("languageOfLetters")}
          value={typed.language}
          data={[
            { value: "", label: say("languageOfBook") },
            { value: "fr", label: say("french") },
            { value: "en", label: say("english") },
          ]}
          onChange={(value) => set({ language: value as Typed["language"] })}
        />
      </div>
    </>
  );
}
