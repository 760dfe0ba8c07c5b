//! A bank line booked to accounts, each part with its tax code if it has one.

use super::{Line, Part, destination};
use crate::chart::Kind;
use crate::commands::entry_rows::{deductible, write_line};
use crate::commands::open_account::account_of;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, CounterpartyId, EntryId, PostingId};
use crate::tax_codes::{self, Direction, Leg, Nature, TaxCode};
use crate::tx::Tx;
use rusqlite::params;
use values::{Decimal, MAX_MINOR};

/// Writes the lines and tax items of the parts, from `place` on; they sum to `amount_minor`.
pub(super) fn write(
    tx: &Tx<'_>,
    entry: EntryId,
    line: &Line,
    (place, amount_minor): (usize, i64),
    parts: &[Part],
) -> Result<()> {
    if let Some(part) = parts.iter().find(|p| p.gross_minor.unsigned_abs() > MAX_MINOR as u64) {
        return Err(Error::refused(Code::TooLarge, &[("amount", &part.gross_minor)]));
    }
    let sum: i128 = parts.iter().map(|part| i128::from(part.gross_minor)).sum();
    if sum != i128::from(amount_minor) {
        return Err(Error::refused(
            Code::Unbalanced,
            &[
                ("entry", &line.label),
                ("day", &line.day),
                ("difference", &crate::door::cents((i128::from(amount_minor) - sum) as i64)),
            ],
        ));
    }
    let mut writer = Writer { tx, entry, line, place };
    for part in parts {
        match &part.tax_code {
            None => {
                let (account, _, on_line) = destination(tx, part)?;
                writer.line((account, on_line), -part.gross_minor)?;
            }
            Some(code) => writer.taxed(part, code)?,
        }
    }
    Ok(())
}

/// A sale's code on an expense, or a purchase's on an income, is a slip: money that goes back to a
/// customer lowers the income it came from.
fn refuse_wrong_side(tx: &Tx<'_>, part: &Part, code: &TaxCode) -> Result<()> {
    let kind = tx.law.chart()?.properties(&part.account).map(|found| found.kind);
    let wrong = match code.direction {
        Direction::Sale => kind == Some(Kind::Expense),
        Direction::Purchase => kind == Some(Kind::Income),
    };
    if !wrong {
        return Ok(());
    }
    let args: [(&'static str, &dyn std::fmt::Display); 2] =
        [("tax_code", &code.code), ("account", &part.account)];
    Err(Error::refused(Code::WrongSide, &args))
}

struct Writer<'a, 't> {
    tx: &'a Tx<'t>,
    entry: EntryId,
    line: &'a Line,
    place: usize,
}

/// The amounts of an operation in minor units, signed as the return counts them.
struct Taxed<'a> {
    code: &'a TaxCode,
    rate: Decimal,
    nature: Nature,
    base_minor: i64,
    tax_minor: i64,
    counterparty: Option<CounterpartyId>,
}

impl Writer<'_, '_> {
    fn line(
        &mut self,
        to: (AccountId, Option<CounterpartyId>),
        amount_minor: i64,
    ) -> Result<PostingId> {
        let place = self.place;
        self.place += 1;
        write_line(self.tx, self.entry, self.line.day, place, to, amount_minor, "")
    }

    fn taxed(&mut self, part: &Part, name: &str) -> Result<()> {
        let unknown = || Error::refused(Code::UnknownTaxCode, &[("tax_code", &name)]);
        let code = self.tx.law.tax_codes()?.get(name).ok_or_else(unknown)?;
        // Codes of other shapes (the margin scheme, self-supply) need an entry of one's own.
        if !matches!(code.legs(), [Leg::Output] | [Leg::Input] | [Leg::ReverseDue, Leg::Input]) {
            let args: [(&'static str, &dyn std::fmt::Display); 2] =
                [("tax_code", &code.code), ("leg", &"output")];
            return Err(Error::refused(Code::LegNotAllowed, &args));
        }
        refuse_wrong_side(self.tx, part, code)?;
        let (account, counterparty, on_line) = destination(self.tx, part)?;
        let (rate, nature) = self.rate_and_nature(part, code)?;
        let large = |_| Error::refused(Code::TooLarge, &[("amount", &part.gross_minor)]);
        // A sale's money comes in, a purchase's goes out: both then count as positive.
        let gross =
            if code.direction == Direction::Sale { part.gross_minor } else { -part.gross_minor };
        let reverse = code.legs().contains(&Leg::ReverseDue);
        let (base_minor, tax_minor) = if reverse {
            (gross, tax_codes::from_net(gross, rate).map_err(large)?)
        } else {
            tax_codes::from_gross(gross, rate).map_err(large)?
        };
        let taxed = Taxed { code, rate, nature, base_minor, tax_minor, counterparty };
        match (code.direction, reverse) {
            (Direction::Sale, _) => {
                self.line((account, on_line), -base_minor)?;
                self.item(&taxed, Leg::Output, 0)
            }
            (Direction::Purchase, false) => {
                let deductible = deductible(self.tx, code, tax_minor, self.line.day)?;
                self.line((account, on_line), base_minor + tax_minor - deductible)?;
                self.item(&taxed, Leg::Input, deductible)
            }
            (Direction::Purchase, true) => self.reverse_charge(&taxed, (account, on_line)),
        }
    }

    /// Due and deductible at once; what may not be deducted is a cost of its own account.
    fn reverse_charge(
        &mut self,
        taxed: &Taxed<'_>,
        to: (AccountId, Option<CounterpartyId>),
    ) -> Result<()> {
        let deductible = deductible(self.tx, taxed.code, taxed.tax_minor, self.line.day)?;
        self.line(to, taxed.base_minor)?;
        if taxed.tax_minor != deductible {
            let role = crate::chart::Role::ReverseChargeNotDeductible;
            let code = self.tx.law.chart()?.by_role(role).code.clone();
            let cost = account_of(self.tx, &code)?;
            self.line((cost, None), taxed.tax_minor - deductible)?;
        }
        self.item(taxed, Leg::ReverseDue, 0)?;
        self.item(taxed, Leg::Input, deductible)
    }

    fn rate_and_nature(&self, part: &Part, code: &TaxCode) -> Result<(Decimal, Nature)> {
        let day = self.line.day;
        // A code without listed rates takes any, so it must be said.
        let listed = part.rate.or_else(|| code.rates_on(day).next());
        let rate = listed.unwrap_or(Decimal::ZERO);
        if listed.is_none() || !code.allows(rate, day) {
            let args: [(&'static str, &dyn std::fmt::Display); 3] =
                [("tax_code", &code.code), ("rate", &rate), ("day", &day)];
            return Err(Error::refused(Code::RateNotAllowed, &args));
        }
        let nature = part.nature.unwrap_or(match part.account.as_bytes().first() {
            Some(b'2') => Nature::Asset,
            _ if code.takes(Nature::Services) => Nature::Services,
            _ => Nature::Goods,
        });
        Ok((rate, nature))
    }

    /// An item that falls due on the line's day, since this is its payment.
    fn item(&mut self, taxed: &Taxed<'_>, leg: Leg, deductible_minor: i64) -> Result<()> {
        let on_line = if leg == Leg::Input { deductible_minor } else { -taxed.tax_minor };
        let posting = if on_line == 0 {
            None
        } else {
            let account = taxed.code.account(leg, taxed.nature).ok_or_else(|| {
                Error::refused(Code::UnknownTaxCode, &[("tax_code", &taxed.code.code)])
            })?;
            let account = account_of(self.tx, account)?;
            Some(self.line((account, None), on_line)?)
        };
        self.tx.insert(
            "INSERT INTO tax_item (entry, posting, leg, tax_code, rate, base_minor, tax_minor,
               deductible_minor, chargeable_on, nature, counterparty)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                self.entry,
                posting,
                leg.word(),
                taxed.code.code,
                taxed.rate.normalize().to_string(),
                taxed.base_minor,
                taxed.tax_minor,
                deductible_minor,
                self.line.day.to_string(),
                taxed.nature.word(),
                taxed.counterparty
            ],
        )?;
        Ok(())
    }
}
