import { Button } from "@mantine/core";
import { cap } from "../../actions";
import { Cap } from "../../parts/Keys";
import { useLanguage, useWords } from "../../words";

/** Out of a form, which keeps nothing. */
export function Back(props: { onClick: () => void }) {
  const say = useWords("bank");
  const language = useLanguage();
  return (
    <Button
      variant="default"
      onClick={props.onClick}
      rightSection={<Cap>{cap("Escape", language)}</Cap>}
    >
      {say("back")}
    </Button>
  );
}
