import { expect, test } from "vitest";
import { cardOf, emptyCard, fieldOf, keepCard, keptCard, termsOf, typedOf } from "./typed";

const failure = (code: string, name?: string) => ({
  code,
  args: name === undefined ? [] : [["name", name] as [string, string]],
  message: "",
  hint: "",
  detail: null,
});

test("what is empty is not sent, and comes back as typed", () => {
  const typed = { ...emptyCard("fr"), name: " Hôtel des Dunes ", siren: "123 456 782", terms: "0" };
  const card = cardOf(typed, undefined);
  expect(card).toEqual({
    name: "Hôtel des Dunes",
    siren: "123 456 782",
    consumer: false,
    line1: "",
    line2: "",
    post_code: "",
    city: "",
    country: "FR",
    terms_days: 0,
  });
  expect(typedOf(card)).toEqual({ ...typed, name: "Hôtel des Dunes" });
});

test("a person has neither SIREN nor VAT number", () => {
  const typed = {
    ...emptyCard("fr"),
    name: "A",
    siren: "123456782",
    vatNumber: "FR1",
    consumer: true,
  };
  const card = cardOf(typed, "A");
  expect(card.code).toBe("A");
  expect(card).not.toHaveProperty("siren");
  expect(card).not.toHaveProperty("vat_number");
});

test("terms are whole days of a year at most", () => {
  expect(termsOf(" ")).toBe(null);
  expect(termsOf("30")).toBe(30);
  expect(["367", "-1", "1,5", "un", "9999"].map(termsOf)).toEqual(Array(5).fill(undefined));
});

test("a refusal finds its field", () => {
  expect(fieldOf(failure("bad-siren"))).toBe("siren");
  expect(fieldOf(failure("bad-vat-number"))).toBe("vatNumber");
  expect(fieldOf(failure("bad-value", "terms_days"))).toBe("terms");
  expect(fieldOf(failure("bad-value", "other"))).toBe(undefined);
  expect(fieldOf(failure("posted"))).toBe(undefined);
});

test("an unfinished card waits, unless its card was changed meanwhile", () => {
  const from = { ...emptyCard("fr"), name: "A" };
  const typed = { ...from, city: "Nantes" };
  keepCard("b", "A", from, typed);
  expect(keptCard("b", "A", from)).toEqual(typed);
  expect(keptCard("b", undefined, from)).toBe(undefined);
  expect(keptCard("b", "A", { ...from, name: "B" })).toBe(undefined);
  keepCard("b", "A", from, null);
  expect(keptCard("b", "A", from)).toBe(undefined);
});
