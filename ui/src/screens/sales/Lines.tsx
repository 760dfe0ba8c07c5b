import { NativeSelect, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useMemo, type KeyboardEvent } from "react";
import { ariaKeys, useAction } from "../../actions";
import type { InvoicePreview, Nature, TaxCodeChoice } from "../../api/generated";
import { Amount } from "../../parts/Amount";
import { Keys } from "../../parts/Keys";
import { SearchPicker, type Choice } from "../../parts/SearchPicker";
import { useWords } from "../../words";
import { NumberInput } from "./NumberInput";
import {
  isBlank,
  usedLines,
  withLine,
  withMoved,
  withNewLine,
  withoutLine,
  type Typed,
  type TypedLine,
} from "./draft";
import { UNITS, isUnit } from "./units";
import type { Change } from "./useWriting";

export interface LinesProps {
  typed: Typed;
  change: Change;
  codes: TaxCodeChoice[];
  preview: InvoicePreview | undefined;
  currency: string;
  why: (field: string, line?: number) => string | undefined;
  leave: (field: string, line?: number) => void;
}

/** The lines, written by keyboard alone: Enter goes on, from the last field to a new line. */
export function Lines(props: LinesProps) {
  const say = useWords("sales");
  const { typed, preview } = props;
  const acts = useLineActs(props);
  const used = usedLines(typed);
  return (
    <section className="sales-lines" aria-label={say("lines")} onKeyDownCapture={acts.press}>
      <div className="sales-lines-head" aria-hidden>
        <span>{say("name")}</span>
        <span className="right">{say("quantity")}</span>
        <span>{say("unit")}</span>
        <span className="right">{say("price")}</span>
        <span className="right">{say("lineTotal")}</span>
      </div>
      {typed.lines.map((line, at) => {
        const place = used.indexOf(line);
        const total = place < 0 ? undefined : preview?.lines[place];
        return <Line key={line.id} {...props} line={line} at={at} total={total} acts={acts} />;
      })}
      <button
        type="button"
        className="sales-add"
        aria-keyshortcuts={ariaKeys("addLine")}
        onClick={() => acts.add()}
      >
        <IconPlus size={15} stroke={1.6} aria-hidden /> {say("addLine")} <Keys of="addLine" />
      </button>
    </section>
  );
}

type Acts = ReturnType<typeof useLineActs>;

/** What the keys do to the line that has the focus. */
function useLineActs(props: LinesProps) {
  const { typed, change } = props;
  const add = () => {
    let made = 0;
    change((before) => {
      const [next, id] = withNewLine(before, lineInFocus());
      made = id;
      return next;
    });
    focusLine(made, "name");
  };
  const remove = (id = lineInFocus()) => {
    if (id === undefined) return;
    const at = typed.lines.findIndex((line) => line.id === id);
    change((before) => {
      const next = withoutLine(before, id);
      focusLine(next.lines[Math.min(at, next.lines.length - 1)]?.id, "name");
      return next;
    });
  };
  const move = (step: 1 | -1) => {
    const id = lineInFocus();
    if (id === undefined) return;
    const field = document.activeElement?.closest("[data-field]")?.getAttribute("data-field");
    change((before) => withMoved(before, id, step));
    focusLine(id, field ?? "name");
  };
  useAction("addLine", add);
  useAction("removeLine", () => remove());
  useAction("moveLineUp", () => move(-1));
  useAction("moveLineDown", () => move(1));
  // A list that is open would take these keys for itself.
  const press = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    move(step);
  };
  /** Enter goes to the next field, and from the last one to the next line or to a new one. */
  const enter = (event: KeyboardEvent<HTMLElement>, line: TypedLine) => {
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const field = event.target instanceof HTMLElement ? event.target : null;
    if (event.key !== "Enter" || !plain || event.defaultPrevented || field === null) return;
    if (!field.matches("input, select")) return;
    event.preventDefault();
    const within = event.currentTarget.querySelectorAll<HTMLElement>("input, select");
    const fields = [...within].filter((one) => one.getAttribute("type") !== "hidden");
    const next = fields[fields.indexOf(field) + 1];
    if (next !== undefined) return next.focus();
    const below = typed.lines[typed.lines.findIndex((one) => one.id === line.id) + 1];
    if (below !== undefined) return focusLine(below.id, "name");
    if (isBlank(line)) return fields[0]?.focus();
    add();
  };
  return { add, remove, press, enter };
}

function lineInFocus(): number | undefined {
  const line = document.activeElement?.closest<HTMLElement>("[data-line]")?.dataset["line"];
  return line === undefined ? undefined : Number(line);
}

/** The field of a line takes the focus once it is drawn. */
export function focusLine(id: number | undefined, field: string) {
  if (id === undefined) return;
  requestAnimationFrame(() => {
    const at = `[data-line="${id}"] [data-field="${field}"] :is(input, select)`;
    document.querySelector<HTMLElement>(at)?.focus();
  });
}

type LineProps = LinesProps & {
  line: TypedLine;
  at: number;
  total: number | undefined;
  acts: Acts;
};

function Line(props: LineProps) {
  const say = useWords("sales");
  const { line, at, total, acts, currency } = props;
  const number = { number: at + 1 };
  const lost = (event: React.FocusEvent<HTMLElement>) => {
    const field = event.target.closest("[data-field]")?.getAttribute("data-field");
    if (field && !isBlank(line)) props.leave(field, line.id);
  };
  return (
    <div
      className="sales-line"
      role="group"
      aria-label={say("lineNumber", number)}
      data-line={line.id}
      onKeyDown={(event) => acts.enter(event, line)}
      onBlur={lost}
    >
      <Words {...props} />
      <Numbers {...props} />
      <Tax {...props} />
      <span className="sales-line-total right">
        {total !== undefined && <Amount className="strong" minor={total} currency={currency} />}
      </span>
      <button
        type="button"
        tabIndex={-1}
        className="sales-remove"
        aria-label={say("removeLine", number)}
        aria-keyshortcuts={ariaKeys("removeLine")}
        title={say("removeLine", number)}
        onClick={() => acts.remove(line.id)}
      >
        <IconX size={14} stroke={1.6} />
      </button>
    </div>
  );
}

function Words(props: LineProps) {
  const say = useWords("sales");
  const { line, change, why } = props;
  const number = { number: props.at + 1 };
  const set = (part: Partial<TypedLine>) => change((typed) => withLine(typed, line.id, part));
  return (
    <>
      <div data-field="name" className="sales-name">
        <TextInput
          aria-label={say("nameOfLine", number)}
          placeholder={say("namePlaceholder")}
          value={line.name}
          error={why("name", line.id)}
          maxLength={1000}
          autoComplete="off"
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </div>
      <div data-field="description" className="sales-description">
        <TextInput
          aria-label={say("descriptionOfLine", number)}
          placeholder={say("descriptionPlaceholder")}
          value={line.description}
          maxLength={2000}
          autoComplete="off"
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

function Numbers(props: LineProps) {
  const say = useWords("sales");
  const { line, change, why } = props;
  const number = { number: props.at + 1 };
  const set = (part: Partial<TypedLine>) => change((typed) => withLine(typed, line.id, part));
  const units = [
    ...UNITS.map((code) => ({ value: code as string, label: say(`unit-${code}`) })),
    ...(isUnit(line.unit) ? [] : [{ value: line.unit, label: line.unit }]),
  ];
  return (
    <>
      <div data-field="quantity" className="sales-quantity">
        <NumberInput
          label={say("quantityOfLine", number)}
          field="quantity"
          value={line.quantity}
          error={why("quantity", line.id)}
          onChange={(quantity) => set({ quantity })}
        />
      </div>
      <div data-field="unit" className="sales-unit">
        <NativeSelect
          aria-label={say("unitOfLine", number)}
          data={units}
          value={line.unit}
          onChange={(event) => set({ unit: event.currentTarget.value })}
        />
      </div>
      <div data-field="price" className="sales-price">
        <NumberInput
          label={say("priceOfLine", number)}
          field="price"
          value={line.price}
          placeholder={say("pricePlaceholder")}
          error={why("price", line.id)}
          onChange={(price) => set({ price })}
        />
      </div>
      <div data-field="discount" className="sales-discount">
        <NumberInput
          label={say("discountOfLine", number)}
          field="discount"
          value={line.discount}
          placeholder={say("discountPlaceholder")}
          {...(line.discount === "" ? {} : { sign: "%" })}
          error={why("discount", line.id)}
          onChange={(discount) => set({ discount })}
        />
      </div>
    </>
  );
}

const NATURES: readonly Nature[] = ["goods", "services"];

function Tax(props: LineProps) {
  const say = useWords("sales");
  const { line, change, codes, why } = props;
  const number = { number: props.at + 1 };
  const set = (part: Partial<TypedLine>) => change((typed) => withLine(typed, line.id, part));
  const natures = line.nature === "asset" ? [...NATURES, "asset" as const] : NATURES;
  const choices = useMemo<Choice[]>(
    () =>
      codes
        .filter((one) => one.scope === "both" || one.scope === line.nature)
        .map((one) => ({ value: one.code, code: one.code, name: one.label })),
    [codes, line.nature],
  );
  const rates = codes.find((one) => one.code === line.taxCode)?.rates ?? [line.rate];
  const taxCode = why("taxCode", line.id);
  return (
    <>
      <div data-field="nature" className="sales-nature">
        <NativeSelect
          aria-label={say("natureOfLine", number)}
          data={natures.map((value) => ({ value, label: say(`nature-${value}`) }))}
          value={line.nature}
          onChange={(event) => set({ nature: event.currentTarget.value as Nature })}
        />
      </div>
      <div data-field="taxCode" className="sales-tax">
        <SearchPicker
          label={say("taxOfLine", number)}
          choices={choices}
          value={line.taxCode}
          onChange={(picked) => picked !== null && set({ taxCode: picked, rate: "" })}
          {...(taxCode === undefined ? {} : { error: taxCode })}
        />
      </div>
      {rates.length !== 1 && (
        <div data-field="rate" className="sales-rate">
          <NumberInput
            label={say("rateOfLine", number)}
            field="rate"
            value={line.rate}
            placeholder={rates[0] ?? say("ratePlaceholder")}
            error={why("rate", line.id)}
            onChange={(rate) => set({ rate })}
          />
        </div>
      )}
    </>
  );
}
