//! What holds for any inbox.

use super::*;
use proptest::prelude::*;
use std::collections::HashSet;

const LABELS: &[&str] = &[
    "VIR FA-2026-0001",
    "VIR FA-2026-0001 FA-2026-0002",
    "VIR KERLANN",
    "VIREMENT INTERNE",
    "CARTE LEVAIN BLEU",
    "PRLV EDF",
    "VIR",
    "",
];

const PARTIES: &[&str] = &["Kerlann", "Galerie Vasseur", "Levain Bleu"];

fn lines() -> impl Strategy<Value = Vec<BankLine>> {
    let one = (0..LABELS.len(), -3i64..4, 1i64..4, 0i64..12, any::<bool>());
    prop::collection::vec(one, 0..14).prop_map(|all| {
        let made =
            all.into_iter().enumerate().map(|(place, (label, size, account, later, known))| {
                let mut one = line(place as i64 + 1, size * 100, LABELS[label]);
                one.bank_account = BankAccountId(account);
                one.day = one.day.plus_days(later);
                one.party_iban = known.then(|| "DE1".to_owned());
                one
            });
        made.collect()
    })
}

fn open() -> impl Strategy<Value = Vec<OpenItem>> {
    let one = (0..PARTIES.len(), 1u32..5, -3i64..4, 0i64..20);
    prop::collection::vec(one, 0..10).prop_map(|all| {
        let made = all.into_iter().enumerate().map(|(place, (party, number, size, later))| {
            let size = if size == 0 { 600 } else { size * 100 };
            let number = format!("FA-2026-{number:04}");
            let mut one = item(place as i64 + 1, PARTIES[party], &number, size);
            one.day = one.day.plus_days(later);
            one
        });
        made.collect()
    })
}

fn bookings() -> impl Strategy<Value = Vec<PastBooking>> {
    let one = (0..LABELS.len(), -3i64..4, 0usize..4, any::<bool>());
    prop::collection::vec(one, 0..12).prop_map(|all| {
        let made = all.into_iter().enumerate().map(|(place, (label, size, account, known))| {
            let account = ["6257", "6064", "580", "411"][account];
            let mut one = past(place as i64, size * 100, LABELS[label], account, "");
            one.party_iban = known.then(|| "DE1".to_owned());
            if account == "411" {
                one.counters[0].counterparty = Some(PARTIES[0].to_owned());
            }
            one
        });
        made.collect()
    })
}

fn sum_of(booking: &Booking, line: &BankLine, open: &[OpenItem]) -> i64 {
    match booking {
        Booking::Parts(parts) => parts.iter().map(|part| part.gross_minor).sum(),
        Booking::Items(items) => {
            open.iter().filter(|one| items.contains(&one.posting)).map(|one| one.rest_minor).sum()
        }
        Booking::Settle(settlement) => {
            let shares: i64 = settlement.items.iter().map(|share| share.amount_minor).sum();
            shares + settlement.parts.iter().map(|part| part.gross_minor).sum::<i64>()
        }
        Booking::Transfer => line.amount_minor,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_is_proposed_can_be_booked(
        lines in lines(), open in open(), bookings in bookings(), turn in 0usize..14,
    ) {
        let (rules, own) = (rules(), own_accounts());
        let answer = propose(&lines, &open, &bookings, &rules, &own);
        prop_assert_eq!(answer.proposals.len(), lines.len());
        let mut used = HashSet::new();
        for (line, proposal) in lines.iter().zip(&answer.proposals) {
            let Some(proposal) = proposal else { continue };
            prop_assert_eq!(proposal.line, line.id);
            prop_assert!(line.amount_minor != 0);
            prop_assert_eq!(sum_of(&proposal.booking, line, &open), line.amount_minor);
            let items: Vec<PostingId> = match &proposal.booking {
                Booking::Items(items) => items.clone(),
                Booking::Settle(settlement) => {
                    settlement.items.iter().map(|share| share.item).collect()
                }
                _ => Vec::new(),
            };
            if !matches!(proposal.booking, Booking::Parts(_) | Booking::Transfer) {
                prop_assert!(!items.is_empty());
                for one in &items {
                    prop_assert!(used.insert(*one), "{} twice", one);
                }
            }
            let against = proposal.facts.iter().any(|fact| !fact.speaks_for());
            prop_assert!(!(proposal.sure && against), "{:?}", proposal);
            prop_assert!(read_stored(&proposal.why.stored()).is_some());
            prop_assert!(answer.notes.iter().all(|note| note.line() != line.id));
        }
        // The order in which lines, items and bookings are given changes nothing.
        let turned = |len: usize| if len == 0 { 0 } else { turn % len };
        let (mut lines, mut open, mut bookings) = (lines, open, bookings);
        let by = turned(lines.len());
        lines.rotate_left(by);
        open.reverse();
        bookings.reverse();
        let mut other = propose(&lines, &open, &bookings, &rules, &own);
        other.proposals.rotate_right(by);
        prop_assert_eq!(other, answer);
    }
}
