/** Units of UN/ECE recommendation 20 that are offered; another one of a draft stays. */
export const UNITS = [
  "C62",
  "HUR",
  "DAY",
  "MON",
  "ANN",
  "LS",
  "SET",
  "MTR",
  "MTK",
  "MTQ",
  "KMT",
  "KGM",
  "TNE",
  "LTR",
  "KWH",
] as const;

export function isUnit(code: string): code is (typeof UNITS)[number] {
  return (UNITS as readonly string[]).includes(code);
}
