import { Button, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useAction } from "../../actions";
import { Refused, call, freshId, useBook, useCall, useHost } from "../../api/client";
import type { BackupView, Failure, VerifiedView } from "../../api/generated";
import { useOpening } from "../../frame/opening";
import { useDo, useSession } from "../../frame/session";
import { Act } from "../../parts/Act";
import { Failed } from "../../parts/States";
import { dayText, wholeText } from "../../parts/format";
import { router } from "../../router";
import { useLanguage, useWords } from "../../words";
import { backupPlace, restoredName, stemOf } from "./place";

const KILOBYTE = 1024;

/** Copies of the book: made, proved, brought back. */
export function Backups() {
  const restore = useRestore();
  return (
    <>
      <MakeBackup />
      <Verify />
      <DailyCopies restore={restore} />
      <Restore restore={restore} />
    </>
  );
}

function MakeBackup() {
  const say = useWords("settings");
  const language = useLanguage();
  const book = useBook();
  const run = useDo();
  const [to, setTo] = useState<string | null>(null);
  const [made, setMade] = useState<BackupView | null>(null);
  const [refused, setRefused] = useState<Failure | null>(null);
  const [begun, setBegun] = useState(() => new Date());
  // Each backup has a place of its own, and it is the one shown.
  const place = to ?? backupPlace(book, begun);

  const back = async () => {
    setRefused(null);
    const told = { title: say("backingUp"), refused: setRefused };
    const done = await run("backup", { to: place.trim() }, told);
    if (done === null) return;
    setMade(done);
    setTo(null);
    setBegun(new Date());
  };
  const size = wholeText(Math.ceil((made?.bytes ?? 0) / KILOBYTE), language);
  useAction("backUp", () => void back());
  return (
    <div className="settings-part">
      <div className="settings-line">
        <TextInput
          className="grow"
          label={say("backupTo")}
          value={place}
          spellCheck={false}
          description={say("backupHelp")}
          autoComplete="off"
          inputWrapperOrder={["label", "input", "error", "description"]}
          error={refused === null ? undefined : `${refused.message} ${refused.hint}`}
          onChange={(event) => {
            setTo(event.currentTarget.value);
            setRefused(null);
          }}
        />
        <Act of="backUp" main>
          {say("backUp")}
        </Act>
      </div>
      <div role="status">
        {made !== null && (
          <p className="settings-good">
            <IconCheck size={15} stroke={2} aria-hidden />
            <span>
              {say("backedUp", { size })} <bdi className="settings-path">{made.path}</bdi>
            </span>
          </p>
        )}
      </div>
    </div>
  );
}

/** The copies that were made of themselves, one for each day that changed something. */
function DailyCopies(props: { restore: Restoring }) {
  const say = useWords("settings");
  const language = useLanguage();
  const copies = useCall("daily_copies", {});
  const { run } = props.restore;
  return (
    <div className="settings-part">
      <h3>{say("copiesTitle")}</h3>
      <p className="help">{say("copiesHelp")}</p>
      {copies.isError && <Failed error={copies.error} again={() => void copies.refetch()} />}
      {copies.data?.length === 0 && <p className="second">{say("noCopies")}</p>}
      {copies.data !== undefined && copies.data.length > 0 && (
        <ul className="settings-rows settings-copies">
          {copies.data.map((copy) => (
            <li key={copy.path}>
              <span className="strong">{dayText(copy.day, language)}</span>
              <span className="help cut" title={copy.path}>
                {say("copyHolds", {
                  count: copy.seq,
                  size: wholeText(Math.ceil(copy.bytes / KILOBYTE), language),
                })}
              </span>
              <Button
                size="xs"
                variant="default"
                aria-label={say("restoreCopy", { day: dayText(copy.day, language) })}
                onClick={() => void run(copy.path)}
              >
                {say("restore")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Everything that can be proved of a book, recomputed. */
function Verify() {
  const say = useWords("settings");
  const run = useDo();
  const [found, setFound] = useState<VerifiedView | null>(null);
  const [refused, setRefused] = useState<Failure | null>(null);
  const count = found?.records ?? 0;
  const [blobs, sums] = [found?.blobs ?? 0, found?.kept_sums ?? 0];
  const verify = async () => {
    setRefused(null);
    setFound(null);
    setFound(await run("verify", {}, { title: say("verifying"), refused: setRefused }));
  };
  return (
    <div className="settings-part">
      <h3>{say("verifyTitle")}</h3>
      <p className="help">{say("verifyHelp")}</p>
      <div>
        <Button variant="default" onClick={() => void verify()}>
          {say("verify")}
        </Button>
      </div>
      <div role="status">
        {found !== null && (
          <p className="settings-good">
            <IconCheck size={15} stroke={2} aria-hidden />
            <span>
              {say("verified", { count, blobs, sums })}{" "}
              <code title={found.head}>{found.head.slice(0, 16)}</code>
            </span>
          </p>
        )}
      </div>
      {refused && <Refusal of={refused} />}
    </div>
  );
}

function Refusal(props: { of: Failure }) {
  return (
    <p className="settings-bad" role="alert">
      <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
      <bdi>
        {props.of.message} {props.of.hint}
      </bdi>
    </p>
  );
}

/** Brings a copy back beside the book that is open; neither is touched. */
function Restore(props: { restore: Restoring }) {
  const say = useWords("settings");
  const host = useHost();
  const { open } = useOpening();
  const { restore } = props;
  const [from, setFrom] = useState("");
  const [missing, setMissing] = useState(false);
  const { back, refused } = restore;
  const choose = () =>
    void host.chooseFiles().then(
      ([path]) => path && setFrom(path),
      () => null,
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(from.trim() === "");
    if (from.trim() !== "") void restore.run(from.trim());
  };
  const wrong = missing ? say("restoreMissing") : undefined;
  return (
    <form className="settings-part" noValidate onSubmit={submit}>
      <h3>{say("restoreTitle")}</h3>
      <div className="settings-line">
        <TextInput
          className="grow"
          label={say("restoreFrom")}
          value={from}
          spellCheck={false}
          autoComplete="off"
          description={say("restoreHelp")}
          inputWrapperOrder={["label", "input", "error", "description"]}
          error={refused === null ? wrong : `${refused.message} ${refused.hint}`}
          onChange={(event) => {
            setFrom(event.currentTarget.value);
            setMissing(false);
          }}
        />
        <Button variant="default" onClick={choose}>
          {say("chooseBackup")}
        </Button>
        <Button type="submit" variant="default">
          {say("restore")}
        </Button>
      </div>
      <div role="status">
        {back !== null && (
          <p className="settings-good">
            <IconCheck size={15} stroke={2} aria-hidden />
            <span>
              {say("restored")} <bdi className="settings-path">{back.path}</bdi>
            </span>
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                router.history.push("/home");
                open(back.path, back.name);
              }}
            >
              {say("openRestored")}
            </Button>
          </p>
        )}
      </div>
    </form>
  );
}

type Restoring = ReturnType<typeof useRestore>;

interface Back {
  path: string;
  name: string;
}

/** Restoring writes another file than the open book, so it is asked of that path. */
function useRestore() {
  const say = useWords("settings");
  const frame = useWords("frame");
  const host = useHost();
  const language = useLanguage();
  const session = useSession();
  const [back, setBack] = useState<Back | null>(null);
  const [refused, setRefused] = useState<Pick<Failure, "message" | "hint"> | null>(null);
  const run = async (from: string) => {
    const id = freshId();
    setBack(null);
    setRefused(null);
    session.begin({ id, title: say("restoring"), step: "", done: 0, total: null });
    try {
      const { path } = await call(host, language, null, "place_for", { name: restoredName(from) });
      const book = await call(host, language, path, "restore", { from }, id);
      setBack({ path, name: book.settings["name"] ?? stemOf(path) });
    } catch (error) {
      const failure = error instanceof Refused ? error.failure : null;
      if (failure?.code === "cancelled") return;
      const unreachable = { message: frame("unreachable"), hint: frame("unreachableHint") };
      setRefused(failure ?? unreachable);
    } finally {
      session.end(id);
    }
  };
  return { run, back, refused };
}
