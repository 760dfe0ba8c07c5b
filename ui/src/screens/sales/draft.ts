import type {
  CreditReason,
  Day,
  InvoiceDraft,
  InvoiceKind,
  InvoiceLine,
  Nature,
} from "../../api/generated";
import { decimalShown, decimalText } from "../../parts/format";
import { readAmount, type AmountRefusal } from "../../parts/readAmount";
import type { Language } from "../../words";

/** A line of the invoice that is being typed; numbers stay as they were typed. */
export interface TypedLine {
  id: number;
  name: string;
  description: string;
  quantity: string;
  unit: string;
  price: string;
  discount: string;
  nature: Nature;
  taxCode: string;
  /** Where the code allows several rates. */
  rate: string;
  account?: string | undefined;
}

export interface Typed {
  kind: InvoiceKind;
  customer: string | null;
  day: Day | null;
  dueDay: Day | null;
  deliveryDay: Day | null;
  order: string;
  note: string;
  lines: TypedLine[];
  answers?: number | undefined;
  reason: CreditReason | null;
}

/** The numbers of a line, and how many decimals each may have. */
export const DECIMALS = { quantity: 4, price: 6, discount: 4, rate: 4 } as const;
export type NumberField = keyof typeof DECIMALS;

/** Decimals that a price shows at least. */
const PRICE_SHOWN = 2;

/** A number that cannot be read: of which line, which, and why. */
export interface Unread {
  line: number;
  field: NumberField;
  why: AmountRefusal;
}

let lines = 0;

/** What a new line takes from the one before it. */
export type Model = Pick<TypedLine, "unit" | "nature" | "taxCode" | "rate">;

export function emptyLine(model: Model): TypedLine {
  lines += 1;
  const { unit, nature, taxCode, rate } = model;
  const blank = { name: "", description: "", quantity: "1", price: "", discount: "" };
  return { id: lines, ...blank, unit, nature, taxCode, rate };
}

export function emptyInvoice(taxCode: string): Typed {
  return {
    kind: "invoice",
    customer: null,
    day: null,
    dueDay: null,
    deliveryDay: null,
    order: "",
    note: "",
    lines: [emptyLine({ unit: "C62", nature: "services", taxCode, rate: "" })],
    reason: null,
  };
}

/** Whether nothing was typed into a line. */
export function isBlank(line: TypedLine): boolean {
  const { name, description, price, discount } = line;
  return [name, description, price, discount].every((one) => one.trim() === "");
}

/** Whether nothing was typed at all: such an invoice is not kept. */
export function isUntouched(typed: Typed): boolean {
  const { customer, dueDay, deliveryDay, order, note } = typed;
  const empty = [customer, typed.day, dueDay, deliveryDay].every((one) => one === null);
  return empty && order === "" && note === "" && typed.lines.every(isBlank);
}

/** What a number says, as the engine takes it; null where there is none. */
export function readNumber(
  text: string,
  language: Language,
  field: NumberField,
): { value: string | null } | { why: AmountRefusal } {
  const read = readAmount(text, language, DECIMALS[field]);
  switch (read.kind) {
    case "empty":
      return { value: null };
    case "rest":
      return { why: "unreadable" };
    case "refused":
      return { why: read.why };
    case "amount":
      return { value: tidied(decimalText(read.minor, DECIMALS[field])) };
  }
}

/** Without zeros at its end. */
function tidied(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A number of the engine as it stands in its field. */
export function shownNumber(text: string, language: Language, field: NumberField): string {
  const plain = tidied(text);
  const has = (plain.split(".")[1] ?? "").length;
  const least = field === "price" ? Math.max(PRICE_SHOWN, has) : has;
  const padded =
    least > has ? `${has === 0 ? `${plain}.` : plain}${"0".repeat(least - has)}` : plain;
  return decimalShown(padded, language).replace("\u2212", "-");
}

/** The lines that count, in their order: a blank one is none. */
export function usedLines(typed: Typed): TypedLine[] {
  return typed.lines.filter((line) => !isBlank(line));
}

/** What is kept and previewed, and what of it could not be read. */
export function draftOf(
  typed: Typed,
  language: Language,
): { draft: InvoiceDraft; unread: Unread[] } {
  const unread: Unread[] = [];
  const number = (line: TypedLine, field: NumberField) => {
    const read = readNumber(line[field], language, field);
    if ("value" in read) return read.value;
    unread.push({ line: line.id, field, why: read.why });
    return null;
  };
  const lineOf = (line: TypedLine): InvoiceLine => {
    const [discount, rate] = [number(line, "discount"), number(line, "rate")];
    return {
      name: line.name.trim(),
      ...filled("description", line.description),
      quantity: number(line, "quantity") ?? "0",
      unit: line.unit,
      unit_price: number(line, "price") ?? "0",
      ...(discount === null ? {} : { discount_percent: discount }),
      tax_code: line.taxCode,
      ...(rate === null ? {} : { rate }),
      nature: line.nature,
      ...(line.account === undefined ? {} : { account: line.account }),
    };
  };
  const draft: InvoiceDraft = {
    kind: typed.kind,
    ...(typed.customer === null ? {} : { customer: typed.customer }),
    ...(typed.day === null ? {} : { day: typed.day }),
    ...(typed.dueDay === null ? {} : { due_day: typed.dueDay }),
    ...(typed.deliveryDay === null ? {} : { delivery_day: typed.deliveryDay }),
    ...filled("order_reference", typed.order),
    ...filled("note", typed.note),
    lines: usedLines(typed).map(lineOf),
    ...(typed.answers === undefined ? {} : { answers: typed.answers }),
    ...(typed.reason === null ? {} : { reason: typed.reason }),
  };
  return { draft, unread };
}

function filled<K extends string>(name: K, text: string): Partial<Record<K, string>> {
  const said = text.trim();
  return said === "" ? {} : ({ [name]: said } as Record<K, string>);
}

/** A draft of the book as it is typed on. */
export function typedOf(draft: InvoiceDraft, language: Language, taxCode: string): Typed {
  const typed = draft.lines.map((line): TypedLine => {
    lines += 1;
    const number = (text: string | undefined, field: NumberField) =>
      text === undefined ? "" : shownNumber(text, language, field);
    return {
      id: lines,
      name: line.name,
      description: line.description ?? "",
      quantity: number(line.quantity, "quantity"),
      unit: line.unit,
      price: Number(line.unit_price) === 0 ? "" : number(line.unit_price, "price"),
      discount: number(line.discount_percent, "discount"),
      nature: line.nature,
      taxCode: line.tax_code,
      rate: number(line.rate, "rate"),
      account: line.account,
    };
  });
  return {
    kind: draft.kind,
    customer: draft.customer ?? null,
    day: draft.day ?? null,
    dueDay: draft.due_day ?? null,
    deliveryDay: draft.delivery_day ?? null,
    order: draft.order_reference ?? "",
    note: draft.note ?? "",
    lines: typed.length > 0 ? typed : emptyInvoice(taxCode).lines,
    answers: draft.answers,
    reason: draft.reason ?? null,
  };
}

export function withLine(typed: Typed, id: number, change: Partial<TypedLine>): Typed {
  const changed = typed.lines.map((line) => (line.id === id ? { ...line, ...change } : line));
  return { ...typed, lines: changed };
}

/** A new line under another, like it in unit and tax. */
export function withNewLine(typed: Typed, after: number | undefined): [Typed, number] {
  const found = typed.lines.findIndex((line) => line.id === after);
  const at = found < 0 ? typed.lines.length - 1 : found;
  const model = typed.lines[at];
  if (model === undefined) return [typed, 0];
  const line = emptyLine(model);
  return [{ ...typed, lines: typed.lines.toSpliced(at + 1, 0, line) }, line.id];
}

/** One line fewer; an invoice always shows one to type in. */
export function withoutLine(typed: Typed, id: number): Typed {
  const gone = typed.lines.find((line) => line.id === id);
  const left = typed.lines.filter((line) => line.id !== id);
  if (left.length === 0 && gone !== undefined) left.push(emptyLine(gone));
  return { ...typed, lines: left };
}

/** A line up or down by one. */
export function withMoved(typed: Typed, id: number, step: 1 | -1): Typed {
  const at = typed.lines.findIndex((line) => line.id === id);
  const line = typed.lines[at];
  const to = at + step;
  if (line === undefined || to < 0 || to >= typed.lines.length) return typed;
  return { ...typed, lines: typed.lines.toSpliced(at, 1).toSpliced(to, 0, line) };
}

/** The draft that says the same again: days, number and answers are its own. */
export function duplicateOf(draft: InvoiceDraft): InvoiceDraft {
  const { customer, order_reference, note, lines: sold } = draft;
  return {
    kind: "invoice",
    ...(customer === undefined ? {} : { customer }),
    ...(order_reference === undefined ? {} : { order_reference }),
    ...(note === undefined ? {} : { note }),
    lines: sold,
  };
}
