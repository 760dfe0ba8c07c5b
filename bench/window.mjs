// What the real window costs, beside a window of the same toolkit with one word in it. Called by
// `cargo xtask bench --window`, under a display:
//
//     node bench/window.mjs PROGRAM EMPTY_WINDOW BOOK EMPTY_BOOK
//
// BOOK has a hundred thousand booked lines and some that wait. Prints a line for each figure: what,
// what was measured, the goal, `met` or `missed`, parted by tabs.
import { readFileSync, readdirSync } from "node:fs";
import { openWindow, until } from "../tests/window/driver.mjs";

const [program, bare, full, none] = process.argv.slice(2);
const STARTS = 7;
const ACCEPTS = 25;
const PLACES = 200;
/** So many places in one answer: the driver waits for none longer than half a minute. */
const AT_ONCE = 20;
const IDLE_S = 60;
/** A window is left alone for so long before it counts as idle: it tidies up behind itself. */
const IDLE_AFTER_MS = 15_000;
/** What a person rests at least between two keys that decide something. */
const REST_MS = 700;
const MEGABYTE = 1024;

function tell(what, got, goal = "", met = true) {
  process.stdout.write([what, got, goal, met ? "met" : "missed"].join("\t") + "\n");
}

function percentile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))];
}
const median = (values) => percentile(values, 50);
const ms = (value) => `${value.toFixed(0)} ms`;
const ratio = (one, other) => `${(one / other).toFixed(2)} x`;

/** The program with all that it started, without the driver that started it. */
function family(driver) {
  const parents = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      parents.set(Number(pid), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  const found = [driver];
  for (const one of found) {
    for (const [pid, parent] of parents) if (parent === one) found.push(pid);
  }
  return found.slice(1);
}

/** Memory of processes in kilobytes; what they share counts once. */
function memory(pids) {
  const of = (pid) => {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
  };
  return pids.reduce((sum, pid) => sum + of(pid), 0);
}

/** Processor time of processes in milliseconds, ended threads among it, in steps of ten. */
function processor(pids) {
  const of = (pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  };
  return pids.reduce((sum, pid) => sum + of(pid), 0);
}

/** What a window costs while nobody touches it, in per cent of a core. */
async function idling(window) {
  await pause(IDLE_AFTER_MS);
  const pids = family(window.driver);
  const before = processor(pids);
  await pause(IDLE_S * 1_000);
  return (processor(pids) - before) / (IDLE_S * 10);
}

const pause = (ms) => new Promise((over) => setTimeout(over, ms));

/** Opens a window, waits until its first screen was painted, and tells how long that took and what
 *  memory it then has. */
async function start(wanted) {
  const window = await openWindow(wanted);
  const script = `const [mark] = performance.getEntriesByName("painted");
    return mark === undefined ? null : performance.timeOrigin + mark.startTime;`;
  const painted = await until(() => window.run(script), "the first screen");
  const taken = memory(family(window.driver));
  return { window, took: painted - window.began, taken };
}

async function starts() {
  const kinds = [
    { name: "bare", wanted: { program: bare } },
    { name: "none", wanted: { program, words: [none] } },
    { name: "full", wanted: { program, words: [full] } },
  ];
  const took = { bare: [], none: [], full: [] };
  const taken = { bare: [], none: [], full: [] };
  // In turn, so that a busy moment falls on all three; the first of each warms the disk.
  for (let run = 0; run <= STARTS; run += 1) {
    for (const { name, wanted } of kinds) {
      const started = await start(wanted);
      await started.window.close();
      if (run === 0) continue;
      took[name].push(started.took);
      taken[name].push(started.taken);
    }
  }
  const [empty, young, old] = [median(took.bare), median(took.none), median(took.full)];
  tell("start to the first screen, an empty window of the toolkit", ms(empty));
  tell("the same, Comptoir on an empty book", `${ms(young)}, ${ratio(young, empty)}`);
  const grown = ratio(old, young);
  tell(
    "the same, on 100 000 lines",
    `${ms(old)}, ${grown}`,
    "1.15 x the empty book",
    old <= young * 1.15,
  );
  const more = (median(taken.full) - median(taken.bare)) / MEGABYTE;
  tell(
    "memory at the first screen, beyond the empty window",
    `${more.toFixed(0)} MB`,
    "60 MB",
    more <= 60,
  );
  return median(taken.bare);
}

/** Presses a key in the page and waits until something holds and was painted; in milliseconds. The
 *  page's own rules allow no text as code, so what may hold is named. */
const PRESS = `
  const [key, holds] = arguments;
  const target = document.activeElement ?? document.body;
  const chosen = () =>
    document.querySelector(".grid-pane")?.getAttribute("aria-activedescendant") ?? null;
  const before = chosen();
  const is = {
    pressed: () => true,
    rows: () => document.querySelector(".grid-row:not(.idle) .cell") !== null,
    next: () => chosen() !== null && chosen() !== before,
    home: () => document.querySelector(".home") !== null,
  }[holds];
  const from = performance.now();
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  for (;;) {
    await new Promise((frame) => requestAnimationFrame(frame));
    if (is()) break;
    if (performance.now() - from > 10000) throw new Error("waited in vain for " + holds);
  }
  await new Promise((painted) => setTimeout(painted));
  return performance.now() - from;`;

async function press(window, key, holds) {
  const { ok, refused } = await window.wait(PRESS, key, holds);
  if (refused !== undefined) throw new Error(refused);
  return ok;
}

const CHOSEN =
  "return document.querySelector('.grid-pane')?.getAttribute('aria-activedescendant') != null";

async function accepting(window) {
  await press(window, "g", "pressed");
  const opened = await press(window, "b", "rows");
  tell("the inbox to its first rows", ms(opened));
  const took = [];
  for (let count = 0; count < ACCEPTS; count += 1) {
    await until(() => window.run(CHOSEN), "a chosen line");
    await pause(REST_MS);
    const waiting = "return document.querySelector('.place.here .count')?.textContent";
    const before = await window.run(waiting);
    took.push(await press(window, "Enter", "next"));
    await until(async () => (await window.run(waiting)) !== before, "the line to be accepted");
  }
  const most = percentile(took, 90);
  tell(
    "accept to the next line",
    `${ms(median(took))} median, ${ms(most)} p90`,
    "50 ms",
    median(took) <= 50,
  );
}

/** Any place of the scroll bar: is there a row at once, and when is it filled? */
const SCROLL = `
  const pane = document.querySelector(".grid-pane");
  const [places, seed] = arguments;
  const middle = () => {
    const box = pane.getBoundingClientRect();
    const at = document.elementFromPoint(box.left + 200, box.top + box.height / 2);
    return at?.closest(".grid-row") ?? null;
  };
  let [blank, chance, filled] = [0, seed, []];
  for (let count = 0; count < places; count += 1) {
    chance = (chance * 1103515245 + 12345) % 2147483648;
    pane.scrollTop = (chance / 2147483648) * (pane.scrollHeight - pane.clientHeight);
    const from = performance.now();
    for (let frame = 0; ; frame += 1) {
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
      const row = middle();
      if (frame === 0 && row === null) blank += 1;
      if (row?.querySelector(".cell") != null) break;
      if (performance.now() - from > 10000) throw new Error("a row that never fills");
    }
    filled.push(performance.now() - from);
  }
  return { blank, filled };`;

async function reports(window) {
  await pause(REST_MS);
  await press(window, "g", "pressed");
  const opened = await press(window, "l", "rows");
  tell("the journal of 100 000 lines to its first rows", ms(opened), "50 ms", opened <= 50);
  let [blank, filled] = [0, []];
  for (let seen = 0; seen < PLACES; seen += AT_ONCE) {
    const { ok, refused } = await window.wait(SCROLL, AT_ONCE, 12_345 + seen);
    if (refused !== undefined) throw new Error(refused);
    blank += ok.blank;
    filled = filled.concat(ok.filled);
  }
  const told = `${blank} of ${PLACES}`;
  tell("blank frames at any place of the scroll bar", told, "0", blank === 0);
  tell("the rows there filled", `${ms(median(filled))} median, ${ms(percentile(filled, 99))} p99`);
}

async function idle(window, empty, bareIdle) {
  await press(window, "g", "pressed");
  await press(window, "a", "home");
  const from = Date.now();
  const copies = `${full}-backups`;
  const isThere = () => readdirSync(copies).some((name) => name.endsWith(".comptoir-backup"));
  await until(isThere, "the copy of the day", 300_000);
  const waited = (Date.now() - from) / 1000;
  process.stderr.write(`the copy of the day was there after ${waited.toFixed(0)} s more\n`);
  const share = await idling(window);
  const told = `${share.toFixed(2)} % of a core, ${(share - bareIdle).toFixed(2)} more than the empty window`;
  tell(`idle for ${IDLE_S} s`, told, "0.1 %", share <= 0.1);
  const more = (memory(family(window.driver)) - empty) / MEGABYTE;
  tell(
    "memory after all this, beyond the empty window",
    `${more.toFixed(0)} MB`,
    "60 MB",
    more <= 60,
  );
}

const empty = await starts();
const lone = await start({ program: bare });
const bareIdle = await idling(lone.window);
await lone.window.close();
const { window } = await start({ program, words: [full] });
try {
  await accepting(window);
  await reports(window);
  await idle(window, empty, bareIdle);
} finally {
  await window.close();
}
