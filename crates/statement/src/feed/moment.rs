//! Days and instants of an answer: a day stays as it is, an instant becomes a day once, in the
//! account's zone.

use super::keys::{Keys, MappingError, MappingFault};
use super::rules::{Chain, Pointer, held, pointers};
use crate::{Remark, RemarkCode};
use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;
use values::Day;

/// When something happened, as the account's zone sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    pub day: Day,
    /// Milliseconds since 1970, if the answer gave an instant.
    pub instant_ms: Option<i64>,
    /// `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM:SS` in the account's zone.
    pub stamp: String,
}

impl Moment {
    /// A day as it is, without zone.
    fn of_day(day: Day) -> Moment {
        Moment { day, instant_ms: None, stamp: day.to_string() }
    }

    /// An instant in a zone; nothing outside the years a calendar of accounts knows.
    pub fn of_instant(instant: DateTime<Utc>, zone: Tz) -> Option<Moment> {
        // Before it is turned: far away the calendar itself gives out.
        if !(1970..=9998).contains(&instant.year()) {
            return None;
        }
        let local = instant.with_timezone(&zone);
        let day = Day::from(local.date_naive());
        let (hour, minute, second) = (local.hour(), local.minute(), local.second());
        let stamp = format!("{day}T{hour:02}:{minute:02}:{second:02}");
        Some(Moment { day, instant_ms: Some(instant.timestamp_millis()), stamp })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Read {
    Day,
    Unix,
    Instant,
}

/// `{ at, read, zone, zero }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MomentRule {
    at: Vec<Pointer>,
    read: Read,
    /// A zone of the source's own; the account's otherwise.
    zone: Option<Tz>,
    /// Whether 0 stands for nothing.
    zero_is_none: bool,
}

impl MomentRule {
    pub fn read(keys: Keys<'_>) -> Result<MomentRule, MappingError> {
        let read = keys.word("read", |word| match word {
            "day" => Some(Read::Day),
            "unix" => Some(Read::Unix),
            "instant" => Some(Read::Instant),
            _ => None,
        })?;
        let zone = keys.word("zone", |word| match word {
            "account" => Some(None),
            name => name.parse::<Tz>().ok().map(Some),
        })?;
        let zero = keys.word("zero", |word| (word == "none").then_some(()))?;
        let rule = MomentRule {
            at: pointers(&keys, "at")?,
            read: read.ok_or_else(|| keys.wrong("read", MappingFault::Missing))?,
            zone: zone.flatten(),
            zero_is_none: zero.is_some(),
        };
        if rule.at.is_empty() {
            return Err(keys.wrong("at", MappingFault::Missing));
        }
        keys.end()?;
        Ok(rule)
    }

    /// The moment, or nothing where the field is absent.
    pub fn find(&self, chain: &Chain<'_, '_>, zone: Tz) -> Result<Option<Moment>, Remark> {
        let found = self.at.iter().find_map(|at| Some((at, at.scalar(chain)?)));
        let Some((at, text)) = found else { return Ok(None) };
        if self.zero_is_none && *text == *"0" {
            return Ok(None);
        }
        let zone = self.zone.unwrap_or(zone);
        let moment = match self.read {
            Read::Day => Day::parse(&text).ok().map(Moment::of_day),
            Read::Unix => unix(&text).and_then(|instant| Moment::of_instant(instant, zone)),
            Read::Instant => instant(&text).and_then(|instant| Moment::of_instant(instant, zone)),
        };
        moment.ok_or_else(|| held(RemarkCode::FieldUnreadable, &at.text, &text)).map(Some)
    }

    /// The moment, which must be there.
    pub fn needed(&self, chain: &Chain<'_, '_>, zone: Tz) -> Result<Moment, Remark> {
        let name = self.at.first().map(|at| at.text.as_str()).unwrap_or_default();
        self.find(chain, zone)?.ok_or_else(|| held(RemarkCode::FieldMissing, name, ""))
    }
}

/// Whole seconds since 1970.
fn unix(text: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(text.parse().ok()?, 0)
}

/// RFC 3339.
pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text.trim()).ok().map(|instant| instant.to_utc())
}

/// A moment that the caller gives: an instant, else a stamp or day as it is.
pub(super) fn stamp(text: &str, zone: Tz) -> Option<Moment> {
    if let Some(instant) = instant(text) {
        return Moment::of_instant(instant, zone);
    }
    let stamp = crate::calendar::stamp(text)?;
    Some(Moment { day: Day::parse(stamp.get(..10)?).ok()?, instant_ms: None, stamp })
}
