//! The accounts that an answer lists.

use super::Json;
use super::mapping::Mapping;
use super::record::{json_of, reference_of};
use super::rules::{Chain, currency_of, held};
use crate::account::named_by_iban;
use crate::{AccountName, Refusal, RefusalCode, Remark, RemarkCode, Severity};
use chrono_tz::Tz;
use values::{Currency, Iban};

/// An account at the bank, before anybody decided what to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedAccount {
    /// What calls and readings name it by; kept by the caller, never shown.
    pub reference: String,
    /// Names that outlast a session, best first: (`iban`, …), (connector's id, reference).
    pub names: Vec<(String, String)>,
    /// What the bank calls it.
    pub label: Option<String>,
    /// Its currency, or why the account is refused.
    pub currency: Result<Currency, Remark>,
    /// The bank that keeps it, where the source stands before several.
    pub bank: Option<String>,
    /// Booked balance in minor units, if this answer states it.
    pub booked_minor: Option<i64>,
    /// What can be spent in minor units: for the eye, never a proof, for it may hold a credit line.
    pub available_minor: Option<i64>,
    /// When the bank said so: RFC 3339 in UTC, or a day.
    pub as_of: Option<String>,
}

/// The accounts of an answer, in its order.
pub fn accounts(
    mapping: &Mapping,
    bytes: &[u8],
) -> Result<(Vec<FeedAccount>, Vec<Remark>), Refusal> {
    let root = json_of(bytes)?;
    let mut remarks = Vec::new();
    let mut found = Vec::new();
    for record in records(mapping, &root)? {
        let chain = [&root, record];
        let name = named(mapping, &chain);
        if mapping.accounts.skip.iter().any(|skip| skip.holds(&chain)) {
            let remark = Remark::new(RemarkCode::AccountSkipped, Severity::Note);
            remarks.push(remark.with("account", name.shown()));
            continue;
        }
        match account(mapping, &chain, name) {
            Ok(account) => found.push(account),
            Err(remark) => remarks.push(remark),
        }
    }
    Ok((found, remarks))
}

fn records<'j, 'a>(mapping: &Mapping, root: &'j Json<'a>) -> Result<&'j [Json<'a>], Refusal> {
    let list = &mapping.accounts.list;
    list.find(&[root])
        .and_then(Json::items)
        .ok_or_else(|| Refusal::new(RefusalCode::AnswerShape).with("field", &list.text))
}

/// The record of one account in an answer that lists accounts.
pub(super) fn find_record<'j, 'a>(
    mapping: &Mapping,
    root: &'j Json<'a>,
    reference: &str,
) -> Option<&'j Json<'a>> {
    let same = |record: &&Json<'_>| {
        reference_of(&mapping.accounts, &[root, record]).as_deref() == Some(reference)
    };
    records(mapping, root).ok()?.iter().find(same)
}

/// What an account is called, by whom.
pub(super) fn named(mapping: &Mapping, chain: &Chain<'_, '_>) -> AccountName {
    let accounts = &mapping.accounts;
    let text =
        |rule: &Option<super::rules::TextRule>| Some(rule.as_ref()?.find(chain)?.into_owned());
    let mut name = match text(&accounts.iban).and_then(|iban| Iban::parse(&iban).ok()) {
        Some(iban) => named_by_iban(iban.as_str()),
        None => AccountName::default(),
    };
    if let Some(reference) = reference_of(accounts, chain) {
        name.add(&mapping.id, reference);
    }
    name.label = text(&accounts.name);
    name
}

/// The bank that keeps an account.
pub(super) fn bank(mapping: &Mapping, chain: &Chain<'_, '_>) -> Option<String> {
    let own = mapping.accounts.bank.as_ref().and_then(|rule| rule.find(chain));
    let found = own.or_else(|| mapping.accounts.bank_join.as_ref()?.find(chain))?;
    Some(super::plain_text(found, super::rules::LONGEST).into_owned())
}

/// The account's currency, or why it is refused.
pub(super) fn currency(mapping: &Mapping, chain: &Chain<'_, '_>) -> Result<Currency, Remark> {
    let rule = &mapping.accounts.currency;
    let found = rule.find(chain).ok_or_else(|| held(RemarkCode::FieldMissing, rule.name(), ""))?;
    currency_of(&found, rule.name())
}

fn account(
    mapping: &Mapping,
    chain: &Chain<'_, '_>,
    name: AccountName,
) -> Result<FeedAccount, Remark> {
    let missing = || held(RemarkCode::FieldMissing, &mapping.accounts.reference.text, "");
    let currency = currency(mapping, chain);
    let known = currency.as_ref().ok().copied();
    let listed = |balances: &&super::mapping::Balances| balances.from != super::BalanceFrom::Call;
    let balances = mapping.balances.as_ref().filter(listed);
    let read = |rule: &super::rules::AmountRule| rule.find(chain, known?).ok();
    let as_of = balances.and_then(|balances| balances.as_of.as_ref());
    Ok(FeedAccount {
        reference: reference_of(&mapping.accounts, chain).ok_or_else(missing)?,
        bank: bank(mapping, chain),
        booked_minor: balances.and_then(|balances| read(&balances.booked)),
        available_minor: balances.and_then(|balances| read(balances.available.as_ref()?)),
        as_of: as_of.and_then(|rule| rule.find(chain, Tz::UTC).ok()?).map(|moment| {
            let instant = moment.instant_ms.is_some();
            if instant { moment.stamp + "Z" } else { moment.stamp }
        }),
        currency,
        names: name.names,
        label: name.label,
    })
}
