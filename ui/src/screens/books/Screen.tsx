import { IconPlus } from "@tabler/icons-react";
import { useCallback, useState } from "react";
import { useAction } from "../../actions";
import { useCall, useHost } from "../../api/client";
import type { BookView, ReportKind } from "../../api/generated";
import { Head, Tabs } from "../../frame/Sheet";
import { usePlace } from "../../frame/place";
import { useDo } from "../../frame/session";
import { Act } from "../../parts/Act";
import { Failed, Loading } from "../../parts/States";
import { useWords } from "../../words";
import { EntryForm } from "./EntryForm";
import { EntryPanel } from "./EntryPanel";
import { Journal } from "./Journal";
import { Ledger } from "./Ledger";
import { PeriodBar } from "./PeriodBar";
import { StatementPage } from "./StatementPage";
import { Trial } from "./Trial";
import { ValidateDialog } from "./ValidateDialog";
import { focusOn, focusOnList } from "./focus";
import { spanOf, type Span } from "./period";
import "./books.css";

const TABS = ["journal", "ledger", "trial", "income", "balance"] as const;
type Tab = (typeof TABS)[number];

/** Whether drafts count, until the window closes. */
let draftsCount = true;

/** The books: journal, general ledger, trial balance, income statement, balance sheet. */
export function Books() {
  const say = useWords("frame");
  const book = useCall("book", {}, { keep: true });
  if (book.error !== null) return <Failed error={book.error} again={() => void book.refetch()} />;
  if (book.data === undefined) {
    return (
      <>
        <Head title={say("goBooks")} />
        <Loading lines={12} />
      </>
    );
  }
  return <Opened book={book.data} />;
}

function Opened(props: { book: BookView }) {
  const { book } = props;
  const say = useWords("books");
  const title = useWords("frame")("goBooks");
  const place = useBooksPlace(book);
  const [writing, setWriting] = useState(false);
  const [posting, setPosting] = useState(false);
  const write = () => {
    if (place.tab !== "journal" && place.tab !== "ledger") place.show({ tab: "journal" });
    setWriting(true);
    if (writing) focusOn(document.getElementById("sheet"), ".books-form input");
  };
  const noDrafts = book.drafts === 0 ? say("noDrafts") : undefined;
  const upTo = place.span.to < book.today ? place.span.to : book.today;
  return (
    <>
      <Head title={title}>
        {!writing && <Act of="print">{say("export")}</Act>}
        {!writing && <Act of="validate">{say("validate")}</Act>}
        <Act of="newEntry" main={!writing} icon={<IconPlus size={15} stroke={1.6} />}>
          {say("entry")}
        </Act>
      </Head>
      <Tabs
        label={title}
        value={place.tab}
        tabs={TABS.map((value) => ({ value, label: say(value) }))}
        onChange={(tab) => {
          setWriting(false);
          place.show({ tab });
        }}
      />
      <PeriodBar
        book={book}
        span={place.span}
        onSpan={place.onSpan}
        drafts={place.drafts}
        onDrafts={place.onDrafts}
      />
      <Bound id="newEntry" run={write} />
      {!writing && <Exporting place={place} />}
      {!writing && !posting && (
        <Bound id="validate" run={() => setPosting(true)} disabled={noDrafts} />
      )}
      {!writing && place.id !== undefined && (
        <Bound
          id="close"
          run={() => {
            place.onId(undefined);
            focusOnList();
          }}
        />
      )}
      <Shown book={book} place={place} writing={writing} setWriting={setWriting} />
      <ValidateDialog book={book} upTo={upTo} opened={posting} close={() => setPosting(false)} />
    </>
  );
}

type Place = ReturnType<typeof useBooksPlace>;

/** What is shown, in the address. */
function useBooksPlace(book: BookView) {
  const [search, change] = usePlace();
  const [drafts, setDrafts] = useState(draftsCount);
  const onId = useCallback((id: number | undefined) => change({ id }), [change]);
  return {
    tab: TABS.find((one) => one === search.tab) ?? "journal",
    span: spanOf(search, book),
    drafts,
    onDrafts: (wanted: boolean) => setDrafts((draftsCount = wanted)),
    account: search.account,
    figure: search.figure,
    id: search.id,
    onId,
    onSpan: (span: Span) => change(span),
    // Another tab is another place: back returns from it.
    show: (wanted: { tab: Tab; account?: string; id?: number; figure?: string }) =>
      change({ id: undefined, figure: undefined, ...wanted }, { replace: false }),
    onAccount: (account: string) => change({ account, id: undefined }),
    onFigure: (figure: string) => change({ figure }),
  };
}

/** Gives an action its meaning while this stands. */
function Bound(props: {
  id: "newEntry" | "validate" | "close";
  run: () => void;
  disabled?: string | undefined;
}) {
  useAction(props.id, props.run, props.disabled);
  return null;
}

const REPORTS: Record<Tab, ReportKind> = {
  journal: "journal",
  ledger: "general-ledger",
  trial: "trial-balance",
  income: "income-statement",
  balance: "balance-sheet",
};

/** Writes what is shown as CSV and hands it to the person's own program. */
function Exporting(props: { place: Place }) {
  const say = useWords("books");
  const host = useHost();
  const run = useDo();
  const { tab, span, drafts, account } = props.place;
  const write = async () => {
    const of = tab === "ledger" && account !== undefined ? { account } : {};
    const query = { ...span, ...of, drafts };
    const asked = { report: REPORTS[tab], query, out: await host.documents() };
    const told = {
      title: say("exporting"),
      done: ({ name }: { name: string }) => say("exported", { name }),
    };
    const written = await run("export", asked, told);
    if (written !== null) await host.show(written.path);
  };
  useAction("print", () => void write());
  return null;
}

function Shown(props: {
  book: BookView;
  place: Place;
  writing: boolean;
  setWriting: (on: boolean) => void;
}) {
  const { book, place, writing, setWriting } = props;
  const { span, drafts, account, id, onId, onAccount } = place;
  const close = useCallback(() => {
    onId(undefined);
    focusOnList();
  }, [onId]);
  const leave = () => {
    setWriting(false);
    focusOnList();
  };
  const onKept = (kept: number) => {
    onId(kept);
    leave();
  };
  const panel = writing ? (
    <EntryForm book={book} onLeave={leave} onKept={onKept} />
  ) : id !== undefined ? (
    <EntryPanel id={id} book={book} onClose={close} onEntry={onId} />
  ) : null;
  const common = { book, span, drafts };
  const list = { ...common, id, onId, panel, wide: writing };
  const onEntry = (one: string, entry: number) =>
    place.show({ tab: "ledger", account: one, id: entry });
  switch (place.tab) {
    case "journal":
      return <Journal {...list} onSpan={place.onSpan} />;
    case "ledger":
      return <Ledger {...list} account={account} onAccount={onAccount} />;
    case "trial":
      return <Trial {...common} account={account} onAccount={onAccount} onEntry={onEntry} />;
    case "income":
    case "balance":
      return (
        <StatementPage
          key={place.tab}
          {...common}
          figure={place.figure}
          onFigure={place.onFigure}
          kind={place.tab === "income" ? "income-statement" : "balance-sheet"}
          onAccount={(one) => place.show({ tab: "ledger", account: one })}
          onIncome={() => place.show({ tab: "income" })}
        />
      );
  }
}
