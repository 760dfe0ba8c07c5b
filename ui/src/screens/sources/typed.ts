import type { AskView, ConnectorView, LinkRequest } from "../../api/generated";

/** What is typed to link one connector. */
export interface Typed {
  name: string;
  answers: Record<string, string>;
}

export const EMPTY: Typed = { name: "", answers: {} };

/** What is typed, by connector: kept while the screen is open. */
export type AllTyped = Readonly<Record<string, Typed>>;

/** The asks that have no answer yet, in reading order. */
export function missingIn(connector: ConnectorView, typed: Typed): AskView[] {
  return connector.asks.filter((ask) => (typed.answers[ask.id] ?? "").trim() === "");
}

/** The request of what is typed; a copied key comes with the spaces around it. */
export function requestOf(connector: ConnectorView, typed: Typed): LinkRequest {
  const name = typed.name.trim();
  const answers = connector.asks.map((ask) => [ask.id, (typed.answers[ask.id] ?? "").trim()]);
  return {
    connector: connector.id,
    answers: Object.fromEntries(answers) as Record<string, string>,
    ...(name === "" ? {} : { name }),
  };
}
