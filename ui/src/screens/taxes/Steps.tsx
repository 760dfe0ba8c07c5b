import {
  IconAlertCircleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
} from "@tabler/icons-react";
import type { MadeView, ReturnView } from "../../api/generated";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";

interface Step {
  name: string;
  about: string;
  state: "done" | "waits" | "broken" | "pencil";
}

/** How far the return is: calculated, checked, made, filed. */
export function Steps(props: { shown: ReturnView; made: MadeView | undefined; waiting: number }) {
  const say = useWords("taxes");
  const steps = useSteps(props.shown, props.made, props.waiting);
  return (
    <ol className="taxes-steps" aria-label={say("steps")}>
      {steps.map((step) => (
        <li key={step.name} className={`taxes-step-${step.state}`}>
          <Mark state={step.state} />
          <span>
            <span className="taxes-step-name">{step.name}</span>
            <span className="taxes-step-about">{step.about}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function useSteps(shown: ReturnView, made: MadeView | undefined, waiting: number): Step[] {
  const say = useWords("taxes");
  const language = useLanguage();
  const failed = shown.checks.filter((check) => !check.passed);
  const blocking = failed.filter((check) => check.blocking).length + shown.left_out.length;
  const open = shown.made ? [] : shown.questions.filter((one) => one.asked && one.given === null);
  const inbox = shown.made || waiting === 0 ? 0 : 1;
  const points = failed.length + shown.left_out.length + open.length + inbox;
  const checked: Step = {
    name: say("stepChecked"),
    about: points === 0 ? say("noPoint") : say("points", { count: points }),
    state: points === 0 ? "done" : blocking > 0 ? "broken" : "waits",
  };
  const filed = made?.filed ?? null;
  return [
    {
      name: say("stepCalculated"),
      about: say(made ? "fromItsItems" : "withDrafts"),
      state: "done",
    },
    checked,
    {
      name: say("stepMade"),
      about: made ? say("recordNumber", { seq: made.seq }) : say("pageAndEntry"),
      state: made ? "done" : "pencil",
    },
    {
      name: say("stepFiled"),
      about: filed === null ? say("dayToGive") : say("filedOn", { day: dayText(filed, language) }),
      state: filed === null ? "pencil" : "done",
    },
  ];
}

function Mark(props: { state: Step["state"] }) {
  const size = 18;
  if (props.state === "done")
    return <IconCircleCheckFilled size={size} className="green" aria-hidden />;
  if (props.state === "pencil")
    return <IconCircleDashed size={size} stroke={1.5} className="quiet" aria-hidden />;
  return (
    <IconAlertCircleFilled
      size={size}
      className={props.state === "broken" ? "red" : "amber"}
      aria-hidden
    />
  );
}
