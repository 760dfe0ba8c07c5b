import { useState } from "react";
import { useSession } from "../../frame/session";
import { useUnsealed } from "../../frame/Passphrase";
import { useWords } from "../../words";

/** Sends what waits; where the passwords are sealed, once the passphrase was given. */
export function useSending(): { send: () => void; busy: boolean } {
  const say = useWords("sales");
  const run = useUnsealed();
  const session = useSession();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (busy) return;
    setBusy(true);
    const outbox = await run("run_outbox", {}, { title: say("sending") });
    setBusy(false);
    const stopped = outbox?.stopped ?? null;
    if (stopped === null) return;
    session.say({ text: stopped.message, hint: stopped.hint, failed: true });
  };
  return { send: () => void send(), busy };
}
