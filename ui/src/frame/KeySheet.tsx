import { Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { ACTIONS, GROUPS, type ActionId } from "../actions";
import { Keys } from "../parts/Keys";
import { useWords } from "../words";
import "./keysheet.css";

/** Every action with its key, from the one list. */
export function KeySheet(props: { opened: boolean; close: () => void }) {
  const say = useWords("frame");
  const [wanted, setWanted] = useState("");
  const ids = Object.keys(ACTIONS) as ActionId[];
  const fits = (id: ActionId) => say(id).toLowerCase().includes(wanted.toLowerCase());
  return (
    <Modal
      opened={props.opened}
      onClose={props.close}
      title={say("keys")}
      size={860}
      closeButtonProps={{ "aria-label": say("close") }}
    >
      <TextInput
        aria-label={say("filter")}
        placeholder={say("filter")}
        value={wanted}
        data-autofocus
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <div className="keysheet">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3 className="help">{say(`group-${group}`)}</h3>
            {ids
              .filter((id) => ACTIONS[id].group === group && fits(id))
              .map((id) => (
                <div key={id} className="keysheet-row">
                  <span>{say(id)}</span>
                  <Keys of={id} then={say("then")} />
                </div>
              ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}
