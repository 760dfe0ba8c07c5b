import { Head } from "../../frame/Frame";
import { useWords } from "../../words";

export function Settings() {
  const say = useWords("frame");
  return <Head title={say("goSettings")} />;
}
