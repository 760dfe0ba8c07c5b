import type { LineView } from "../../api/generated";

/** A row of the inbox: the day of those under it, or a line. */
export type Row =
  | { kind: "day"; key: string; day: string; count: number }
  | { kind: "line"; key: string; line: LineView };

/** Puts lines that are on their way out back between those that stay, so that no row moves while
 *  someone looks at it. */
export function withLeaving(lines: readonly LineView[], leaving: readonly LineView[]): LineView[] {
  if (leaving.length === 0) return [...lines];
  const known = new Set(lines.map((line) => line.id));
  const gone = leaving.filter((line) => !known.has(line.id));
  const kept = [...lines];
  for (const line of gone) {
    const after = kept.findIndex((other) => isAfter(other, line));
    kept.splice(after < 0 ? kept.length : after, 0, line);
  }
  return kept;
}

function isAfter(one: LineView, other: LineView): boolean {
  return one.day === other.day ? one.id > other.id : one.day > other.day;
}

/** Lines under their days, in the order given. */
export function inDays(lines: readonly LineView[]): Row[] {
  const rows: Row[] = [];
  let from = 0;
  while (from < lines.length) {
    const day = lines[from]?.day ?? "";
    const rest = lines.slice(from);
    const end = rest.findIndex((line) => line.day !== day);
    const these = end < 0 ? rest : rest.slice(0, end);
    // A line in another currency stands at the end, so a day may come twice.
    rows.push({ kind: "day", key: `${day}/${from}`, day, count: these.length });
    rows.push(...these.map((line) => ({ kind: "line" as const, key: String(line.id), line })));
    from += these.length;
  }
  return rows;
}

/** The line that the choice moves to when one goes away: the next, else the one before. */
export function nextTo(
  lines: readonly LineView[],
  id: number,
  away: ReadonlySet<number>,
): number | null {
  const at = lines.findIndex((line) => line.id === id);
  const stays = (line: LineView) => line.id !== id && !away.has(line.id);
  return (
    (lines.slice(at + 1).find(stays) ?? lines.slice(0, Math.max(0, at)).findLast(stays))?.id ?? null
  );
}
