import { Button, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useAction } from "../../actions";
import { useDo } from "../../frame/session";
import { Cap } from "../../parts/Keys";
import { useWords } from "../../words";
import { Back } from "./Back";
import { leaves } from "./forms";
import type { DetailProps } from "./Detail";
import type { Shown } from "./data";

/** Sets a line aside with its reason; it stays at the bank, and can be brought back. */
export function SetAside(props: { line: Shown; close: () => void } & Pick<DetailProps, "onLeft">) {
  const say = useWords("bank");
  const run = useDo();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const { line, close, onLeft } = props;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (reason.trim() === "") return setMissing(true);
    const done = run(
      "dismiss",
      { lines: [line.id], reason },
      { done: say("dismissed"), undoable: true },
    );
    close();
    onLeft?.(done.then((answer) => answer !== null));
  };
  useAction("close", close);
  return (
    <form className="bank-form" onSubmit={submit} onKeyDown={(event) => leaves(event, close)}>
      <h2>{say("setAsideTitle")}</h2>
      <p className="second">{say("setAsideText")}</p>
      <TextInput
        autoFocus
        label={say("reason")}
        placeholder={say("reasonExample")}
        value={reason}
        error={missing ? say("reasonMissing") : undefined}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setMissing(false);
        }}
      />
      <div className="row bank-buttons">
        <Button type="submit" rightSection={<Cap>↵</Cap>}>
          {say("setAside")}
        </Button>
        <Back onClick={close} />
      </div>
    </form>
  );
}
