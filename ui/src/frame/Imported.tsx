import { Button, Modal } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { ImportedFile } from "../api/generated";
import { dayText } from "../parts/format";
import { useLanguage, useWords } from "../words";
import { useGo } from "./place";
import { useDo } from "./session";
import "./imported.css";

/** What was understood of the files that were let go: lines new and known, remarks, what was
 *  refused; and how to take it back. */
export function Imported(props: { files: string[]; close: () => void }) {
  const say = useWords("frame");
  const run = useDo();
  const go = useGo();
  const begun = useRef<string[] | null>(null);
  const [read, setRead] = useState<ImportedFile[] | null>(null);
  const { files, close } = props;
  useEffect(() => {
    if (begun.current === files) return;
    begun.current = files;
    setRead(null);
    void run("import", { files }, { title: say("reading") }).then((answer) => {
      if (answer === null) close();
      else setRead(answer);
    });
  }, [files, run, say, close]);
  if (read === null) return null;
  const fresh = read.reduce((sum, file) => sum + file.new, 0);
  return (
    <Modal
      opened
      onClose={close}
      size={620}
      title={say("imported", { count: fresh })}
      closeButtonProps={{ "aria-label": say("close") }}
    >
      <ul className="imported">
        {read.map((file, at) => (
          <OneFile key={at} file={file} />
        ))}
      </ul>
      <div className="row">
        <Button
          data-autofocus
          onClick={() => {
            close();
            go("/bank");
          }}
        >
          {say("seeBank")}
        </Button>
        <Button variant="default" onClick={close}>
          {say("close")}
        </Button>
        {fresh > 0 && <span className="help">{say("importUndo")}</span>}
      </div>
    </Modal>
  );
}

function OneFile(props: { file: ImportedFile }) {
  const say = useWords("frame");
  const language = useLanguage();
  const { file } = props;
  const name = file.file.split(/[\\/]/).at(-1) ?? file.file;
  if (file.refused !== null) {
    return (
      <li>
        <div className="row red">
          <IconAlertTriangle size={15} stroke={1.8} aria-hidden />{" "}
          <bdi className="strong cut">{name}</bdi>
        </div>
        <p>{file.refused.message}</p>
        <p className="second">{file.refused.hint}</p>
      </li>
    );
  }
  const about = [file.bank, file.format, file.dialect].filter(Boolean).join(", ");
  return (
    <li>
      <div className="row">
        <IconCheck size={15} stroke={2} className="green" aria-hidden />
        <bdi className="strong cut">{name}</bdi>
        <span className="help cut">{about}</span>
      </div>
      {file.same_bytes && <p className="second">{say("sameFile")}</p>}
      {file.statements.map((one, at) => (
        <p key={at}>
          <span className="quiet">{one.account}</span>{" "}
          {say("span", { from: dayText(one.from, language), to: dayText(one.to, language) })}{" "}
          {say("linesRead", { count: one.lines })},{" "}
          <span className="strong">{say("linesNew", { count: one.new })}</span>
        </p>
      ))}
      {file.remarks.map((remark, at) => (
        <p key={at} className={remark.severity === "note" ? "help" : "amber"}>
          {remark.line !== null && (
            <span className="quiet">{say("atLine", { line: remark.line })} </span>
          )}
          <bdi>{remark.text}</bdi>
        </p>
      ))}
    </li>
  );
}
