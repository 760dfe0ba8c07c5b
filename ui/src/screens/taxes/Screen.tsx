import { useEffect } from "react";
import { useCall } from "../../api/client";
import type { BookView, FormView } from "../../api/generated";
import { Head, Tabs } from "../../frame/Sheet";
import { usePlace } from "../../frame/place";
import { Empty, Failed, Loading } from "../../parts/States";
import { useWords } from "../../words";
import { OneReturn } from "./OneReturn";
import { nextPeriod, periodsOf, spanOf } from "./periods";
import "./taxes.css";

/** What is owed to the state, and why: the returns that the book's regime files. */
export function Taxes() {
  const frame = useWords("frame");
  const forms = useCall("forms", {});
  const book = useCall("book", {});
  const from = book.data?.first_day;
  const days = useCall(
    "journal_days",
    { drafts: true, ...(from ? { from } : {}) },
    {
      enabled: from !== undefined,
    },
  );
  const failed = [forms, book, days].find((call) => call.error);
  if (failed?.error) {
    return (
      <>
        <Head title={frame("goTaxes")} />
        <Failed error={failed.error} again={() => void failed.refetch()} />
      </>
    );
  }
  if (!forms.data || !book.data || !days.data) {
    return (
      <>
        <Head title={frame("goTaxes")} />
        <Loading lines={12} />
      </>
    );
  }
  return <Returns forms={forms.data} book={book.data} days={days.data.map((one) => one.day)} />;
}

function Returns(props: { forms: FormView[]; book: BookView; days: string[] }) {
  const say = useWords("taxes");
  const [place, change] = usePlace();
  const { book, days } = props;
  const filed = props.forms.filter((form) => form.regime !== null || form.made.length > 0);
  const form = filed.find((one) => one.form === place.tab) ?? filed[0];
  const made = form?.made.map((one) => one.period) ?? [];
  const periods = periodsOf(days, made, form?.regime === "normal_quarterly");
  // Other screens name a return as the engine does: `CA3/2026-03`.
  const asked = place.period?.split("/").at(-1);
  const known = asked !== undefined && spanOf(asked) !== null;
  const period = known ? asked : nextPeriod(periods, made, book.today);
  // The period stays the one in sight when its return is made: it is the address's from now on.
  useEffect(() => {
    if (!known) change({ period });
  }, [known, period, change]);
  if (form === undefined) return <NoReturn regime={book.settings["vat_regime"]} />;
  return (
    <div className="taxes">
      {filed.length > 1 && (
        <Tabs
          label={say("forms")}
          value={form.form}
          tabs={filed.map((one) => ({ value: one.form, label: one.label }))}
          onChange={(tab) => change({ tab, period: "", figure: "" })}
        />
      )}
      <OneReturn
        key={form.form}
        form={form}
        book={book}
        period={period}
        periods={[...new Set([...periods, period])].sort()}
      />
    </div>
  );
}

/** The regime of the book files nothing. */
function NoReturn(props: { regime: string | undefined }) {
  const say = useWords("taxes");
  const frame = useWords("frame");
  const title = props.regime === "simplified" ? say("noFormYet") : say("noRegime");
  return (
    <>
      <Head title={frame("goTaxes")} />
      <Empty title={title} />
    </>
  );
}
