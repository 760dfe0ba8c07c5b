import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { open } from "@tauri-apps/plugin-dialog";
import type { Event } from "../api/generated";
import type { Host, OpenedWith, Reply } from "./host";

/** The interface in the desktop window. */
export function tauriHost(): Host {
  return {
    framed: true,
    call: (request) => invoke<Reply>("call", { request }),
    cancel: (id) => invoke("cancel", { id }),
    listen: (hears) => forget(listen<Event>("comptoir", (told) => hears(told.payload))),
    chooseFiles: async () => (await open({ multiple: true, directory: false })) ?? [],
    chooseBook: () =>
      open({ multiple: false, filters: [{ name: "Comptoir", extensions: ["comptoir"] }] }),
    onDrop(drop) {
      const ends = [
        forget(listen("tauri://drag-enter", () => drop.over())),
        forget(listen("tauri://drag-leave", () => drop.leave())),
        forget(
          listen<{ paths: string[] }>("tauri://drag-drop", (told) => {
            drop.leave();
            drop.files(told.payload.paths);
          }),
        ),
      ];
      return () => ends.forEach((end) => end());
    },
    openedWith: () => invoke<OpenedWith>("opened_with"),
    documents: () => invoke<string>("documents"),
    browse: (url) => invoke("browse", { url }),
    show: (path) => invoke("show", { path }),
  };
}

/** Ends a listener whose start is still under way. */
function forget(started: Promise<() => void>): () => void {
  return () => void started.then((end) => end());
}
