import { IconPlus, IconSend } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { Sales as SalesView } from "../../api/generated";
import { Head, Tabs } from "../../frame/Sheet";
import { usePlace } from "../../frame/place";
import { Act } from "../../parts/Act";
import { Failed, Loading } from "../../parts/States";
import { useWords } from "../../words";
import { EditorPlace } from "./Editor";
import { Issued } from "./Issued";
import { List } from "./List";
import { Outbox } from "./Outbox";
import { SendDialog } from "./SendDialog";
import { useSending } from "./useSending";
import "./sales.css";

const TABS = ["invoices", "outbox"] as const;
type Tab = (typeof TABS)[number];

/** Sales: what was invoiced and what is left to come, written, sent, and answered. */
export function Sales() {
  const frame = useWords("frame");
  const sales = useCall("invoices", {}, { keep: true });
  const book = useCall("book", {}, { keep: true });
  const failed = sales.error ?? book.error;
  const again = () => {
    void sales.refetch();
    void book.refetch();
  };
  const waits = failed === null && !(sales.data && book.data);
  return (
    <div className="sales">
      {(failed !== null || waits) && <Head title={frame("goSales")} />}
      {failed !== null && <Failed error={failed} again={again} />}
      {waits && <Loading lines={10} />}
      {failed === null && sales.data && book.data && (
        <Opened sales={sales.data} currency={book.data.currency} />
      )}
    </div>
  );
}

function Opened(props: { sales: SalesView; currency: string }) {
  const [place, change] = usePlace();
  const [letter, setLetter] = useState<number | null>(null);
  const { send, busy } = useSending();
  const open = (invoice: number | undefined, tab?: string) =>
    change({ invoice, tab, id: undefined }, { replace: false });
  const onOpen = (id: number) => open(id);
  const onMessage = (id: number) =>
    change({ invoice: undefined, tab: "outbox", id }, { replace: false });
  useAction("newInvoice", () => open(undefined, "new"));
  const ways = { ...props, onOpen, onMessage, onSend: setLetter };
  return (
    <>
      {place.invoice !== undefined || place.tab === "new" ? (
        <One {...ways} />
      ) : (
        <Both {...ways} onRun={send} busy={busy} />
      )}
      <SendDialog
        invoice={letter}
        close={() => setLetter(null)}
        onQueued={send}
        onMessage={onMessage}
      />
    </>
  );
}

interface Ways {
  sales: SalesView;
  currency: string;
  onOpen: (id: number) => void;
  onMessage: (id: number) => void;
  onSend: (id: number) => void;
}

/** The list and the outbox. */
function Both(props: Ways & { onRun: () => void; busy: boolean }) {
  const say = useWords("sales");
  const frame = useWords("frame");
  const [place, change] = usePlace();
  const { sales, onRun, busy } = props;
  const tab = TABS.find((one) => one === place.tab) ?? "invoices";
  const outbox = useCall("outbox", {}, { keep: true }).data;
  const show = (to: Tab) =>
    change({ tab: to, id: undefined, state: undefined }, { replace: false });
  return (
    <>
      <Head title={frame("goSales")}>
        {tab === "outbox" && outbox?.paused === false && (
          <Act of="runOutbox" loading={busy} icon={<IconSend size={15} stroke={1.6} />}>
            {say("sendNow")}
          </Act>
        )}
        {sales.rows.length > 0 && (
          <Act of="newInvoice" main={tab === "invoices"} icon={<IconPlus size={15} stroke={1.6} />}>
            {say("newInvoice")}
          </Act>
        )}
      </Head>
      <Tabs
        label={frame("goSales")}
        value={tab}
        onChange={show}
        tabs={[
          { value: "invoices", label: say("invoices"), count: sales.rows.length },
          { value: "outbox", label: say("outbox"), count: outbox?.messages.length ?? 0 },
        ]}
      />
      {tab === "invoices" ? (
        <List {...props} />
      ) : (
        <Outbox onInvoice={props.onOpen} onRun={onRun} busy={busy} />
      )}
    </>
  );
}

/** One invoice: written while it is a draft, read once it has its number. */
function One(props: Ways) {
  const [place, change] = usePlace();
  const { sales, currency } = props;
  const id = place.invoice;
  const { turn, own, born } = useTurn(id);
  const found = useCall("invoice", { invoice: id ?? 0 }, { enabled: id !== undefined, keep: true });
  const view = found.data?.row.id === id ? found.data : undefined;
  const leave = () => change({ tab: undefined, invoice: undefined, id }, { replace: false });
  // A draft that was undone or deleted elsewhere leaves the screen rather than an error.
  const gone = found.error !== null && view !== undefined;
  useEffect(() => {
    if (gone) change({ tab: undefined, invoice: undefined, id: undefined });
  }, [gone, change]);
  if (view !== undefined && view.row.reference !== null) {
    return (
      <Issued
        key={view.row.id}
        view={view}
        today={sales.today}
        currency={currency}
        onOpen={props.onOpen}
        onMessage={props.onMessage}
        onSend={() => props.onSend(view.row.id)}
        onLeave={leave}
      />
    );
  }
  const isOwn = id === undefined || id === own;
  return (
    <EditorPlace
      key={isOwn ? `new-${turn}` : id}
      view={view}
      missing={!isOwn && view === undefined}
      failed={view === undefined ? found.error : null}
      again={() => void found.refetch()}
      today={sales.today}
      taxCode={sales.tax_code}
      onBorn={(made) => {
        born(made);
        change({ invoice: made, tab: undefined });
      }}
      onIssued={(issued, send) => send && props.onSend(issued.row.id)}
      onLeave={leave}
    />
  );
}

/** A new invoice keeps its form when the book gives it an id; the next new one begins afresh. */
function useTurn(id: number | undefined) {
  const [{ turn, own }, set] = useState<{ turn: number; own: number | null }>({
    turn: 0,
    own: null,
  });
  useEffect(() => {
    if (id === undefined) {
      set((now) => (now.own === null ? now : { turn: now.turn + 1, own: null }));
    }
  }, [id]);
  return { turn, own, born: (made: number) => set({ turn, own: made }) };
}
