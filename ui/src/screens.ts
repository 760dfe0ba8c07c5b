import type { ReactNode } from "react";
import type { ActionId } from "./actions";
import { Bank } from "./screens/bank/Screen";
import { Books } from "./screens/books/Screen";
import { History } from "./screens/history/Screen";
import { Home } from "./screens/home/Screen";
import { Settings } from "./screens/settings/Screen";
import { Taxes } from "./screens/taxes/Screen";

/** A place of the frame. The words of a screen are those of its action. */
export interface ScreenPlace {
  path: string;
  action: ActionId;
  screen: () => ReactNode;
}

/** Every screen, in the order of the sidebar. */
export const SCREENS: readonly ScreenPlace[] = [
  { path: "/home", action: "goHome", screen: Home },
  { path: "/bank", action: "goBank", screen: Bank },
  { path: "/books", action: "goBooks", screen: Books },
  { path: "/taxes", action: "goTaxes", screen: Taxes },
  { path: "/history", action: "goHistory", screen: History },
  { path: "/settings", action: "goSettings", screen: Settings },
];
