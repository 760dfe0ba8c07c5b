import { TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useAction } from "../../actions";
import type { AskView, ConnectionView, ConnectorView, Failure } from "../../api/generated";
import { useUnsealed } from "../../frame/Passphrase";
import { Act } from "../../parts/Act";
import { useWords } from "../../words";
import { ConnectorFacts, escapes } from "./Connector";
import { Outside } from "./Outside";
import { missingIn, requestOf, type Typed } from "./typed";

interface FormProps {
  connector: ConnectorView;
  typed: Typed;
  type: (typed: Typed) => void;
  back: () => void;
  linked: (connection: ConnectionView) => void;
}

/** What a connector asks for, as fields; a secret is never shown. */
export function LinkForm(props: FormProps) {
  const say = useWords("sources");
  const { connector, typed, type, back } = props;
  const linking = useLinking(props);
  const { form, wrong, refused, busy } = linking;
  useAction("close", back);
  return (
    <form
      ref={form}
      className="panel sources-panel sources-form"
      data-panel
      tabIndex={-1}
      noValidate
      aria-label={say("linkOne", { name: connector.name })}
      onKeyDown={(event) => escapes(event, back)}
      onSubmit={(event) => {
        event.preventDefault();
        void linking.link();
      }}
    >
      <h2 className="sources-title">{say("linkOne", { name: connector.name })}</h2>
      {connector.asks.map((ask) => (
        <Asked
          key={ask.id}
          ask={ask}
          value={typed.answers[ask.id] ?? ""}
          error={wrong.includes(ask.id) ? say("giveIt", { hint: ask.hint }) : undefined}
          change={(text) => linking.change(ask.id, text)}
        />
      ))}
      <TextInput
        label={say("nameField")}
        placeholder={connector.name}
        autoComplete="off"
        maxLength={200}
        value={typed.name}
        onChange={(event) => type({ ...typed, name: event.currentTarget.value })}
      />
      {refused !== null && (
        <div role="alert">
          <p className="red">
            {refused.message} {refused.hint}
          </p>
          <p className="green sources-mark">
            <IconCheck size={15} stroke={2} aria-hidden /> {say("notLinked")}
          </p>
        </div>
      )}
      <div className="row sources-acts">
        <Act of="linkNow" main loading={busy}>
          {say("link")}
        </Act>
        <Act of="close">{say("otherBank")}</Act>
        {/* Enter in a field links too. */}
        <button type="submit" hidden />
      </div>
      <p className="help">{say("linkHelp")}</p>
      <p>
        <Outside url={connector.docs}>{say("docs")}</Outside>
      </p>
      <ConnectorFacts one={connector} />
    </form>
  );
}

function Asked(props: {
  ask: AskView;
  value: string;
  error: string | undefined;
  change: (text: string) => void;
}) {
  const { ask, value, error, change } = props;
  return (
    <TextInput
      wrapperProps={{ "data-field": ask.id }}
      label={ask.name}
      description={error === undefined ? ask.hint : undefined}
      inputWrapperOrder={["label", "input", "description", "error"]}
      type={ask.secret ? "password" : "text"}
      autoComplete={ask.secret ? "new-password" : "off"}
      spellCheck={false}
      value={value}
      error={error}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

/** What is missing, what the bank refused, and how it is linked. */
function useLinking(props: FormProps) {
  const say = useWords("sources");
  const run = useUnsealed();
  const form = useRef<HTMLFormElement>(null);
  const [wrong, setWrong] = useState<string[]>([]);
  const [refused, setRefused] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const { connector, typed, type } = props;
  const focus = (id: string | undefined) =>
    form.current?.querySelector<HTMLElement>(`[data-field="${id}"] input`)?.focus();
  useEffect(() => focus(connector.asks[0]?.id), [connector]);
  const change = (id: string, text: string) => {
    type({ ...typed, answers: { ...typed.answers, [id]: text } });
    setWrong((all) => all.filter((one) => one !== id));
    setRefused(null);
  };
  const link = async () => {
    if (busy) return;
    setRefused(null);
    const missing = missingIn(connector, typed).map((ask) => ask.id);
    setWrong(missing);
    if (missing.length > 0) return focus(missing[0]);
    setBusy(true);
    const asked = requestOf(connector, typed);
    const name = asked.name ?? connector.name;
    const told = {
      title: say("linking", { name }),
      done: say("linked", { name }),
      refused: setRefused,
    };
    const connection = await run("link_source", asked, told);
    setBusy(false);
    if (connection !== null) props.linked(connection);
  };
  useAction("linkNow", () => void link());
  return { form, wrong, refused, busy, change, link };
}
