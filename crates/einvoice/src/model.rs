//! The semantic model as plain structures.

use serde::{Deserialize, Serialize};
use values::{Currency, Day, Decimal};

/// An invoice or a credit note. Both carry positive amounts: the type reverses them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// BT-1, the number as printed; empty while there is none.
    pub number: String,
    /// BT-2, the day of issue.
    pub issue_day: Day,
    /// BT-3.
    pub type_code: TypeCode,
    /// BT-5, the currency of every amount.
    pub currency: Currency,
    /// BT-9, the day by which to pay.
    pub due_day: Option<Day>,
    /// BT-10, what the buyer asked to be quoted.
    pub buyer_reference: Option<String>,
    /// BT-13, the buyer's order.
    pub order_reference: Option<String>,
    /// BT-20, the terms of payment in words.
    pub payment_terms: Option<String>,
    /// BG-1, notes; mandatory mentions among them.
    pub notes: Vec<Note>,
    /// BT-23, goods, services or both, and the framework: `B1`, `S1`, `M1` (BR-FR).
    pub process: Option<String>,
    /// BG-3, the invoices that this one answers.
    pub preceding: Vec<Preceding>,
    /// BG-4.
    pub seller: Party,
    /// BG-7.
    pub buyer: Party,
    /// BG-13.
    pub delivery: Option<Delivery>,
    /// BG-16.
    pub payment: Option<Payment>,
    /// BG-25.
    pub lines: Vec<Line>,
    /// BG-23, one for each category and rate, in the order of their first line.
    pub breakdown: Vec<VatBreakdown>,
    /// BG-22.
    pub totals: Totals,
}

/// BT-3, of UNTDID 1001 as far as Comptoir issues it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TypeCode {
    /// 380, commercial invoice.
    #[serde(rename = "380")]
    Invoice,
    /// 381, credit note.
    #[serde(rename = "381")]
    CreditNote,
}

/// BG-1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// BT-21, of UNTDID 4451: `PMT` recovery fee, `PMD` late payment, `AAB` discount, `REG` legal
    /// information; none for the seller's own words.
    pub subject: Option<String>,
    /// BT-22.
    pub text: String,
}

/// BG-3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preceding {
    /// BT-25.
    pub number: String,
    /// BT-26.
    pub day: Option<Day>,
}

/// BG-4 or BG-7: seller or buyer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Party {
    /// BT-27 or BT-44.
    pub name: String,
    /// BT-30 or BT-47: the SIREN, scheme 0002.
    pub siren: Option<String>,
    /// BT-31 or BT-48.
    pub vat_number: Option<String>,
    /// BT-33: legal form, capital, register; the seller's alone.
    pub legal_information: Option<String>,
    /// BT-34 or BT-49, with its scheme: `0225:812345676`.
    pub electronic_address: Option<String>,
    /// BG-5 or BG-8.
    pub address: Address,
    /// BT-43 or BT-58.
    pub email: Option<String>,
    /// BT-42 or BT-57.
    pub telephone: Option<String>,
}

/// BG-5, BG-8 or BG-15: a postal address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Address {
    /// BT-35, BT-50 or BT-75.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub line1: String,
    /// BT-36, BT-51 or BT-76.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub line2: String,
    /// BT-38, BT-53 or BT-78.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub post_code: String,
    /// BT-37, BT-52 or BT-77.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub city: String,
    /// BT-40, BT-55 or BT-80: ISO 3166-1, two capitals.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
}

/// BG-13.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Delivery {
    /// BT-72, when the goods were delivered or the service completed.
    pub day: Option<Day>,
    /// BT-70.
    pub name: Option<String>,
    /// BG-15, where it is not the buyer's own.
    pub address: Option<Address>,
}

/// BG-16 and BG-17: how to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// BT-81, of UNTDID 4461: `58` is a SEPA credit transfer.
    pub means_code: String,
    /// BT-83, what the payer should quote.
    pub remittance: Option<String>,
    /// BT-84.
    pub iban: Option<String>,
    /// BT-85, whose account it is.
    pub account_name: Option<String>,
    /// BT-86.
    pub bic: Option<String>,
}

/// BG-25: a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// BT-126, from 1.
    pub id: String,
    /// BT-153.
    pub name: String,
    /// BT-154.
    pub description: Option<String>,
    /// BT-129.
    pub quantity: Decimal,
    /// BT-130, of UN/ECE recommendation 20: `C62` piece, `HUR` hour, `DAY`.
    pub unit: String,
    /// BT-146: net of tax, never negative.
    pub unit_price: Decimal,
    /// BG-27: what is taken off the line.
    pub allowance: Option<Allowance>,
    /// BT-131, in minor units.
    pub net_minor: i64,
    /// BG-30.
    pub vat: LineVat,
}

/// BG-27: a discount on a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// BT-138, per cent.
    pub percent: Decimal,
    /// BT-137, what the percentage is of, in minor units.
    pub base_minor: i64,
    /// BT-136, in minor units.
    pub amount_minor: i64,
    /// BT-139.
    pub reason: String,
}

/// BG-30.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineVat {
    /// BT-151, of UNTDID 5305: `S`, `E`, `AE`, `K`, `G`, `O`, `Z`.
    pub category: String,
    /// BT-152, per cent; zero for every category but `S`.
    pub rate: Decimal,
    /// BT-120 of its breakdown: why no tax is charged.
    pub exemption_reason: Option<String>,
    /// BT-121 of its breakdown: the same as a code of the list VATEX.
    pub exemption_code: Option<String>,
}

/// BG-23: the tax of one category and rate, in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatBreakdown {
    /// BT-118.
    pub category: String,
    /// BT-119, per cent.
    pub rate: Decimal,
    /// BT-116.
    pub base_minor: i64,
    /// BT-117: rounded once, half up.
    pub tax_minor: i64,
    /// BT-120.
    pub exemption_reason: Option<String>,
    /// BT-121.
    pub exemption_code: Option<String>,
}

/// BG-22, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// BT-106, the lines together.
    pub lines_minor: i64,
    /// BT-109, without tax.
    pub net_minor: i64,
    /// BT-110.
    pub tax_minor: i64,
    /// BT-112, with tax.
    pub gross_minor: i64,
    /// BT-113, paid before.
    pub paid_minor: i64,
    /// BT-115, what is to be paid.
    pub due_minor: i64,
}
