import { Fragment } from "react";

/** Characters of a title: a bank may send a thousand. */
const LONGEST = 300;

/** The bank's words, then the other side's name if the words do not hold it already; what was
 *  searched is marked. */
export function Told(props: { label: string; party: string | null; wanted?: string }) {
  const { label, party, wanted = "" } = props;
  const other = party !== null && !label.toLowerCase().includes(party.toLowerCase()) ? party : null;
  const title = (other === null ? label : `${label} · ${other}`).slice(0, LONGEST);
  return (
    <span className="cut bank-told" title={title}>
      <bdi className="strong">
        <Marked text={label} wanted={wanted} />
      </bdi>
      {other !== null && (
        <bdi className="second">
          {" "}
          <Marked text={other} wanted={wanted} />
        </bdi>
      )}
    </span>
  );
}

function Marked(props: { text: string; wanted: string }) {
  const { text } = props;
  const wanted = props.wanted.trim().toLowerCase();
  const low = text.toLowerCase();
  // Some letters change their length with their case; then nothing is marked rather than wrongly.
  if (wanted === "" || low.length !== text.length || !low.includes(wanted)) return text;
  const pieces = [];
  let at = 0;
  for (let found = low.indexOf(wanted); found >= 0; found = low.indexOf(wanted, at)) {
    const end = found + wanted.length;
    pieces.push(
      <Fragment key={at}>
        {text.slice(at, found)}
        <mark>{text.slice(found, end)}</mark>
      </Fragment>,
    );
    at = end;
  }
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  );
}
