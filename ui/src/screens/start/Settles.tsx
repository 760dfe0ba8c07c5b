import { useCall } from "../../api/client";
import { dayText } from "../../parts/format";
import { useLanguage, useWords, type Say } from "../../words";
import { fiscalYear, type Answers } from "./answers";

/** What the answers settle, said while they are given. Nothing here that the engine does not do. */
export function Settles(props: { answers: Answers }) {
  const say = useWords("start");
  const language = useLanguage();
  const { answers } = props;
  const name = answers.name.trim();
  const place = useCall("place_for", { name }, { enabled: name !== "", keep: true });
  const year = fiscalYear(answers);
  const [from, to] = year?.map((day) => dayText(day, language)) ?? [];
  const file = name === "" ? undefined : place.data?.path;
  return (
    <aside className="start-settles" aria-labelledby="start-settles">
      <h2 id="start-settles">{say("settles")}</h2>
      <p className="help">{say("settlesFrom")}</p>
      <dl aria-live="polite">
        <Row name={say("chart")}>{say("chartOf")}</Row>
        <Row name={say("journals")}>{say("journalsOf")}</Row>
        <Row name={say("declaration")}>{declaration(answers, say)}</Row>
        {chargeable(answers, say).map((text, at) => (
          <Row key={text} name={at === 0 ? say("chargeable") : null}>
            {text}
          </Row>
        ))}
        {answers.legalForm === "EI" && <Row name={say("soleTrader")}>{say("soleTraderOf")}</Row>}
        {from !== undefined && to !== undefined && (
          <Row name={say("firstYear")}>
            {say("yearOf", { from, to })}
            <span className="help">{say("before", { day: from })}</span>
          </Row>
        )}
        {file !== undefined && (
          <Row name={say("oneFile")}>
            <bdi className="start-path" title={file}>
              {file}
            </bdi>
          </Row>
        )}
      </dl>
    </aside>
  );
}

function Row(props: { name: string | null; children: React.ReactNode }) {
  return (
    <div className={props.name === null ? "more" : undefined}>
      {props.name !== null && <dt className="help">{props.name}</dt>}
      <dd>{props.children}</dd>
    </div>
  );
}

function declaration(answers: Answers, say: Say<"start">): string {
  if (answers.regime === "franchise") return say("files-franchise");
  if (answers.regime === "simplified") return say("files-simplified");
  return say(`files-${answers.period}`);
}

/** When the tax on one's own sales falls due, by what is sold. */
function chargeable(answers: Answers, say: Say<"start">): string[] {
  if (answers.regime === "franchise") return [say("due-franchise")];
  const services = say(`due-services-${answers.vatOn}`);
  const goods = say("due-goods");
  if (answers.activity === "services") return [services];
  return answers.activity === "goods" ? [goods] : [services, goods];
}
