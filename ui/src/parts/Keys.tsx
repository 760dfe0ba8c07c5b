import { capsOf, lastOfRange, type ActionId } from "../actions";
import { useLanguage } from "../words";
import "./keys.css";

/** A key cap, printed where the key acts. */
export function Cap(props: { children: string }) {
  return <kbd className="cap">{props.children}</kbd>;
}

/** The keys of an action. `to` shortens a run of digits to those that act now. */
export function Keys(props: { of: ActionId; then?: string; to?: number }) {
  const language = useLanguage();
  const last = props.to ?? lastOfRange(props.of);
  return (
    <span className="keys" aria-hidden="true">
      {capsOf(props.of, language).map((chord, place) => (
        <span key={place} className="keys">
          {place > 0 && <span className="help">{props.then}</span>}
          {chord.map((part) => (
            <Cap key={part}>{part}</Cap>
          ))}
        </span>
      ))}
      {last !== undefined && String(last) !== "1" && (
        <>
          {"\u2026"}
          <Cap>{String(last)}</Cap>
        </>
      )}
    </span>
  );
}
