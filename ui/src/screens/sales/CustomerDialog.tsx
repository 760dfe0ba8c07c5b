import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useCall } from "../../api/client";
import type { CustomerCard, Failure } from "../../api/generated";
import { useDo } from "../../frame/session";
import { Failed, Loading } from "../../parts/States";
import { useWords } from "../../words";

/** A customer's card: what an invoice must say of it. */
export function CustomerDialog(props: {
  opened: boolean;
  /** The one to change; none for a new one. */
  code: string | null;
  close: () => void;
  onKept: (code: string) => void;
}) {
  const say = useWords("sales");
  const { opened, code, close } = props;
  const title = code === null ? say("newCustomer") : say("changeCustomer");
  return (
    <Modal
      opened={opened}
      onClose={close}
      size={560}
      title={<span className="strong">{title}</span>}
      closeButtonProps={{ "aria-label": say("close") }}
    >
      {opened && code === null && <Fields {...props} card={null} />}
      {opened && code !== null && <Known {...props} code={code} />}
    </Modal>
  );
}

type Ways = { close: () => void; onKept: (code: string) => void };

function Known(props: Ways & { code: string }) {
  const found = useCall("customer", { code: props.code });
  if (found.error) return <Failed error={found.error} again={() => void found.refetch()} />;
  if (found.data === undefined) return <Loading lines={6} />;
  return <Fields {...props} card={found.data.card} />;
}

const FRESH: CustomerCard = {
  name: "",
  consumer: false,
  line1: "",
  line2: "",
  post_code: "",
  city: "",
  country: "",
};

/** Which field a refusal is about. */
const WRONG: Record<string, "siren" | "vat_number"> = {
  "bad-siren": "siren",
  "bad-vat-number": "vat_number",
};

function useCard(props: Ways & { card: CustomerCard | null }) {
  const say = useWords("sales");
  const run = useDo();
  const home = useCall("book", {}).data?.country.toUpperCase() ?? "";
  const form = useRef<HTMLFormElement>(null);
  const [card, setCard] = useState<CustomerCard>(props.card ?? { ...FRESH, country: home });
  const [refused, setRefused] = useState<Failure | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const siren = card.siren ?? "";
  const check = useCall("siren", { text: siren }, { enabled: siren.trim() !== "" });
  const change = (part: Partial<CustomerCard>) => {
    setRefused(null);
    setCard((before) => ({ ...before, ...part }));
  };
  // The first field that lacks something; the card may come after the dialog.
  const first = card.name === "" ? "name" : card.line1 === "" ? "line1" : "name";
  const begin = useRef(first);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>(`[name="${begin.current}"]`)?.focus();
  }, []);
  // A whole SIREN says its VAT number; one that was typed stays.
  const vat = check.data?.valid ? check.data.vat_number : null;
  useEffect(() => {
    if (vat !== null) setCard((now) => (now.vat_number ? now : { ...now, vat_number: vat }));
  }, [vat]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // The form lies in the editor: what is sent here is not sent there.
    event.stopPropagation();
    setTried(true);
    if (card.name.trim() === "") return form.current?.querySelector("input")?.focus();
    setBusy(true);
    const kept = await run("save_customer", card, { refused: setRefused });
    setBusy(false);
    const code = kept?.card.code;
    if (code !== undefined) props.onKept(code);
  };
  const field = refused === null ? undefined : WRONG[refused.code];
  const wrongSiren =
    check.data?.valid === false && siren.replaceAll(/\D/g, "").length >= 9
      ? say("sirenWrong")
      : undefined;
  const why = (name: "name" | "siren" | "vat_number") => {
    if (field === name && refused !== null) return `${refused.message} ${refused.hint}`;
    if (name === "siren") return wrongSiren;
    return name === "name" && tried && card.name.trim() === "" ? say("nameMissing") : undefined;
  };
  const loose = refused !== null && field === undefined ? refused : null;
  return { form, card, change, submit, busy, why, loose, valid: check.data?.valid === true };
}

const VALID = <IconCheck size={15} stroke={2} className="green" aria-hidden />;

function Fields(props: Ways & { card: CustomerCard | null }) {
  const say = useWords("sales");
  const { form, card, change, submit, busy, why, loose, valid } = useCard(props);
  const text = (name: "line1" | "line2" | "post_code" | "city" | "email") => ({
    name,
    label: say(`card-${name}`),
    value: card[name] ?? "",
    maxLength: 300,
    autoComplete: "off",
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      change({ [name]: event.currentTarget.value }),
  });
  return (
    <form ref={form} className="sales-card" noValidate onSubmit={(event) => void submit(event)}>
      <TextInput
        className="whole"
        label={say("card-name")}
        value={card.name}
        error={why("name")}
        maxLength={300}
        autoComplete="off"
        name="name"
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Numbers {...{ card, change, why, valid }} />
      <TextInput {...text("line1")} className="whole" />
      <TextInput {...text("line2")} className="whole" />
      <TextInput {...text("post_code")} />
      <TextInput {...text("city")} />
      <TextInput
        label={say("card-country")}
        value={card.country}
        maxLength={2}
        autoComplete="off"
        onChange={(event) => change({ country: event.currentTarget.value.toUpperCase() })}
      />
      <TextInput {...text("email")} inputMode="email" />
      <Checkbox
        className="whole"
        label={say("card-consumer")}
        checked={card.consumer}
        onChange={(event) => change({ consumer: event.currentTarget.checked })}
      />
      {loose !== null && (
        <div role="alert" className="whole">
          <p className="red">{loose.message}</p>
          <p className="second">{loose.hint}</p>
        </div>
      )}
      <div className="row whole">
        <Button type="submit" loading={busy}>
          {say("keepCustomer")}
        </Button>
        <Button variant="default" onClick={props.close}>
          {say("close")}
        </Button>
      </div>
    </form>
  );
}

/** SIREN and VAT number, each with its check. */
function Numbers(props: Pick<ReturnType<typeof useCard>, "card" | "change" | "why" | "valid">) {
  const say = useWords("sales");
  const { card, change, why, valid } = props;
  return (
    <>
      <TextInput
        label={say("card-siren")}
        value={card.siren ?? ""}
        error={why("siren")}
        inputMode="numeric"
        autoComplete="off"
        rightSection={valid ? VALID : undefined}
        onChange={(event) => change({ siren: event.currentTarget.value })}
      />
      <TextInput
        label={say("card-vat_number")}
        value={card.vat_number ?? ""}
        error={why("vat_number")}
        autoComplete="off"
        onChange={(event) => change({ vat_number: event.currentTarget.value })}
      />
    </>
  );
}
