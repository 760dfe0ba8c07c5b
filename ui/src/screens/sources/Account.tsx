import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import type { AccountProof, SourceAccount } from "../../api/generated";
import { useGo } from "../../frame/place";
import { Amount } from "../../parts/Amount";
import { Tag } from "../../parts/Tag";
import { amountText, dayText, longDayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { formatsText, isStale } from "./rows";

/** A line of facts: its name, then what is known. */
export function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="help">{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

interface AccountProps {
  account: SourceAccount;
  proof: AccountProof | undefined;
  today: string;
  /** Whether a connection feeds it. */
  live?: boolean;
}

/** An account: what its bank says and when, how far that is proved, what is only announced. */
export function Account(props: AccountProps) {
  const say = useWords("sources");
  const go = useGo();
  const { account } = props;
  const { name } = account;
  return (
    <section className="sources-account" aria-label={name}>
      <div className="sources-account-head">
        <h3 className="cut" title={name}>
          <bdi>{name}</bdi>
        </h3>
        <span className="quiet">{account.account}</span>
        <span className="grow" />
        <Button
          size="xs"
          variant="default"
          className="sources-see"
          aria-label={say("seeBankOf", { name })}
          onClick={() => go("/bank", { account: account.account })}
        >
          {say("seeBank")}
        </Button>
      </div>
      <AccountFacts {...props} />
    </section>
  );
}

/** What is known of an account. */
export function AccountFacts(props: AccountProps) {
  const say = useWords("sources");
  const language = useLanguage();
  const { account, today } = props;
  const day = (of: string) => dayText(of, language, today);
  const { bank_minor: bank, bank_day: on, last_day: last, currency } = account;
  const formats = [props.live === true && say("byConnection"), formatsText(account.formats)];
  return (
    <dl className="sources-facts">
      <Fact name={say("bankSays")}>
        {bank === null ? (
          <span className="quiet">{say("nothingSaid")}</span>
        ) : (
          <>
            <Amount
              className="strong"
              minor={bank}
              currency={currency}
              symbol
              rule={account.state}
            />
            {on !== null && <span className="help"> {say("saidOn", { day: day(on) })}</span>}
          </>
        )}
      </Fact>
      <Proved {...props} />
      <Fact name={say("lastDay")}>
        {last === null ? (
          <span className="quiet">{say("neverRead")}</span>
        ) : (
          <span
            className={isStale(account) ? "amber" : undefined}
            title={longDayText(last, language)}
          >
            {isStale(account) ? say("staleTo", { day: day(last) }) : day(last)}
          </span>
        )}
      </Fact>
      <Fact name={say("pending")}>
        <Pending account={account} />
      </Fact>
      <Fact name={say("formats")}>
        {formats.filter(Boolean).join(", ") || <span className="quiet">{say("nothing")}</span>}
      </Fact>
    </dl>
  );
}

/** How far the balance is proved; or by how much it is off, and since when. */
function Proved(props: AccountProps) {
  const say = useWords("sources");
  const language = useLanguage();
  const { account, proof, today } = props;
  const { state, difference_minor: gap, currency } = account;
  const to = proof?.proved_to ?? null;
  const since = proof?.broken_since ?? null;
  const provedTo = to === null ? null : say("provedTo", { day: dayText(to, language, today) });
  if (state === "broken") {
    const off =
      gap === null ? say("broken") : <Amount minor={gap} currency={currency} symbol plus />;
    return (
      <Fact name={say("difference")}>
        <Tag tone="broken">
          <span>
            {off} {since !== null && say("since", { day: dayText(since, language, today) })}
          </span>
        </Tag>
        {provedTo !== null && <div className="help">{provedTo}</div>}
      </Fact>
    );
  }
  return (
    <Fact name={say("state")}>
      {state === "proved" ? (
        <Tag tone="proved">{provedTo ?? say("proved")}</Tag>
      ) : (
        <>
          <Tag tone="pencil">{say("unproved")}</Tag>
          <div className="help">{provedTo ?? say("provedNever")}</div>
        </>
      )}
    </Fact>
  );
}

/** What the bank announces stands apart: it is in no sum. */
function Pending(props: { account: SourceAccount }) {
  const say = useWords("sources");
  const language = useLanguage();
  const [count, minor] = props.account.pending;
  if (count === 0) return <span className="quiet">{say("nothing")}</span>;
  const amount = amountText(minor, language, {
    currency: props.account.currency,
    symbol: true,
    plus: true,
  });
  return <span className="num sources-pending">{say("pendingOf", { count, amount })}</span>;
}
