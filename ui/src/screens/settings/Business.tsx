import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { BookView } from "../../api/generated";
import type { ClosedSetting } from "../../api/settings";
import { DayInput } from "../../parts/DayInput";
import { dayText } from "../../parts/format";
import { useLanguage, useWords } from "../../words";
import { useDated } from "./dated";
import { ClosedField, SirenField, TextField, VatNumberField, type FieldProps } from "./Field";

/** From which day changes hold. */
type From = "today" | "first" | "other";

const CLOSED_FIELDS: readonly ClosedSetting[] = [
  "vat_regime",
  "vat_on",
  "activity",
  "income_tax",
  "territory",
];

/** What the book knows of the business. Each value holds from a day on; the past keeps its own. */
export function Business(props: { book: BookView }) {
  const say = useWords("settings");
  const language = useLanguage();
  const { book } = props;
  const [from, setFrom] = useState<From>("today");
  const [other, setOther] = useState<string | null>(null);
  const dated = useDated();
  const day = from === "first" ? book.first_day : from === "other" ? other : book.today;
  const field = (name: string): FieldProps & { key: string } => ({
    key: name,
    name,
    value: book.settings[name] ?? "",
    day,
    today: book.today,
    dated: dated.get(name) ?? [],
  });
  return (
    <>
      <div className="settings-from">
        <div>
          <div className="settings-label" aria-hidden>
            {say("holdsFrom")}
          </div>
          <SegmentedControl
            aria-label={say("holdsFrom")}
            value={from}
            data={[
              { value: "today", label: say("fromToday", { day: dayText(book.today, language) }) },
              {
                value: "first",
                label: say("fromFirst", { day: dayText(book.first_day, language) }),
              },
              { value: "other", label: say("fromOther") },
            ]}
            onChange={(value) => setFrom(value as From)}
          />
        </div>
        {from === "other" && (
          <DayInput
            label={say("otherDay")}
            today={book.today}
            value={other}
            onChange={setOther}
            error={other === null ? say("otherDayFirst") : undefined}
          />
        )}
        <p className="help">{say("holdsHelp")}</p>
      </div>
      <div className="settings-fields">
        <TextField {...field("name")} />
        <ClosedField {...field("legal_form")} name="legal_form" />
        <SirenField {...field("siren")} />
        <VatNumberField {...field("vat_number")} siren={book.settings["siren"] ?? ""} />
        <TextField {...field("address")} wide />
        {CLOSED_FIELDS.map((name) => (
          <ClosedField {...field(name)} key={name} name={name} />
        ))}
        <TextField {...field("deduction_coefficient")} help={say("coefficientHelp")} />
      </div>
    </>
  );
}
