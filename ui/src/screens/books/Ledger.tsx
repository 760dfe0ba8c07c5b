import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { BookView } from "../../api/generated";
import { Feet, KeyHint } from "../../frame/Sheet";
import { AccountPicker } from "../../parts/AccountPicker";
import { Amount } from "../../parts/Amount";
import { Empty, Failed, Loading } from "../../parts/States";
import { useWords } from "../../words";
import { LedgerList, placeOfEntry, placeOfPosting } from "./LedgerList";
import { focusOn, focusOnList } from "./focus";
import { knownYear, type Span } from "./period";
import { useLedger, type LedgerRows } from "./useLedger";

/** One account in whole: the general ledger. */
export function Ledger(props: {
  book: BookView;
  span: Span;
  drafts: boolean;
  account: string | undefined;
  onAccount: (account: string) => void;
  id: number | undefined;
  onId: (id: number | undefined) => void;
  panel: ReactNode;
  wide: boolean;
}) {
  const say = useWords("books");
  const { account } = props;
  const accounts = useCall("accounts", {});
  const used = useMemo(() => accounts.data?.filter((one) => one.used) ?? [], [accounts.data]);
  const rows = useLedger(account, props.span, props.drafts);
  const name = used.find((one) => one.code === account)?.name ?? rows.view?.name ?? "";
  if (accounts.error !== null) {
    return <Failed error={accounts.error} again={() => void accounts.refetch()} />;
  }
  if (accounts.data !== undefined && used.length === 0) {
    return <Empty title={say("noEntries")} text={say("noEntriesYet")} />;
  }
  return (
    <>
      <div className="books-account">
        <AccountPicker
          label={say("account")}
          accounts={used}
          value={account ?? null}
          autoFocus={account === undefined && accounts.data !== undefined}
          onChange={(code) => {
            if (code === null) return;
            props.onAccount(code);
            focusOnList();
          }}
        />
        <span className="grow" />
        {rows.view !== undefined && (
          <div className="right">
            <div className="help cut" title={name}>
              {say("closingBalance")}
            </div>
            <Amount
              minor={rows.view.closing_minor}
              symbol
              currency={props.book.currency}
              className="books-figure"
            />
          </div>
        )}
      </div>
      {account === undefined ? (
        <div className="books-fill">
          <Empty title={say("chooseAccount")} text={say("chooseAccountText")} />
        </div>
      ) : (
        <Lines {...props} rows={rows} />
      )}
      <Feet>
        <span className="row books-legend">
          <span className="books-pencil">{say("dashed")}</span> {say("legendDraft")}
        </span>
        <span className="grow" />
        <KeyHint of="why">{say("seeOrigin")}</KeyHint>
      </Feet>
    </>
  );
}

function Lines(props: {
  span: Span;
  rows: LedgerRows;
  id: number | undefined;
  onId: (id: number | undefined) => void;
  panel: ReactNode;
  wide: boolean;
}) {
  const say = useWords("books");
  const { rows, id } = props;
  const [posting, setPosting] = useState<number | null>(null);
  const whole = useRef<HTMLDivElement>(null);
  const at = placeOfPosting(rows, posting);
  const isOfEntry = at !== null && rows.lineAt(at)?.entry === id;
  const selected = id === undefined ? null : isOfEntry ? at : placeOfEntry(rows, id);
  useEffect(() => {
    if (id === undefined) setPosting(null);
  }, [id]);
  const into = () => focusOn(whole.current, "[data-panel]");
  const none = id === undefined ? say("chooseLine") : undefined;
  useAction("openRow", into, none);
  const choose = (chosen: number) => {
    setPosting(chosen);
    const place = placeOfPosting(rows, chosen);
    props.onId(place === null ? undefined : rows.lineAt(place)?.entry);
  };
  if (rows.error !== null) return <Failed error={rows.error} again={rows.again} />;
  if (rows.pending) return <Loading lines={10} />;
  const isOpen = props.panel !== null;
  return (
    <div
      ref={whole}
      className={isOpen ? `books-split${props.wide ? " wide" : ""}` : "books-split alone"}
    >
      <div className="books-pane">
        <LedgerList
          label={say("ledger")}
          rows={rows}
          year={knownYear(props.span)}
          twoSided
          selected={selected}
          onSelect={choose}
          onOpen={into}
          focus
        />
      </div>
      {props.panel}
    </div>
  );
}
