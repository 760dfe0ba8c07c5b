import { IconCheck, IconPencil } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useAction } from "../../actions";
import { useCall } from "../../api/client";
import type { BookView, CustomerCard, CustomerView } from "../../api/generated";
import { Act } from "../../parts/Act";
import { Amount } from "../../parts/Amount";
import { Failed, Loading } from "../../parts/States";
import { Tag } from "../../parts/Tag";
import { useLanguage, useWords } from "../../words";
import { Form } from "./Form";
import { Sales } from "./Sales";
import { countryName } from "./countries";

export interface CardProps {
  code: string | undefined;
  book: BookView;
  /** Whether it is being changed. */
  writing: boolean;
  change: () => void;
  leave: () => void;
  kept: (code: string) => void;
}

/** One of them whole, or its form. */
export function Card(props: CardProps) {
  const say = useWords("parties");
  const { code, writing } = props;
  const known = code !== undefined;
  const found = useCall("customer", { code: code ?? "" }, { enabled: known, keep: true });
  const none = known ? undefined : say("chooseOne");
  useAction("editParty", props.change, writing ? say("writingAlready") : none);
  // The card before it may still be in sight.
  const isHere = found.data !== undefined && !found.isPlaceholderData;
  if (writing && isHere) {
    return (
      <Form
        key={code}
        book={props.book}
        card={found.data.card}
        leave={props.leave}
        kept={props.kept}
      />
    );
  }
  return (
    <section
      className="panel parties-panel"
      data-panel
      tabIndex={-1}
      aria-label={say("card")}
      onKeyDown={(event) => event.key === "Escape" && props.leave()}
    >
      {!known && <p className="quiet">{say("chooseOne")}</p>}
      {found.error !== null && <Failed error={found.error} again={() => void found.refetch()} />}
      {known && found.isPending && <Loading lines={8} />}
      {known && found.data !== undefined && <Shown view={found.data} book={props.book} />}
    </section>
  );
}

function Shown(props: { view: CustomerView; book: BookView }) {
  const say = useWords("parties");
  const { view, book } = props;
  const { card } = view;
  return (
    <>
      <div className="parties-head">
        <h2 className="parties-title">
          <bdi>{card.name}</bdi>
        </h2>
        {view.late_minor > 0 && <Tag tone="broken">{say("late")}</Tag>}
        <Act of="editParty" size="xs" icon={<IconPencil size={15} stroke={1.6} />}>
          {say("change")}
        </Act>
      </div>
      <Figures view={view} currency={book.currency} />
      <Identity card={card} />
      <Ibans ibans={view.ibans} />
      <div>
        <h3 className="parties-part">{say("itsInvoices")}</h3>
        <Sales invoices={view.invoices} book={book} />
      </div>
    </>
  );
}

/** What they owe, what of it is late, in how many days they pay. */
function Figures(props: { view: CustomerView; currency: string }) {
  const say = useWords("parties");
  const { open_minor: open, late_minor: late, mean_days: days } = props.view;
  const amount = { currency: props.currency, symbol: true };
  return (
    <dl className="parties-figures">
      <div>
        <dt className="help">{say(open < 0 ? "toPayThem" : "owes")}</dt>
        <dd className="parties-figure">
          <Amount minor={Math.abs(open)} {...amount} />
        </dd>
      </div>
      <div>
        <dt className="help">{say("ofItLate")}</dt>
        <dd className={late > 0 ? "parties-figure red" : "parties-figure"}>
          <Amount minor={late} {...amount} />
        </dd>
      </div>
      <div>
        <dt className="help">{say("meanDays")}</dt>
        <dd className="parties-figure">
          {days === null ? (
            <span className="help">{say("nonePaid")}</span>
          ) : (
            say("days", { count: days })
          )}
        </dd>
      </div>
    </dl>
  );
}

function Identity(props: { card: CustomerCard }) {
  const say = useWords("parties");
  const language = useLanguage();
  const { card } = props;
  const town = [card.post_code, card.city].filter(Boolean).join(" ");
  const country = card.country ? countryName(card.country, language) : "";
  const lines = [card.line1, card.line2, town, country].filter(Boolean);
  const terms =
    typeof card.terms_days === "number" ? say("days", { count: card.terms_days }) : null;
  const tongue = { fr: say("french"), en: say("english") }[card.language ?? ""];
  return (
    <dl className="parties-facts">
      {card.consumer ? (
        <Fact name={say("kind")}>{say("consumer")}</Fact>
      ) : (
        <>
          <Fact name={say("siren")}>{card.siren ? <Siren text={card.siren} /> : null}</Fact>
          <Fact name={say("vatNumber")}>
            {card.vat_number ? <VatNumber text={card.vat_number} /> : null}
          </Fact>
        </>
      )}
      <Fact name={say("address")}>
        {lines.length === 0
          ? null
          : lines.map((line, at) => (
              <div key={at}>
                <bdi>{line}</bdi>
              </div>
            ))}
      </Fact>
      <Fact name={say("email")}>{card.email ? <bdi>{card.email}</bdi> : null}</Fact>
      <Fact name={say("terms")}>
        {terms ?? <span className="quiet">{say("termsOfSettings")}</span>}
      </Fact>
      <Fact name={say("language")}>
        {tongue ?? <span className="quiet">{say("languageOfBook")}</span>}
      </Fact>
    </dl>
  );
}

/** A line of the card; what is not known is said, quietly. */
function Fact(props: { name: string; children: ReactNode }) {
  const say = useWords("parties");
  return (
    <div>
      <dt className="help">{props.name}</dt>
      <dd>{props.children ?? <span className="quiet">{say("notGiven")}</span>}</dd>
    </div>
  );
}

function Siren(props: { text: string }) {
  const check = useCall("siren", { text: props.text }).data;
  return <Checked text={check?.formatted ?? props.text} right={check?.valid ?? false} />;
}

/** Digits of a French VAT number before its SIREN: the country and the key. */
const BEFORE_SIREN = 4;

/** Whether a French VAT number is the one of its own SIREN; of another country nothing is said. */
export function useVatIsRight(number: string): boolean | null {
  const clean = number.replaceAll(/[\s.]/g, "").toUpperCase();
  const french = clean.startsWith("FR");
  const siren = clean.slice(BEFORE_SIREN);
  const check = useCall("siren", { text: siren }, { enabled: french && siren !== "" }).data;
  if (!french || (check === undefined && siren !== "")) return null;
  return check !== undefined && check.valid && check.vat_number === clean;
}

function VatNumber(props: { text: string }) {
  return <Checked text={props.text} right={useVatIsRight(props.text) === true} />;
}

function Checked(props: { text: string; right: boolean }) {
  const say = useWords("parties");
  return (
    <span className="parties-checked">
      <bdi>{props.text}</bdi>
      {props.right && (
        <IconCheck size={15} stroke={2} className="green" role="img" aria-label={say("right")} />
      )}
    </span>
  );
}

/** The accounts their payments came from: what tells who paid. */
function Ibans(props: { ibans: string[] }) {
  const say = useWords("parties");
  if (props.ibans.length === 0) return null;
  return (
    <div>
      <h3 className="parties-part">{say("ibans")}</h3>
      <ul className="parties-ibans">
        {props.ibans.map((iban) => (
          <li key={iban} className="num">
            {iban.replaceAll(/\s/g, "").replaceAll(/(.{4})(?=.)/g, "$1\u00a0")}
          </li>
        ))}
      </ul>
    </div>
  );
}
