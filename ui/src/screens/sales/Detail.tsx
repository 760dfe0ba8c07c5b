import { useDebouncedValue } from "@mantine/hooks";
import { IconSend, IconTrash } from "@tabler/icons-react";
import { useCall } from "../../api/client";
import type { InvoiceRowView } from "../../api/generated";
import { Act } from "../../parts/Act";
import { Amount } from "../../parts/Amount";
import { Failed, Loading } from "../../parts/States";
import { Tag } from "../../parts/Tag";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { Facts } from "./Facts";
import { Rest } from "./Issued";
import { Paper } from "./Paper";
import { signed } from "./rows";
import { SentWord, StateWord } from "./states";
import { useInvoiceActs } from "./useInvoiceActs";

/** A held key asks for no page on its way. */
const STILL_MS = 60;

interface Props {
  row: InvoiceRowView | undefined;
  today: string;
  currency: string;
  onOpen: (id: number) => void;
  /** Chooses another of the list. */
  onShow: (id: number) => void;
  onMessage: (id: number) => void;
  onSend: (id: number) => void;
}

/** The chosen invoice: what it is, what can be done with it, what happened to it, its page. */
export function Detail(props: Props) {
  const say = useWords("sales");
  const { row, onOpen } = props;
  const [asked] = useDebouncedValue(row?.id, STILL_MS);
  const found = useCall(
    "invoice",
    { invoice: asked ?? 0 },
    { enabled: asked !== undefined, keep: true },
  );
  const view = found.data?.row.id === row?.id ? found.data : undefined;
  useInvoiceActs({
    row,
    view,
    onOpen,
    onSend: () => row && props.onSend(row.id),
    onGone: () => undefined,
  });
  return (
    <aside className="panel sales-panel" data-panel tabIndex={0} aria-label={say("invoice")}>
      {row === undefined ? (
        <p className="quiet">{say("noneChosen")}</p>
      ) : (
        <>
          <Title {...props} row={row} />
          <Buttons row={row} />
          {found.error !== null && (
            <Failed error={found.error} again={() => void found.refetch()} />
          )}
          {view === undefined && found.error === null && <Loading lines={8} />}
          {view !== undefined && (
            <>
              <Facts
                view={view}
                currency={props.currency}
                today={props.today}
                onInvoice={props.onShow}
                onMessage={props.onMessage}
              />
              <Paper pages={view.preview.pages} notDrawn={view.preview.not_drawn} />
            </>
          )}
        </>
      )}
    </aside>
  );
}

function Title(props: Props & { row: InvoiceRowView }) {
  const say = useWords("sales");
  const language = useLanguage();
  const { row, currency, today } = props;
  const isDraft = row.reference === null;
  const isNote = row.kind === "credit_note";
  return (
    <header className="sales-what">
      <div className="row">
        <h2 className="sales-figure">
          <Amount minor={signed(row)} currency={currency} symbol />
        </h2>
        <span className="grow" />
        {isDraft ? (
          <Tag tone="pencil">{say(isNote ? "draftNote" : "draft")}</Tag>
        ) : (
          <span className="strong">{row.reference}</span>
        )}
      </div>
      <p className="second cut">
        <bdi title={row.customer_name ?? ""}>{row.customer_name ?? say("noCustomer")}</bdi>
        {row.day !== null && `, ${dayText(row.day, language, today)}`}
      </p>
      {!isDraft && (
        <p className="row sales-stands">
          <StateWord row={row} />
          {row.rest_minor !== 0 && row.rest_minor !== row.gross_minor && (
            <Rest minor={row.rest_minor} currency={currency} />
          )}
          <SentWord sent={row.sent} />
        </p>
      )}
      {row.answers !== null && <p className="second">{say("noteOn", { number: row.answers })}</p>}
    </header>
  );
}

function Buttons(props: { row: InvoiceRowView }) {
  const say = useWords("sales");
  const { row } = props;
  const isDraft = row.reference === null;
  return (
    <div className="row sales-buttons">
      <Act of="openRow">{say(isDraft ? "change" : "open")}</Act>
      {!isDraft && (
        <Act of="sendInvoice" icon={<IconSend size={15} stroke={1.6} />}>
          {say("send")}
        </Act>
      )}
      {!isDraft && <Act of="savePdf">{say("pdf")}</Act>}
      {!isDraft && row.kind === "invoice" && row.state !== "credited" && (
        <Act of="creditInvoice">{say("toCredit")}</Act>
      )}
      {isDraft && (
        <Act of="deleteInvoice" icon={<IconTrash size={15} stroke={1.6} />} danger>
          {say("delete")}
        </Act>
      )}
    </div>
  );
}
