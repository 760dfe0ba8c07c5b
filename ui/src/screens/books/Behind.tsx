import type { StatementRowView } from "../../api/generated";
import { Amount } from "../../parts/Amount";
import { useWords } from "../../words";

/** The accounts that a figure is the sum of; each opens its ledger. */
export function Behind(props: {
  row: StatementRowView;
  currency: string;
  onAccount: (account: string) => void;
  onIncome: () => void;
}) {
  const say = useWords("books");
  const { row } = props;
  return (
    <aside
      className="panel books-behind"
      data-panel
      tabIndex={-1}
      aria-label={say("accountsBehind")}
    >
      <h2 className="books-panel-title">{row.label}</h2>
      <Amount minor={row.net_minor} symbol currency={props.currency} className="books-figure" />
      {row.accounts.length === 0 && (
        <p className="second">{say(row.kind === "total" ? "sumOfRows" : "noAccounts")}</p>
      )}
      <div className="books-behind-list">
        {row.accounts.map(([code, name, minor], at) => (
          <button
            key={`${code}-${at}`}
            type="button"
            className="books-behind-row"
            onClick={() => (code === "" ? props.onIncome() : props.onAccount(code))}
          >
            <span className="quiet">{code}</span>
            <bdi className="cut" title={name}>
              {name}
            </bdi>
            <Amount minor={minor} className="strong" />
          </button>
        ))}
      </div>
      {row.accounts.length > 0 && <p className="help">{say("openAccount")}</p>}
    </aside>
  );
}
