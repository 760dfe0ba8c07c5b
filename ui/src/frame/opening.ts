import { createContext, useContext } from "react";
import type { Preferences } from "../api/generated";

/** Which book is open, and what the window keeps of itself. */
export interface Opening {
  preferences: Preferences;
  keep: (change: Partial<Preferences>) => void;
  /** Opens a book: from then on the frame shows it. */
  open: (path: string, name: string) => void;
  /** Back to the first screen, to open another. */
  leave: () => void;
}

export const OpeningContext = createContext<Opening | null>(null);

export function useOpening(): Opening {
  const opening = useContext(OpeningContext);
  if (opening === null) throw new Error("no opening");
  return opening;
}
