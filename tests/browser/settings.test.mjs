// Settings by keyboard alone: dated changes and their undo, backups proved and brought back, bank
// accounts, language and theme.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { test } from "node:test";
import { begin } from "./harness.mjs";

// No keychain here: secrets go to the sealed file, and its passphrase is typed.
process.env.COMPTOIR_SECRETS = "file";
delete process.env.COMPTOIR_PASSPHRASE;

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

for (const theme of ["light", "dark"]) {
  test(`what invoices say holds from today on, ${theme}`, async () => {
    const { page, axe, end } = await settings({ theme });
    await tabTo(page, page.getByRole("button", { name: "Factures" }));
    await page.keyboard.press("Enter");
    await retype(page, page.getByLabel("Capital social"), "8 000 €");
    await page.keyboard.press("Enter");
    await page
      .getByText(/^Capital social\s: changé à partir du/)
      .first()
      .waitFor();
    await retype(page, page.getByLabel("Registre"), "RCS Nantes");
    await page.keyboard.press("Tab");
    await page
      .getByText(/^Registre\s: changé/)
      .first()
      .waitFor();

    // What does not hold is said beside its field, in the field's own words.
    await retype(page, page.getByLabel("IBAN des paiements"), "FR7630006000011234567890188");
    await page.keyboard.press("Tab");
    await page.getByText("Cet IBAN ne tient pas").waitFor();
    await retype(page, page.getByLabel("Délai de paiement en jours"), "500");
    await page.keyboard.press("Enter");
    await page.getByText("Un nombre de jours, de 0 à 366.").waitFor();
    await retype(page, page.getByLabel("Préfixe des factures"), "FA é");
    await page.keyboard.press("Enter");
    await page.getByText("Seize caractères au plus").waitFor();
    await axe("wrong invoice settings");
    await retype(page, page.getByLabel("Préfixe des factures"), "FV");
    await page.keyboard.press("Enter");
    await page
      .getByText(/^Préfixe des factures\s: changé/)
      .first()
      .waitFor();

    // Empty again, and the emptying undone once it is in the book.
    const records = async () => parseInt(await page.getByText(/^\d+.enregistrements$/).innerText());
    const before = await records();
    await retype(page, page.getByLabel("Registre"), "");
    await page.keyboard.press("Delete");
    await page.keyboard.press("Enter");
    await page.getByText(new RegExp(`^${before + 1}.enregistrements$`)).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Control+z");
    await page.waitForFunction(() => document.querySelector('input[value="RCS Nantes"]') !== null);
    await end();
  });

  test(`the mail account is kept, its password sealed and never shown, ${theme}`, async () => {
    const port = await closedPort();
    const { page, path, axe, end } = await settings({ theme });
    await tabTo(page, page.getByRole("button", { name: "Messagerie" }));
    await page.keyboard.press("Enter");
    const save = page.getByRole("button", { name: "Enregistrer le compte" });
    await tabTo(page, save);
    await page.keyboard.press("Enter");
    await page.getByText("Le nom du serveur, tel que votre messagerie l’indique.").waitFor();
    await axe("an account without anything");
    await retype(page, page.getByLabel("Serveur d’envoi"), "127.0.0.1");
    await tabTo(page, page.getByRole("radio", { name: "TLS", exact: true }));
    await page.keyboard.press("ArrowRight");
    const field = page.getByLabel("Port", { exact: true });
    assert.equal(await field.inputValue(), "587");
    await retype(page, field, String(port));
    await retype(page, page.getByLabel("Identifiant", { exact: true }), "atelier");
    await retype(page, page.getByLabel("Mot de passe"), "sesame-1234");
    await retype(page, page.getByLabel("Adresse d’expédition"), "atelier exemple");
    await tabTo(page, save);
    await page.keyboard.press("Enter");
    await page.getByText("n’est pas une adresse électronique").waitFor();
    await axe("a wrong sender");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("atelier@exemple.fr");
    await page.keyboard.press("Enter");

    // The passphrase is asked for, and the account is kept once it was given.
    const dialog = page.getByRole("dialog", { name: "Ouvrir le fichier scellé" });
    await dialog.waitFor();
    await axe("the passphrase");
    await page.keyboard.press("Enter");
    await dialog.getByText("Écrivez la phrase secrète.").waitFor();
    await page.keyboard.type("quatre chevaux gris");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("Compte de messagerie enregistré").waitFor();
    await page.getByPlaceholder("dans le trousseau").waitFor();
    assert.equal(await page.getByLabel("Mot de passe").inputValue(), "");
    const sealed = readFileSync(`${path}.secrets`, "utf8");
    assert.ok(!sealed.includes("sesame"), "the password is sealed");
    await axe("an account");

    // Nobody listens there: the answer is a sentence.
    await tabTo(page, page.getByRole("button", { name: "Essayer la connexion" }));
    await page.keyboard.press("Enter");
    await page.getByText("Le serveur d’envoi ne répond pas").waitFor();
    await axe("a server that does not answer");
    await page.keyboard.press("Control+z");
    await page.waitForFunction(() => document.querySelector('input[value="127.0.0.1"]') === null);
    await end();
  });
}

test("a sealed file opens by its own passphrase only", async () => {
  const prepare = ({ path, cli }) => {
    const account = { host: "127.0.0.1", port: 465, implicit_tls: true, user: "a" };
    const asked = { account: { ...account, address: "a@exemple.fr" }, password: "sesame-1234" };
    process.env.COMPTOIR_PASSPHRASE = "quatre chevaux gris";
    cli("call", path, "set_mail_account", JSON.stringify(asked));
    delete process.env.COMPTOIR_PASSPHRASE;
  };
  const { page, axe, end } = await settings({ language: "en", prepare, width: 720, height: 450 });
  await tabTo(page, page.getByRole("button", { name: "Mail", exact: true }));
  await page.keyboard.press("Enter");
  const open = page.getByRole("button", { name: "Open", exact: true });
  await tabTo(page, open);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Open the sealed file" });
  await dialog.waitFor();
  await page.keyboard.type("three grey horses");
  await page.keyboard.press("Enter");
  await dialog.getByText("This passphrase does not open the sealed file.").waitFor();
  await axe("a wrong passphrase");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("quatre chevaux gris");
  await page.keyboard.press("Enter");
  await page.getByPlaceholder("in the keychain").waitFor();
  assert.equal(await open.count(), 0);
  await end();
});

/** A port where nobody listens. */
async function closedPort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
