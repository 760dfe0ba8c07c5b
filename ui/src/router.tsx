import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
} from "@tanstack/react-router";
import { Frame } from "./frame/Frame";
import { SCREENS } from "./screens";

const root = createRootRoute({ component: Frame });

const index = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/home" });
  },
});

const places = SCREENS.map(({ path, screen }) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: screen,
    // What a screen shows stands in its address, so that back and forward work.
    validateSearch: (search: Record<string, unknown>): Search => readSearch(search),
  }),
);

/** What any screen may keep in its address. */
export interface Search {
  tab?: string;
  account?: string;
  party?: string;
  invoice?: number;
  period?: string;
  figure?: string;
  id?: number;
  from?: string;
  to?: string;
  state?: string;
}

function readSearch(search: Record<string, unknown>): Search {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === "string" || typeof value === "number" ? { [name]: String(value) } : {};
  };
  const number = (name: string) => {
    const value = Number(search[name]);
    return Number.isSafeInteger(value) && value > 0 ? { [name]: value } : {};
  };
  return {
    ...text("tab"),
    ...text("account"),
    ...text("party"),
    ...text("period"),
    ...text("figure"),
    ...text("from"),
    ...text("to"),
    ...text("state"),
    ...number("id"),
    ...number("invoice"),
  };
}

export const router = createRouter({
  routeTree: root.addChildren([index, ...places]),
  history: createHashHistory(),
  defaultPreload: false,
});
