import { Button, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useRef, useState, type FormEvent } from "react";
import { useCall } from "../../api/client";
import type { BankAccountView, Failure } from "../../api/generated";
import { useDo } from "../../frame/session";
import { Failed, Loading } from "../../parts/States";
import { Tag } from "../../parts/Tag";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";

/** The bank accounts of the book, and a new one. */
export function Banks() {
  const say = useWords("settings");
  const accounts = useCall("bank_accounts", {});
  if (accounts.isError) {
    return <Failed error={accounts.error} again={() => void accounts.refetch()} />;
  }
  if (accounts.data === undefined) return <Loading lines={3} />;
  return (
    <>
      {accounts.data.length === 0 ? (
        <p className="second">{say("noAccounts")}</p>
      ) : (
        <ul className="settings-rows" aria-label={say("section-banks")}>
          {accounts.data.map((one) => (
            <Account key={one.id} account={one} />
          ))}
        </ul>
      )}
      <NewAccount />
    </>
  );
}

function Account(props: { account: BankAccountView }) {
  const say = useWords("settings");
  const language = useLanguage();
  const { account, name, currency, lines, heard, proof, names } = props.account;
  const iban = names.find(([scheme]) => scheme.toLowerCase() === "iban")?.[1];
  const proved = props.account.proved_to;
  return (
    <li>
      <span className="quiet">{account}</span>
      <span className="settings-account">
        <bdi className="strong cut" title={name}>
          {name}
        </bdi>
        <span className="help">
          {iban !== undefined && (
            <>
              <bdi>{iban}</bdi>,{" "}
            </>
          )}
          {say("lines", { count: lines })}, {currency}
          {heard !== null && `, ${say("heardTo", { day: dayText(heard[1], language) })}`}
        </span>
      </span>
      <span>
        {proof === "proved" && (
          <Tag tone="proved">
            {proved === null ? say("proved") : say("provedTo", { day: dayText(proved, language) })}
          </Tag>
        )}
        {proof === "broken" && <Tag tone="broken">{say("broken")}</Tag>}
        {proof === "unproved" && <Tag tone="pencil">{say("unproved")}</Tag>}
      </span>
    </li>
  );
}

/** What is typed of a new account, and how it is opened: a wrong field first gets the focus. */
function useNewAccount() {
  const say = useWords("settings");
  const run = useDo();
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState("");
  const [iban, setIban] = useState("");
  const [left, setLeft] = useState(false);
  const [asked, setAsked] = useState(false);
  const [refused, setRefused] = useState<Failure | null>(null);
  const given = iban.trim() !== "";
  const number = useCall("check_iban", { text: iban }, { enabled: given });
  const focus = (place: number) => form.current?.querySelectorAll("input")[place]?.focus();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    setLeft(true);
    setRefused(null);
    // Who types fast has not been answered yet.
    const check = number.isFetching ? (await number.refetch()).data : number.data;
    if (name.trim() === "") return focus(0);
    if (given && check?.valid === false) return focus(1);
    const asks = { name: name.trim(), ...(given ? { iban: iban.trim() } : {}) };
    const done = say("accountOpened", { name: name.trim() });
    const told = { done, undoable: true, refused: setRefused };
    if ((await run("open_bank_account", asks, told)) === null) return;
    setName("");
    setIban("");
    setAsked(false);
    setLeft(false);
    focus(0);
  };
  const check = number.data;
  const faults = {
    name: asked && name.trim() === "" ? say("accountNameMissing") : undefined,
    iban: left && given && check?.valid === false ? say("ibanWrong") : undefined,
  };
  return { form, name, setName, iban, setIban, setLeft, check, faults, refused, submit };
}

/** Fields of a new account: its name, and the IBAN by which statements will find it. */
function NewAccount() {
  const say = useWords("settings");
  const account = useNewAccount();
  const { form, name, iban, check, faults, refused } = account;
  return (
    <form
      ref={form}
      className="settings-line"
      noValidate
      onSubmit={(event) => void account.submit(event)}
    >
      <TextInput
        label={say("accountName")}
        value={name}
        maxLength={200}
        autoComplete="off"
        error={faults.name}
        onChange={(event) => account.setName(event.currentTarget.value)}
      />
      <TextInput
        label={`${say("iban")} (${say("optional")})`}
        value={iban}
        autoComplete="off"
        className="settings-iban"
        error={faults.iban}
        rightSection={
          check?.valid ? (
            <IconCheck size={15} stroke={2} className="green" aria-hidden />
          ) : undefined
        }
        onChange={(event) => {
          account.setIban(event.currentTarget.value);
          account.setLeft(false);
        }}
        onBlur={() => {
          account.setLeft(true);
          if (check?.valid) account.setIban(check.formatted);
        }}
      />
      <Button type="submit" variant="default">
        {say("openAccount")}
      </Button>
      {refused && (
        <p className="red help" role="alert">
          {refused.message} {refused.hint}
        </p>
      )}
    </form>
  );
}
