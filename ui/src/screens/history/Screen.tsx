import { Head } from "../../frame/Frame";
import { useWords } from "../../words";

export function History() {
  const say = useWords("frame");
  return <Head title={say("goHistory")} />;
}
