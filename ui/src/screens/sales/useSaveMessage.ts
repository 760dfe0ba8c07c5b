import { useHost } from "../../api/client";
import { useDo } from "../../frame/session";
import { useWords } from "../../words";

/** Writes a message as a file and hands it to the person's own mail program. */
export function useSaveMessage(): (message: number) => Promise<void> {
  const say = useWords("sales");
  const run = useDo();
  const host = useHost();
  return async (message) => {
    const asked = { message, out: await host.documents() };
    const told = { title: say("saving"), done: say("emlSaved") };
    const written = await run("save_message", asked, told);
    if (written !== null) await host.show(written.path);
  };
}
