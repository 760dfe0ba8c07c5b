import { Button, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { AccountProof, LineStateView } from "../../api/generated";
import { Feet } from "../../frame/Sheet";
import { usePlace } from "../../frame/place";
import { useDo } from "../../frame/session";
import { Act } from "../../parts/Act";
import { Amount } from "../../parts/Amount";
import { Empty } from "../../parts/States";
import { Tag } from "../../parts/Tag";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { findingsOf, type Finding } from "./findings";
import { leaves } from "./forms";

/** What bank and book do not agree on, and what can be done with each. */
export function Gaps(props: { proofs: readonly AccountProof[]; account: string | null }) {
  const say = useWords("bank");
  const frame = useWords("frame");
  const [, change] = usePlace();
  const { proofs, account } = props;
  const of = account === null ? {} : { account };
  const held = useCall("line_days", { ...of, state: "held" }).data?.count ?? 0;
  const gone = useCall("line_days", { ...of, state: "gone" }).data?.count ?? 0;
  const [waived, setWaived] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<string | null>(null);
  const findings = proofs
    .filter((one) => account === null || one.account === account)
    .flatMap(findingsOf);
  const toLines = (state: LineStateView) => change({ tab: "all", state }, { replace: false });
  if (findings.length === 0 && held === 0 && gone === 0) {
    return (
      <Empty
        title={say("noGap")}
        text={proofs.length === 0 ? say("neverReadText") : say("noGapText")}
        proved={proofs.length > 0}
      >
        <Act of="openFile">{frame("openFile")}</Act>
      </Empty>
    );
  }
  return (
    <>
      <ul className="bank-findings" data-panel tabIndex={-1} aria-label={say("gaps")}>
        {held > 0 && (
          <Counted
            text={say("heldCount", { count: held })}
            hint={say("heldText")}
            open={() => toLines("held")}
          />
        )}
        {findings.map((one) => (
          <Found
            key={one.key}
            finding={one}
            waived={waived.has(one.key)}
            asking={asking === one.key}
            ask={() => setAsking(one.key)}
            close={() => setAsking(null)}
            done={() => setWaived((all) => new Set(all).add(one.key))}
          />
        ))}
        {gone > 0 && (
          <Counted
            text={say("goneCount", { count: gone })}
            hint={say("goneText")}
            open={() => toLines("gone")}
          />
        )}
      </ul>
      <Feet>
        <span className="grow" />
        <Act of="openFile" size="xs" main>
          {frame("openFile")}
        </Act>
      </Feet>
    </>
  );
}

function Counted(props: { text: string; hint: string; open: () => void }) {
  const say = useWords("bank");
  return (
    <li className="bank-finding">
      <div className="row">
        <Tag tone="waits">{props.text}</Tag>
        <span className="grow" />
        <Button size="xs" variant="default" onClick={props.open}>
          {say("seeLines")}
        </Button>
      </div>
      <p className="second">{props.hint}</p>
    </li>
  );
}

const TONES = { broken: "broken", gap: "waits", unproved: "pencil" } as const;

function Found(props: {
  finding: Finding;
  waived: boolean;
  asking: boolean;
  ask: () => void;
  close: () => void;
  done: () => void;
}) {
  const say = useWords("bank");
  const language = useLanguage();
  const [, change] = usePlace();
  const { finding, asking, waived, ask } = props;
  const { kind, proof, from, to, difference_minor, why } = finding;
  const days = { from: dayText(from, language), to: dayText(to, language) };
  const since =
    kind === "broken" && proof.broken_since !== null
      ? say("likelySince", { day: dayText(proof.broken_since, language) })
      : null;
  return (
    <li className="bank-finding">
      <div className="row bank-finding-head">
        <Tag tone={TONES[kind]}>{say(`found-${kind}`)}</Tag>
        <span className="strong">{say("fromTo", days)}</span>
        <bdi className="help cut" title={proof.name}>
          {proof.name}
        </bdi>
        <span className="grow" />
        {difference_minor !== null && (
          <span className="strong">
            <span className="help">{say("difference")} </span>
            <Amount minor={difference_minor} currency={proof.currency} symbol plus />
          </span>
        )}
      </div>
      {(why ?? since) && <p>{[why, since].filter(Boolean).join(" ")}</p>}
      <p className="second">{toDo(finding, say)}</p>
      {waived && (
        <p className="row">
          <Tag tone="plain">{say("waived")}</Tag>
        </p>
      )}
      {asking ? (
        <Waive {...props} />
      ) : (
        <div className="row bank-buttons">
          {kind !== "gap" && (
            <Button
              size="xs"
              variant="default"
              onClick={() =>
                change({ tab: "all", account: proof.account, from, to }, { replace: false })
              }
            >
              {say("seeLines")}
            </Button>
          )}
          {!waived && (
            <Button size="xs" variant="default" onClick={ask}>
              {say("waive")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function toDo(finding: Finding, say: ReturnType<typeof useWords<"bank">>): string {
  if (finding.kind === "gap")
    return say(finding.difference_minor === 0 ? "gapEmptyToDo" : "gapToDo");
  return say(finding.kind === "broken" ? "brokenToDo" : "unprovedToDo");
}

/** Accepts a stretch without proof, for a return or a closing; the reason is kept. */
function Waive(props: { finding: Finding; close: () => void; done: () => void }) {
  const say = useWords("bank");
  const run = useDo();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const { finding, close, done } = props;
  useAction("close", close);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "") return setMissing(true);
    const params = { account: finding.proof.account, from: finding.from, to: finding.to, reason };
    void run("waive_proof", params, { done: say("waivedDone"), undoable: true }).then((answer) => {
      if (answer === null) return;
      done();
      close();
    });
  };
  return (
    <form className="bank-form" onSubmit={submit} onKeyDown={(event) => leaves(event, close)}>
      <p className="help">{say("waiveText")}</p>
      <TextInput
        autoFocus
        label={say("reason")}
        value={reason}
        error={missing ? say("reasonMissing") : undefined}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setMissing(false);
        }}
      />
      <div className="row bank-buttons">
        <Button type="submit" variant="default">
          {say("waive")}
        </Button>
        <Button variant="default" onClick={close}>
          {say("back")}
        </Button>
      </div>
    </form>
  );
}
