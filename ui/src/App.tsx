import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import { ActionsProvider } from "./actions";
import { BookContext, HostContext, call, queryClient } from "./api/client";
import type { Preferences } from "./api/generated";
import { OpeningContext, type Opening } from "./frame/opening";
import { SessionProvider } from "./frame/session";
import type { Host } from "./host";
import { router } from "./router";
import { Start } from "./screens/start/Screen";
import { theme, variables } from "./theme";
import { WordsProvider, type Language } from "./words";

/** How many books the first screen remembers. */
const MOST_RECENT = 8;

const FRESH: Preferences = { language: null, theme: "auto", recent: [] };

function systemLanguage(): Language {
  return navigator.language.toLowerCase().startsWith("fr") ? "fr" : "en";
}

export function App(props: { host: Host }) {
  const { host } = props;
  const [preferences, setPreferences] = useState<Preferences | null>(null);
  const [book, setBook] = useState<string | null>(null);
  const language: Language =
    preferences?.language === "fr" || preferences?.language === "en"
      ? preferences.language
      : systemLanguage();

  useEffect(() => void begin(host, setPreferences, setBook), [host]);
  useEffect(() => void (document.documentElement.lang = language), [language]);

  const keep = useCallback(
    (change: Partial<Preferences>) => {
      setPreferences((before) => {
        const after = { ...(before ?? FRESH), ...change };
        void call(host, language, null, "keep_preferences", after).catch(() => undefined);
        return after;
      });
    },
    [host, language],
  );
  const opening = useMemo<Opening>(
    () => ({
      preferences: preferences ?? FRESH,
      keep,
      open: (path, name) => {
        const others = (preferences ?? FRESH).recent.filter((one) => one.path !== path);
        keep({ recent: [{ path, name }, ...others].slice(0, MOST_RECENT) });
        setBook(path);
      },
      leave: () => setBook(null),
    }),
    [preferences, keep],
  );

  if (preferences === null) return null;
  const scheme =
    preferences.theme === "light" || preferences.theme === "dark" ? preferences.theme : undefined;
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      {...(scheme ? { forceColorScheme: scheme } : {})}
    >
      <QueryClientProvider client={queryClient}>
        <WordsProvider language={language}>
          <HostContext.Provider value={host}>
            <BookContext.Provider value={book}>
              <OpeningContext.Provider value={opening}>
                <SessionProvider>
                  <ActionsProvider>
                    {book === null ? <Start /> : <RouterProvider router={router} />}
                  </ActionsProvider>
                </SessionProvider>
              </OpeningContext.Provider>
            </BookContext.Provider>
          </HostContext.Provider>
        </WordsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

async function begin(
  host: Host,
  setPreferences: (preferences: Preferences) => void,
  setBook: (book: string | null) => void,
) {
  const kept = await call(host, systemLanguage(), null, "preferences", {}).catch(() => FRESH);
  const opened = await host.openedWith().catch(() => ({ book: null, files: [] }));
  setBook(opened.book);
  setPreferences(opened.book === null ? kept : await remembered(host, kept, opened.book));
}

/** What is kept, with a book that was opened from outside among the recent ones. */
async function remembered(host: Host, kept: Preferences, path: string): Promise<Preferences> {
  const book = await call(host, systemLanguage(), path, "book", {}).catch(() => null);
  // A book that cannot be read says so in its place, and is not remembered.
  if (book === null) return kept;
  const others = kept.recent.filter((one) => one.path !== path);
  const recent = [{ path, name: book.settings["name"] ?? path }, ...others].slice(0, MOST_RECENT);
  const after = { ...kept, recent };
  await call(host, systemLanguage(), null, "keep_preferences", after).catch(() => undefined);
  return after;
}
