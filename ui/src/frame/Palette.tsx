import { Modal, TextInput } from "@mantine/core";
import { useMemo, useState, type KeyboardEvent } from "react";
import { ACTIONS, useHandlers, type ActionId } from "../actions";
import { useCall } from "../api/client";
import { Keys } from "../parts/Keys";
import { useWords } from "../words";
import { useGo } from "./place";
import "./palette.css";

interface Found {
  key: string;
  label: string;
  about?: string;
  action?: ActionId;
  disabled?: string | undefined;
  run: () => void;
}

/** Rows shown of each kind. */
const MOST = 8;

/** One field for everything: actions with their keys, and accounts of the book. */
export function Palette(props: { opened: boolean; close: () => void }) {
  const say = useWords("frame");
  return (
    <Modal
      opened={props.opened}
      onClose={props.close}
      withCloseButton={false}
      size={640}
      padding={0}
      yOffset={76}
      title={undefined}
      attributes={{ content: { "aria-label": say("palette") } }}
    >
      {props.opened && <Field close={props.close} />}
    </Modal>
  );
}

function Field(props: { close: () => void }) {
  const say = useWords("frame");
  const [wanted, setWanted] = useState("");
  const [chosen, setChosen] = useState(0);
  const found = useFound(wanted);
  const at = Math.min(chosen, found.length - 1);
  const run = (one: Found | undefined) => {
    if (one === undefined || one.disabled !== undefined) return;
    props.close();
    one.run();
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setChosen((at + step + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") run(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <div className="palette" onKeyDown={press}>
      <TextInput
        variant="unstyled"
        className="palette-field"
        aria-label={say("searchOrDo")}
        placeholder={say("searchOrDo")}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={found[at] ? `palette-${at}` : undefined}
        value={wanted}
        data-autofocus
        autoFocus
        onChange={(event) => {
          setWanted(event.currentTarget.value);
          setChosen(0);
        }}
      />
      <div id="palette-list" role="listbox" aria-label={say("palette")} className="palette-list">
        {found.map((one, place) => (
          <div
            key={one.key}
            id={`palette-${place}`}
            role="option"
            aria-selected={place === at}
            aria-disabled={one.disabled !== undefined}
            className={place === at ? "palette-row chosen" : "palette-row"}
            onMouseMove={() => setChosen(place)}
            onClick={() => run(one)}
          >
            <span className={one.disabled === undefined ? "strong" : "quiet"}>{one.label}</span>
            <span className="help cut grow">{one.disabled ?? one.about}</span>
            {one.action && <Keys of={one.action} then={say("then")} />}
          </div>
        ))}
        {found.length === 0 && <div className="palette-row quiet">{say("nothingFound")}</div>}
      </div>
    </div>
  );
}

/** What fits the words: `>` only actions, `#` only accounts. */
function useFound(text: string): Found[] {
  const say = useWords("frame");
  const go = useGo();
  const handlers = useHandlers();
  const accounts = useCall("accounts", {});
  const kind = text.charAt(0);
  const wanted = (kind === ">" || kind === "#" ? text.slice(1) : text).trim().toLowerCase();
  const known = accounts.data;
  return useMemo(() => {
    const found: Found[] = [];
    if (kind !== "#") {
      for (const id of Object.keys(ACTIONS) as ActionId[]) {
        if (id === "palette" || id === "close" || !say(id).toLowerCase().includes(wanted)) continue;
        const handler = handlers(id);
        const disabled = handler === undefined ? say("notHere") : handler.disabled;
        found.push({ key: id, label: say(id), action: id, disabled, run: () => handler?.run() });
      }
      found.sort(
        (one, other) => Number(one.disabled !== undefined) - Number(other.disabled !== undefined),
      );
    }
    if (kind !== ">" && wanted !== "") {
      const fits = (known ?? []).filter(
        (one) => one.used && `${one.code} ${one.name}`.toLowerCase().includes(wanted),
      );
      for (const one of fits.slice(0, MOST)) {
        const run = () => go("/books", { tab: "ledger", account: one.code });
        found.push({ key: one.code, label: one.code, about: one.name, run });
      }
    }
    return found;
  }, [kind, wanted, known, handlers, say, go]);
}
