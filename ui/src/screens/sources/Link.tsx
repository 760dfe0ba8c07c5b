import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { ConnectionView, Sources } from "../../api/generated";
import { useAction } from "../../actions";
import { Act } from "../../parts/Act";
import { useWords } from "../../words";
import { ConnectorFacts, escapes } from "./Connector";
import { LinkForm } from "./LinkForm";
import { EMPTY, type AllTyped, type Typed } from "./typed";

interface LinkProps {
  sources: Sources;
  typed: AllTyped;
  type: (connector: string, typed: Typed) => void;
  leave: () => void;
  linked: (connection: ConnectionView) => void;
}

/** A bank to link: which, then its key. */
export function Link(props: LinkProps) {
  const { sources, typed } = props;
  const [id, setId] = useState<string | null>(null);
  const connector = sources.connectors.find((one) => one.id === id);
  if (connector === undefined) return <Choose {...props} choose={setId} />;
  return (
    <LinkForm
      connector={connector}
      typed={typed[connector.id] ?? EMPTY}
      type={(one) => props.type(connector.id, one)}
      back={() => setId(null)}
      linked={props.linked}
    />
  );
}

function Choose(props: LinkProps & { choose: (id: string) => void }) {
  const say = useWords("sources");
  const frame = useWords("frame");
  const list = useRef<HTMLUListElement>(null);
  const { sources, leave } = props;
  useEffect(() => list.current?.querySelector("button")?.focus({ preventScroll: true }), []);
  useAction("close", leave);
  return (
    <section
      className="panel sources-panel"
      data-panel
      tabIndex={-1}
      aria-label={say("linkTitle")}
      onKeyDown={(event) => escapes(event, leave)}
    >
      <h2 className="sources-title">{say("linkTitle")}</h2>
      <p className="second">{say("linkText")}</p>
      <ul
        ref={list}
        className="sources-connectors"
        aria-label={say("connectors")}
        onKeyDown={moves}
      >
        {sources.connectors.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className="sources-connector"
              aria-label={say("linkOne", { name: one.name })}
              aria-describedby={`connector-${one.id}`}
              onClick={() => props.choose(one.id)}
            >
              <span className="strong">{one.name}</span>
              <span aria-hidden>→</span>
            </button>
            <div id={`connector-${one.id}`}>
              <ConnectorFacts one={one} />
            </div>
          </li>
        ))}
      </ul>
      <Broken broken={sources.broken} />
      <p className="second">{say("absent")}</p>
      <div className="row sources-acts">
        <Act of="openFile" size="xs">
          {frame("openFile")}
        </Act>
        <Act of="close" size="xs">
          {say("leave")}
        </Act>
      </div>
    </section>
  );
}

/** Arrows go from one connector to the next. */
function moves(event: KeyboardEvent<HTMLUListElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(".sources-connector")];
  const at = all.findIndex((one) => one === document.activeElement);
  event.preventDefault();
  all[at + step]?.focus();
}

/** Connector files of the person's own that cannot be used. */
function Broken(props: { broken: Sources["broken"] }) {
  const say = useWords("sources");
  if (props.broken.length === 0) return null;
  return (
    <section aria-label={say("brokenFiles")}>
      <h3 className="sources-part">{say("brokenFiles")}</h3>
      <ul className="sources-remarks">
        {props.broken.map(([name, why]) => (
          <li key={name}>
            <bdi className="strong">{name}</bdi> <bdi className="second">{why}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
