import type { ReactNode } from "react";

/** One of many to choose from. */
export interface Choice {
  value: string;
  /** Its number, in front of the name. */
  code?: string;
  name: string;
  /** At the right end: a balance, a rate. */
  end?: ReactNode;
}

/** Rows shown at once: who does not see it types one letter more. */
const MOST = 60;

/** A text without accents and capitals, as it is searched. */
export function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** Choices whose number begins with the text or whose name holds all its words; those whose number
 *  or name begins so come first, else the order given stands. */
export function found(choices: readonly Choice[], text: string): Choice[] {
  const wanted = plain(text.trim());
  if (wanted === "") return choices.slice(0, MOST);
  const words = wanted.split(/\s+/);
  const ranked: Choice[][] = [[], [], []];
  for (const choice of choices) {
    const code = plain(choice.code ?? "");
    const name = plain(choice.name);
    const all = `${code} ${name}`;
    if (code.startsWith(wanted)) ranked[0]?.push(choice);
    else if (name.startsWith(wanted) || all === wanted) ranked[1]?.push(choice);
    else if (words.every((word) => all.includes(word))) ranked[2]?.push(choice);
  }
  return ranked.flat().slice(0, MOST);
}
