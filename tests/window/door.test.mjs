// The one door from the page to the application: calls in, answers and events out.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openWindow, until } from "./driver.mjs";

const folder = mkdtempSync(join(tmpdir(), "comptoir-door-"));
const book = join(folder, "livres.comptoir");
let window;
before(
  async () => {
    window = await openWindow();
  },
  { timeout: 90_000 },
);
after(async () => {
  await window?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the interface is drawn, in the language that was chosen", async () => {
  await window.find("#root *");
  assert.equal(await window.run("return document.title"), "Comptoir");
  await until(() => window.run("return document.documentElement.lang === 'fr'"), "French");
});

test("what a call writes is told to the page", async () => {
  const started = await window.wait(`
    const inside = window.__TAURI_INTERNALS__;
    window.heard = [];
    const handler = inside.transformCallback((told) => window.heard.push(told.payload));
    await inside.invoke("plugin:event|listen", {
      event: "comptoir", target: { kind: "Any" }, handler });`);
  assert.ok("ok" in started, JSON.stringify(started));
  const business = { country: "fr", name: "Essai", first_day: "2026-01-01" };
  await window.call("create_book", business, { book });
  const change = {
    name: "activity",
    value: "services",
    valid_from: "2026-01-01",
  };
  await window.call("change_setting", change, { book });
  const heard = await until(async () => {
    const all = await window.run("return window.heard");
    return all.find((event) => event.kind === "changed");
  }, "the record");
  assert.equal(heard.book, book);
  assert.ok(Number.isInteger(heard.seq) && heard.tables.length > 0, JSON.stringify(heard));
});

test("an answer says which record it has seen", async () => {
  const request = { language: "fr", book, name: "trial_balance", params: {} };
  const { answer } = (await window.invoke("call", { request })).ok;
  assert.ok(Number.isInteger(answer.seq), JSON.stringify(answer));
});
