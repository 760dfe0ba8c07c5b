//! One record into one line, or into the reason why it is held.

use super::Pending;
use super::mapping::{Layer, Mapping};
use super::moment::Moment;
use super::rules::{Chain, TextRule};
use crate::finish::unusable_id;
use crate::{Line, Remark, SourceId, Trust};
use chrono_tz::Tz;
use std::borrow::Cow;
use std::ops::Range;
use values::Currency;

/// What a record is.
#[expect(clippy::large_enum_variant)] // Nearly every row is booked, and none is kept.
pub(super) enum Row<'a> {
    Booked(Line<'a>, Moment),
    Pending(Pending<'a>),
    /// It moved no money.
    Void,
}

/// Reads a record; `place` is where it stands in all pages together.
pub(super) fn row<'a>(
    mapping: &Mapping,
    chain: &Chain<'_, 'a>,
    currency: Currency,
    zone: Tz,
    place: Range<usize>,
) -> Result<Row<'a>, Remark> {
    let rules = &mapping.lines;
    let layer = match &rules.status {
        Some(status) => status.find(chain)?,
        None => Layer::Booked,
    };
    if layer == Layer::Void {
        return Ok(Row::Void);
    }
    let amount_minor = rules.amount.find(chain, currency)?;
    let label = rules.label.find(chain).unwrap_or_default();
    let code = text(&rules.code, chain);
    let held_code = code.as_deref().is_some_and(|code| mapping.holds.iter().any(|h| h == code));
    if layer == Layer::Pending || held_code {
        let happened = rules.happened.as_ref().and_then(|rule| rule.find(chain, zone).ok()?);
        let booked = rules.booked.find(chain, zone).ok().flatten();
        let day = happened.or(booked).map(|moment| moment.day);
        return Ok(Row::Pending(Pending { day, amount_minor, label }));
    }
    let moment = rules.booked.needed(chain, zone)?;
    let after = rules.after.as_ref().filter(|rule| rule.is_there(chain));
    let fee = rules.fee.as_ref().filter(|rule| rule.is_there(chain));
    // For the eye only: an odd one is left out and does not hold the line.
    let original = rules.original.as_ref().and_then(|rule| rule.find_any(chain).ok()?);
    let original = original.filter(|(_, other)| *other != currency);
    let value = rules.value.as_ref().map(|rule| rule.find(chain, zone)).transpose()?.flatten();
    let line = Line {
        day: moment.day,
        value_day: value.map(|moment| moment.day),
        amount_minor,
        label,
        party_name: text(&rules.party, chain),
        party_iban: text(&rules.party_iban, chain),
        reference: text(&rules.reference, chain),
        type_code: code,
        balance_after_minor: after.map(|rule| rule.find(chain, currency)).transpose()?,
        original,
        fee_minor: fee.map(|rule| rule.find(chain, currency)).transpose()?,
        ids: id(mapping, chain).into_iter().collect(),
        place,
    };
    Ok(Row::Booked(line, moment))
}

fn text<'a>(rule: &Option<TextRule>, chain: &Chain<'_, 'a>) -> Option<Cow<'a, str>> {
    rule.as_ref()?.find(chain)
}

fn id<'a>(mapping: &Mapping, chain: &Chain<'_, 'a>) -> Option<SourceId<'a>> {
    let value = mapping.lines.id.as_ref()?.scalar(chain)?;
    let trust = if unusable_id(&value) { Trust::None } else { mapping.trust };
    Some(SourceId { name: "id", value, trust })
}
