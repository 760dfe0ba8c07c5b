import { Head } from "../../frame/Frame";
import { useWords } from "../../words";

export function Taxes() {
  const say = useWords("frame");
  return <Head title={say("goTaxes")} />;
}
