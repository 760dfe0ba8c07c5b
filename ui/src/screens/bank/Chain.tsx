import { useRef, type KeyboardEvent } from "react";
import type { AccountProof, ProofState } from "../../api/generated";
import { dayText, monthText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";

/** Windows drawn at most; older ones stand in their tab. */
const MOST = 24;

interface Link {
  from: string;
  to: string;
  kind: ProofState | "gap";
  why: string;
}

/** Every read of an account as a link: solid where it is proved, dashed where nothing proves it,
 *  red where a balance contradicts, and a hole where no read is. */
export function Chain(props: { proof: AccountProof; onSpan: (from: string, to: string) => void }) {
  const say = useWords("bank");
  const language = useLanguage();
  const list = useRef<HTMLDivElement>(null);
  const links = linksOf(props.proof);
  const first = links[0];
  const last = links.at(-1);
  if (first === undefined || last === undefined) return null;
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const all = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = all.findIndex((one) => one === document.activeElement);
    all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
  };
  return (
    <div className="bank-chain">
      <div className="help">{say("chain")}</div>
      <div
        ref={list}
        className="bank-links"
        role="group"
        aria-label={say("chain")}
        onKeyDown={press}
      >
        {links.map((link, at) => {
          const span = { from: dayText(link.from, language), to: dayText(link.to, language) };
          const why = link.kind === "gap" ? say("noRead") : link.why;
          const title = `${say("span", span)} ${why}`;
          return (
            <button
              key={`${link.from}${at}`}
              className={`bank-link ${link.kind}`}
              title={title}
              aria-label={title}
              tabIndex={at === links.length - 1 ? 0 : -1}
              onClick={() => props.onSpan(link.from, link.to)}
            />
          );
        })}
      </div>
      <div className="row help">
        <span>{monthText(first.from.slice(0, 7), language)}</span>
        <span className="grow" />
        <span>{dayText(last.to, language)}</span>
      </div>
    </div>
  );
}

function linksOf(proof: AccountProof): Link[] {
  const windows = proof.windows.map(({ from, to, verdict, why }) => ({
    from,
    to,
    kind: verdict,
    why,
  }));
  const gaps = proof.gaps.map(({ from, to }) => ({ from, to, kind: "gap" as const, why: "" }));
  const all: Link[] = [...windows, ...gaps];
  return all.sort((one, other) => (one.from < other.from ? -1 : 1)).slice(-MOST);
}
