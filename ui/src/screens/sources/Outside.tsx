import { IconExternalLink } from "@tabler/icons-react";
import { useHost } from "../../api/client";
import { useSession } from "../../frame/session";
import { useWords } from "../../words";

/** A page of somebody else, opened in the person's own browser. */
export function Outside(props: { url: string; children: string }) {
  const say = useWords("sources");
  const host = useHost();
  const session = useSession();
  const { url } = props;
  const refused = () =>
    session.say({ text: say("notOpened"), hint: say("notOpenedHint", { url }), failed: true });
  return (
    <button
      type="button"
      role="link"
      className="sources-outside"
      title={url}
      onClick={() => void host.browse(url).catch(refused)}
    >
      {props.children} <IconExternalLink size={13} stroke={1.8} aria-hidden />
    </button>
  );
}
