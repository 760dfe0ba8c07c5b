/** Every action there is: its place in the sheet of keys and the keys that run it. The label of an
 *  action is its id in the words of its area. `mod` is Ctrl, and ⌘ on a Mac. */
export const ACTIONS = {
  palette: { group: "everywhere", keys: ["mod+k"] },
  goHome: { group: "everywhere", keys: ["g a"] },
  goBank: { group: "everywhere", keys: ["g b"] },
  goBooks: { group: "everywhere", keys: ["g l"] },
  goTaxes: { group: "everywhere", keys: ["g t"] },
  goHistory: { group: "everywhere", keys: ["g h"] },
  goSettings: { group: "everywhere", keys: ["mod+,"] },
  openFile: { group: "everywhere", keys: ["mod+o"] },
  undo: { group: "everywhere", keys: ["mod+z"] },
  back: { group: "everywhere", keys: ["alt+ArrowLeft"] },
  forward: { group: "everywhere", keys: ["alt+ArrowRight"] },
  keys: { group: "everywhere", keys: ["?"] },
  nextPanel: { group: "everywhere", keys: ["F6"] },
  close: { group: "everywhere", keys: ["Escape"] },
  openRow: { group: "lists", keys: ["Enter"] },
  search: { group: "lists", keys: ["/"] },
  why: { group: "lists", keys: ["p"] },
  newEntry: { group: "books", keys: ["n"] },
  validate: { group: "books", keys: ["mod+Enter"] },
  reverse: { group: "books", keys: ["x"] },
  deleteDraft: { group: "books", keys: ["Delete"] },
  print: { group: "books", keys: ["mod+p"] },
  previousPeriod: { group: "books", keys: ["ArrowLeft"] },
  nextPeriod: { group: "books", keys: ["ArrowRight"] },
  accept: { group: "bank", keys: ["Enter"] },
  acceptSure: { group: "bank", keys: ["shift+Enter"] },
  classify: { group: "bank", keys: ["c"] },
  unmatch: { group: "bank", keys: ["u"] },
  setAside: { group: "bank", keys: ["e"] },
} as const satisfies Record<string, { group: string; keys: readonly string[] }>;

export type ActionId = keyof typeof ACTIONS;
export type Group = (typeof ACTIONS)[ActionId]["group"];
export const GROUPS: readonly Group[] = ["everywhere", "lists", "bank", "books"];
