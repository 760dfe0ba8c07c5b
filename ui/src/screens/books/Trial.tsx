import { IconCheck } from "@tabler/icons-react";
import { useMemo, useRef, useState } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type {
  AccountChoice,
  BankAccountView,
  BookView,
  TrialBalanceView,
  TrialRowView,
} from "../../api/generated";
import { KeyHint } from "../../frame/Sheet";
import { Amount, type Rule } from "../../parts/Amount";
import { Grid } from "../../parts/Grid";
import { Empty, Failed, Loading } from "../../parts/States";
import { useWords } from "../../words";
import { LedgerList, placeOfPosting } from "./LedgerList";
import { focusOn } from "./focus";
import { knownYear, type Span } from "./period";
import { useLedger } from "./useLedger";

const COLUMNS = "56px minmax(70px, 1fr) repeat(3, minmax(84px, 96px)) minmax(88px, 104px)";
const ROW = 28;
const GROUP = 26;

type Row = { group: string; name: string } | TrialRowView;

/** Each account's sums by class; at the right the ledger of the chosen one. */
export function Trial(props: {
  book: BookView;
  span: Span;
  drafts: boolean;
  account: string | undefined;
  onAccount: (account: string) => void;
  /** Opens an entry of an account in the ledger. */
  onEntry: (account: string, entry: number) => void;
}) {
  const say = useWords("books");
  const found = useCall("trial_balance", { ...props.span, drafts: props.drafts }, { keep: true });
  const accounts = useCall("accounts", {}).data;
  const whole = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () => grouped(found.data?.rows ?? [], accounts ?? []),
    [found.data, accounts],
  );
  const at = rows.findIndex((row) => !("group" in row) && row.account === props.account);
  const selected = at < 0 ? null : at;
  const into = () => focusOn(whole.current, ".books-ledger .grid-pane");
  const inLedger = () =>
    whole.current?.querySelector(".books-ledger")?.contains(document.activeElement) ?? false;
  const open = useRef<() => void>(undefined);
  const none = selected === null ? say("chooseAccountFirst") : undefined;
  const deeper = () => (inLedger() ? open.current?.() : into());
  useAction("openRow", deeper, none);
  useAction("why", deeper, none);

  if (found.error !== null)
    return <Failed error={found.error} again={() => void found.refetch()} />;
  if (found.data === undefined) return <Loading lines={12} />;
  const chosen = selected === null ? undefined : rows[selected];
  return (
    <div ref={whole} className={selected === null ? "books-split alone" : "books-split trial"}>
      <div className="books-pane books-trial">
        <Rows rows={rows} selected={selected} onAccount={props.onAccount} onOpen={into} />
        <Totals totals={found.data} />
      </div>
      {chosen !== undefined && !("group" in chosen) && (
        <AccountPanel {...props} row={chosen} open={open} />
      )}
    </div>
  );
}

function Rows(props: {
  rows: readonly Row[];
  selected: number | null;
  onAccount: (account: string) => void;
  onOpen: () => void;
}) {
  const say = useWords("books");
  const { rows } = props;
  const banks = useCall("bank_accounts", {}).data;
  const proofs = useMemo(() => new Map(banks?.map((one) => [one.account, one])), [banks]);
  const cells = (place: number) => {
    const row = rows[place];
    if (row === undefined) return undefined;
    if ("group" in row) return [<ClassName key="class" group={row.group} name={row.name} />];
    return [
      <span key="code" className="second">
        {row.account}
      </span>,
      <span key="name" className="row">
        <bdi className="cut" title={row.name}>
          {row.name}
        </bdi>
        <BankState bank={proofs.get(row.account)} />
      </span>,
      <Amount
        key="opening"
        minor={row.opening_minor}
        zero="dot"
        className={row.computed ? "books-pencil" : ""}
      />,
      <Amount key="debit" minor={row.debit_minor} zero="dot" />,
      <Amount key="credit" minor={row.credit_minor} zero="dot" />,
      <Amount key="balance" minor={row.balance_minor} zero="dot" className="strong" />,
    ];
  };
  return (
    <Grid
      label={say("trial")}
      count={rows.length}
      columns={COLUMNS}
      head={[
        say("account"),
        say("name"),
        say("opening"),
        say("debit"),
        say("credit"),
        say("closingBalance"),
      ]}
      align={[undefined, undefined, "right", "right", "right", "right"]}
      height={(place) => ("group" in (rows[place] ?? {}) ? GROUP : ROW)}
      keyOf={(place) => keyOf(rows[place])}
      cells={cells}
      rowClass={(place) => ("group" in (rows[place] ?? {}) ? "group" : undefined)}
      idle={(place) => "group" in (rows[place] ?? {})}
      selected={props.selected}
      onSelect={(place) => {
        const row = rows[place];
        if (row !== undefined && !("group" in row)) props.onAccount(row.account);
      }}
      onOpen={props.onOpen}
      focus
      empty={<Empty title={say("noEntries")} />}
    />
  );
}

/** The accounts under their classes. */
function grouped(rows: readonly TrialRowView[], accounts: readonly AccountChoice[]): Row[] {
  const names = new Map(accounts.map((one) => [one.class, one.class_name]));
  const classes = new Map(accounts.map((one) => [one.code, one.class]));
  const all: Row[] = [];
  let last: string | undefined;
  for (const row of rows) {
    const group = classes.get(row.account) ?? row.account.charAt(0);
    if (group !== last) all.push({ group, name: names.get(group) ?? "" });
    last = group;
    all.push(row);
  }
  return all;
}

function keyOf(row: Row | undefined): string {
  if (row === undefined) return "";
  return "group" in row ? `class-${row.group}` : row.account;
}

function ClassName(props: { group: string; name: string }) {
  const say = useWords("books");
  return (
    <span className="books-class">
      <span>{say("class", { number: props.group })}</span>
      <span>{props.name}</span>
    </span>
  );
}

/** What the bank's own balances prove of an account. */
function BankState(props: { bank: BankAccountView | undefined }) {
  const say = useWords("books");
  const { bank } = props;
  if (bank?.proof === "proved") {
    return (
      <span className="green books-mark" title={say("proved")}>
        <IconCheck size={14} stroke={2} aria-label={say("proved")} role="img" />
      </span>
    );
  }
  if (bank?.proof !== "broken" || bank.difference_minor === null) return null;
  return (
    <span className="red books-off">
      {say("off")} <Amount minor={bank.difference_minor} currency={bank.currency} />
    </span>
  );
}

function Totals(props: { totals: TrialBalanceView }) {
  const say = useWords("books");
  const { totals } = props;
  const rule: Rule = totals.debit_minor === totals.credit_minor ? "proved" : "broken";
  const left: Rule =
    totals.closing_debit_minor === totals.closing_credit_minor ? "proved" : "broken";
  return (
    <div
      className="books-total"
      style={{ gridTemplateColumns: COLUMNS }}
      role="group"
      aria-label={say("total")}
    >
      <span />
      <span className="strong">{say("total")}</span>
      <span className="help right">{say("moves")}</span>
      <Amount minor={totals.debit_minor} rule={rule} className="strong" />
      <Amount minor={totals.credit_minor} rule={rule} className="strong" />
      <span title={say("closingBoth")}>
        <Amount minor={totals.closing_debit_minor} rule={left} className="second" />
      </span>
    </div>
  );
}

/** The ledger of the chosen account, newest first. */
function AccountPanel(props: {
  book: BookView;
  span: Span;
  drafts: boolean;
  row: TrialRowView;
  onEntry: (account: string, entry: number) => void;
  open: { current: (() => void) | undefined };
}) {
  const say = useWords("books");
  const { row, book } = props;
  const rows = useLedger(row.account, props.span, props.drafts);
  const [posting, setPosting] = useState<number | null>(null);
  const bank = useCall("bank_accounts", {}).data?.find((one) => one.account === row.account);
  const at = placeOfPosting(rows, posting);
  const line = at === null ? undefined : rows.lineAt(at);
  const open = () => line && props.onEntry(row.account, line.entry);
  props.open.current = open;
  const isProved = bank?.proof === "proved" && bank.proved_balance_minor === row.balance_minor;
  return (
    <div className="books-pane books-ledger">
      <div className="books-ledger-head">
        <div className="grow">
          <h2 className="cut" title={row.name}>
            {row.account} <bdi>{row.name}</bdi>
          </h2>
          <p className="help cut">{say("newestFirst")}</p>
        </div>
        <Amount
          minor={row.balance_minor}
          symbol
          currency={book.currency}
          className="books-figure"
          {...(isProved ? { rule: "proved" as const } : {})}
        />
      </div>
      {rows.error !== null ? (
        <Failed error={rows.error} again={rows.again} />
      ) : rows.pending ? (
        <Loading lines={8} />
      ) : (
        <LedgerList
          label={say("ledgerOf", { account: row.account })}
          rows={rows}
          year={knownYear(props.span)}
          twoSided={false}
          selected={at}
          onSelect={setPosting}
          onOpen={open}
        />
      )}
      <div className="books-ledger-foot">
        <span className="books-pencil">{say("dashed")}</span> {say("legendDraft")}
        <span className="grow" />
        <KeyHint of="why">{say("seeOrigin")}</KeyHint>
      </div>
    </div>
  );
}
