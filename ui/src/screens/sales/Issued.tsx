import { IconSend } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useAction } from "../../actions";
import type { InvoiceView } from "../../api/generated";
import { Head } from "../../frame/Sheet";
import { Act } from "../../parts/Act";
import { Amount } from "../../parts/Amount";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { Facts } from "./Facts";
import { Paper } from "./Paper";
import { Totals } from "./Totals";
import { shownNumber } from "./draft";
import { SentWord, StateWord } from "./states";
import { isUnit } from "./units";
import { useInvoiceActs } from "./useInvoiceActs";

interface Props {
  view: InvoiceView;
  today: string;
  currency: string;
  onOpen: (id: number) => void;
  onMessage: (id: number) => void;
  onSend: () => void;
  onLeave: () => void;
}

/** A finalised invoice: it is not changed, it is answered. */
export function Issued(props: Props) {
  const say = useWords("sales");
  const { view, today, currency, onOpen, onSend, onLeave } = props;
  const { row } = view;
  const isNote = row.kind === "credit_note";
  useInvoiceActs({ row, view, onOpen, onSend, onGone: onLeave });
  useAction("close", onLeave);
  const read = useRef<HTMLDivElement>(null);
  useEffect(() => read.current?.focus({ preventScroll: true }), []);
  const kind = say(isNote ? "creditNote" : "invoice");
  return (
    <>
      <Head title={`${kind} ${row.reference ?? ""}`} about={<bdi>{row.customer_name}</bdi>}>
        <Act of="close">{say("close")}</Act>
        {!isNote && <Act of="creditInvoice">{say("toCredit")}</Act>}
        <Act of="savePdf">{say("pdf")}</Act>
        <Act of="sendInvoice" main={row.sent === "no"} icon={<IconSend size={15} stroke={1.6} />}>
          {say("send")}
        </Act>
      </Head>
      <div className="sales-editor">
        <div className="sales-form">
          <div
            ref={read}
            className="sales-fields sales-read"
            data-panel
            tabIndex={0}
            role="region"
            aria-label={kind}
          >
            <p className="row">
              <StateWord row={row} />
              {row.state === "partly_paid" && <Rest minor={row.rest_minor} currency={currency} />}
              <SentWord sent={row.sent} />
            </p>
            <Days view={view} today={today} />
            <Sold view={view} currency={currency} />
            <Totals preview={view.preview} isNote={isNote} currency={currency} />
            <Facts
              view={view}
              currency={currency}
              today={today}
              onInvoice={onOpen}
              onMessage={props.onMessage}
            />
            <p className="help">{say(isNote ? "noteStays" : "answered")}</p>
          </div>
        </div>
        <section className="sales-beside" aria-label={say("page")} data-panel tabIndex={0}>
          <Paper pages={view.preview.pages} notDrawn={view.preview.not_drawn} />
        </section>
      </div>
    </>
  );
}

/** What is left to pay of it. */
export function Rest(props: { minor: number; currency: string }) {
  const say = useWords("sales");
  return (
    <span className="second">
      {say("rest")} <Amount minor={props.minor} currency={props.currency} />
    </span>
  );
}

function Days(props: { view: InvoiceView; today: string }) {
  const say = useWords("sales");
  const language = useLanguage();
  const { view, today } = props;
  const { row, draft } = view;
  const text = (day: string | null | undefined) => day && dayText(day, language, today);
  const facts = [
    { name: say("issued"), value: text(row.day) },
    { name: say("due"), value: text(row.due_day) },
    { name: say("delivered"), value: text(draft.delivery_day) },
    { name: say("order"), value: draft.order_reference },
    { name: say("answersTo"), value: row.answers },
    { name: say("reason"), value: draft.reason && say(`reason-${draft.reason}`) },
  ];
  return (
    <dl className="sales-days">
      {facts
        .filter((one) => one.value)
        .map((one) => (
          <div key={one.name}>
            <dt>{one.name}</dt>
            <dd>
              <bdi>{one.value}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  );
}

function Sold(props: { view: InvoiceView; currency: string }) {
  const say = useWords("sales");
  const language = useLanguage();
  const { view, currency } = props;
  return (
    <table className="sales-sold">
      <thead>
        <tr>
          <th scope="col">{say("name")}</th>
          <th scope="col" className="right">
            {say("quantity")}
          </th>
          <th scope="col" className="right">
            {say("price")}
          </th>
          <th scope="col" className="right">
            {say("lineTotal")}
          </th>
        </tr>
      </thead>
      <tbody>
        {view.draft.lines.map((line, at) => (
          <tr key={at}>
            <td>
              <bdi>{line.name}</bdi>
              {line.description !== undefined && <bdi className="help">{line.description}</bdi>}
            </td>
            <td className="right num">
              {shownNumber(line.quantity, language, "quantity")}{" "}
              <span className="help">
                {isUnit(line.unit) ? say(`unit-${line.unit}`) : line.unit}
              </span>
            </td>
            <td className="right num">
              {shownNumber(line.unit_price, language, "price")}
              {line.discount_percent !== undefined && (
                <span className="help">
                  {" "}
                  {say("minusPercent", {
                    percent: shownNumber(line.discount_percent, language, "discount"),
                  })}
                </span>
              )}
            </td>
            <td className="right">
              <Amount minor={view.preview.lines[at] ?? 0} currency={currency} className="strong" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
