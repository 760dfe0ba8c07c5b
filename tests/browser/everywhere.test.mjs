// Every screen and state in both themes and both languages: nothing that axe finds, nothing wider
// than the window. With COMPTOIR_PICTURES=FOLDER each is also written there as a picture, to be
// looked at.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { begin } from "./harness.mjs";

const pictures = process.env.COMPTOIR_PICTURES;
if (pictures) mkdirSync(pictures, { recursive: true });

/** What each place shows, in its address; then the keys that open more of it. */
const PLACES = [
  ["home", "/home"],
  ["bank", "/bank"],
  ["bank-classify", "/bank", "c"],
  ["bank-all", "/bank?tab=all"],
  ["bank-gaps", "/bank?tab=proofs"],
  ["sales", "/sales?id=21"],
  ["sales-late", "/sales?state=late"],
  ["sales-draft", "/sales?invoice=23"],
  ["sales-missing", "/sales?invoice=23", "Control+Enter"],
  ["sales-new", "/sales?tab=new"],
  ["sales-issued", "/sales?invoice=21"],
  ["sales-letter", "/sales?id=21", "e"],
  ["outbox", "/sales?tab=outbox"],
  ["journal", "/books?tab=journal", "ArrowDown"],
  ["entry", "/books?tab=journal", "n"],
  ["ledger", "/books?tab=ledger&account=512101"],
  ["trial", "/books?tab=trial", "ArrowDown"],
  ["income", "/books?tab=income"],
  ["balance", "/books?tab=balance"],
  ["validate", "/books?tab=journal", "Control+Enter"],
  ["taxes", "/taxes?period=2026-01"],
  ["taxes-why", "/taxes?period=2026-03", "ArrowDown", "ArrowDown", "p"],
  ["taxes-make", "/taxes?period=2026-02", "Control+Enter"],
  ["sources", "/sources"],
  ["sources-link", "/sources", "n"],
  ["sources-form", "/sources", "n", "Enter"],
  ["parties", "/parties?party=VASSEUR"],
  ["party-new", "/parties", "n"],
  ["history", "/history", "ArrowDown"],
  ["settings", "/settings"],
  ["invoicing", "/settings?tab=invoicing"],
  ["mail", "/settings?tab=mail"],
  ["backups", "/settings?tab=backups"],
  ["palette", "/home", "Control+k"],
  ["keys", "/home", "?"],
];

/** What shows itself without anything in the book. */
const EMPTY = [
  "home",
  "bank",
  "sales",
  "books",
  "taxes",
  "sources",
  "parties",
  "history",
  "settings",
];

/** Milliseconds without a change after which a screen is taken to stand still. */
const STILL_MS = 200;

/** Waits until nothing loads any more and nothing changes. */
async function still(page) {
  await page.waitForFunction(
    () => document.querySelector(".sheet .loading, .grid-loading") === null,
  );
  await page.evaluate(
    (quiet) =>
      new Promise((done) => {
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(end, quiet);
        });
        const end = () => {
          observer.disconnect();
          done();
        };
        let timer = setTimeout(end, quiet);
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    STILL_MS,
  );
}

async function go(page, address) {
  await page.keyboard.press("Escape");
  await page.evaluate((to) => (location.hash = `#${to}`), address);
  await page.waitForSelector(".sheet h1");
  await still(page);
}

/** Looks at what is on screen: axe, its width, its picture. */
async function look(story, name, kind) {
  await story.axe(`${name}, ${kind}`);
  const wide = await story.page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  assert.ok(!wide, `${name}, ${kind}: wider than the window`);
  if (pictures) await story.picture(join(pictures, `${name}-${kind}.png`));
}

/** Invoices in every state that needs no server, after the nineteen of the sample: late, credited,
 *  queued, drafts. Days follow the numbers: none before the sample's last. */
function sell({ path, cli }) {
  const ask = (name, params) => JSON.parse(cli("call", path, name, JSON.stringify(params))).result;
  const set = (name, value) => ask("change_setting", { name, value, valid_from: "2026-01-01" });
  set("address", "14 rue des Charpentiers, 44000 Nantes");
  set("email", "contact@atelier-morvan.exemple");
  const address = { line1: "8 rue de l’Héronnière", post_code: "44000", city: "Nantes" };
  const card = { ...address, country: "FR", email: "achats@vasseur.exemple" };
  ask("save_customer", { ...card, code: "VASSEUR", name: "Galerie Vasseur", siren: "123451072" });
  const line = (name, unit_price) => {
    return { name, quantity: "1", unit_price, tax_code: "S20", nature: "goods" };
  };
  const { today } = ask("book", {});
  const before = (days) => new Date(Date.parse(today) - days * 86_400_000).toISOString();
  const [day, due_day] = [before(30), before(10)].map((one) => one.slice(0, 10));
  const keep = (draft) => ask("draft_invoice", { draft: { customer: "VASSEUR", ...draft } }).row.id;
  const issue = (draft) => {
    const invoice = keep(draft);
    ask("finalise_invoice", { invoice });
    return invoice;
  };
  issue({ day, due_day, lines: [line("Socles et vitrines", "3120")] });
  const open = issue({ lines: [line("Banque d’accueil sur mesure", "4620"), line("Pose", "840")] });
  const { row } = ask("credit_invoice", { invoice: open, reason: "rebate" });
  const lines = [{ ...line("Pose", "120") }];
  const note = { kind: "credit_note", customer: "VASSEUR", answers: open, reason: "rebate", lines };
  ask("draft_invoice", { invoice: row.id, draft: note });
  ask("finalise_invoice", { invoice: row.id });
  keep({ customer: "PENHOEL", lines: [line("Comptoir de vente", "5450"), line("", "80")] });
  ask("send_invoice", { invoice: open, to: ["compta@vasseur.exemple"] });
}

const worked = ({ path, folder, cli }) => {
  sell({ path, cli });
  cli("call", path, "accept_sure");
  cli("validate", path, "--up-to", "2026-01-31");
  cli("tax", path, "make", "CA3", "--period", "2026-01", "--out", folder);
};

for (const language of ["fr", "en"]) {
  for (const theme of ["light", "dark"]) {
    const kind = `${language}-${theme}`;

    test(`every screen, ${kind}`, async () => {
      const story = await begin({ theme, language, prepare: worked });
      await story.page.waitForSelector(".frame");
      for (const [name, address, ...presses] of PLACES) {
        await go(story.page, address);
        for (const press of presses) {
          await story.page.keyboard.press(press);
          await still(story.page);
        }
        await look(story, name, kind);
      }
      await story.end();
    });

    test(`every screen of a book without anything, ${kind}`, async () => {
      const story = await begin({ book: "empty", theme, language });
      await story.page.waitForSelector(".frame");
      for (const screen of EMPTY) {
        await go(story.page, `/${screen}`);
        await look(story, `empty-${screen}`, kind);
      }
      await story.end();
    });

    test(`what waits, what fails, what is gone, ${kind}`, async () => {
      const story = await begin({ theme, language });
      const { page } = story;
      await page.waitForSelector(".frame");
      await go(page, "/bank");
      // Late: the engine answers, but not yet.
      let answer;
      const late = new Promise((resolve) => (answer = resolve));
      await page.route("**/call", async (route) => {
        await late;
        await route.continue().catch(() => undefined);
      });
      await page.evaluate(() => (location.hash = "#/books?tab=trial"));
      await page.waitForSelector(".sheet .loading");
      await look(story, "late", kind);
      answer();
      await page.unroute("**/call");
      await still(page);
      // Held by another program: nothing is written, and it is said.
      await go(page, "/bank");
      const holder = spawn("flock", [`${story.path}-lock`, "-c", "echo held; cat"]);
      await once(holder.stdout, "data");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".failed-toast");
      await look(story, "held", kind);
      holder.stdin.end();
      await once(holder, "exit");
      // Gone: the book was moved away while it was open.
      renameSync(story.path, `${story.path}.moved`);
      await page.evaluate(() => (location.hash = "#/books?tab=income"));
      await page.waitForSelector(".sheet .failed");
      await look(story, "moved", kind);
      renameSync(`${story.path}.moved`, story.path);
      // Not at all: the engine has ended.
      await story.stop();
      await page.evaluate(() => (location.hash = "#/history"));
      await page.waitForSelector(".sheet .failed");
      await look(story, "unreachable", kind);
      story.faults.length = 0;
      await story.end();
    });
  }
}

test("in a small window and at twice the size nothing is out of reach", async () => {
  for (const [width, height] of [
    [1000, 640],
    [720, 450],
  ]) {
    const story = await begin({ width, height, prepare: worked });
    await story.page.waitForSelector(".frame");
    for (const [name, address, ...presses] of PLACES) {
      await go(story.page, address);
      for (const press of presses) await story.page.keyboard.press(press);
      await still(story.page);
      await look(story, name, `${width}`);
    }
    await story.end();
  }
});

test("two windows on one book stay in step", async () => {
  const story = await begin({});
  const { page } = story;
  const changes = (one, before) =>
    one.waitForFunction((text) => document.querySelector(".foot")?.innerText !== text, before);
  await page.waitForSelector(".foot div");
  await go(page, "/history");
  // Another program's record is seen when one comes back to the window.
  const alone = await page.locator(".foot").innerText();
  story.cli("call", story.path, "accept_sure");
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await changes(page, alone);
  const second = await story.another();
  await second.waitForSelector(".frame");
  await go(second, "/history");
  const count = await second.locator(".foot").innerText();
  await go(page, "/bank");
  await page.keyboard.press("Enter");
  await changes(second, count);
  const after = await second.locator(".foot").innerText();
  await page.waitForFunction((now) => document.querySelector(".foot")?.innerText === now, after);
  await story.end();
});
