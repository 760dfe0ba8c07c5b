// What every story in the browser begins with: a fresh folder, the real engine behind its loopback
// shell, and a page of the built interface in Chromium. Nothing is mocked.
//
//   const story = await begin({ book: "sample", language: "fr", theme: "light" });
//   await story.page.keyboard.press("Enter");
//   await story.axe("inbox");
//   await story.end();
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const need = createRequire(join(root, "ui/package.json"));
const { chromium } = need("playwright-core");
const axeSource = readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");

export const program =
  process.env.COMPTOIR ?? join(root, process.env.CARGO_TARGET_DIR ?? "target", "debug/comptoir");
/** Milliseconds after which a step has failed: a hang must end. */
const PATIENCE_MS = 20_000;

let browser;
let sample;
const folders = [];
const engines = new Set();

after(async () => {
  await browser?.close();
  // A story that failed has left its own running.
  for (const engine of engines) engine.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function freshFolder() {
  const folder = mkdtempSync(join(tmpdir(), "comptoir-story-"));
  folders.push(folder);
  return folder;
}

async function openBrowser() {
  const quiet = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
  ];
  browser ??= await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: quiet,
  });
  return browser;
}

/** The sample business, made once and copied: its first making takes a while. */
function sampleBook(folder) {
  if (sample === undefined) {
    sample = join(freshFolder(), "sample.comptoir");
    comptoir(dirname(sample), "sample", sample);
  }
  const path = join(folder, "atelier-morvan.comptoir");
  cpSync(sample, path);
  return path;
}

function surroundings(folder, more = {}) {
  return {
    ...process.env,
    ...more,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, "config"),
    XDG_DATA_HOME: join(folder, "data"),
    LANG: "C.UTF-8",
  };
}

function comptoir(folder, ...words) {
  return comptoirWith({}, folder, ...words);
}

function comptoirWith(more, folder, ...words) {
  const done = spawnSync(program, words, {
    env: surroundings(folder, more),
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`comptoir ${words.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

/**
 * A folder, an engine and a page. `book`: "sample", "empty", or null for the first screen; `env`:
 * variables for the engine and the terminal.
 */
export async function begin(wanted = {}) {
  const { book = "sample", language = "fr", theme = "light" } = wanted;
  const { width = 1440, height = 900, prepare, env = {} } = wanted;
  const folder = freshFolder();
  mkdirSync(join(folder, "config/comptoir"), { recursive: true });
  const preferences = { language, theme, recent: [] };
  writeFileSync(join(folder, "config/comptoir/preferences.json"), JSON.stringify(preferences));
  let path = null;
  if (book === "sample") path = sampleBook(folder);
  if (book === "empty") {
    path = join(folder, "vide.comptoir");
    comptoir(folder, "new", path, "--country", "fr", "--name", "Vide", "--first-day", "2026-01-01");
  }
  const cli = (...words) => comptoirWith(env, folder, ...words);
  if (prepare) await prepare({ folder, path, cli });
  const { link, stop } = await serve(folder, path, env);
  const chromium = await openBrowser();
  const context = await chromium.newContext({
    viewport: { width, height },
    locale: language === "fr" ? "fr-FR" : "en-GB",
    timezoneId: "Europe/Paris",
    reducedMotion: "reduce",
    colorScheme: theme,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(link);
  return {
    page,
    folder,
    path,
    cli,
    faults,
    /** Another window on the same engine. */
    async another() {
      const second = await context.newPage();
      second.on("pageerror", (error) => faults.push(error.message));
      await second.goto(link);
      return second;
    },
    /** Ends the engine while its window stays open. */
    stop,
    axe: (about) => axe(page, about),
    picture: (name) => page.screenshot({ path: name, animations: "disabled", caret: "hide" }),
    /** Ends the story; a fault in the page's console fails it. */
    async end() {
      await context.close();
      await stop();
      if (faults.length > 0) throw new Error(`faults in the page: ${faults.join("; ")}`);
    },
  };
}

async function serve(folder, path, env) {
  const words = ["serve", ...(path ? [path] : []), "--port", "0"];
  const engine = spawn(program, words, { env: surroundings(folder, env) });
  engines.add(engine);
  let said = "";
  engine.stderr.on("data", (data) => (said += data));
  const ended = new Promise((resolve) => engine.once("exit", resolve));
  const link = await new Promise((resolve, reject) => {
    let text = "";
    const late = setTimeout(() => reject(new Error(`no link: ${said}`)), PATIENCE_MS);
    engine.stdout.on("data", (data) => {
      text += data;
      const found = /http:\/\/\S+/.exec(text);
      if (found) resolve(found[0]);
      if (found) clearTimeout(late);
    });
    engine.once("exit", () => reject(new Error(`the engine ended: ${said}`)));
  });
  const stop = async () => {
    engine.kill("SIGINT");
    const late = setTimeout(() => engine.kill("SIGKILL"), 5_000);
    await ended;
    engines.delete(engine);
    clearTimeout(late);
  };
  return { link, stop };
}

/** Milliseconds after which a dialog that was just opened has its name. */
const SETTLED_MS = 400;

/** Fails on anything that axe finds in what is on screen, and still finds a moment later: a dialog
 *  that was just opened is named by its title only once that is drawn. */
async function axe(page, about) {
  // Given as text through the driver: the page's own rules allow no script from elsewhere.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axeSource);
  let found = await violations(page);
  if (found.length > 0) {
    await page.waitForTimeout(SETTLED_MS);
    found = await violations(page);
  }
  if (found.length > 0) throw new Error(`axe on ${about}: ${JSON.stringify(found, null, 1)}`);
}

function violations(page) {
  return page.evaluate(async () => {
    const result = await globalThis.axe.run(document, {
      resultTypes: ["violations"],
    });
    return result.violations.map((one) => ({
      id: one.id,
      help: one.help,
      nodes: one.nodes
        .slice(0, 4)
        .map(
          (node) => `${node.target.join(" ")}: ${node.failureSummary} ${node.html.slice(0, 300)}`,
        ),
    }));
  });
}
