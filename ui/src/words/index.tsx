import { createContext, useContext, useMemo, type ReactNode } from "react";
import { say, type Area, type Args, type Key, type Language } from "./words";

export { countText, type Area, type Args, type Key, type Language } from "./words";

const Spoken = createContext<Language>("fr");

export function WordsProvider(props: { language: Language; children: ReactNode }) {
  return <Spoken.Provider value={props.language}>{props.children}</Spoken.Provider>;
}

export function useLanguage(): Language {
  return useContext(Spoken);
}

export type Say<A extends Area> = (key: Key<A>, args?: Args) => string;

/** The sentences of one area in the language of the window. */
export function useWords<A extends Area>(area: A): Say<A> {
  const language = useLanguage();
  return useMemo(() => (key, args) => say(language, area, key, args), [language, area]);
}
