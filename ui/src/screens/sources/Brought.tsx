import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import type { SyncedAccount, SyncedConnection } from "../../api/generated";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";

/** What the last read of a connection brought, account by account; why it stopped, if it did. */
export function Brought(props: { brought: SyncedConnection; today: string }) {
  const say = useWords("sources");
  const { accounts, remarks, stopped, found } = props.brought;
  const nothing = accounts.length === 0 && stopped === null && found.length === 0;
  return (
    <section aria-label={say("result")}>
      <h3 className="sources-part">{say("result")}</h3>
      <div role="status">
        {stopped !== null && (
          <div className="sources-stopped">
            <p className="red sources-mark">
              <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
              <span>{stopped.message}</span>
            </p>
            <p className="second">{stopped.hint}</p>
            <p className="green sources-mark">
              <IconCheck size={15} stroke={2} aria-hidden /> {say("keptSafe")}
            </p>
          </div>
        )}
        {nothing && <p className="second sources-after">{say("noAccountRead")}</p>}
        {accounts.length > 0 && (
          <ul className="sources-brought">
            {accounts.map((one) => (
              <li key={one.account}>
                <One one={one} today={props.today} />
              </li>
            ))}
          </ul>
        )}
      </div>
      {remarks.length > 0 && (
        <>
          <h4 className="sources-small">{say("remarks")}</h4>
          <ul className="sources-remarks">
            {remarks.map((one, at) => (
              <li key={at}>
                <bdi>{one}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const COUNTS = ["new", "gone", "changed", "held", "pending"] as const;

function One(props: { one: SyncedAccount; today: string }) {
  const say = useWords("sources");
  const language = useLanguage();
  const { one, today } = props;
  const day = (of: string) => dayText(of, language, today);
  const counted = COUNTS.filter((kind) => one[kind] > 0);
  const changed = counted.some((kind) => kind !== "pending");
  return (
    <>
      <div className="sources-account-head">
        <bdi className="strong cut" title={one.name}>
          {one.name}
        </bdi>
        <span className="grow" />
        <span className="help">{say("readSpan", { from: day(one.from), to: day(one.to) })}</span>
      </div>
      {one.unfinished !== null ? (
        <>
          <p className="red">{one.unfinished}</p>
          <p className="green sources-mark">
            <IconCheck size={15} stroke={2} aria-hidden /> {say("nothingChanged")}
          </p>
        </>
      ) : (
        <p>
          {!changed && <span>{say("nothingNew")} </span>}
          {counted.map((kind, at) => (
            <span key={kind} className={kind === "held" || kind === "gone" ? "amber" : undefined}>
              {at > 0 && ", "}
              {say(`count-${kind}`, { count: one[kind] })}
            </span>
          ))}
        </p>
      )}
    </>
  );
}
