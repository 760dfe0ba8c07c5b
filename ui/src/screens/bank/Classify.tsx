import { Select, TextInput } from "@mantine/core";
import { useMemo, useRef, useState, type FormEvent, type RefObject } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { AccountChoice, AcceptOne, Failure, TaxCodeChoice } from "../../api/generated";
import { useDo } from "../../frame/session";
import { AccountPicker } from "../../parts/AccountPicker";
import { Act } from "../../parts/Act";
import { SearchPicker, type Choice } from "../../parts/SearchPicker";
import { Failed, Loading } from "../../parts/States";
import { useWords, type Say } from "../../words";
import { Back } from "./Back";
import type { DetailProps } from "./Detail";
import { useRecent, type Shown } from "./data";
import { leaves } from "./forms";

/** The choice of no tax code, which no code is called. */
const NO_TAX = "-";

type Props = { line: Shown; hint: string | null; close: () => void } & Pick<DetailProps, "onLeft">;

/** Says by hand where a line goes: account, tax code, and the other side where it must be known. */
export function Classify(props: Props) {
  const accounts = useCall("accounts", {});
  const codes = useCall("tax_codes", {});
  const failed = accounts.error ? accounts : codes.error ? codes : null;
  if (failed?.error) return <Failed error={failed.error} again={() => void failed.refetch()} />;
  if (accounts.data === undefined || codes.data === undefined) return <Loading lines={4} />;
  return <Fields {...props} accounts={accounts.data} codes={codes.data} />;
}

interface Lists {
  accounts: AccountChoice[];
  codes: TaxCodeChoice[];
}

interface Wanted {
  account: string | null;
  tax: string;
  rate: string | null;
  counterparty: string | null;
}

const FRESH: Wanted = { account: null, tax: NO_TAX, rate: null, counterparty: null };

function Fields(props: Props & Lists) {
  const say = useWords("bank");
  const form = useRef<HTMLFormElement>(null);
  const { line, accounts, codes, hint, close } = props;
  const bookable = useMemo(() => accounts.filter((one) => one.bookable), [accounts]);
  const { wanted, change, account, code, errors, recent, send, busy, refusal } = useForm(
    props,
    form,
  );
  const choose = (picked: string | null) => {
    change({ account: picked, tax: NO_TAX, rate: null, counterparty: null });
    if (picked !== null) nextField(form.current);
  };
  useAction("close", close);
  useAction("validate", () => send());
  return (
    <form
      ref={form}
      className="bank-form"
      onSubmit={send}
      onKeyDown={(event) => entered(event, send, close)}
    >
      <h2>{say("classifyTitle")}</h2>
      <AccountPicker
        label={say("account")}
        accounts={bookable}
        value={wanted.account}
        onChange={choose}
        autoFocus
        recent={recent}
        {...(errors.account ? { error: errors.account } : {})}
      />
      <TaxFields
        codes={fitting(codes, account, line.amount_minor)}
        hint={hint}
        code={code}
        wanted={wanted}
        error={errors.rate}
        onChange={change}
      />
      {account?.collective && (
        <Counterparty
          value={wanted.counterparty}
          account={account.code}
          error={errors.counterparty}
          onChange={(counterparty) => change({ counterparty })}
        />
      )}
      <Ending refusal={refusal} busy={busy} close={close} />
    </form>
  );
}

function Ending(props: { refusal: Failure | null; busy: boolean; close: () => void }) {
  const say = useWords("bank");
  const { refusal, busy, close } = props;
  return (
    <>
      {refusal !== null && (
        <div role="alert">
          <p className="red">{refusal.message}</p>
          <p className="second">{refusal.hint}</p>
        </div>
      )}
      <div className="row bank-buttons">
        <Act of="validate" main loading={busy}>
          {say("book")}
        </Act>
        <Back onClick={close} />
      </div>
      <p className="help">{say("classifyHelp")}</p>
    </>
  );
}

/** What is filled in, what is wrong with it once it was tried, and how it is sent. */
function useForm(props: Props & Lists, form: RefObject<HTMLFormElement | null>) {
  const say = useWords("bank");
  const [recent, used] = useRecent();
  const [wanted, setWanted] = useState<Wanted>(FRESH);
  const [tried, setTried] = useState(false);
  const account = props.accounts.find((one) => one.code === wanted.account);
  const code = props.codes.find((one) => one.code === wanted.tax);
  const errors = errorsOf(wanted, account, code, say);
  const booked = () => account && used(account.code);
  const { submit, busy, refusal } = useSubmit(props, wanted, account, booked);
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    setTried(true);
    if (Object.keys(errors).length === 0) return void submit();
    requestAnimationFrame(() => {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    });
  };
  const change = (part: Partial<Wanted>) => setWanted((now) => ({ ...now, ...part }));
  const shown: Errors = tried ? errors : {};
  return { wanted, change, account, code, errors: shown, recent, send, busy, refusal };
}

/** `Enter` in a field whose list is closed books; `Échap` leaves. */
function entered(event: React.KeyboardEvent, send: () => void, close: () => void) {
  leaves(event, close);
  const field = event.target instanceof HTMLInputElement;
  const plain = event.key === "Enter" && !event.ctrlKey && !event.metaKey;
  if (!plain || !field || event.defaultPrevented) return;
  event.preventDefault();
  send();
}

function nextField(form: HTMLFormElement | null) {
  requestAnimationFrame(() => {
    const fields = [...(form?.querySelectorAll("input:not([type=hidden])") ?? [])] as HTMLElement[];
    fields[fields.indexOf(document.activeElement as HTMLElement) + 1]?.focus();
  });
}

function useSubmit(
  props: Props,
  wanted: Wanted,
  account: AccountChoice | undefined,
  booked: () => void,
) {
  const say = useWords("bank");
  const run = useDo();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Failure | null>(null);
  const { line, close, onLeft } = props;
  const submit = async () => {
    if (busy || wanted.account === null) return;
    setBusy(true);
    setRefusal(null);
    const done = say("acceptedAccount", {
      account: `${wanted.account} ${account?.name ?? ""}`.trim(),
    });
    const entry = await run("accept", asked(line, wanted), {
      done,
      undoable: true,
      refused: setRefusal,
    });
    setBusy(false);
    if (entry === null) return;
    booked();
    close();
    onLeft?.(Promise.resolve(true));
  };
  return { submit, busy, refusal };
}

/** One part that is the whole line, so that nothing is computed here. */
function asked(line: Shown, wanted: Wanted): AcceptOne {
  const taxed = wanted.tax !== NO_TAX;
  return {
    line: line.id,
    parts: [
      {
        account: wanted.account ?? "",
        gross_minor: line.amount_minor,
        ...(taxed ? { tax_code: wanted.tax } : {}),
        ...(taxed && wanted.rate !== null ? { rate: wanted.rate } : {}),
        ...(wanted.counterparty !== null ? { counterparty: wanted.counterparty } : {}),
      },
    ],
  };
}

type Errors = { account?: string; rate?: string; counterparty?: string };

function errorsOf(
  wanted: Wanted,
  account: AccountChoice | undefined,
  code: TaxCodeChoice | undefined,
  say: Say<"bank">,
): Errors {
  return {
    ...(account === undefined ? { account: say("accountMissing") } : {}),
    ...(account?.collective && wanted.counterparty === null
      ? { counterparty: say("counterpartyMissing") }
      : {}),
    ...(code?.rates.length === 0 && !wanted.rate ? { rate: say("rateMissing") } : {}),
  };
}

/** Codes of the side that the account is on; where it does not tell, of the money's way. */
function fitting(codes: TaxCodeChoice[], account: AccountChoice | undefined, amount: number) {
  const kind = account?.kind;
  const side =
    kind === "income" ? "sale" : kind === "expense" ? "purchase" : amount > 0 ? "sale" : "purchase";
  return codes.filter((one) => one.side === side);
}

function TaxFields(props: {
  codes: TaxCodeChoice[];
  code: TaxCodeChoice | undefined;
  hint: string | null;
  wanted: Wanted;
  error: string | undefined;
  onChange: (change: Partial<Wanted>) => void;
}) {
  const say = useWords("bank");
  const { codes, code, hint, wanted, error, onChange } = props;
  const choices = useMemo<Choice[]>(
    () => [
      { value: NO_TAX, name: say("noTax") },
      ...[...codes]
        .sort((one, other) => Number(other.code === hint) - Number(one.code === hint))
        .map((one) => ({ value: one.code, code: one.code, name: one.label })),
    ],
    [codes, hint, say],
  );
  const rates = code?.rates ?? [];
  return (
    <>
      <SearchPicker
        label={say("taxCode")}
        choices={choices}
        value={wanted.tax}
        onChange={(tax) => onChange({ tax: tax ?? NO_TAX, rate: null })}
        {...(hint !== null ? { help: say("taxHint", { code: hint }) } : {})}
      />
      {rates.length > 1 && (
        <Select
          label={say("rate")}
          data={rates.map((rate) => ({ value: rate, label: `${rate} %` }))}
          value={wanted.rate ?? rates[0] ?? null}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false, floatingStrategy: "fixed" }}
          onChange={(rate) => onChange({ rate })}
        />
      )}
      {code !== undefined && rates.length === 0 && (
        <TextInput
          label={say("rate")}
          value={wanted.rate ?? ""}
          error={error}
          onChange={(event) => onChange({ rate: event.currentTarget.value.replace(",", ".") })}
        />
      )}
    </>
  );
}

function Counterparty(props: {
  value: string | null;
  account: string;
  error: string | undefined;
  onChange: (code: string | null) => void;
}) {
  const say = useWords("bank");
  const known = useCall("counterparties", {});
  const { account, error } = props;
  const choices = useMemo<Choice[]>(() => {
    const own = (one: { account: string | null }) => Number(one.account === account);
    return [...(known.data ?? [])]
      .sort((one, other) => own(other) - own(one))
      .map((one) => ({ value: one.code, code: one.code, name: one.name }));
  }, [known.data, account]);
  return (
    <SearchPicker
      label={say("counterparty")}
      choices={choices}
      value={props.value}
      onChange={props.onChange}
      clearable
      {...(error ? { error } : {})}
    />
  );
}
