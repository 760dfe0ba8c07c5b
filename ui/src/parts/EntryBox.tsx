import type { EntryView } from "../api/generated";
import { Amount } from "./Amount";
import "./entrybox.css";

/** An entry's lines: debit left, credit right; dashed while it is a draft. */
export function EntryBox(props: { entry: EntryView; currency: string; label: string }) {
  const { entry, currency, label } = props;
  const lines = entry.lines.map((line) => ({ ...line, name: line.counterparty ?? line.name }));
  return <LinesBox lines={lines} pencil={entry.draft} currency={currency} label={label} />;
}

interface Line {
  account: string;
  /** What is shown beside the account. */
  name: string;
  label: string;
  amount_minor: number;
}

/** Lines that stand as an entry does, or will: debit left, credit right. */
export function LinesBox(props: {
  lines: Line[];
  pencil: boolean;
  currency: string;
  label: string;
}) {
  return (
    <table className={props.pencil ? "entry-box pencil" : "entry-box"} aria-label={props.label}>
      <tbody>
        {props.lines.map((line, at) => (
          <tr key={at}>
            <td className="quiet">{line.account}</td>
            <td className="entry-name" title={line.label}>
              {line.name}
            </td>
            <td className="right">
              {line.amount_minor >= 0 && (
                <Amount minor={line.amount_minor} currency={props.currency} />
              )}
            </td>
            <td className="right">
              {line.amount_minor < 0 && (
                <Amount minor={-line.amount_minor} currency={props.currency} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
