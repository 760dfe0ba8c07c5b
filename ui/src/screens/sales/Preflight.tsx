import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useGo } from "../../frame/place";
import { Loading } from "../../parts/States";
import { useWords } from "../../words";
import { useUnread } from "./NumberInput";
import type { Typed, Unread } from "./draft";
import type { Placed } from "./problems";

/** What still stands between the draft and its number: in sight, each leading to its place. */
export function Preflight(props: {
  found: readonly Placed[] | undefined;
  unread: readonly Unread[];
  typed: Typed;
  focus: (at: { field: string; line?: number | undefined }) => void;
}) {
  const say = useWords("sales");
  const unreadWhy = useUnread();
  const { found, unread, typed, focus } = props;
  if (found === undefined) return <Loading lines={2} />;
  const count = found.length + unread.length;
  const ready = count === 0;
  return (
    <section className="sales-preflight" aria-label={say("preflight")} tabIndex={-1}>
      <p className="row" role="status">
        {ready ? (
          <IconCircleCheck size={17} stroke={1.8} className="green" aria-hidden />
        ) : (
          <IconAlertTriangle size={17} stroke={1.6} className="amber" aria-hidden />
        )}
        <span className="strong">{ready ? say("ready") : say("lacks", { count })}</span>
        <span className="help">{say("numberLast")}</span>
      </p>
      {!ready && (
        <ul>
          {unread.map((one, at) => {
            const number = typed.lines.findIndex((line) => line.id === one.line) + 1;
            return (
              <Item
                key={`unread-${at}`}
                text={say("lineSays", { number, text: unreadWhy(one.field, one.why) })}
                onClick={() => focus(one)}
              />
            );
          })}
          {found.map((one, at) =>
            one.field === "business" ? (
              <Business key={at} text={one.text} hint={one.hint} />
            ) : (
              <Item
                key={at}
                text={one.text}
                hint={one.hint}
                {...(one.field === "none" ? {} : { onClick: () => focus(one) })}
              />
            ),
          )}
        </ul>
      )}
    </section>
  );
}

function Item(props: { text: string; hint?: string; onClick?: () => void }) {
  const say = useWords("sales");
  return (
    <li>
      <span>
        <bdi>{props.text}</bdi> <span className="second">{props.hint}</span>
      </span>
      {props.onClick && (
        <button type="button" className="sales-link" onClick={props.onClick}>
          {say("goThere")}
        </button>
      )}
    </li>
  );
}

function Business(props: { text: string; hint: string }) {
  const say = useWords("sales");
  const go = useGo();
  return (
    <li data-field="business">
      <span>
        <bdi>{props.text}</bdi> <span className="second">{props.hint}</span>
      </span>
      <button
        type="button"
        className="sales-link"
        onClick={() => go("/settings", { tab: "business" })}
      >
        {say("openSettings")}
      </button>
    </li>
  );
}
