// The whole way in the real window, by the keys a person has: an invoice finalised and sent, the
// bank's line that pays it accepted, the invoice paid, the box of the return. With
// COMPTOIR_PICTURES, pictures of each step, and of the screens in the other language and theme.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { environment, mailbox, prepare, STATEMENT } from "../browser/mailbox.mjs";
import { inWindow, until } from "./driver.mjs";

const folder = mkdtempSync(join(tmpdir(), "comptoir-window-way-"));
const book = join(folder, "livres.comptoir");
const file = join(folder, "releve.ofx");
const [ENTER, CONTROL, ESCAPE] = ["\uE007", "\uE009", "\uE00C"];
after(() => rmSync(folder, { recursive: true, force: true }));

const picture = async (window, name) => {
  const pictures = process.env.COMPTOIR_PICTURES;
  if (!pictures) return;
  // What was drawn last is shown a little later.
  const frames = "for (let n = 0; n < 30; n += 1) await new Promise(requestAnimationFrame);";
  await window.wait(frames);
  await window.picture(join(pictures, `window-${name}.png`));
};

/** Waits until an element of a selector holds a text. */
const holds = (window, selector, text) => {
  const script = `return [...document.querySelectorAll(arguments[0])]
    .some((one) => one.textContent.includes(arguments[1]));`;
  return until(() => window.run(script, selector, text), `${text} in ${selector}`);
};

/** Goes to a screen by its two keys. */
async function go(window, key) {
  await window.press("g");
  await window.press(key);
}

async function invoiced(window) {
  await window.find(".frame");
  await go(window, "v");
  await holds(window, ".grid-row", "Galerie Vasseur");
  await window.press(ENTER);
  await window.find(".sales-lines");
  await holds(window, "body", "Prête à partir");
  await picture(window, "1-editor");
  await window.press(ENTER, CONTROL);
  await holds(window, "h1", "FA-2026-0001");
  const ready = "return document.activeElement?.matches('.sales-letter input') === true";
  await window.find(".sales-letter input");
  await until(() => window.run(ready), "the focus on the letter");
  await picture(window, "2-letter");
  await window.press(ENTER);
  await holds(window, "body", "nvoyée une fois");
  await picture(window, "3-sent");
}

async function paid(window) {
  await holds(window, ".imported", "releve.ofx");
  await window.press(ESCAPE);
  await go(window, "b");
  await holds(window, ".grid-row.chosen", "FA-2026-0001");
  await picture(window, "4-line");
  await window.press(ENTER);
  await window.find(".toast");
  await go(window, "v");
  await holds(window, ".grid-row", "Payée");
  await picture(window, "5-paid");
  await go(window, "t");
  await window.find(".taxes");
  await picture(window, "6-box");
}

test(
  "from an invoice to a mailbox, from the bank's line to the box",
  { timeout: 240_000 },
  async (t) => {
    const mail = await mailbox();
    if (mail === null) return t.skip("exim4 is not installed");
    Object.assign(process.env, environment(mail));
    await inWindow({}, async (window) => {
      const ask = (name, params) => window.call(name, params, { book });
      await ask("create_book", { country: "fr", name: "Essai", first_day: "2026-01-01" });
      await prepare(ask, mail.tls);
    });
    await inWindow({ words: [book] }, async (window) => {
      await invoiced(window);
      const { messages } = await window.call("outbox", {}, { book });
      assert.deepEqual(
        messages.map((one) => one.state),
        ["sent"],
      );
      const letters = await mail.delivered();
      assert.equal(letters.length, 1);
      assert.ok(letters[0].includes(messages[0].message_id));
    });
    writeFileSync(file, STATEMENT);
    await inWindow({ words: [book, file] }, async (window) => {
      await paid(window);
      const asked = { form: "CA3", period: "2026-09" };
      const { boxes } = await window.call("preview_return", asked, { book });
      const value = (box) => boxes.find((one) => one.box === box).value;
      assert.deepEqual([value("A1"), value("08.base"), value("08.tax")], [2000, 2000, 400]);
    });
  },
);
