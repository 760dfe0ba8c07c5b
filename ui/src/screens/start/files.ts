import { useCallback, useEffect, useState } from "react";
import { useHost } from "../../api/client";
import type { StatementFile } from "../../api/generated";
import { useWords } from "../../words";
import type { Working } from "./working";

/** The name of a file without its folders, on any system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

export interface Brought {
  files: StatementFile[];
  /** Whether files are held over the window now. */
  over: boolean;
  choose: () => void;
  remove: (file: StatementFile) => void;
  /** A former software's entries, if a file of them was chosen. */
  history: string | null;
  chooseHistory: () => void;
  removeHistory: () => void;
}

/** The statements that were brought before the book exists, each with what was understood of it.
 *  Nothing of them is kept yet. `none` is told of files let go while none are wanted. */
export function useBrought(working: Working, none: (() => void) | null): Brought {
  const host = useHost();
  const say = useWords("start");
  const { run } = working;
  const [files, setFiles] = useState<StatementFile[]>([]);
  const [history, setHistory] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const add = useCallback(
    async (paths: string[]) => {
      if (paths.length === 0) return;
      const read = await run(say("reading"), "read_statements", { files: paths }, null);
      // The same file twice, by its path, stands there once.
      if (read !== null) {
        setFiles((before) => [
          ...before.filter((one) => !read.some((other) => other.file === one.file)),
          ...read,
        ]);
      }
    },
    [run, say],
  );

  useEffect(
    () =>
      host.onDrop({
        over: () => setOver(true),
        leave: () => setOver(false),
        files: (paths) => {
          setOver(false);
          if (none === null) void add(paths);
          else none();
        },
      }),
    [host, add, none],
  );
  const choose = useCallback(() => {
    // Files that cannot be sent are told as files that cannot be read.
    void host.chooseFiles().then(add, () => add([""]));
  }, [host, add]);
  const chooseHistory = () =>
    void host.chooseFiles().then(
      ([path]) => path !== undefined && setHistory(path),
      () => null,
    );
  const remove = useCallback((file: StatementFile) => {
    setFiles((before) => before.filter((one) => one !== file));
  }, []);
  const removeHistory = () => setHistory(null);
  return { files, over, choose, remove, history, chooseHistory, removeHistory };
}
