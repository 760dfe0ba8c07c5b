import { useQueryClient } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";
import { useLanguage, useWords } from "../words";
import type { Failure } from "../api/generated";
import {
  Refused,
  ask,
  call,
  freshId,
  useBook,
  useHost,
  type CallName,
  type Params,
  refetch,
  type Result,
} from "../api/client";

/** A short word at the bottom, one at a time, with a way back where there is one. */
export interface Toast {
  id: number;
  text: string;
  hint?: string;
  failed?: boolean;
  undo?: () => void;
}

/** Long work under way: its step, how far, and how to stop it. */
export interface Work {
  id: string;
  title: string;
  step: string;
  done: number;
  total: number | null;
}

interface Session {
  toasts: Toast[];
  works: Work[];
  say(toast: Omit<Toast, "id">): void;
  forget(id: number): void;
  begin(work: Work): void;
  advance(id: string, part: Partial<Work>): void;
  end(id: string): void;
}

const SessionContext = createContext<Session | null>(null);
let toasts = 0;

export function SessionProvider(props: { children: ReactNode }) {
  const [shown, setShown] = useState<Toast[]>([]);
  const [works, setWorks] = useState<Work[]>([]);
  const session = useMemo(
    () => ({
      say: (toast: Omit<Toast, "id">) =>
        setShown((all) => [...all.slice(-4), { ...toast, id: ++toasts }]),
      forget: (id: number) => setShown((all) => all.filter((one) => one.id !== id)),
      begin: (work: Work) => setWorks((all) => [...all, work]),
      advance: (id: string, part: Partial<Work>) =>
        setWorks((all) => all.map((one) => (one.id === id ? { ...one, ...part } : one))),
      end: (id: string) => setWorks((all) => all.filter((one) => one.id !== id)),
    }),
    [],
  );
  const value = useMemo(() => ({ ...session, toasts: shown, works }), [session, shown, works]);
  return <SessionContext.Provider value={value}>{props.children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("no session");
  return session;
}

/** How a write is told once it is done. */
export interface Told<R = unknown> {
  /** What was done, as a toast; nothing is said without it. */
  done?: string | ((result: R) => string);
  /** Long work shows its progress under this title, and can be stopped. */
  title?: string;
  /** The toast offers to undo it: the record that was written. */
  undoable?: boolean;
  /** Is told of a refusal in place of a toast, to show it beside the field it is about. */
  refused?: (failure: Failure) => void;
}

/** Asks for something that writes or works: the one way for actions. A refusal becomes a toast and
 *  is answered with null; nothing was changed then. */
export function useDo() {
  const host = useHost();
  const book = useBook();
  const language = useLanguage();
  const session = useSession();
  const say = useWords("frame");
  const client = useQueryClient();
  return useCallback(
    async <N extends CallName>(
      name: N,
      params: Params<N>,
      told: Told<Result<N>> = {},
    ): Promise<Result<N> | null> => {
      const id = freshId();
      const work = told.title;
      if (work !== undefined) session.begin({ id, title: work, step: "", done: 0, total: null });
      try {
        const { result, seq, tables } = await ask(host, language, book, name, params, id);
        const wroteOne = tables !== undefined && seq !== undefined;
        if (wroteOne) await refetch(client, book, seq);
        else await client.invalidateQueries({ queryKey: [book] });
        if (told.done !== undefined) {
          const wrote = told.undoable && wroteOne;
          const text = typeof told.done === "string" ? told.done : told.done(result);
          session.say({ text, ...(wrote ? { undo: () => void undo(seq) } : {}) });
        }
        return result;
      } catch (error) {
        const refused = error instanceof Refused ? error.failure : null;
        if (refused !== null && told.refused !== undefined) {
          told.refused(refused);
          return null;
        }
        const text = refused?.message ?? say("unreachable");
        session.say({ text, hint: refused?.hint ?? say("unreachableHint"), failed: true });
        return null;
      } finally {
        session.end(id);
      }

      // The record that was told of, whatever was written since.
      async function undo(seq: number) {
        const before = { before: seq + 1, limit: 1 };
        const [record] = await call(host, language, book, "history", before);
        try {
          await call(host, language, book, "undo", { seq });
          await client.invalidateQueries({ queryKey: [book] });
          session.say({ text: say("undone", { text: record?.text ?? "" }) });
        } catch (error) {
          if (error instanceof Refused) {
            session.say({ text: error.failure.message, hint: error.failure.hint, failed: true });
          }
        }
      }
    },
    [host, book, language, session, say, client],
  );
}
