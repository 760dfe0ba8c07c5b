import { Button, CopyButton } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useEffect, useState, type ReactNode } from "react";
import { Refused } from "../api/client";
import { useWords } from "../words";
import "./states.css";

/** A loading that is not worth a flash: nothing is drawn before so many milliseconds. */
const PATIENCE_MS = 150;

/** Grey lines in the place of what comes. */
export function Loading(props: { lines?: number }) {
  const say = useWords("frame");
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="loading" role="status" aria-label={say("loading")}>
      {late &&
        Array.from({ length: props.lines ?? 6 }, (_, at) => (
          <span key={at} style={{ width: `${70 - ((at * 17) % 40)}%` }} />
        ))}
    </div>
  );
}

/** Nothing is here, and that is well, or one thing is to be done. */
export function Empty(props: {
  title: string;
  text?: string;
  proved?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className="empty">
      {props.proved ? (
        <span className="empty-rule" aria-hidden />
      ) : (
        <span className="empty-sheet" aria-hidden />
      )}
      <h2>{props.title}</h2>
      {props.text && <p className="second">{props.text}</p>}
      {props.children}
    </div>
  );
}

/** What failed, what is safe, and one way out. */
export function Failed(props: { error: Error; again?: () => void }) {
  const say = useWords("frame");
  const refused = props.error instanceof Refused ? props.error.failure : null;
  const code = refused?.code ?? "unreachable";
  return (
    <div className="failed" role="alert">
      <h2>
        <IconAlertTriangle size={17} stroke={1.6} aria-hidden />{" "}
        {refused?.message ?? say("unreachable")}
      </h2>
      <p className="second">{refused?.hint ?? say("unreachableHint")}</p>
      <p className="green">
        <IconCheck size={15} stroke={2} aria-hidden /> {say("nothingChanged")}
      </p>
      <div className="row">
        {props.again && <Button onClick={props.again}>{say("again")}</Button>}
        <CopyButton value={`${code}${refused?.detail ? `: ${refused.detail}` : ""}`}>
          {({ copy, copied }) => (
            <Button variant="default" onClick={copy}>
              {copied ? say("copied") : say("copyCode")}
            </Button>
          )}
        </CopyButton>
        <code className="quiet">{code}</code>
      </div>
    </div>
  );
}
