import { SegmentedControl } from "@mantine/core";
import type { Theme } from "../../api/generated";
import { useOpening } from "../../frame/opening";
import { useLanguage, useWords, type Language } from "../../words";
import mark from "../../../../assets/icons/comptoir.svg";

export type Step = "who" | "bring" | "see";
const STEPS: readonly Step[] = ["who", "bring", "see"];

/** The left column: where one is of the three steps, and how the window speaks and looks. */
export function Side(props: { at: Step | null; goBack: ((step: Step) => void) | null }) {
  return (
    <header className="start-side">
      <div className="start-brand">
        <img src={mark} alt="" width={26} height={26} />
        <span>Comptoir</span>
      </div>
      {props.at !== null && <Steps at={props.at} goBack={props.goBack} />}
      <div className="grow" />
      <Choices />
    </header>
  );
}

function Steps(props: { at: Step; goBack: ((step: Step) => void) | null }) {
  const say = useWords("start");
  const { goBack } = props;
  const at = STEPS.indexOf(props.at);
  return (
    <nav aria-label={say("steps")}>
      <ol className="start-steps">
        {STEPS.map((step, place) => {
          const words = (
            <>
              <span className="start-step-name">{say(`step-${step}`)}</span>
              <span className="help">{say(`about-${step}`)}</span>
            </>
          );
          const back = goBack !== null && place < at ? () => goBack(step) : null;
          return (
            <li
              key={step}
              className={place < at ? "past" : place === at ? "here" : "next"}
              aria-current={place === at ? "step" : undefined}
            >
              {back ? (
                <button type="button" onClick={back}>
                  {words}
                </button>
              ) : (
                <div>{words}</div>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** Language and look of the window: of the person, not of a book. */
function Choices() {
  const say = useWords("start");
  const language = useLanguage();
  const { preferences, keep } = useOpening();
  return (
    <div className="start-choices">
      <p className="help">{say("staysHere")}</p>
      <SegmentedControl
        size="xs"
        aria-label={say("language")}
        value={language}
        data={[
          { value: "fr", label: "Français" },
          { value: "en", label: "English" },
        ]}
        onChange={(value) => keep({ language: value as Language })}
      />
      <SegmentedControl
        size="xs"
        aria-label={say("theme")}
        value={preferences.theme}
        data={[
          { value: "light", label: say("theme-light") },
          { value: "dark", label: say("theme-dark") },
          { value: "auto", label: say("theme-auto") },
        ]}
        onChange={(value) => keep({ theme: value as Theme })}
      />
    </div>
  );
}
