import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Refused, ask, freshId, useBook, useHost } from "../api/client";
import { useLanguage, useWords } from "../words";
import { useSession } from "./session";

/** The first screen comes first; then a new day is looked for now and then. */
const FIRST_MS = 5_000;
const AGAIN_MS = 60 * 60_000;

/** Refusals that the screens tell of themselves, or that a person asked for. */
const QUIET: readonly string[] = ["cancelled", "no-such-file"];

/** Keeps a verified copy of each day on which the open book changed. */
export function DailyCopy() {
  const say = useWords("frame");
  const host = useHost();
  const book = useBook();
  const language = useLanguage();
  const client = useQueryClient();
  const { begin, end, say: tell } = useSession();
  useEffect(() => {
    const copy = async () => {
      const id = freshId();
      begin({ id, title: say("copying"), step: "", done: 0, total: null });
      try {
        await ask(host, language, book, "copy_of_today", {}, id);
        await client.invalidateQueries({ queryKey: [book, language, "daily_copies"] });
      } catch (error) {
        const failure = error instanceof Refused ? error.failure : null;
        if (failure === null || QUIET.includes(failure.code)) return;
        tell({ text: say("notCopied"), hint: `${failure.message} ${failure.hint}`, failed: true });
      } finally {
        end(id);
      }
    };
    const first = setTimeout(() => void copy(), FIRST_MS);
    const again = setInterval(() => void copy(), AGAIN_MS);
    return () => {
      clearTimeout(first);
      clearInterval(again);
    };
  }, [host, book, language, client, say, begin, end, tell]);
  return null;
}
