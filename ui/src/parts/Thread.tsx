import type { ReactNode } from "react";
import "./thread.css";

export interface Step {
  title: string;
  about?: ReactNode;
  /** At the end of the title's line. */
  end?: ReactNode;
  /** Whether it stands, or is only pencilled. */
  done: boolean;
  children?: ReactNode;
}

/** The thread: from the bank's bytes to a figure, the same everywhere. Solid where it stands,
 *  dashed where it is only proposed. */
export function Thread(props: { label: string; steps: Step[] }) {
  return (
    <ol className="thread" aria-label={props.label}>
      {props.steps.map((step, at) => {
        const next = props.steps[at + 1];
        const line = next === undefined ? "" : next.done ? " line-done" : " line-pencil";
        return (
          <li key={at} className={(step.done ? "thread-done" : "thread-pencil") + line}>
            <div className="row">
              <span className="strong">{step.title}</span>
              {step.about && <span className="help cut">{step.about}</span>}
              <span className="grow" />
              {step.end}
            </div>
            {step.children}
          </li>
        );
      })}
    </ol>
  );
}

/** Bytes as the bank sent them, with what was read from them marked. Marks are places of the text,
 *  as JavaScript counts them. */
export function Bytes(props: {
  text: string;
  marks: readonly (readonly [number, number])[];
  label: string;
}) {
  const pieces: ReactNode[] = [];
  let at = 0;
  const marks = [...props.marks].sort((one, other) => one[0] - other[0]);
  for (const [start, end] of marks) {
    if (start < at || end > props.text.length) continue;
    pieces.push(
      props.text.slice(at, start),
      <mark key={start}>{props.text.slice(start, end)}</mark>,
    );
    at = end;
  }
  pieces.push(props.text.slice(at));
  return (
    <pre className="bytes bytes-box" tabIndex={0} aria-label={props.label}>
      {pieces}
    </pre>
  );
}
