//! Cases of each reason, and of what must not be taken for one.

mod cases;
mod hints;
mod properties;
mod sample;
mod sentences;

use super::*;
use assets::Assets;
use book::read::{LineState, PastCounter, PastTax};
use book::tax_codes::Nature;
use book::{BankAccountId, EntryId, PostingId};
use values::{Currency, Day};

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(crate) fn rules() -> Rules {
    Rules::read(&Assets::built_in(), "fr", false).unwrap()
}

/// An open item of the 1st of March 2026; its counterparty's name is its code.
pub(crate) fn item(id: i64, party: &str, reference: &str, rest_minor: i64) -> OpenItem {
    OpenItem {
        posting: PostingId(id),
        entry: EntryId(id),
        account: "411".to_owned(),
        counterparty: party.to_owned(),
        counterparty_name: party.to_owned(),
        day: day("2026-03-01"),
        document_reference: reference.to_owned(),
        label: String::new(),
        rest_minor,
        vat_waits: false,
    }
}

/// A line of the 10th of March 2026 in the first bank account.
pub(crate) fn line(id: i64, amount_minor: i64, label: &str) -> BankLine {
    BankLine {
        id: LineId(id),
        bank_account: BankAccountId(1),
        day: day("2026-03-10"),
        amount_minor,
        label: label.to_owned(),
        clean_label: label.to_owned(),
        party_name: None,
        party_iban: None,
        reference: None,
        type_code: None,
        state: LineState::Inbox,
        entry: None,
    }
}

/// A line booked whole to one account, with the tax code if one is given.
pub(crate) fn past(
    decision: i64,
    amount_minor: i64,
    label: &str,
    account: &str,
    tax: &str,
) -> PastBooking {
    let tax = (!tax.is_empty()).then(|| PastTax {
        code: tax.to_owned(),
        rate: "20".parse().unwrap(),
        nature: Nature::Services,
    });
    PastBooking {
        decision,
        line: LineId(1000 + decision),
        day: day("2026-01-01").plus_days(decision),
        amount_minor,
        clean_label: label.to_owned(),
        party_name: None,
        party_iban: None,
        entry: EntryId(1000 + decision),
        why: "person".to_owned(),
        counters: vec![PastCounter { account: account.to_owned(), counterparty: None }],
        taxes: tax.into_iter().collect(),
        transfer: account == "580",
    }
}

pub(crate) fn own_accounts() -> Vec<BankAccount> {
    let own = |id: i64, name: &str, iban: &str| BankAccount {
        id: BankAccountId(id),
        account: format!("51210{id}"),
        journal: format!("BQ{id}"),
        name: name.to_owned(),
        currency: Currency::EUR,
        names: vec![("iban".to_owned(), iban.to_owned())],
    };
    vec![
        own(1, "Compte courant", "FR7699901008120001020304170"),
        own(2, "Livret", "FR7699901008120009870011288"),
        own(3, "Encaissement", "FR7699902004000800451234501"),
    ]
}

/// Reason, booking, and `sure` or `?`, in one line that a case can name.
pub(crate) fn told(proposal: Option<&Proposal>) -> String {
    let Some(proposal) = proposal else { return "-".to_owned() };
    let booking = match &proposal.booking {
        Booking::Items(items) => {
            let items: Vec<String> = items.iter().map(PostingId::to_string).collect();
            format!("items {}", items.join(","))
        }
        Booking::Settle(settlement) => {
            let shares = settlement.items.iter();
            let shares: Vec<String> =
                shares.map(|share| format!("{} {}", share.item, share.amount_minor)).collect();
            format!("part of {}", shares.join(","))
        }
        Booking::Transfer => "transfer".to_owned(),
        Booking::Parts(parts) => {
            let part = |part: &book::Part| match &part.tax_code {
                Some(code) => format!("{} {code}", part.account),
                None => part.account.clone(),
            };
            parts.iter().map(part).collect::<Vec<_>>().join(",")
        }
    };
    let sure = if proposal.sure { "sure" } else { "?" };
    format!("{} | {booking} | {sure}", proposal.why.stored())
}
