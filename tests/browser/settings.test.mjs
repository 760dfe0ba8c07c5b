// Settings by keyboard alone: dated changes and their undo, backups proved and brought back, bank
// accounts, language and theme.
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { begin } from "./harness.mjs";

/** Presses Tab until what is wanted has the focus. */
async function tabTo(page, wanted) {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await wanted.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail("Tab never reaches it");
}

async function retype(page, field, text) {
  await tabTo(page, field);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

async function settings(wanted) {
  const story = await begin({ book: "empty", ...wanted });
  await story.page.getByRole("navigation", { name: /Écrans|Screens/ }).waitFor();
  await story.page.keyboard.press("Control+,");
  await story.page.getByRole("heading", { name: /^(Réglages|Settings)$/ }).waitFor();
  return story;
}

for (const theme of ["light", "dark"]) {
  test(`settings hold from a day on and are undone, ${theme}`, async () => {
    const { page, axe, end } = await settings({ theme });
    const name = page.getByLabel("Nom", { exact: true });
    await name.waitFor();
    await axe("settings");
    await retype(page, name, "Menuiserie Ker");
    await page.keyboard.press("Enter");
    await page
      .getByText(/^Nom\s: changé à partir du/)
      .first()
      .waitFor();
    await page.keyboard.press("Control+z");
    await page.waitForFunction(() => document.querySelector('input[value="Vide"]') !== null);

    // A wrong SIREN is said beside its field, and nothing is written.
    await retype(page, page.getByLabel("SIREN"), "123456789");
    await page.keyboard.press("Tab");
    await page.getByText("Ces neuf chiffres ne vont pas ensemble").waitFor();
    await axe("a wrong SIREN");
    await retype(page, page.getByLabel("SIREN"), "123456782");
    await page.keyboard.press("Enter");
    await page.getByText("Celui de ce SIREN est FR11123456782.").waitFor();

    // A change of next year is shown as what is to come.
    await tabTo(page, page.getByRole("radio", { name: /^Dès aujourd’hui/ }));
    await page.keyboard.press("ArrowLeft");
    await retype(page, page.getByLabel("À partir du"), "1/1/2099");
    await page.keyboard.press("Enter");
    await tabTo(page, page.getByRole("combobox", { name: "Régime de TVA" }));
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option", { name: "Franchise en base" }).waitFor();
    // The first press opened the list at the value of today; the one wanted is three further.
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByText(/À partir du 1 janv\. 2099/).waitFor();
    await axe("a change to come");
    await end();
  });

  test(`backups are proved and brought back, ${theme}`, async () => {
    const { page, axe, end } = await settings({ theme, language: "en" });
    const file = page.getByLabel("Backup file");
    await file.waitFor();
    const path = await file.inputValue();
    await page.keyboard.press("Control+s");
    await page.getByText("Backup written and verified").waitFor();
    assert.ok(existsSync(path), "the backup lies where it was said to go");
    await tabTo(page, page.getByRole("button", { name: "Verify now" }));
    await page.keyboard.press("Enter");
    await page.getByText("Everything agrees").waitFor();
    await retype(page, page.getByLabel("Backup to restore"), `${path}-none`);
    await page.keyboard.press("Enter");
    await page.locator('[aria-invalid="true"]').waitFor();
    await axe("a backup that is not there");
    await retype(page, page.getByLabel("Backup to restore"), path);
    await page.keyboard.press("Enter");
    await page.getByText("Restored and verified").waitFor();
    await axe("a backup brought back");
    await tabTo(page, page.getByRole("button", { name: "Open this book" }));
    await page.keyboard.press("Enter");
    await page.waitForURL(/#\/home/);
    await end();
  });
}

test("a bank account is opened, its IBAN checked", async () => {
  const { page, axe, end } = await settings({ width: 1000, height: 640 });
  await tabTo(page, page.getByRole("button", { name: "Comptes bancaires" }));
  await page.keyboard.press("Enter");
  await page.getByText("Aucun compte bancaire encore.").waitFor();
  await retype(page, page.getByLabel("Nom du compte"), "Courant");
  await retype(page, page.getByLabel("IBAN (facultatif)"), "FR7630006000011234567890188");
  await page.keyboard.press("Enter");
  await page.getByText("Cet IBAN ne tient pas").waitFor();
  await axe("a wrong IBAN");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("FR7630006000011234567890189");
  await page.keyboard.press("Enter");
  await page.getByRole("list", { name: "Comptes bancaires" }).getByText("Courant").waitFor();
  await axe("a bank account");
  await end();
});

test("language and theme change at once", async () => {
  const { page, end } = await settings({ width: 720, height: 450 });
  await tabTo(page, page.getByRole("radio", { name: "Français" }));
  await page.keyboard.press("ArrowRight");
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  await tabTo(page, page.getByRole("radio", { name: "Light" }));
  await page.keyboard.press("ArrowRight");
  await page.locator('[data-mantine-color-scheme="dark"]').first().waitFor();
  await end();
});

test("a copy of the day is kept by itself, and comes back as a book", async () => {
  const { page, path, axe, end } = await settings({ language: "fr" });
  const copies = page.locator(".settings-copies > li");
  await copies.first().waitFor();
  assert.equal(await copies.count(), 1);
  const kept = readdirSync(`${path}-backups`);
  assert.match(kept.join(), /^\d{4}-\d\d-\d\d \d+-[0-9a-f]{8}\.comptoir-backup$/);
  await axe("a daily copy");
  await tabTo(page, copies.first().getByRole("button"));
  await page.keyboard.press("Enter");
  await page.getByText("Restaurée et vérifiée").waitFor();
  await axe("a restored copy");
  await end();
});
