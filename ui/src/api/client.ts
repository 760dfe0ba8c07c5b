import {
  QueryClient,
  keepPreviousData,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from "@tanstack/react-query";
import { createContext, useContext, useEffect, useRef } from "react";
import type { Answer, Host } from "../host";
import { useLanguage, type Language } from "../words";
import type { Calls, Event, Failure } from "./generated";

export type CallName = keyof Calls;
export type Params<N extends CallName> = Calls[N]["params"];
export type Result<N extends CallName> = Calls[N]["result"];

/** What the engine refused, with its sentence; or that it cannot be reached. */
export class Refused extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

export const queryClient = new QueryClient({
  defaultOptions: {
    // The engine is on this machine: no network decides, and it says when something changed.
    queries: { networkMode: "always", retry: false, staleTime: Infinity, gcTime: 5 * 60_000 },
    mutations: { networkMode: "always", retry: false },
  },
});

/** Milliseconds after which what a long list showed in passing is forgotten: a scroll bar dragged
 *  over a hundred thousand rows leaves nothing behind. */
export const PASSED_BY_MS = 10_000;

export const HostContext = createContext<Host | null>(null);
export const BookContext = createContext<string | null>(null);

export function useHost(): Host {
  const host = useContext(HostContext);
  if (host === null) throw new Error("no host");
  return host;
}

/** The path of the open book; screens inside the frame always have one. */
export function useBook(): string {
  const book = useContext(BookContext);
  if (book === null) throw new Error("no book");
  return book;
}

let calls = 0;

/** A fresh id for a call, for its progress and its cancelling. */
export function freshId(): string {
  calls += 1;
  return `${Date.now().toString(36)}-${calls}`;
}

/** Asks the engine once, for the answer with the record it has seen or written. */
export async function ask<N extends CallName>(
  host: Host,
  language: Language,
  book: string | null,
  name: N,
  params: Params<N>,
  id?: string,
): Promise<Answer & { result: Result<N> }> {
  const request = {
    language,
    name,
    params,
    ...(book === null ? {} : { book }),
    ...(id ? { id } : {}),
  };
  const reply = await host.call(request);
  if ("failure" in reply) throw new Refused(reply.failure);
  return reply.answer as Answer & { result: Result<N> };
}

/** What `ask` answers, where the record does not matter. */
export async function call<N extends CallName>(
  ...asked: Parameters<typeof ask<N>>
): Promise<Result<N>> {
  return (await ask(...asked)).result;
}

/** What a call that `reads` answers, asked again whenever the book changes. */
export function useCall<N extends CallName>(
  name: N,
  params: Params<N>,
  options: { enabled?: boolean; keep?: boolean } = {},
): UseQueryResult<Result<N>, Error> {
  const host = useHost();
  const language = useLanguage();
  const book = useContext(BookContext);
  return useQuery({
    queryKey: [book, language, name, params],
    queryFn: () => call(host, language, book, name, params),
    enabled: options.enabled ?? true,
    // The old answer stays until the new one is there: rows do not blink.
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}

/** Looks whether another process wrote the book while this window was not in use: whoever comes
 *  back to it sees the book as it is. */
export function useLookAgain() {
  const host = useHost();
  const client = useQueryClient();
  const language = useLanguage();
  const book = useBook();
  const seen = useRef<number | undefined>(undefined);
  useEffect(() => {
    const look = async () => {
      const { seq } = await ask(host, language, book, "book", {});
      if (seen.current !== undefined && seen.current !== seq) {
        await client.invalidateQueries({ queryKey: [book] });
      }
      seen.current = seq;
    };
    // A book that cannot be asked says so on the screen that needs it.
    const again = () => void look().catch(() => undefined);
    again();
    window.addEventListener("focus", again);
    return () => window.removeEventListener("focus", again);
  }, [host, client, language, book]);
}

/** The last record of each book after which all was asked anew. */
const asked = new Map<string, { seq: number; done: Promise<void> }>();

/** Asks anew for what is shown of a book, once a record was written. A record is heard of twice,
 *  by the answer of the call and by the event: it is asked for once. */
export function refetch(client: QueryClient, book: string, seq: number): Promise<void> {
  const last = asked.get(book);
  if (last?.seq === seq) return last.done;
  const done = client.invalidateQueries({ queryKey: [book] });
  asked.set(book, { seq, done });
  return done;
}

/** Refetches what is shown when a record was written, here or in another window. */
export function useChanges(hears?: (event: Event) => void) {
  const host = useHost();
  const client = useQueryClient();
  useEffect(() => {
    return host.listen((event) => {
      if (event.kind === "changed") void refetch(client, event.book, event.seq);
      if (event.kind === "lagged") void client.invalidateQueries();
      hears?.(event);
    });
  }, [host, client, hears]);
}
