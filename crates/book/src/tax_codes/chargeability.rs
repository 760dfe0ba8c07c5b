//! The day on which a tax falls due (exigibilité): a closed list of rules, one word each.
//!
//! French rules: CGI art. 269, as `docs/decisions/0002-chart-and-codes-as-data.md` says which were
//! read and which are professional knowledge.

use super::Nature;
use crate::chart::closed_words::closed_words;
use values::Day;

closed_words! {
    /// How the day on which a tax falls due is found.
    pub enum Chargeability {
        /// The delivery; a deposit, when it is paid.
        Delivery = "delivery",
        /// Goods and assets at delivery; services at the payment, or for a seller under VAT on
        /// invoices at the invoice, or the payment if that came first. A deposit, when it is paid.
        ByNature = "by_nature",
        /// The same, seen by the buyer: our supplier pays VAT on payments unless the bill says that
        /// the supplier is under VAT on invoices (débits).
        Supplier = "supplier",
        /// The completion of the service; a deposit, when it is paid.
        Completion = "completion",
        /// The 15th of the month after the delivery, or the invoice's date if that is earlier. A
        /// deposit does not make it fall due; its own day stands for it.
        NextMonthFifteenth = "next_month_fifteenth",
        /// The customs declaration.
        ImportDeclaration = "import_declaration",
        /// The release for consumption.
        Release = "release",
        /// The first use of what was made.
        FirstUse = "first_use",
        /// The event that calls for the correction: the document's date.
        Event = "event",
        /// No tax ever falls due: the item takes the document's date.
        None = "none",
    }
}

closed_words! {
    /// When a seller of services owes the tax; a dated setting of the business.
    pub enum VatOn {
        /// When the customer pays (encaissements).
        Payments = "payments",
        /// When the invoice is issued (débits).
        Invoices = "invoices",
    }
}

/// What must be known of an operation to say when its tax falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// What was sold or bought.
    pub nature: Nature,
    /// For a sale, our own setting on the document's day; for a purchase, the supplier's as the
    /// bill says (`Payments` unless it says *débits*).
    pub vat_on: VatOn,
    /// The date of the invoice or bill.
    pub document_day: Day,
    /// The day of delivery, completion, customs declaration, release or first use; the document's
    /// date when none is given.
    pub event_day: Option<Day>,
    /// The day of a payment that came before the document.
    pub paid_day: Option<Day>,
    /// Whether the document asks for a deposit before the supply.
    pub deposit: bool,
}

/// When a tax falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chargeable {
    /// On a day that is known.
    OnDay(Day),
    /// When it is paid, share by share; until then it waits.
    OnPayment,
}

impl Chargeability {
    pub(super) fn falls_on(self, occasion: &Occasion) -> Chargeable {
        let document = occasion.document_day;
        let event = occasion.event_day.unwrap_or(document);
        match self {
            Chargeability::Delivery | Chargeability::Completion if occasion.deposit => {
                Chargeable::OnPayment
            }
            Chargeability::Delivery | Chargeability::Completion => Chargeable::OnDay(event),
            Chargeability::ByNature | Chargeability::Supplier => {
                on_payment_or_invoice(occasion, event)
            }
            Chargeability::NextMonthFifteenth => {
                Chargeable::OnDay(document.min(next_fifteenth(event)))
            }
            Chargeability::ImportDeclaration | Chargeability::Release | Chargeability::FirstUse => {
                Chargeable::OnDay(event)
            }
            Chargeability::Event | Chargeability::None => Chargeable::OnDay(document),
        }
    }
}

fn on_payment_or_invoice(occasion: &Occasion, event: Day) -> Chargeable {
    let document = occasion.document_day;
    match (occasion.nature, occasion.vat_on) {
        (Nature::Services, VatOn::Invoices) => {
            Chargeable::OnDay(occasion.paid_day.map_or(document, |paid| paid.min(document)))
        }
        (Nature::Services, VatOn::Payments) => Chargeable::OnPayment,
        (Nature::Goods | Nature::Asset, _) if occasion.deposit => Chargeable::OnPayment,
        (Nature::Goods | Nature::Asset, _) => Chargeable::OnDay(event),
    }
}

/// The 15th of the month after that of `day`.
fn next_fifteenth(day: Day) -> Day {
    day.month_end().plus_days(15)
}
