import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { chordOf, typedInto } from "./keys";
import { ACTIONS, type ActionId } from "./list";

export { ACTIONS, GROUPS, type ActionId, type Group } from "./list";
export { ariaKeys, cap, capsOf, lastOfRange } from "./keys";

/** How an action can be run now, told the chord that was pressed if one was. `disabled` says in a
 *  sentence why it cannot. */
export interface Handler {
  run: (chord?: string) => void;
  disabled?: string | undefined;
}

/** The handlers that the screens in sight have given; the newest of each action counts. */
class Bound {
  private handlers = new Map<ActionId, Handler[]>();
  private listeners = new Set<() => void>();
  version = 0;

  bind(id: ActionId, handler: Handler): () => void {
    const of = this.handlers.get(id) ?? [];
    this.handlers.set(id, [...of, handler]);
    this.tell();
    return () => {
      const rest = (this.handlers.get(id) ?? []).filter((one) => one !== handler);
      this.handlers.set(id, rest);
      this.tell();
    };
  }

  find(id: ActionId): Handler | undefined {
    return this.handlers.get(id)?.at(-1);
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private tell() {
    this.version += 1;
    this.listeners.forEach((listener) => listener());
  }
}

const Actions = createContext<Bound>(new Bound());
/** A first key that waits for its second is forgotten after so many milliseconds. */
const SEQUENCE_MS = 1_500;

/** Runs actions by their keys. While something lies over the screens, only it hears keys. */
export function ActionsProvider(props: { children: ReactNode }) {
  const bound = useMemo(() => new Bound(), []);
  useEffect(() => {
    let first = "";
    let at = 0;
    const press = (event: KeyboardEvent) => {
      const chord = chordOf(event);
      const plain = !chord.startsWith("mod+") && !chord.startsWith("alt+") && !/^F\d+$/.test(chord);
      if (event.defaultPrevented || (plain && (typedInto(event) || covered(event)))) return;
      if (plain && onControl(event, chord)) return;
      const sequence = event.timeStamp - at < SEQUENCE_MS ? `${first} ${chord}` : "";
      const run = found(bound, sequence) ?? found(bound, chord);
      [first, at] = [chord, event.timeStamp];
      if (run === undefined) return;
      event.preventDefault();
      first = "";
      if (run.disabled === undefined) run.run(chord);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [bound]);
  return <Actions.Provider value={bound}>{props.children}</Actions.Provider>;
}

function found(bound: Bound, keys: string): Handler | undefined {
  for (const [id, action] of Object.entries(ACTIONS)) {
    if ((action.keys as readonly string[]).includes(keys)) {
      const handler = bound.find(id as ActionId);
      if (handler !== undefined) return handler;
    }
  }
  return undefined;
}

/** Whether a dialog lies over what the keys are for. */
function covered(event: KeyboardEvent): boolean {
  const dialog = document.querySelector('[role="dialog"][aria-modal="true"]');
  return dialog !== null && event.key !== "Escape";
}

/** A button that has the focus keeps its own keys. */
function onControl(event: KeyboardEvent, chord: string): boolean {
  const own = chord === "Enter" || chord === " ";
  return (
    own &&
    event.target instanceof HTMLElement &&
    event.target.closest("button, a, summary") !== null
  );
}

/** Gives an action its meaning while the caller is in sight. */
export function useAction(id: ActionId, run: (chord?: string) => void, disabled?: string) {
  const bound = useContext(Actions);
  const latest = useRef(run);
  latest.current = run;
  useEffect(
    () => bound.bind(id, { run: (chord) => latest.current(chord), disabled }),
    [bound, id, disabled],
  );
}

/** The handler of an action, if anything in sight has one. */
export function useHandlers(): (id: ActionId) => Handler | undefined {
  const bound = useContext(Actions);
  useSyncExternalStore(bound.subscribe, () => bound.version);
  return (id) => bound.find(id);
}
