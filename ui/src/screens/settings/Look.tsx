import { SegmentedControl } from "@mantine/core";
import { useOpening } from "../../frame/opening";
import type { Language, Theme } from "../../api/generated";
import { useWords } from "../../words";

/** The window's language: of the person on this machine, not of the book. */
export function LanguageChoice() {
  const say = useWords("settings");
  const { preferences, keep } = useOpening();
  return (
    <SegmentedControl
      aria-label={say("section-language")}
      value={preferences.language ?? "machine"}
      data={[
        { value: "fr", label: "Français" },
        { value: "en", label: "English" },
        { value: "machine", label: say("asMachine") },
      ]}
      onChange={(value) => keep({ language: value === "machine" ? null : (value as Language) })}
    />
  );
}

export function ThemeChoice() {
  const say = useWords("settings");
  const { preferences, keep } = useOpening();
  return (
    <SegmentedControl
      aria-label={say("section-theme")}
      value={preferences.theme}
      data={[
        { value: "light", label: say("light") },
        { value: "dark", label: say("dark") },
        { value: "auto", label: say("asMachine") },
      ]}
      onChange={(value) => keep({ theme: value as Theme })}
    />
  );
}
