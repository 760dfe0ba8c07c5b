//! What a record was asked, without its long lists: a bulk acceptance names a hundred thousand
//! lines, and whoever reads the history wants to know how many.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// The most elements of a list that are shown.
const MOST: usize = 20;

/// A command in brief.
#[derive(Debug, Default)]
pub(super) struct Brief {
    /// Its name.
    pub(super) name: String,
    /// Its fields, lists cut.
    pub(super) asked: Value,
    /// How long its longest list is.
    pub(super) count: Option<u64>,
}

/// Reads a stored command; one that is none has no name.
pub(super) fn brief(command: &str) -> Brief {
    let Ok(Named(name, fields)) = serde_json::from_str(command) else { return Brief::default() };
    Brief { name, count: fields.longest(), asked: fields.value }
}

/// `{"AcceptLines": {…}}`
struct Named(String, Cut);

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Named, D::Error> {
        let fields: std::collections::BTreeMap<String, Cut> = Deserialize::deserialize(from)?;
        let only = fields.into_iter().next();
        only.map(|(name, fields)| Named(name, fields))
            .ok_or_else(|| serde::de::Error::custom("no command"))
    }
}

/// A value with its lists cut, and how long its own are: it, or what its fields hold.
struct Cut {
    value: Value,
    lengths: Vec<usize>,
}

impl Cut {
    fn plain(value: Value) -> Cut {
        Cut { value, lengths: Vec::new() }
    }

    fn longest(&self) -> Option<u64> {
        self.lengths.iter().max().map(|longest| *longest as u64)
    }
}

impl<'de> Deserialize<'de> for Cut {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Cut, D::Error> {
        from.deserialize_any(Cutter)
    }
}

struct Cutter;

impl<'de> Visitor<'de> for Cutter {
    type Value = Cut;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Cut, E> {
        Ok(Cut::plain(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Cut, E> {
        Ok(Cut::plain(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Cut, E> {
        Ok(Cut::plain(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Cut, E> {
        Ok(Cut::plain(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Cut, E> {
        Ok(Cut::plain(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Cut, A::Error> {
        let (mut shown, mut length) = (Vec::new(), 0);
        while shown.len() < MOST {
            let Some(one) = list.next_element::<Cut>()? else { break };
            shown.push(one.value);
            length += 1;
        }
        while list.next_element::<IgnoredAny>()?.is_some() {
            length += 1;
        }
        Ok(Cut { value: Value::Array(shown), lengths: vec![length] })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cut, A::Error> {
        let (mut fields, mut lengths) = (Map::new(), Vec::new());
        while let Some((name, cut)) = map.next_entry::<String, Cut>()? {
            if cut.value.is_array() {
                lengths.extend(cut.lengths);
            }
            fields.insert(name, cut.value);
        }
        Ok(Cut { value: Value::Object(fields), lengths })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn long_lists_are_counted_and_cut() {
        let lines: Vec<Value> = (0..1_000).map(|line| json!({ "line": line, "in": [1] })).collect();
        let command = json!({ "AcceptLines": { "why": "é", "lines": lines, "few": [-1] } });
        let found = brief(&command.to_string());
        assert_eq!((found.name.as_str(), found.count), ("AcceptLines", Some(1_000)));
        assert_eq!(found.asked["lines"].as_array().map(Vec::len), Some(MOST));
        assert_eq!((&found.asked["why"], &found.asked["few"]), (&json!("é"), &json!([-1])));
    }

    #[test]
    fn what_is_short_stays_whole_and_what_is_no_command_has_no_name() {
        let found = brief(r#"{"Undo":{"seq":4,"deep":{"null":null,"yes":true,"big":-9}}}"#);
        assert_eq!((found.name.as_str(), found.count), ("Undo", None));
        assert_eq!(found.asked, json!({"seq":4,"deep":{"null":null,"yes":true,"big":-9}}));
        for none in ["", "[]", "{}", "{\"a\""] {
            assert_eq!(brief(none).name, "", "{none}");
        }
    }
}
