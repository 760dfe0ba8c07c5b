import { useCallback, useEffect, useMemo, useState } from "react";
import type { LineView } from "../../api/generated";

/** A row that was dealt with stays so long, with its check, before it goes. */
const FADE_MS = 600;
/** And is not shown again for so long at most, while the list is asked for once more. */
const HIDDEN_MS = 3_000;

/** Lines on their way out of the inbox. They leave the list at once in the mind of the person, and
 *  in the list after a moment; a refusal brings them back. `lines` is what the engine last gave. */
export function useLeaving(lines: readonly LineView[] | undefined) {
  const [leaving, setLeaving] = useState<ReadonlyMap<number, LineView>>(new Map());
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [refused, setRefused] = useState<ReadonlySet<number>>(new Set());

  useEffect(() => {
    // Once the engine has left a line out, only an undo can bring it back, and then it is shown.
    const waits = new Set(lines?.map((line) => line.id));
    setHidden((all) =>
      [...all].every((id) => waits.has(id)) ? all : kept(all, (id) => waits.has(id)),
    );
  }, [lines, hidden]);

  const begin = useCallback((line: LineView, done: Promise<boolean>): Promise<boolean> => {
    setLeaving((all) => new Map(all).set(line.id, line));
    setRefused((all) => kept(all, (id) => id !== line.id));
    const shown = new Promise((resolve) => setTimeout(resolve, FADE_MS));
    return done.then(async (well) => {
      if (well) {
        await shown;
        setHidden((all) => new Set(all).add(line.id));
        setTimeout(() => setHidden((all) => kept(all, (id) => id !== line.id)), HIDDEN_MS);
      } else setRefused((all) => new Set(all).add(line.id));
      setLeaving((all) => new Map([...all].filter(([id]) => id !== line.id)));
      return well;
    });
  }, []);
  return useMemo(() => ({ leaving, hidden, refused, begin }), [leaving, hidden, refused, begin]);
}

function kept(all: ReadonlySet<number>, stays: (id: number) => boolean): ReadonlySet<number> {
  const rest = [...all].filter(stays);
  return rest.length === all.size ? all : new Set(rest);
}
