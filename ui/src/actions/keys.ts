import { ACTIONS, type ActionId } from "./list";

const MAC = navigator.platform.startsWith("Mac");

/** The chord of a key press, as the list writes it: `mod+shift+k`. Letters are those produced;
 *  digits also by their place, so that AZERTY needs no Shift for them. */
export function chordOf(event: KeyboardEvent): string {
  const mod = MAC ? event.metaKey : event.ctrlKey;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  const plain = digit !== null && !mod && !event.altKey ? (digit[1] ?? "") : event.key;
  const key = plain.length === 1 ? plain.toLowerCase() : plain;
  // A sign that needs Shift on this keyboard is the sign itself.
  const shift = event.shiftKey && (key.length > 1 || /[a-z]/.test(key)) && digit === null;
  return [mod && "mod", event.altKey && "alt", shift && "shift", key].filter(Boolean).join("+");
}

/** Whether a press belongs to the field it is made in: single letters, not chords. */
export function typedInto(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  const editable = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  const choice = target instanceof HTMLInputElement && /^(checkbox|radio)$/.test(target.type);
  return editable && !choice;
}

const SIGNS: Record<string, { fr: string; en: string }> = {
  mod: MAC ? { fr: "⌘", en: "⌘" } : { fr: "Ctrl", en: "Ctrl" },
  shift: { fr: "Maj", en: "Shift" },
  alt: { fr: "Alt", en: "Alt" },
  Enter: { fr: "↵", en: "↵" },
  Escape: { fr: "Échap", en: "Esc" },
  Delete: { fr: "Suppr", en: "Del" },
  ArrowLeft: { fr: "←", en: "←" },
  ArrowRight: { fr: "→", en: "→" },
  ArrowUp: { fr: "↑", en: "↑" },
  ArrowDown: { fr: "↓", en: "↓" },
};

/** The caps to print for an action's first key, chord by chord. */
export function capsOf(id: ActionId, language: "fr" | "en"): string[][] {
  const keys: readonly string[] = ACTIONS[id].keys;
  return (keys[0] ?? "")
    .split(" ")
    .map((chord) => chord.split("+").map((part) => cap(part, language)));
}

/** The last digit of an action that a run of digits runs, to print `1 … 8`. */
export function lastOfRange(id: ActionId): string | undefined {
  const keys: readonly string[] = ACTIONS[id].keys;
  return keys.length > 1 && keys.every((key) => /^\d$/.test(key)) ? keys.at(-1) : undefined;
}

export function cap(part: string, language: "fr" | "en"): string {
  return SIGNS[part]?.[language] ?? (part.length === 1 ? part.toUpperCase() : part);
}

/** The value of `aria-keyshortcuts` for an action. */
export function ariaKeys(id: ActionId): string {
  const keys: readonly string[] = ACTIONS[id].keys;
  return keys
    .filter((key) => !key.includes(" "))
    .map((key) =>
      key
        .replace("mod", MAC ? "Meta" : "Control")
        .replace(/\b(alt|shift)\b/g, (m) => m[0]!.toUpperCase() + m.slice(1)),
    )
    .join(" ");
}
