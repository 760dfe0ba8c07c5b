import { useCallback, useEffect, useRef, useState, type SetStateAction } from "react";
import type { Search } from "../../router";

/** The address follows the choice after so long: a held key does not write it at each step. */
const ADDRESS_MS = 250;

/** The line in sight: at once in the list, a little later in the address. */
export function useChosen(
  place: Search,
  change: (change: Search) => void,
): [number | null, (to: SetStateAction<number | null>) => void] {
  const [chosen, setChosen] = useState<number | null>(place.id ?? null);
  const written = useRef(place.id ?? null);
  useEffect(() => {
    // Only what another screen or the back button wrote there is news.
    const now = place.id ?? null;
    if (now !== written.current) setChosen(now);
    written.current = now;
  }, [place.id]);
  useEffect(() => {
    if (chosen === written.current) return;
    const timer = setTimeout(() => {
      written.current = chosen;
      change({ id: chosen ?? undefined });
    }, ADDRESS_MS);
    return () => clearTimeout(timer);
  }, [chosen, change]);
  return [chosen, useCallback((to) => setChosen(to), [])];
}
