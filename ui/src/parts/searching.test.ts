import { expect, test } from "vitest";
import { found, type Choice } from "./searching";

const CHOICES: Choice[] = [
  { value: "a", code: "606100", name: "Électricité et eau" },
  { value: "b", code: "626000", name: "Frais postaux" },
  { value: "c", code: "627000", name: "Services bancaires" },
  { value: "d", code: "411606", name: "Clients, services" },
];
const of = (text: string) => found(CHOICES, text).map((one) => one.value);

test("a number finds by its beginning, a name by any of its words", () => {
  expect(of("606")).toEqual(["a", "d"]);
  expect(of("62")).toEqual(["b", "c"]);
  expect(of("electricite")).toEqual(["a"]);
  expect(of("FRAIS")).toEqual(["b"]);
  expect(of("services")).toEqual(["c", "d"]);
  expect(of("627 banc")).toEqual(["c"]);
  expect(of("")).toEqual(["a", "b", "c", "d"]);
  expect(of("rien")).toEqual([]);
});
