import type { CustomerCard, Failure } from "../../api/generated";

/** A card while it is typed: every field a text. */
export interface Typed {
  name: string;
  siren: string;
  vatNumber: string;
  consumer: boolean;
  line1: string;
  line2: string;
  postCode: string;
  city: string;
  country: string;
  email: string;
  terms: string;
  /** Empty is the language of the book's country. */
  language: "" | "fr" | "en";
}

/** Fields that can be refused, in reading order. */
export const FIELDS = [
  "name",
  "siren",
  "vatNumber",
  "line1",
  "country",
  "email",
  "terms",
  "language",
] as const;
export type Field = (typeof FIELDS)[number];

/** Digits of a SIREN. */
export const SIREN_DIGITS = 9;
/** The longest term in days that the engine takes. */
const LONGEST_TERM = 366;

export function emptyCard(country: string): Typed {
  return {
    name: "",
    siren: "",
    vatNumber: "",
    consumer: false,
    line1: "",
    line2: "",
    postCode: "",
    city: "",
    country: country.toUpperCase(),
    email: "",
    terms: "",
    language: "",
  };
}

/** What is kept, as it is typed. The engine gives null for what is absent. */
export function typedOf(card: CustomerCard): Typed {
  const { language } = card;
  return {
    name: card.name,
    siren: card.siren ?? "",
    vatNumber: card.vat_number ?? "",
    consumer: card.consumer,
    line1: card.line1,
    line2: card.line2,
    postCode: card.post_code,
    city: card.city,
    country: card.country,
    email: card.email ?? "",
    terms: typeof card.terms_days === "number" ? String(card.terms_days) : "",
    language: language === "fr" || language === "en" ? language : "",
  };
}

/** Days typed as a term; null where it is none, undefined where it is no number of days. */
export function termsOf(text: string): number | null | undefined {
  const digits = text.trim();
  if (digits === "") return null;
  const days = /^\d{1,3}$/.test(digits) ? Number(digits) : LONGEST_TERM + 1;
  return days <= LONGEST_TERM ? days : undefined;
}

/** The card to keep. Call it only when its terms can be read. */
export function cardOf(typed: Typed, code: string | undefined): CustomerCard {
  const terms = termsOf(typed.terms);
  const filled = (text: string) => text.trim() || undefined;
  const optional = {
    code,
    siren: typed.consumer ? undefined : filled(typed.siren),
    vat_number: typed.consumer ? undefined : filled(typed.vatNumber),
    email: filled(typed.email),
    terms_days: terms ?? undefined,
    language: filled(typed.language),
  };
  return {
    name: typed.name.trim(),
    consumer: typed.consumer,
    line1: typed.line1.trim(),
    line2: typed.line2.trim(),
    post_code: typed.postCode.trim(),
    city: typed.city.trim(),
    country: typed.country,
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined),
    ) as Partial<CustomerCard>),
  };
}

const ENGINE_NAMES: Record<string, Field> = {
  name: "name",
  code: "name",
  siren: "siren",
  vat_number: "vatNumber",
  email: "email",
  country: "country",
  address: "line1",
  terms_days: "terms",
  language: "language",
};

/** The field that a refusal is about; none where it is about something else. */
export function fieldOf(failure: Failure): Field | undefined {
  if (failure.code === "bad-siren") return "siren";
  if (failure.code === "bad-vat-number") return "vatNumber";
  if (failure.code !== "bad-value") return undefined;
  const name = failure.args.find(([one]) => one === "name")?.[1];
  return ENGINE_NAMES[name ?? ""];
}

/** Cards that were left unfinished, until the window closes: by book and code. */
const unfinished = new Map<string, { typed: Typed; from: Typed }>();

function keyOf(book: string, code: string | undefined): string {
  return `${book}\n${code ?? ""}`;
}

function isSame(one: Typed, other: Typed): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What was left unfinished of a card, unless that card was changed since. */
export function keptCard(book: string, code: string | undefined, from: Typed): Typed | undefined {
  const kept = unfinished.get(keyOf(book, code));
  return kept !== undefined && isSame(kept.from, from) ? kept.typed : undefined;
}

export function keepCard(book: string, code: string | undefined, from: Typed, typed: Typed | null) {
  if (typed === null || isSame(typed, from)) unfinished.delete(keyOf(book, code));
  else unfinished.set(keyOf(book, code), { typed, from });
}
