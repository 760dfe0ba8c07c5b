import type { LineStateView } from "../../api/generated";
import { Tag, type Tone } from "../../parts/Tag";
import { useWords } from "../../words";

const TONES: Record<LineStateView, Tone> = {
  inbox: "waits",
  booked: "plain",
  dismissed: "plain",
  held: "waits",
  gone: "broken",
  before: "closed",
};

/** Where a line stands, in a word; a draft that books it is pencilled. */
export function StateTag(props: { state: LineStateView; draft: boolean | null }) {
  const say = useWords("bank");
  const { state, draft } = props;
  if (state !== "booked") return <Tag tone={TONES[state]}>{say(`state-${state}`)}</Tag>;
  return (draft ?? true) ? (
    <Tag tone="pencil">{say("state-draft")}</Tag>
  ) : (
    <Tag tone="plain">{say("state-posted")}</Tag>
  );
}
