import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import type { ConnectionView } from "../../api/generated";
import { useUnsealed } from "../../frame/Passphrase";
import { useWords } from "../../words";
import { Outside } from "./Outside";

/** Asks once: the key is forgotten, what came stays. */
export function Unlink(props: { one: ConnectionView; opened: boolean; close: () => void }) {
  const say = useWords("sources");
  const frame = useWords("frame");
  const run = useUnsealed();
  const [busy, setBusy] = useState(false);
  const { one, opened, close } = props;
  const unlink = async () => {
    setBusy(true);
    const done = say("unlinked", { name: one.name });
    await run("unlink_source", { connection: one.id }, { done });
    setBusy(false);
    close();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={<span className="strong">{say("unlinkTitle", { name: one.name })}</span>}
      closeButtonProps={{ "aria-label": frame("close") }}
    >
      <div className="sources-dialog">
        <p>{say("unlinkText")}</p>
        <p className="green">{say("unlinkStays")}</p>
        <p className="second">{say("unlinkOutside")}</p>
        {one.manage !== null && (
          <p>
            <Outside url={one.manage}>{say("manage")}</Outside>
          </p>
        )}
        <div className="row">
          <Button data-autofocus loading={busy} onClick={() => void unlink()}>
            {say("unlink")}
          </Button>
          <Button variant="default" onClick={close}>
            {say("keep")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
