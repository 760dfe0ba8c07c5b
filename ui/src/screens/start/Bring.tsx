import { Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconArchive,
  IconCheck,
  IconFileDownload,
  IconFileText,
  IconSparkles,
  IconX,
} from "@tabler/icons-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useAction } from "../../actions";
import type { StatementFile, StatementView } from "../../api/generated";
import { Act } from "../../parts/Act";
import { amountText, dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { fileName, type Brought } from "./files";

/** The second step: files first. What was understood of each is said before anything is kept. */
export function Bring(props: {
  brought: Brought;
  firstDay: string;
  busy: boolean;
  children?: ReactNode;
  onSample: () => void;
  onBack: () => void;
  onDone: () => void;
}) {
  const say = useWords("start");
  const { brought, busy } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => void heading.current?.focus({ preventScroll: true }), []);
  const empty = brought.files.length === 0 && brought.history === null;
  useAction("openFile", brought.choose, busy ? say("busy") : undefined);
  useAction("openRow", props.onDone, busy ? say("busy") : undefined);
  return (
    <div className="start-wide">
      <h1 ref={heading} tabIndex={-1}>
        {say("bringTitle")}
      </h1>
      <p className="start-lead">{say("bringLead")}</p>
      <div className={brought.over ? "start-zone over" : "start-zone"}>
        <IconFileDownload size={26} stroke={1.6} aria-hidden />
        <h2>{say("drop")}</h2>
        <p className="second">{say("formats")}</p>
        <Act of="openFile" main={empty}>
          {say("chooseFiles")}
        </Act>
      </div>
      <Ways {...props} />
      {!empty && <Received {...props} />}
      {props.children}
      <div className="start-buttons">
        <Act of="openRow" main={!empty}>
          {empty ? say("skipFiles") : say("seeBooks")}
        </Act>
        <Button variant="default" className="start-plain" disabled={busy} onClick={props.onBack}>
          {say("goBack")}
        </Button>
      </div>
    </div>
  );
}

function Ways(props: { brought: Brought; busy: boolean; onSample: () => void }) {
  const say = useWords("start");
  const size = { size: 19, stroke: 1.6, "aria-hidden": true };
  return (
    <div className="start-ways">
      <Way icon={<IconArchive {...size} />} title={say("history")} about={say("historyAbout")}>
        <button
          type="button"
          className="start-link"
          disabled={props.busy}
          onClick={props.brought.chooseHistory}
        >
          {say("historyChoose")}
        </button>
      </Way>
      <Way icon={<IconSparkles {...size} />} title={say("sampleShort")} about={say("sampleAbout")}>
        <button type="button" className="start-link" disabled={props.busy} onClick={props.onSample}>
          {say("sample")}
        </button>
      </Way>
    </div>
  );
}

function Way(props: { icon: ReactNode; title: string; about: string; children: ReactNode }) {
  return (
    <section>
      {props.icon}
      <h2>{props.title}</h2>
      <p className="help">{props.about}</p>
      {props.children}
    </section>
  );
}

function Received(props: { brought: Brought; firstDay: string; busy: boolean }) {
  const say = useWords("start");
  const { files, remove, history, removeHistory } = props.brought;
  const count = files.length + (history === null ? 0 : 1);
  return (
    <section className="start-received" aria-labelledby="start-received">
      <div role="status">
        <h2 id="start-received">{say("received", { count })}</h2>
      </div>
      <ul>
        {history !== null && (
          <li>
            <FileHead name={history} busy={props.busy} remove={removeHistory}>
              {say("historyKept")}
            </FileHead>
          </li>
        )}
        {files.map((file) => (
          <li key={file.file}>
            <Understood
              file={file}
              firstDay={props.firstDay}
              busy={props.busy}
              remove={() => remove(file)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function FileHead(props: {
  name: string;
  busy: boolean;
  refused?: boolean;
  remove: () => void;
  children: ReactNode;
}) {
  const say = useWords("start");
  const name = fileName(props.name);
  const Icon = props.refused ? IconAlertTriangle : IconFileText;
  return (
    <div className="row">
      <Icon size={15} stroke={1.6} className={props.refused ? "red" : "quiet"} aria-hidden />
      <bdi className="strong cut" title={name}>
        {name}
      </bdi>
      <span className="help cut grow">{props.children}</span>
      <button
        type="button"
        className="start-remove"
        disabled={props.busy}
        aria-label={say("remove", { name })}
        onClick={props.remove}
      >
        <IconX size={15} stroke={1.6} aria-hidden />
      </button>
    </div>
  );
}

/** Remarks shown of a file; a broken one may have thousands. */
const MOST_REMARKS = 4;

function Understood(props: {
  file: StatementFile;
  firstDay: string;
  busy: boolean;
  remove: () => void;
}) {
  const say = useWords("start");
  const { file, firstDay, busy, remove } = props;
  if (file.refused !== null) {
    return (
      <>
        <FileHead name={file.file} refused busy={busy} remove={remove}>
          {say("notUsed")}
        </FileHead>
        <p className="start-under">
          <bdi>{file.refused.message}</bdi>
        </p>
        <p className="start-under second">
          <bdi>{file.refused.hint}</bdi>
        </p>
      </>
    );
  }
  const about = [file.bank, file.format?.toUpperCase()].filter(Boolean).join(", ");
  const heard = file.remarks.filter((remark) => remark.severity !== "note");
  const more = heard.length - MOST_REMARKS;
  return (
    <>
      <FileHead name={file.file} busy={busy} remove={remove}>
        <bdi>{about}</bdi>
      </FileHead>
      {file.statements.map((one, at) => (
        <OneStatement key={at} of={one} firstDay={firstDay} />
      ))}
      {heard.slice(0, MOST_REMARKS).map((remark, at) => (
        <p key={at} className="start-under amber">
          <bdi>{remark.text}</bdi>
        </p>
      ))}
      {more > 0 && <p className="start-under help">{say("moreRemarks", { count: more })}</p>}
    </>
  );
}

function OneStatement(props: { of: StatementView; firstDay: string }) {
  const say = useWords("start");
  const language = useLanguage();
  const { of } = props;
  const period = { from: dayText(of.from, language), to: dayText(of.to, language) };
  return (
    <>
      <div className="start-under row">
        {of.account && (
          <bdi className="cut" title={of.account}>
            {of.account}
          </bdi>
        )}
        <span className="second grow cut">
          {say("lines", { count: of.lines })}, {say("yearOf", period)}
        </span>
        <Proof of={of} />
      </div>
      {of.from < props.firstDay && (
        <p className="start-under help">
          {say("beforeBooks", { day: dayText(props.firstDay, language) })}
        </p>
      )}
    </>
  );
}

function Proof(props: { of: StatementView }) {
  const say = useWords("start");
  const language = useLanguage();
  const { proof, difference_minor: difference, currency } = props.of;
  if (proof === "proved") {
    return (
      <span className="row green">
        <IconCheck size={15} stroke={2} aria-hidden />
        {say("proved")}
      </span>
    );
  }
  if (proof !== "broken") return <span className="quiet">{say("unproved")}</span>;
  const style = { symbol: true, ...(currency === null ? {} : { currency }) };
  const amount = amountText(difference ?? 0, language, style);
  return (
    <span className="row red">
      <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
      <span className="num">{say("broken", { amount })}</span>
    </span>
  );
}
