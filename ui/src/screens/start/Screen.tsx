import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { useAction } from "../../actions";
import { BookContext, useCall } from "../../api/client";
import type { KnownBook } from "../../api/generated";
import { useOpening } from "../../frame/opening";
import { Loading } from "../../parts/States";
import { useWords } from "../../words";
import { fiscalYear, freshAnswers, type Answers } from "./answers";
import { Bring } from "./Bring";
import { fileName, useBrought, type Brought } from "./files";
import { Known, OtherBook } from "./Known";
import { useMaking, type Made, type Making } from "./making";
import { See } from "./See";
import { Settles } from "./Settles";
import { Side, type Step } from "./Side";
import { thisDay } from "./today";
import { TroubleShown, WorkShown } from "./Told";
import { Who } from "./Who";
import { useWorking, type Working } from "./working";
import "./steps.css";
import "./start.css";

type View = "known" | Step;

/** What is shown while no book is open: the books there are, or the three steps to a new one. */
export function Start() {
  const books = useCall("books", {});
  const { preferences } = useOpening();
  const { refetch } = books;
  // A book may have been made or moved since this was last shown.
  useEffect(() => void refetch(), [refetch]);
  // An answer of before this was shown may lack the book that was just left.
  if (!books.isFetchedAfterMount)
    return (
      <main className="start-sheet">
        <Loading />
      </main>
    );
  // A book that was open and is gone stays until the person takes it off the list.
  const recent = new Set(preferences.recent.map((one) => one.path));
  return <Begun books={(books.data ?? []).filter((one) => one.exists || recent.has(one.path))} />;
}

function Begun(props: { books: readonly KnownBook[] }) {
  const { books } = props;
  const working = useWorking();
  const making = useMaking(working);
  const { forget } = working;
  const today = useMemo(thisDay, []);
  const [wanted, setView] = useState<View>(books.length > 0 ? "known" : "who");
  // The last book may have been taken off the list.
  const view = wanted === "known" && books.length === 0 ? "who" : wanted;
  const [answers, setAnswers] = useState<Answers>(() => freshAnswers(today));
  const [astray, setAstray] = useState(false);
  const dropped = useCallback(() => setAstray(true), []);
  const brought = useBrought(working, view === "known" || view === "see" ? dropped : null);
  const busy = working.work !== null;
  const show = (to: View) => {
    forget();
    setAstray(false);
    setView(to);
  };
  const change = (part: Partial<Answers>) => setAnswers((before) => ({ ...before, ...part }));
  const told = <Told working={working} astray={astray} />;
  const shared = { making, busy, told, show };
  const back = making.made === null && !busy ? show : null;
  return (
    <div className="start">
      <Side at={view === "known" ? null : view} goBack={back} />
      <main className="start-sheet" data-view={view}>
        {view === "known" && <Books {...shared} books={books} />}
        {view === "who" && (
          <First {...shared} {...{ answers, change, today }} known={books.length > 0} />
        )}
        {view === "bring" && <Second {...shared} {...{ answers, brought, today }} />}
        {view === "see" && making.made && <Third {...shared} made={making.made} />}
      </main>
    </div>
  );
}

interface Shared {
  making: Making;
  busy: boolean;
  told: ReactNode;
  show: (view: View) => void;
}

function Told(props: { working: Working; astray: boolean }) {
  const say = useWords("start");
  const { work, trouble, stop } = props.working;
  return (
    <>
      {work && <WorkShown work={work} stop={stop} />}
      {trouble && <TroubleShown trouble={trouble} />}
      {props.astray && (
        <p className="amber" role="status">
          {say("openFirst")}
        </p>
      )}
    </>
  );
}

function Books(props: Shared & { books: readonly KnownBook[] }) {
  const { making, busy, told, show, books } = props;
  const { preferences, keep } = useOpening();
  const forget = (book: KnownBook) =>
    keep({ recent: preferences.recent.filter((one) => one.path !== book.path) });
  return (
    <Known
      {...{ books, busy }}
      onOpen={(path) => void making.open(path)}
      onForget={forget}
      onNew={() => show("who")}
      onSample={() => void making.sample()}
    >
      {told}
    </Known>
  );
}

function First(
  props: Shared & {
    answers: Answers;
    change: (part: Partial<Answers>) => void;
    today: string;
    known: boolean;
  },
) {
  const { making, busy, told, show, answers, change, today, known } = props;
  const say = useWords("start");
  const [other, setOther] = useState(false);
  const open = () => (known ? show("known") : setOther(true));
  useAction("openFile", open, busy ? say("busy") : undefined);
  return (
    <div className="start-first">
      <div className="start-middle">
        <Who
          {...{ answers, change, today, busy }}
          onDone={() => show("bring")}
          onSample={() => void making.sample()}
        />
        {other && <OtherBook opened busy={busy} onOpen={(path) => void making.open(path)} />}
        {told}
      </div>
      <Settles answers={answers} />
    </div>
  );
}

function Second(props: Shared & { answers: Answers; brought: Brought; today: string }) {
  const { making, busy, told, show, answers, brought, today } = props;
  const finish = async () => {
    if (await making.finish(answers, brought)) show("see");
  };
  return (
    <Bring
      {...{ brought, busy }}
      firstDay={fiscalYear(answers)?.[0] ?? today}
      onSample={() => void making.sample()}
      onBack={() => show("who")}
      onDone={() => void finish()}
    >
      {told}
    </Bring>
  );
}

function Third(props: Shared & { made: Made }) {
  const { making, told, made } = props;
  return (
    <BookContext.Provider value={made.path}>
      <See path={made.path} onOpen={(door) => making.goOn(made.path, made.name, door)}>
        <LeftOut made={made} />
        {told}
      </See>
    </BookContext.Provider>
  );
}

/** The files that the book refused, each with its reason. */
function LeftOut(props: { made: Made }) {
  return props.made.left.map(({ file, trouble }) => (
    <div key={file}>
      <bdi className="help">{fileName(file)}</bdi>
      <TroubleShown trouble={trouble} />
    </div>
  ));
}
