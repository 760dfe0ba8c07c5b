import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import "./grid.css";

/** Rows drawn beyond what is in sight, on either side. */
const OVERSCAN = 12;
/** Height in px of the head, which stays in sight over the rows. */
const HEAD = 28;

export interface GridProps {
  /** What the list is, for those who do not see it. */
  label: string;
  /** How many rows the query has, loaded or not. */
  count: number;
  /** `grid-template-columns` of every row and of the head. */
  columns: string;
  head?: ReactNode[];
  /** Class of each column: `right` for amounts. */
  align?: (string | undefined)[];
  /** Height in px of a row; groups are lower. */
  height: (at: number) => number;
  /** Height in px of most rows, where to ask for that of each of a hundred thousand takes long. */
  usual?: number;
  keyOf: (at: number) => string | number;
  /** The cells of a row; one cell spans them all when there is only one. None while it loads. */
  cells: (at: number) => ReactNode[] | undefined;
  rowClass?: (at: number) => string | undefined;
  /** Rows that cannot be chosen: groups, what is pending. */
  idle?: (at: number) => boolean;
  selected: number | null;
  onSelect: (at: number) => void;
  onOpen?: (at: number) => void;
  /** Told of the rows in sight, to load them. */
  onSight?: (first: number, last: number) => void;
  /** Takes the focus when it appears. */
  focus?: boolean;
  empty?: ReactNode;
}

/** The one list of the interface: only the rows in sight are drawn, arrows move the choice. */
export function Grid(props: GridProps) {
  const pane = useRef<HTMLDivElement>(null);
  const { count, selected, onSight, usual } = props;
  const head = props.head ? HEAD : 0;
  const rows = useVirtualizer({
    count,
    getScrollElement: () => pane.current,
    // Rows are told apart by their place here: to name each of a hundred thousand takes long, and
    // those in sight are given their own height below.
    estimateSize: usual === undefined ? props.height : () => usual,
    overscan: OVERSCAN,
    scrollMargin: head,
    scrollPaddingStart: head,
  });
  const drawn = rows.getVirtualItems();
  const first = drawn[0]?.index ?? 0;
  const last = drawn.at(-1)?.index ?? 0;
  useEffect(() => rows.measure(), [rows, count]);
  // A row whose height is known only once it is loaded moves nothing of what is in sight.
  useEffect(() => {
    for (const { index, size } of drawn) {
      if (size !== props.height(index)) rows.resizeItem(index, props.height(index));
    }
  });
  useEffect(() => onSight?.(first, last), [onSight, first, last, count]);
  useEffect(() => {
    if (selected !== null && selected < count) rows.scrollToIndex(selected, { align: "auto" });
  }, [rows, selected, count]);
  useEffect(() => {
    if (props.focus) pane.current?.focus({ preventScroll: true });
  }, [props.focus]);

  const press = (event: KeyboardEvent) => {
    const to = moved(event.key, props, pane.current?.clientHeight ?? 0);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    props.onSelect(to);
  };
  const id = (at: number) => encodeURIComponent(`${props.label}-${props.keyOf(at)}`);

  return (
    <div className="grid">
      {/* The grid itself has the focus, so that what is chosen in it is read out. */}
      <div
        ref={pane}
        role={count === 0 ? "group" : "grid"}
        className="grid-pane"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={count === 0 ? undefined : count}
        aria-activedescendant={selected !== null && selected < count ? id(selected) : undefined}
        onKeyDown={press}
      >
        {props.head && (
          <div role={count === 0 ? undefined : "rowgroup"} className="grid-top">
            <div
              role={count === 0 ? undefined : "row"}
              className="grid-head"
              style={{ gridTemplateColumns: props.columns }}
            >
              {props.head.map((cell, at) => (
                <div
                  key={at}
                  role={count === 0 ? undefined : "columnheader"}
                  className={props.align?.[at]}
                >
                  {cell}
                </div>
              ))}
            </div>
          </div>
        )}
        {count === 0 && props.empty}
        <div
          className="grid-length"
          role={count === 0 ? undefined : "rowgroup"}
          style={{ height: rows.getTotalSize() }}
        >
          {drawn.map(({ index: at, start, size }) => {
            const cells = props.cells(at);
            const idle = props.idle?.(at) ?? false;
            const chosen = at === selected;
            const name = ["grid-row", chosen && "chosen", idle && "idle", props.rowClass?.(at)];
            return (
              <div
                key={props.keyOf(at)}
                id={id(at)}
                role="row"
                aria-rowindex={at + 1}
                aria-selected={idle ? undefined : chosen}
                className={name.filter(Boolean).join(" ")}
                style={{
                  height: size,
                  transform: `translateY(${start - head}px)`,
                  gridTemplateColumns: props.columns,
                }}
                onMouseDown={() => !idle && props.onSelect(at)}
                onDoubleClick={() => !idle && props.onOpen?.(at)}
              >
                {cells === undefined ? (
                  <div role="gridcell" className="grid-loading">
                    <span />
                  </div>
                ) : (
                  cells.map((cell, column) => (
                    <div
                      key={column}
                      role="gridcell"
                      className={["cell", cells.length === 1 ? "whole" : props.align?.[column]]
                        .filter(Boolean)
                        .join(" ")}
                    >
                      {cell}
                    </div>
                  ))
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The row that a key moves the choice to. */
function moved(key: string, props: GridProps, pane: number): number | undefined {
  const { count, selected } = props;
  const page = Math.max(1, Math.floor(pane / Math.max(1, props.height(0))) - 1);
  const at = selected ?? -1;
  const from = (start: number, step: number): number | undefined => {
    let place = Math.min(Math.max(start, 0), count - 1);
    while (place >= 0 && place < count && props.idle?.(place)) place += step;
    return place >= 0 && place < count ? place : undefined;
  };
  switch (key) {
    case "ArrowDown":
      return from(at + 1, 1);
    case "ArrowUp":
      return from(at - 1, -1);
    case "PageDown":
      return from(at + page, 1) ?? from(count - 1, -1);
    case "PageUp":
      return from(at - page, -1) ?? from(0, 1);
    case "Home":
      return from(0, 1);
    case "End":
      return from(count - 1, -1);
    default:
      return undefined;
  }
}
