/** Moves the focus to something within a part of the screen, if both are there. */
export function focusOn(within: HTMLElement | null, selector: string) {
  within?.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
}

/** Back to the list in sight, where the keys act. */
export function focusOnList() {
  // What was closed is gone only after this turn.
  setTimeout(() => focusOn(document.getElementById("sheet"), ".grid-pane, [data-list]"), 0);
}
