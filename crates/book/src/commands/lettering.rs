//! Letters of clearing (lettrage): only for a group that is posted whole and sums to zero.

use crate::error::Result;
use crate::ids::PostingId;
use crate::tx::Tx;
use rusqlite::params;
use std::collections::BTreeSet;

/// Gives a letter to every group of ties around these lines that is settled and posted.
pub(super) fn letter_groups(tx: &Tx<'_>, around: &[PostingId]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for posting in around {
        if seen.contains(posting) {
            continue;
        }
        let group = group_of(tx, *posting)?;
        seen.extend(group.iter().copied());
        if group.len() > 1 && is_settled(tx, &group)? {
            letter(tx, &group)?;
        }
    }
    Ok(())
}

/// Every line tied to this one, directly or through others, itself included.
fn group_of(tx: &Tx<'_>, start: PostingId) -> Result<BTreeSet<PostingId>> {
    let (mut group, mut ahead) = (BTreeSet::from([start]), vec![start]);
    while let Some(posting) = ahead.pop() {
        let tied = tx.all(
            "SELECT payment FROM clearing WHERE item = ?1
             UNION SELECT item FROM clearing WHERE payment = ?1",
            [posting],
            |row| row.get::<_, PostingId>(0),
        )?;
        ahead.extend(tied.into_iter().filter(|tied| group.insert(*tied)));
    }
    Ok(group)
}

/// Whether every line of the group is posted and nothing is left of any.
fn is_settled(tx: &Tx<'_>, group: &BTreeSet<PostingId>) -> Result<bool> {
    for posting in group {
        let settled = tx.first(
            "SELECT posted_seq IS NOT NULL AND amount_minor
                 - coalesce((SELECT sum(amount_minor) FROM clearing WHERE item = posting.id), 0)
                 + coalesce((SELECT sum(amount_minor) FROM clearing WHERE payment = posting.id), 0)
                 = 0
             FROM posting JOIN entry ON entry.id = posting.entry WHERE posting.id = ?1",
            [posting],
            |row| row.get::<_, bool>(0),
        )?;
        if settled != Some(true) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn letter(tx: &Tx<'_>, group: &BTreeSet<PostingId>) -> Result<()> {
    let Some(first) = group.first() else { return Ok(()) };
    let last: Option<String> = tx.first(
        "SELECT letter FROM clearing_letter, posting
         WHERE posting.id = ?1 AND clearing_letter.account = posting.account
           AND clearing_letter.counterparty IS posting.counterparty
         ORDER BY length(letter) DESC, letter DESC LIMIT 1",
        [first],
        |row| row.get(0),
    )?;
    let letter = tx.insert(
        "INSERT INTO clearing_letter (account, counterparty, letter, day)
         SELECT account, counterparty, ?2, ?3 FROM posting WHERE id = ?1",
        params![first, after(last.as_deref()), tx.today.to_string()],
    )?;
    for posting in group {
        tx.write(
            "UPDATE clearing SET letter = ?2 WHERE item = ?1 AND letter IS NOT ?2",
            params![posting, letter],
        )?;
    }
    Ok(())
}

/// A, B … Z, AA, AB …
fn after(last: Option<&str>) -> String {
    let mut letters: Vec<u8> = last.unwrap_or("").bytes().collect();
    for letter in letters.iter_mut().rev() {
        if *letter < b'Z' {
            *letter += 1;
            return String::from_utf8(letters).unwrap_or_default();
        }
        *letter = b'A';
    }
    letters.push(b'A');
    String::from_utf8(letters).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::after;

    #[test]
    fn letters_follow_each_other_as_columns_do() {
        for (last, next) in [
            (None, "A"),
            (Some("A"), "B"),
            (Some("Z"), "AA"),
            (Some("AZ"), "BA"),
            (Some("ZZ"), "AAA"),
        ] {
            assert_eq!(after(last), next);
        }
    }
}
