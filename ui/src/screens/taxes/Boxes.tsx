import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { MouseEvent, ReactNode } from "react";
import type { BoxView } from "../../api/generated";
import { Whole, type Rule } from "../../parts/Amount";
import { Grid } from "../../parts/Grid";
import { Empty } from "../../parts/States";
import { useWords } from "../../words";
import { boxesOf, isLow, sectionText, type BoxRow, type Shown } from "./rows";

/** Heights of a line and of a section's title, in px. */
const LINE = 32;
const SECTION = 26;

/** The boxes by section; the chosen line is the one that is explained. */
export function Boxes(props: {
  rows: Shown[];
  figure: string | null;
  currency: string;
  made: boolean;
  /** What the equality of the form's own sum says of its last figure. */
  rule: Rule;
  /** The last line of the form: what is paid, or carried over. */
  end: string | undefined;
  onFigure: (box: string) => void;
  onOpen: () => void;
  empty: string;
  onAll: () => void;
}) {
  const say = useWords("taxes");
  const isNarrow = useMediaQuery("(max-width: 1239px)", undefined, {
    getInitialValueInEffect: false,
  });
  const { rows, figure } = props;
  const selected = rows.findIndex((one) => "row" in one && holds(one.row, figure));
  const law = isNarrow ? [] : [say("text")];
  const choose = (at: number) => {
    const shown = rows[at];
    if (shown === undefined || !("row" in shown) || holds(shown.row, figure)) return;
    const { base, tax, box } = shown.row;
    props.onFigure((base ?? tax ?? box).box);
  };
  return (
    <div className={props.made ? "taxes-boxes" : "taxes-boxes taxes-pencil"}>
      <Grid
        label={say("boxes")}
        count={rows.length}
        columns={
          isNarrow
            ? "30px 34px minmax(0, 1fr) 70px 72px"
            : "30px 34px minmax(0, 1fr) 92px 66px 72px"
        }
        head={[say("lineHead"), say("case"), say("label"), ...law, say("baseHead"), say("taxHead")]}
        align={[undefined, undefined, undefined, ...law.map(() => undefined), "right", "right"]}
        height={(at) => (isSection(rows[at]) ? SECTION : LINE)}
        keyOf={(at) => keyOf(rows[at])}
        idle={(at) => isSection(rows[at])}
        rowClass={(at) => (isSection(rows[at]) ? "group" : undefined)}
        selected={selected < 0 ? null : selected}
        onSelect={choose}
        onOpen={props.onOpen}
        focus
        cells={(at) => cellsOf(rows[at], isNarrow, props, (section) => sectionText(say, section))}
        empty={
          <Empty title={props.empty}>
            <Button variant="default" onClick={props.onAll}>
              {say("showAll")}
            </Button>
          </Empty>
        }
      />
    </div>
  );
}

function holds(row: BoxRow, figure: string | null): boolean {
  return boxesOf(row).some((box) => box.box === figure);
}

function isSection(shown: Shown | undefined): boolean {
  return shown !== undefined && "section" in shown;
}

function keyOf(shown: Shown | undefined): string {
  if (shown === undefined) return "";
  return "section" in shown ? `section-${shown.section}` : shown.row.line;
}

type Given = Parameters<typeof Boxes>[0];

function cellsOf(
  shown: Shown | undefined,
  isNarrow: boolean,
  props: Given,
  title: (section: string) => string,
): ReactNode[] | undefined {
  if (shown === undefined) return undefined;
  if ("section" in shown) return [title(shown.section)];
  const { row } = shown;
  const isEnd = row.line === props.end;
  const name = row.box.case === "" || isEnd ? "strong" : undefined;
  const cell = (box: BoxView | null) => box && <Figure box={box} isEnd={isEnd} {...props} />;
  return [
    <span key="line" className="strong">
      {row.line}
    </span>,
    <span key="case" className="quiet">
      {row.box.case}
    </span>,
    <span key="label" className={name} title={row.box.label}>
      <bdi>{row.box.label}</bdi>
      {isLow(row) && <LowMark />}
    </span>,
    ...(isNarrow
      ? []
      : [
          <bdi key="law" className="help" title={row.box.law}>
            {row.box.law}
          </bdi>,
        ]),
    cell(row.base),
    cell(row.tax),
  ];
}

function LowMark() {
  const say = useWords("taxes");
  return (
    <span className="taxes-low amber" title={say("lowGrade")}>
      <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
      <span className="unseen">{say("grade-low")}</span>
    </span>
  );
}

/** A figure of a line; a click takes this one, not the line's first. */
function Figure(props: Given & { box: BoxView; isEnd: boolean }) {
  const { box, isEnd } = props;
  const take = (event: MouseEvent) => {
    event.stopPropagation();
    props.onFigure(box.box);
  };
  const isChosen = box.box === props.figure;
  const name = [isEnd ? "taxes-end" : "strong", isChosen && "taxes-chosen"]
    .filter(Boolean)
    .join(" ");
  return (
    <span className={name} onMouseDown={take}>
      {isEnd ? (
        <Whole value={box.value} currency={props.currency} rule={props.rule} />
      ) : (
        <Whole value={box.value} {...(box.value === 0 ? { className: "quiet" } : {})} />
      )}
    </span>
  );
}
