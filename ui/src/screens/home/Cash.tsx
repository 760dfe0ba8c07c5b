import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import type { AccountProof, CashView, HomeView } from "../../api/generated";
import { Amount } from "../../parts/Amount";
import { amountText, dayText, longDayText } from "../../parts/format";
import { useLanguage, useWords, type Language, type Say } from "../../words";
import { daysBefore } from "./places";

/** A bank that was not heard for more than so many days is no longer taken for fresh. */
const FRESH_DAYS = 3;

/** How much there is, and how much of it the banks prove. */
export function Cash(props: { home: HomeView; currency: string }) {
  const say = useWords("home");
  const language = useLanguage();
  const { home, currency } = props;
  const text = amountText(home.cash_minor, language, { currency, symbol: true });
  // The decimals are quieter than what stands before them.
  const cents = /[.,]\d+\D*$/.exec(text)?.index ?? text.length;
  const broken = home.accounts.some((one) => one.state === "broken");
  const whole = isProved(home);
  const proved = amountText(home.proved_minor, language, { currency, symbol: true });
  return (
    <div className="home-cash">
      <div className="help">{say("cashToday")}</div>
      <div className="home-figure">
        <span className="num">
          {text.slice(0, cents)}
          <span className="quiet">{text.slice(cents)}</span>
        </span>
        <span className="home-rule" aria-hidden="true">
          <span className="proved" style={{ flexGrow: provedShare(home) }} />
          {!whole && (
            <span
              className={broken ? "rest broken" : "rest"}
              style={{ flexGrow: 1 - provedShare(home) }}
            />
          )}
        </span>
      </div>
      {home.proved_minor === 0 && !whole ? (
        <p className="quiet">{say("nothingProved")}</p>
      ) : (
        <p className="green home-mark">
          <IconCheck size={15} stroke={2} aria-hidden />
          {say(whole ? "wholeProved" : "provedByBanks", { proved })}
        </p>
      )}
    </div>
  );
}

/** Whether banks prove all of it: equal amounts are not enough where an account is not proved. */
export function isProved(home: HomeView): boolean {
  const all = home.accounts.length > 0 && home.accounts.every((one) => one.state === "proved");
  return all && home.proved_minor === home.cash_minor;
}

/** Which part of the rule is double: a measure to see by, never an amount to read. */
function provedShare(home: HomeView): number {
  if (isProved(home)) return 1;
  if (home.cash_minor === 0) return 0;
  const share = home.proved_minor / home.cash_minor;
  // What is not proved to the cent is seen, however little it is.
  return Math.min(Math.max(share, 0), 0.96);
}

/** Each bank account: what it holds and how far that is proved. */
export function Accounts(props: {
  home: HomeView;
  proofs: AccountProof[] | undefined;
  currency: string;
  open: (account: string) => void;
  onFocus: (account: string | null) => void;
}) {
  const say = useWords("home");
  const { home, proofs } = props;
  if (home.accounts.length === 0) return <p className="second home-none">{say("noAccounts")}</p>;
  return (
    <ul className="home-accounts" aria-label={say("accounts")}>
      {home.accounts.map((one) => (
        <li key={one.account}>
          <button
            className="home-account"
            onClick={() => props.open(one.account)}
            onFocus={() => props.onFocus(one.account)}
            onBlur={() => props.onFocus(null)}
          >
            <span className={`home-dot ${one.state}`} aria-hidden />
            <bdi className="cut" title={one.name}>
              {one.name}
            </bdi>
            <State
              one={one}
              today={home.today}
              proof={proofs?.find((proof) => proof.account === one.account)}
            />
            <Amount
              className="home-balance"
              minor={one.balance_minor}
              currency={one.currency}
              symbol={one.currency !== props.currency}
            />
          </button>
        </li>
      ))}
    </ul>
  );
}

function State(props: { one: CashView; today: string; proof: AccountProof | undefined }) {
  const say = useWords("home");
  const language = useLanguage();
  const { one, today, proof } = props;
  const heard = one.stale_days === null ? null : daysBefore(today, one.stale_days);
  if (one.state === "broken") {
    const gap = proof?.difference_minor ?? null;
    const amount =
      gap === null
        ? ""
        : amountText(Math.abs(gap), language, { currency: one.currency, symbol: true });
    const since = proof?.broken_since ?? null;
    const text = gap === null ? say("broken") : say("gapOf", { amount });
    const title =
      since === null ? undefined : say("since", { day: dayText(since, language, today) });
    return (
      <span className="home-state red" title={title}>
        <IconAlertTriangle size={13} stroke={1.8} aria-hidden /> {text}
      </span>
    );
  }
  const stale = heard !== null && (one.stale_days ?? 0) > FRESH_DAYS;
  const about =
    one.proved_to === null
      ? undefined
      : say("provedTo", { day: longDayText(one.proved_to, language) });
  if (stale) {
    return (
      <span className="home-state amber" title={about}>
        {one.state === "proved" && (
          <IconCheck className="green" size={13} stroke={2} aria-label={about} />
        )}
        {say("heardOn", { day: dayText(heard, language, today) })}
      </span>
    );
  }
  if (one.state === "proved") {
    return (
      <span className="home-state" title={about}>
        <IconCheck className="green" size={13} stroke={2} aria-hidden />
        {provedText(say, one.proved_to, today, language)}
      </span>
    );
  }
  return <span className="home-state">{say(heard === null ? "neverHeard" : "unproved")}</span>;
}

function provedText(
  say: Say<"home">,
  to: string | null,
  today: string,
  language: Language,
): string {
  if (to === null) return say("proved");
  if (to === today) return say("provedToday");
  if (to === daysBefore(today, 1)) return say("provedYesterday");
  return say("provedTo", { day: dayText(to, language, today) });
}
