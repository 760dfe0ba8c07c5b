import { useEffect, useState } from "react";
import { useAction } from "../actions";
import { useHost } from "../api/client";
import { useWords } from "../words";
import { Imported } from "./Imported";
import "./dropping.css";

/** Files given on the command line are read once, into the first book that is opened. */
let given = false;

/** Files let go anywhere on the window, or chosen by Ctrl O, are read as statements. */
export function Dropping() {
  const say = useWords("frame");
  const host = useHost();
  const [over, setOver] = useState(false);
  const [files, setFiles] = useState<string[] | null>(null);
  useEffect(
    () =>
      host.onDrop({
        over: () => setOver(true),
        leave: () => setOver(false),
        files: (paths) => paths.length > 0 && setFiles(paths),
      }),
    [host],
  );
  useEffect(() => {
    if (given) return;
    given = true;
    void host.openedWith().then((opened) => opened.files.length > 0 && setFiles(opened.files));
  }, [host]);
  useAction(
    "openFile",
    () => void host.chooseFiles().then((paths) => paths.length > 0 && setFiles(paths)),
  );
  return (
    <>
      {over && (
        <div className="dropping" aria-hidden>
          <span>{say("dropHere")}</span>
        </div>
      )}
      {files && <Imported files={files} close={() => setFiles(null)} />}
    </>
  );
}
