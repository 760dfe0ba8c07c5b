// The VAT return of the sample business: from arriving on the screen to the raw bytes of box 08,
// then made, filed and frozen, without a mouse.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { begin } from "./harness.mjs";

/** What has the focus: its name as it is read out, or its text. */
const focused = (page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
  });

/** Accepts what is sure, so that payments move the tax of invoices. */
const accepted = ({ path, cli }) => void cli("call", path, "accept_sure");

async function arrive(story) {
  const { page } = story;
  await page.waitForSelector(".places .place");
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.waitForSelector(".taxes .grid-row.chosen");
  await page.waitForSelector(".taxes-sum");
}

/** Moves to March, the third month of the sample. */
async function toMarch(page, title) {
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(
    (wanted) => document.querySelector("h1")?.textContent === wanted,
    title,
  );
  await page.waitForSelector(".taxes-sum");
}

for (const [theme, language] of [
  ["light", "fr"],
  ["dark", "en"],
]) {
  const french = language === "fr";
  const title = french ? "TVA de mars 2026" : "VAT for March 2026";

  test(`from box 08 down to the raw bytes, ${theme}, ${language}`, async () => {
    const story = await begin({ theme, language, prepare: accepted });
    const { page } = story;
    await arrive(story);
    await story.axe("a preview");
    await toMarch(page, title);
    assert.match(await page.textContent(".taxes .grid-row.chosen"), /^08/);
    assert.match(
      await page.textContent(".taxes-sum"),
      french ? /Le détail donne la base, au centime\./ : /add up to the base, to the cent\./,
    );

    await page.keyboard.press("p");
    const row = await page.evaluate(() => document.activeElement?.getAttribute("data-branch"));
    assert.ok(row, "P moves the focus into the explanation");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("End");
    // From the last rows upwards: a payment, whose bytes a bank sent.
    while (!/REL-/.test(await focused(page))) await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector(".taxes-leaf .bytes-box mark");
    await story.axe("a fact with its bytes");

    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".taxes-file mark");
    assert.match(await focused(page), french ? /^Octets de/ : /^Bytes of/);
    await story.axe("the whole file");
    await page.keyboard.press("Escape");
    // The button that opened it has the focus again.
    await page.waitForFunction(() => document.activeElement?.closest(".taxes-leaf") !== null);
    await page.keyboard.press("Escape");
    assert.ok(await page.evaluate(() => document.activeElement?.matches(".taxes .grid-pane")));
    await story.end();
  });

  test(`made, shown as a page, filed and frozen, ${theme}, ${language}`, async () => {
    const story = await begin({ theme, language, prepare: accepted });
    const { page } = story;
    await arrive(story);
    assert.equal(await page.locator(".taxes-pencil").count(), 1, "a preview is pencilled");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".taxes-does");
    await story.axe("what making does");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".taxes-boxes:not(.taxes-pencil)");
    await story.axe("a made return");

    const opened = page.context().waitForEvent("page");
    await page.keyboard.press("Control+p");
    const path = new URL((await opened).url()).searchParams.get("path");
    assert.ok(path?.endsWith("CA3-2026-01.pdf") && existsSync(path), "the page was written");
    await page.bringToFront();

    await page.keyboard.press("d");
    await page.waitForSelector('[role="dialog"] form');
    await story.axe("the day of filing");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".taxes-head .tag-closed");
    await story.axe("a filed return");
    assert.equal(await page.locator(".taxes-head .mantine-Button-root").count(), 1);
    await story.end();
  });
}

test("withdrawn while it is not filed", async () => {
  const story = await begin({ language: "fr", prepare: accepted });
  const { page } = story;
  await arrive(story);
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".taxes-does");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".taxes-boxes:not(.taxes-pencil)");
  await page.keyboard.press("r");
  await page.waitForSelector('[role="dialog"]');
  await story.axe("withdrawing");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".taxes-pencil");
  assert.match(await page.textContent(".taxes-steps"), /page PDF et OD de TVA/);
  await story.end();
});

test("what a formula names leads to the box it names; empty boxes unfold", async () => {
  const story = await begin({ language: "fr" });
  const { page } = story;
  await arrive(story);
  await page.keyboard.press("End");
  await page.waitForSelector(".taxes-formula code");
  await page.keyboard.press("p");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() =>
    document.querySelector(".taxes .chosen")?.textContent?.startsWith("28"),
  );
  const before = await page.locator(".taxes .grid-row").count();
  await page.keyboard.press("z");
  await page.waitForFunction(
    (few) => document.querySelectorAll(".taxes .grid-row").length > few,
    before,
  );
  await story.axe("all boxes");
  await story.end();
});

test("a period without anything says so", async () => {
  const story = await begin({ book: "empty", language: "fr" });
  const { page } = story;
  await page.waitForSelector(".places .place");
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.waitForSelector(".taxes .empty, .empty");
  assert.match(await page.textContent(".empty"), /Aucune déclaration|Rien n’est à déclarer/);
  await story.axe("nothing");
  await story.end();
});

test("at 200 % everything can be reached", async () => {
  const story = await begin({ language: "fr", width: 720, height: 450 });
  const { page } = story;
  await arrive(story);
  const wide = await page.evaluate(() => document.querySelector(".taxes")?.scrollWidth);
  assert.ok(wide !== undefined && wide <= 720, `${wide} px wide`);
  await page.keyboard.press("p");
  const box = await page.evaluate(() => document.activeElement?.getBoundingClientRect().top);
  assert.ok(box !== undefined && box > 0 && box < 450, "the explanation scrolls into sight");
  await story.axe("200 %");
  await story.end();
});

/** A purchase whose VAT makes a credit, with a name that tries to break the page. */
const creditor = ({ path, cli }) => {
  const label = `<img src=x onerror=alert(1)> \u202eevil\u202c 👩‍👩‍👧 ${"x".repeat(150)}`;
  const line = (account, amount_minor, more = {}) => ({
    account,
    amount_minor,
    label: "",
    ...more,
  });
  const lines = [
    line("601", 5_000_000),
    line("445661", 1_000_000),
    line("401", -6_000_000, { counterparty: "SCIERIE" }),
  ];
  const item = {
    leg: "input",
    tax_code: "P20",
    rate: "20",
    base_minor: 5_000_000,
    tax_minor: 1_000_000,
    nature: "goods",
    line: 2,
    chargeable_on: "2026-01-12",
    counterparty: "SCIERIE",
  };
  const head = {
    journal: "AC",
    day: "2026-01-12",
    ref: "GROS-1",
    label,
    kind: "ordinary",
  };
  cli("call", path, "draft_entry", JSON.stringify({ ...head, lines, items: [item] }));
};

test("a credit asks how much is refunded; too much blocks", async () => {
  const story = await begin({ language: "fr", prepare: creditor });
  const { page } = story;
  await arrive(story);
  await story.axe("a question");
  const field = page.locator("#taxes-questions input").first();
  await field.fill("5 000,5");
  await page.keyboard.press("Enter");
  assert.match(await page.textContent("#taxes-questions"), /Écrivez des euros entiers/);
  await story.axe("an answer that is no whole amount");
  await field.fill("5000");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() =>
    /26.*5.000/.test(document.querySelector(".taxes .grid")?.textContent ?? ""),
  );
  await field.fill("500000");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".taxes-step-broken");
  await page.keyboard.press("Control+Enter");
  assert.equal(await page.locator(".taxes-does").count(), 0, "nothing is made");
  await story.axe("a blocking check");
  await story.end();
});

test("a month in which nothing happened says so", async () => {
  const story = await begin({ language: "fr" });
  const { page } = story;
  await arrive(story);
  await page.evaluate(() => (location.hash = "#/taxes?period=2026-11"));
  await page.waitForSelector(".taxes .empty");
  assert.match(await page.textContent(".empty"), /Rien n’est à déclarer pour novembre 2026/);
  await story.axe("an empty month");
  await page.keyboard.press("z");
  await page.waitForSelector(".taxes .grid-row");
  await story.end();
});
