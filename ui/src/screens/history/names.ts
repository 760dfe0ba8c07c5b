import type { Key } from "../../words";

/** The tables that records change, by the words people have for their rows. */
export const TABLES: Readonly<Record<string, Key<"history">>> = {
  account: "tableAccount",
  alias: "tableAlias",
  bank_account: "tableBankAccount",
  bank_account_alias: "tableBankAccountAlias",
  book: "tableBook",
  clearing: "tableClearing",
  clearing_letter: "tableClearingLetter",
  counterparty: "tableCounterparty",
  currency: "tableCurrency",
  entry: "tableEntry",
  fiscal_year: "tableFiscalYear",
  journal: "tableJournal",
  line: "tableLine",
  match: "tableMatch",
  posting: "tablePosting",
  return_item: "tableReturnItem",
  setting: "tableSetting",
  sighting: "tableSighting",
  statement: "tableStatement",
  tax_item: "tableTaxItem",
  tax_return: "tableTaxReturn",
  transfer: "tableTransfer",
  waiver: "tableWaiver",
  window: "tableWindow",
};

/** Tables whose rows tell a person most, in this order; those that say how a line was recognised
 *  come after all others. */
const FOREMOST = [
  "book",
  "setting",
  "tax_return",
  "bank_account",
  "statement",
  "window",
  "entry",
  "posting",
  "tax_item",
  "line",
  "match",
];
const LAST = ["sighting", "alias", "return_item", "bank_account_alias"];

export function rankOf(table: string): number {
  const first = FOREMOST.indexOf(table);
  if (first !== -1) return first;
  const last = LAST.indexOf(table);
  return last === -1 ? FOREMOST.length : FOREMOST.length + 1 + last;
}

/** Fields that have words; the others are shown by their own name. */
export const FIELDS: Readonly<Record<string, Key<"history">>> = {
  account: "fieldAccount",
  amount_minor: "fieldAmount",
  as_of: "fieldAsOf",
  balance_after_minor: "fieldBalanceAfter",
  bank_account: "tableBankAccount",
  base_minor: "fieldBase",
  blob: "fieldFile",
  blob_size: "fieldSize",
  chargeable_on: "fieldChargeableOn",
  clean_label: "fieldCleanLabel",
  closed_day: "fieldClosedDay",
  closed_to: "fieldClosedTo",
  closing_minor: "fieldClosing",
  code: "fieldCode",
  counterparty: "tableCounterparty",
  country: "fieldCountry",
  currency: "tableCurrency",
  day: "fieldDay",
  deductible_minor: "fieldDeductible",
  dismissed: "fieldDismissed",
  document_day: "fieldDocumentDay",
  document_reference: "fieldDocument",
  entry: "tableEntry",
  filed_day: "fieldFiledDay",
  first_day: "fieldFirstDay",
  first_seen: "fieldFirstSeen",
  fiscal_year: "tableFiscalYear",
  form: "fieldForm",
  journal: "tableJournal",
  kind: "fieldKind",
  label: "fieldLabel",
  last_day: "fieldLastDay",
  letter: "fieldLetter",
  line: "tableLine",
  lines: "fieldLines",
  name: "fieldName",
  number: "fieldNumber",
  opening_minor: "fieldOpening",
  ordinal: "fieldOrdinal",
  origin: "fieldOrigin",
  party_iban: "fieldPartyIban",
  party_name: "fieldPartyName",
  place: "fieldPlace",
  posted_seq: "fieldPosted",
  rate: "fieldRate",
  reader: "fieldReader",
  reason: "fieldReason",
  reference: "fieldReference",
  released: "fieldReleased",
  reverses: "fieldReverses",
  since: "fieldSince",
  siren: "fieldSiren",
  source: "fieldSource",
  state: "fieldState",
  statement: "tableStatement",
  sum_minor: "fieldSum",
  tax_code: "fieldTaxCode",
  tax_minor: "fieldTax",
  trust: "fieldTrust",
  type_code: "fieldTypeCode",
  valid_from: "fieldValidFrom",
  value: "fieldValue",
  value_day: "fieldValueDay",
  vat_number: "fieldVatNumber",
  vat_role: "fieldVatRole",
  why: "fieldWhy",
  window: "tableWindow",
  withdrawn: "fieldWithdrawn",
};

/** Fields in another currency than the book's: their minor units are left as they are. */
const FOREIGN = new Set(["foreign_minor", "original_minor", "fee_minor"]);
/** Fields that are yes or no. */
const YES_NO = new Set(["collective", "consumer", "former", "released", "withdrawn"]);

/** Fields that name a row of another table by its number; accounts, journals and the like come
 *  with their code instead. */
const ROWS = new Set([
  "carries",
  "claim",
  "entry",
  "fiscal_year",
  "item",
  "letter",
  "line",
  "line_in",
  "line_out",
  "moves",
  "payment",
  "posting",
  "reverses",
  "settlement",
  "statement",
  "tax_item",
  "tax_return",
  "window",
]);

/** Values that the book keeps as codes. */
export const VALUES: Readonly<Record<string, Readonly<Record<string, Key<"history">>>>> = {
  state: { here: "stateHere", held: "stateHeld", gone: "stateGone" },
  kind: {
    ordinary: "kindOrdinary",
    opening: "kindOpening",
    carried: "kindCarried",
    settlement: "kindSettlement",
    reversal: "kindReversal",
    history: "kindHistory",
    bank: "kindBank",
    card: "kindCard",
  },
};

/** How a field's text is to be read. */
export type Reading = "amount" | "day" | "instant" | "yes-no" | "row" | "text";

export function readingOf(name: string, text: string): Reading {
  if (name.endsWith("_minor") && !FOREIGN.has(name) && /^-?\d{1,15}$/.test(text)) return "amount";
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return "day";
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z?$/.test(text)) return "instant";
  if (YES_NO.has(name) && (text === "0" || text === "1")) return "yes-no";
  if (ROWS.has(name) && /^\d+$/.test(text)) return "row";
  return "text";
}
