import { Button, Modal } from "@mantine/core";
import { Cap } from "../../parts/Keys";
import { useWords } from "../../words";

/** One look before many lines are booked at once: how many, and what is not in sight. */
export function AskSure(props: {
  opened: boolean;
  count: number;
  /** Sure lines on accounts that are not shown. */
  elsewhere: number;
  /** Whether the list is longer than what was loaded. */
  more: boolean;
  close: () => void;
  accept: () => void;
}) {
  const say = useWords("bank");
  const { count, elsewhere, close } = props;
  return (
    <Modal
      opened={props.opened}
      onClose={close}
      title={<span className="strong">{say("acceptSure", { count })}</span>}
      closeButtonProps={{ "aria-label": say("back") }}
    >
      <div className="bank-asking">
        <p>{say("acceptSureText", { count })}</p>
        {elsewhere > 0 && <p className="amber">{say("sureElsewhere", { count: elsewhere })}</p>}
        {props.more && <p className="second">{say("sureMore")}</p>}
        <div className="row bank-buttons">
          <Button data-autofocus onClick={props.accept} rightSection={<Cap>↵</Cap>}>
            {say("acceptSure", { count })}
          </Button>
          <Button variant="default" onClick={close}>
            {say("back")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
