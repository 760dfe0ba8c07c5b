import { IconFileImport } from "@tabler/icons-react";
import { useState } from "react";
import { useAction, useHandlers } from "../../actions";
import { useCall } from "../../api/client";
import type { AccountProof, HomeView, LastRecord, WaitingView } from "../../api/generated";
import { Head } from "../../frame/Sheet";
import { useGo } from "../../frame/place";
import { Act } from "../../parts/Act";
import { Empty, Failed, Loading } from "../../parts/States";
import { longDayText, momentText } from "../../parts/format";
import { usePaintedMark } from "../../parts/painted";
import { useLanguage, useWords } from "../../words";
import { Accounts, Cash, isProved } from "./Cash";
import { Months } from "./Chart";
import { MOST_ROWS, Waiting } from "./Waiting";
import { monthWay, wayOf, type Way } from "./places";
import "./home.css";

/** How much, what next, can I trust it, how is it going: in this order. */
export function Home() {
  const frame = useWords("frame");
  const home = useCall("home", {}, { keep: true });
  const book = useCall("book", {});
  const proofs = useCall("proofs", {});
  const failed = home.error ?? book.error;
  if (failed !== null) {
    const again = () => {
      void home.refetch();
      void book.refetch();
    };
    return (
      <>
        <Head title={frame("goHome")} />
        <Failed error={failed} again={again} />
      </>
    );
  }
  if (home.data === undefined || book.data === undefined) {
    return (
      <>
        <Head title={frame("goHome")} />
        <Loading lines={10} />
      </>
    );
  }
  return <Today home={home.data} currency={book.data.currency} proofs={proofs.data} />;
}

/** Whether nothing was read or written yet. Returns of such a book wait too, but without a figure:
 *  a statement comes first. */
function isFresh(home: HomeView): boolean {
  const flat = home.months.every((one) => one.income_minor === 0 && one.expense_minor === 0);
  return home.accounts.length === 0 && home.drafts === 0 && flat;
}

function useWay(): (way: Way) => void {
  const go = useGo();
  const handlers = useHandlers();
  return (way) => {
    if ("action" in way) handlers(way.action)?.run();
    else go(way.path, way.search);
  };
}

function Today(props: { home: HomeView; currency: string; proofs: AccountProof[] | undefined }) {
  const say = useWords("home");
  const language = useLanguage();
  const { home, currency } = props;
  const fresh = isFresh(home);
  usePaintedMark();
  const waits = home.waiting.length > 0;
  return (
    <div className="home">
      <Head title={longDayText(home.today, language, home.today)}>
        {!fresh && (
          <Act of="openFile" main={!waits} icon={<IconFileImport size={15} stroke={1.6} />}>
            {say("openStatement")}
          </Act>
        )}
      </Head>
      {fresh ? <Fresh /> : <Standing {...props} currency={currency} />}
    </div>
  );
}

function Fresh() {
  const say = useWords("home");
  return (
    <Empty title={say("fresh")}>
      <Act of="openFile" main icon={<IconFileImport size={15} stroke={1.6} />}>
        {say("openStatement")}
      </Act>
    </Empty>
  );
}

/** What has the focus beside the list of what waits, and what explains it. */
type Focused = { account: string } | { month: string } | null;

function Standing(props: { home: HomeView; currency: string; proofs: AccountProof[] | undefined }) {
  const say = useWords("home");
  const { home, currency } = props;
  const take = useWay();
  const [chosen, setChosen] = useState(0);
  const [focused, setFocused] = useState<Focused>(null);
  const [asTable, setAsTable] = useState(false);
  const rows = home.waiting.slice(0, MOST_ROWS);
  const at = Math.min(chosen, Math.max(0, rows.length - 1));
  const open = (place: number) => {
    const row = rows[place];
    if (row !== undefined) take(wayOf(row));
  };
  const toBank = (account: string) => take({ path: "/bank", search: { account } });
  const currencyOf = (one: WaitingView) =>
    home.accounts.find((account) => account.account === one.target)?.currency ?? currency;
  const none = rows.length === 0 ? say("nothingWaits") : undefined;
  useAction("openRow", () => open(at), none);
  useAction("openNumbered", (chord) => open(chord === undefined ? at : Number(chord) - 1), none);
  useAction("chartTable", () => setAsTable(!asTable));
  useAction(
    "why",
    () => {
      if (focused === null) open(at);
      else if ("account" in focused) toBank(focused.account);
      else take(monthWay(focused.month));
    },
    focused === null ? none : undefined,
  );
  return (
    <div className="home-body">
      <div className="home-top">
        <Cash home={home} currency={currency} />
        <Accounts
          home={home}
          proofs={props.proofs}
          currency={currency}
          open={toBank}
          onFocus={(account) => setFocused(account === null ? null : { account })}
        />
      </div>
      <div className="home-parts">
        <div className="home-left">
          <Waiting
            rows={rows}
            count={home.waiting.length}
            chosen={at}
            choose={setChosen}
            open={open}
            currencyOf={currencyOf}
            today={home.today}
            allProved={isProved(home)}
          />
        </div>
        <div className="home-right">
          <Months
            months={home.months}
            currency={currency}
            current={home.today.slice(0, 7)}
            asTable={asTable}
            open={(month) => take(monthWay(month))}
            onFocus={(month) => setFocused(month === null ? null : { month })}
          />
          {home.last_record && <Last record={home.last_record} />}
        </div>
      </div>
    </div>
  );
}

/** What the book stands on. */
function Last(props: { record: LastRecord }) {
  const say = useWords("home");
  const language = useLanguage();
  const { seq, hash, at } = props.record;
  return (
    <div className="home-last row">
      <span className="help grow cut" title={hash}>
        {say("lastRecord", { count: seq, when: momentText(at, language) })}{" "}
        <code>
          {hash.slice(0, 4)}…{hash.slice(-4)}
        </code>
      </span>
      <Act of="goHistory" size="xs">
        {say("wholeHistory")}
      </Act>
    </div>
  );
}
