import { Button } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useMemo, useRef, useState } from "react";
import type { ChangeView, FieldView } from "../../api/generated";
import { useGo } from "../../frame/place";
import { Amount } from "../../parts/Amount";
import { dayText, momentText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { FIELDS, TABLES, VALUES, rankOf, readingOf } from "./names";

/** Rows drawn at first: a statement brings hundreds. */
const FIRST = 20;
const KINDS = { added: "added", changed: "changed", removed: "removed" } as const;

/** The rows that a record changed, each with its fields as they were and as they became. */
export function Changes(props: { changes: ChangeView[]; more: number; currency: string }) {
  const say = useWords("history");
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const changes = useMemo(
    () => [...props.changes].sort((one, other) => rankOf(one.table) - rankOf(other.table)),
    [props.changes],
  );
  if (changes.length === 0) return <p className="quiet">{say("noChange")}</p>;
  const shown = all ? changes : changes.slice(0, FIRST);
  const rest = changes.length - shown.length;
  const showRest = () => {
    setAll(true);
    // The button goes: the focus stays with what it brought.
    list.current?.focus();
  };
  return (
    <>
      <ul className="history-changes" ref={list} tabIndex={-1}>
        {shown.map((change) => (
          <Change key={`${change.table} ${change.key}`} change={change} currency={props.currency} />
        ))}
      </ul>
      {rest > 0 && (
        <Button variant="default" size="xs" className="history-rest" onClick={showRest}>
          {say("showRest", { count: rest })}
        </Button>
      )}
      {rest === 0 && props.more > 0 && (
        <p className="help">{say("moreRows", { count: props.more })}</p>
      )}
    </>
  );
}

function Change(props: { change: ChangeView; currency: string }) {
  const say = useWords("history");
  const { change, currency } = props;
  const fields = change.fields.filter((field) => field.before !== null || field.after !== null);
  return (
    <li className={`history-change ${change.kind}`}>
      <div className="row">
        <RowName change={change} />
        <span className="grow" />
        <span className="help">{say(KINDS[change.kind])}</span>
      </div>
      {fields.length > 0 && (
        <dl>
          {fields.map((field) => (
            <OneField key={field.name} field={field} kind={change.kind} currency={currency} />
          ))}
        </dl>
      )}
    </li>
  );
}

/** A row by its word and its number; an entry and a line of the bank lead to their place. */
function RowName(props: { change: ChangeView }) {
  const say = useWords("history");
  const go = useGo();
  const { table, key, kind, fields } = props.change;
  const word = TABLES[table];
  const name = `${word === undefined ? table : say(word)} ${key}`;
  const id = Number(key);
  const day = fields.find((field) => field.name === "day")?.after;
  if (kind === "removed" || !Number.isSafeInteger(id)) return plain(name);
  if (table === "entry") {
    return (
      <button className="history-link" onClick={() => go("/books", { tab: "journal", id })}>
        {name}
      </button>
    );
  }
  // The bank's list shows a line among those of its day.
  if (table !== "line" || !day) return plain(name);
  const place = { tab: "all", id, from: day, to: day };
  return (
    <button className="history-link" onClick={() => go("/bank", place)}>
      {name}
    </button>
  );
}

function plain(name: string) {
  return (
    <bdi className="strong cut" title={name}>
      {name}
    </bdi>
  );
}

function OneField(props: { field: FieldView; kind: ChangeView["kind"]; currency: string }) {
  const say = useWords("history");
  const { field, kind, currency } = props;
  const word = FIELDS[field.name];
  const both = kind === "changed";
  return (
    <div className="history-field">
      <dt className="help cut" title={field.name}>
        {word === undefined ? field.name : say(word)}
      </dt>
      <dd className="row">
        {(both || kind === "removed") && (
          <del className="cut">
            <Value name={field.name} text={field.before} currency={currency} />
          </del>
        )}
        {both && (
          <IconArrowRight
            size={13}
            stroke={1.6}
            className="history-arrow"
            aria-label={say("becomes")}
          />
        )}
        {kind !== "removed" && (
          <span className="cut">
            <Value name={field.name} text={field.after} currency={currency} />
          </span>
        )}
      </dd>
    </div>
  );
}

function Value(props: { name: string; text: string | null; currency: string }) {
  const say = useWords("history");
  const language = useLanguage();
  const { name, text, currency } = props;
  if (text === null || text === "") return <span className="quiet">{say("nothing")}</span>;
  const known = VALUES[name]?.[text];
  if (known !== undefined) return <>{say(known)}</>;
  switch (readingOf(name, text)) {
    case "amount":
      return <Amount minor={Number(text)} currency={currency} />;
    case "day":
      return <span title={text}>{dayText(text, language)}</span>;
    case "instant":
      return <span title={text}>{momentText(text, language)}</span>;
    case "yes-no":
      return <>{say(text === "1" ? "yes" : "no")}</>;
    case "row":
      return <>{say("rowNumber", { number: text })}</>;
    case "text":
      return <bdi title={text}>{text}</bdi>;
  }
}
