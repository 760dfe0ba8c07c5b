// The history by keyboard alone: a record, what it changed, its undo, the whole chain.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin } from "./harness.mjs";

async function opened(wanted) {
  const story = await begin({
    book: "sample",
    language: "fr",
    theme: "light",
    ...wanted,
  });
  await story.page.locator("main h1").waitFor();
  await story.page.keyboard.press("g");
  await story.page.keyboard.press("h");
  await story.page.getByRole("grid").waitFor();
  return story;
}

/** Records of the sample: made, 15 statements read, entries, then what was done of invoices. */
const LAST = 64;

const title = (page, text) => page.getByRole("heading", { name: text, exact: true }).waitFor();

test("a record shows what it changed, and how it stands in the chain", async () => {
  const story = await opened();
  const { page } = story;
  await title(page, `Enregistrement ${LAST}`);
  await page.getByRole("heading", { name: "Ce qui a changé" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await title(page, `Enregistrement ${LAST - 1}`);
  assert.match(await page.evaluate(() => location.hash), new RegExp(`id=${LAST - 1}`));
  await story.axe("history");
  await page.keyboard.press("Enter");
  const panel = page.getByRole("region", { name: "Enregistrement choisi" });
  assert.equal(await panel.evaluate((found) => found === document.activeElement), true);
  await page.keyboard.press("Escape");
  const grid = page.getByRole("grid");
  assert.equal(await grid.evaluate((found) => found.contains(document.activeElement)), true);
  await page.keyboard.press("End");
  await title(page, "Enregistrement 1");
  await page.getByText("aucun : c’est le premier").waitFor();
  await page.getByText("La création du dossier ne s’annule pas.").waitFor();
  await page.keyboard.press("u");
  await page.keyboard.press("Home");
  await title(page, `Enregistrement ${LAST}`);
  await story.end();
});

test("the chosen record is undone by a new one, and says so", async () => {
  const story = await opened({ theme: "dark" });
  const { page } = story;
  await title(page, `Enregistrement ${LAST}`);
  await page.keyboard.press("u");
  await page.getByText(`annulé par le ${LAST + 1}`).waitFor();
  await title(page, `Enregistrement ${LAST}`);
  await page.getByText(`L’enregistrement ${LAST + 1} l’a déjà annulé.`).waitFor();
  await page
    .getByText(`${LAST + 1} enregistrements`)
    .first()
    .waitFor();
  await story.axe("history, undone");
  await story.end();
});

test("the chain is verified by V and answers in one sentence", async () => {
  const story = await opened({ language: "en" });
  const { page } = story;
  await page.keyboard.press("v");
  await page.getByText(`The chain holds from first to last: ${LAST} records`).waitFor();
  await page.getByText("SHA-256 recomputed, identical").waitFor();
  await story.axe("history, verified");
  await story.end();
});

test("the search is reached by a slash and left by Escape", async () => {
  const story = await opened({ width: 1000, height: 640 });
  const { page } = story;
  await page.keyboard.press("/");
  await page.keyboard.type("livret");
  await page.getByText(`1 trouvé parmi les ${LAST} derniers`).waitFor();
  await title(page, "Enregistrement 16");
  await story.axe("history, searching");
  await page.keyboard.type("xyz");
  await page.getByText("Aucun enregistrement chargé ne correspond.").waitFor();
  await story.axe("history, nothing found");
  await page.keyboard.press("Escape");
  await title(page, `Enregistrement ${LAST}`);
  const grid = page.getByRole("grid");
  assert.equal(await grid.evaluate((found) => found.contains(document.activeElement)), true);
  await story.end();
});
