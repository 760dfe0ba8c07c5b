import {
  IconArrowsExchange,
  IconBook2,
  IconBuildingBank,
  IconFileInvoice,
  IconHistory,
  IconHome,
  IconSettings,
  IconTopologyStar3,
  IconUsers,
} from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import type { ActionId } from "./actions";
import { Bank } from "./screens/bank/Screen";
import { Books } from "./screens/books/Screen";
import { History } from "./screens/history/Screen";
import { Home } from "./screens/home/Screen";
import { Parties } from "./screens/parties/Screen";
import { Sales } from "./screens/sales/Screen";
import { Settings } from "./screens/settings/Screen";
import { Sources } from "./screens/sources/Screen";
import { Taxes } from "./screens/taxes/Screen";

/** A place of the frame. The words of a screen are those of its action. */
export interface ScreenPlace {
  path: string;
  action: ActionId;
  icon: ComponentType<{ size: number; stroke: number }>;
  screen: () => ReactNode;
  /** Begins another group of the sidebar. */
  apart?: true;
}

/** Every screen, in the order of the sidebar. */
export const SCREENS: readonly ScreenPlace[] = [
  { path: "/home", action: "goHome", icon: IconHome, screen: Home },
  { path: "/bank", action: "goBank", icon: IconArrowsExchange, screen: Bank },
  { path: "/sales", action: "goSales", icon: IconFileInvoice, screen: Sales },
  { path: "/books", action: "goBooks", icon: IconBook2, screen: Books },
  { path: "/taxes", action: "goTaxes", icon: IconBuildingBank, screen: Taxes },
  { path: "/sources", action: "goSources", icon: IconTopologyStar3, screen: Sources },
  { path: "/parties", action: "goParties", icon: IconUsers, screen: Parties, apart: true },
  { path: "/history", action: "goHistory", icon: IconHistory, screen: History },
  { path: "/settings", action: "goSettings", icon: IconSettings, screen: Settings },
];
