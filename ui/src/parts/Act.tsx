import { Button, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { ariaKeys, useHandlers, type ActionId } from "../actions";
import { Keys } from "./Keys";

/** The button of an action: what it does, its key, and why it cannot if it cannot. */
export function Act(props: {
  of: ActionId;
  children: string;
  main?: boolean;
  icon?: ReactNode;
  loading?: boolean;
  size?: "sm" | "xs";
  danger?: boolean;
}) {
  const handler = useHandlers()(props.of);
  const why = handler?.disabled;
  const button = (
    <Button
      variant={props.main ? "filled" : "default"}
      size={props.size ?? "sm"}
      leftSection={props.icon}
      rightSection={<Keys of={props.of} />}
      loading={props.loading ?? false}
      disabled={handler === undefined}
      data-disabled={why !== undefined || undefined}
      aria-disabled={why !== undefined || undefined}
      aria-keyshortcuts={ariaKeys(props.of)}
      className={props.danger ? "danger" : undefined}
      onClick={() => why === undefined && handler?.run()}
    >
      {props.children}
    </Button>
  );
  return why === undefined ? button : <Tooltip label={why}>{button}</Tooltip>;
}
