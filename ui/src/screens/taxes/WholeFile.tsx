import { Button, Modal } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useCall } from "../../api/client";
import { Keys } from "../../parts/Keys";
import { Failed, Loading } from "../../parts/States";
import { Bytes } from "../../parts/Thread";
import { countText, useLanguage, useWords } from "../../words";
import { marksOf, type FileAt } from "./LeafThread";

/** The file as it came, whole, with the line in it marked. */
export function WholeFile(props: { file: FileAt | null; close: () => void }) {
  const say = useWords("taxes");
  const frame = useWords("frame");
  const title = say("rawBytes");
  return (
    <Modal
      opened={props.file !== null}
      onClose={props.close}
      size={860}
      withCloseButton={false}
      attributes={{ content: { "aria-label": title } }}
    >
      <div className="row">
        <h2 className="grow">{title}</h2>
        <Button
          size="xs"
          variant="default"
          rightSection={<Keys of="close" />}
          onClick={props.close}
        >
          {frame("close")}
        </Button>
      </div>
      {props.file && <Text file={props.file} />}
    </Modal>
  );
}

function Text(props: { file: FileAt }) {
  const say = useWords("taxes");
  const language = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const found = useCall("whole_file", props.file);
  const { data } = found;
  useEffect(() => {
    if (data === undefined) return;
    box.current?.querySelector("mark")?.scrollIntoView({ block: "center" });
    box.current?.querySelector<HTMLElement>("pre")?.focus({ preventScroll: true });
  }, [data]);
  if (found.error) return <Failed error={found.error} again={() => void found.refetch()} />;
  if (data === undefined) return <Loading lines={8} />;
  const isPart = data.from > 0 || data.to < data.size;
  const places = { from: countText(language, data.from), to: countText(language, data.to) };
  return (
    <div ref={box} className="taxes-file">
      <p className="help taxes-break">
        <bdi>{data.name}</bdi> · {say("size", { count: data.size })}
        {isPart && <> · {say("offsets", places)}</>}
      </p>
      <Bytes
        text={data.text}
        marks={marksOf(data.marks)}
        label={say("bytesOf", { file: data.name })}
      />
      <p className="help taxes-break">
        <code>{props.file.hash}</code>
      </p>
    </div>
  );
}
