// The whole way: an invoice finalised and sent in the browser, its letter in a real mailbox behind
// TLS and a password, the bank line that names it accepted, the box of the return that it fills.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { connect } from "node:tls";
import { fileURLToPath } from "node:url";
import { begin } from "./harness.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const PASSWORD = "planted-password-4711";
const PATIENCE_MS = 20_000;
const started = [];
const folders = [];

after(() => {
  for (const server of started) server.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A port that is free now. */
const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const openssl = (...words) => {
  const done = spawnSync("openssl", words, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr);
};

/** A certificate for localhost and the root that signed it. */
function certificate(folder) {
  const at = (name) => join(folder, name);
  const request = ["req", "-newkey", "rsa:2048", "-nodes", "-keyout"];
  const root = ["-x509", "-days", "2", "-subj", "/CN=Root of a test", "-out", at("root.pem")];
  openssl(...request, at("root.key"), ...root);
  openssl(...request, at("key.pem"), "-subj", "/CN=localhost", "-out", at("own.csr"));
  writeFileSync(at("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  const signed = ["-CA", at("root.pem"), "-CAkey", at("root.key"), "-CAcreateserial", "-days", "2"];
  openssl(
    "x509",
    "-req",
    "-in",
    at("own.csr"),
    ...signed,
    "-extfile",
    at("names"),
    "-out",
    at("own.pem"),
  );
  return { root: at("root.pem"), own: at("own.pem"), key: at("key.pem") };
}

/** Whether a mail server greets there. */
const greets = (port) =>
  new Promise((resolve) => {
    const line = connect({ port, host: "localhost", rejectUnauthorized: false });
    const done = (answer) => {
      line.destroy();
      setTimeout(() => resolve(answer), answer ? 0 : 100);
    };
    line.once("data", (data) => done(data.toString().startsWith("220")));
    line.once("error", () => done(false));
    line.setTimeout(2_000, () => done(false));
  });

/** exim of Debian on loopback: TLS from the first byte, a password, letters to a maildir. */
async function mailbox() {
  const folder = mkdtempSync(join(tmpdir(), "comptoir-mail-"));
  folders.push(folder);
  // The server drops its rights: it must still reach what it delivers to.
  chmodSync(folder, 0o755);
  const files = certificate(folder);
  const [starttls, tls] = [await freePort(), await freePort()];
  const script = join(root, "crates/courier/tests/exim/start.sh");
  const place = join(folder, "exim");
  const words = [script, place, starttls, tls, files.own, files.key, "morvan", PASSWORD];
  const server = spawn("sh", words.map(String), { stdio: ["ignore", "ignore", "pipe"] });
  started.push(server);
  let ended = null;
  server.once("exit", (code) => (ended = code));
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    if (ended === 77) return null;
    if (ended !== null) throw new Error(`exim ended with ${ended}`);
    if (await greets(tls)) break;
    if (Date.now() > until) throw new Error("exim does not answer");
  }
  const letters = () => {
    const inbox = join(place, "maildir/new");
    const names = existsSync(inbox) ? readdirSync(inbox) : [];
    return names.map((name) => readFileSync(join(inbox, name), "utf8"));
  };
  return { tls, root: files.root, letters };
}

const STATEMENT = `OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>30004
<ACCTID>00010203041<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>
<DTSTART>20260901<DTEND>20260930<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260921<TRNAMT>2400.00
<FITID>VIR-1<NAME>VIR GALERIE VASSEUR FA-2026-0001</STMTTRN></BANKTRANLIST>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`;

/** A business that may invoice and send, one customer, one draft of September. */
function prepared(port) {
  return ({ path, cli }) => {
    const ask = (name, params) =>
      JSON.parse(cli("call", path, name, JSON.stringify(params))).result;
    const settings = {
      siren: "123456782",
      vat_number: "FR11123456782",
      address: "14 rue des Charpentiers, 44000 Nantes",
      legal_form: "SARL",
    };
    for (const [name, value] of Object.entries(settings)) {
      ask("change_setting", { name, value, valid_from: "2026-01-01" });
    }
    ask("save_customer", {
      code: "VASSEUR",
      name: "Galerie Vasseur",
      line1: "8 rue de l’Héronnière",
      post_code: "44000",
      city: "Nantes",
      country: "FR",
      email: "achats@vasseur.example",
    });
    const account = {
      host: "localhost",
      port,
      implicit_tls: true,
      user: "morvan",
      address: "contact@morvan.example",
      name: "Atelier Morvan",
    };
    ask("set_mail_account", { account, password: PASSWORD });
    const line = { name: "Conseil", quantity: "1", unit_price: "2000", tax_code: "S20" };
    const lines = [{ ...line, nature: "services" }];
    ask("draft_invoice", { draft: { customer: "VASSEUR", day: "2026-09-02", lines } });
  };
}

const picture = async (story, name) => {
  const folder = process.env.COMPTOIR_PICTURES;
  if (folder) await story.picture(join(folder, `way-${name}.png`));
};

test("from an invoice to a mailbox, from the bank's line to the box of the return", async (t) => {
  const mail = await mailbox();
  if (mail === null) return t.skip("exim4 is not installed");
  const env = {
    SSL_CERT_FILE: mail.root,
    COMPTOIR_SECRETS: "file",
    COMPTOIR_PASSPHRASE: "une phrase de passe",
  };
  const story = await begin({ book: "empty", language: "fr", env, prepare: prepared(mail.tls) });
  const { page, path, cli, folder } = story;
  const ask = (name, params) => JSON.parse(cli("call", path, name, JSON.stringify(params))).result;
  await page.waitForSelector(".frame");
  await page.keyboard.press("g");
  await page.keyboard.press("v");
  await page.waitForSelector(".grid-row:has-text('Galerie Vasseur')");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".sales-lines");
  await page.getByText("Prête à partir").waitFor();
  await picture(story, "1-editor");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector("h1:has-text('FA-2026-0001')");
  // Where a mail account is set the letter opens by itself.
  await page.waitForSelector(".sales-letter input");
  await picture(story, "2-letter");
  await page.locator(".sales-letter input").first().press("Enter");
  await page.waitForFunction(() => document.body.textContent.includes("nvoyée une fois"));
  await picture(story, "3-sent");

  // The mailbox has it once, with the very page that was frozen.
  const letters = mail.letters();
  assert.equal(letters.length, 1);
  const [message] = ask("outbox", {}).messages;
  assert.equal(message.state, "sent");
  assert.ok(letters[0].includes(message.message_id), "the Message-ID is the one that was fixed");
  const body = letters[0].split(/filename[^]*?\r?\n\r?\n/)[1].split(/\r?\n--/)[0];
  const saved = ask("save_invoice", { invoice: 1, out: folder });
  assert.deepEqual(Buffer.from(body, "base64"), readFileSync(saved.path));

  // The bank's line names it: Enter accepts, and the invoice is paid.
  const file = join(folder, "releve.ofx");
  writeFileSync(file, STATEMENT);
  await page.keyboard.press("Escape");
  const asked = page.waitForEvent("filechooser");
  await page.keyboard.press("Control+o");
  await (await asked).setFiles([file]);
  await page.waitForFunction(() => document.body.textContent.includes("releve.ofx"));
  await picture(story, "3b-read");
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await page.waitForSelector(".grid-row.chosen:has-text('FA-2026-0001')");
  await picture(story, "4-line");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".toast");
  await page.waitForFunction(() => !document.querySelector(".grid-row.chosen .bank-told"));
  await page.keyboard.press("g");
  await page.keyboard.press("v");
  await page.waitForSelector(".grid-row:has-text('Payée')");
  await picture(story, "5-paid");

  // The box of its month, and the thread from it to the invoice and to the bank's bytes.
  const boxes = ask("preview_return", { form: "CA3", period: "2026-09" }).boxes;
  const value = (box) => boxes.find((one) => one.box === box).value;
  assert.deepEqual([value("A1"), value("08.base"), value("08.tax")], [2000, 2000, 400]);
  const thread = JSON.stringify(ask("explain", { figure: "ca3/2026-09/08.base" }));
  for (const wanted of ["FA-2026-0001", "VIR GALERIE VASSEUR", "releve.ofx"]) {
    assert.ok(thread.includes(wanted), wanted);
  }
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.waitForSelector(".taxes");
  await picture(story, "6-box");
  await story.end();

  // The password is in no byte of the book or of what lies beside it.
  for (const name of readdirSync(folder, { recursive: true })) {
    const place = join(folder, name);
    if (
      !existsSync(place) ||
      readdirSync(dirname(place), { withFileTypes: true })
        .find((one) => one.name === name.split("/").pop())
        ?.isDirectory()
    )
      continue;
    assert.ok(!readFileSync(place).includes(PASSWORD), place);
  }
});
