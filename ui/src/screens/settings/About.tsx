import { useBook, useCall } from "../../api/client";
import type { BookView } from "../../api/generated";
import { dayText, momentText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";

/** What this book is, as far as the engine says. */
export function About(props: { book: BookView }) {
  const say = useWords("settings");
  const language = useLanguage();
  const path = useBook();
  const { book } = props;
  const last = useCall("history", { limit: 1 }).data?.[0];
  const years = book.fiscal_years.map(([from, to, history]) => {
    const span = { from: dayText(from, language), to: dayText(to, language) };
    return say(history ? "yearHistory" : "yearOf", span);
  });
  const country = new Intl.DisplayNames(language, { type: "region" }).of(
    book.country.toUpperCase(),
  );
  return (
    <>
      <dl className="settings-facts">
        <Fact name={say("file")}>
          <bdi className="settings-path">{path}</bdi>
        </Fact>
        <Fact name={say("years")}>
          {years.map((year) => (
            <div key={year}>{year}</div>
          ))}
        </Fact>
        <Fact name={say("firstDay")}>{dayText(book.first_day, language)}</Fact>
        <Fact name={say("country")}>
          {country}, {book.currency}
        </Fact>
        <Fact name={say("zone")}>{book.settings["time_zone"] ?? ""}</Fact>
        {last && (
          <Fact name={say("lastRecord")}>
            {say("record", { seq: String(last.seq) })}, {momentText(last.at, language)}{" "}
            <code title={last.hash}>{last.hash.slice(0, 16)}</code>
          </Fact>
        )}
        <Fact name={say("identity")}>
          <code>{book.uuid}</code>
        </Fact>
      </dl>
      <p className="help">{say("staysHere")}</p>
    </>
  );
}

function Fact(props: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="help">{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
