// Customers and suppliers by keyboard alone: a new one, a wrong SIREN, a change and its undo, the
// search, the invoices of one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin } from "./harness.mjs";

/** Presses Tab until what is wanted has the focus. */
async function tabTo(page, wanted) {
  for (let presses = 0; presses < 60; presses += 1) {
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

async function parties(wanted) {
  const story = await begin(wanted);
  await story.page.getByRole("navigation", { name: /Écrans|Screens/ }).waitFor();
  await story.page.keyboard.press("g");
  await story.page.keyboard.press("c");
  await story.page.getByRole("heading", { name: /^(Tiers|Counterparties)$/ }).waitFor();
  return story;
}

for (const theme of ["light", "dark"]) {
  test(`a customer is written, changed and undone, ${theme}`, async () => {
    const { page, axe, end } = await parties({ book: "empty", theme });
    await page.getByText("Aucun tiers encore.").waitFor();
    await axe("nobody");
    await page.keyboard.press("n");
    const form = page.getByRole("form", { name: "Nouveau tiers" });
    await form.waitFor();
    await page.keyboard.press("Control+Enter");
    await page.getByText("Donnez un nom.").waitFor();
    await page.keyboard.type("Galerie Vasseur");

    // A wrong SIREN is said beside its field as one leaves it.
    await retype(page, page.getByLabel("SIREN (facultatif)"), "123456789");
    await page.keyboard.press("Tab");
    await page.getByText("Ces neuf chiffres ne vont pas ensemble").waitFor();
    await axe("a wrong SIREN");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("123456782");
    await page.getByText("Celui de ce SIREN est FR11123456782.").waitFor();
    await tabTo(page, page.getByRole("button", { name: "L’inscrire" }));
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () => document.querySelector('[data-field="vatNumber"] input').value === "FR11123456782",
    );
    assert.equal(await page.getByLabel("SIREN (facultatif)").inputValue(), "123 456 782");

    // What only the engine can tell is said beside its field too.
    await retype(page, page.getByLabel("Ville", { exact: true }), "Nantes");
    await retype(page, page.getByLabel("Adresse électronique (facultatif)"), "compta@");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Une adresse comme compta@exemple.fr.").waitFor();
    await axe("a wrong address");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("compta@galerie.fr");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("status").getByText("Fiche enregistrée : Galerie Vasseur").waitFor();
    const card = page.getByRole("region", { name: "Fiche" });
    await card.getByText("123 456 782").waitFor();
    assert.equal(await card.getByRole("img", { name: "juste" }).count(), 2);
    await axe("a card");

    // Changed, then undone by the toast's own way.
    await page.keyboard.press("m");
    await retype(page, page.getByLabel("Ville", { exact: true }), "Rezé");
    await page.keyboard.press("Control+Enter");
    await card.getByText("Rezé").waitFor();
    await page.keyboard.press("Control+z");
    await card.getByText("Nantes").waitFor();
    await page.keyboard.press("Control+z");
    await page.getByText("Aucun tiers encore.").waitFor();
    await end();
  });
}

test("Échap keeps what was typed", async () => {
  const { page, end } = await parties({ book: "empty" });
  await page.keyboard.press("n");
  await page.getByRole("form", { name: "Nouveau tiers" }).waitFor();
  await page.keyboard.type("Boulangerie");
  await page.keyboard.press("Escape");
  await page.getByRole("form").waitFor({ state: "detached" });
  await page.keyboard.press("n");
  await page.waitForFunction(
    () => document.querySelector('[data-field="name"] input')?.value === "Boulangerie",
  );
  await end();
});

/** Galerie Vasseur with one invoice that is late and one that is a draft. */
function sold({ path, cli }) {
  const call = (name, params) => JSON.parse(cli("call", path, name, JSON.stringify(params))).result;
  const { card } = call("customer", { code: "VASSEUR" });
  const filled = Object.fromEntries(Object.entries(card).filter(([, value]) => value !== null));
  const home = { line1: "3 quai de la Fosse", post_code: "44000", city: "Nantes", country: "FR" };
  call("save_customer", { ...filled, ...home, siren: "123456782" });
  const line = { name: "Pose", quantity: "1", unit: "C62", unit_price: "400", nature: "services" };
  const draft = (on, due) =>
    call("draft_invoice", {
      draft: {
        kind: "invoice",
        customer: "VASSEUR",
        day: on,
        due_day: due,
        lines: [{ ...line, tax_code: "S20" }],
      },
    });
  const { row } = draft("2026-10-23", "2026-10-31");
  call("finalise_invoice", { invoice: row.id });
  draft("2026-11-20", "2026-12-20");
  return row.id;
}

test("one is found, and its invoices are opened", async () => {
  let id;
  const { page, axe, end } = await parties({
    language: "en",
    width: 1000,
    height: 640,
    prepare: (of) => (id = sold(of)),
  });
  await page.getByRole("grid").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("vasseur nan");
  await page.getByText("1 found").waitFor();
  await page.keyboard.press("Enter");
  const card = page.getByRole("region", { name: "Card" });
  await card.getByText("Late", { exact: true }).waitFor();
  await card.getByText("480.00").first().waitFor();
  await axe("somebody who is late");
  // Enter goes to the invoices, arrows from one to the next, Enter opens.
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  const sale = page.getByRole("button", { name: /^AM-2026-/ });
  assert.ok(await sale.evaluate((one) => one === document.activeElement), "the sale has the focus");
  await axe("a sale of somebody");
  await page.keyboard.press("Escape");
  assert.ok(await page.getByRole("grid").evaluate((one) => one === document.activeElement));
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`#/sales\\?.*invoice=${id}`));
  await end();
});
