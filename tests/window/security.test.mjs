// What a page in the window can do, tried from inside it: ask the application, and nothing else.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { openWindow } from "./driver.mjs";

let window;
before(
  async () => {
    window = await openWindow({ words: ["livres.comptoir", "janvier.xml"] });
  },
  { timeout: 90_000 },
);
after(() => window?.close());

/** A try that must have been refused, and for this reason. */
function refused(told, reason) {
  assert.ok(!("ok" in told), `allowed: ${JSON.stringify(told)}`);
  assert.match(told.refused, reason);
}

test("the page may ask the application", async () => {
  const books = await window.call("books");
  assert.ok(Array.isArray(books));
});

test("a refusal of the application reaches the page as a reply", async () => {
  const { ok } = await window.invoke("call", {
    request: { language: "fr", name: "no_such" },
  });
  assert.ok(ok.failure.message, JSON.stringify(ok));
});

test("the page may cancel, listen, and hear what it was opened with", async () => {
  assert.deepEqual(await window.invoke("cancel", { id: "nothing" }), {
    ok: false,
  });
  const told = await window.invoke("opened_with");
  assert.match(told.ok.book, /^\/.*\/livres\.comptoir$/);
  assert.match(told.ok.files.join(), /^\/.*\/janvier\.xml$/);
  const listened = await window.wait(`
    const inside = window.__TAURI_INTERNALS__;
    const handler = inside.transformCallback(() => {});
    return await inside.invoke("plugin:event|listen", {
      event: "comptoir", target: { kind: "Any" }, handler });`);
  assert.equal(typeof listened.ok, "number", JSON.stringify(listened));
});

test("documents lie in a folder of the person's home, and only those are shown", async () => {
  const { ok } = await window.invoke("documents");
  assert.ok(ok === `${window.home}/Comptoir/documents`, ok);
  refused(await window.invoke("show", { path: "/etc/passwd" }), /passwd/);
});

test("text never becomes code", async () => {
  const told = await window.wait(`
    return await new Promise((resolve, reject) => {
      window.addEventListener("securitypolicyviolation", (event) => {
        reject(event.effectiveDirective);
      }, { once: true });
      const script = document.createElement("script");
      script.textContent = "window.strangeCodeRan = true";
      document.head.append(script);
      setTimeout(() => resolve("no violation"), 5000);
    });`);
  refused(told, /script-src/);
  assert.equal(await window.run("return window.strangeCodeRan ?? null"), null);
  refused(await window.wait("return eval('1 + 1')"), /EvalError|unsafe-eval/);
  refused(await window.wait("return new Function('return 2')()"), /EvalError|unsafe-eval/);
});

test("the page reaches no other server, not even one of this machine", async () => {
  let asked = 0;
  const server = createServer((_, answer) => {
    asked += 1;
    answer.setHeader("access-control-allow-origin", "*");
    answer.end("here");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const address = `http://127.0.0.1:${server.address().port}/`;
    refused(await window.wait("return await (await fetch(arguments[0])).text()", address), /./);
    refused(
      await window.wait(
        `
      return await new Promise((resolve, reject) => {
        const picture = new Image();
        picture.onload = () => resolve("loaded");
        picture.onerror = () => reject("not loaded");
        picture.src = arguments[0];
      });`,
        address,
      ),
      /not loaded/,
    );
    assert.equal(asked, 0);
  } finally {
    server.close();
  }
});

test("the page may not ask the shell for anything else", async () => {
  const strange = [
    ["plugin:window|close", { label: "main" }],
    ["plugin:window|set_title", { label: "main", value: "strange" }],
    ["plugin:app|version", {}],
    ["plugin:event|emit", { event: "comptoir", payload: { kind: "lagged" } }],
    ["plugin:webview|create_webview_window", { options: { label: "strange", url: "/" } }],
    ["plugin:path|resolve_directory", { directory: 6 }],
    ["plugin:dialog|save", { options: {} }],
    ["plugin:fs|read_file", { path: "/etc/hostname" }],
    ["plugin:window-state|save_window_state", { flags: 1 }],
    ["no_such_command", {}],
  ];
  for (const [command, args] of strange) {
    refused(await window.invoke(command, args), /not allowed|not found/i);
  }
});

test("what scripts inherit cannot be changed", async () => {
  assert.equal(await window.run("return Object.isFrozen(Object.prototype)"), true);
});

test("no global opens the shell to scripts", async () => {
  assert.equal(await window.run("return typeof window.__TAURI__"), "undefined");
});
