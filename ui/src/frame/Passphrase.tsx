import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import {
  createContext,
  useCallback,
  useContext,
  useRef,
  useState,
  type FormEvent,
  type ReactNode,
} from "react";
import type { CallName, Params, Result } from "../api/client";
import type { Failure } from "../api/generated";
import { Cap } from "../parts/Keys";
import { useWords } from "../words";
import { useDo, useSession, type Told } from "./session";
import "./passphrase.css";

/** The engine's code for: give the passphrase first. */
const SEALED = "secrets-sealed";

const Asking = createContext<(() => Promise<boolean>) | null>(null);

/** Lets everything below ask for the passphrase of the sealed file. */
export function PassphraseProvider(props: { children: ReactNode }) {
  const [asked, setAsked] = useState(false);
  // Two acts that fail at once are answered by one passphrase.
  const waiting = useRef<((given: boolean) => void)[]>([]);
  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        waiting.current.push(resolve);
        setAsked(true);
      }),
    [],
  );
  const answer = (given: boolean) => {
    setAsked(false);
    for (const resolve of waiting.current.splice(0)) resolve(given);
  };
  return (
    <Asking.Provider value={ask}>
      {props.children}
      <Dialog opened={asked} answer={answer} />
    </Asking.Provider>
  );
}

/** Asks for the passphrase; true once the sealed file is open, false where the person gave up. */
export function useAskPassphrase(): () => Promise<boolean> {
  const ask = useContext(Asking);
  if (ask === null) throw new Error("no passphrase");
  return ask;
}

/** Does what `useDo` does. Where it fails because the secrets are sealed, the passphrase is asked
 *  for, and it is done again once it was given. */
export function useUnsealed() {
  const run = useDo();
  const ask = useAskPassphrase();
  const session = useSession();
  return useCallback(
    async <N extends CallName>(
      name: N,
      params: Params<N>,
      told: Told<Result<N>> = {},
    ): Promise<Result<N> | null> => {
      const refused = (failure: Failure) => {
        if (told.refused !== undefined) return told.refused(failure);
        session.say({ text: failure.message, hint: failure.hint, failed: true });
      };
      let isSealed = false;
      const noted = (failure: Failure) => {
        isSealed = failure.code === SEALED;
        if (!isSealed) refused(failure);
      };
      const done = await run(name, params, { ...told, refused: noted });
      if (!isSealed || !(await ask())) return done;
      return run(name, params, { ...told, refused });
    },
    [run, ask, session],
  );
}

function Dialog(props: { opened: boolean; answer: (given: boolean) => void }) {
  const say = useWords("frame");
  return (
    <Modal
      opened={props.opened}
      onClose={() => props.answer(false)}
      title={<span className="strong">{say("passphraseTitle")}</span>}
      closeButtonProps={{ "aria-label": say("close") }}
    >
      {props.opened && <Asked answer={props.answer} />}
    </Modal>
  );
}

function Asked(props: { answer: (given: boolean) => void }) {
  const say = useWords("frame");
  const given = useGiven(props.answer);
  const { text, wrong, busy } = given;
  const [shown, setShown] = useState(false);
  return (
    <form className="passphrase" noValidate onSubmit={(event) => void given.submit(event)}>
      <p>{say("passphraseFor")}</p>
      <p className="second">{say("passphraseFirst")}</p>
      <TextInput
        data-autofocus
        label={say("passphrase")}
        type={shown ? "text" : "password"}
        autoComplete="off"
        spellCheck={false}
        value={text}
        error={wrong}
        onChange={(event) => given.type(event.currentTarget.value)}
      />
      <Checkbox
        size="xs"
        radius="xs"
        label={say("passphraseShow")}
        checked={shown}
        onChange={(event) => setShown(event.currentTarget.checked)}
      />
      <div className="row">
        <Button type="submit" loading={busy} rightSection={<Cap>↵</Cap>}>
          {say("passphraseOpen")}
        </Button>
        <Button variant="default" onClick={() => props.answer(false)}>
          {say("giveUp")}
        </Button>
      </div>
    </form>
  );
}

/** What is typed, and what the engine says of it. */
function useGiven(answer: (given: boolean) => void) {
  const say = useWords("frame");
  const run = useDo();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const refused = (failure: Failure) => setWrong(`${failure.message} ${failure.hint}`);
  const type = (typed: string) => {
    setText(typed);
    setWrong(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (text === "") return setWrong(say("passphraseEmpty"));
    setBusy(true);
    const done = await run("unseal_secrets", { passphrase: text }, { refused });
    setBusy(false);
    if (done !== null) answer(true);
  };
  return { text, wrong, busy, type, submit };
}
