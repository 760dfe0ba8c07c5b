import { dayText } from "../../parts/format";
import type { Language, Say } from "../../words";

const LOCALES = { fr: "fr-FR", en: "en-GB" } as const;

/** The day of an instant where the person is. */
function localDay(instant: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
}

/** When a bank answered last: the time today, the day before that. */
export function heardText(
  instant: string | null,
  today: string,
  language: Language,
  say: Say<"sources">,
): string {
  if (instant === null) return say("neverHeard");
  const at = new Date(instant);
  const day = localDay(at);
  if (day !== today) return say("heardOn", { day: dayText(day, language, today) });
  const time = new Intl.DateTimeFormat(LOCALES[language], { hour: "2-digit", minute: "2-digit" });
  return say("heardAt", { time: time.format(at) });
}
