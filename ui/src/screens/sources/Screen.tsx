import { IconFileImport, IconPlus, IconRefresh } from "@tabler/icons-react";
import { useMemo, useRef, useState } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { AccountProof, BookView, ConnectionView, Sources as View } from "../../api/generated";
import { useSyncing } from "../../frame/Syncing";
import { Feet, Head, KeyHint } from "../../frame/Sheet";
import { useGo, usePlace } from "../../frame/place";
import { Act } from "../../parts/Act";
import { Empty, Failed, Loading } from "../../parts/States";
import { useWords } from "../../words";
import { Link } from "./Link";
import { List } from "./List";
import { Panel } from "./Panel";
import { Unlink } from "./Unlink";
import { chosenOf, rowsOf, type Row } from "./rows";
import type { AllTyped, Typed } from "./typed";
import "./sources.css";

/** Where papers come from: banks linked live, accounts fed by files, and how well each is known. */
export function Sources() {
  const frame = useWords("frame");
  const say = useWords("sources");
  const sources = useCall("sources", {}, { keep: true });
  const proofs = useCall("proofs", {}, { keep: true });
  const book = useCall("book", {}, { keep: true });
  const [linking, setLinking] = useState(false);
  useAction("linkBank", () => setLinking(true));
  const failed = sources.error ?? proofs.error ?? book.error;
  const again = () => {
    void sources.refetch();
    void proofs.refetch();
    void book.refetch();
  };
  const { data: view } = sources;
  const whole = view !== undefined && proofs.data !== undefined && book.data !== undefined;
  const none = view !== undefined && view.connections.length + view.files.length === 0;
  return (
    <div className="sources">
      <Head title={frame("goSources")} about={say("about")}>
        {!none && <Buttons linking={linking} />}
      </Head>
      {failed && <Failed error={failed} again={again} />}
      {!failed && !whole && <Loading lines={8} />}
      {!failed && whole && (
        <Opened
          view={view}
          proofs={proofs.data}
          book={book.data}
          linking={linking}
          setLinking={setLinking}
        />
      )}
    </div>
  );
}

/** Both ways in, and a read of every bank. */
function Buttons(props: { linking: boolean }) {
  const frame = useWords("frame");
  return (
    <>
      <Act of="syncAll" icon={<IconRefresh size={15} stroke={1.6} />}>
        {frame("syncAll")}
      </Act>
      <Act of="openFile" icon={<IconFileImport size={15} stroke={1.6} />}>
        {frame("openFile")}
      </Act>
      <Act of="linkBank" main={!props.linking} icon={<IconPlus size={15} stroke={1.6} />}>
        {frame("linkBank")}
      </Act>
    </>
  );
}

interface OpenedProps {
  view: View;
  proofs: AccountProof[];
  book: BookView;
  linking: boolean;
  setLinking: (linking: boolean) => void;
}

function Opened(props: OpenedProps) {
  const say = useWords("sources");
  const { view, proofs, book, linking, setLinking } = props;
  const list = useChosen(view);
  const { rows, chosen, choose } = list;
  const [typed, setTyped] = useState<AllTyped>({});
  const screen = useRef<HTMLDivElement>(null);
  const part = (selector: string) => screen.current?.querySelector<HTMLElement>(selector);
  const toList = () => part(".grid-pane")?.focus();
  const toPanel = () => (part(".sources-see") ?? part(".sources-panel"))?.focus();
  const leave = () => {
    setLinking(false);
    // The panel is gone only after this turn.
    setTimeout(toList, 0);
  };
  const { sync, running } = useSyncing();
  const [unlinking, setUnlinking] = useState<ConnectionView | null>(null);
  const runs = running === null ? undefined : say("syncRuns");
  const live = view.connections.some((connection) => connection.ended_day === null);
  useAction("syncAll", () => void sync(), live ? runs : say("noneLive"));
  const linked = (connection: ConnectionView) => {
    setTyped(({ [connection.connector]: _, ...others }) => others);
    list.open({ id: connection.id });
    leave();
    void sync(connection);
  };
  const type = (id: string, one: Typed) => setTyped((all) => ({ ...all, [id]: one }));
  const none = rows.length === 0;
  if (none && !linking) return <None />;
  return (
    <>
      <div ref={screen} className={linking ? "split sources-split writing" : "split sources-split"}>
        {none ? (
          <None quiet />
        ) : (
          <div>
            <List
              rows={rows}
              chosen={chosen?.key}
              today={book.today}
              choose={(row) => {
                if (linking) setLinking(false);
                choose(row);
              }}
              open={toPanel}
            />
          </div>
        )}
        {linking ? (
          <Link sources={view} typed={typed} type={type} leave={leave} linked={linked} />
        ) : (
          <Panel row={chosen} proofs={proofs} today={book.today} leave={toList} />
        )}
      </div>
      {!linking && <Keyed row={chosen} open={toPanel} unlink={setUnlinking} />}
      {unlinking && <Unlink one={unlinking} opened close={() => setUnlinking(null)} />}
      <Feet>
        {!linking && (
          <>
            <KeyHint of="openRow">{say("hintOpen")}</KeyHint>
            <KeyHint of="why">{say("hintBank")}</KeyHint>
            <KeyHint of="syncBank">{say("hintSync")}</KeyHint>
          </>
        )}
        <span className="grow" />
        <span>{say("count", { count: view.connections.length + view.files.length })}</span>
      </Feet>
    </>
  );
}

/** What is done with the chosen source, while no bank is being linked; each says why it cannot. */
function Keyed(props: {
  row: Row | undefined;
  open: () => void;
  unlink: (one: ConnectionView) => void;
}) {
  const say = useWords("sources");
  const go = useGo();
  const { sync, running } = useSyncing();
  const { row } = props;
  const one = row?.kind === "connection" ? row.connection : undefined;
  const ended = one?.ended_day ?? null;
  const whyNot = one === undefined ? say("notABank") : ended === null ? undefined : say("notLive");
  const runs = running === null ? undefined : say("syncRuns");
  const account = row?.kind === "file" ? row.account : one?.accounts[0];
  useAction("openRow", props.open);
  useAction("syncBank", () => void sync(one), whyNot ?? runs);
  useAction("unlinkBank", () => one && props.unlink(one), whyNot ?? runs);
  useAction(
    "why",
    () => account && go("/bank", { account: account.account }),
    account === undefined ? say("carriesNone") : undefined,
  );
  return null;
}

/** No source yet: both ways to one. */
function None(props: { quiet?: boolean }) {
  const say = useWords("sources");
  const frame = useWords("frame");
  return (
    <div>
      <Empty title={say("none")} text={say("noneText")}>
        {!props.quiet && (
          <div className="row sources-acts">
            <Act of="linkBank" main icon={<IconPlus size={15} stroke={1.6} />}>
              {frame("linkBank")}
            </Act>
            <Act of="openFile" icon={<IconFileImport size={15} stroke={1.6} />}>
              {frame("openFile")}
            </Act>
          </div>
        )}
      </Empty>
    </div>
  );
}

/** The list, and which of it the address names. */
function useChosen(view: View) {
  const [place, change] = usePlace();
  const rows = useMemo(() => rowsOf(view), [view]);
  const chosen = chosenOf(rows, place);
  const open = (where: { id?: number; account?: string }) =>
    change({ id: undefined, account: undefined, ...where } as typeof place);
  const choose = (row: Row) => {
    if (row.kind === "connection") open({ id: row.connection.id });
    if (row.kind === "file") open({ account: row.account.account });
  };
  return { rows, chosen, choose, open };
}
