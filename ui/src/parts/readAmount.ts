import type { Language } from "../words";

/** What a person's text says as an amount. */
export type AmountRead =
  | { kind: "empty" }
  /** A lone "=": what is left to balance. */
  | { kind: "rest" }
  | { kind: "amount"; minor: number; rounded: boolean }
  | { kind: "refused"; why: AmountRefusal };

/** Why a text is no amount: more decimals than the currency has; a formula that does not end on a
 *  whole cent; a division by zero; an amount beyond what is counted; no amount at all. */
export type AmountRefusal = "decimals" | "inexact" | "zero" | "large" | "unreadable";

/** An exact number: a float cannot hold ten cents. */
interface Ratio {
  over: bigint;
  under: bigint;
}

type Token = { sign: "+" | "-" | "*" | "/" | "(" | ")" } | { value: Ratio };

/** Thousands apart, as people write them in either language. */
const GAPS = /(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3}(?!\d))/g;
const SYMBOLS = /\s*(?:€|\$|£|eur|euros?)\s*$/i;
const NUMBER = /^\d[\d.,]*|^[.,]\d+/;
const SIGNS: Record<string, "+" | "-" | "*" | "/" | "(" | ")"> = {
  "+": "+",
  "-": "-",
  "\u2212": "-",
  "–": "-",
  "*": "*",
  "×": "*",
  "/": "/",
  "÷": "/",
  "(": "(",
  ")": ")",
};

/** Reads `1284,5`, `1 284.50`, `=535,5*1,2`, `10k`, `-12`. A formula whose result is no whole cent
 *  is refused unless it ends with "~", which rounds it half away from zero. */
export function readAmount(text: string, language: Language, decimals = 2): AmountRead {
  const written = text.trim();
  if (written === "") return { kind: "empty" };
  if (written === "=") return { kind: "rest" };
  const rounds = written.endsWith("~");
  const body = (rounds ? written.slice(0, -1) : written).replace(/^=/, "").replace(SYMBOLS, "");
  const tokens = tokensOf(body.trim().replaceAll(GAPS, ""), language);
  if (tokens === null) return refused("unreadable");
  let value: Ratio;
  try {
    value = new Evaluation(tokens).whole();
  } catch (error) {
    return refused(error instanceof DividedByZero ? "zero" : "unreadable");
  }
  const scaled = value.over * 10n ** BigInt(decimals);
  const isExact = scaled % value.under === 0n;
  if (!isExact && !rounds) return refused(tokens.length <= 2 ? "decimals" : "inexact");
  const minor = isExact ? scaled / value.under : nearest(scaled, value.under);
  const number = Number(minor);
  if (!Number.isSafeInteger(number)) return refused("large");
  return { kind: "amount", minor: number, rounded: !isExact };
}

function refused(why: AmountRefusal): AmountRead {
  return { kind: "refused", why };
}

/** The nearest whole, halves away from zero. */
function nearest(over: bigint, under: bigint): bigint {
  const half = over < 0n ? -under : under;
  return (2n * over + half) / (2n * under);
}

function tokensOf(text: string, language: Language): Token[] | null {
  const tokens: Token[] = [];
  let left = text;
  while (left !== "") {
    const space = /^\s+/.exec(left);
    if (space) {
      left = left.slice(space[0].length);
      continue;
    }
    const sign = SIGNS[left.charAt(0)];
    if (sign !== undefined) {
      tokens.push({ sign });
      left = left.slice(1);
      continue;
    }
    const digits = NUMBER.exec(left)?.[0];
    const value = digits === undefined ? null : decimalOf(digits, language);
    if (digits === undefined || value === null) return null;
    left = left.slice(digits.length);
    const thousands = /^\s?k(?![a-z])/i.exec(left);
    if (thousands) {
      left = left.slice(thousands[0].length);
      value.over *= 1000n;
    }
    tokens.push({ value });
  }
  return tokens;
}

/** Digits with their marks. The last mark is that of the decimals, unless it can only be one of the
 *  thousands: `1,284.56`, `1.284,56`, `1.284.567`; in English also `1,284`. */
function decimalOf(text: string, language: Language): Ratio | null {
  const marks = [...text].filter((one) => one === "," || one === ".");
  const last = marks.at(-1);
  if (last === undefined) return { over: BigInt(text), under: 1n };
  const others = marks.slice(0, -1);
  const alike = others.every((one) => one === last);
  const inThousands = language === "en" && last === "," && /^[1-9]\d{0,2},\d{3}$/.test(text);
  if ((others.length > 0 && alike) || inThousands) {
    const grouped = last === "," ? /^\d{1,3}(,\d{3})+$/ : /^\d{1,3}(\.\d{3})+$/;
    return grouped.test(text) ? { over: BigInt(text.replaceAll(last, "")), under: 1n } : null;
  }
  const at = text.lastIndexOf(last);
  const whole = text.slice(0, at);
  const part = text.slice(at + 1);
  const other = last === "," ? "." : ",";
  const wholeIsRight =
    others.length === 0 ||
    (other === "," ? /^\d{1,3}(,\d{3})+$/ : /^\d{1,3}(\.\d{3})+$/).test(whole);
  if (!wholeIsRight) return null;
  const digits = whole.replaceAll(other, "") + part;
  return { over: BigInt(digits === "" ? "0" : digits), under: 10n ** BigInt(part.length) };
}

class DividedByZero extends Error {}

/** Sums of products of signed numbers and brackets. */
class Evaluation {
  private at = 0;

  constructor(private readonly tokens: Token[]) {}

  whole(): Ratio {
    const value = this.sum();
    if (this.at !== this.tokens.length) throw new Error("left over");
    return value;
  }

  private sum(): Ratio {
    let value = this.product();
    for (let sign = this.take("+", "-"); sign; sign = this.take("+", "-")) {
      const right = this.product();
      const added = right.over * value.under;
      const over = value.over * right.under + (sign === "+" ? added : -added);
      value = { over, under: value.under * right.under };
    }
    return value;
  }

  private product(): Ratio {
    let value = this.factor();
    for (let sign = this.take("*", "/"); sign; sign = this.take("*", "/")) {
      const right = this.factor();
      if (sign === "*") {
        value = { over: value.over * right.over, under: value.under * right.under };
        continue;
      }
      if (right.over === 0n) throw new DividedByZero();
      const turn = right.over < 0n ? -1n : 1n;
      value = { over: turn * value.over * right.under, under: turn * value.under * right.over };
    }
    return value;
  }

  private factor(): Ratio {
    const sign = this.take("+", "-");
    if (sign !== undefined) {
      const value = this.factor();
      return sign === "-" ? { over: -value.over, under: value.under } : value;
    }
    if (this.take("(")) {
      const value = this.sum();
      if (!this.take(")")) throw new Error("not closed");
      return value;
    }
    const token = this.tokens[this.at];
    if (token === undefined || !("value" in token)) throw new Error("no number");
    this.at += 1;
    return token.value;
  }

  private take(...signs: string[]): string | undefined {
    const token = this.tokens[this.at];
    if (token === undefined || !("sign" in token) || !signs.includes(token.sign)) return undefined;
    this.at += 1;
    return token.sign;
  }
}
