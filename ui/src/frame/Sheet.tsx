import type { ReactNode } from "react";
import type { ActionId } from "../actions";
import { Keys } from "../parts/Keys";
import { countText, useLanguage } from "../words";

/** The head of a screen: its title, what it proves, its buttons. */
export function Head(props: { title: string; about?: ReactNode; children?: ReactNode }) {
  return (
    <div className="head">
      <h1>{props.title}</h1>
      {props.about && <div className="help cut">{props.about}</div>}
      <div className="grow" />
      {props.children}
    </div>
  );
}

/** The tabs of a screen. */
export function Tabs<T extends string>(props: {
  label: string;
  value: T;
  tabs: readonly { value: T; label: string; count?: number }[];
  onChange: (value: T) => void;
}) {
  const language = useLanguage();
  return (
    <div className="tabs" role="tablist" aria-label={props.label}>
      {props.tabs.map((tab) => (
        <button
          key={tab.value}
          role="tab"
          aria-selected={tab.value === props.value}
          className={tab.value === props.value ? "tab here" : "tab"}
          onClick={() => props.onChange(tab.value)}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="help"> {countText(language, tab.count)}</span>
          )}
        </button>
      ))}
    </div>
  );
}

/** The line under a screen: keys where they act, counts and sums. */
export function Feet(props: { children: ReactNode }) {
  return <div className="feet">{props.children}</div>;
}

/** A key with its word, for the foot of a screen. */
export function KeyHint(props: { of: ActionId; children: string }) {
  return (
    <span className="row hint">
      <Keys of={props.of} /> {props.children}
    </span>
  );
}
