import { Button, TextInput } from "@mantine/core";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useAction } from "../../actions";
import { useHost } from "../../api/client";
import type { KnownBook } from "../../api/generated";
import { Act } from "../../parts/Act";
import { Cap } from "../../parts/Keys";
import { momentText, wholeText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";

/** Books that have a number of their own; with more there is a field to find one. */
const NUMBERED = 8;
const KILOBYTE = 1024;

interface KnownProps {
  books: readonly KnownBook[];
  busy: boolean;
  children?: React.ReactNode;
  onOpen: (path: string) => void;
  onForget: (book: KnownBook) => void;
  onNew: () => void;
  onSample: () => void;
}

/** Who has books begins here: the latest first, one key away. */
export function Known(props: KnownProps) {
  const say = useWords("start");
  const { books, busy, onOpen } = props;
  const [wanted, setWanted] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const shown = books.filter((one) =>
    `${one.name} ${one.path}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  const first = shown.find((one) => one.exists);
  const several = books.length > NUMBERED;
  const why = busy ? say("busy") : undefined;
  useAction("openRow", () => first && onOpen(first.path), why ?? (first ? undefined : say("none")));
  useAction("newBook", props.onNew, why);
  useAction("openNumbered", (chord) => {
    const book = shown[Number(chord) - 1];
    if (book?.exists && !busy) onOpen(book.path);
  });
  useEffect(() => {
    list.current
      ?.querySelector<HTMLElement>("button:not(:disabled)")
      ?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="start-wide" onKeyDown={(event) => walk(event, list.current)}>
      <h1>{say("booksTitle")}</h1>
      <p className="start-lead">{say("booksLead", { count: books.length })}</p>
      {several && (
        <TextInput
          className="start-find"
          label={say("find")}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && first && !busy && onOpen(first.path)}
        />
      )}
      <ol className="start-rows start-books" ref={list} aria-label={say("booksTitle")}>
        {shown.map((book, at) => (
          <Row key={book.path} {...props} book={book} number={at < NUMBERED ? at + 1 : null} />
        ))}
      </ol>
      {shown.length === 0 && <p className="second">{say("none")}</p>}
      {props.children}
      <div className="start-buttons">
        {first && (
          <Act of="openRow" main>
            {say("open", { name: short(first.name) })}
          </Act>
        )}
        <Act of="newBook">{say("newBook")}</Act>
        <Button variant="default" className="start-plain" disabled={busy} onClick={props.onSample}>
          {say("sample")}
        </Button>
      </div>
      <OtherBook busy={busy} onOpen={onOpen} />
    </div>
  );
}

function short(name: string): string {
  const most = 40;
  return name.length > most ? `${name.slice(0, most)}…` : name;
}

/** Arrows go from book to book. */
function walk(event: KeyboardEvent, list: HTMLElement | null) {
  if (list === null || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  const rows = [...list.querySelectorAll<HTMLElement>(".start-door:not(:disabled)")];
  const at = rows.findIndex((row) => row === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  rows[Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), rows.length - 1)]?.focus();
}

function Row(props: KnownProps & { book: KnownBook; number: number | null }) {
  const say = useWords("start");
  const language = useLanguage();
  const { book, number, busy } = props;
  const size = say("kilobytes", { size: wholeText(Math.ceil(book.size / KILOBYTE), language) });
  return (
    <li className="row">
      <button
        type="button"
        className="start-door grow"
        disabled={!book.exists || busy}
        aria-keyshortcuts={number === null ? undefined : String(number)}
        onClick={() => props.onOpen(book.path)}
      >
        <span aria-hidden className="start-number">
          {number !== null && <Cap>{String(number)}</Cap>}
        </span>
        <span className="grow cut">
          <bdi className="strong cut" title={book.name}>
            {book.name}
          </bdi>
          <bdi className="help cut start-path" title={book.path}>
            {book.path}
          </bdi>
        </span>
        <span className="help num">
          {book.exists && book.modified !== null
            ? `${momentText(book.modified, language)}, ${size}`
            : say("gone")}
        </span>
      </button>
      {!book.exists && (
        <Button size="xs" variant="default" onClick={() => props.onForget(book)}>
          {say("forget")}
        </Button>
      )}
    </li>
  );
}

/** Another book: by the system's dialog, or by its path where there is none. */
export function OtherBook(props: {
  busy: boolean;
  /** Whether the person has asked for it already. */
  opened?: boolean;
  onOpen: (path: string) => void;
}) {
  const say = useWords("start");
  const host = useHost();
  const [path, setPath] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const shown = path !== null;
  useEffect(() => {
    if (shown) field.current?.focus();
  }, [shown]);
  const choose = async () => {
    const chosen = await host.chooseBook();
    if (chosen === null) setPath((before) => before ?? "");
    else props.onOpen(chosen);
  };
  useAction("openFile", () => void choose(), props.busy ? say("busy") : undefined);
  const begun = useRef(props.opened !== true);
  useEffect(() => {
    if (!begun.current) void choose();
    begun.current = true;
  });
  if (path === null) {
    return (
      <div className="start-buttons">
        <Act of="openFile">{say("openOther")}</Act>
      </div>
    );
  }
  return (
    <form
      className="start-path-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (path.trim()) props.onOpen(path.trim());
      }}
    >
      <TextInput
        ref={field}
        label={say("bookPath")}
        description={say("bookPathHelp")}
        autoComplete="off"
        inputWrapperOrder={["label", "input", "description"]}
        spellCheck={false}
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={props.busy || path.trim() === ""}>
        {say("openIt")}
      </Button>
    </form>
  );
}
