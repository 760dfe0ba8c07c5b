import type { KeyboardEvent } from "react";

/** `Échap` leaves a form, unless it first closes a list that is open in it. */
export function leaves(event: KeyboardEvent, close: () => void) {
  if (event.key !== "Escape") return;
  const open =
    event.target instanceof HTMLElement && event.target.getAttribute("aria-expanded") === "true";
  event.preventDefault();
  event.stopPropagation();
  if (!open) close();
}
