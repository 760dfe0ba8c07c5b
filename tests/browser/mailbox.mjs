// What the story of the whole way needs, in the browser and in the window: a mailbox of Debian's
// own server behind TLS and a password, a business that may invoice and send, the bank's file.
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
import { after } from "node:test";
import { connect } from "node:tls";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const PASSWORD = "planted-password-4711";
const PATIENCE_MS = 20_000;
const started = [];
const folders = [];

after(() => {
  for (const server of started) server.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const pause = (ms) => new Promise((over) => setTimeout(over, ms));

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

/** exim of Debian on loopback: TLS from the first byte, a password, letters to a maildir. Nothing
 *  where it is not installed. */
export async function mailbox() {
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
  /** What lies in the mailbox, once something does: the server takes a letter and then delivers
   *  it, a little later. */
  const delivered = async () => {
    const until = Date.now() + PATIENCE_MS;
    while (letters().length === 0 && Date.now() < until) await pause(50);
    return letters();
  };
  return { tls, root: files.root, letters, delivered };
}

/** The line that pays the invoice, as the bank tells it. */
export const STATEMENT = `OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>30004
<ACCTID>00010203041<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>
<DTSTART>20260901<DTEND>20260930<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260921<TRNAMT>2400.00
<FITID>VIR-1<NAME>VIR GALERIE VASSEUR FA-2026-0001</STMTTRN></BANKTRANLIST>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`;

/** What a program needs to believe the server and to keep the password. */
export const environment = (mail) => ({
  SSL_CERT_FILE: mail.root,
  COMPTOIR_SECRETS: "file",
  COMPTOIR_PASSPHRASE: "une phrase de passe",
});

/** Gives a business what it needs to invoice and to send, one customer, one draft of September.
 *  `ask` asks a call of its book. */
export async function prepare(ask, port) {
  const settings = {
    siren: "123456782",
    vat_number: "FR11123456782",
    address: "14 rue des Charpentiers, 44000 Nantes",
    legal_form: "SARL",
  };
  for (const [name, value] of Object.entries(settings)) {
    await ask("change_setting", { name, value, valid_from: "2026-01-01" });
  }
  await ask("save_customer", {
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
  await ask("set_mail_account", { account, password: PASSWORD });
  const line = { name: "Conseil", quantity: "1", unit_price: "2000", tax_code: "S20" };
  const lines = [{ ...line, nature: "services" }];
  await ask("draft_invoice", { draft: { customer: "VASSEUR", day: "2026-09-02", lines } });
}
