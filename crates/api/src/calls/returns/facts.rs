//! What a return is computed from: the book's items, balances, the return before, the answers.

use super::{
    BankAccountView, BoxView, LeftOutView, ReturnQuery, ReturnView, SettlementView, pack_name,
};
use crate::app::App;
use crate::failure::Failure;
use book::chart::VatRole;
use book::read::{MadeReturn, Reader, TaxItemRow};
use std::collections::{BTreeMap, BTreeSet};
use tax::{Facts, Item, Pack, Return, fill};
use values::{Decimal, Period};

/// A return computed from a book.
pub(crate) struct Computed {
    pub(crate) pack: Pack,
    pub(crate) period: Period,
    pub(crate) facts: Facts,
    pub(crate) result: Return,
    /// The rows behind the items.
    pub(crate) rows: BTreeMap<i64, TaxItemRow>,
    /// The return that stands for this period.
    pub(crate) made: Option<MadeReturn>,
    /// The return before.
    pub(crate) previous: Option<MadeReturn>,
}

impl App {
    /// Fills a form for a period. A return that was made is computed again from its own items, its
    /// own answers and the pack that the book kept.
    pub(crate) fn compute(
        &self,
        reader: &Reader,
        query: &ReturnQuery,
    ) -> Result<Computed, Failure> {
        let form = query.form.to_uppercase();
        let period = self.period(&query.period)?;
        let explain = |why: book::Error| self.failed(&why);
        let returns = reader.returns(&form).map_err(explain)?;
        let made = returns
            .iter()
            .find(|one| one.first_day == period.first && one.last_day == period.last)
            .cloned();
        let previous = returns.into_iter().rfind(|one| one.last_day < period.first);
        let pack = match &made {
            Some(made) => {
                let bytes = reader.blob(&made.pack_blob).map_err(explain)?;
                Pack::from_blob(&bytes).map_err(|why| self.failed(&why))?
            }
            None => self.pack(&form)?,
        };
        let taken_by = made.as_ref().map(|made| made.id);
        let rows: BTreeMap<i64, TaxItemRow> = reader
            .tax_items(period.first, period.last)
            .map_err(explain)?
            .into_iter()
            .filter(|row| row.taken_by == taken_by)
            .map(|row| (row.id.0, row))
            .collect();
        let answers = match &made {
            Some(made) if query.answers.is_empty() => decimals(&made.answers),
            _ => query.answers.clone(),
        };
        let mut facts = self.facts(reader, &pack, period, &rows, previous.as_ref(), answers)?;
        if let Some(settlement) = made.as_ref().and_then(|made| made.settlement) {
            // A return was computed before its own entry moved these balances.
            for line in reader.postings(settlement).map_err(explain)? {
                if let Some(balance) = facts.balances.get_mut(&line.account) {
                    *balance -= line.amount_minor;
                }
            }
        }
        let result = fill(&pack, &facts).map_err(|why| self.failed(&why))?;
        Ok(Computed { pack, period, facts, result, rows, made, previous })
    }

    /// The pack of a form.
    pub(crate) fn pack(&self, form: &str) -> Result<Pack, Failure> {
        for name in Pack::names(self.law.assets()) {
            let pack = Pack::load(self.law.assets(), &name).map_err(|why| self.failed(&why))?;
            if pack.head().form == form {
                return Ok(pack);
            }
        }
        Err(self.own("unknown-form", &[("form", form)]))
    }

    fn facts(
        &self,
        reader: &Reader,
        pack: &Pack,
        period: Period,
        rows: &BTreeMap<i64, TaxItemRow>,
        previous: Option<&MadeReturn>,
        answers: BTreeMap<String, Decimal>,
    ) -> Result<Facts, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let mut balances = BTreeMap::new();
        for account in pack.accounts_named() {
            let balance = reader.balance_on(&account, period.last).map_err(explain)?;
            balances.insert(account, balance);
        }
        let roles = reader
            .accounts()
            .map_err(explain)?
            .into_iter()
            .filter_map(|account| {
                let role = match account.vat_role {
                    VatRole::Due => tax::VatRole::Due,
                    VatRole::Deductible => tax::VatRole::Deductible,
                    VatRole::Waiting | VatRole::None => return None,
                };
                Some((account.code, role))
            })
            .collect();
        Ok(Facts {
            period,
            items: rows.values().filter_map(item).collect(),
            roles,
            balances,
            previous: previous.map(|made| decimals(&made.boxes)),
            answers,
        })
    }

    /// The figures as shown, with what was checked.
    pub(crate) fn return_view(
        &self,
        reader: &Reader,
        computed: &Computed,
        banks: &[BankAccountView],
    ) -> Result<ReturnView, Failure> {
        let result = &computed.result;
        let mut checks: Vec<_> = result.checks.iter().map(|one| self.check_view(one)).collect();
        checks.extend(self.bank_checks(reader, computed.period, banks)?);
        checks.extend(self.book_checks(reader, computed)?);
        let can_be_made =
            result.can_be_made() && checks.iter().all(|check| check.passed || !check.blocking);
        Ok(ReturnView {
            form: computed.pack.head().form.clone(),
            period: computed.period.to_string(),
            pack: pack_name(&computed.pack),
            made: computed.made.is_some(),
            boxes: result
                .boxes
                .iter()
                .map(|one| BoxView {
                    id: one.id.clone(),
                    case: one.case.clone(),
                    label: self.in_language(&one.label_fr, &one.label_en),
                    section: one.section.clone(),
                    value: whole(one.value),
                    unrounded: one.unrounded.normalize(),
                    grade: one.grade.word(),
                    law: one.law.clone(),
                })
                .collect(),
            checks,
            left_out: self.left_out(computed),
            questions: result.questions.iter().map(|one| self.question_view(one)).collect(),
            settlement: result
                .settlement
                .iter()
                .map(|line| SettlementView {
                    account: line.account.clone(),
                    amount_minor: line.amount_minor,
                    label: self.in_language(&line.why.label_fr, &line.why.label_en),
                })
                .collect(),
            can_be_made,
        })
    }

    fn left_out(&self, computed: &Computed) -> Vec<LeftOutView> {
        computed
            .result
            .left_out
            .iter()
            .map(|left| {
                let mut args: Vec<(String, String)> =
                    left.args().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                if let Some(row) = computed.rows.get(&left.item) {
                    args.retain(|(name, _)| name != "entry");
                    args.push(("entry".to_owned(), row.document_reference.clone()));
                }
                let key = format!("tax.left_out.{}", left.why.code());
                let text = self
                    .sentences
                    .find(&format!("{key}.message"), &args)
                    .or_else(|| self.sentences.find(&key, &args))
                    .unwrap_or_else(|| left.why.code().to_owned());
                LeftOutView { item: left.item, entry: left.entry, text }
            })
            .collect()
    }

    /// What only the book knows: items of made periods that none took, a return missing before.
    fn book_checks(
        &self,
        reader: &Reader,
        computed: &Computed,
    ) -> Result<Vec<super::CheckView>, Failure> {
        let mut checks = Vec::new();
        let mut tell = |code: &str, args: &[(&str, &str)]| {
            checks.push(super::CheckView {
                id: code.to_owned(),
                passed: false,
                blocking: false,
                text: self.sentences.say(&format!("api.check.{code}"), args),
            });
        };
        let left = reader.left_over(computed.period.first).map_err(|why| self.failed(&why))?;
        if computed.made.is_none() && !left.is_empty() {
            let references: BTreeSet<&str> =
                left.iter().map(|row| row.document_reference.as_str()).collect();
            let shown: Vec<&str> = references.into_iter().take(5).collect();
            let count = left.len().to_string();
            tell("left-over", &[("count", &count), ("entries", &shown.join(", "))]);
        }
        if let Some(previous) = &computed.previous
            && previous.last_day.plus_days(1) < computed.period.first
        {
            let period = super::period_of(previous).to_string();
            tell("return-gap", &[("previous", &period)]);
        }
        Ok(checks)
    }
}

fn item(row: &TaxItemRow) -> Option<Item> {
    Some(Item {
        id: row.id.0,
        entry: row.entry.0,
        account: row.account.clone(),
        leg: tax::Leg::parse(row.leg.word())?,
        tax_code: row.tax_code.clone(),
        rate: row.rate,
        nature: tax::Nature::parse(row.nature.word())?,
        base_minor: row.base_minor,
        tax_minor: row.tax_minor,
        deductible_minor: row.deductible_minor,
        chargeable_on: row.chargeable_on,
    })
}

fn decimals(json: &str) -> BTreeMap<String, Decimal> {
    serde_json::from_str(json).unwrap_or_default()
}

/// A figure of the form, which has no decimals left.
pub(crate) fn whole(value: Decimal) -> i64 {
    values::minor_from_decimal(value, 0, values::Rounding::HalfUp).unwrap_or(i64::MAX)
}
