use super::*;
use std::collections::BTreeSet;

fn sentences(language: &str) -> toml::Table {
    let text = assets::Assets::built_in().text(&format!("locales/{language}/statement.toml"));
    text.expect("the locale is built in").parse().expect("it is TOML")
}

fn named(sentence: &str) -> BTreeSet<&str> {
    let parts = sentence.split('{').skip(1);
    parts.map(|part| part.split('}').next().unwrap_or_default()).collect()
}

fn check(language: &str, word: &str, sentence: Option<&str>, args: &[&str]) {
    let sentence = sentence.unwrap_or_else(|| panic!("{language}: no sentence for {word}"));
    assert!(sentence.len() > 10, "{language}: {word} says nothing");
    for name in named(sentence) {
        assert!(args.contains(&name), "{language}: {word} names {{{name}}}, which is not given");
    }
}

#[test]
fn every_code_speaks_both_languages() {
    for language in ["fr", "en"] {
        let table = sentences(language);
        let (remarks, refusals) = (&table["remark"], &table["refusal"]);
        for code in RemarkCode::ALL {
            let sentence = remarks.get(code.word()).and_then(|value| value.as_str());
            check(language, code.word(), sentence, code.args());
        }
        for code in RefusalCode::ALL {
            for part in ["message", "hint"] {
                let entry = refusals.get(code.word()).and_then(|entry| entry.get(part));
                check(language, code.word(), entry.and_then(|value| value.as_str()), code.args());
            }
        }
        let known = RemarkCode::ALL.len();
        assert_eq!(remarks.as_table().map(|t| t.len()), Some(known), "{language}: stale remarks");
        let known = RefusalCode::ALL.len();
        assert_eq!(refusals.as_table().map(|t| t.len()), Some(known), "{language}: stale refusals");
    }
}

#[test]
fn words_are_unique_and_kebab_case() {
    let words: Vec<&str> = RemarkCode::ALL
        .iter()
        .map(|code| code.word())
        .chain(RefusalCode::ALL.iter().map(|code| code.word()))
        .collect();
    let plain = |word: &&str| {
        word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    assert!(words.iter().all(plain));
    assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
}
