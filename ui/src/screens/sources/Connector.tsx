import type { KeyboardEvent } from "react";
import type { ConnectorView } from "../../api/generated";
import { useLanguage, useWords } from "../../words";
import { Fact } from "./Account";
import { lacksOf } from "./rows";

/** Where a connector works, whom it asks, how far back, and what it does not give. */
export function ConnectorFacts(props: { one: ConnectorView }) {
  const say = useWords("sources");
  const language = useLanguage();
  const { regions, hosts, history_days: days, lacks } = props.one;
  const names = new Intl.DisplayNames(language, { type: "region" });
  const region = (code: string) => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code);
  const short = lacksOf(lacks).map((one) => say(`short-${one}`));
  return (
    <dl className="sources-facts">
      <Fact name={say("countries")}>{regions.map(region).join(", ")}</Fact>
      <Fact name={say("hosts")}>
        {hosts.map((host) => (
          <div key={host}>
            <bdi>{host}</bdi>
          </div>
        ))}
      </Fact>
      <Fact name={say("history")}>
        {days === null ? say("historyAll") : say("historyDays", { count: days })}
      </Fact>
      <Fact name={say("lacksShort")}>{short.join(", ") || say("lacksNothing")}</Fact>
    </dl>
  );
}

/** Escape leaves, unless something within it took it. */
export function escapes(event: KeyboardEvent, leave: () => void) {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault();
  leave();
}
