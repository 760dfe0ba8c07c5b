import { useState } from "react";
import { useCall } from "../../api/client";
import type { BoxView, Explained } from "../../api/generated";
import { Whole } from "../../parts/Amount";
import { Failed, Loading } from "../../parts/States";
import { Tag } from "../../parts/Tag";
import { useLanguage, useWords } from "../../words";
import { LeafThread, type FileAt } from "./LeafThread";
import { Tree } from "./Tree";
import { WholeFile } from "./WholeFile";
import {
  cents,
  detailBranches,
  formulaBranches,
  isFed,
  roundingText,
  type Branch,
  type Making,
} from "./branches";
import { boxText } from "./rows";

/** Why a box says what it says: formula, facts down to the bytes, roundings, law. */
export function Why(props: {
  form: string;
  period: string;
  /** The box, as the list has it. */
  box: BoxView;
  /** The base and the tax of its line. */
  sides: BoxView[];
  boxes: readonly BoxView[];
  onBox: (box: string) => void;
}) {
  const { form, period, box } = props;
  const figure = `${form.toLowerCase()}/${period}/${box.box}`;
  const found = useCall("explain", { figure });
  const say = useWords("taxes");
  const currency = found.data?.unit ?? "EUR";
  return (
    <section className="taxes-why" aria-label={say("why")} aria-busy={found.data === undefined}>
      <div className="taxes-why-head">
        <div className="grow">
          <h2>{say("why")}</h2>
          <p className="second">
            <bdi>
              {boxText(say, box.box)}, {box.label}
            </bdi>
          </p>
        </div>
        <span className="taxes-figure">
          <Whole value={box.value} currency={currency} />
        </span>
      </div>
      {props.sides.length > 1 && <Sides box={box} sides={props.sides} onBox={props.onBox} />}
      {found.error && <Failed error={found.error} again={() => void found.refetch()} />}
      {found.data === undefined && !found.error && <Loading lines={5} />}
      {found.data && <Detail key={figure} found={found.data} {...props} />}
    </section>
  );
}

/** The two figures of a line that has a base and its tax. */
function Sides(props: { box: BoxView; sides: BoxView[]; onBox: (box: string) => void }) {
  const say = useWords("taxes");
  return (
    <div className="taxes-sides" role="group" aria-label={say("sides")}>
      {props.sides.map((side) => (
        <button
          key={side.box}
          className="taxes-side"
          aria-pressed={side.box === props.box.box}
          onClick={() => props.onBox(side.box)}
        >
          {say(side.box.endsWith(".base") ? "base" : "tax")} <Whole value={side.value} />
        </button>
      ))}
    </div>
  );
}

function Detail(props: {
  found: Explained;
  box: BoxView;
  boxes: readonly BoxView[];
  onBox: (box: string) => void;
}) {
  const say = useWords("taxes");
  const language = useLanguage();
  const codes = useCall("tax_codes", {});
  const [file, setFile] = useState<FileAt | null>(null);
  const { found, box } = props;
  const making: Making = { say, language, boxes: props.boxes, codes: codes.data ?? [] };
  const leaf = (branch: Branch) =>
    branch.leaf && (
      <LeafThread
        leaf={branch.leaf}
        amount={branch.amount}
        box={boxText(say, box.box)}
        currency={found.unit}
        openFile={setFile}
      />
    );
  const roots = [
    { label: say("formulaParts"), branches: formulaBranches(found, making) },
    { label: say("facts"), branches: detailBranches(found, making) },
  ];
  return (
    <>
      <p className="taxes-formula">
        {isFed(found) ? say("fed") : <code>{found.formula.replaceAll("*", "×")}</code>}
      </p>
      <Tree roots={roots} leaf={leaf} onBox={props.onBox} />
      {found.leaves.length === 0 && <p className="second">{say("noFacts")}</p>}
      {found.roundings.map((rounding, at) => (
        <div key={at} className="taxes-rounding second" title={rounding.law}>
          <span className="grow cut">{roundingText(rounding, making)}</span>
          <span className="num">{cents(rounding.contribution, language, true)}</span>
        </div>
      ))}
      <Sum found={found} box={box} />
      <Law found={found} />
      <WholeFile file={file} close={() => setFile(null)} />
    </>
  );
}

/** The sum of the detail; proved when it is the figure of the list, to the cent. */
function Sum(props: { found: Explained; box: BoxView }) {
  const say = useWords("taxes");
  const value = Number(props.found.value);
  const agrees = value === props.box.value;
  const side = props.box.box.split(".")[1];
  const isBase =
    side === "base" || props.box.section === "taxed" || props.box.section === "untaxed";
  const proved =
    side === undefined && !isBase ? "provedFigure" : isBase ? "provedBase" : "provedTax";
  return (
    <div className="taxes-sum">
      <span className={agrees ? "second grow" : "amber grow"}>
        {agrees ? say(proved) : say("notWithAnswers")}
      </span>
      <span className="strong">
        <Whole value={value} rule={agrees ? "proved" : "unproved"} />
      </span>
    </div>
  );
}

function Law(props: { found: Explained }) {
  const say = useWords("taxes");
  const { law, grade, pack } = props.found;
  const known = (["high", "medium", "low"] as const).find((one) => one === grade);
  return (
    <section className="taxes-part">
      <div className="row">
        <h3>{say("law")}</h3>
        {known && <Tag tone={known === "low" ? "waits" : "plain"}>{say(`grade-${known}`)}</Tag>}
        <span className="grow" />
        <span className="help cut">{say("pack", { pack })}</span>
      </div>
      <p className="second">
        <bdi>{law}</bdi>
      </p>
      {law.includes("*") && <p className="help">{say("notRead")}</p>}
      {known === "low" && <p className="amber">{say("lowGrade")}</p>}
    </section>
  );
}
