// The books by keyboard alone: journal, an entry typed and kept, posting, ledger, statements.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { begin } from "./harness.mjs";

const open = async (page, search) => {
  await page.waitForSelector(".frame");
  await page.evaluate((to) => {
    location.hash = `#/books${to}`;
  }, search);
  await page.waitForFunction(() => location.hash.startsWith("#/books"));
  await page.waitForSelector(".books-bar");
};
/** Bank lines that are booked as drafts: entries that come from bytes. */
const accepted = ({ path, cli }) => void cli("call", path, "accept_sure");
const keys = async (page, ...presses) => {
  for (const press of presses) await page.keyboard.press(press);
};
const address = (page) => page.evaluate(() => location.hash);

/** Types an entry of two lines, the second one by "=". */
async function typeEntry(page, label) {
  await page.keyboard.press("n");
  await page.waitForSelector(".books-form select option", {
    state: "attached",
  });
  await page.keyboard.type("hier");
  await keys(page, "Tab", "Tab", "Tab");
  await page.keyboard.type(label);
  await page.keyboard.press("Tab");
  await page.keyboard.type("6132");
  await keys(page, "Enter", "Tab");
  await page.keyboard.type("=535,5*1,2");
  await keys(page, "Tab", "Tab");
  await page.keyboard.type("6135");
  await keys(page, "Enter", "Tab");
  await page.keyboard.type("=");
  await page.keyboard.press("Tab");
}

for (const theme of ["light", "dark"]) {
  test(`an entry is typed, kept, seen and deleted (${theme})`, async () => {
    const story = await begin({ book: "sample", language: "fr", theme });
    const { page } = story;
    await page.waitForSelector(".frame");
    await keys(page, "g", "l");
    await page.waitForSelector(".books-entry");
    await story.axe("journal");
    await page.keyboard.press("ArrowDown");
    await page.waitForSelector(".books-panel .entry-box");
    await story.axe("an entry");

    await typeEntry(page, "Loyer <b>novembre</b>");
    await page.waitForSelector(".books-form-sums .rule-proved");
    await story.axe("the form");
    // Leaving keeps what was typed.
    await page.keyboard.press("Escape");
    await page.waitForSelector(".books-form", { state: "detached" });
    await page.keyboard.press("n");
    assert.equal(
      await page.locator('.books-form [data-field="label"] input').inputValue(),
      "Loyer <b>novembre</b>",
    );
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".books-panel .tag-pencil");
    assert.match(await page.locator(".books-panel h2").innerText(), /Loyer <b>novembre<\/b>/);
    const amounts = await page.locator(".books-panel .entry-box .num").allInnerTexts();
    assert.deepEqual(
      amounts.map((one) => one.replaceAll(/\s/g, "")),
      ["642,60", "642,60"],
    );
    assert.match(await address(page), /id=\d+/);

    await page.keyboard.press("Delete");
    await page.waitForFunction(() => !location.hash.includes("id="));
    await page.keyboard.press("Control+z");
    await page.waitForSelector("text=/annulé/i");
    await story.end();
  });

  test(`an entry that lacks something says what (${theme})`, async () => {
    const story = await begin({ book: "sample", language: "en", theme });
    const { page } = story;
    await open(page, "?tab=journal");
    await page.waitForSelector(".books-entry");
    await page.keyboard.press("n");
    await page.waitForSelector(".books-form select option", {
      state: "attached",
    });
    await page.keyboard.press("Control+Enter");
    assert.equal(
      await page
        .locator('[data-field="label"] input')
        .evaluate((one) => one === document.activeElement),
      true,
    );
    await page.keyboard.type("Rent");
    await page.keyboard.press("Tab");
    await page.keyboard.type("6132");
    await keys(page, "Enter", "Tab");
    await page.keyboard.type("12.345");
    await page.keyboard.press("Tab");
    await page.waitForSelector("text=/2 decimals at most/");
    await story.axe("a refused amount");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("text=Give a debit or a credit.");
    await story.end();
  });

  test(`what is posted stays, and says so (${theme})`, async () => {
    const story = await begin({ book: "sample", language: "fr", theme });
    const { page } = story;
    await open(page, "?tab=journal");
    await page.waitForSelector(".books-entry");
    await typeEntry(page, "Loyer");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".books-panel .tag-pencil");
    await page.waitForFunction(() => document.activeElement?.classList.contains("grid-pane"));
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("text=/en brouillard jusqu’au/");
    await page.waitForSelector("text=/ne s’annule pas/");
    await story.axe("the dialog");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".books-panel .tag-plain");
    // While a dialog still lies there, the keys of the screen are not heard.
    await page.waitForSelector('[role="dialog"]', { state: "detached" });
    await page.keyboard.press("x");
    await page.waitForSelector('[role="dialog"]');
    await story.axe("reversing");
    await page.keyboard.press("Enter");
    await page.waitForSelector("text=/contre-passée/");
    await story.end();
  });

  test(`from a balance to its bytes with P (${theme})`, async () => {
    const story = await begin({
      book: "sample",
      language: "fr",
      theme,
      prepare: accepted,
    });
    const { page } = story;
    await open(page, "?tab=trial");
    await page.waitForSelector(".books-trial .grid-row");
    await page.waitForSelector(".books-total .rule-proved");
    await story.axe("trial balance");
    const [bank] = JSON.parse(story.cli("call", story.path, "bank_accounts")).result;
    await open(page, `?tab=trial&account=${bank.account}`);
    await page.waitForSelector(".books-ledger .grid-row");
    await story.axe("trial balance with a ledger");
    await page.locator(".books-trial .grid-pane").focus();
    await page.keyboard.press("p");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("p");
    await page.waitForSelector(".books-panel .bytes-box mark");
    assert.match(await address(page), /tab=ledger/);
    await story.axe("an entry's thread");
    await page.keyboard.press("Alt+ArrowLeft");
    await page.waitForFunction(() => location.hash.includes("tab=trial"));
    await story.end();
  });

  test(`each figure of a statement opens its accounts (${theme})`, async () => {
    const story = await begin({ book: "sample", language: "en", theme });
    const { page } = story;
    for (const tab of ["income", "balance"]) {
      await open(page, `?tab=${tab}`);
      await page.waitForSelector(".books-figure-row");
      await story.axe(tab);
      await page.locator(".books-page").focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".books-behind");
      await page.keyboard.press("p");
      await story.axe(`${tab}, the accounts behind`);
    }
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => location.hash.includes("tab=ledger"));
    await story.axe("ledger");
    await story.end();
  });
}

test("arrows change the period, the list names any", async () => {
  const story = await begin({ book: "sample", language: "fr", theme: "light" });
  const { page } = story;
  await open(page, "?tab=journal&from=2026-03-01&to=2026-03-31");
  await page.waitForSelector("text=Mars 2026");
  await page.locator(".grid-pane").focus();
  await page.keyboard.press("ArrowLeft");
  await page.waitForSelector("text=Février 2026");
  assert.match(await address(page), /from=2026-02-01&to=2026-02-28/);
  await page.locator(".books-bar button", { hasText: "Février 2026" }).press("Enter");
  await page.waitForSelector(".books-periods");
  await story.axe("periods");
  await story.end();
});

for (const [width, height] of [
  [1000, 640],
  [720, 450],
]) {
  test(`nothing is out of reach at ${width} by ${height}`, async () => {
    const story = await begin({
      book: "sample",
      language: "fr",
      width,
      height,
    });
    const { page } = story;
    await open(page, "?tab=journal");
    await page.waitForSelector(".books-entry");
    await page.keyboard.press("n");
    const keep = page.locator(".books-form .books-panel-acts button").first();
    await keep.scrollIntoViewIfNeeded();
    const box = await keep.boundingBox();
    assert.ok(box !== null && box.x >= 0 && box.y >= 0);
    assert.ok(box.x + box.width <= width && box.y + box.height <= height);
    await story.axe("the form");
    await story.end();
  });
}

test("a book without entries says where they come from", async () => {
  const story = await begin({ book: "empty", language: "fr", theme: "light" });
  const { page } = story;
  for (const tab of ["journal", "trial", "income", "balance", "ledger"]) {
    await open(page, `?tab=${tab}`);
    await page.waitForSelector(".empty");
    await story.axe(`${tab}, empty`);
  }
  await story.end();
});

test("what is shown is written as CSV and handed over", async () => {
  const story = await begin({ book: "sample", language: "fr", prepare: accepted });
  const { page } = story;
  for (const [tab, name, head] of [
    ["journal", "journal", /^[a-z_,]*account/],
    ["trial", "balance", /^account,name,opening,debit,credit,balance\r?\n1/],
  ]) {
    await open(page, `?tab=${tab}`);
    // The browser gives it through the page or through the one it opens for it.
    const context = page.context();
    const handed = Promise.any([
      page.waitForEvent("download"),
      context.waitForEvent("page").then((opened) => opened.waitForEvent("download")),
    ]);
    await page.keyboard.press("Control+p");
    const download = await handed;
    assert.match(download.suggestedFilename(), new RegExp(`^${name} \\d{4}-.*\\.csv$`));
    assert.match(readFileSync(await download.path(), "utf8"), head);
    await page.getByText(`Exporté : ${name} `).first().waitFor();
  }
  await story.end();
});
