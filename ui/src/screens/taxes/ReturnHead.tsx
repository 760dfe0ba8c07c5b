import { Select } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { ariaKeys, useAction } from "../../actions";
import { useCall, useHost } from "../../api/client";
import type { ReturnView } from "../../api/generated";
import { Head } from "../../frame/Sheet";
import { usePlace } from "../../frame/place";
import { useDo } from "../../frame/session";
import { Act } from "../../parts/Act";
import { Tag } from "../../parts/Tag";
import { dayText, longDayText } from "../../parts/format";
import { useLanguage, useWords, type Say } from "../../words";
import { FileDialog, MakeDialog, WithdrawDialog, type Asked } from "./Dialogs";
import type { Shared } from "./OneReturn";
import { periodText, spanOf, titleText } from "./periods";

type Given = Shared & { shown: ReturnView | undefined };

/** The period and what can be done with its return. */
export function ReturnHead(props: Given) {
  const say = useWords("taxes");
  const language = useLanguage();
  const { form, book, period, made, shown } = props;
  const [asked, setAsked] = useState<Asked | null>(null);
  const run = useRuns(props);
  const close = () => setAsked(null);
  const finish = (work: Promise<unknown>) => {
    close();
    void work.then(focusList);
  };
  const later = form.made.find((one) => one.period > period);
  const blocked = blockedBy(props, say, (day) => dayText(day, language));
  const isOpen = made === undefined;
  const make = () => (asked === "make" ? finish(run.make()) : setAsked("make"));
  useAction("makeReturn", make, isOpen ? blocked : say("isMade"));
  useAction("fileReturn", () => setAsked("file"), whyNotFiled(props, say));
  const withdrawable = later && say("laterFirst", { period: periodText(later.period, language) });
  useAction("withdrawReturn", () => setAsked("withdraw"), whyNotFiled(props, say) ?? withdrawable);
  useAction("print", () => void run.page(), isOpen ? say("notMade") : undefined);
  const title = titleText(say, period, language);
  return (
    <div className="taxes-head">
      <Head title={title} about={<About {...props} />}>
        {isOpen && <Due {...props} />}
        <Periods {...props} />
        {!isOpen && <Act of="print">{say("page")}</Act>}
        {made?.filed === null && <Act of="withdrawReturn">{say("withdraw")}</Act>}
        {made?.filed === null && (
          <Act of="fileReturn" main>
            {say("file")}
          </Act>
        )}
        {isOpen && (
          <Act of="makeReturn" main>
            {say("make")}
          </Act>
        )}
      </Head>
      {shown && (
        <MakeDialog
          title={say("makeTitle", { title })}
          opened={asked === "make" && isOpen}
          {...{ close, shown, currency: book.currency }}
          run={() => finish(run.make())}
        />
      )}
      <FileDialog
        title={say("fileTitle", { title })}
        opened={asked === "file"}
        {...{ close, today: book.today }}
        run={(day) => finish(run.file(day))}
      />
      <WithdrawDialog
        title={say("withdrawTitle", { title })}
        opened={asked === "withdraw"}
        close={close}
        run={() => finish(run.withdraw())}
      />
    </div>
  );
}

/** The button that was pressed may be gone: the boxes take the focus. */
function focusList() {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".taxes .grid-pane")?.focus());
}

function useRuns(props: Given) {
  const say = useWords("taxes");
  const language = useLanguage();
  const host = useHost();
  const run = useDo();
  const {
    form: { form },
    period,
    answers,
  } = props;
  const title = titleText(say, period, language);
  return {
    make: async () => {
      const out = await host.documents();
      await run(
        "make_return",
        { form, period, answers, out },
        {
          title: say("making", { title }),
          done: say("madeNow", { title }),
        },
      );
    },
    page: async () => {
      const out = await host.documents();
      const made = await run(
        "make_return",
        { form, period, answers: {}, out },
        { title: say("drawing") },
      );
      if (made !== null) await host.show(made.page);
    },
    file: (day: string) =>
      run("file_return", { form, period, day }, { done: say("filedNow", { title }) }),
    withdraw: () =>
      run("withdraw_return", { form, period }, { done: say("withdrawnNow", { title }) }),
  };
}

/** Why the return cannot be made now, in a sentence. */
function blockedBy(
  props: Given,
  say: Say<"taxes">,
  day: (day: string) => string,
): string | undefined {
  const { shown, period, book } = props;
  const last = spanOf(period)?.last;
  if (last !== undefined && last > book.today) return say("notOver", { day: day(last) });
  if (shown === undefined) return say("notYet");
  const failing = shown.checks.find((check) => check.blocking && !check.passed);
  if (failing) return failing.text;
  if (shown.left_out[0]) return shown.left_out[0].text;
  return shown.can_be_made ? undefined : say("notYet");
}

function whyNotFiled(props: Given, say: Say<"taxes">): string | undefined {
  if (props.made === undefined) return say("notMade");
  return props.made.filed === null ? undefined : say("isFiled");
}

function About(props: Given) {
  const say = useWords("taxes");
  const { form, book, made } = props;
  const regimes = ["normal_monthly", "normal_quarterly", "simplified", "franchise"] as const;
  const regime = regimes.find((one) => one === (form.regime ?? book.settings["vat_regime"]));
  const due = (["payments", "invoices"] as const).find((one) => one === book.settings["vat_on"]);
  const words = [form.form, regime && say(`regime-${regime}`), due && say(`due-${due}`)];
  return (
    <span className="row">
      <Tag tone={made === undefined ? "pencil" : made.filed === null ? "proved" : "closed"}>
        {say(made === undefined ? "preview" : made.filed === null ? "isMade" : "isFiled")}
      </Tag>
      <span className="cut">{words.filter(Boolean).join(", ")}</span>
    </span>
  );
}

/** The last day to file, where a law that was read tells it. */
function Due(props: Given) {
  const say = useWords("taxes");
  const language = useLanguage();
  const target = `${props.form.form}/${props.period}`;
  const waiting = useCall("home", {}).data?.waiting;
  const due = waiting?.find((one) => one.kind === "return" && one.target === target)?.due;
  if (!due) return null;
  const day = longDayText(due, language, props.book.today);
  const late = due < props.book.today;
  const inside = language === "fr" ? day.charAt(0).toLowerCase() + day.slice(1) : day;
  return (
    <span className={late ? "red taxes-due" : "amber taxes-due"}>
      {say(late ? "wasDue" : "due", { day: inside })}
    </span>
  );
}

/** Months with entries or a return, one after the other. */
function Periods(props: Given) {
  const say = useWords("taxes");
  const language = useLanguage();
  const [, change] = usePlace();
  const { period, periods } = props;
  const at = periods.indexOf(period);
  const go = (wanted: string | undefined) => wanted && change({ period: wanted });
  const [before, after] = [periods[at - 1], periods[at + 1]];
  useAction(
    "previousPeriod",
    () => go(before),
    before === undefined ? say("firstPeriod") : undefined,
  );
  useAction("nextPeriod", () => go(after), after === undefined ? say("lastPeriod") : undefined);
  const stateOf = (one: string) =>
    props.form.made.some((made) => made.period === one) ? " ✓" : "";
  return (
    <div className="taxes-periods" role="group" aria-label={say("period")}>
      <button
        className="taxes-icon"
        aria-label={say("before")}
        aria-keyshortcuts={ariaKeys("previousPeriod")}
        title={say("before")}
        disabled={before === undefined}
        onClick={() => go(before)}
      >
        <IconChevronLeft size={17} stroke={1.6} />
      </button>
      <Select
        aria-label={say("period")}
        data={periods.map((one) => ({
          value: one,
          label: periodText(one, language) + stateOf(one),
        }))}
        value={period}
        allowDeselect={false}
        w={156}
        maxDropdownHeight={320}
        onChange={(wanted) => go(wanted ?? undefined)}
      />
      <button
        className="taxes-icon"
        aria-label={say("after")}
        aria-keyshortcuts={ariaKeys("nextPeriod")}
        title={say("after")}
        disabled={after === undefined}
        onClick={() => go(after)}
      >
        <IconChevronRight size={17} stroke={1.6} />
      </button>
    </div>
  );
}
