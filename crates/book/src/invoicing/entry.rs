//! What an invoice or credit note books: the customer's line, the sales by account, the tax by
//! code, rate and nature.

use super::record::{Built, TaxedLine, is_rebate};
use super::{InvoiceDraft, InvoiceKind};
use crate::chart::Role;
use crate::error::{Error, Result};
use crate::law::Law;
use crate::tax_codes::{self, Nature};
use values::Decimal;

/// Amounts to book, in minor units and as an invoice has them: a credit note turns every sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Booked {
    /// Income by account, in the order of the lines; none is zero.
    pub(crate) income: Vec<(String, i64)>,
    /// Tax by code, rate and nature, in the order of the lines.
    pub(crate) taxes: Vec<BookedTax>,
}

/// The tax of one code, rate and nature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BookedTax {
    pub(crate) tax_code: String,
    pub(crate) rate: Decimal,
    pub(crate) nature: Nature,
    pub(crate) base_minor: i64,
    pub(crate) tax_minor: i64,
}

/// Sorts the amounts of a record, none of whose lines may lack its tax code.
pub(crate) fn booked(law: &Law, draft: &InvoiceDraft, built: &Built) -> Result<Booked> {
    let mut income: Vec<(String, i64)> = Vec::new();
    let mut taxes: Vec<(usize, BookedTax)> = Vec::new();
    for ((line, sold), taxed) in built.record.lines.iter().zip(&draft.lines).zip(&built.taxed) {
        let taxed = taxed
            .as_ref()
            .ok_or_else(|| Error::Damaged("an invoice line without its tax code".to_owned()))?;
        let account = match &sold.account {
            Some(account) if !is_rebate(draft) => account.clone(),
            _ => law.chart()?.by_role(role(draft, taxed)).code.clone(),
        };
        match income.iter_mut().find(|(known, _)| *known == account) {
            Some((_, sum)) => *sum += line.net_minor,
            None => income.push((account, line.net_minor)),
        }
        let group = built.record.breakdown.iter().position(|group| {
            (&group.category, group.rate) == (&line.vat.category, line.vat.rate)
                && group.exemption_code == line.vat.exemption_code
                && group.exemption_reason == line.vat.exemption_reason
        });
        let group = group
            .ok_or_else(|| Error::Damaged("an invoice line outside its breakdown".to_owned()))?;
        let same = |(at, known): &&mut (usize, BookedTax)| {
            *at == group
                && known.tax_code == taxed.tax_code
                && known.rate == taxed.rate
                && known.nature == taxed.nature
        };
        match taxes.iter_mut().find(same) {
            Some((_, known)) => known.base_minor += line.net_minor,
            None => taxes.push((
                group,
                BookedTax {
                    tax_code: taxed.tax_code.clone(),
                    rate: taxed.rate,
                    nature: taxed.nature,
                    base_minor: line.net_minor,
                    tax_minor: 0,
                },
            )),
        }
    }
    share_tax(built, &mut taxes)?;
    income.retain(|(_, sum)| *sum != 0);
    Ok(Booked { income, taxes: taxes.into_iter().map(|(_, tax)| tax).collect() })
}

/// The tax of the record is rounded once for each category and rate. Codes and natures that share
/// one get their own part of it, and the cent that is over goes to the largest.
fn share_tax(built: &Built, taxes: &mut [(usize, BookedTax)]) -> Result<()> {
    for (at, group) in built.record.breakdown.iter().enumerate() {
        let mut left = group.tax_minor;
        let members = || taxes.iter().enumerate().filter(|(_, (of, _))| *of == at);
        let largest = members().max_by_key(|(_, (_, tax))| tax.base_minor.unsigned_abs());
        let Some(largest) = largest.map(|(place, _)| place) else { continue };
        let others: Vec<usize> =
            members().map(|(place, _)| place).filter(|place| *place != largest).collect();
        for place in others {
            let tax = &mut taxes[place].1;
            tax.tax_minor = tax_codes::from_net(tax.base_minor, tax.rate)
                .map_err(|why| Error::Damaged(why.to_string()))?;
            left -= tax.tax_minor;
        }
        taxes[largest].1.tax_minor = left;
    }
    Ok(())
}

/// The role of the account that income of a nature stands on.
fn role(draft: &InvoiceDraft, taxed: &TaxedLine) -> Role {
    match (is_rebate(draft), taxed.nature) {
        (false, Nature::Services) => Role::SalesServices,
        (false, Nature::Goods) => Role::SalesGoods,
        (_, Nature::Asset) => Role::DisposalProceeds,
        (true, Nature::Services) => Role::RebatesServices,
        (true, Nature::Goods) => Role::RebatesGoods,
    }
}

/// The sign with which the customer's line stands: an invoice is a debit.
pub(crate) fn sign(kind: InvoiceKind) -> i64 {
    if kind == InvoiceKind::Invoice { 1 } else { -1 }
}
