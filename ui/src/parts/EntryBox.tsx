import type { EntryView } from "../api/generated";
import { Amount } from "./Amount";
import "./entrybox.css";

/** An entry's lines: debit left, credit right; dashed while it is a draft. */
export function EntryBox(props: { entry: EntryView; currency: string; label: string }) {
  return (
    <table
      className={props.entry.draft ? "entry-box pencil" : "entry-box"}
      aria-label={props.label}
    >
      <tbody>
        {props.entry.lines.map((line, at) => (
          <tr key={at}>
            <td className="quiet">{line.account}</td>
            <td className="entry-name" title={line.label}>
              {line.counterparty ?? line.name}
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
