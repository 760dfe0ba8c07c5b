//! What nobody should write: one thing of a sound entry made wrong.

use super::entries::line;
use crate::chance::Chance;
use book::tax_codes::{Leg, Nature};
use book::{EntryDraft, Kind};
use values::{Day, Decimal};

/// Makes one thing of an entry wrong, huge or strange.
pub fn spoil(chance: &mut Chance, entry: &mut EntryDraft) {
    match chance.below(3) {
        0 => spoil_head(chance, entry),
        1 => spoil_line(chance, entry),
        _ => spoil_item(chance, entry),
    }
}

/// Days that no bookkeeper means.
pub fn wrong_day(chance: &mut Chance) -> Day {
    const DAYS: &[&str] =
        &["0001-01-01", "9999-12-31", "1999-02-28", "2031-03-05", "2025-12-31", "2027-07-01"];
    Day::parse(chance.word(DAYS)).unwrap_or_else(|_| super::first_day())
}

fn spoil_head(chance: &mut Chance, entry: &mut EntryDraft) {
    match chance.below(9) {
        0 => entry.journal = chance.word(&["XX", "", "BQ1", "AN", "ve"]).to_owned(),
        1 => entry.day = wrong_day(chance),
        2 => entry.lines.clear(),
        3 => entry.items.clear(),
        4 => entry.kind = Kind::Opening,
        5 => {
            // A reference that reads like one the book gives, with the largest number there is.
            let stem = format!("{}-{}", entry.journal, entry.day.year_month());
            entry.reference = Some(format!("{stem}-{}", i64::MAX));
        }
        6 => entry.label = "\u{0}\u{202e}ə".repeat(300),
        7 => entry.document_day = Some(wrong_day(chance)),
        _ => {
            (entry.lines, entry.items) = (Vec::new(), Vec::new());
            // More of the largest lines than a sum of 63 bits can hold.
            for _ in 0..1_100 {
                let largest = 9_007_199_254_740_991;
                entry.lines.extend([line("471", None, largest), line("580", None, -largest)]);
            }
        }
    }
}

fn spoil_line(chance: &mut Chance, entry: &mut EntryDraft) {
    let place = chance.below(entry.lines.len() as i64) as usize;
    let Some(line) = entry.lines.get_mut(place) else { return };
    match chance.below(7) {
        0 => line.amount_minor = line.amount_minor.saturating_add(1),
        1 => line.amount_minor = 0,
        2 => line.amount_minor = [i64::MAX, i64::MIN, 1 << 53][chance.below(3) as usize],
        3 => {
            line.account =
                chance.word(&["70", "", "999999", "4é", "44571", "512101", "4O1"]).to_owned();
        }
        4 => line.counterparty = Some(chance.word(&["C1", "INCONNU", ""]).to_owned()),
        5 => line.counterparty = None,
        _ => line.amount_minor = line.amount_minor.saturating_neg(),
    }
}

fn spoil_item(chance: &mut Chance, entry: &mut EntryDraft) {
    let lines = entry.lines.len();
    let day = wrong_day(chance);
    let Some(item) = entry.items.first_mut() else { return spoil_line(chance, entry) };
    match chance.below(13) {
        0 => item.leg = Leg::Input,
        1 => item.leg = Leg::WaitingOutput,
        2 => item.rate = Decimal::new(196, 1),
        3 => item.tax_code = chance.word(&["S99", "", "OSS", "MARGIN", "IC-GOODS"]).to_owned(),
        4 => item.tax_minor = -item.tax_minor,
        5 => item.base_minor = [0, i64::MIN, 1 << 53][chance.below(3) as usize],
        6 => item.deductible_minor = Some(i64::MIN),
        7 => item.line = Some([0, lines + 1, 1][chance.below(3) as usize]),
        8 => item.claim = Some([0, lines + 1, 2][chance.below(3) as usize]),
        9 => item.chargeable_on = Some(day),
        10 => item.chargeable_on = None,
        11 => item.nature = Nature::Asset,
        _ => item.operations = Some(i64::MIN),
    }
}
