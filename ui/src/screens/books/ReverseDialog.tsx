import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import type { EntryView } from "../../api/generated";
import { useDo, useSession } from "../../frame/session";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { numberOf } from "./EntryRow";

/** Asks once: what answers a posted entry is itself posted, and stays. */
export function ReverseDialog(props: {
  entry: EntryView;
  opened: boolean;
  close: () => void;
  onDone: (id: number) => void;
}) {
  const say = useWords("books");
  const language = useLanguage();
  const run = useDo();
  const session = useSession();
  const [busy, setBusy] = useState(false);
  const { entry } = props;
  const reverse = async () => {
    setBusy(true);
    const mirror = await run("reverse_entry", { entry: entry.id });
    setBusy(false);
    props.close();
    if (mirror === null) return;
    session.say({
      text: say("reversed", { number: numberOf(entry), day: dayText(mirror.day, language) }),
    });
    props.onDone(mirror.id);
  };
  return (
    <Modal
      opened={props.opened}
      onClose={props.close}
      title={say("reverseTitle", { number: numberOf(entry) })}
      closeButtonProps={{ "aria-label": say("close") }}
    >
      <div className="books-dialog">
        <p>{say("reverseText")}</p>
        <p className="second">{say("notUndone")}</p>
        <div className="row">
          <Button data-autofocus loading={busy} onClick={() => void reverse()}>
            {say("reverse")}
          </Button>
          <Button variant="default" onClick={props.close}>
            {say("close")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
