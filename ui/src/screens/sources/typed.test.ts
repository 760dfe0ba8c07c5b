import { expect, test } from "vitest";
import type { ConnectorView } from "../../api/generated";
import { EMPTY, missingIn, requestOf } from "./typed";

const ask = (id: string) => ({ id, name: id, hint: "", secret: true });
const connector: ConnectorView = {
  id: "bank",
  name: "Bank",
  regions: ["FR"],
  docs: "",
  hosts: [],
  asks: [ask("login"), ask("key")],
  lacks: [],
  history_days: null,
};

test("what has no answer is told in reading order", () => {
  expect(missingIn(connector, EMPTY).map((one) => one.id)).toEqual(["login", "key"]);
  const typed = { name: "", answers: { login: "me", key: " " } };
  expect(missingIn(connector, typed).map((one) => one.id)).toEqual(["key"]);
});

test("a request holds what is asked and nothing else", () => {
  const typed = { name: " ", answers: { login: " me ", key: "k", other: "x" } };
  expect(requestOf(connector, typed)).toEqual({
    connector: "bank",
    answers: { login: "me", key: "k" },
  });
  expect(requestOf(connector, { ...typed, name: " Pro " }).name).toBe("Pro");
});
