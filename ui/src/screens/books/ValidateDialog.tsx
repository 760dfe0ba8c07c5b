import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { BookView, Day } from "../../api/generated";
import { useDo, useSession } from "../../frame/session";
import { DayInput } from "../../parts/DayInput";
import { Keys } from "../../parts/Keys";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";

/** Names the day and how many drafts: what is posted stays. */
export function ValidateDialog(props: {
  book: BookView;
  /** The day first proposed. */
  upTo: Day;
  opened: boolean;
  close: () => void;
}) {
  const say = useWords("books");
  return (
    <Modal
      opened={props.opened}
      onClose={props.close}
      title={say("validateTitle")}
      closeButtonProps={{ "aria-label": say("close") }}
    >
      {props.opened && <Asked {...props} />}
    </Modal>
  );
}

function Asked(props: { book: BookView; upTo: Day; close: () => void }) {
  const say = useWords("books");
  const language = useLanguage();
  const run = useDo();
  const session = useSession();
  const [day, setDay] = useState<Day | null>(props.upTo);
  const [busy, setBusy] = useState(false);
  const count = useDraftsUpTo(day);
  const post = async () => {
    if (day === null || busy || !count) return;
    setBusy(true);
    const done = await run("validate", { up_to: day }, { title: say("posting") });
    setBusy(false);
    if (done === null) return;
    props.close();
    session.say({ text: say("postedCount", { count: done.posted }), hint: say("notUndone") });
  };
  useAction("validate", () => void post());
  const shown = day === null ? "" : dayText(day, language, props.book.today);
  return (
    <div className="books-dialog">
      <DayInput
        label={say("upTo")}
        value={day}
        onChange={setDay}
        today={props.book.today}
        autoFocus
      />
      <p role="status">
        {day === null
          ? say("noDay")
          : count === undefined
            ? "…"
            : say(count === 0 ? "noDraftsUpTo" : "draftsUpTo", { count, day: shown })}
      </p>
      <p className="second">{say("notUndone")}</p>
      <div className="row">
        <Button
          loading={busy}
          disabled={!count}
          rightSection={<Keys of="validate" />}
          onClick={() => void post()}
        >
          {say("validateCount", { count: count ?? 0 })}
        </Button>
        <Button variant="default" onClick={props.close}>
          {say("close")}
        </Button>
      </div>
    </div>
  );
}

/** How many entries up to a day are drafts: all of them less those that stand. */
function useDraftsUpTo(day: Day | null): number | undefined {
  const asked = { ...(day === null ? {} : { to: day }) };
  const enabled = day !== null;
  const all = useCall("journal_days", { ...asked, drafts: true }, { enabled });
  const posted = useCall("journal_days", { ...asked, drafts: false }, { enabled });
  if (all.data === undefined || posted.data === undefined) return undefined;
  const total = (days: readonly { count: number }[]) =>
    days.reduce((sum, one) => sum + one.count, 0);
  return total(all.data) - total(posted.data);
}
