// The bank by keyboard alone: lines accepted, taken back, classified, set aside and restored, the
// sure ones at once, every line found again, and what is not proved.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin } from "./harness.mjs";

async function bank(t, wanted, tab) {
  const story = await begin(wanted);
  t.after(() => story.end());
  const { page } = story;
  await page.locator(".places").waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await page.locator(".bank").waitFor();
  if (tab) await page.getByRole("tab", { name: tab }).press("Enter");
  return story;
}

const chosen = (page) => page.locator(".grid-row.chosen .bank-told").innerText();
const rows = (page) => page.locator(".grid-row:not(.group):not(.bank-away)").count();
const waiting = async (page) =>
  Number((await page.getByRole("tab").first().innerText()).replaceAll(/\D/g, ""));

const waitFor = (page, count) =>
  page.waitForFunction((wanted) => {
    const tab = document.querySelector(".tab");
    return Number(tab?.textContent.replaceAll(/\D/g, "")) === wanted;
  }, count);

/** The field of the form: the header may have a choice of the same name. */
const account = (page) => page.locator(".bank-form").getByRole("combobox", { name: "Compte" });

/** Walks down the inbox to the first line that `fits`, and gives its words. */
async function walkTo(page, fits) {
  await page.keyboard.press("Home");
  for (let step = 0; step < 200; step += 1) {
    const row = page.locator(".grid-row.chosen");
    if (await fits(row)) return chosen(page);
    await page.keyboard.press("ArrowDown");
  }
  throw new Error("no such line");
}

// The sure ones are marked so; the one that is chosen shows the key in place of the check.
const sure = (row) => row.getByRole("img", { name: /^(sûre|sure)$/ }).count();

test("Enter accepts, the choice moves at once, Ctrl Z brings the line back", async (t) => {
  const story = await bank(t, { language: "fr", theme: "light" });
  const { page } = story;
  await page.locator(".grid-row.chosen").waitFor();
  await page.locator(".thread").waitFor();
  await story.axe("inbox, light");
  const before = await waiting(page);
  const first = await walkTo(page, sure);
  await page.keyboard.press("Enter");
  assert.notEqual(await chosen(page), first, "the choice waits for nothing");
  await page.locator(".toast").waitFor();
  await story.axe("accepted");
  await waitFor(page, before - 1);
  await page.keyboard.press("Control+z");
  await page.getByText(first, { exact: false }).first().waitFor();
});

test("C classifies by typing, Échap leaves, and what is wrong is said", async (t) => {
  const story = await bank(t, { language: "fr", theme: "dark" });
  const { page } = story;
  await page.locator(".grid-row.chosen").waitFor();
  const before = await waiting(page);
  await page.keyboard.press("c");
  await account(page).waitFor();
  await story.axe("classify, dark");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Choisissez un compte").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.locator(".bank-form").waitFor({ state: "detached" });
  await page.keyboard.press("c");
  await account(page).waitFor();
  await page.keyboard.type("471");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await page.locator(".bank-form").waitFor({ state: "detached" });
  await waitFor(page, before - 1);
  await page.waitForFunction(() => document.activeElement?.classList.contains("grid-pane"));
});

test("E sets aside with a reason, and the line is restored in Toutes", async (t) => {
  const story = await bank(t, { language: "en", theme: "light" });
  const { page } = story;
  await page.locator(".grid-row.chosen").waitFor();
  const words = await chosen(page);
  await page.keyboard.press("e");
  await page.getByRole("textbox", { name: "Reason" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Say why").waitFor();
  await story.axe("set aside");
  await page.keyboard.type("Personal");
  await page.keyboard.press("Enter");
  await page.locator(".toast").waitFor();
  await page.goto(page.url().replace(/#.*/, "#/bank?tab=all&state=dismissed"));
  await page.locator(".grid-row:not(.chosen)").first().waitFor();
  await page.keyboard.press("ArrowDown");
  assert.equal(await chosen(page), words);
  await page.getByText("Personal", { exact: true }).waitFor();
  await story.axe("a line that was set aside");
  await page.keyboard.press("e");
  await page.getByText("No line matches.").waitFor();
});

test("Maj Entrée accepts the sure ones after a look", async (t) => {
  const story = await bank(t, { language: "fr", theme: "dark" });
  const { page } = story;
  await page.locator(".grid-row.chosen").waitFor();
  const before = await waiting(page);
  await page.keyboard.press("Shift+Enter");
  await page.getByRole("dialog").waitFor();
  await story.axe("the sure ones, dark");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.locator(".toast").waitFor();
  assert.ok((await waiting(page)) < before);
  await page.keyboard.press("Control+z");
  await waitFor(page, before);
});

test("every line is found by / and taken back by U", async (t) => {
  const story = await bank(t, { language: "fr", theme: "light" });
  const { page } = story;
  await page.locator(".grid-row.chosen").waitFor();
  const accepted = await walkTo(page, sure);
  await page.keyboard.press("Enter");
  await page.locator(".toast").waitFor();
  await page.getByRole("tab", { name: "Toutes" }).press("Enter");
  await page.locator(".bank-search").waitFor();
  await page.locator(".grid-row .bank-told").first().waitFor();
  await story.axe("all lines, light");
  const all = await page.locator(".grid-pane").getAttribute("aria-rowcount");
  await page.keyboard.press("/");
  await page.keyboard.type("zzzz");
  await page.getByText("Aucune opération ne correspond.").waitFor();
  await story.axe("nothing found");
  await page.keyboard.press("Escape");
  await page.waitForFunction(
    (count) => document.querySelector(".grid-pane")?.getAttribute("aria-rowcount") === count,
    all,
  );
  await page.goto(page.url().replace(/#.*/, "#/bank?tab=all&state=booked"));
  await page.locator(".grid-row").first().waitFor();
  // The sample's own two accepted lines stand there too.
  await walkTo(page, async (row) => (await row.count()) > 0 && (await chosen(page)) === accepted);
  await page.locator(".thread").waitFor();
  await story.axe("a booked line");
  await page.keyboard.press("p");
  assert.ok(await page.evaluate("document.activeElement.classList.contains('bank-panel')"));
  await page.keyboard.press("u");
  await page.getByText("L’opération est de nouveau à traiter.").first().waitFor();
});

test("gaps say what to do, and are resolved with a reason", async (t) => {
  for (const theme of ["light", "dark"]) {
    const story = await bank(t, { language: "fr", theme }, "Écarts");
    const { page } = story;
    await page.locator(".bank-finding").first().waitFor();
    await story.axe(`gaps, ${theme}`);
    await page.getByRole("button", { name: "Lever avec une raison" }).first().press("Enter");
    await page.getByRole("textbox", { name: "Raison" }).waitFor();
    await page.keyboard.type("Compte clos");
    await page.keyboard.press("Enter");
    await page.getByText("Levé", { exact: true }).waitFor();
    await story.axe(`resolved, ${theme}`);
  }
});

test("a book without a statement says so and offers to open one", async (t) => {
  const story = await bank(t, { book: "empty", language: "fr", theme: "dark" });
  await story.page.getByText("Aucun relevé n’a été lu.").waitFor();
  await story.page.getByRole("button", { name: "Ouvrir un relevé" }).waitFor();
  await story.axe("no statement, dark");
});

test("nothing is out of reach at twice the size", async (t) => {
  const story = await bank(t, {
    language: "fr",
    theme: "light",
    width: 720,
    height: 450,
  });
  const { page } = story;
  await page.locator(".grid-row.chosen").waitFor();
  await page.keyboard.press("c");
  const field = account(page);
  await field.waitFor();
  const box = await field.boundingBox();
  assert.ok(box !== null && box.y >= 0 && box.y + box.height <= 450, "the form is in sight");
  await story.axe("at twice the size");
  assert.ok((await rows(page)) > 0);
});
