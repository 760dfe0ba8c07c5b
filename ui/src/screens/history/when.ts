import { dayText, longDayText } from "../../parts/format";
import type { Language, Say } from "../../words";

const LOCALES = { fr: "fr-FR", en: "en-GB" } as const;

/** `12:41` in the person's own time. */
export function timeName(instant: string, language: Language): string {
  const options: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(LOCALES[language], options).format(new Date(instant));
}

/** `12:41:07`. */
export function momentName(instant: string, language: Language): string {
  const options: Intl.DateTimeFormatOptions = {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  };
  return new Intl.DateTimeFormat(LOCALES[language], options).format(new Date(instant));
}

/** Today and yesterday by their words, other days by their name. */
export function dayHeading(
  day: string,
  today: string,
  language: Language,
  say: Say<"history">,
): string {
  if (day === today) return say("today");
  if (day === dayBefore(today)) return say("yesterday");
  return longDayText(day, language, today);
}

/** The same within a sentence. */
export function dayName(
  day: string,
  today: string,
  language: Language,
  say: Say<"history">,
): string {
  return day === today ? say("today").toLowerCase() : dayText(day, language, today);
}

function dayBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  return at.toISOString().slice(0, 10);
}
