import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState, type FormEvent } from "react";
import { useCall } from "../../api/client";
import type { Failure, MailAccountView } from "../../api/generated";
import { useAskPassphrase, useUnsealed } from "../../frame/Passphrase";
import { Failed, Loading } from "../../parts/States";
import { useWords } from "../../words";
import {
  EMPTY_MAIL,
  accountOf,
  typedMail,
  withTls,
  wrongIn,
  type MailField,
  type TypedMail,
} from "./mail";

/** The account that invoices are sent by. Its password is kept apart, and never shown. */
export function Mail() {
  const found = useCall("mail_account", {}, { keep: true });
  if (found.isError) return <Failed error={found.error} again={() => void found.refetch()} />;
  if (found.data === undefined) return <Loading lines={4} />;
  return <Account view={found.data} />;
}

function Account(props: { view: MailAccountView }) {
  const say = useWords("settings");
  const account = useAccount(props.view);
  const { form, typed, set, saidOf } = account;
  const text = (field: "host" | "port" | "user" | "address" | "name") => ({
    wrapperProps: { "data-field": field },
    autoComplete: "off",
    spellCheck: false,
    maxLength: 254,
    value: typed[field],
    error: field === "name" ? undefined : saidOf(field),
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ ...typed, [field]: event.currentTarget.value }),
  });
  return (
    <form
      ref={form}
      className="settings-mail"
      noValidate
      onSubmit={(event) => void account.save(event)}
    >
      <div className="settings-fields">
        <TextInput label={say("mailHost")} placeholder={say("mailHostExample")} {...text("host")} />
        <div className="settings-encryption">
          <div>
            <div className="settings-label" aria-hidden>
              {say("mailEncryption")}
            </div>
            <SegmentedControl
              aria-label={say("mailEncryption")}
              value={typed.tls ? "tls" : "starttls"}
              data={[
                { value: "tls", label: "TLS" },
                { value: "starttls", label: "STARTTLS" },
              ]}
              onChange={(value) => set(withTls(typed, value === "tls"))}
            />
          </div>
          <TextInput
            className="settings-port"
            label={say("mailPort")}
            inputMode="numeric"
            {...text("port")}
          />
        </div>
        <TextInput label={say("mailUser")} {...text("user")} />
        <Password account={account} view={props.view} />
        <TextInput label={say("mailAddress")} type="email" {...text("address")} />
        <TextInput label={`${say("mailName")} (${say("optional")})`} {...text("name")} />
      </div>
      <Acts account={account} view={props.view} />
    </form>
  );
}

type Typing = ReturnType<typeof useAccount>;

/** What is typed of the account, and how it is kept. */
function useAccount(view: MailAccountView) {
  const say = useWords("settings");
  const run = useUnsealed();
  const form = useRef<HTMLFormElement>(null);
  const kept = useMemo(() => (view.account ? typedMail(view.account) : EMPTY_MAIL), [view.account]);
  const [changed, setChanged] = useState<TypedMail | null>(null);
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<Partial<Record<MailField, string>>>({});
  const [refused, setRefused] = useState<Failure | null>(null);
  const text = JSON.stringify(kept);
  // What was written elsewhere, or undone, is shown again.
  useEffect(() => setChanged(null), [text]);
  const typed = changed ?? kept;
  const set = (next: TypedMail) => {
    setChanged(next);
    setWrong({});
    setRefused(null);
  };
  const focus = (field: MailField) =>
    form.current?.querySelector<HTMLElement>(`[data-field="${field}"] input`)?.focus();
  const sayAt = (field: MailField, sentence: string) => {
    setWrong({ [field]: sentence });
    focus(field);
  };
  const noted = (failure: Failure) => {
    const sentence = `${failure.message} ${failure.hint}`;
    if (failure.code === "bad-email") return sayAt("address", sentence);
    if (failure.code === "bad-mail-host") return sayAt("host", sentence);
    setRefused(failure);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setRefused(null);
    const fields = wrongIn(typed);
    setWrong(Object.fromEntries(fields.map((field) => [field, say(`wrongMail-${field}`)])));
    if (fields[0] !== undefined) return focus(fields[0]);
    const asked = { account: accountOf(typed), ...(password === "" ? {} : { password }) };
    const told = { done: say("mailKept"), undoable: true, refused: noted };
    if ((await run("set_mail_account", asked, told)) === null) return;
    setPassword("");
    setChanged(null);
  };
  const isChanged = password !== "" || JSON.stringify(typed) !== text;
  const saidOf = (field: MailField) => wrong[field];
  const type = (words: string) => {
    setPassword(words);
    setRefused(null);
  };
  return { form, typed, set, password, type, saidOf, refused, save, isChanged };
}

/** Never shown: only whether it is kept. What is typed takes its place. */
function Password(props: { account: Typing; view: MailAccountView }) {
  const say = useWords("settings");
  const ask = useAskPassphrase();
  const { account, view } = props;
  return (
    <div>
      <TextInput
        label={say("mailPassword")}
        type="password"
        autoComplete="new-password"
        maxLength={1000}
        placeholder={view.has_password ? say("inKeychain") : ""}
        value={account.password}
        rightSection={
          view.has_password && account.password === "" ? (
            <IconCheck size={15} stroke={2} className="green" aria-hidden />
          ) : undefined
        }
        onChange={(event) => account.type(event.currentTarget.value)}
      />
      <div className="settings-secret help">
        {say(view.sealed ? "passwordSealed" : view.has_password ? "passwordKept" : "passwordNew")}
        {view.sealed && (
          <Button size="xs" variant="default" onClick={() => void ask()}>
            {say("unseal")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Acts(props: { account: Typing; view: MailAccountView }) {
  const say = useWords("settings");
  const run = useUnsealed();
  const { account, view } = props;
  const [answer, setAnswer] = useState<Failure | "good" | null>(null);
  const isKept = view.account !== null && !account.isChanged;
  // What was answered of another account says nothing of this one.
  useEffect(() => setAnswer(null), [view.account, account.isChanged]);
  const test = async () => {
    setAnswer(null);
    const told = { title: say("mailTrying"), refused: setAnswer };
    if ((await run("test_mail", {}, told)) !== null) setAnswer("good");
  };
  return (
    <>
      <div className="row">
        <Button type="submit" variant="default">
          {say("mailKeep")}
        </Button>
        <Button variant="default" disabled={!isKept} onClick={() => void test()}>
          {say("mailTry")}
        </Button>
        {!isKept && <span className="help">{say("mailKeepFirst")}</span>}
      </div>
      <div role="status">
        {answer === "good" && (
          <p className="settings-good">
            <IconCheck size={15} stroke={2} aria-hidden />
            <span>{say("mailAnswered")}</span>
          </p>
        )}
      </div>
      <Refusal of={account.refused} />
      <Refusal of={answer === "good" ? null : answer} />
    </>
  );
}

function Refusal(props: { of: Failure | null }) {
  if (props.of === null) return null;
  return (
    <p className="settings-bad" role="alert">
      <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
      <bdi>
        {props.of.message} {props.of.hint}
      </bdi>
    </p>
  );
}
