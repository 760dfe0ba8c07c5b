import type { Event } from "../api/generated";
import type { Drop, Host, Reply, Request } from "./host";

const KEPT = "comptoir-token";
const KEPT_BOOK = "comptoir-book";

/** The token stands in the address only until it is read once. */
function takeToken(): string {
  const given = new URLSearchParams(location.hash.slice(1));
  const token = given.get("token");
  if (token !== null) {
    sessionStorage.setItem(KEPT, token);
    const book = given.get("book");
    if (book !== null) sessionStorage.setItem(KEPT_BOOK, book);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(KEPT) ?? "";
}

/** The interface in a browser, over the loopback shell. */
export function browserHost(): Host {
  const token = takeToken();

  async function post<T>(path: string, body: BodyInit, type: string): Promise<T> {
    const headers = { authorization: `Bearer ${token}`, "content-type": type };
    const response = await fetch(path, { method: "POST", headers, body });
    if (!response.ok) throw new Error(`${response.status}`);
    return (await response.json()) as T;
  }
  const json = <T>(path: string, body: unknown) =>
    post<T>(path, JSON.stringify(body), "application/json");

  async function upload(files: Iterable<File>): Promise<string[]> {
    const paths: string[] = [];
    for (const file of files) {
      const path = `/files?name=${encodeURIComponent(file.name)}`;
      const kept = await post<{ path: string }>(path, file, "application/octet-stream");
      paths.push(kept.path);
    }
    return paths;
  }

  return {
    framed: true,
    call: (request: Request) => json<Reply>("/call", request),
    cancel: async (id) => void (await json("/cancel", { id })),
    listen(hears) {
      const source = new EventSource(`/events?token=${token}`);
      let broken = false;
      source.onmessage = (message) => hears(JSON.parse(message.data as string) as Event);
      source.onerror = () => (broken = true);
      // What was told while the connection was away is lost.
      source.onopen = () => broken && hears({ kind: "lagged" });
      return () => source.close();
    },
    chooseFiles: () => choose(true).then(upload),
    chooseBook: async () => null,
    onDrop: (drop) => listenToDrops(drop, upload),
    openedWith: async () => {
      const book = sessionStorage.getItem(KEPT_BOOK);
      sessionStorage.removeItem(KEPT_BOOK);
      return { book, files: [] };
    },
    documents: async () => (await json<{ path: string }>("/folder", {})).path,
    browse: async (url) => void window.open(url, "_blank", "noopener,noreferrer"),
    show: async (path) => {
      window.open(`/saved?token=${token}&path=${encodeURIComponent(path)}`, "_blank");
    },
  };
}

/** The browser's own file dialog. */
function choose(multiple: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = multiple;
    input.onchange = () => resolve([...(input.files ?? [])]);
    input.oncancel = () => resolve([]);
    input.click();
  });
}

function listenToDrops(drop: Drop, upload: (files: Iterable<File>) => Promise<string[]>) {
  const controller = new AbortController();
  const { signal } = controller;
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  let depth = 0;
  window.addEventListener(
    "dragenter",
    (event) => {
      if (holdsFiles(event) && depth++ === 0) drop.over();
    },
    { signal },
  );
  window.addEventListener(
    "dragleave",
    (event) => {
      if (holdsFiles(event) && --depth === 0) drop.leave();
    },
    { signal },
  );
  window.addEventListener("dragover", (event) => event.preventDefault(), { signal });
  window.addEventListener(
    "drop",
    (event) => {
      event.preventDefault();
      depth = 0;
      drop.leave();
      const files = [...(event.dataTransfer?.files ?? [])];
      // A folder, or a file that vanished, cannot be read: the engine is asked for it by its name
      // and answers with its own sentence.
      void upload(files)
        .catch(() => files.map((file) => file.name))
        .then((paths) => drop.files(paths));
    },
    { signal },
  );
  return () => controller.abort();
}
