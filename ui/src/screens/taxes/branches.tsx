import type {
  BoxView,
  Explained,
  LeafView,
  PartView,
  RoundingView,
  TaxCodeChoice,
} from "../../api/generated";
import { decimalShown } from "../../parts/format";
import type { Language, Say } from "../../words";
import { boxText } from "./rows";

/** A row of an explanation, with what stands under it. */
export interface Branch {
  key: string;
  text: string;
  about?: string | undefined;
  /** What it brings, as it is shown. */
  amount: string;
  children?: Branch[];
  /** The fact behind it, shown when it is opened. */
  leaf?: LeafView;
  /** The box that it names, to go there. */
  box?: string;
}

/** What a tree of branches is made with. */
export interface Making {
  say: Say<"taxes">;
  language: Language;
  boxes: readonly BoxView[];
  codes: readonly TaxCodeChoice[];
}

/** Facts shown under one row before the rest is folded again. */
const MOST = 100;

/** A decimal text with its cents, and more decimals only if it has them. */
export function cents(text: string, language: Language, plus = false): string {
  const [whole = "0", rest = ""] = text.split(".");
  const shown = decimalShown(`${whole}.${rest.padEnd(2, "0")}`, language);
  return plus && !shown.startsWith("\u2212") ? `+${shown}` : shown;
}

/** What the formula names, down to the law's values. Empty where the box is only a sum of items:
 *  then the detail says it all. */
export function formulaBranches(found: Explained, making: Making): Branch[] {
  return isFed(found) ? [] : folded(found.parts, "f", making);
}

/** The facts: under the codes that bring them where the box is a sum of items, else in one list. */
export function detailBranches(found: Explained, making: Making): Branch[] {
  if (found.leaves.length === 0) return [];
  if (!isFed(found)) {
    return [
      {
        key: "all",
        text: making.say("detail", { count: found.leaves.length }),
        amount: cents(found.unrounded, making.language),
        children: leafBranches(found.leaves, "all", making),
      },
    ];
  }
  const grouped = new Set<LeafView>();
  const groups = found.parts.map((part, at) => {
    const leaves = found.leaves.filter((leaf) => bringsTo(leaf, part));
    leaves.forEach((leaf) => grouped.add(leaf));
    return groupBranch(part, leaves, `d${at}`, making);
  });
  const rest = found.leaves.filter((leaf) => !grouped.has(leaf));
  return [...groups, ...leafBranches(rest, "rest", making)];
}

/** The engine's own word for a box that codes bring items to. */
export function isFed(found: Explained): boolean {
  return found.formula === "fed";
}

/** The code and the side of the item behind a fact. */
function sideOf(leaf: LeafView): { code: string; key: string } | null {
  const item = leaf.entry?.items.find((one) => one.id === leaf.id);
  return item === undefined ? null : { code: item.tax_code, key: `${item.tax_code} ${item.leg}` };
}

/** Whether a row of codes brings a fact. The call tells it only in words, whose first ones are the
 *  code and its side. */
function bringsTo(leaf: LeafView, part: PartView): boolean {
  const side = sideOf(leaf);
  return side !== null && part.text.startsWith(`${side.key},`);
}

function groupBranch(part: PartView, leaves: LeafView[], key: string, making: Making): Branch {
  const code = leaves[0] === undefined ? undefined : sideOf(leaves[0])?.code;
  const label = making.codes.find((one) => one.code === code)?.label;
  const count = making.say("items", { count: leaves.length });
  return {
    key,
    text: label ?? part.text,
    about: [label === undefined ? undefined : `${code}, ${count}`, part.law]
      .filter(Boolean)
      .join(" · "),
    amount: cents(part.value, making.language),
    children: leafBranches(leaves, key, making),
  };
}

function leafBranches(leaves: LeafView[], key: string, making: Making): Branch[] {
  const shown = leaves.slice(0, MOST).map((leaf, at): Branch => {
    const entry = leaf.invoice ?? leaf.entry;
    const about = leaf.entry === null ? undefined : [leaf.entry.ref, leaf.invoice?.ref];
    return {
      key: `${key}.${at}`,
      text: entry === null ? leaf.text : entry.label || leaf.text,
      about: about?.filter(Boolean).join(" · "),
      amount: cents(leaf.contribution, making.language),
      leaf,
    };
  });
  const rest = leaves.slice(MOST);
  if (rest.length === 0) return shown;
  const more: Branch = {
    key: `${key}.more`,
    text: making.say("more", { count: rest.length }),
    amount: "",
    children: leafBranches(rest, `${key}.more`, making),
  };
  return [...shown, more];
}

/** Parts with what is zero among them folded into one row. */
function folded(parts: PartView[], key: string, making: Making): Branch[] {
  const isZero = (part: PartView) => Number(part.value) === 0;
  const branch = (part: PartView, at: number) => partBranch(part, `${key}.${at}`, making);
  const shown = parts.filter((part) => !isZero(part)).map(branch);
  const zero = parts.filter(isZero);
  if (zero.length === 0) return shown;
  const inside = zero.map((part, at) => partBranch(part, `${key}.z${at}`, making));
  const text = making.say("atZero", { count: zero.length });
  return [...shown, { key: `${key}.z`, text, amount: "", children: inside }];
}

function partBranch(part: PartView, key: string, making: Making): Branch {
  // A box is named in words only; its last word is the box.
  const box = making.boxes.find((one) => part.text.endsWith(` ${one.box}`));
  const known = box !== undefined && part.law === "";
  const children = folded(part.parts, key, making);
  return {
    key,
    text: known ? boxText(making.say, box.box) : part.text,
    about: known ? box.label : part.law,
    amount: decimalShown(part.value, making.language),
    ...(children.length > 0 ? { children } : {}),
    ...(known ? { box: box.box } : {}),
  };
}

export function roundingText(rounding: RoundingView, making: Making): string {
  const known = making.boxes.some((one) => one.box === rounding.of);
  const of = known ? boxText(making.say, rounding.of) : rounding.of;
  return making.say("rounding", { of: of.charAt(0).toLowerCase() + of.slice(1) });
}
