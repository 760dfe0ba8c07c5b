import { isTauri } from "@tauri-apps/api/core";
import type { Host } from "./host";

export type { Answer, Drop, Host, OpenedWith, Reply, Request } from "./host";

/** The host this page runs in; each is loaded only where it is used. */
export async function findHost(): Promise<Host> {
  if (isTauri()) return (await import("./tauri")).tauriHost();
  return (await import("./browser")).browserHost();
}
