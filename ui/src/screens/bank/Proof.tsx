import { Select } from "@mantine/core";
import type { AccountProof } from "../../api/generated";
import { Amount, type Rule } from "../../parts/Amount";
import { Tag } from "../../parts/Tag";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { Chain } from "./Chain";

/** Chosen where every account is meant. */
const ALL = "*";

/** What the banks prove: of one account the whole sum, of several each one's balance. */
export function Proof(props: {
  proofs: readonly AccountProof[];
  account: string | null;
  today: string | undefined;
  onAccount: (account: string | null) => void;
  onSpan: (account: string, from: string, to: string) => void;
}) {
  const { proofs, account, today, onAccount, onSpan } = props;
  const one =
    proofs.find((proof) => proof.account === account) ??
    (proofs.length === 1 ? proofs[0] : undefined);
  return (
    <div className="bank-proof">
      <Whose proofs={proofs} one={one} onAccount={onAccount} />
      {one ? (
        <>
          <Sum proof={one} today={today} />
          <div className="grow" />
          <Chain proof={one} onSpan={(from, to) => onSpan(one.account, from, to)} />
        </>
      ) : (
        <div className="bank-each">
          {proofs.map((proof) => (
            <button
              key={proof.account}
              className="bank-one"
              onClick={() => onAccount(proof.account)}
            >
              <bdi className="help cut" title={proof.name}>
                {proof.name}
              </bdi>
              <Stated proof={proof} />
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Whose(props: {
  proofs: readonly AccountProof[];
  one: AccountProof | undefined;
  onAccount: (account: string | null) => void;
}) {
  const say = useWords("bank");
  const { proofs, one, onAccount } = props;
  const about =
    one === undefined ? say("accounts", { count: proofs.length }) : (one.iban ?? one.bank ?? "");
  return (
    <div className="bank-whose">
      {proofs.length > 1 ? (
        <Select
          aria-label={say("account")}
          className="bank-choice"
          allowDeselect={false}
          comboboxProps={{ withinPortal: false, width: 260, position: "bottom-start" }}
          data={[
            { value: ALL, label: say("allAccounts") },
            ...proofs.map((proof) => ({ value: proof.account, label: proof.name })),
          ]}
          value={one?.account ?? ALL}
          onChange={(value) => onAccount(value === ALL ? null : value)}
        />
      ) : (
        <bdi className="strong cut" title={one?.name}>
          {one?.name}
        </bdi>
      )}
      <bdi className="help cut" title={about}>
        {hidden(about)}
      </bdi>
    </div>
  );
}

/** An account's number is known by its ends. */
function hidden(iban: string): string {
  const groups = iban.split(" ");
  return groups.length < 4 ? iban : `${groups[0]} ···· ${groups.slice(-2).join("").slice(-4)}`;
}

function ruleOf(proof: AccountProof): Rule {
  return proof.state;
}

/** Opening + lines = closing, as far as it is true. */
function Sum(props: { proof: AccountProof; today: string | undefined }) {
  const say = useWords("bank");
  const language = useLanguage();
  const { proof, today } = props;
  const { equation, currency } = proof;
  const day = (of: string) => dayText(of, language, today);
  return (
    <div className="bank-sum">
      {equation && (
        <>
          <Term name={say("provedOn", { day: day(equation.opening_day) })}>
            <Amount minor={equation.opening_minor} currency={currency} />
          </Term>
          <Sign minor={equation.lines_minor} />
          <Term name={say("lines", { count: equation.lines })}>
            <Amount minor={Math.abs(equation.lines_minor)} currency={currency} />
          </Term>
          <span className="bank-sign">=</span>
          <Term name={say("statedOn", { day: day(equation.closing_day) })}>
            <Amount minor={equation.closing_minor} currency={currency} symbol rule="proved" />
          </Term>
        </>
      )}
      {equation === null && proof.stated_balance_minor === null && (
        <Term name={say("linesAlone", { count: proof.since_proved_count })}>
          <Amount
            minor={proof.since_proved_minor}
            currency={currency}
            symbol
            rule={ruleOf(proof)}
          />
        </Term>
      )}
      {proof.stated_balance_minor !== null &&
        proof.stated_on !== null &&
        proof.stated_on !== equation?.closing_day && (
          <Term name={say("statedOn", { day: day(proof.stated_on) })}>
            <Amount
              minor={proof.stated_balance_minor}
              currency={currency}
              symbol
              rule={ruleOf(proof)}
            />
          </Term>
        )}
      <Verdict proof={proof} day={day} />
    </div>
  );
}

/** The lines' sum is typed with its own sign between the two balances. */
function Sign(props: { minor: number }) {
  return <span className="bank-sign">{props.minor < 0 ? "\u2212" : "+"}</span>;
}

function Term(props: { name: string; children: React.ReactNode }) {
  return (
    <div className="bank-term">
      <div className="help">{props.name}</div>
      <div className="bank-figure">{props.children}</div>
    </div>
  );
}

function Verdict(props: { proof: AccountProof; day: (of: string) => string }) {
  const say = useWords("bank");
  const { proof, day } = props;
  const { difference_minor, broken_since, currency } = proof;
  if (proof.state === "proved") return <Tag tone="proved">{say("proved")}</Tag>;
  if (proof.state === "unproved") return <Tag tone="pencil">{say("unproved")}</Tag>;
  return (
    <Tag tone="broken">
      <span>
        {say("off")}{" "}
        {difference_minor !== null && (
          <Amount minor={difference_minor} currency={currency} symbol />
        )}{" "}
        {broken_since !== null && say("since", { day: day(broken_since) })}
      </span>
    </Tag>
  );
}

/** One balance with what is proved of it. */
function Stated(props: { proof: AccountProof }) {
  const say = useWords("bank");
  const { proof } = props;
  const minor = proof.stated_balance_minor ?? proof.since_proved_minor;
  const word = say(
    proof.state === "proved" ? "proved" : proof.state === "broken" ? "broken" : "unproved",
  );
  return (
    <span className="row">
      <Amount minor={minor} currency={proof.currency} symbol rule={ruleOf(proof)} />
      <span className="unseen">{word}</span>
    </span>
  );
}
