import { useCallback, useState } from "react";
import {
  Refused,
  call,
  freshId,
  useChanges,
  useHost,
  type CallName,
  type Params,
  type Result,
} from "../../api/client";
import type { Event } from "../../api/generated";
import type { Work } from "../../frame/session";
import { useLanguage, useWords } from "../../words";

/** Why something was not done, and what to do about it. */
export interface Trouble {
  message: string;
  hint: string;
}

export interface Working {
  work: Work | null;
  trouble: Trouble | null;
  forget: () => void;
  stop: () => void;
  /** Asks for something; null when it was refused or stopped. A refusal is shown under the work,
   *  or told to `tell`. */
  run: <N extends CallName>(
    title: string,
    name: N,
    params: Params<N>,
    book: string | null,
    tell?: (trouble: Trouble) => void,
  ) => Promise<Result<N> | null>;
}

/** Long work while no book is open: the frame, which shows it otherwise, is not there. */
export function useWorking(): Working {
  const host = useHost();
  const language = useLanguage();
  const say = useWords("frame");
  const [work, setWork] = useState<Work | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const hears = useCallback((event: Event) => {
    if (event.kind !== "progress") return;
    const { id, step, done, total } = event;
    setWork((now) => (now?.id === id ? { ...now, step, done, total } : now));
  }, []);
  useChanges(hears);

  const run = useCallback(
    async <N extends CallName>(
      title: string,
      name: N,
      params: Params<N>,
      book: string | null,
      tell: (trouble: Trouble) => void = setTrouble,
    ): Promise<Result<N> | null> => {
      const id = freshId();
      setTrouble(null);
      setWork({ id, title, step: "", done: 0, total: null });
      try {
        return await call(host, language, book, name, params, id);
      } catch (error) {
        const failure = error instanceof Refused ? error.failure : null;
        // Who stopped it knows why nothing was made.
        if (failure?.code !== "cancelled") {
          const message = failure?.message ?? say("unreachable");
          tell({ message, hint: failure?.hint ?? say("unreachableHint") });
        }
        return null;
      } finally {
        setWork(null);
      }
    },
    [host, language, say],
  );
  const stop = () => void (work && host.cancel(work.id));
  return { work, trouble, run, stop, forget: useCallback(() => setTrouble(null), []) };
}
