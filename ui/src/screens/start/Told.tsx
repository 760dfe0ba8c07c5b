import { Button, Progress } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useWords } from "../../words";
import type { Work } from "../../frame/session";
import type { Trouble } from "./working";

/** What is being done, how far it is, and how to stop it. */
export function WorkShown(props: { work: Work; stop: () => void }) {
  const say = useWords("frame");
  const { title, step, done, total } = props.work;
  const known = total !== null && total > 0;
  return (
    <div className="start-work" role="status">
      <div className="row">
        <span className="strong grow cut">{title}</span>
        <Button size="xs" variant="default" onClick={props.stop}>
          {say("stop")}
        </Button>
      </div>
      <div className="help cut">{step || "\u00a0"}</div>
      <Progress value={known ? (done * 100) / total : 0} size={4} aria-label={title} />
    </div>
  );
}

/** What was refused, in the engine's own sentence. */
export function TroubleShown(props: { trouble: Trouble }) {
  const shown = useRef<HTMLDivElement>(null);
  const { message, hint } = props.trouble;
  useEffect(() => {
    shown.current?.scrollIntoView({ block: "nearest" });
  }, [message]);
  return (
    <div className="start-trouble" role="alert" ref={shown}>
      <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
      <div>
        <p className="strong start-clamp" title={message}>
          <bdi>{message}</bdi>
        </p>
        <p className="second">
          <bdi>{hint}</bdi>
        </p>
      </div>
    </div>
  );
}
