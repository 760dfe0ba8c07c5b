import { useThrottledValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { PASSED_BY_MS, call, useBook, useHost } from "../../api/client";
import type { Failure, InvoiceDraft, InvoicePreview, InvoiceView } from "../../api/generated";
import { useDo } from "../../frame/session";
import { useLanguage } from "../../words";
import { draftOf, emptyInvoice, isUntouched, typedOf, type Typed } from "./draft";

/** The picture follows typing at once, and then at most once in so long. */
const PICTURE_MS = 60;
/** What was typed is kept after so long a pause, and whenever a field is left. */
const QUIET_MS = 800;

/** Whether what is typed is also kept. */
export type Kept =
  | { kind: "untouched" }
  | { kind: "kept"; sent: string }
  | { kind: "waits" }
  | { kind: "unread" }
  | { kind: "refused"; failure: Failure };

export type Change = (next: (before: Typed) => Typed) => void;

const WAITS: Kept = { kind: "waits" };

interface Begun {
  /** The draft as the book has it; none of a new one. */
  view: InvoiceView | undefined;
  taxCode: string;
  /** The book has given it an id. */
  onBorn: (id: number) => void;
}

/** What is typed, kept by itself. */
export function useWriting(begun: Begun) {
  const language = useLanguage();
  const { view, taxCode } = begun;
  const [typed, setTyped] = useState(() =>
    view === undefined ? emptyInvoice(taxCode) : typedOf(view.draft, language, taxCode),
  );
  const now = useRef(typed);
  const change = useCallback<Change>((next) => {
    now.current = next(now.current);
    setTyped(now.current);
  }, []);
  const { keep, kept, isOurs } = useKeeping(begun, now, typed);
  // Another window, or an undo, may change the draft: it is shown unless something else was typed.
  useEffect(() => {
    if (view === undefined || isOurs(view.draft)) return;
    change(() => typedOf(view.draft, language, taxCode));
  }, [view, isOurs, change, language, taxCode]);
  const read = useMemo(() => draftOf(typed, language), [typed, language]);
  // What was typed since is not kept yet.
  const isKept = kept.kind !== "kept" || kept.sent === JSON.stringify(read.draft);
  return { typed, change, keep, kept: isKept ? kept : WAITS, ...read };
}

/** What the book holds of the draft, as far as is known here. */
interface Held {
  id: number | undefined;
  /** The draft as it was sent last, and as the book answered. */
  sent: string;
  answered: string;
  view: InvoiceView | undefined;
  /** The write under way. */
  busy: Promise<InvoiceView | null> | null;
}

/** Writes what is typed, where it is anything and differs from what is kept. */
function useWrite(
  held: { current: Held },
  born: { current: (id: number) => void },
  now: { current: Typed },
  setKept: (kept: Kept) => void,
) {
  const language = useLanguage();
  const run = useDo();
  return useCallback(async (): Promise<InvoiceView | null> => {
    const state = held.current;
    const { draft, unread } = draftOf(now.current, language);
    const sent = JSON.stringify(draft);
    if (state.view !== undefined && sent === state.sent) {
      setKept({ kind: "kept", sent });
      return state.view;
    }
    if (state.id === undefined && isUntouched(now.current)) return null;
    if (unread.length > 0) {
      setKept({ kind: "unread" });
      return null;
    }
    setKept(WAITS);
    let failure: Failure | null = null;
    const asked = { ...(state.id === undefined ? {} : { invoice: state.id }), draft };
    const made = await run("draft_invoice", asked, { refused: (why) => (failure = why) });
    if (made === null) {
      setKept(failure === null ? WAITS : { kind: "refused", failure });
      return null;
    }
    const isNew = state.id === undefined;
    Object.assign(state, { id: made.row.id, sent, answered: JSON.stringify(made.draft) });
    state.view = made;
    setKept({ kind: "kept", sent });
    if (isNew) born.current(made.row.id);
    return made;
  }, [held, born, now, setKept, language, run]);
}

/** Keeps the draft: one write at a time, none where nothing changed. */
function useKeeping(begun: Begun, now: { current: Typed }, typed: Typed) {
  const language = useLanguage();
  const [kept, setKept] = useState<Kept>(() =>
    begun.view === undefined
      ? { kind: "untouched" }
      : { kind: "kept", sent: JSON.stringify(draftOf(typed, language).draft) },
  );
  const held = useRef<Held>({
    id: begun.view?.row.id,
    sent: JSON.stringify(draftOf(typed, language).draft),
    answered: begun.view ? JSON.stringify(begun.view.draft) : "",
    view: begun.view,
    busy: null,
  });
  const born = useRef(begun.onBorn);
  born.current = begun.onBorn;

  const write = useWrite(held, born, now, setKept);
  const keep = useCallback(async (): Promise<InvoiceView | null> => {
    const state = held.current;
    while (state.busy !== null) await state.busy;
    state.busy = write().finally(() => (state.busy = null));
    return state.busy;
  }, [write]);

  useEffect(() => {
    const timer = setTimeout(() => void keep(), QUIET_MS);
    return () => clearTimeout(timer);
  }, [typed, keep]);
  // Whoever leaves by a key has not left the field.
  const last = useRef(keep);
  last.current = keep;
  useEffect(
    () => () => {
      // The address is another screen's by then.
      born.current = () => undefined;
      void last.current();
    },
    [],
  );

  /** Whether a draft of the book is the one that was sent from here, or is about to be replaced. */
  const isOurs = useCallback(
    (draft: InvoiceDraft): boolean => {
      const state = held.current;
      const text = JSON.stringify(draft);
      if (text === state.answered || state.busy !== null) return true;
      const isDirty = JSON.stringify(draftOf(now.current, language).draft) !== state.sent;
      if (isDirty) return true;
      state.answered = text;
      // What is loaded now counts as sent.
      state.sent = JSON.stringify(draftOf(typedOf(draft, language, ""), language).draft);
      setKept({ kind: "kept", sent: state.sent });
      return false;
    },
    [language, now],
  );
  return { keep, kept, isOurs };
}

/** The page, the sums and what is missing, as one types; the last answer stays until the next. */
export function usePreview(draft: InvoiceDraft): {
  preview: InvoicePreview | undefined;
  error: Error | null;
  again: () => void;
} {
  const host = useHost();
  const book = useBook();
  const language = useLanguage();
  const asked = useThrottledValue(JSON.stringify(draft), PICTURE_MS);
  const found = useQuery({
    queryKey: [book, language, "preview_invoice", asked],
    queryFn: () => call(host, language, book, "preview_invoice", JSON.parse(asked) as InvoiceDraft),
    placeholderData: keepPreviousData,
    gcTime: PASSED_BY_MS,
  });
  return { preview: found.data, error: found.error, again: () => void found.refetch() };
}
