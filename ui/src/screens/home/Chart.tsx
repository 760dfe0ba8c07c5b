import { useElementSize } from "@mantine/hooks";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import type { IncomeMonth } from "../../api/generated";
import { Act } from "../../parts/Act";
import { Amount } from "../../parts/Amount";
import { amountText, decimalsOf, monthText } from "../../parts/format";
import { useLanguage, useWords, type Language } from "../../words";
import { scaleOf, signOf, type Scale } from "./scale";

/** Measures in px: room for the labels of lines at the right, and of months below. */
const HEIGHT = 196;
const TOP = 10;
const FOOT = 22;
const SIDE = 58;
const BAR = 13;

interface Given {
  months: IncomeMonth[];
  currency: string;
  /** The month that is not over: it is hatched. */
  current: string;
  open: (month: string) => void;
  /** Told which month has the focus, so that its figures can be explained. */
  onFocus: (month: string | null) => void;
}

/** Income and expenses of twelve months: bars, or the table behind them. */
export function Months(props: Given & { asTable: boolean }) {
  const say = useWords("home");
  const none = props.months.every((one) => one.income_minor === 0 && one.expense_minor === 0);
  return (
    <section className="home-months" aria-labelledby="home-months" data-panel tabIndex={-1}>
      <div className="row home-section">
        <h2 id="home-months">{say("incomeAndExpense")}</h2>
        <span className="help grow cut">{say("withDrafts")}</span>
        {!none && (
          <Act of="chartTable" size="xs">
            {props.asTable ? say("asChart") : say("asTable")}
          </Act>
        )}
      </div>
      {none && <p className="second home-none">{say("noMonths")}</p>}
      {!none && (props.asTable ? <Table {...props} /> : <Bars {...props} />)}
    </section>
  );
}

function Bars(props: Given) {
  const { months, currency } = props;
  const say = useWords("home");
  const language = useLanguage();
  const { ref, width } = useElementSize();
  const [pointed, setPointed] = useState<string | null>(null);
  const [held, setHeld] = useState<string | null>(null);
  const shown = months.find((one) => one.month === (pointed ?? held)) ?? months.at(-1);
  const room = Math.max(0, width - SIDE);
  const scale = scaleOf(months, decimalsOf(currency));
  const height = heights(scale);
  return (
    <div className="home-bars">
      <div ref={ref} onMouseLeave={() => setPointed(null)}>
        <svg
          className="home-chart"
          width={width}
          height={HEIGHT}
          role="group"
          aria-label={say("chartName", { count: months.length })}
        >
          <Lines {...{ scale, height, width, currency, language }} />
          <Bar12
            {...props}
            room={room}
            height={height}
            language={language}
            onPoint={setPointed}
            onHold={setHeld}
            held={shown?.month ?? ""}
          />
        </svg>
        {shown && <Shown month={shown} currency={currency} />}
      </div>
    </div>
  );
}

/** The heights of amounts, in px from the top. */
function heights(scale: Scale): (minor: number) => number {
  const [low, , high] = scale.lines;
  return (minor) => TOP + ((high - minor) * (HEIGHT - TOP - FOOT)) / (high - low);
}

function Lines(props: {
  scale: Scale;
  height: (minor: number) => number;
  width: number;
  currency: string;
  language: Language;
}) {
  const say = useWords("home");
  const { scale, height, width, currency, language } = props;
  const unit = 10 ** decimalsOf(currency) * (scale.thousands ? 1_000 : 1);
  const sign = signOf(currency, language);
  const label = (minor: number) => {
    if (minor === 0) return "0";
    const count = minor / unit;
    return say(scale.thousands ? "thousands" : "units", { count, sign }).replace("-", "\u2212");
  };
  return scale.lines.map((minor) => (
    <g key={minor} aria-hidden="true">
      <line
        className={minor === 0 ? "home-line zero" : "home-line"}
        x1={0}
        x2={width - SIDE + 6}
        y1={height(minor) + 0.5}
        y2={height(minor) + 0.5}
      />
      <text className="num" x={width - SIDE + 14} y={height(minor) + 4}>
        {label(minor)}
      </text>
    </g>
  ));
}

/** Two bars a month, each month one place that arrows reach. */
function Bar12(
  props: Given & {
    room: number;
    height: (minor: number) => number;
    language: Language;
    held: string;
    onPoint: (month: string) => void;
    onHold: (month: string) => void;
  },
) {
  const say = useWords("home");
  const hatch = useId();
  const places = useRef<(SVGGElement | null)[]>([]);
  const { months, room, height, language, currency, held } = props;
  const step = room / Math.max(1, months.length);
  const press = (event: KeyboardEvent, at: number) => {
    const last = months.length - 1;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    const place = to === undefined ? undefined : places.current[to];
    if (event.key === "Enter") props.open(months[at]?.month ?? "");
    else if (place) place.focus();
    else if (to === undefined) return;
    event.preventDefault();
  };
  return (
    <>
      <Hatches id={hatch} />
      {months.map((one, at) => {
        const middle = step * (at + 0.5);
        const current = one.month === props.current;
        const figures = {
          month: monthText(one.month, language),
          income: amountText(one.income_minor, language, { currency, symbol: true }),
          expense: amountText(one.expense_minor, language, { currency, symbol: true }),
        };
        return (
          <g
            key={one.month}
            ref={(place) => {
              places.current[at] = place;
            }}
            role="link"
            tabIndex={one.month === held ? 0 : -1}
            aria-label={say(current ? "currentMonthFigures" : "monthFigures", figures)}
            onKeyDown={(event) => press(event, at)}
            onFocus={() => {
              props.onHold(one.month);
              props.onFocus(one.month);
            }}
            onBlur={() => props.onFocus(null)}
            onMouseEnter={() => props.onPoint(one.month)}
            onClick={() => props.open(one.month)}
          >
            <rect
              className={one.month === held ? "home-place held" : "home-place"}
              x={step * at + 1}
              y={1}
              width={Math.max(0, step - 2)}
              height={HEIGHT - 2}
              rx={4}
            />
            <Column
              x={middle - barOf(step) - 0.5}
              minor={one.income_minor}
              height={height}
              width={barOf(step)}
              fill={current ? `url(#${hatch}-in)` : "var(--bar-in)"}
            />
            <Column
              x={middle + 0.5}
              minor={one.expense_minor}
              height={height}
              width={barOf(step)}
              fill={current ? `url(#${hatch}-out)` : "var(--bar-out)"}
            />
            <text
              className={current ? "home-now" : undefined}
              x={middle}
              y={HEIGHT - 6}
              textAnchor="middle"
              aria-hidden="true"
            >
              {initial(one.month, language)}
            </text>
          </g>
        );
      })}
    </>
  );
}

function barOf(step: number): number {
  return Math.min(BAR, Math.max(2, step * 0.36));
}

function Column(props: {
  x: number;
  width: number;
  minor: number;
  height: (minor: number) => number;
  fill: string;
}) {
  const zero = props.height(0);
  const end = props.height(props.minor);
  return (
    <rect
      x={props.x}
      y={Math.min(zero, end)}
      width={props.width}
      height={Math.abs(zero - end)}
      fill={props.fill}
    />
  );
}

function Hatches(props: { id: string }) {
  return (
    <defs>
      {(["in", "out"] as const).map((series) => (
        <pattern
          key={series}
          id={`${props.id}-${series}`}
          width={4}
          height={4}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width={2} height={4} fill={`var(--bar-${series})`} />
        </pattern>
      ))}
    </defs>
  );
}

/** The first letter of a month. */
function initial(month: string, language: Language): string {
  return monthText(month, language).charAt(0);
}

/** The row of the table that the chart shows now; it is also the chart's legend. */
function Shown(props: { month: IncomeMonth; currency: string }) {
  const say = useWords("home");
  const language = useLanguage();
  const { month, currency } = props;
  return (
    <dl className="home-shown">
      <div>
        <dt className="help">{say("month")}</dt>
        <dd className="home-sum">{monthText(month.month, language)}</dd>
      </div>
      <div>
        <dt className="help">
          <span className="home-key in" aria-hidden /> {say("income")}
        </dt>
        <dd className="home-sum">
          <Amount minor={month.income_minor} currency={currency} symbol />
        </dd>
      </div>
      <div>
        <dt className="help">
          <span className="home-key out" aria-hidden /> {say("expense")}
        </dt>
        <dd className="home-sum">
          <Amount minor={month.expense_minor} currency={currency} symbol />
        </dd>
      </div>
    </dl>
  );
}

function Table(props: Given) {
  const say = useWords("home");
  const language = useLanguage();
  const { currency } = props;
  return (
    <table className="home-table" aria-labelledby="home-months">
      <thead>
        <tr>
          <th scope="col">{say("month")}</th>
          <th scope="col" className="right">
            {say("income")}
          </th>
          <th scope="col" className="right">
            {say("expense")}
          </th>
        </tr>
      </thead>
      <tbody>
        {props.months.map((one) => (
          <tr key={one.month} className={one.month === props.current ? "hatched" : undefined}>
            <th scope="row">
              <button
                className="home-link"
                onClick={() => props.open(one.month)}
                onFocus={() => props.onFocus(one.month)}
                onBlur={() => props.onFocus(null)}
              >
                {monthText(one.month, language)}
              </button>
              {one.month === props.current && <span className="help"> {say("notOver")}</span>}
            </th>
            <td className="right">
              <Amount minor={one.income_minor} currency={currency} />
            </td>
            <td className="right">
              <Amount minor={one.expense_minor} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
