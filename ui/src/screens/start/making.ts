import { useCallback, useState } from "react";
import type { BookView } from "../../api/generated";
import { useOpening } from "../../frame/opening";
import { router } from "../../router";
import { useWords } from "../../words";
import { newBook, type Answers } from "./answers";
import { fileName, type Brought } from "./files";
import type { Door } from "./See";
import type { Trouble, Working } from "./working";

/** A book that was just made here, and what could not be brought into it. */
export interface Made {
  path: string;
  name: string;
  left: { file: string; trouble: Trouble }[];
}

/** The business's name, else that of the file. */
function nameOf(book: BookView, path: string): string {
  return book.settings["name"] ?? fileName(path);
}

/** Shows a book in the frame, at a place that names nothing of the book before it. */
function useGoOn(): (path: string, name: string, door: Door) => void {
  const { open } = useOpening();
  return useCallback(
    (path, name, door) => {
      router.history.push(door);
      open(path, name);
    },
    [open],
  );
}

export interface Making {
  made: Made | null;
  open: (path: string) => Promise<void>;
  sample: () => Promise<void>;
  /** Makes the book and reads what was brought; whether there is a book now. */
  finish: (answers: Answers, brought: Brought) => Promise<boolean>;
  goOn: (path: string, name: string, door: Door) => void;
}

/** Opens a book, or makes one: the sample's, or the person's own. */
export function useMaking(working: Working): Making {
  const say = useWords("start");
  const { run } = working;
  const goOn = useGoOn();
  const [made, setMade] = useState<Made | null>(null);

  const open = async (path: string) => {
    const book = await run(say("opening"), "book", {}, path);
    if (book !== null) goOn(path, nameOf(book, path), "/home");
  };
  const sample = async () => {
    const place = await run(say("makingSample"), "place_for", { name: say("sampleName") }, null);
    if (place === null) return;
    const book = await run(say("makingSample"), "create_sample", {}, place.path);
    if (book !== null) goOn(place.path, nameOf(book, place.path), "/home");
  };
  const finish = async (answers: Answers, brought: Brought) => {
    const asked = newBook(answers);
    const place = await run(say("making"), "place_for", { name: asked.name }, null);
    if (place === null) return false;
    const { path } = place;
    const book = await run(say("making"), "create_book", asked, path);
    if (book === null) return false;
    // From here on there is a book: what is refused below leaves it as it is.
    const left: Made["left"] = [];
    const refuse = (file: string) => (trouble: Trouble) => void left.push({ file, trouble });
    const { history } = brought;
    if (history !== null) {
      await run(say("takingOver"), "take_over", { file: history }, path, refuse(history));
    }
    const files = brought.files.filter((one) => one.refused === null).map((one) => one.file);
    if (files.length > 0) {
      const all = say("received", { count: files.length });
      const read = await run(say("importing"), "import", { files }, path, refuse(all));
      for (const one of read ?? []) {
        if (one.refused !== null) refuse(one.file)(one.refused);
      }
    }
    setMade({ path, name: nameOf(book, path), left });
    return true;
  };
  return { made, open, sample, finish, goOn };
}
