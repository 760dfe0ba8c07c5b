import { Head } from "../../frame/Frame";
import { useWords } from "../../words";

export function Bank() {
  const say = useWords("frame");
  return <Head title={say("goBank")} />;
}
