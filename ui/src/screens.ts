import {
  IconArrowsExchange,
  IconBook2,
  IconBuildingBank,
  IconHistory,
  IconHome,
  IconSettings,
} from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
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
  icon: ComponentType<{ size: number; stroke: number }>;
  screen: () => ReactNode;
}

/** Every screen, in the order of the sidebar. */
export const SCREENS: readonly ScreenPlace[] = [
  { path: "/home", action: "goHome", icon: IconHome, screen: Home },
  { path: "/bank", action: "goBank", icon: IconArrowsExchange, screen: Bank },
  { path: "/books", action: "goBooks", icon: IconBook2, screen: Books },
  { path: "/taxes", action: "goTaxes", icon: IconBuildingBank, screen: Taxes },
  { path: "/history", action: "goHistory", icon: IconHistory, screen: History },
  { path: "/settings", action: "goSettings", icon: IconSettings, screen: Settings },
];
