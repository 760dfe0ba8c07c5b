import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { Refused, ask, call, freshId, useBook, useCall, useHost } from "../api/client";
import type { ConnectionView, Failure, Synced, SyncedConnection } from "../api/generated";
import type { Host } from "../host";
import { useLanguage, useWords, type Language } from "../words";
import { useUnsealed } from "./Passphrase";
import { useSession } from "./session";

/** The first screen comes first; then the banks are asked once. */
const FIRST_MS = 2_000;

/** What is told of no read: a person ended it, or the book is not there. */
const QUIET: readonly string[] = ["cancelled", "no-such-file"];

/** A read that could not be done at all, and who asked for it. */
export interface NotRead {
  failure: Failure;
  /** Nobody asked: the program had just started. */
  atStart: boolean;
  /** The only one that was asked, if it was one. */
  connection: number | null;
}

interface Syncing {
  /** The connection that is read now, `"all"`, or none. */
  running: number | "all" | null;
  /** What the last read of each connection brought, since the book was opened. */
  brought: ReadonlyMap<number, SyncedConnection>;
  notRead: NotRead | null;
  /** Reads one connection, or every one. */
  sync: (one?: ConnectionView) => Promise<Synced | null>;
}

const SyncingContext = createContext<Syncing | null>(null);

export function useSyncing(): Syncing {
  const syncing = useContext(SyncingContext);
  if (syncing === null) throw new Error("no syncing");
  return syncing;
}

/** Reads the banks, by hand and once by itself; keeps what each read brought. */
export function SyncingProvider(props: { children: ReactNode }) {
  const [running, setRunning] = useState<Syncing["running"]>(null);
  const [brought, setBrought] = useState<Syncing["brought"]>(new Map());
  const [notRead, setNotRead] = useState<NotRead | null>(null);
  const fresh = useFresh();
  const take = useCallback((synced: Synced) => {
    setBrought((before) => {
      const after = new Map(before);
      for (const one of synced.connections) after.set(one.connection, one);
      return after;
    });
  }, []);
  const sync = useSync({ setRunning, setNotRead, take, fresh });
  useAtStart({ setRunning, setNotRead, take, fresh });
  const value = useMemo(
    () => ({ running, brought, notRead, sync }),
    [running, brought, notRead, sync],
  );
  return <SyncingContext.Provider value={value}>{props.children}</SyncingContext.Provider>;
}

interface Parts {
  setRunning: (running: Syncing["running"]) => void;
  setNotRead: (notRead: NotRead | null) => void;
  take: (synced: Synced) => void;
  fresh: () => Promise<void>;
}

/** Asks anew for all that is shown: what a bank announces, and when it was heard, is no record. */
function useFresh(): () => Promise<void> {
  const client = useQueryClient();
  const host = useHost();
  const book = useBook();
  const language = useLanguage();
  return useCallback(async () => {
    await client.invalidateQueries({ queryKey: [book] });
    const known = sourcesQuery(host, language, book);
    // The sidebar alone asks for nothing by itself.
    await client.fetchQuery({ ...known, staleTime: Infinity }).catch(() => undefined);
  }, [client, host, book, language]);
}

function sourcesQuery(host: Host, language: Language, book: string) {
  return {
    queryKey: [book, language, "sources", {}],
    queryFn: () => call(host, language, book, "sources", {}),
  };
}

function useSync(parts: Parts) {
  const say = useWords("sources");
  const run = useUnsealed();
  const busy = useRef(false);
  const { setRunning, setNotRead, take, fresh } = parts;
  return useCallback(
    async (one?: ConnectionView) => {
      if (busy.current) return null;
      busy.current = true;
      setRunning(one?.id ?? "all");
      setNotRead(null);
      const title = one === undefined ? say("syncingAll") : say("syncing", { name: one.name });
      const refused = (failure: Failure) =>
        setNotRead({ failure, atStart: false, connection: one?.id ?? null });
      const asked = { unattended: false, ...(one === undefined ? {} : { connection: one.id }) };
      const synced = await run("sync", asked, { title, refused });
      if (synced !== null) take(synced);
      await fresh();
      setRunning(null);
      busy.current = false;
      return synced;
    },
    [run, say, setRunning, setNotRead, take, fresh],
  );
}

/** Whether the schedule may ask a bank: it is linked, and does not want its person. */
export function isLive(one: ConnectionView): boolean {
  return one.state !== "ended" && one.state !== "broken";
}

/** Once after the start, quietly: only what came is told. A book without a live bank is not
 *  written. */
function useAtStart(parts: Parts) {
  const say = useWords("sources");
  const host = useHost();
  const book = useBook();
  const language = useLanguage();
  const client = useQueryClient();
  const session = useSession();
  const { setRunning, setNotRead, take, fresh } = parts;
  const begun = useRef(false);
  const start = useRef(async () => undefined as void);
  start.current = async () => {
    const known = await client.fetchQuery(sourcesQuery(host, language, book));
    if (begun.current || !known.connections.some(isLive)) return;
    begun.current = true;
    const id = freshId();
    session.begin({ id, title: say("syncingAll"), step: "", done: 0, total: null });
    setRunning("all");
    try {
      const { result } = await ask(host, language, book, "sync", { unattended: true }, id);
      take(result);
      const count = countNew(result);
      if (count > 0) session.say({ text: say("cameIn", { count }) });
    } catch (error) {
      const failure = error instanceof Refused ? error.failure : null;
      if (failure !== null && !QUIET.includes(failure.code)) {
        setNotRead({ failure, atStart: true, connection: null });
      }
    } finally {
      session.end(id);
      await fresh();
      setRunning(null);
    }
  };
  useEffect(() => {
    // A book that cannot be read says so in its place.
    const first = setTimeout(() => void start.current().catch(() => undefined), FIRST_MS);
    return () => clearTimeout(first);
  }, [book, language]);
}

function countNew(synced: Synced): number {
  return synced.connections
    .flatMap((one) => one.accounts)
    .reduce((sum, account) => sum + account.new, 0);
}

/** How many connections want their person, as far as it was heard: it asks nothing itself, for a
 *  book changes often. */
export function useToMend(): number {
  const known = useCall("sources", {}, { enabled: false }).data;
  return known?.connections.filter((one) => one.state === "broken").length ?? 0;
}
