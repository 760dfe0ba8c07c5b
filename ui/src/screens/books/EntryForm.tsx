import { NativeSelect, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { cap, useAction } from "../../actions";
import { useBook, useCall } from "../../api/client";
import type { AccountChoice, BookView } from "../../api/generated";
import { useDo } from "../../frame/session";
import { AccountPicker } from "../../parts/AccountPicker";
import { Act } from "../../parts/Act";
import { Amount } from "../../parts/Amount";
import { AmountInput } from "../../parts/AmountInput";
import { DayInput } from "../../parts/DayInput";
import { Cap } from "../../parts/Keys";
import { SearchPicker, type Choice } from "../../parts/SearchPicker";
import { Failed } from "../../parts/States";
import { useLanguage, useWords } from "../../words";
import {
  draftOf,
  emptyEntry,
  keepEntry,
  keptEntry,
  missingOf,
  restFor,
  sums,
  withLine,
  withRest,
  withoutLine,
  type Missing,
  type Typed,
  type TypedLine,
} from "./writing";
import "./form.css";

type Leaving = { book: BookView; onLeave: () => void; onKept: (id: number) => void };

/** An entry typed by hand: kept as a draft, and as it stands when one leaves. */
export function EntryForm(props: Leaving) {
  const say = useWords("books");
  const whole = useRef<HTMLFormElement>(null);
  const { typed, journal, choices, why, change } = useWriting(props, whole);
  const { today, currency } = props.book;
  const press = (event: KeyboardEvent) => {
    const open = event.target instanceof HTMLElement && event.target.ariaExpanded === "true";
    if (event.key !== "Escape" || event.defaultPrevented || open) return;
    event.preventDefault();
    props.onLeave();
  };
  const common = { typed, choices, why, change };
  return (
    <form
      ref={whole}
      className="panel books-form"
      data-panel
      tabIndex={-1}
      aria-label={say("newEntry")}
      onKeyDown={press}
      onSubmit={(event) => event.preventDefault()}
    >
      <h2 className="books-panel-title">{say("newEntry")}</h2>
      {choices.error !== null && <Failed error={choices.error} />}
      <Head {...common} journal={journal} today={today} />
      <div className="books-form-lines">
        <div className="books-form-head" aria-hidden>
          <span>{say("account")}</span>
          <span className="right">{say("debit")}</span>
          <span className="right">{say("credit")}</span>
          <span />
        </div>
        {typed.lines.map((line, at) => (
          <Line key={line.id} {...common} line={line} at={at} currency={currency} />
        ))}
      </div>
      <Balance typed={typed} currency={currency} error={why("lines") ?? why("balance")} />
      <div className="row books-panel-acts">
        <Act of="keepDraft" main>
          {say("keepDraft")}
        </Act>
        <Act of="close">{say("leave")}</Act>
      </div>
      <p className="help">{say("formHelp")}</p>
    </form>
  );
}

/** What is typed, what it lacks, and how it is kept. */
function useWriting(props: Leaving, whole: RefObject<HTMLFormElement | null>) {
  const say = useWords("books");
  const path = useBook();
  const run = useDo();
  const [typed, setTyped] = useState<Typed>(() => keptEntry(path) ?? emptyEntry(props.book.today));
  const [missing, setMissing] = useState<Missing | null>(null);
  const choices = useChoices();
  const busy = useRef(false);
  useEffect(() => keepEntry(path, typed), [path, typed]);
  const journal = typed.journal ?? choices.journals[0]?.code ?? null;
  const change = (next: Typed) => {
    setTyped(next);
    setMissing(null);
  };
  const keep = async () => {
    // Ctrl Enter held down keeps it once.
    if (busy.current) return;
    const entry = { ...typed, journal };
    const found = missingOf(entry, choices.byCode);
    setMissing(found);
    if (found !== null) return focusMissing(whole.current, found);
    busy.current = true;
    const told = { done: say("kept", { label: entry.label }), undoable: true };
    const kept = await run("draft_entry", draftOf(entry, choices.byCode), told);
    busy.current = false;
    if (kept === null) return;
    keepEntry(path, null);
    props.onKept(kept.id);
  };
  useAction("keepDraft", () => void keep());
  useAction("close", props.onLeave);
  const why: Why = (field, line) =>
    missing?.field === field && missing.line === line ? say(`missing-${missing.why}`) : undefined;
  return { typed, journal, choices, why, change };
}

interface Choices {
  accounts: AccountChoice[];
  byCode: Map<string, AccountChoice>;
  parties: Choice[];
  journals: { code: string; name: string }[];
  /** Why nothing can be chosen. */
  error: Error | null;
}

function useChoices(): Choices {
  const asked = [
    useCall("accounts", {}),
    useCall("counterparties", {}),
    useCall("journals", {}),
  ] as const;
  const [accounts, counterparties, journals] = [asked[0].data, asked[1].data, asked[2].data];
  const error = asked.find((one) => one.error !== null)?.error ?? null;
  return useMemo(() => {
    const bookable = (accounts ?? []).filter((one) => one.bookable);
    const byHand = (journals ?? []).filter((one) => one.by_hand);
    // Most of what is typed by hand is a various operation.
    byHand.sort((one, other) => Number(other.code === "OD") - Number(one.code === "OD"));
    return {
      accounts: bookable,
      byCode: new Map(bookable.map((one) => [one.code, one])),
      parties: (counterparties ?? []).map(({ code, name }) => ({ value: code, code, name })),
      journals: byHand,
      error,
    };
  }, [accounts, counterparties, journals, error]);
}

type Why = (field: Missing["field"], line?: number) => string | undefined;

function Head(props: {
  typed: Typed;
  journal: string | null;
  choices: Choices;
  today: string;
  why: Why;
  change: (typed: Typed) => void;
}) {
  const say = useWords("books");
  const { typed, change, why } = props;
  return (
    <>
      <div className="books-form-top">
        <div data-field="day">
          <DayInput
            label={say("day")}
            value={typed.day}
            today={props.today}
            autoFocus
            error={why("day")}
            onChange={(day) => change({ ...typed, day })}
          />
        </div>
        <div data-field="journal">
          <NativeSelect
            label={say("journalField")}
            value={props.journal ?? ""}
            error={why("journal")}
            data={props.choices.journals.map((one) => ({
              value: one.code,
              label: `${one.code} ${one.name}`,
            }))}
            onChange={(event) => change({ ...typed, journal: event.currentTarget.value })}
          />
        </div>
        <TextInput
          label={say("refOptional")}
          value={typed.ref}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => change({ ...typed, ref: event.currentTarget.value })}
        />
      </div>
      <div data-field="label">
        <TextInput
          label={say("label")}
          value={typed.label}
          error={why("label")}
          maxLength={1000}
          autoComplete="off"
          onChange={(event) => change({ ...typed, label: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

interface LineProps {
  line: TypedLine;
  at: number;
  typed: Typed;
  choices: Choices;
  currency: string;
  why: Why;
  change: (typed: Typed) => void;
}

function Line(props: LineProps) {
  const say = useWords("books");
  const language = useLanguage();
  const { line, typed, change } = props;
  const number = { number: props.at + 1 };
  const remove = () => change(withoutLine(typed, line.id));
  return (
    <div
      className="books-form-line"
      data-line={line.id}
      onKeyDown={(event) => {
        if (event.key !== "Delete" || !event.altKey) return;
        event.preventDefault();
        remove();
      }}
    >
      <LineAccount {...props} />
      <LineAmounts {...props} />
      <button
        type="button"
        tabIndex={-1}
        className="books-step"
        aria-label={say("removeLine", number)}
        aria-keyshortcuts="Alt+Delete"
        title={`${say("removeLine", number)} (Alt ${cap("Delete", language)})`}
        onClick={remove}
      >
        <IconX size={14} stroke={1.6} />
      </button>
    </div>
  );
}

/** The account, and the counterparty where it is collective. */
function LineAccount(props: LineProps) {
  const say = useWords("books");
  const { line, typed, choices, why } = props;
  const number = { number: props.at + 1 };
  const account = line.account === null ? undefined : choices.byCode.get(line.account);
  const set = (part: Partial<TypedLine>) => props.change(withLine(typed, line.id, part));
  const taxed = account?.taxed ? say("missing-taxed") : undefined;
  return (
    <div data-field="account">
      <AccountPicker
        label={say("accountOfLine", number)}
        accounts={choices.accounts}
        value={line.account}
        error={why("account", line.id) ?? taxed}
        recent={typed.lines.flatMap((one) => one.account ?? [])}
        onChange={(code) => set({ account: code, counterparty: null })}
      />
      {account?.collective && (
        <div className="books-form-party" data-field="counterparty">
          <SearchPicker
            label={say("counterpartyOfLine", number)}
            placeholder={say("counterparty")}
            choices={choices.parties}
            value={line.counterparty}
            error={why("counterparty", line.id)}
            onChange={(code) => set({ counterparty: code })}
          />
        </div>
      )}
    </div>
  );
}

/** Debit or credit: to fill one empties the other. */
function LineAmounts(props: LineProps) {
  const say = useWords("books");
  const { line, typed, currency } = props;
  const number = { number: props.at + 1 };
  const set = (part: Partial<TypedLine>) => props.change(withLine(typed, line.id, part));
  const common = {
    hideLabel: true,
    currency,
    rest: Math.abs(restFor(typed, line.id)),
    onRest: () => props.change(withRest(typed, line.id)),
  };
  return (
    <>
      <div data-field="amount">
        <AmountInput
          {...common}
          label={say("debitOfLine", number)}
          value={line.debit}
          error={props.why("amount", line.id)}
          onChange={(debit) => set(debit === null ? { debit } : { debit, credit: null })}
        />
      </div>
      <AmountInput
        {...common}
        label={say("creditOfLine", number)}
        value={line.credit}
        onChange={(credit) => set(credit === null ? { credit } : { credit, debit: null })}
      />
    </>
  );
}

/** Sums of what is typed and what is left: always in sight. */
function Balance(props: { typed: Typed; currency: string; error: string | undefined }) {
  const say = useWords("books");
  const { debit, credit, rest } = sums(props.typed);
  const isEven = rest === 0 && debit !== 0;
  const { currency } = props;
  return (
    <div className="books-form-balance">
      <div className="books-form-sums" role="status">
        <span className={isEven ? "green" : "second"}>
          {isEven ? (
            say("balanced")
          ) : (
            <>
              {say("rest")} <Amount minor={Math.abs(rest)} currency={currency} className="strong" />
            </>
          )}
        </span>
        <Amount
          minor={debit}
          currency={currency}
          className="strong"
          rule={isEven ? "proved" : "unproved"}
        />
        <Amount
          minor={credit}
          currency={currency}
          className="strong"
          rule={isEven ? "proved" : "unproved"}
        />
        <span />
      </div>
      {props.error !== undefined && (
        <p className="red help" role="alert">
          {props.error}
        </p>
      )}
      {!isEven && rest !== 0 && (
        <p className="help">
          <Cap>=</Cap> {say("restHelp")}
        </p>
      )}
    </div>
  );
}

/** The first field that is missing takes the focus. */
function focusMissing(form: HTMLElement | null, missing: Missing) {
  const within = missing.line === undefined ? "" : `[data-line="${missing.line}"] `;
  const last = '.books-form-line:last-child [data-field="account"] input';
  const isOfAll = missing.field === "lines" || missing.field === "balance";
  const selector = isOfAll ? last : `${within}[data-field="${missing.field}"] :is(input, select)`;
  form?.querySelector<HTMLElement>(selector)?.focus();
}
