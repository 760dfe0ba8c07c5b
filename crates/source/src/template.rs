//! Texts with names in braces: `{login}:{secret_key}`, `{from|unix}`. The names are a closed list.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use chrono::{DateTime, NaiveTime, SecondsFormat, TimeDelta, Utc};
use chrono_tz::Tz;
use values::Day;

/// What a name may be turned into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    Plain,
    Unix,
    Rfc3339,
    Day,
    Base64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Name(String, Filter),
}

/// A text of a connector file with its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    parts: Vec<Part>,
    /// As written, for display: it holds no value.
    pub written: String,
}

/// One end of a window: the day as it is, and its instant in the account's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct End {
    pub day: Day,
    pub instant: DateTime<Utc>,
}

impl Template {
    /// Reads a text; `None` where a brace or a filter makes no sense.
    pub fn parse(text: &str) -> Option<Template> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find(['{', '}']) {
            let close = rest[open..].strip_prefix('{')?.find('}')? + open + 1;
            if open > 0 {
                parts.push(Part::Text(rest[..open].to_owned()));
            }
            let inner = &rest[open + 1..close];
            let (name, filter) = inner.split_once('|').unwrap_or((inner, ""));
            let filter = match filter {
                "" if !inner.contains('|') => Filter::Plain,
                "unix" => Filter::Unix,
                "rfc3339" => Filter::Rfc3339,
                "day" => Filter::Day,
                "base64" => Filter::Base64,
                _ => return None,
            };
            parts.push(Part::Name(name.to_owned(), filter));
            rest = &rest[close + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Some(Template { parts, written: text.to_owned() })
    }

    /// The names it uses.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Name(name, _) => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }

    /// Whether each of these names, which are ends of a window, is told how a day is written, and
    /// no other name is.
    pub fn is_fillable(&self, ends: &[&str]) -> bool {
        self.parts.iter().all(|part| match part {
            Part::Name(name, Filter::Unix | Filter::Rfc3339 | Filter::Day) => {
                ends.contains(&&**name)
            }
            Part::Name(name, Filter::Plain | Filter::Base64) => !ends.contains(&&**name),
            Part::Text(_) => true,
        })
    }

    /// The text with its values; `None` where one is absent or cannot be turned.
    pub fn fill(&self, text_of: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        self.fill_with(text_of, &|_| None)
    }

    /// The same with the ends of a window.
    pub fn fill_with(
        &self,
        text_of: &dyn Fn(&str) -> Option<String>,
        end_of: &dyn Fn(&str) -> Option<End>,
    ) -> Option<String> {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Name(name, filter) => out.push_str(&match filter {
                    Filter::Plain => text_of(name)?,
                    Filter::Base64 => unpacked(&text_of(name)?)?,
                    Filter::Unix => end_of(name)?.instant.timestamp().to_string(),
                    Filter::Day => end_of(name)?.day.to_string(),
                    Filter::Rfc3339 => {
                        end_of(name)?.instant.to_rfc3339_opts(SecondsFormat::Millis, true)
                    }
                }),
            }
        }
        Some(out)
    }
}

/// The text behind Base64, with or without padding, blanks of a paste left out.
fn unpacked(text: &str) -> Option<String> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let clean: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    String::from_utf8(GeneralPurpose::new(&STANDARD, config).decode(clean).ok()?).ok()
}

/// The first instant of a day in a zone. Where clocks are put forward at midnight the day begins
/// later.
pub(crate) fn start_of(day: Day, zone: Tz) -> Option<DateTime<Utc>> {
    (0..4).find_map(|hour| {
        let time = NaiveTime::from_hms_opt(hour, 0, 0)?;
        let local = day.date().and_time(time).and_local_timezone(zone).earliest()?;
        Some(local.to_utc())
    })
}

/// The last millisecond of a day in a zone.
pub(crate) fn end_of(day: Day, zone: Tz) -> Option<DateTime<Utc>> {
    start_of(day.plus_days(1), zone)?.checked_sub_signed(TimeDelta::milliseconds(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filled() {
        let end = End {
            day: Day::parse("2026-03-29").expect("a day"),
            instant: start_of(Day::parse("2026-03-29").expect("a day"), Tz::Europe__Paris)
                .expect("it begins"),
        };
        let check = |text: &str, expect: Option<&str>| {
            let filled = Template::parse(text).and_then(|template| {
                template.fill_with(
                    &|name| match name {
                        "login" => Some("me".to_owned()),
                        "token" => Some(" aHR0cHM6Ly9h \n".to_owned()),
                        _ => None,
                    },
                    &|name| (name == "from").then_some(end),
                )
            });
            assert_eq!(filled.as_deref(), expect, "{text}");
        };
        check("{login}:x", Some("me:x"));
        check("{token|base64}", Some("https://a"));
        check("{from|day} {from|unix}", Some("2026-03-29 1774738800"));
        check("{from|rfc3339}", Some("2026-03-28T23:00:00.000Z"));
        check("{other}", None);
        check("{login|base64}", None);
        check("{login", None);
        check("login}", None);
        check("{login|shout}", None);
        check("{login|}", None);
    }

    #[test]
    fn days_have_23_24_or_25_hours() {
        for (day, zone, hours) in [
            ("2026-03-29", Tz::Europe__Paris, 23),
            ("2026-10-25", Tz::Europe__Paris, 25),
            ("2026-12-31", Tz::America__New_York, 24),
            // Midnight does not exist there that day.
            ("2018-11-04", Tz::America__Sao_Paulo, 23),
        ] {
            let day = Day::parse(day).expect("a day");
            let start = start_of(day, zone).expect("it begins");
            let next = start_of(day.plus_days(1), zone).expect("it begins");
            assert_eq!((next - start).num_hours(), hours, "{day}");
            assert_eq!(end_of(day, zone), next.checked_sub_signed(TimeDelta::milliseconds(1)));
        }
    }
}
