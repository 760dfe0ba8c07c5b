import { expect, test } from "vitest";
import { EMPTY_MAIL, accountOf, portOf, typedMail, withTls, wrongIn } from "./mail";

test("the port follows the encryption, unless it is one's own", () => {
  expect(withTls(EMPTY_MAIL, false).port).toBe("587");
  expect(withTls(withTls(EMPTY_MAIL, false), true).port).toBe("465");
  expect(withTls({ ...EMPTY_MAIL, port: "2525" }, false).port).toBe("2525");
});

test("a port is a number that a port can be", () => {
  expect([" 465 ", "1", "65535"].map(portOf)).toEqual([465, 1, 65535]);
  expect(["", "0", "65536", "46.5", "smtp", "-1"].map(portOf)).toEqual(Array(6).fill(null));
});

test("what is typed is what is kept", () => {
  expect(wrongIn(EMPTY_MAIL)).toEqual(["host", "user", "address"]);
  const typed = { ...EMPTY_MAIL, host: " smtp.exemple.fr", user: "a", address: "a@exemple.fr" };
  expect(wrongIn(typed)).toEqual([]);
  const account = accountOf(typed);
  expect(account).toEqual({
    host: "smtp.exemple.fr",
    port: 465,
    implicit_tls: true,
    user: "a",
    address: "a@exemple.fr",
  });
  expect(typedMail(account)).toEqual({ ...typed, host: "smtp.exemple.fr" });
});
