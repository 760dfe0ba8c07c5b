import { Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import type { QuestionView } from "../../api/generated";
import { wholeText } from "../../parts/format";
import { readAmount } from "../../parts/readAmount";
import { useLanguage, useWords } from "../../words";

/** Questions answered by yes or no: the call does not tell their kind. */
const YES_NO = new Set(["year_end"]);
/** Questions that have a sentence of their own on what an answer means. */
const MEANT = ["26", "year_end", "5B", "2C", "29"] as const;

type Give = (id: string, answer: string | null) => void;

/** What the law leaves open: asked where it is open, offered folded where it is not. */
export function Questions(props: { questions: QuestionView[]; made: boolean; give: Give }) {
  const say = useWords("taxes");
  const { questions, made, give } = props;
  const isOpen = (one: QuestionView) => one.asked || one.given !== null;
  const open = questions.filter(isOpen);
  const others = questions.filter((one) => !isOpen(one));
  if (made) return open.length === 0 ? null : <Given questions={open} />;
  return (
    <section className="taxes-part" id="taxes-questions" aria-label={say("questions")}>
      {open.length > 0 && <h3>{say("questions")}</h3>}
      {open.map((one) => (
        <Question key={one.id} question={one} give={give} />
      ))}
      {others.length > 0 && (
        <details className="taxes-others">
          <summary>{say("otherAnswers", { count: others.length })}</summary>
          {others.map((one) => (
            <Question key={one.id} question={one} give={give} />
          ))}
        </details>
      )}
    </section>
  );
}

/** The answers of a return that stands. */
function Given(props: { questions: QuestionView[] }) {
  const say = useWords("taxes");
  const language = useLanguage();
  return (
    <section className="taxes-part">
      <h3>{say("answersGiven")}</h3>
      {props.questions.map((one) => (
        <p key={one.id} className="row">
          <span className="grow second">
            <bdi>{one.text}</bdi>
          </span>
          <span className="num strong">
            {wholeText(Number(one.given ?? one.default), language)}
          </span>
        </p>
      ))}
    </section>
  );
}

function Question(props: { question: QuestionView; give: Give }) {
  const say = useWords("taxes");
  const { question, give } = props;
  const meant = MEANT.find((one) => one === question.id);
  const means =
    meant === undefined ? say("meansLine", { line: question.id }) : say(`means-${meant}`);
  if (YES_NO.has(question.id)) {
    return (
      <Checkbox
        label={question.text}
        description={means}
        checked={Number(question.given ?? question.default) !== 0}
        onChange={(event) => give(question.id, event.currentTarget.checked ? "1" : null)}
      />
    );
  }
  return <WholeField question={question} means={means} give={give} />;
}

/** Whole euros; taken when the field is left, or by Enter. */
function WholeField(props: { question: QuestionView; means: string; give: Give }) {
  const say = useWords("taxes");
  const language = useLanguage();
  const { question, give } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const given = question.given === null ? "" : wholeText(Number(question.given), language);
  const leave = () => {
    if (typed === null) return;
    const read = readAmount(typed, language, 0);
    if (read.kind === "empty") give(question.id, null);
    else if (read.kind === "amount" && read.minor >= 0) give(question.id, String(read.minor));
    else return setWrong(true);
    setTyped(null);
  };
  return (
    <TextInput
      label={question.text}
      description={props.means}
      className="taxes-question"
      inputMode="numeric"
      autoComplete="off"
      placeholder={wholeText(Number(question.default), language)}
      value={typed ?? given}
      error={wrong ? say("wholeWanted") : undefined}
      rightSection={
        <span className="quiet" aria-hidden>
          €
        </span>
      }
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setWrong(false);
      }}
      onBlur={leave}
      onKeyDown={(event) => event.key === "Enter" && leave()}
    />
  );
}
