import type { BookView } from "../../api/generated";
import { useWords } from "../../words";
import { IbanField, TextField, type FieldProps } from "./Field";
import { useDated } from "./dated";

/** What invoices say besides what they must, and how they are numbered. Each holds from today on,
 *  and may be empty again. */
export function Invoicing(props: { book: BookView }) {
  const say = useWords("settings");
  const { book } = props;
  const dated = useDated();
  const field = (name: string): FieldProps & { key: string; optional: true } => ({
    key: name,
    name,
    value: book.settings[name] ?? "",
    day: book.today,
    today: book.today,
    dated: dated.get(name) ?? [],
    optional: true,
  });
  return (
    <>
      <h3>{say("invoicingWho")}</h3>
      <div className="settings-fields">
        <TextField {...field("share_capital")} placeholder={say("example-share_capital")} />
        <TextField {...field("register")} placeholder={say("example-register")} />
        <TextField {...field("email")} />
        <TextField {...field("telephone")} />
      </div>
      <h3>{say("invoicingPaid")}</h3>
      <div className="settings-fields">
        <IbanField {...field("invoice_iban")} help={say("invoiceIbanHelp")} />
        <TextField {...field("invoice_bic")} />
        <TextField {...field("payment_days")} help={say("paymentDaysHelp")} />
        <TextField {...field("late_payment")} wide long help={say("byLaw")} />
        <TextField {...field("discount_terms")} wide long help={say("byLaw")} />
      </div>
      <h3>{say("invoicingNumbers")}</h3>
      <div className="settings-fields">
        <TextField {...field("invoice_prefix")} help={say("prefixHelp")} />
        <TextField {...field("credit_note_prefix")} help={say("prefixHelp")} />
        <TextField {...field("invoice_footer")} wide long help={say("footerHelp")} />
      </div>
    </>
  );
}
