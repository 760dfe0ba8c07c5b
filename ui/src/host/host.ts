import type { Event, Failure } from "../api/generated";

/** A call as the engine takes it. */
export interface Request {
  id?: string;
  language: "fr" | "en";
  book?: string;
  name: string;
  params: unknown;
}

/** The engine's answer, with the last record it has seen. */
export interface Answer {
  seq?: number;
  tables?: string[];
  result: unknown;
}

export type Reply = { answer: Answer } | { failure: Failure };

/** What a person gave to open with. */
export interface OpenedWith {
  book: string | null;
  files: string[];
}

/** What differs between the window and the browser; everything else is one interface. */
export interface Host {
  /** Asks the engine. Rejects only when the engine cannot be reached. */
  call(request: Request): Promise<Reply>;
  cancel(id: string): Promise<void>;
  /** Tells of records and progress until the returned function is called. */
  listen(hears: (event: Event) => void): () => void;
  /** Asks the person for files and gives paths that the engine can read. */
  chooseFiles(): Promise<string[]>;
  /** Asks the person for a book; null when none was chosen or when the host has no such dialog. */
  chooseBook(): Promise<string | null>;
  /** Calls back when files are over the window, let go, or gone again. */
  onDrop(drop: Drop): () => void;
  openedWith(): Promise<OpenedWith>;
  /** A folder for documents that a call writes, and how the person then gets one of them. */
  documents(): Promise<string>;
  show(path: string): Promise<void>;
  /** Opens a page of somebody else in the person's own browser. Rejects where that cannot be. */
  browse(url: string): Promise<void>;
  /** Whether the system draws the window's title. */
  framed: boolean;
}

export interface Drop {
  over(): void;
  leave(): void;
  /** Paths that the engine can read. */
  files(paths: string[]): void;
}
