import enBank from "../../../assets/locales/en/window/bank.json";
import enBooks from "../../../assets/locales/en/window/books.json";
import enFrame from "../../../assets/locales/en/window/frame.json";
import enHistory from "../../../assets/locales/en/window/history.json";
import enHome from "../../../assets/locales/en/window/home.json";
import enParties from "../../../assets/locales/en/window/parties.json";
import enSales from "../../../assets/locales/en/window/sales.json";
import enSettings from "../../../assets/locales/en/window/settings.json";
import enSources from "../../../assets/locales/en/window/sources.json";
import enStart from "../../../assets/locales/en/window/start.json";
import enTaxes from "../../../assets/locales/en/window/taxes.json";
import frBank from "../../../assets/locales/fr/window/bank.json";
import frBooks from "../../../assets/locales/fr/window/books.json";
import frFrame from "../../../assets/locales/fr/window/frame.json";
import frHistory from "../../../assets/locales/fr/window/history.json";
import frHome from "../../../assets/locales/fr/window/home.json";
import frParties from "../../../assets/locales/fr/window/parties.json";
import frSales from "../../../assets/locales/fr/window/sales.json";
import frSettings from "../../../assets/locales/fr/window/settings.json";
import frSources from "../../../assets/locales/fr/window/sources.json";
import frStart from "../../../assets/locales/fr/window/start.json";
import frTaxes from "../../../assets/locales/fr/window/taxes.json";

export type Language = "fr" | "en";

const fr = {
  bank: frBank,
  books: frBooks,
  frame: frFrame,
  history: frHistory,
  home: frHome,
  parties: frParties,
  sales: frSales,
  settings: frSettings,
  sources: frSources,
  start: frStart,
  taxes: frTaxes,
};

/** A sentence, or one for each plural form of the argument `count`. */
type Words<T> = { [K in keyof T]: T[K] extends string ? string : { one: string; other: string } };
type All = { [A in keyof typeof fr]: Words<(typeof fr)[A]> };

const en: All = {
  bank: enBank,
  books: enBooks,
  frame: enFrame,
  history: enHistory,
  home: enHome,
  parties: enParties,
  sales: enSales,
  settings: enSettings,
  sources: enSources,
  start: enStart,
  taxes: enTaxes,
};

export type Area = keyof typeof fr;
export type Key<A extends Area> = keyof (typeof fr)[A] & string;
export type Args = Record<string, string | number>;

const ALL: Record<Language, All> = { fr, en };
const PLURALS = { fr: new Intl.PluralRules("fr"), en: new Intl.PluralRules("en") };
const COUNTS = { fr: new Intl.NumberFormat("fr-FR"), en: new Intl.NumberFormat("en-GB") };

/** A count with its thousands apart. */
export function countText(language: Language, count: number): string {
  return COUNTS[language].format(count).replaceAll("\u202f", "\u00a0");
}

/** The sentence of a key. Arguments in braces are put in; numbers get their separators. */
export function say<A extends Area>(language: Language, area: A, key: Key<A>, args: Args = {}) {
  const entry = ALL[language][area][key] as string | { one: string; other: string };
  const count = Number(args.count ?? 0);
  const one = PLURALS[language].select(count) === "one";
  const sentence = typeof entry === "string" ? entry : one ? entry.one : entry.other;
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = args[name];
    return typeof value === "number" ? countText(language, value) : (value ?? whole);
  });
}
