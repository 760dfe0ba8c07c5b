import { useEffect } from "react";

/** Marks the moment at which what the caller draws was first painted: `cargo xtask bench --window`
 *  reads it. */
export function usePaintedMark() {
  useEffect(() => {
    requestAnimationFrame(() => setTimeout(() => performance.mark("painted")));
  }, []);
}
