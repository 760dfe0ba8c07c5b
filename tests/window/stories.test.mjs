// Three stories in the real window: a first start, a statement read and a line accepted, a box
// followed to where it comes from.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { inWindow, until } from "./driver.mjs";

const folder = mkdtempSync(join(tmpdir(), "comptoir-stories-"));
const sample = join(folder, "exemple.comptoir");
const PATIENCE = { timeout: 150_000 };
const ENTER = "\uE007";
after(() => rmSync(folder, { recursive: true, force: true }));

/** Waits until what a selector finds holds a text. Asked of the page itself: the driver says
 *  nothing of a text that is cut at its end. */
async function holds(window, selector, text) {
  const script = "return document.querySelector(arguments[0])?.textContent ?? ''";
  const found = async () => (await window.run(script, selector)).includes(text);
  await until(found, `${text} in ${selector}`);
}

const STATEMENT = `OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>30004<BRANCHID>00123<ACCTID>00012345678<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260301<DTEND>20260331
<STMTTRN><TRNTYPE>FEE<DTPOSTED>20260305<TRNAMT>-18.50<FITID>F1<NAME>FRAIS DE TENUE DE COMPTE
</STMTTRN></BANKTRANLIST>
<LEDGERBAL><BALAMT>981.50<DTASOF>20260331</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`;

test("the first screen opens the sample business", PATIENCE, async () => {
  await inWindow({ words: [] }, async (window) => {
    await window.find("form, button");
    await window.call("create_sample", {}, { book: sample });
    assert.ok(await window.run("return document.activeElement !== null"));
  });
  await inWindow({ words: [sample] }, async (window) => {
    await holds(window, ".book-name", "Atelier Morvan");
    await window.find(".place.here");
  });
});

test("a statement given to the window is read, and its line accepted", PATIENCE, async () => {
  const book = join(folder, "livres.comptoir");
  const file = join(folder, "releve.ofx");
  writeFileSync(file, STATEMENT);
  await inWindow({ words: [] }, async (window) => {
    const business = { country: "fr", name: "Essai", first_day: "2026-01-01" };
    await window.call("create_book", business, { book });
  });
  await inWindow({ words: [book, file] }, async (window) => {
    await holds(window, ".imported", "releve.ofx");
    // What has the focus leads to the bank.
    const ready = "return document.activeElement?.dataset.autofocus === 'true'";
    await until(() => window.run(ready), "the focus on the first button");
    await window.press(ENTER);
    await holds(window, ".grid-row.chosen", "FRAIS DE TENUE DE COMPTE");
    await window.press(ENTER);
    const accepted = async () => (await window.call("inbox", {}, { book })).count === 0;
    await until(accepted, "an empty inbox");
    const [entry] = await window.call("journal", { drafts: true }, { book });
    assert.equal(entry.draft, true);
  });
});

test("a box of the return is followed to its leaves by keyboard", PATIENCE, async () => {
  await inWindow({ words: [sample] }, async (window) => {
    await holds(window, ".book-name", "Atelier Morvan");
    await window.press("gt");
    await window.find(".taxes-sum");
    await window.press("p");
    const inside = "return document.activeElement?.closest('.taxes-why') != null";
    await until(() => window.run(inside), "the focus in the explanation");
  });
});
