import { useState } from "react";
import { useAction } from "../../actions";
import { useHost } from "../../api/client";
import type { InvoiceRowView, InvoiceView } from "../../api/generated";
import { useGo } from "../../frame/place";
import { useDo } from "../../frame/session";
import { useWords } from "../../words";
import { duplicateOf } from "./draft";

interface Ways {
  row: InvoiceRowView | undefined;
  /** The same whole, once it is there. */
  view: InvoiceView | undefined;
  onOpen: (id: number) => void;
  onSend: () => void;
  onGone: () => void;
}

/** What can be done with an invoice, wherever it is in sight. */
export function useInvoiceActs(ways: Ways) {
  const say = useWords("sales");
  const run = useDo();
  const host = useHost();
  const go = useGo();
  const [busy, setBusy] = useState(false);
  const { row, view } = ways;
  const none = row === undefined ? say("noneChosen") : undefined;
  const isDraft = row !== undefined && row.reference === null;
  const once = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    await work().finally(() => setBusy(false));
  };
  const credit = async () => {
    if (row === undefined) return;
    const made = await run("credit_invoice", { invoice: row.id }, { undoable: true });
    if (made !== null) ways.onOpen(made.row.id);
  };
  const copy = async () => {
    if (view === undefined) return;
    const told = { done: say("duplicated"), undoable: true };
    const made = await run("draft_invoice", { draft: duplicateOf(view.draft) }, told);
    if (made !== null) ways.onOpen(made.row.id);
  };
  const save = async () => {
    if (row === undefined) return;
    const asked = { invoice: row.id, out: await host.documents() };
    const told = { title: say("saving"), done: say("saved", { number: row.reference ?? "" }) };
    const written = await run("save_invoice", asked, told);
    if (written !== null) await host.show(written.path);
  };
  const remove = async () => {
    if (row === undefined) return;
    const told = { done: say("deleted"), undoable: true };
    if ((await run("delete_invoice", { invoice: row.id }, told)) !== null) ways.onGone();
  };
  const whyNotIssued = none ?? (isDraft ? say("needsNumber") : undefined);
  const isNote = row?.kind === "credit_note";
  const whyNotCredit =
    whyNotIssued ??
    (isNote ? say("noteOfNote") : row?.state === "credited" ? say("allCredited") : undefined);
  const loaded = none ?? (view === undefined ? say("notLoaded") : undefined);
  const entry = view?.entry ?? null;
  const why = () => entry !== null && go("/books", { tab: "journal", id: entry });
  useAction("why", why, loaded ?? (entry === null ? say("noEntry") : undefined));
  useAction("sendInvoice", ways.onSend, whyNotIssued);
  useAction("creditInvoice", () => void once(credit), whyNotCredit);
  useAction("savePdf", () => void once(save), whyNotIssued);
  useAction("duplicateInvoice", () => void once(copy), loaded);
  useAction("deleteInvoice", () => void once(remove), none ?? (isDraft ? undefined : say("stays")));
}
