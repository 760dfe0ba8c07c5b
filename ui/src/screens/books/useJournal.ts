import { useQueries } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { PASSED_BY_MS, call, useBook, useCall, useHost } from "../../api/client";
import type { Day, DayCount, EntryView } from "../../api/generated";
import { useLanguage } from "../../words";
import type { Span } from "./period";

/** Entries asked for at once; a day with more comes whole. */
const AT_ONCE = 120;
/** The sight rests so long before it is loaded: a dragged scroll bar passes thousands of rows. */
const REST_MS = 40;
/** Entries kept beside those in sight; beyond it those far away are forgotten. */
const MOST_KEPT = 5_000;

/** Days asked for together, newest first, and the place of their first entry. */
interface Piece {
  from: Day;
  to: Day;
  first: number;
  count: number;
}

interface Layout {
  count: number;
  days: { day: Day; first: number; count: number }[];
  pieces: Piece[];
}

export interface JournalRows {
  count: number;
  /** The entry at a place, newest first; none while it loads. */
  entryAt: (at: number) => EntryView | undefined;
  /** How many lines it has, once it was seen. */
  linesAt: (at: number) => number | undefined;
  /** A name of the place that stands while newer entries come. */
  keyOf: (at: number) => string;
  /** The place of an entry; of its day's first one while the day is not loaded. */
  placeOf: (id: number, day: Day | undefined) => number | null;
  onSight: (first: number, last: number) => void;
  pending: boolean;
  error: Error | null;
  again: () => void;
}

/** Where each day's entries stand, and in which pieces they are asked for. */
function layoutOf(counts: readonly DayCount[]): Layout {
  const layout: Layout = { count: 0, days: [], pieces: [] };
  const newestFirst = [...counts].sort((one, other) => (one.day < other.day ? 1 : -1));
  for (const { day, count } of newestFirst) {
    layout.days.push({ day, first: layout.count, count });
    const piece = layout.pieces.at(-1);
    if (piece !== undefined && piece.count + count <= AT_ONCE) {
      piece.from = day;
      piece.count += count;
    } else {
      layout.pieces.push({ from: day, to: day, first: layout.count, count });
    }
    layout.count += count;
  }
  return layout;
}

/** The last of sorted things that begin at or before a place. */
function under<T extends { first: number }>(things: readonly T[], at: number): number {
  let [low, high] = [0, things.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((things[middle]?.first ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The entries of a span, however many: days and their counts at once, entries as they come in
 *  sight. What was seen stays until its day is read anew, so that no row blinks. */
export function useJournal(span: Span, drafts: boolean): JournalRows {
  const counts = useCall("journal_days", { ...span, drafts }, { keep: true });
  const layout = useMemo(() => layoutOf(counts.data ?? []), [counts.data]);
  const [[low, high], setSight] = useState<[number, number]>([0, 0]);
  const pieces = useMemo(
    () => layout.pieces.slice(Math.max(0, low - 1), high + 2),
    [layout, low, high],
  );
  const { kept, error } = usePieces(pieces, drafts);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onSight = useCallback(
    (first: number, last: number) => {
      clearTimeout(timer.current);
      const look = () =>
        setSight((before) => {
          const now: [number, number] = [under(layout.pieces, first), under(layout.pieces, last)];
          return now[0] === before[0] && now[1] === before[1] ? before : now;
        });
      timer.current = setTimeout(look, REST_MS);
    },
    [layout],
  );
  const seen = useCallback(
    (at: number) => {
      const day = layout.days[under(layout.days, at)];
      if (day === undefined || at >= layout.count) return undefined;
      const entries = kept.entries.get(day.day);
      const lines = kept.lines.get(day.day);
      return {
        entry: entries?.length === day.count ? entries[at - day.first] : undefined,
        lines: lines?.length === day.count ? lines[at - day.first] : undefined,
      };
    },
    [layout, kept],
  );
  const placeOf = useCallback(
    (id: number, day: Day | undefined) => {
      const found = layout.days.find((one) => one.day === day);
      if (found === undefined) return null;
      const entries = kept.entries.get(found.day);
      if (entries?.length !== found.count) return found.first;
      const place = entries.findIndex((one) => one.id === id);
      return place < 0 ? null : found.first + place;
    },
    [layout, kept],
  );
  const keyOf = useCallback(
    (at: number) => {
      const day = layout.days[under(layout.days, at)];
      return day === undefined ? String(at) : `${day.day}-${day.first + day.count - at}`;
    },
    [layout],
  );
  return {
    count: layout.count,
    keyOf,
    entryAt: (at) => seen(at)?.entry,
    linesAt: (at) => seen(at)?.lines,
    placeOf,
    onSight,
    pending: counts.isPending,
    error: counts.error ?? error,
    again: () => void counts.refetch(),
  };
}

interface Kept {
  entries: Map<Day, EntryView[]>;
  /** How many lines each entry has: cheap to keep, and rows keep their height by it. */
  lines: Map<Day, number[]>;
  count: number;
}

/** What the pieces in sight hold, and what was seen before. */
function usePieces(pieces: readonly Piece[], drafts: boolean): { kept: Kept; error: Error | null } {
  const host = useHost();
  const language = useLanguage();
  const book = useBook();
  const read = useQueries({
    queries: pieces.map(({ from, to }) => {
      const params = { from, to, drafts };
      return {
        queryKey: [book, language, "journal", params],
        queryFn: () => call(host, language, book, "journal", params),
        gcTime: PASSED_BY_MS,
      };
    }),
    combine: joined,
  });
  const store = useMemo<Kept>(
    () => ({ entries: new Map(), lines: new Map(), count: 0 }),
    // What is kept holds for one book in one language, with drafts or without.
    [book, language, drafts],
  );
  const kept = useMemo(() => {
    if (store.count > MOST_KEPT) {
      store.entries.clear();
      store.count = 0;
    }
    for (const entries of read.data) keep(store, entries);
    return { ...store };
  }, [store, read.data]);
  return { kept, error: read.error };
}

function joined(results: readonly { data: EntryView[] | undefined; error: Error | null }[]) {
  return {
    data: results.map((one) => one.data ?? []),
    error: results.find((one) => one.error !== null)?.error ?? null,
  };
}

/** Keeps each day's entries, the last of the day first. */
function keep(store: Kept, entries: readonly EntryView[]) {
  const days = new Map<Day, EntryView[]>();
  for (const entry of entries) {
    const ofDay = days.get(entry.day);
    if (ofDay === undefined) days.set(entry.day, [entry]);
    else ofDay.unshift(entry);
  }
  for (const [day, ofDay] of days) {
    store.count += ofDay.length - (store.entries.get(day)?.length ?? 0);
    store.entries.set(day, ofDay);
    store.lines.set(
      day,
      ofDay.map((entry) => entry.lines.length),
    );
  }
}
