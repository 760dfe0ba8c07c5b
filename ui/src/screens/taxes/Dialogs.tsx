import { Button, Modal } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import type { ReturnView } from "../../api/generated";
import { DayInput } from "../../parts/DayInput";
import { LinesBox } from "../../parts/EntryBox";
import { Keys } from "../../parts/Keys";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { spanOf } from "./periods";

export type Asked = "make" | "file" | "withdraw";

interface Asking {
  title: string;
  opened: boolean;
  close: () => void;
}

function Dialog(props: Asking & { children: ReactNode }) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.close}
      size={560}
      withCloseButton={false}
      attributes={{ content: { "aria-label": props.title } }}
    >
      <h2 className="taxes-title">{props.title}</h2>
      {props.opened && props.children}
    </Modal>
  );
}

/** What making does, before it is done. */
export function MakeDialog(
  props: Asking & { shown: ReturnView; currency: string; run: () => void },
) {
  const say = useWords("taxes");
  const language = useLanguage();
  const { shown, currency } = props;
  const last = dayText(spanOf(shown.period)?.last ?? shown.period, language);
  return (
    <Dialog {...props}>
      <ul className="taxes-does">
        <li>{say("doesPost", { day: last })}</li>
        <li>{say("doesTake")}</li>
        <li>{say(shown.settlement.length === 0 ? "doesNotSettle" : "doesSettle")}</li>
        <li>{say("doesDraw")}</li>
      </ul>
      {shown.settlement.length > 0 && <Settlement shown={shown} currency={currency} />}
      <p className="help">{say("canWithdraw")}</p>
      <div className="row taxes-answers">
        <Button data-autofocus onClick={props.run} rightSection={<Keys of="makeReturn" />}>
          {say("make")}
        </Button>
        <Button variant="default" onClick={props.close}>
          {say("renounce")}
        </Button>
      </div>
    </Dialog>
  );
}

/** The settlement entry as it will be. */
function Settlement(props: { shown: ReturnView; currency: string }) {
  const say = useWords("taxes");
  const lines = props.shown.settlement.map((line) => ({ ...line, name: line.label }));
  return <LinesBox lines={lines} pencil currency={props.currency} label={say("settlement")} />;
}

/** The day it was filed; from then on it stays. */
export function FileDialog(props: Asking & { today: string; run: (day: string) => void }) {
  return (
    <Dialog {...props}>
      <FileForm {...props} />
    </Dialog>
  );
}

function FileForm(props: Asking & { today: string; run: (day: string) => void }) {
  const say = useWords("taxes");
  const [day, setDay] = useState<string | null>(props.today);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // A field that says it was not understood holds no day.
    if (event.currentTarget.querySelector('[aria-invalid="true"]') === null && day !== null)
      props.run(day);
  };
  return (
    <form onSubmit={submit}>
      <p className="second taxes-said">{say("fileHow")}</p>
      <DayInput label={say("filingDay")} value={day} today={props.today} onChange={setDay} />
      <p className="taxes-said">{say("fileFreezes")}</p>
      <div className="row taxes-answers">
        <Button type="submit">{say("fileIt")}</Button>
        <Button variant="default" onClick={props.close}>
          {say("renounce")}
        </Button>
      </div>
    </form>
  );
}

export function WithdrawDialog(props: Asking & { run: () => void }) {
  const say = useWords("taxes");
  return (
    <Dialog {...props}>
      <p className="taxes-said">{say("withdrawDoes")}</p>
      <div className="row taxes-answers">
        <Button data-autofocus onClick={props.run}>
          {say("withdrawIt")}
        </Button>
        <Button variant="default" onClick={props.close}>
          {say("renounce")}
        </Button>
      </div>
    </Dialog>
  );
}
