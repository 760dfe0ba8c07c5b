import type { AccountProof } from "../../api/generated";

/** Something between bank and book that a person should look at. */
export interface Finding {
  kind: "broken" | "gap" | "unproved";
  key: string;
  proof: AccountProof;
  from: string;
  to: string;
  /** Minor units that are missing or too much, where known. */
  difference_minor: number | null;
  /** The engine's own sentence, where it has one. */
  why: string | null;
}

/** What a bank account leaves open, the worst first. */
export function findingsOf(proof: AccountProof): Finding[] {
  const of = (
    kind: Finding["kind"],
    from: string,
    to: string,
    more: Partial<Finding>,
  ): Finding => ({
    kind,
    from,
    to,
    proof,
    difference_minor: null,
    why: null,
    key: `${proof.account}/${kind}/${from}/${to}`,
    ...more,
  });
  const windows = (verdict: "broken" | "unproved") =>
    proof.windows
      .filter((one) => one.verdict === verdict)
      .map(({ from, to, why }) => of(verdict, from, to, { why }));
  const broken = windows("broken").map((one) => ({
    ...one,
    difference_minor: proof.difference_minor,
  }));
  const gaps = proof.gaps.map((gap) =>
    of("gap", gap.from, gap.to, { difference_minor: gap.difference_minor }),
  );
  return [...broken, ...gaps, ...windows("unproved")];
}
