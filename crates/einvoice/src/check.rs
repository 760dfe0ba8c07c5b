//! The rules that an invoice must keep before it gets a number: those of EN 16931-1 and of France
//! (BR-FR) that an invoice of ours could break, each with the place that a person can mend.

use crate::{Invoice, Line, Party, TypeCode};
use values::{Decimal, VatNumber};

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub code: ProblemCode,
    /// The business term or group that breaks the rule: `BT-44`.
    pub term: &'static str,
    /// Place of the line from 0, where it is one of a line.
    pub line: Option<usize>,
    /// The value as it stands, for the sentence.
    pub value: String,
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {
        /// The closed list of what an invoice can lack.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ProblemCode { $($(#[$doc])* $name,)* }

        impl ProblemCode {
            /// Every code.
            pub const ALL: &[ProblemCode] = &[$(ProblemCode::$name,)*];

            /// The code as machines see it; its sentence stands under it.
            pub fn word(self) -> &'static str {
                match self { $(ProblemCode::$name => $word,)* }
            }
        }
    };
}

problems! {
    /// No line (BR-16).
    NoLine = "no-line";
    /// The seller has no name (BR-06).
    SellerName = "seller-name";
    /// The seller has no SIREN (CGI ann. II art. 242 nonies A, 1°).
    SellerSiren = "seller-siren";
    /// The seller's address lacks street, post code, city or country (BR-08, BR-09, 242 nonies A).
    SellerAddress = "seller-address";
    /// The seller charges tax and names no VAT number (BR-S-02, 242 nonies A, 2°).
    SellerVatNumber = "seller-vat-number";
    /// Nobody is invoiced (BR-07).
    BuyerName = "buyer-name";
    /// The buyer's address lacks street, post code, city or country (BR-10, BR-11, 242 nonies A).
    BuyerAddress = "buyer-address";
    /// The buyer owes the tax, or buys within the Union, and has no VAT number (BR-AE-03,
    /// BR-IC-02).
    BuyerVatNumber = "buyer-vat-number";
    /// A VAT number whose own key does not fit.
    VatKey = "vat-key";
    /// A line without a name (BR-25).
    LineName = "line-name";
    /// A quantity of zero.
    ZeroQuantity = "zero-quantity";
    /// More than 4 decimals in a quantity (BR-FR).
    FineQuantity = "fine-quantity";
    /// A price below zero (BR-27).
    NegativePrice = "negative-price";
    /// More than 6 decimals in a price (BR-FR).
    FinePrice = "fine-price";
    /// Quantity and price are there, and the line comes to nothing.
    NothingLeft = "nothing-left";
    /// A discount outside of 0 to 100.
    Discount = "discount";
    /// No tax is charged and no reason is given (BR-E-10 and its twins).
    ExemptionReason = "exemption-reason";
    /// The invoice comes to less than nothing: it is a credit note.
    NegativeTotal = "negative-total";
    /// To be paid before it is issued (BR-FR).
    DueBeforeIssue = "due-before-issue";
    /// Money is due and no day is named (BR-CO-25).
    DueDay = "due-day";
    /// A credit note that names no invoice (BR-FR).
    Preceding = "preceding";
    /// A number longer than 35 characters, or with others than letters, digits and `+-_/`
    /// (BR-FR-01).
    Number = "number";
}

/// Everything that keeps an invoice from being issued; nothing means that it may get its number.
/// An empty number is none yet, and no fault.
pub fn check(invoice: &Invoice) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut add = |code, term, line, value: &str| {
        found.push(Problem { code, term, line, value: value.to_owned() });
    };
    let number = invoice.number.as_str();
    let plain = |c: char| c.is_ascii_alphanumeric() || "+-_/".contains(c);
    if number.len() > 35 || !number.chars().all(plain) {
        add(ProblemCode::Number, "BT-1", None, number);
    }
    seller(invoice, &mut add);
    buyer(invoice, &mut add);
    if invoice.lines.is_empty() {
        add(ProblemCode::NoLine, "BG-25", None, "");
    }
    for (place, one) in invoice.lines.iter().enumerate() {
        line(one, &mut |code, term, value| add(code, term, Some(place), value));
    }
    if invoice.totals.gross_minor < 0 {
        add(ProblemCode::NegativeTotal, "BT-112", None, &invoice.totals.gross_minor.to_string());
    }
    match invoice.due_day {
        Some(due) if due < invoice.issue_day => {
            add(ProblemCode::DueBeforeIssue, "BT-9", None, &due.to_string());
        }
        None if invoice.totals.due_minor > 0 && invoice.type_code == TypeCode::Invoice => {
            add(ProblemCode::DueDay, "BT-9", None, "");
        }
        _ => {}
    }
    let nameless = |number: &str| number.trim().is_empty();
    let answers = invoice.preceding.iter().any(|one| !nameless(&one.number));
    if invoice.type_code == TypeCode::CreditNote && !answers {
        add(ProblemCode::Preceding, "BG-3", None, "");
    }
    found
}

type Add<'a> = dyn FnMut(ProblemCode, &'static str, Option<usize>, &str) + 'a;

fn seller(invoice: &Invoice, add: &mut Add<'_>) {
    let seller = &invoice.seller;
    if seller.name.trim().is_empty() {
        add(ProblemCode::SellerName, "BT-27", None, "");
    }
    if seller.siren.is_none() && seller.address.country == "FR" {
        add(ProblemCode::SellerSiren, "BT-30", None, "");
    }
    if !is_whole(seller) {
        add(ProblemCode::SellerAddress, "BG-5", None, &seller.address.city);
    }
    let charges = invoice.breakdown.iter().any(|group| group.category != "E");
    match &seller.vat_number {
        None if charges => add(ProblemCode::SellerVatNumber, "BT-31", None, ""),
        Some(number) if !key_fits(number) => add(ProblemCode::VatKey, "BT-31", None, number),
        _ => {}
    }
}

fn buyer(invoice: &Invoice, add: &mut Add<'_>) {
    let buyer = &invoice.buyer;
    if buyer.name.trim().is_empty() {
        // Who is not chosen has no address either: one sentence is enough.
        add(ProblemCode::BuyerName, "BT-44", None, "");
        return;
    }
    if !is_whole(buyer) {
        add(ProblemCode::BuyerAddress, "BG-8", None, &buyer.name);
    }
    let by_buyer = |group: &crate::VatBreakdown| matches!(group.category.as_str(), "AE" | "K");
    match &buyer.vat_number {
        None if invoice.breakdown.iter().any(by_buyer) => {
            add(ProblemCode::BuyerVatNumber, "BT-48", None, &buyer.name);
        }
        Some(number) if !key_fits(number) => add(ProblemCode::VatKey, "BT-48", None, number),
        _ => {}
    }
}

/// Street, city and country; a post code where the country is France, whose every place has one.
fn is_whole(party: &Party) -> bool {
    let address = &party.address;
    let filled = |text: &str| !text.trim().is_empty();
    filled(&address.line1)
        && filled(&address.city)
        && filled(&address.country)
        && (address.country != "FR" || filled(&address.post_code))
}

fn key_fits(number: &str) -> bool {
    VatNumber::parse(number).is_ok_and(|number| number.key_fits() != Some(false))
}

fn line(line: &Line, add: &mut dyn FnMut(ProblemCode, &'static str, &str)) {
    if line.name.trim().is_empty() {
        add(ProblemCode::LineName, "BT-153", "");
    }
    let (quantity, price) = (line.quantity.normalize(), line.unit_price.normalize());
    if quantity.is_zero() {
        add(ProblemCode::ZeroQuantity, "BT-129", "0");
    } else if quantity.scale() > 4 {
        add(ProblemCode::FineQuantity, "BT-129", &quantity.to_string());
    }
    if price < Decimal::ZERO {
        add(ProblemCode::NegativePrice, "BT-146", &price.to_string());
    } else if price.scale() > 6 {
        add(ProblemCode::FinePrice, "BT-146", &price.to_string());
    }
    let percent = line.allowance.as_ref().map_or(Decimal::ZERO, |allowance| allowance.percent);
    if percent < Decimal::ZERO || percent > Decimal::ONE_HUNDRED {
        add(ProblemCode::Discount, "BT-138", &percent.to_string());
    }
    let priced = !quantity.is_zero() && price > Decimal::ZERO && percent < Decimal::ONE_HUNDRED;
    if priced && line.net_minor == 0 {
        add(ProblemCode::NothingLeft, "BT-131", &price.to_string());
    }
    let told = line.vat.exemption_reason.is_some() || line.vat.exemption_code.is_some();
    if !matches!(line.vat.category.as_str(), "S" | "Z") && !told {
        add(ProblemCode::ExemptionReason, "BT-120", &line.vat.category);
    }
}

#[cfg(test)]
mod tests;
