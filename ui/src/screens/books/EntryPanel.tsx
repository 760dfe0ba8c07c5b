import { IconTrash } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { BookView, EntryView, TaxItemView } from "../../api/generated";
import { useDo } from "../../frame/session";
import { Act } from "../../parts/Act";
import { Amount } from "../../parts/Amount";
import { EntryBox } from "../../parts/EntryBox";
import { Failed, Loading } from "../../parts/States";
import { Tag } from "../../parts/Tag";
import { dayText, longDayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { EntryNumber, isHistory, numberOf } from "./EntryRow";
import { focusOnList } from "./focus";
import { Origin } from "./Origin";
import { ReverseDialog } from "./ReverseDialog";
import "./panel.css";

/** Kinds that are answered otherwise: by a return withdrawn, or not at all. */
const NOT_REVERSED = ["settlement", "carried", "history", "reversal"];

/** One entry in whole, and where it comes from. */
export function EntryPanel(props: {
  id: number;
  book: BookView;
  /** The entry is gone, or was left. */
  onClose: () => void;
  onEntry: (id: number) => void;
}) {
  const say = useWords("books");
  const { id, onClose } = props;
  const found = useCall("entry", { entry: id }, { keep: true });
  // An entry that was undone elsewhere leaves the panel rather than an error.
  const isGone = found.error !== null;
  useEffect(() => {
    if (isGone && found.data !== undefined) onClose();
  }, [isGone, found.data, onClose]);
  return (
    <aside className="panel books-panel" data-panel tabIndex={-1} aria-label={say("entry")}>
      {found.data !== undefined ? (
        <Shown {...props} entry={found.data} />
      ) : found.error !== null ? (
        <Failed error={found.error} again={() => void found.refetch()} />
      ) : (
        <Loading lines={8} />
      )}
    </aside>
  );
}

function Shown(props: {
  entry: EntryView;
  book: BookView;
  onClose: () => void;
  onEntry: (id: number) => void;
}) {
  const say = useWords("books");
  const language = useLanguage();
  const { entry, book } = props;
  const journals = useCall("journals", {}).data;
  const named = useNamed(entry);
  const journal = journals?.find((one) => one.code === entry.journal)?.name ?? entry.journal;
  return (
    <>
      <div className="row books-panel-head">
        <EntryNumber entry={entry} />
        <span className="help cut" title={journal}>
          <bdi>{journal}</bdi>
        </span>
        <span className="grow" />
        <State entry={entry} />
      </div>
      <h2 className="books-panel-title">
        <bdi>{entry.label}</bdi>
      </h2>
      <p className="second">
        {longDayText(entry.day, language, book.today)}
        {entry.ref !== "" && entry.ref !== numberOf(entry) && (
          <>
            , {say("ref")} <bdi>{entry.ref}</bdi>
          </>
        )}
      </p>
      <EntryBox entry={named} currency={book.currency} label={say("lines")} />
      {entry.items.length > 0 && <Items items={entry.items} book={book} />}
      <h3>{say("origin")}</h3>
      <Origin entry={entry} book={book} />
      <span className="grow" />
      <Actions {...props} />
    </>
  );
}

/** The entry with its counterparties called by their names. */
function useNamed(entry: EntryView): EntryView {
  const parties = useCall("counterparties", {}).data;
  const names = new Map(parties?.map((one) => [one.code, one.name]));
  const nameOf = (code: string | null) => (code === null ? null : (names.get(code) ?? code));
  const lines = entry.lines.map((line) => ({ ...line, counterparty: nameOf(line.counterparty) }));
  return { ...entry, lines };
}

function State(props: { entry: EntryView }) {
  const say = useWords("books");
  const { entry } = props;
  if (entry.draft) return <Tag tone="pencil">{say("draft")}</Tag>;
  if (isHistory(entry)) return <Tag tone="closed">{say("history")}</Tag>;
  return <Tag tone="plain">{say(entry.kind === "reversal" ? "reversal" : "posted")}</Tag>;
}

/** The tax items: what each puts into a return, and when. */
function Items(props: { items: TaxItemView[]; book: BookView }) {
  const say = useWords("books");
  const language = useLanguage();
  return (
    <>
      <h3>{say("taxItems")}</h3>
      <table className="books-items">
        <thead>
          <tr>
            <th scope="col">{say("taxCode")}</th>
            <th scope="col" className="right">
              {say("base")}
            </th>
            <th scope="col" className="right">
              {say("tax")}
            </th>
            <th scope="col">{say("chargeable")}</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((item) => (
            <tr key={item.id}>
              <td>
                {item.tax_code} <span className="quiet">{say("percent", { rate: item.rate })}</span>
              </td>
              <td className="right">
                <Amount minor={item.base_minor} currency={props.book.currency} />
              </td>
              <td className="right">
                <Amount minor={item.tax_minor} currency={props.book.currency} />
              </td>
              <td className={item.chargeable_on === null ? "books-waits" : "second"}>
                {item.chargeable_on === null
                  ? say("waits")
                  : dayText(item.chargeable_on, language, props.book.today)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** A draft can be deleted, what is posted only answered. */
function Actions(props: {
  entry: EntryView;
  book: BookView;
  onClose: () => void;
  onEntry: (id: number) => void;
}) {
  const say = useWords("books");
  const run = useDo();
  const { entry, onClose } = props;
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    const told = { done: say("deleted", { label: entry.label }), undoable: true };
    if ((await run("delete_draft", { entry: entry.id }, told)) === null) return;
    onClose();
    focusOnList();
  };
  const fixed = NOT_REVERSED.includes(entry.kind)
    ? say(`fixed-${entry.kind}` as "fixed-history")
    : undefined;
  useAction("deleteDraft", () => void remove(), entry.draft ? undefined : say("notDraft"));
  useAction("reverse", () => setAsking(true), entry.draft ? say("notPosted") : fixed);
  return (
    <>
      <div className="row books-panel-acts">
        {entry.draft ? (
          <Act of="deleteDraft" icon={<IconTrash size={15} stroke={1.6} />} danger>
            {say("delete")}
          </Act>
        ) : (
          fixed === undefined && <Act of="reverse">{say("reverse")}</Act>
        )}
      </div>
      {!entry.draft && <p className="help">{fixed ?? say("answered")}</p>}
      <ReverseDialog
        entry={entry}
        opened={asking}
        close={() => setAsking(false)}
        onDone={props.onEntry}
      />
    </>
  );
}
