import { NativeSelect, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { useCall } from "../../api/client";
import type { CreditReason, InvoicePreview } from "../../api/generated";
import { DayInput } from "../../parts/DayInput";
import { SearchPicker, type Choice } from "../../parts/SearchPicker";
import { useWords } from "../../words";
import { CustomerDialog } from "./CustomerDialog";
import type { Typed } from "./draft";
import type { Change } from "./useWriting";

const REASONS: readonly CreditReason[] = ["cancellation", "return", "rebate"];

export interface HeadProps {
  typed: Typed;
  change: Change;
  preview: InvoicePreview | undefined;
  today: string;
  /** Number of the invoice that a credit note answers. */
  answers: string | null;
  why: (field: string) => string | undefined;
  leave: (field: string) => void;
}

/** Who buys, when, and until when it is paid. */
export function EditorHead(props: HeadProps) {
  const say = useWords("sales");
  const { typed, change, preview, today, why } = props;
  const isNote = typed.kind === "credit_note";
  const set = (part: Partial<Typed>) => change((before) => ({ ...before, ...part }));
  const lost = (event: React.FocusEvent<HTMLElement>) => {
    const field = event.target.closest("[data-field]")?.getAttribute("data-field");
    if (field) props.leave(field);
    // The card is the customer's: its gaps are said with the choice.
    if (field === "customer") props.leave("card");
  };
  return (
    <section className="sales-top" aria-label={say("headPart")} onBlur={lost}>
      {isNote && <Answering {...props} />}
      <Customer {...props} />
      <div data-field="day">
        <DayInput
          label={say("issued")}
          value={typed.day ?? preview?.day ?? today}
          today={today}
          error={why("day")}
          onChange={(day) => set({ day })}
        />
      </div>
      {!isNote && (
        <div data-field="dueDay">
          <DayInput
            label={say("due")}
            value={typed.dueDay ?? preview?.due_day ?? null}
            today={typed.day ?? today}
            error={why("dueDay")}
            onChange={(dueDay) => set({ dueDay })}
          />
        </div>
      )}
      <div data-field="deliveryDay">
        <DayInput
          label={say("deliveredOptional")}
          value={typed.deliveryDay}
          today={typed.day ?? today}
          onChange={(deliveryDay) => set({ deliveryDay })}
        />
      </div>
      <div data-field="order" className="sales-order">
        <TextInput
          label={say("orderOptional")}
          value={typed.order}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => set({ order: event.currentTarget.value })}
        />
      </div>
    </section>
  );
}

/** Which invoice a credit note answers, and why. */
function Answering(props: HeadProps) {
  const say = useWords("sales");
  const { typed, change, answers, why } = props;
  return (
    <div data-field="reason" className="sales-reason">
      <NativeSelect
        label={answers === null ? say("reason") : say("reasonFor", { number: answers })}
        value={typed.reason ?? ""}
        error={why("reason")}
        data={[
          { value: "", label: say("chooseReason"), disabled: true },
          ...REASONS.map((value) => ({ value, label: say(`reason-${value}`) })),
        ]}
        onChange={(event) => {
          const reason = event.currentTarget.value as CreditReason;
          change((before) => ({ ...before, reason }));
        }}
      />
    </div>
  );
}

/** The customer, found by typing, written down new, or completed. */
function Customer(props: HeadProps) {
  const say = useWords("sales");
  const { typed, change, why } = props;
  const known = useCall("customers", {});
  const [card, setCard] = useState<"new" | "change" | null>(null);
  const choices = useMemo<Choice[]>(
    () =>
      (known.data ?? []).map(({ code, name, city }) => ({
        value: code,
        name,
        end: <span className="help">{city}</span>,
      })),
    [known.data],
  );
  const close = () => setCard(null);
  const error = why("customer") ?? why("card");
  return (
    <div data-field="customer" className="sales-customer">
      <SearchPicker
        label={say("customer")}
        placeholder={say("customerPlaceholder")}
        choices={choices}
        value={typed.customer}
        autoFocus={typed.customer === null}
        clearable
        onChange={(customer) => change((before) => ({ ...before, customer }))}
        {...(error === undefined ? {} : { error })}
      />
      <div className="row sales-links">
        <button type="button" className="sales-link" onClick={() => setCard("new")}>
          {say("newCustomer")}
        </button>
        {typed.customer !== null && (
          <span data-field="card">
            <button type="button" className="sales-link" onClick={() => setCard("change")}>
              {say("changeCustomer")}
            </button>
          </span>
        )}
      </div>
      <CustomerDialog
        opened={card !== null}
        code={card === "change" ? typed.customer : null}
        close={close}
        onKept={(customer) => {
          change((before) => ({ ...before, customer }));
          close();
        }}
      />
    </div>
  );
}
