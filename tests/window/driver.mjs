/**
 * Drives the real window through WebKitWebDriver, with nothing but Node.
 *
 *     const window = await openWindow({ words: ["atelier.comptoir"] });
 *     await window.click("button[type=submit]");
 *     assert.match(await window.text("h1"), /Banque/);
 *     await window.close();
 *
 * Each window has a home of its own, so nothing of the person's is read or kept. Whatever is looked
 * for is waited for; nothing here sleeps for a fixed time. Close the window in `after`, also when a
 * test failed: the program is ended with its session.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const built = process.env.COMPTOIR_DESKTOP ?? join(target, "debug/comptoir-desktop");

/** How long anything may take on a busy machine. */
const PATIENCE_MS = 30_000;

/** The name by which the protocol calls an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** Tries until it answers something true, and gives that; otherwise the last error. */
export async function until(attempt, what = "it", patience_ms = PATIENCE_MS) {
  const end = Date.now() + patience_ms;
  for (;;) {
    let why;
    try {
      const found = await attempt();
      if (found) return found;
    } catch (error) {
      why = error;
    }
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`, { cause: why });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A home in which only these preferences were ever kept, and the environment that goes with it. */
function freshHome(preferences) {
  const home = mkdtempSync(join(tmpdir(), "comptoir-window-"));
  const runtime = join(home, "runtime");
  mkdirSync(runtime, { mode: 0o700 });
  const kept = join(home, "config/comptoir");
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, "preferences.json"), JSON.stringify(preferences));
  const environment = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "data"),
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_RUNTIME_DIR: runtime,
    TAURI_WEBVIEW_AUTOMATION: "true",
  };
  return { home, environment };
}

/** Ends the driver, waits for the program's end, and ends whatever then is left of both. */
async function endAll(driver) {
  if (driver.pid === undefined) return;
  const signal = (whom, name) => {
    try {
      return process.kill(whom, name);
    } catch {
      return false;
    }
  };
  signal(driver.pid, "SIGTERM");
  await until(() => !signal(-driver.pid, 0), "the program's end", 5_000).catch(() => {
    signal(-driver.pid, "SIGKILL");
  });
}

async function ask(method, address, body) {
  const response = await fetch(address, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/**
 * Opens a window. `words` stand behind the program's name: a book, statement files. `language`
 * (fr or en) and `theme` (light, dark or auto) are what the person chose before. `program` is
 * another program than the one that is tested.
 */
export async function openWindow(wanted = {}) {
  const { words = [], language = "fr", theme = "light", program = built } = wanted;
  const fresh = freshHome({ language, theme });
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
    env: { ...process.env, ...fresh.environment },
    stdio: ["ignore", "ignore", "inherit"],
    // A group of its own, so that a program whose session never came up ends with its driver.
    detached: true,
  });
  const base = `http://127.0.0.1:${port}`;
  const end = async () => {
    await endAll(driver);
    rmSync(fresh.home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await until(() => ask("GET", `${base}/status`), "the driver");
    const browser = {
      "webkitgtk:browserOptions": { binary: program, args: words },
    };
    const capabilities = { alwaysMatch: browser };
    const began = Date.now();
    const { sessionId } = await ask("POST", `${base}/session`, {
      capabilities,
    });
    const session = `${base}/session/${sessionId}`;
    return new Window(session, { home: fresh.home, end, began, driver: driver.pid });
  } catch (why) {
    await end();
    throw why;
  }
}

/** Opens a window for one story, and closes it however the story ends. */
export async function inWindow(wanted, story) {
  const window = await openWindow(wanted);
  try {
    await story(window);
  } finally {
    await window.close();
  }
}

/** One open window. */
export class Window {
  #session;
  #end;

  constructor(session, { home, end, began, driver }) {
    this.#session = session;
    this.#end = end;
    /** The folder that the program takes for the person's home. */
    this.home = home;
    /** When the program was started, in milliseconds of the epoch. */
    this.began = began;
    /** The process that started it. */
    this.driver = driver;
  }

  #ask(method, path, body) {
    return ask(method, this.#session + path, body);
  }

  /** The first element of a CSS selector, once it is there. */
  async find(selector) {
    const asked = { using: "css selector", value: selector };
    const found = await until(() => this.#ask("POST", "/element", asked), selector);
    return found[ELEMENT];
  }

  /** The text of an element, as it is shown. */
  async text(selector) {
    return this.#ask("GET", `/element/${await this.find(selector)}/text`);
  }

  /** Waits until an element shows a text: a string within it, or a pattern. */
  async shows(selector, expected) {
    const fits = (text) => (expected.test ? expected.test(text) : text.includes(expected));
    const attempt = async () => fits(await this.text(selector));
    await until(attempt, `${expected} in ${selector}`);
  }

  /** Clicks an element; again when it was replaced or covered meanwhile. */
  async click(selector) {
    const attempt = async () => {
      await this.#ask("POST", `/element/${await this.find(selector)}/click`, {});
      return true;
    };
    await until(attempt, `a click on ${selector}`);
  }

  /** Types into an element, after what stands there. */
  async type(selector, text) {
    await this.#ask("POST", `/element/${await this.find(selector)}/value`, {
      text,
    });
  }

  /** Presses keys where the focus is; `held` (`"\uE009"` is Ctrl) stays down meanwhile. */
  async press(keys, held = "") {
    const down = (value) => ({ type: "keyDown", value });
    const up = (value) => ({ type: "keyUp", value });
    const pressed = [...keys].flatMap((key) => [down(key), up(key)]);
    const actions = [...[...held].map(down), ...pressed, ...[...held].map(up)];
    await this.#ask("POST", "/actions", {
      actions: [{ type: "key", id: "keys", actions }],
    });
  }

  /** Runs the body of a function in the page; `arguments` are its arguments. */
  run(script, ...args) {
    return this.#ask("POST", "/execute/sync", { script, args });
  }

  /** The same for a function that is awaited: `{ ok }`, or `{ refused }` with what it threw. */
  wait(script, ...args) {
    const body = `const [tell, given] = [arguments[arguments.length - 1], [...arguments]];
      (async function () { ${script} }).apply(null, given.slice(0, -1))
        .then((ok) => tell({ ok: ok ?? null }), (why) => tell({ refused: String(why) }));`;
    return this.#ask("POST", "/execute/async", { script: body, args });
  }

  /** One of the shell's own commands, as the interface would ask for it. */
  invoke(command, args = {}) {
    return this.wait(
      "return await window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]);",
      command,
      args,
    );
  }

  /** Asks the application through the window: the answer's result, or the failure thrown. */
  async call(name, params = {}, { book, language = "fr" } = {}) {
    const request = { language, name, params, ...(book ? { book } : {}) };
    const told = await this.invoke("call", { request });
    const reply = told.ok ?? { failure: { message: told.refused } };
    if (reply.failure) throw new Error(`${name}: ${reply.failure.message}`);
    return reply.answer.result;
  }

  /** Writes a picture of the page as PNG, for a person to look at. */
  async picture(path) {
    writeFileSync(path, Buffer.from(await this.#ask("GET", "/screenshot"), "base64"));
  }

  /**
   * Ends the session and only then the driver. The driver ends the program as a crash would: books
   * that it held keep their log until they are opened again.
   */
  async close() {
    try {
      await this.#ask("DELETE", "");
    } finally {
      await this.#end();
    }
  }
}
