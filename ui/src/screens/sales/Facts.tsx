import type { InvoicePayment, InvoiceView, MessageView } from "../../api/generated";
import { useGo } from "../../frame/place";
import { ariaKeys } from "../../actions";
import { Amount } from "../../parts/Amount";
import { Keys } from "../../parts/Keys";
import { dayText, momentText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { MessageMark, useStateWords } from "./states";

interface Props {
  view: InvoiceView;
  currency: string;
  today: string;
  /** Shows another invoice or credit note. */
  onInvoice: (id: number) => void;
  onMessage: (id: number) => void;
}

/** What happened to it: payments, credit notes, messages, its entry. */
export function Facts(props: Props) {
  const { view } = props;
  // What a credit note takes off stands with it, not among what was paid.
  const notes = new Set(view.credit_notes.map(([, number]) => number));
  const paid = view.payments.filter((one) => !notes.has(one.reference));
  return (
    <>
      {paid.length > 0 && <Payments {...props} paid={paid} />}
      {view.credit_notes.length > 0 && <Notes {...props} />}
      {view.messages.length > 0 && <Messages {...props} />}
      {view.entry !== null && <Entry entry={view.entry} />}
    </>
  );
}

function Payments(props: Props & { paid: InvoicePayment[] }) {
  const say = useWords("sales");
  const language = useLanguage();
  const go = useGo();
  const { paid, currency, today } = props;
  return (
    <section>
      <h2>{say("payments")}</h2>
      <ul className="sales-facts">
        {paid.map((one, at) => (
          <li key={at}>
            <span>{dayText(one.day, language, today)}</span>
            <span className="row sales-ways">
              {one.line !== null && (
                <button
                  type="button"
                  className="sales-link"
                  onClick={() => go("/bank", { tab: "all", from: one.day, to: one.day })}
                >
                  {say("bankLine")}
                </button>
              )}
              <button
                type="button"
                className="sales-link"
                title={one.reference}
                onClick={() => go("/books", { tab: "journal", id: one.entry })}
              >
                {say("entry")}
              </button>
            </span>
            <Amount className="strong" minor={one.amount_minor} currency={currency} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Notes(props: Props) {
  const say = useWords("sales");
  const { payments } = props.view;
  const taken = (number: string | null) => payments.find((one) => one.reference === number);
  return (
    <section>
      <h2>{say("creditNotes")}</h2>
      <ul className="sales-facts">
        {props.view.credit_notes.map(([id, number]) => (
          <li key={id}>
            <button type="button" className="sales-link" onClick={() => props.onInvoice(id)}>
              {number ?? say("draft")}
            </button>
            {taken(number) && (
              <Amount
                className="strong"
                minor={taken(number)?.amount_minor ?? 0}
                currency={props.currency}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Messages(props: Props) {
  const say = useWords("sales");
  return (
    <section>
      <h2>{say("messages")}</h2>
      <ul className="sales-facts">
        {props.view.messages.map((one) => (
          <Message key={one.id} message={one} onMessage={props.onMessage} />
        ))}
      </ul>
    </section>
  );
}

function Message(props: { message: MessageView; onMessage: (id: number) => void }) {
  const say = useWords("sales");
  const language = useLanguage();
  const words = useStateWords();
  const { message } = props;
  return (
    <li>
      <MessageMark state={message.state} />
      <span className="grow">
        <span className="sales-said">{words(message)}</span>
        <bdi className="help cut sales-to" title={message.recipients}>
          {message.recipients}, {momentText(message.at, language)}
        </bdi>
      </span>
      <button type="button" className="sales-link" onClick={() => props.onMessage(message.id)}>
        {say("seeMessage")}
      </button>
    </li>
  );
}

function Entry(props: { entry: number }) {
  const say = useWords("sales");
  const go = useGo();
  return (
    <p>
      <button
        type="button"
        className="sales-link"
        aria-keyshortcuts={ariaKeys("why")}
        onClick={() => go("/books", { tab: "journal", id: props.entry })}
      >
        {say("ownEntry")} <Keys of="why" />
      </button>
    </p>
  );
}
