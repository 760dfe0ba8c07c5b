import type { IncomeMonth } from "../../api/generated";

/** The heights of a bar chart: it starts at zero and has three lines. */
export interface Scale {
  /** Lines in minor units, lowest first; zero is among them. */
  lines: [number, number, number];
  /** Whether its labels are in thousands. */
  thousands: boolean;
}

const STEPS = [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10];

/** Lines at round numbers, so that labels need no decimals. */
export function scaleOf(months: readonly IncomeMonth[], decimals: number): Scale {
  const values = months.flatMap((one) => [one.income_minor, one.expense_minor]);
  const unit = 10 ** decimals;
  const high = Math.max(0, ...values) / unit;
  const low = Math.min(0, ...values) / unit;
  const thousands = Math.max(high, -low) >= 2_000;
  const step = thousands ? 1_000 : 1;
  const top = roundUp(high / step) * step * unit;
  if (low === 0) return { lines: [0, top / 2, top], thousands };
  return { lines: [-roundUp(-low / step) * step * unit, 0, top], thousands };
}

/** The next round number whose half is whole too. */
function roundUp(value: number): number {
  if (value <= 0) return 2;
  for (let magnitude = 1; ; magnitude *= 10) {
    for (const step of STEPS) {
      const found = Math.round(step * magnitude);
      if (found >= value && found % 2 === 0) return found;
    }
  }
}

/** The sign of a currency, as its readers write it. */
export function signOf(currency: string, language: "fr" | "en"): string {
  const format = new Intl.NumberFormat(language, { style: "currency", currency });
  return format.formatToParts(0).find((part) => part.type === "currency")?.value ?? currency;
}
