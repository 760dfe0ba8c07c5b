// Sources by keyboard alone: accounts that files feed with their proof, a bank that does not answer
// and stays unlinked, the passphrase where the machine has no keychain.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin } from "./harness.mjs";

// No keychain here: secrets go to the sealed file, and its passphrase is typed.
process.env.COMPTOIR_SECRETS = "file";
delete process.env.COMPTOIR_PASSPHRASE;

async function sources(wanted) {
  const story = await begin(wanted);
  await story.page.getByRole("navigation", { name: /Écrans|Screens/ }).waitFor();
  await story.page.keyboard.press("g");
  await story.page.keyboard.press("s");
  await story.page.getByRole("heading", { name: "Sources", level: 1 }).waitFor();
  return story;
}

const inFocus = (page, wanted) =>
  wanted.evaluate((one) => one === document.activeElement).then((has) => assert.ok(has));

/** What the engine says of sources, through the terminal. */
const known = ({ cli, path }) => JSON.parse(cli("call", path, "sources", "{}")).result;

for (const theme of ["light", "dark"]) {
  test(`accounts of files are shown with their proof, ${theme}`, async () => {
    const story = await sources({ theme });
    const { page, axe, end } = story;
    const view = known(story);
    const list = page.getByRole("grid", { name: "Sources" });
    await list.waitFor();
    await list.getByText("Par fichier", { exact: true }).waitFor();
    for (const one of view.files) await list.getByText(one.name, { exact: true }).waitFor();
    assert.equal(await list.locator(".rule-proved").count(), proved(view).length);
    const panel = page.getByRole("region", { name: "Source choisie" });
    for (const one of view.files) {
      await panel.getByRole("heading", { name: one.name }).waitFor();
      const word = { proved: "Solde vérifié", broken: "Écart", unproved: "Non prouvé" }[one.state];
      await panel.getByText(word).first().waitFor();
      await axe(`${one.name}, ${one.state}`);
      await page.keyboard.press("ArrowDown");
    }
    // A file is read by no connection: what asks a bank says so, and does nothing.
    const sync = page.getByRole("button", { name: "Tout synchroniser" });
    assert.equal(await sync.getAttribute("aria-disabled"), "true");
    await page.keyboard.press("Shift+S");
    await page.keyboard.press("Delete");
    assert.equal(await page.getByRole("dialog").count(), 0);

    // Enter goes to the source, Enter again to the bank at this account.
    await page.keyboard.press("Enter");
    await inFocus(page, panel.getByRole("button", { name: /^Voir dans la banque/ }));
    await page.keyboard.press("Escape");
    await inFocus(page, list);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`#/bank\\?.*${view.files.at(-1).account}`));
    await end();
  });
}

const proved = (view) => view.files.filter((one) => one.state === "proved");

test("a bank is asked for with a passphrase, refuses, and stays unlinked", async () => {
  const story = await sources({});
  const { page, axe, end, path, cli } = story;
  await page.getByRole("grid", { name: "Sources" }).waitFor();
  await page.keyboard.press("n");
  const qonto = page.getByRole("button", { name: "Relier Qonto" });
  await qonto.waitFor();
  await page.getByText("thirdparty.qonto.com").waitFor();
  await axe("connectors");
  while (!(await qonto.evaluate((one) => one === document.activeElement))) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  const form = page.getByRole("form", { name: "Relier Qonto" });
  await form.waitFor();

  // What is missing is said beside its field, which gets the focus.
  await page.keyboard.press("Control+Enter");
  const login = form.getByLabel("Identifiant de la clé API");
  await form.getByText("Ce champ est à remplir").first().waitFor();
  await inFocus(page, login);
  await axe("fields that are missing");
  await page.keyboard.type("atelier-1234");
  await page.keyboard.press("Tab");
  const secret = form.getByLabel("Clé secrète");
  await inFocus(page, secret);
  assert.equal(await secret.getAttribute("type"), "password");
  await page.keyboard.type("not-the-key");

  // Escape goes back, and keeps what was typed.
  await page.keyboard.press("Escape");
  await qonto.waitFor();
  await qonto.focus();
  await page.keyboard.press("Enter");
  assert.equal(await login.inputValue(), "atelier-1234");

  // Nothing leaves before there is a place for the key: the passphrase comes first.
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Ouvrir le fichier scellé" });
  await dialog.waitFor();
  await axe("the passphrase");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal(await form.getByRole("alert").count(), 0);
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor();
  await page.keyboard.type("correct horse battery");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });

  // No network reaches the bank from here: it is said, and nothing is linked.
  await form.getByText("thirdparty.qonto.com ne répond pas.").waitFor({ timeout: 60_000 });
  await form.getByText("Rien n’est relié, rien n’a été gardé.").waitFor();
  await axe("a bank that does not answer");
  assert.deepEqual(known({ path, cli }).connections, []);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: "Source choisie" }).waitFor();
  await inFocus(page, page.getByRole("grid", { name: "Sources" }));
  await end();
});

test("a book without a source says both ways to one", async () => {
  const { page, axe, end } = await sources({ book: "empty", language: "en", width: 1000 });
  await page.getByText("No source yet.").waitFor();
  await axe("no source");
  await page.getByRole("button", { name: "Open a statement" }).waitFor();
  await page.keyboard.press("n");
  const list = page.getByRole("list", { name: "Banks and providers" });
  await list.waitFor();
  await axe("connectors of an empty book");
  await page.keyboard.press("Escape");
  await page.getByText("No source yet.").waitFor();
  await end();
});

test("a book without a live bank is only looked at", async () => {
  const story = await sources({});
  const { page, end } = story;
  const asked = [];
  page.context().on("request", (request) => {
    const body = request.postData();
    if (request.url().endsWith("/call") && body) asked.push(JSON.parse(body).name);
  });
  const second = await story.another();
  await second.waitForSelector(".frame");
  await second.waitForTimeout(4_000);
  assert.ok(asked.includes("sources"));
  assert.ok(!asked.includes("sync"), "no bank, no read");
  await end();
});
