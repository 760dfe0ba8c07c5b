import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import type { ReactNode, RefObject } from "react";
import { cap } from "../../actions";
import type { PartyView } from "../../api/generated";
import { Amount } from "../../parts/Amount";
import { Grid } from "../../parts/Grid";
import { Cap } from "../../parts/Keys";
import { countText, useLanguage, useWords } from "../../words";

const COLUMNS = "minmax(0, 1fr) minmax(0, 0.45fr) 60px 104px";
/** Height in px of a row. */
const ROW = 32;

/** Everybody, by name: where, how many invoices, what is open. */
export function Rows(props: {
  parties: PartyView[];
  chosen: string | null;
  currency: string;
  choose: (code: string) => void;
  open: () => void;
  empty: ReactNode;
}) {
  const say = useWords("parties");
  const language = useLanguage();
  const { parties, currency } = props;
  const at = parties.findIndex((one) => one.code === props.chosen);
  return (
    <Grid
      label={say("list")}
      count={parties.length}
      columns={COLUMNS}
      head={[say("name"), say("city"), say("invoices"), say("open")]}
      align={[undefined, undefined, "right", "right"]}
      height={() => ROW}
      usual={ROW}
      keyOf={(place) => parties[place]?.code ?? place}
      cells={(place) => {
        const party = parties[place];
        if (party === undefined) return undefined;
        return [
          <bdi key="name" className="strong" title={party.name}>
            {party.name}
          </bdi>,
          <bdi key="city" className="second" title={party.city}>
            {party.city}
          </bdi>,
          <span key="count" className="second num">
            {party.invoices === 0 ? "" : countText(language, party.invoices)}
          </span>,
          <Amount
            key="open"
            minor={party.open_minor}
            currency={currency}
            zero="dot"
            className="strong"
          />,
        ];
      }}
      selected={at < 0 ? null : at}
      onSelect={(place) => {
        const party = parties[place];
        if (party !== undefined) props.choose(party.code);
      }}
      onOpen={props.open}
      focus
      empty={props.empty}
    />
  );
}

export function Search(props: {
  field: RefObject<HTMLInputElement | null>;
  wanted: string;
  setWanted: (wanted: string) => void;
  leave: () => void;
}) {
  const say = useWords("parties");
  const language = useLanguage();
  return (
    <div className="parties-search">
      <TextInput
        ref={props.field}
        aria-label={say("search")}
        placeholder={say("search")}
        value={props.wanted}
        leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
        rightSection={
          <span aria-hidden="true">
            <Cap>{cap("/", language)}</Cap>
          </span>
        }
        onChange={(event) => props.setWanted(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") props.setWanted("");
          if (!["Escape", "Enter", "ArrowDown"].includes(event.key)) return;
          event.preventDefault();
          props.leave();
        }}
      />
    </div>
  );
}
