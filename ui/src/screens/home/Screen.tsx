import { Head } from "../../frame/Frame";
import { useWords } from "../../words";

export function Home() {
  const say = useWords("frame");
  return <Head title={say("goHome")} />;
}
