import { useCallback, useMemo, useState } from "react";
import { useBook } from "../../api/client";

/** Answers given to a preview, by question: kept while the window is open, until they are made. */
export function useAnswers(form: string, period: string) {
  const key = `comptoir-answers ${useBook()} ${form} ${period}`;
  const [version, setVersion] = useState(0);
  // `version` tells that what is kept under the key has changed.
  const answers = useMemo(() => (version < 0 ? {} : read(key)), [key, version]);
  const give = useCallback(
    (id: string, answer: string | null) => {
      const { [id]: _before, ...rest } = read(key);
      const after = answer === null ? rest : { ...rest, [id]: answer };
      sessionStorage.setItem(key, JSON.stringify(after));
      setVersion((before) => before + 1);
    },
    [key],
  );
  return [answers, give] as const;
}

function read(key: string): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    const isAnswer = ([, value]: [string, unknown]) =>
      typeof value === "string" && /^\d+$/.test(value);
    return Object.fromEntries(Object.entries(kept).filter(isAnswer)) as Record<string, string>;
  } catch {
    return {};
  }
}
