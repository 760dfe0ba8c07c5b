import { Head } from "../../frame/Frame";
import { useWords } from "../../words";

export function Books() {
  const say = useWords("frame");
  return <Head title={say("goBooks")} />;
}
