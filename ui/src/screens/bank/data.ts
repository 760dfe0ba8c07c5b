import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { PASSED_BY_MS, call, useBook, useCall, useHost } from "../../api/client";
import type { BankLineView, LineQuery, LineView } from "../../api/generated";
import { useLanguage } from "../../words";
import { placed, spanAt, spansOf, type Span } from "./spans";

/** Lines of the inbox asked for at once, and how many pages of them are shown. */
const PAGE = 500;
const MOST_PAGES = 4;

/** What a list row and the panel's title need of a line. */
export type Shown = Pick<
  LineView,
  "id" | "account" | "day" | "amount_minor" | "currency" | "label" | "party"
>;

/** The inbox, page after page: the first is shown while the others come. */
export function useInbox() {
  const host = useHost();
  const book = useBook();
  const language = useLanguage();
  const inbox = useInfiniteQuery({
    queryKey: [book, language, "inbox", "pages"],
    queryFn: ({ pageParam }) =>
      call(host, language, book, "inbox", {
        limit: PAGE,
        ...(pageParam === null ? {} : { after: pageParam }),
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (page, pages) =>
      page.lines.length < PAGE || pages.length >= MOST_PAGES ? undefined : page.lines.at(-1)?.id,
  });
  const { hasNextPage, isFetching, fetchNextPage, data } = inbox;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return useMemo(() => {
    const lines = data?.pages.flatMap((page) => page.lines);
    const sure = lines?.filter((line) => line.proposal?.sure).length ?? 0;
    const count = data?.pages[0]?.count ?? 0;
    return { lines, sure, count, whole: (lines?.length ?? 0) >= count, inbox };
  }, [data, inbox]);
}

/** Names of accounts by their codes. */
export function useNames(): ReadonlyMap<string, string> {
  const accounts = useCall("accounts", {});
  return useMemo(
    () => new Map((accounts.data ?? []).map((one) => [one.code, one.name])),
    [accounts.data],
  );
}

/** All lines that a query finds, of which only the spans in sight are loaded. */
export function useLines(query: LineQuery, within: { from?: string; to?: string }) {
  const host = useHost();
  const book = useBook();
  const language = useLanguage();
  const days = useCall("line_days", query, { keep: true });
  const spans = useMemo(() => {
    const { from = "", to = "9999" } = within;
    return spansOf((days.data?.days ?? []).filter(({ day }) => from <= day && day <= to));
  }, [days.data, within.from, within.to]);
  const [sight, setSight] = useState({ first: 0, last: 0 });
  const seen = useSettled(sight, 60);
  const wanted = spans.slice(spanAt(spans, seen.first), spanAt(spans, seen.last) + 1);
  const loaded = useQueries({
    queries: wanted.map((span) => {
      const params = { ...query, from: span.from, to: span.to };
      return {
        queryKey: [book, language, "bank_lines", params],
        queryFn: () => call(host, language, book, "bank_lines", params),
        gcTime: PASSED_BY_MS,
      };
    }),
  });
  const lines = useMemo(() => {
    const of = new Map<Span, (BankLineView | undefined)[]>();
    wanted.forEach((span, at) => of.set(span, placed(span, loaded[at]?.data ?? [])));
    return of;
  }, [wanted, loaded]);
  const count = spans.reduce((sum, span) => sum + span.count, 0);
  const at = (place: number): BankLineView | undefined => {
    const span = spans[spanAt(spans, place)];
    return span === undefined ? undefined : lines.get(span)?.[place - span.first];
  };
  return {
    days,
    spans,
    count,
    at,
    sight,
    setSight,
    error: loaded.find((one) => one.error)?.error ?? null,
  };
}

/** A value once it has stood still, so that a held key asks for nothing on its way. */
export function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}

const RECENT = "comptoir-accounts:";
const MOST_RECENT = 6;

/** Accounts chosen lately in this book, on this machine only. */
export function useRecent(): [string[], (code: string) => void] {
  const book = useBook();
  const [recent, setRecent] = useState<string[]>(() => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(RECENT + book) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
    } catch {
      return [];
    }
  });
  const used = (code: string) => {
    const now = [code, ...recent.filter((one) => one !== code)].slice(0, MOST_RECENT);
    setRecent(now);
    try {
      localStorage.setItem(RECENT + book, JSON.stringify(now));
    } catch {
      // A full or forbidden store costs an order of a list, nothing else.
    }
  };
  return [recent, used];
}
