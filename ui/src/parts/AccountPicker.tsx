import { useMemo } from "react";
import type { AccountChoice } from "../api/generated";
import { Amount } from "./Amount";
import { SearchPicker } from "./SearchPicker";
import type { Choice } from "./searching";

const NONE: readonly string[] = [];

/** An account by its number or name: those used lately first, then those in use, then the rest of
 *  the chart. Shows each one's balance. The caller leaves out what may not be chosen. */
export function AccountPicker(props: {
  label: string;
  accounts: AccountChoice[];
  value: string | null;
  onChange: (code: string | null) => void;
  autoFocus?: boolean;
  error?: string;
  recent?: string[];
}) {
  const { accounts, recent = NONE, ...field } = props;
  const choices = useMemo(() => inOrder(accounts, recent).map(choiceOf), [accounts, recent]);
  return <SearchPicker {...field} choices={choices} />;
}

function inOrder(accounts: AccountChoice[], recent: readonly string[]): AccountChoice[] {
  const place = (one: AccountChoice) => {
    const lately = recent.indexOf(one.code);
    return lately >= 0 ? lately : recent.length + (one.used ? 0 : 1);
  };
  return [...accounts].sort((one, other) => place(one) - place(other));
}

function choiceOf(account: AccountChoice): Choice {
  const { code, name, balance_minor } = account;
  const balance = balance_minor === 0 ? null : <Amount minor={balance_minor} />;
  return { value: code, code, name, end: <span className="second">{balance}</span> };
}
