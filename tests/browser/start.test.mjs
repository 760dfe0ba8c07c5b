// The first screens, by keyboard alone: a new book from a SIREN and a statement, the sample, and
// books that are there already.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { begin } from "./harness.mjs";

const samples = fileURLToPath(new URL("../../assets/sample/fr/", import.meta.url));
const statement = join(samples, "banque-courant-2026-01.camt.xml");

/** Presses Tab until what is wanted has the focus. */
async function tabTo(page, wanted) {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await wanted.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail("Tab never reaches it");
}

/** Whether the focus is on what is wanted. */
async function focused(wanted) {
  await wanted.and(wanted.page().locator(":focus")).waitFor();
}

function other(name, buffer) {
  return { name, mimeType: "text/plain", buffer };
}

async function give(page, files) {
  const asked = page.waitForEvent("filechooser");
  await page.keyboard.press("Control+o");
  await (await asked).setFiles(files);
}

for (const theme of ["light", "dark"]) {
  test(`a new book from a SIREN and a statement, ${theme}`, async () => {
    const { page, axe, end } = await begin({ book: null, theme });
    await page.getByRole("heading", { name: "Qui êtes-vous ?" }).waitFor();
    const siren = page.getByLabel("SIREN", { exact: true });
    await focused(siren);
    await page.keyboard.type("123456789");
    await page.keyboard.press("Tab");
    await page.getByText("Ces neuf chiffres ne vont pas ensemble").waitFor();
    await axe("wrong SIREN");
    // Continuing goes to the first wrong field.
    await page.keyboard.press("Control+Enter");
    await focused(siren);
    await page.getByText("Donnez le nom de l’entreprise.").waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("123456782");
    await page.keyboard.press("Tab");
    await page.locator('input[value="FR11123456782"]').waitFor();
    await page.locator('input[value="123 456 782"]').waitFor();
    await page.keyboard.type("Atelier d’essai");
    const settles = page.getByRole("complementary");
    await settles.getByText("CA3, chaque mois").waitFor();
    await tabTo(page, page.getByRole("radio", { name: /^Réel normal/ }));
    await page.keyboard.press("ArrowLeft");
    await settles.getByText("CA3 seulement pour un mois où vous autoliquidez").waitFor();
    await page.keyboard.press("ArrowRight");
    await settles.getByText("Services : quand le client paie").waitFor();
    await axe("first step");

    await page.keyboard.press("Control+Enter");
    await page.getByRole("heading", { name: "Apportez ce que vous avez" }).waitFor();
    await axe("second step, empty");
    // Going back keeps what was typed.
    await tabTo(page, page.getByRole("button", { name: "Revenir aux questions" }));
    await page.keyboard.press("Enter");
    assert.equal(await page.getByLabel("Nom de l’entreprise").inputValue(), "Atelier d’essai");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Apportez ce que vous avez" }).waitFor();

    await give(page, [
      other("banque.xml", readFileSync(statement)),
      other("notes.txt", Buffer.from("rien")),
    ]);
    await page.getByText("2 fichiers reçus").waitFor();
    await page.getByText("Solde vérifié").waitFor();
    await page.getByText("non lu").waitFor();
    await axe("second step, files");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Vos livres sont ouverts" }).waitFor();
    await page.getByText("45 opérations lues.").waitFor();
    await page.getByText("Solde vérifié au 31 janv. 2026").waitFor();
    await axe("third step");
    await page.keyboard.press("1");
    await page.getByRole("navigation", { name: "Écrans" }).waitFor();
    assert.match(page.url(), /#\/bank/);
    await end();
  });

  test(`books that are there, and one that is not, ${theme}`, async () => {
    const { page, axe, end, folder } = await begin({
      book: "empty",
      theme,
      language: "en",
    });
    // The name of the book leads back to all books.
    await tabTo(page, page.getByRole("button", { name: "Switch book" }));
    await page.keyboard.press("Enter");
    await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("Control+o");
    const path = page.getByLabel("Path of the book");
    await focused(path);
    await page.keyboard.type(join(folder, "nowhere.comptoir"));
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    await axe("a book that is not there");
    await page.keyboard.press("Control+a");
    await page.keyboard.type(join(folder, "vide.comptoir"));
    await page.keyboard.press("Enter");
    await page.getByRole("navigation", { name: "Screens" }).waitFor();
    // Now it was open lately, and stands first in the list.
    await tabTo(page, page.getByRole("button", { name: "Switch book" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Your books" }).waitFor();
    await focused(page.getByRole("button", { name: /^Vide/ }));
    await axe("the list of books");
    await page.keyboard.press("n");
    await page.getByRole("heading", { name: "Who are you?" }).waitFor();
    await tabTo(page, page.getByRole("button", { name: "Open a book" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Your books" }).waitFor();
    await page.keyboard.press("1");
    await page.getByRole("navigation", { name: "Screens" }).waitFor();
    await end();
  });
}

test("the sample business is made, and opens", async () => {
  const { page, axe, end } = await begin({ book: null });
  await page.getByRole("heading", { name: "Qui êtes-vous ?" }).waitFor();
  await tabTo(page, page.getByRole("button", { name: "Explorer l’entreprise d’exemple" }));
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("Création de l’entreprise d’exemple").waitFor();
  await axe("the sample under way");
  await page.getByRole("navigation", { name: "Écrans" }).waitFor({ timeout: 60_000 });
  await page.getByText("Atelier Morvan").first().waitFor();
  await end();
});

test("names of any kind do not break the first screen", async () => {
  const { page, axe, end } = await begin({
    book: null,
    width: 720,
    height: 450,
  });
  await page.getByRole("heading", { name: "Qui êtes-vous ?" }).waitFor();
  await page.keyboard.type("123456782");
  await page.keyboard.press("Tab");
  await page.keyboard.insertText(`<b>gras</b> \u202eenvers 🧾 ${"long ".repeat(40)}`);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Apportez ce que vous avez" }).waitFor();
  await give(page, [other(`<img src=x> \u202e${"x".repeat(120)}.xml`, readFileSync(statement))]);
  await page.getByText("1 fichier reçu").waitFor();
  assert.equal(await page.locator("main img").count(), 0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 720, `${wide} px wide`);
  await axe("hostile names");
  await end();
});
