import { useMediaQuery } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useMemo } from "react";
import { useAction } from "../../actions";
import type { InvoiceRowView, Sales } from "../../api/generated";
import { Feet, KeyHint } from "../../frame/Sheet";
import { usePlace } from "../../frame/place";
import { Act } from "../../parts/Act";
import { Amount } from "../../parts/Amount";
import { Grid } from "../../parts/Grid";
import { Empty } from "../../parts/States";
import { Tag } from "../../parts/Tag";
import { dayText } from "../../parts/format";
import { countText, useLanguage, useWords } from "../../words";
import { Detail } from "./Detail";
import { Rest } from "./Issued";
import { FILTERS, filterOf, fits, isSettled, signed, total, type Filter } from "./rows";
import { SentWord, StateWord } from "./states";

const ROW_HEIGHT = 44;

interface Props {
  sales: Sales;
  currency: string;
  onOpen: (id: number) => void;
  onMessage: (id: number) => void;
  onSend: (id: number) => void;
}

/** Every invoice and credit note, narrowed by the totals on top; the chosen one at the right. */
export function List(props: Props) {
  const say = useWords("sales");
  const [place, change] = usePlace();
  const { sales, currency, onOpen } = props;
  const filter = filterOf(place.state);
  const rows = useMemo(() => sales.rows.filter((row) => fits(row, filter)), [sales, filter]);
  const row = rows.find((one) => one.id === place.id) ?? rows[0];
  useAction(
    "openRow",
    () => row && onOpen(row.id),
    row === undefined ? say("noneChosen") : undefined,
  );
  if (sales.rows.length === 0) return <Nothing />;
  return (
    <>
      <Filters
        rows={sales.rows}
        filter={filter}
        currency={currency}
        onFilter={(to) => change({ state: to === "all" ? undefined : to, id: undefined })}
      />
      <div className="split sales-split">
        <Rows
          rows={rows}
          currency={currency}
          today={sales.today}
          chosen={row?.id ?? null}
          choose={(id) => change({ id })}
          onOpen={onOpen}
        />
        <Detail
          row={row}
          today={sales.today}
          currency={currency}
          onOpen={onOpen}
          onShow={(id) => change({ id, state: undefined })}
          onMessage={props.onMessage}
          onSend={props.onSend}
        />
      </div>
      <Feet>
        <KeyHint of="openRow">{say("keyOpen")}</KeyHint>
        <KeyHint of="sendInvoice">{say("keySend")}</KeyHint>
        <KeyHint of="creditInvoice">{say("keyCredit")}</KeyHint>
        <KeyHint of="duplicateInvoice">{say("keyDuplicate")}</KeyHint>
        <span className="grow" />
        <span>{say("count", { count: rows.length })}</span>
      </Feet>
    </>
  );
}

/** The first one: one sentence and the way. */
function Nothing() {
  const say = useWords("sales");
  return (
    <Empty title={say("noInvoice")} text={say("noInvoiceText")}>
      <Act of="newInvoice" main icon={<IconPlus size={15} stroke={1.6} />}>
        {say("newInvoice")}
      </Act>
    </Empty>
  );
}

/** How many there are of each kind and what they come to; each narrows the list. */
function Filters(props: {
  rows: readonly InvoiceRowView[];
  currency: string;
  filter: Filter;
  onFilter: (filter: Filter) => void;
}) {
  const say = useWords("sales");
  const language = useLanguage();
  return (
    <div className="sales-filters" role="group" aria-label={say("filters")}>
      {FILTERS.map((one) => {
        const rows = props.rows.filter((row) => fits(row, one));
        const name =
          one === "late" && rows.length > 0 ? "sales-filter-total red" : "sales-filter-total";
        return (
          <button
            key={one}
            type="button"
            className="sales-filter"
            aria-pressed={one === props.filter}
            onClick={() => props.onFilter(one)}
          >
            <span className="sales-filter-name">
              {say(`filter-${one}`)} · {countText(language, rows.length)}
            </span>
            <Amount className={name} minor={total(rows, one)} currency={props.currency} symbol />
          </button>
        );
      })}
    </div>
  );
}

type Column = "number" | "customer" | "day" | "due" | "amount" | "state";

function shapeOf(narrow: boolean): { column: Column; width: string }[] {
  return [
    { column: "number", width: "120px" },
    { column: "customer", width: "minmax(0, 1fr)" },
    ...(narrow ? [] : [{ column: "day" as const, width: "76px" }]),
    ...(narrow ? [] : [{ column: "due" as const, width: "92px" }]),
    { column: "amount", width: narrow ? "92px" : "112px" },
    { column: "state", width: narrow ? "132px" : "152px" },
  ];
}

function Rows(props: {
  rows: readonly InvoiceRowView[];
  currency: string;
  today: string;
  chosen: number | null;
  choose: (id: number) => void;
  onOpen: (id: number) => void;
}) {
  const say = useWords("sales");
  const { rows, choose, onOpen } = props;
  const narrow = useMediaQuery("(max-width: 1239px)") ?? false;
  const shape = shapeOf(narrow);
  const cells = useCells(props);
  const at = rows.findIndex((row) => row.id === props.chosen);
  return (
    <div>
      <Grid
        label={say("invoices")}
        focus
        count={rows.length}
        columns={shape.map(({ width }) => width).join(" ")}
        head={shape.map(({ column }) => say(`column-${column}`))}
        align={shape.map(({ column }) => (column === "amount" ? "right" : undefined))}
        height={() => ROW_HEIGHT}
        keyOf={(place) => rows[place]?.id ?? place}
        cells={(place) => {
          const row = rows[place];
          return row && shape.map(({ column }) => cells(row, column));
        }}
        rowClass={(place) => {
          const row = rows[place];
          return row && isSettled(row) ? "sales-settled" : undefined;
        }}
        selected={at < 0 ? null : at}
        onSelect={(place) => rows[place] && choose(rows[place].id)}
        onOpen={(place) => rows[place] && onOpen(rows[place].id)}
        empty={<p className="sales-none quiet">{say("noneOfFilter")}</p>}
      />
    </div>
  );
}

function useCells(props: { currency: string; today: string }) {
  const say = useWords("sales");
  const language = useLanguage();
  const { currency, today } = props;
  return (row: InvoiceRowView, column: Column): React.ReactNode => {
    const { reference, kind, state } = row;
    const isNote = kind === "credit_note";
    const late = state === "late" ? "red" : undefined;
    switch (column) {
      case "number":
        return reference === null ? (
          <Tag tone="pencil">{say(isNote ? "draftNote" : "draft")}</Tag>
        ) : (
          <span className="strong">{reference}</span>
        );
      case "customer":
        return (
          <span className="sales-two">
            <bdi className="cut strong" title={row.customer_name ?? ""}>
              {row.customer_name ?? say("noCustomer")}
            </bdi>
            <bdi className="cut help" title={row.about}>
              {row.answers === null ? row.about : say("noteOn", { number: row.answers })}
            </bdi>
          </span>
        );
      case "day":
        return row.day && dayText(row.day, language, today);
      case "due":
        return row.due_day && !isNote ? (
          <span className={late}>{dayText(row.due_day, language, today)}</span>
        ) : null;
      case "amount":
        return (
          <span className="sales-two">
            <Amount className="strong" minor={signed(row)} currency={currency} />
            {state !== "draft" && row.rest_minor !== 0 && row.rest_minor !== row.gross_minor && (
              <span className="help">
                <Rest minor={row.rest_minor} currency={currency} />
              </span>
            )}
          </span>
        );
      case "state":
        return (
          <span className="sales-two">
            <span className="cut">
              <StateWord row={row} />
            </span>
            {reference !== null && <SentWord sent={row.sent} />}
          </span>
        );
    }
  };
}
