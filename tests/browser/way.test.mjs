// The whole way: an invoice finalised and sent in the browser, its letter in a real mailbox behind
// TLS and a password, the bank line that names it accepted, the box of the return that it fills.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { begin } from "./harness.mjs";
import { environment, mailbox, PASSWORD, prepare, STATEMENT } from "./mailbox.mjs";

/** The book is prepared by the program before the browser opens it. */
const prepared =
  (port) =>
  ({ path, cli }) =>
    prepare(
      (name, params) => JSON.parse(cli("call", path, name, JSON.stringify(params))).result,
      port,
    );

const picture = async (story, name) => {
  const folder = process.env.COMPTOIR_PICTURES;
  if (folder) await story.picture(join(folder, `way-${name}.png`));
};

test("from an invoice to a mailbox, from the bank's line to the box of the return", async (t) => {
  const mail = await mailbox();
  if (mail === null) return t.skip("exim4 is not installed");
  const env = environment(mail);
  const story = await begin({ book: "empty", language: "fr", env, prepare: prepared(mail.tls) });
  const { page, path, cli, folder } = story;
  const ask = (name, params) => JSON.parse(cli("call", path, name, JSON.stringify(params))).result;
  await page.waitForSelector(".frame");
  await page.keyboard.press("g");
  await page.keyboard.press("v");
  await page.waitForSelector(".grid-row:has-text('Galerie Vasseur')");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".sales-lines");
  await page.getByText("Prête à partir").waitFor();
  await picture(story, "1-editor");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector("h1:has-text('FA-2026-0001')");
  // Where a mail account is set the letter opens by itself.
  await page.waitForSelector(".sales-letter input");
  await picture(story, "2-letter");
  await page.locator(".sales-letter input").first().press("Enter");
  await page.waitForFunction(() => document.body.textContent.includes("nvoyée une fois"));
  await picture(story, "3-sent");

  // The mailbox has it once, with the very page that was frozen.
  const letters = await mail.delivered();
  assert.equal(letters.length, 1);
  const [message] = ask("outbox", {}).messages;
  assert.equal(message.state, "sent");
  assert.ok(letters[0].includes(message.message_id), "the Message-ID is the one that was fixed");
  const body = letters[0].split(/filename[^]*?\r?\n\r?\n/)[1].split(/\r?\n--/)[0];
  const saved = ask("save_invoice", { invoice: 1, out: folder });
  assert.deepEqual(Buffer.from(body, "base64"), readFileSync(saved.path));

  // The bank's line names it: Enter accepts, and the invoice is paid.
  const file = join(folder, "releve.ofx");
  writeFileSync(file, STATEMENT);
  // Keys are for the letter's dialog while it leaves, and Escape leads back to the list.
  await page.waitForSelector("[role=dialog]", { state: "detached" });
  await page.keyboard.press("Escape");
  await page.waitForSelector(".sales-split .grid-row");
  const asked = page.waitForEvent("filechooser");
  await page.keyboard.press("Control+o");
  await (await asked).setFiles([file]);
  await page.waitForFunction(() => document.body.textContent.includes("releve.ofx"));
  await picture(story, "3b-read");
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await page.waitForSelector(".grid-row.chosen:has-text('FA-2026-0001')");
  await picture(story, "4-line");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".toast");
  await page.waitForFunction(() => !document.querySelector(".grid-row.chosen .bank-told"));
  await page.keyboard.press("g");
  await page.keyboard.press("v");
  await page.waitForSelector(".grid-row:has-text('Payée')");
  await picture(story, "5-paid");

  // The box of its month, and the thread from it to the invoice and to the bank's bytes.
  const boxes = ask("preview_return", { form: "CA3", period: "2026-09" }).boxes;
  const value = (box) => boxes.find((one) => one.box === box).value;
  assert.deepEqual([value("A1"), value("08.base"), value("08.tax")], [2000, 2000, 400]);
  const thread = JSON.stringify(ask("explain", { figure: "ca3/2026-09/08.base" }));
  for (const wanted of ["FA-2026-0001", "VIR GALERIE VASSEUR", "releve.ofx"]) {
    assert.ok(thread.includes(wanted), wanted);
  }
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.waitForSelector(".taxes");
  await picture(story, "6-box");
  await story.end();
  assert.equal(mail.letters().length, 1, "nothing followed it");

  // The password is in no byte of the book or of what lies beside it.
  for (const name of readdirSync(folder, { recursive: true })) {
    const place = join(folder, name);
    if (
      !existsSync(place) ||
      readdirSync(dirname(place), { withFileTypes: true })
        .find((one) => one.name === name.split("/").pop())
        ?.isDirectory()
    )
      continue;
    assert.ok(!readFileSync(place).includes(PASSWORD), place);
  }
});
