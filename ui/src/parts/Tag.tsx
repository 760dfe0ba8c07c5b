import { IconAlertTriangle, IconCheck, IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import "./tag.css";

export type Tone = "proved" | "waits" | "broken" | "plain" | "pencil" | "closed";

/** A state in a word. Its mark says the same as its colour. */
export function Tag(props: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`tag tag-${props.tone}`}>
      {props.tone === "proved" && <IconCheck size={13} stroke={2} aria-hidden />}
      {(props.tone === "waits" || props.tone === "broken") && (
        <IconAlertTriangle size={13} stroke={1.8} aria-hidden />
      )}
      {props.tone === "closed" && <IconLock size={13} stroke={1.8} aria-hidden />}
      {props.children}
    </span>
  );
}
