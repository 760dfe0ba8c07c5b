import { Checkbox, Select } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type {
  BankAccountView,
  ConnectionView,
  Failure,
  FoundAccount,
  TakeAccount,
} from "../../api/generated";
import { useSyncing } from "../../frame/Syncing";
import { useDo, useSession } from "../../frame/session";
import { Act } from "../../parts/Act";
import { Amount } from "../../parts/Amount";
import { useWords } from "../../words";

/** Chosen where a found account is none of those that are there. */
const NEW = "new";

/** What a person wants of a found account. */
interface Wanted {
  taken: boolean;
  /** The account it becomes, or `NEW`. */
  as: string;
}

const FIRST: Wanted = { taken: true, as: NEW };

/** A found account is known by its names at the source. */
function keyOf(found: FoundAccount): string {
  return JSON.stringify(found.names);
}

/** Accounts that a source shows and the book does not know: each is added, or not. */
export function Found(props: { one: ConnectionView; found: FoundAccount[] }) {
  if (props.found.length === 0) return null;
  return <Proposed {...props} />;
}

function Proposed(props: { one: ConnectionView; found: FoundAccount[] }) {
  const say = useWords("sources");
  const { found } = props;
  const own = useCall("bank_accounts", {}, { keep: true }).data ?? [];
  const [wanted, setWanted] = useState<ReadonlyMap<string, Wanted>>(new Map());
  const of = (one: FoundAccount) => wanted.get(keyOf(one)) ?? FIRST;
  const set = (one: FoundAccount, part: Partial<Wanted>) =>
    setWanted((before) => new Map(before).set(keyOf(one), { ...of(one), ...part }));
  const chosen = found.filter((one) => one.currency !== null && of(one).taken);
  const { refused, busy } = useTaking(props.one, chosen, (one) => of(one).as);
  return (
    <section className="sources-found" aria-label={say("found")}>
      <h3 className="sources-part">{say("found")}</h3>
      <p className="help sources-after">{say("foundText")}</p>
      <ul>
        {found.map((one) => (
          <li key={keyOf(one)}>
            <OneFound
              one={one}
              wanted={of(one)}
              set={(part) => set(one, part)}
              free={own.filter(
                (account) =>
                  account.currency === one.currency &&
                  !chosen.some((other) => other !== one && of(other).as === account.account),
              )}
            />
          </li>
        ))}
      </ul>
      {refused !== null && (
        <p className="red" role="alert">
          {refused.message} {refused.hint}
        </p>
      )}
      <div className="row">
        <Act of="takeFound" size="xs" loading={busy}>
          {say("take")}
        </Act>
      </div>
    </section>
  );
}

/** Takes what is ticked in, one after the other, then reads the source again. */
function useTaking(
  connection: ConnectionView,
  chosen: FoundAccount[],
  as: (one: FoundAccount) => string,
) {
  const say = useWords("sources");
  const run = useDo();
  const session = useSession();
  const { sync } = useSyncing();
  const [refused, setRefused] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const take = async () => {
    if (busy) return;
    setBusy(true);
    setRefused(null);
    let count = 0;
    for (const one of chosen) {
      const account = as(one);
      const asked: TakeAccount = {
        names: one.names,
        label: one.label,
        currency: one.currency ?? "",
        ...(account === NEW ? {} : { account }),
      };
      const done = await run("take_account", asked, { refused: setRefused });
      if (done === null) break;
      count += 1;
    }
    if (count > 0) {
      session.say({ text: say("takenCount", { count }) });
      await sync(connection);
    }
    setBusy(false);
  };
  useAction("takeFound", () => void take(), chosen.length === 0 ? say("takeNone") : undefined);
  return { refused, busy };
}

function OneFound(props: {
  one: FoundAccount;
  wanted: Wanted;
  set: (part: Partial<Wanted>) => void;
  free: BankAccountView[];
}) {
  const say = useWords("sources");
  const { one, wanted, set, free } = props;
  const { currency, booked_minor: booked, label, bank } = one;
  const can = currency !== null;
  return (
    <>
      <div className="sources-account-head">
        {can ? (
          <Checkbox
            size="sm"
            radius="xs"
            className="sources-check"
            label={<bdi>{label}</bdi>}
            checked={wanted.taken}
            onChange={(event) => set({ taken: event.currentTarget.checked })}
          />
        ) : (
          <bdi>{label}</bdi>
        )}
        <span className="grow" />
        {can && booked !== null && <Amount minor={booked} currency={currency} symbol />}
        {can && booked === null && <span className="quiet">{currency}</span>}
      </div>
      {bank !== null && (
        <div className="help cut">
          <bdi>{bank}</bdi>
        </div>
      )}
      {!can && <p className="amber">{say("noCurrency")}</p>}
      {can && wanted.taken && (
        <Select
          aria-label={say("foundAs", { name: label })}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          data={[
            { value: NEW, label: say("newAccount") },
            ...free.map((account) => ({
              value: account.account,
              label: `${account.account} ${account.name}`,
            })),
          ]}
          value={wanted.as}
          onChange={(as) => set({ as: as ?? NEW })}
        />
      )}
    </>
  );
}
