import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useWords } from "../../words";
import type { Branch } from "./branches";

export interface Roots {
  label: string;
  branches: Branch[];
}

/** Rows that open, moved through by arrows: up and down between those in sight, right opens or goes
 *  in, left closes or goes out. Tab goes on to what an open row shows. */
export function Tree(props: {
  roots: Roots[];
  leaf: (branch: Branch) => ReactNode;
  onBox: (box: string) => void;
}) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const first = props.roots.flatMap((root) => root.branches).find(opens)?.key;
  const toggle = (key: string, wanted: boolean) =>
    setOpen((before) => {
      const after = new Set(before);
      if (wanted) after.add(key);
      else after.delete(key);
      return after;
    });

  const press = (event: KeyboardEvent) => {
    const row = event.target instanceof HTMLElement ? event.target : null;
    const key = row?.dataset["branch"];
    if (row === null || key === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = stepOf(event.key, row, tree.current, open.has(key));
    if (step === null) return;
    event.preventDefault();
    if (step === "open" || step === "close") toggle(key, step === "open");
    else step.focus();
  };
  const current = at ?? first;
  return (
    <div ref={tree} className="taxes-tree" onKeyDown={press}>
      {props.roots
        .filter((root) => root.branches.length > 0)
        .map((root) => (
          <Rows
            key={root.label}
            label={root.label}
            branches={root.branches}
            {...{ open, toggle, current, setAt, leaf: props.leaf, onBox: props.onBox }}
          />
        ))}
    </div>
  );
}

function opens(branch: Branch): boolean {
  return branch.leaf !== undefined || (branch.children?.length ?? 0) > 0;
}

/** What a key does to a row: opens or closes it, or moves to another. */
function stepOf(key: string, row: HTMLElement, tree: HTMLElement | null, isOpen: boolean) {
  const rows = [...(tree?.querySelectorAll<HTMLElement>("[data-branch]") ?? [])];
  const at = rows.indexOf(row);
  switch (key) {
    case "ArrowDown":
      return rows[at + 1] ?? row;
    case "ArrowUp":
      return rows[at - 1] ?? row;
    case "Home":
      return rows[0] ?? row;
    case "End":
      return rows.at(-1) ?? row;
    case "ArrowRight":
      return isOpen ? (rows[at + 1] ?? row) : "open";
    case "ArrowLeft": {
      if (isOpen) return "close";
      const parent = row.closest("ul")?.closest("li");
      return parent?.querySelector<HTMLElement>("[data-branch]") ?? row;
    }
    default:
      return null;
  }
}

interface Held {
  open: ReadonlySet<string>;
  toggle: (key: string, wanted: boolean) => void;
  /** The one row that Tab comes to. */
  current: string | undefined;
  setAt: (key: string) => void;
  leaf: (branch: Branch) => ReactNode;
  onBox: (box: string) => void;
}

function Rows(props: Held & { branches: Branch[]; label?: string }) {
  const { branches, label, ...held } = props;
  return (
    <ul aria-label={label}>
      {branches.map((branch) => (
        <Row key={branch.key} branch={branch} {...held} />
      ))}
    </ul>
  );
}

function Row(props: Held & { branch: Branch }) {
  const { branch, ...held } = props;
  const isOpen = held.open.has(branch.key);
  return (
    <li>
      <div className="taxes-branch-line">
        {opens(branch) ? (
          <button
            data-branch={branch.key}
            className="taxes-branch"
            aria-expanded={isOpen}
            tabIndex={branch.key === held.current ? 0 : -1}
            onFocus={() => held.setAt(branch.key)}
            onClick={() => held.toggle(branch.key, !isOpen)}
          >
            {isOpen ? (
              <IconChevronDown size={14} stroke={1.8} aria-hidden />
            ) : (
              <IconChevronRight size={14} stroke={1.8} aria-hidden />
            )}
            <RowText branch={branch} />
          </button>
        ) : (
          <div className="taxes-branch">
            <span className="taxes-branch-mark" />
            <RowText branch={branch} />
          </div>
        )}
        {branch.box !== undefined && (
          <GoToBox box={branch.box} onBox={held.onBox} text={branch.text} />
        )}
      </div>
      {isOpen && branch.children && <Rows branches={branch.children} {...held} />}
      {isOpen && branch.leaf && <div className="taxes-leaf">{held.leaf(branch)}</div>}
    </li>
  );
}

function RowText(props: { branch: Branch }) {
  const { text, about, amount } = props.branch;
  return (
    <>
      <span className="taxes-branch-text">
        <bdi className="cut" title={text}>
          {text}
        </bdi>
        {about && (
          <bdi className="help cut" title={about}>
            {about}
          </bdi>
        )}
      </span>
      <span className="num strong">{amount}</span>
    </>
  );
}

function GoToBox(props: { box: string; text: string; onBox: (box: string) => void }) {
  const say = useWords("taxes");
  return (
    <button className="taxes-go" onClick={() => props.onBox(props.box)}>
      {say("goTo")}
      <span className="unseen"> {props.text}</span>
    </button>
  );
}
