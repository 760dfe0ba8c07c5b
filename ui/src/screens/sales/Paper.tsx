import { memo } from "react";
import { useWords } from "../../words";
import "./paper.css";

/** The pages as the engine draws them: its own picture, in which every text is escaped. */
export const Paper = memo(function Paper(props: {
  pages: readonly string[];
  notDrawn?: string | null | undefined;
}) {
  const say = useWords("sales");
  const { pages, notDrawn } = props;
  if (notDrawn) {
    return (
      <p className="sales-not-drawn" role="alert">
        <span className="red">{say("notDrawn")}</span> {notDrawn}
      </p>
    );
  }
  return (
    <div className="sales-paper">
      {pages.length === 0 && <div className="sales-page" aria-hidden />}
      {pages.map((page, at) => (
        <Page key={at} svg={page} />
      ))}
    </div>
  );
});

const Page = memo(function Page(props: { svg: string }) {
  const svg = props.svg.trimStart();
  // Nothing but a picture is put into the window.
  if (!svg.startsWith("<svg")) return <div className="sales-page" aria-hidden />;
  return <div className="sales-page" dangerouslySetInnerHTML={{ __html: svg }} />;
});
