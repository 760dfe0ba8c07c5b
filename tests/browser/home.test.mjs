// The first screen by keyboard alone: what waits, the months, an empty book.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin } from "./harness.mjs";

const place = (page) => page.evaluate(() => location.hash);
const gone = (page) => page.waitForFunction(() => !location.hash.startsWith("#/home"));

test("what waits opens by its number, by arrows and by Enter", async () => {
  const story = await begin({ book: "sample", language: "fr", theme: "light" });
  const { page } = story;
  await page.getByText("Trésorerie aujourd’hui").waitFor();
  const list = page.getByRole("listbox", { name: "Ce qui vous attend" });
  await list.waitFor();
  const rows = list.getByRole("option");
  const count = await rows.count();
  assert.ok(count >= 2 && count <= 8, `${count} rows`);
  assert.equal(await list.evaluate((found) => found === document.activeElement), true);
  await story.axe("home");
  await page.keyboard.press("ArrowDown");
  assert.equal(await rows.nth(1).getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowUp");
  // Rows that lead to a place: a missing statement asks for a file instead.
  const texts = await rows.allTextContents();
  const at = texts.findIndex((text) => /brouill/i.test(text));
  assert.notEqual(at, -1, texts.join("; "));
  await page.keyboard.press(String(at + 1));
  await gone(page);
  assert.match(await place(page), /^#\/books/);
  await page.keyboard.press("Alt+ArrowLeft");
  await list.waitFor();
  await page.keyboard.press("Home");
  for (let row = 0; row < at; row += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await gone(page);
  assert.match(await place(page), /^#\/books/);
  await story.end();
});

test("the months are a chart that arrows walk, and a table behind T", async () => {
  const story = await begin({ book: "sample", language: "en", theme: "dark" });
  const { page } = story;
  const chart = page.getByRole("group", { name: /last 12 months/ });
  await chart.waitFor();
  await story.axe("home, dark");
  await page.keyboard.press("t");
  const table = page.getByRole("table", { name: "Income and expenses" });
  await table.waitFor();
  assert.equal(await table.getByRole("row").count(), 13);
  await story.axe("home, the table");
  await page.keyboard.press("t");
  await chart.waitFor();
  const months = chart.getByRole("link");
  await months.last().focus();
  await page.keyboard.press("ArrowLeft");
  const held = months.nth(10);
  assert.equal(await held.evaluate((found) => found === document.activeElement), true);
  assert.match((await held.getAttribute("aria-label")) ?? "", /income .*€.*expenses .*€/);
  await page.keyboard.press("p");
  await gone(page);
  assert.match(await place(page), /^#\/books\?.*income.*from/);
  await story.end();
});

test("an account opens in the bank, and explains its balance there", async () => {
  const story = await begin({ book: "sample", language: "fr", theme: "light" });
  const { page } = story;
  const account = page.getByRole("list", { name: "Comptes bancaires" }).getByRole("button").first();
  await account.waitFor();
  await account.focus();
  await page.keyboard.press("p");
  await gone(page);
  assert.match(await place(page), /^#\/bank\?.*account/);
  await story.end();
});

test("digits are letters in a field, and the sheet of keys names them", async () => {
  const story = await begin({ book: "sample", language: "fr", theme: "light" });
  const { page } = story;
  await page.getByRole("listbox", { name: "Ce qui vous attend" }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByText("Ouvrir la ligne de ce numéro").waitFor();
  await page.keyboard.type("1");
  assert.match(await place(page), /^#\/home/);
  await story.axe("the sheet of keys");
  await story.end();
});

for (const theme of ["light", "dark"]) {
  test(`an empty book has one sentence and one button, ${theme}`, async () => {
    const story = await begin({ book: "empty", language: "fr", theme });
    const { page } = story;
    await page.getByText("Ouvrez un premier relevé").waitFor();
    const main = page.locator("main").getByRole("button");
    assert.equal(await main.count(), 1);
    await story.axe("home, empty");
    await story.end();
  });
}

test("in a small window nothing is out of reach", async () => {
  const size = { width: 720, height: 450 };
  const story = await begin({
    book: "sample",
    language: "fr",
    theme: "light",
    ...size,
  });
  const { page } = story;
  const table = page.getByRole("button", { name: /Tableau/ });
  await table.scrollIntoViewIfNeeded();
  assert.equal(await table.isVisible(), true);
  await story.axe("home, small");
  await story.end();
});
