import { expect, test } from "vitest";
import { readAmount, type AmountRefusal } from "./readAmount";

type Expected = number | "rest" | "empty" | AmountRefusal;

function shown(text: string, language: "fr" | "en", decimals?: number): Expected {
  const read = readAmount(text, language, decimals);
  if (read.kind === "amount") return read.minor;
  return read.kind === "refused" ? read.why : read.kind;
}

const BOTH: [string, Expected][] = [
  ["", "empty"],
  ["   ", "empty"],
  ["=", "rest"],
  [" = ", "rest"],
  ["0", 0],
  ["12", 1200],
  ["-12", -1200],
  ["\u221212", -1200],
  ["+12", 1200],
  ["- 12", -1200],
  ["1284,5", 128450],
  ["1284.5", 128450],
  ["1 284.50", 128450],
  ["1 284,50", 128450],
  ["1\u00a0284,50", 128450],
  ["1\u202f284,50", 128450],
  ["1'284.50", 128450],
  ["1’284.50", 128450],
  ["1 234 567,89", 123456789],
  ["1,284.56", 128456],
  ["1.284,56", 128456],
  ["1.284.567", 128456700],
  ["1,284,567", 128456700],
  ["1.234.567,89", 123456789],
  [",5", 50],
  [".5", 50],
  ["5,", 500],
  ["5.", 500],
  ["0,01", 1],
  ["0,10", 10],
  ["10k", 1000000],
  ["1,5k", 150000],
  ["10 K", 1000000],
  ["-2k", -200000],
  ["=2k+1", 200100],
  ["12 €", 1200],
  ["12,50€", 1250],
  ["12 EUR", 1200],
  ["12 euros", 1200],
  ["$12", "unreadable"],
  ["=535,5*1,2", 64260],
  ["=535.5*1.2", 64260],
  ["535,5*1,2", 64260],
  ["535,5×1,2", 64260],
  ["=1+2*3", 700],
  ["=(1+2)*3", 900],
  ["=10-2-3", 500],
  ["=-(2+3)", -500],
  ["=2*-3", -600],
  ["=100/4", 2500],
  ["=100/8", 1250],
  ["=100÷8", 1250],
  ["=100/-8", -1250],
  ["=7656,17-1 250", 640617],
  ["=0,1+0,2", 30],
  ["=1,1*1,1*100", 12100],
  ["=3*0,335", "inexact"],
  ["=2*0,335", 67],
  ["=100/3", "inexact"],
  ["=100/3~", 3333],
  ["=200/3~", 6667],
  ["=-200/3~", -6667],
  ["=1/8~", 13],
  ["=-1/8~", -13],
  ["=100/3*3", 10000],
  ["1,2345", "decimals"],
  ["1.2345~", 123],
  ["-1,2345", "decimals"],
  ["0,005~", 1],
  ["0,004~", 0],
  ["0,005", "decimals"],
  ["=1/0", "zero"],
  ["=1/(2-2)", "zero"],
  ["=0/5", 0],
  ["9999999999999999", "large"],
  ["90071992547409,91", 9007199254740991],
  ["90071992547409,92", "large"],
  ["abc", "unreadable"],
  ["12a", "unreadable"],
  ["=", "rest"],
  ["==1", "unreadable"],
  ["=1+", "unreadable"],
  ["=*2", "unreadable"],
  ["=(1", "unreadable"],
  ["=1)", "unreadable"],
  ["1 28", "unreadable"],
  ["12 34", "unreadable"],
  ["1,2,3", "unreadable"],
  ["1.2.3", "unreadable"],
  ["1,28.5", "unreadable"],
  ["1.2,3.4", "unreadable"],
  [".", "unreadable"],
  [",", "unreadable"],
  ["--5", 500],
  ["1e3", "unreadable"],
  ["0x10", "unreadable"],
  ["Infinity", "unreadable"],
  ["<b>1</b>", "unreadable"],
  ["\u202e12", "unreadable"],
  ["١٢", "unreadable"],
  ["12km", "unreadable"],
];

test.each(BOTH)("%j in both languages", (text, expected) => {
  expect(shown(text, "fr")).toBe(expected);
  expect(shown(text, "en")).toBe(expected);
});

// Three digits after a comma are thousands in English and one decimal too many in French.
const APART: [string, Expected, Expected][] = [
  ["1,284", "decimals", 128400],
  ["1.284", "decimals", "decimals"],
  ["12,345", "decimals", 1234500],
  ["1,284,5", "unreadable", "unreadable"],
  ["=1000*1,055", 105500, 105500000],
  ["=1000*1.055", 105500, 105500],
  ["0,125", "decimals", "decimals"],
];

test.each(APART)("%j in French, then in English", (text, fr, en) => {
  expect(shown(text, "fr")).toBe(fr);
  expect(shown(text, "en")).toBe(en);
});

test("currencies of other decimals", () => {
  expect(shown("1200", "fr", 0)).toBe(1200);
  expect(shown("1200,5", "fr", 0)).toBe("decimals");
  expect(shown("1,234", "fr", 3)).toBe(1234);
});

test("a rounded amount says so", () => {
  expect(readAmount("=10/3~", "fr")).toEqual({ kind: "amount", minor: 333, rounded: true });
  expect(readAmount("=10/4~", "fr")).toEqual({ kind: "amount", minor: 250, rounded: false });
});
