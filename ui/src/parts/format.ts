import type { Language } from "../words";

const LOCALES = { fr: "fr-FR", en: "en-GB" } as const;
const formats = new Map<string, Intl.NumberFormat>();

/** Group separators that every font has, and a true minus sign. */
function tidy(text: string): string {
  return text.replaceAll(/[\u202f\u2009 ]/g, "\u00a0").replaceAll("-", "\u2212");
}

function numbers(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.NumberFormat(LOCALES[language], options);
    formats.set(key, found);
  }
  return found;
}

/** How many decimals a currency has. */
export function decimalsOf(currency: string): number {
  return (
    numbers("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** Minor units as a decimal text, exactly. */
export function decimalText(minor: number, decimals: number): string {
  const digits = String(Math.abs(minor)).padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  const text = decimals === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return minor < 0 ? `-${text}` : text;
}

export interface AmountStyle {
  currency?: string;
  /** Shows the currency's sign. */
  symbol?: boolean;
  /** Shows "+" on what comes in. */
  plus?: boolean;
}

export function amountText(minor: number, language: Language, style: AmountStyle = {}): string {
  const currency = style.currency ?? "EUR";
  const decimals = decimalsOf(currency);
  const options: Intl.NumberFormatOptions = style.symbol
    ? { style: "currency", currency }
    : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const text = decimalText(minor, decimals) as `${number}`;
  const plus = style.plus === true && minor > 0 ? "+" : "";
  return plus + tidy(numbers(language, options).format(text));
}

/** A decimal text of the engine, with its own decimals kept. */
export function decimalShown(text: string, language: Language): string {
  const decimals = (text.split(".")[1] ?? "").length;
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return tidy(numbers(language, options).format(text as `${number}`));
}

/** Whole units, as boxes of returns are. */
export function wholeText(value: number, language: Language, currency?: string): string {
  const options: Intl.NumberFormatOptions =
    currency === undefined ? {} : { style: "currency", currency, maximumFractionDigits: 0 };
  return tidy(numbers(language, options).format(value));
}

const dates = new Map<string, Intl.DateTimeFormat>();

function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let found = dates.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(LOCALES[language], { timeZone: "UTC", ...options });
    dates.set(key, found);
  }
  return found;
}

function instantOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** `17 nov.`, with the year when it is not the one given. */
export function dayText(day: string, language: Language, thisYear?: string): string {
  const year = thisYear !== undefined && day.startsWith(thisYear.slice(0, 4));
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };
  return dateFormat(language, year ? options : { ...options, year: "numeric" }).format(
    instantOf(day),
  );
}

/** `Mardi 17 novembre`, as a heading. */
export function longDayText(day: string, language: Language, thisYear?: string): string {
  const year = thisYear !== undefined && day.startsWith(thisYear.slice(0, 4));
  const options: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" };
  const text = dateFormat(language, year ? options : { ...options, year: "numeric" }).format(
    instantOf(day),
  );
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `Octobre 2026` of a month written `2026-10`. */
export function monthText(month: string, language: Language): string {
  const text = dateFormat(language, { month: "long", year: "numeric" }).format(
    instantOf(`${month}-01`),
  );
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An instant in the person's own time. */
export function momentText(instant: string, language: Language): string {
  const options: Intl.DateTimeFormatOptions = {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  };
  return new Intl.DateTimeFormat(LOCALES[language], options).format(new Date(instant));
}
