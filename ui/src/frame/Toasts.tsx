import { Button, Progress } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useCallback, useEffect, useState } from "react";
import { useChanges, useHost } from "../api/client";
import type { Event } from "../api/generated";
import { useWords } from "../words";
import { useSession } from "./session";
import "./toasts.css";

/** A toast that nobody looks at goes after so many milliseconds; a refusal stays. */
const SHOWN_MS = 8_000;

/** One at a time at the bottom, with a count of those behind it. */
export function Toasts() {
  const say = useWords("frame");
  const { toasts, forget } = useSession();
  const [held, setHeld] = useState(false);
  const shown = toasts.at(-1);
  useEffect(() => {
    if (shown === undefined || held || shown.failed) return;
    const timer = setTimeout(() => forget(shown.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown, held, forget]);
  return (
    <div className="toasts" onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)}>
      <div role="status">
        {shown && !shown.failed && <span className="unseen">{shown.text}</span>}
      </div>
      {shown && (
        <div
          className={shown.failed ? "toast failed-toast" : "toast"}
          role={shown.failed ? "alert" : undefined}
          key={shown.id}
        >
          <div className="grow">
            <div className="strong">{shown.text}</div>
            {shown.hint && <div className="toast-hint">{shown.hint}</div>}
          </div>
          {toasts.length > 1 && <span className="toast-hint">{toasts.length}</span>}
          {shown.undo && (
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                shown.undo?.();
                forget(shown.id);
              }}
            >
              {say("undo")}
            </Button>
          )}
          <button className="icon" aria-label={say("close")} onClick={() => forget(shown.id)}>
            <IconX size={15} stroke={1.6} />
          </button>
          {!shown.failed && <span className={held ? "drain held" : "drain"} aria-hidden />}
        </div>
      )}
    </div>
  );
}

/** Long work: what is being done, how far, and how to stop it. */
export function Works() {
  const say = useWords("frame");
  const host = useHost();
  const { works, advance } = useSession();
  const hears = useCallback(
    (event: Event) => {
      if (event.kind === "progress") {
        advance(event.id, { step: event.step, done: event.done, total: event.total });
      }
    },
    [advance],
  );
  useChanges(hears);
  const work = works.at(-1);
  const isLong = useLasting(work?.id);
  if (work === undefined || !isLong) return null;
  const percent = work.total === null || work.total === 0 ? 0 : (work.done * 100) / work.total;
  return (
    <div className="work" role="status">
      <div className="row">
        <span className="strong grow cut">{work.title}</span>
        <Button size="xs" variant="default" onClick={() => void host.cancel(work.id)}>
          {say("stop")}
        </Button>
      </div>
      <div className="help cut">{work.step || "\u00a0"}</div>
      <Progress value={percent} size={4} aria-label={work.title} />
    </div>
  );
}

/** Work that ends sooner is not shown at all: it would only flash. */
const SHOWN_AFTER_MS = 300;

/** Whether the work of an id has lasted for a while. */
function useLasting(id: string | undefined): boolean {
  const [lasting, setLasting] = useState<string>();
  useEffect(() => {
    if (id === undefined) return;
    const timer = setTimeout(() => setLasting(id), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return id !== undefined && lasting === id;
}
