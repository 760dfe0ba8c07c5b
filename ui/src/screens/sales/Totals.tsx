import { Fragment } from "react";
import type { InvoicePreview } from "../../api/generated";
import { Amount } from "../../parts/Amount";
import { decimalShown } from "../../parts/format";
import { useLanguage, useWords } from "../../words";

/** What it comes to, as the engine says it; the rule is drawn whole once nothing is missing. */
export function Totals(props: {
  preview: InvoicePreview | undefined;
  isNote: boolean;
  currency: string;
}) {
  const say = useWords("sales");
  const language = useLanguage();
  const { preview, currency } = props;
  if (preview === undefined) return <p className="sales-totals quiet">…</p>;
  const money = { currency, symbol: true } as const;
  return (
    <dl className="sales-totals">
      <dt>{say("net")}</dt>
      <dd>
        <Amount minor={preview.net_minor} {...money} />
      </dd>
      {preview.taxes.map((tax, at) => (
        <Fragment key={at}>
          <dt>
            {say("taxAt", { rate: decimalShown(tax.rate, language) })}
            {tax.reason !== null && <span className="help"> {tax.reason}</span>}
          </dt>
          <dd>
            <Amount minor={tax.tax_minor} {...money} />
          </dd>
        </Fragment>
      ))}
      <dt className="sales-total-name">{say(props.isNote ? "toGiveBack" : "toPay")}</dt>
      <dd className="sales-total">
        <Amount
          minor={preview.gross_minor}
          {...money}
          rule={preview.problems.length === 0 ? "proved" : "unproved"}
        />
      </dd>
    </dl>
  );
}
