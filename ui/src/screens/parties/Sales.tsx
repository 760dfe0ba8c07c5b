import type { KeyboardEvent } from "react";
import type { BookView, InvoiceRowView } from "../../api/generated";
import { useGo } from "../../frame/place";
import { Amount } from "../../parts/Amount";
import { dayText, longDayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";

/** What was written for them: drafts, then the latest first. Arrows move, Enter opens. */
export function Sales(props: { invoices: InvoiceRowView[]; book: BookView }) {
  const say = useWords("parties");
  const { invoices, book } = props;
  if (invoices.length === 0) return <p className="quiet parties-none">{say("noInvoices")}</p>;
  return (
    <table className="parties-sales" onKeyDown={moves}>
      <thead>
        <tr>
          <th scope="col">{say("number")}</th>
          <th scope="col">{say("day")}</th>
          <th scope="col" className="right">
            {say("amount")}
          </th>
          <th scope="col" className="right">
            {say("state")}
          </th>
        </tr>
      </thead>
      <tbody>
        {invoices.map((one) => (
          <Row key={one.id} sale={one} book={book} />
        ))}
      </tbody>
    </table>
  );
}

/** Arrows go from one sale to the next. */
function moves(event: KeyboardEvent<HTMLTableElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(".parties-sale")];
  const at = all.findIndex((one) => one === document.activeElement);
  event.preventDefault();
  all[at + step]?.focus();
}

function Row(props: { sale: InvoiceRowView; book: BookView }) {
  const say = useWords("parties");
  const language = useLanguage();
  const go = useGo();
  const { sale, book } = props;
  const isDraft = sale.state === "draft";
  const name = sale.reference ?? say(sale.kind === "invoice" ? "draft" : "draftCredit");
  // A credit note takes away: its sign is typed.
  const minor = sale.kind === "credit_note" ? -sale.gross_minor : sale.gross_minor;
  const open = () => go("/sales", { invoice: sale.id });
  return (
    <tr className={isDraft ? "draft" : undefined} onDoubleClick={open}>
      <td>
        <button type="button" className="parties-sale" title={sale.about} onClick={open}>
          <bdi>{name}</bdi>
        </button>
      </td>
      <td className="second">
        {sale.day !== null && (
          <span title={longDayText(sale.day, language)}>
            {dayText(sale.day, language, book.today)}
          </span>
        )}
      </td>
      <td className="right">
        <Amount minor={minor} currency={book.currency} />
      </td>
      <td className="right">
        <State sale={sale} />
      </td>
    </tr>
  );
}

/** Where a sale stands: only what is late is red, what is paid is the quietest. */
function State(props: { sale: InvoiceRowView }) {
  const say = useWords("parties");
  const { state, late_days: late } = props.sale;
  // The draft's own name says it already.
  if (state === "draft") return null;
  if (state === "late") return <span className="red">{say("lateBy", { count: late ?? 0 })}</span>;
  const quiet = state === "paid" || state === "credited";
  return <span className={quiet ? "quiet" : "second"}>{say(`state-${state}`)}</span>;
}
