// Sales by keyboard alone: an invoice written beside its page, what it lacks said next to its
// field, its number, the credit note that answers it, the letter that carries it.
import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { begin } from "./harness.mjs";

const keys = async (page, ...presses) => {
  for (const press of presses) await page.keyboard.press(press);
};
/** Types into one field after another; Enter goes on. */
const type = async (page, ...texts) => {
  for (const text of texts) {
    if (text !== "") await page.keyboard.type(text);
    await page.keyboard.press("Enter");
  }
};
const address = (page) => page.evaluate(() => location.hash);
const inFocus = (page) =>
  page.evaluate(() => {
    const field = document.activeElement?.closest("[data-field]");
    return field?.getAttribute("data-field") ?? null;
  });
/** Waits until the page beside the form says something. */
const drawn = (page, text) =>
  page.waitForFunction(
    (wanted) => document.querySelector(".sales-beside svg")?.textContent.includes(wanted),
    text,
  );

/** A business that may invoice and has not yet: its address is known, where letters come from too,
 *  and one customer by name. */
const ready = ({ path, cli }) => {
  const settings = {
    siren: "123456782",
    vat_number: "FR11123456782",
    legal_form: "SARL",
    address: "14 rue des Charpentiers, 44000 Nantes",
    email: "contact@atelier-morvan.exemple",
  };
  for (const [name, value] of Object.entries(settings)) {
    const change = { name, value, valid_from: "2026-01-01" };
    cli("call", path, "change_setting", JSON.stringify(change));
  }
  const { code, name, siren, country } = CUSTOMER;
  cli("call", path, "save_customer", JSON.stringify({ code, name, siren, country }));
};

const CUSTOMER = {
  code: "VASSEUR",
  name: "Galerie Vasseur",
  siren: "123451072",
  line1: "8 rue de l’Héronnière",
  post_code: "44000",
  city: "Nantes",
  country: "FR",
  email: "achats@vasseur.exemple",
};
const LINE = {
  name: "Banque d’accueil",
  quantity: "1",
  unit_price: "4620",
  tax_code: "S20",
  nature: "goods",
};

/** One finalised invoice to a customer whose card is whole; its id. */
const sold = (made) => {
  const { path, cli } = made;
  ready(made);
  const ask = (name, params) => JSON.parse(cli("call", path, name, JSON.stringify(params))).result;
  ask("save_customer", CUSTOMER);
  const draft = { customer: "VASSEUR", lines: [LINE] };
  const { row } = ask("draft_invoice", { draft });
  ask("finalise_invoice", { invoice: row.id });
  return { ask, id: row.id };
};

async function openSales(page) {
  await page.waitForSelector(".frame");
  await keys(page, "g", "v");
  await page.waitForSelector(".sales .tabs");
}

/** A new invoice to the gallery, of two lines. */
async function writeInvoice(page) {
  await page.keyboard.press("n");
  await page.waitForSelector(".sales-lines");
  await page.keyboard.type("vass");
  await page.keyboard.press("Enter");
  await page.locator('[data-field="name"] input').first().focus();
  await type(page, "Banque d’accueil", "Chêne massif", "2", "", "=2000+310", "5", "", "");
  await type(page, "Pose", "", "", "", "420");
}

for (const theme of ["light", "dark"]) {
  test(`an invoice is written, mended, numbered and answered (${theme})`, async () => {
    const story = await begin({ book: "empty", language: "fr", theme, prepare: ready });
    const { page } = story;
    await openSales(page);
    await page.waitForSelector(".empty");
    await story.axe("no invoice");
    await writeInvoice(page);
    await drawn(page, "Banque d’accueil");
    await drawn(page, "Pose");
    assert.equal(await page.locator(".sales-line-total .num").first().innerText(), "4\u00a0389,00");
    // The draft is kept by itself, and its address is its own.
    await page.locator(".sales-kept", { hasText: /^Enregistré$/ }).waitFor();
    await page.waitForFunction(() => /invoice=\d+/.test(location.hash));
    await story.axe("the editor");

    // What is missing is said next to its field, which has the focus.
    await page.keyboard.press("Control+Enter");
    await page
      .getByText(/L’adresse de Galerie Vasseur n’est pas entière/)
      .first()
      .waitFor();
    await page.waitForFunction(
      () => document.activeElement?.closest('[data-field="card"]') !== null,
    );
    await story.axe("what is missing");
    await page.keyboard.press("Enter");
    await page.waitForSelector('[role="dialog"] [name="line1"]:focus');
    await story.axe("the customer's card");
    await page.keyboard.type("8 rue de l’Héronnière");
    await keys(page, "Tab", "Tab");
    await page.keyboard.type("44000");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Nantes");
    await page.keyboard.press("Enter");
    await page.waitForSelector('[role="dialog"]', { state: "detached" });
    await page.getByText("Prête à partir").waitFor();
    await drawn(page, "8 rue de l’Héronnière");

    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("h1:has-text('FA-2026-0001')");
    await drawn(page, "FA-2026-0001");
    await page.getByText("On ne la change pas, on y répond").waitFor();
    assert.equal(await page.locator(".sales-form input").count(), 0);
    await story.axe("the finalised invoice");

    // It is answered: the reason first, else it says so.
    await page.keyboard.press("x");
    await page.waitForSelector('[data-field="reason"] select');
    await page.keyboard.press("Control+Enter");
    await page
      .getByText(/L’avoir ne dit pas pourquoi/)
      .first()
      .waitFor();
    await page.waitForFunction(
      () => document.activeElement?.closest('[data-field="reason"]') !== null,
    );
    await story.axe("a credit note without its reason");
    await page.keyboard.type("Ret");
    await page.getByText("Prête à partir").waitFor();
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("h1:has-text('AV-2026-0001')");
    await page.keyboard.press("Escape");
    await page.waitForSelector(".sales-split .grid-row");
    const rows = await page.locator(".grid-row").allInnerTexts();
    assert.equal(rows.length, 2);
    assert.match(rows.join(" "), /AV-2026-0001[^]*Avoir sur FA-2026-0001/);
    assert.match(rows.join(" "), /FA-2026-0001[^]*Annulée par avoir/);
    await story.axe("the list");
    await story.end();
  });

  test(`without a mail account a letter is saved, once (${theme})`, async () => {
    const story = await begin({ book: "empty", language: "fr", theme, prepare: sold });
    const { page } = story;
    await openSales(page);
    await page.waitForSelector(".sales-panel .sales-page");
    await story.axe("the list");
    await page.keyboard.press("e");
    await page.waitForSelector(".sales-letter input:focus");
    const to = page.locator(".sales-letter input").first();
    assert.equal(await to.inputValue(), "achats@vasseur.exemple");
    assert.match(
      await page.locator(".sales-letter textarea").first().inputValue(),
      /5\s544,00\s€/u,
    );
    await story.axe("the letter");
    const context = page.context();
    const handed = Promise.any([
      page.waitForEvent("download"),
      context.waitForEvent("page").then((opened) => opened.waitForEvent("download")),
    ]);
    await page.keyboard.press("Enter");
    const download = await handed;
    const written = readFileSync(await download.path(), "utf8");
    assert.match(written, /^To: .*achats@vasseur\.exemple/m);
    assert.match(written, /FA-2026-0001\.pdf/);
    await page.waitForSelector(".grid-row:has-text('enregistrée en .eml')");

    // The same letter is not queued twice, and says where the first one is.
    await page.keyboard.press("e");
    await page.getByText(/n’y entre pas deux fois/).waitFor();
    await story.axe("a letter that was queued before");
    await page.locator(".sales-note .sales-link").press("Enter");
    await page.waitForSelector(".sales-known");
    await page.getByText("Enregistrée en .eml, à envoyer par vous").first().waitFor();
    assert.match(await address(page), /tab=outbox/);
    await story.axe("the outbox");
    // From there it may be queued again, and taken back.
    await page.keyboard.press("r");
    await page.waitForSelector(".tag:has-text('En attente')");
    await page.keyboard.press("Delete");
    await page.waitForSelector(".tag:has-text('Annulée')");
    await story.end();
  });
}

test("the sample's list shows each state under its filter", async () => {
  const story = await begin({ book: "sample", language: "fr" });
  const { page } = story;
  await openSales(page);
  await page.waitForSelector(".sales-split .grid-row");
  await story.axe("the sample's sales");
  for (const [filter, ...wanted] of [
    ["draft", /Hôtel de Kerlann[^]*Modifiable/, /Studio Malavigne[^]*Modifiable/],
    ["open", /AM-2026-0014[^]*À recevoir/, /AM-2026-0009[^]*Payée en partie/],
    ["late", /AM-2026-0002[^]*retard/, /AM-2026-0010[^]*retard/],
    ["paid", /AM-2026-0001[^]*Payée/, /AM-2026-0004[^]*Annulée par avoir/],
    ["paid", /AMAV-2026-0001[^]*Avoir sur AM-2026-0004[^]*Utilisé/],
  ]) {
    await page.evaluate((to) => (location.hash = `#/sales?state=${to}`), filter);
    for (const words of wanted) {
      await page.locator(".grid-row", { hasText: words }).first().waitFor();
    }
  }
  await story.end();
});

test("drafts are kept by themselves, and nothing of what was not touched", async () => {
  const story = await begin({ book: "empty", language: "en", prepare: ready });
  const { page } = story;
  await openSales(page);
  await page.keyboard.press("n");
  await page.waitForSelector(".sales-lines");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".empty");
  await page.keyboard.press("n");
  await page.locator('[data-field="name"] input').first().fill("A table");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".grid-row:has-text('A table')");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".sales-lines");
  const name = page.locator('[data-field="name"] input').first();
  assert.equal(await name.inputValue(), "A table");
  // An undo gives back what was kept before.
  await name.fill("A chair");
  await drawn(page, "A chair");
  await page.locator(".sales-kept", { hasText: "Saved" }).waitFor();
  await page.keyboard.press("Control+z");
  await page.waitForFunction(
    () => document.querySelector('[data-field="name"] input')?.value === "A table",
  );
  await page.keyboard.press("Escape");
  await page.waitForSelector(".grid-row");
  await page.waitForSelector(".sales-panel .sales-page");
  await page.keyboard.press("d");
  // The list of customers is open there: the first Escape closes it.
  await page.waitForSelector('[data-field="customer"] input:focus');
  await keys(page, "Escape", "Escape");
  await page.waitForFunction(() => document.querySelectorAll(".grid-row").length === 2);
  await page.keyboard.press("Delete");
  await page.waitForFunction(() => document.querySelectorAll(".grid-row").length === 1);
  // A draft that another window throws away leaves the screen rather than an error.
  await page.keyboard.press("Enter");
  await page.waitForSelector(".sales-lines");
  const second = await story.another();
  await openSales(second);
  await second.waitForSelector(".grid-row");
  await second.keyboard.press("Delete");
  await page.waitForSelector(".empty");
  await story.end();
});

test("lines are added, moved and removed by keys, and say what cannot be read", async () => {
  const story = await begin({ book: "empty", language: "en", prepare: ready });
  const { page } = story;
  await openSales(page);
  await writeInvoice(page);
  const names = () =>
    page
      .locator('[data-field="name"] input')
      .evaluateAll((all) => all.map((one) => one.value).join());
  await keys(page, "Alt+ArrowUp");
  assert.equal(await names(), "Pose,Banque d’accueil");
  await page.keyboard.press("Alt+Enter");
  await page.waitForFunction(() => document.querySelectorAll(".sales-line").length === 3);
  await page.waitForFunction(() => document.activeElement?.value === "");
  await keys(page, "Alt+Delete");
  assert.equal(await names(), "Pose,Banque d’accueil");
  const price = page.locator('[data-field="price"] input').first();
  await price.fill("12..5");
  await keys(page, "Tab");
  await page.getByText("Type a number: 12 or 1284.5.").first().waitFor();
  await story.axe("a number that cannot be read");
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction(() => document.activeElement?.closest("[data-field]") !== null);
  assert.equal(await inFocus(page), "card");
  await price.fill("1,284.50");
  await keys(page, "Tab");
  await page.waitForFunction(
    () => document.querySelector('[data-field="price"] input')?.value === "1,284.50",
  );
  await page.waitForSelector(".sales-line-total:has-text('1,284.50')");
  await story.end();
});

test("what was sent elsewhere holds the outbox back; sealed passwords are asked for", async () => {
  const prepare = (made) => {
    const { ask, id } = sold(made);
    const account = {
      host: "localhost",
      port: 465,
      implicit_tls: true,
      user: "morvan",
      address: "contact@atelier-morvan.exemple",
    };
    ask("set_mail_account", { account });
    ask("send_invoice", { invoice: id });
    // This machine remembers nothing of the book any more.
    rmSync(join(made.folder, "config/comptoir/outboxes.json"), { force: true });
  };
  const story = await begin({ book: "empty", language: "en", prepare });
  const { page } = story;
  await openSales(page);
  await page.getByRole("tab", { name: /Outbox/ }).press("Enter");
  await page.getByText("Sending is held back.").waitFor();
  await story.axe("a paused outbox");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Sending is held back.").waitFor({ state: "detached" });
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector('[role="dialog"] input:focus');
  await story.axe("the passphrase");
  await page.keyboard.press("Escape");
  await page.waitForSelector('[role="dialog"]', { state: "detached" });
  await page.locator(".grid-pane").focus();
  await page.keyboard.press("Delete");
  await page.waitForSelector(".tag:has-text('Cancelled')");
  await story.end();
});

for (const [width, height] of [
  [1000, 640],
  [720, 450],
]) {
  test(`nothing is out of reach at ${width} by ${height}`, async () => {
    const story = await begin({ book: "empty", width, height, prepare: ready });
    const { page } = story;
    await openSales(page);
    await writeInvoice(page);
    for (const part of [".sales-under textarea", ".sales-preflight", ".sales-beside .sales-page"]) {
      const one = page.locator(part).first();
      await one.scrollIntoViewIfNeeded();
      const box = await one.boundingBox();
      assert.ok(box !== null && box.x >= 0 && box.x + box.width <= width, part);
    }
    await story.axe("the editor");
    await story.end();
  });
}
