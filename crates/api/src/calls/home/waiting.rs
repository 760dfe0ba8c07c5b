//! What waits for a person: only what is true today, and no day that no law was read for.

use super::{AccountProof, ProofState, WaitingKind, WaitingView};
use crate::app::App;
use crate::failure::Failure;
use book::read::{BookFacts, Reader, Waiting};
use document::format::money;
use values::{Currency, Day, Period};

/// The most rows shown.
const MOST_ROWS: usize = 8;

/// The most lines that are proposed for only to tell how many of the proposals are sure.
const MOST_PROPOSED: u64 = 500;

impl App {
    pub(super) fn waiting_rows(
        &self,
        reader: &Reader,
        (proofs, waiting): (&[AccountProof], &[Waiting]),
        facts: &BookFacts,
        today: Day,
    ) -> Result<Vec<WaitingView>, Failure> {
        let mut rows = Vec::new();
        rows.extend(self.inbox_row(reader, waiting, facts.currency)?);
        rows.extend(self.drafts_row(reader)?);
        rows.extend(self.return_rows(reader, facts, today)?);
        rows.extend(self.late_row(reader, today)?);
        rows.extend(self.message_row(reader)?);
        for proof in proofs {
            rows.extend(self.broken_row(proof));
            rows.extend(self.gap_row(proof));
            rows.extend(self.statement_row(proof, today));
        }
        rows.sort_by_key(|row| {
            let amount = row.amount_minor.map_or(0, i64::unsigned_abs);
            (row.due.is_none(), row.due, std::cmp::Reverse(amount))
        });
        rows.truncate(MOST_ROWS);
        Ok(rows)
    }

    fn row(&self, kind: WaitingKind, text: String, hint: String, target: &str) -> WaitingView {
        let target = target.to_owned();
        WaitingView { kind, text, hint, count: 1, amount_minor: None, due: None, target }
    }

    fn told(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.sentences.say(&format!("api.waiting.{key}"), args)
    }

    /// One sentence for one, another for several.
    fn counted(&self, [one, many]: [&str; 2], count: u64) -> String {
        self.told(if count == 1 { one } else { many }, &[("count", &count.to_string())])
    }

    fn inbox_row(
        &self,
        reader: &Reader,
        waiting: &[Waiting],
        currency: Currency,
    ) -> Result<Option<WaitingView>, Failure> {
        let count: u64 = waiting.iter().map(|one| one.lines).sum();
        let Some(oldest) = waiting.iter().map(|one| one.oldest).min() else { return Ok(None) };
        let sure = if count <= MOST_PROPOSED { self.standing(reader)?.sure() } else { 0 };
        let hint = if sure > 0 {
            self.counted(["inbox-sure-one", "inbox-sure-many"], sure)
        } else {
            self.told("oldest", &[("day", &oldest.to_string())])
        };
        let own = reader.bank_accounts().map_err(|why| self.failed(&why))?;
        // Amounts in several currencies make no sum.
        let summed = waiting.iter().map(|one| {
            let account = own.iter().find(|account| account.id == one.account)?;
            (account.currency == currency).then_some(one.sum_minor)
        });
        let mut row = self.row(
            WaitingKind::Inbox,
            self.counted(["inbox-one", "inbox-many"], count),
            hint,
            "",
        );
        row.count = count;
        row.amount_minor = summed.sum();
        Ok(Some(row))
    }

    fn drafts_row(&self, reader: &Reader) -> Result<Option<WaitingView>, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let count = reader.draft_count().map_err(explain)?;
        let oldest = reader.drafts(None, 1).map_err(explain)?.pop();
        let Some(oldest) = oldest else { return Ok(None) };
        let hint = self.told("oldest", &[("day", &oldest.day.to_string())]);
        let mut row = self.row(
            WaitingKind::Drafts,
            self.counted(["drafts-one", "drafts-many"], count),
            hint,
            "",
        );
        row.count = count;
        Ok(Some(row))
    }

    /// Invoices that their customers should have paid, since the oldest of their days.
    fn late_row(&self, reader: &Reader, today: Day) -> Result<Option<WaitingView>, Failure> {
        let late = reader.late_invoices(today).map_err(|why| self.failed(&why))?;
        let Some(oldest) = late.oldest else { return Ok(None) };
        let hint = self.told("late-hint", &[("day", &oldest.to_string())]);
        let text = self.counted(["late-one", "late-many"], late.count);
        let mut row = self.row(WaitingKind::Late, text, hint, "");
        row.count = late.count;
        row.amount_minor = Some(late.rest_minor);
        Ok(Some(row))
    }

    /// Messages that wait for a person's word.
    fn message_row(&self, reader: &Reader) -> Result<Option<WaitingView>, Failure> {
        let rows = reader.outbox().map_err(|why| self.failed(&why))?;
        let unknown = rows.iter().filter(|row| row.state == "unknown").count() as u64;
        let refused = rows.iter().filter(|row| row.state == "refused").count() as u64;
        let (keys, count) = match (unknown, refused) {
            (0, 0) => return Ok(None),
            (0, refused) => (["message-refused-one", "message-refused-many"], refused),
            (unknown, _) => (["message-unknown-one", "message-unknown-many"], unknown),
        };
        let hint = self.told("message-hint", &[]);
        let mut row = self.row(WaitingKind::Message, self.counted(keys, count), hint, "");
        row.count = count;
        Ok(Some(row))
    }

    fn broken_row(&self, proof: &AccountProof) -> Option<WaitingView> {
        if proof.state != ProofState::Broken {
            return None;
        }
        let difference = proof.difference_minor?;
        let currency = Currency::parse(&proof.currency).ok()?;
        let shown = money(difference, currency, self.host.language.printed());
        let text = self.told("broken", &[("name", &proof.name), ("difference", &shown)]);
        let since = proof.broken_since.map(|day| day.to_string());
        let hint = since.map(|day| self.told("since", &[("day", &day)])).unwrap_or_default();
        let mut row = self.row(WaitingKind::Broken, text, hint, &proof.account);
        row.amount_minor = Some(difference);
        Some(row)
    }

    /// Days that no statement covers, unless the balances around them say that nothing happened.
    fn gap_row(&self, proof: &AccountProof) -> Option<WaitingView> {
        let gaps = || proof.gaps.iter().filter(|gap| gap.difference_minor != Some(0));
        let first = gaps().next()?;
        let count = gaps().count() as u64;
        let (from, to) = (first.from.to_string(), first.to.to_string());
        let text = self.told("gap", &[("name", &proof.name), ("from", &from), ("to", &to)]);
        let hint = if count == 1 {
            String::new()
        } else {
            self.told("gap-many", &[("count", &count.to_string())])
        };
        let mut row = self.row(WaitingKind::Gap, text, hint, &proof.account);
        row.count = count;
        row.amount_minor = gaps().map(|gap| gap.difference_minor).sum();
        Some(row)
    }

    /// A month is over, and the account was not heard to its end.
    fn statement_row(&self, proof: &AccountProof, today: Day) -> Option<WaitingView> {
        let month_ended = today.plus_days(-i64::from(today.day_of_month()));
        let last = proof.windows.iter().map(|window| window.to).max();
        let text = match last {
            Some(last) if last >= month_ended => return None,
            Some(last) => {
                self.told("statement", &[("name", &proof.name), ("last", &last.to_string())])
            }
            None => self.told("no-statement", &[("name", &proof.name)]),
        };
        let hint = self.told("statement-hint", &[]);
        Some(self.row(WaitingKind::Statement, text, hint, &proof.account))
    }

    /// Returns of today's regime whose period is over. The pack knows no day on which one is due.
    fn return_rows(
        &self,
        reader: &Reader,
        facts: &BookFacts,
        today: Day,
    ) -> Result<Vec<WaitingView>, Failure> {
        let assets = self.law.assets();
        let mut rows = Vec::new();
        for name in tax::Pack::names(assets) {
            let pack = tax::Pack::load(assets, &name).map_err(|why| self.failed(&why))?;
            let head = pack.head();
            let regime = facts.settings.get("vat_regime");
            let regime = head.regimes.iter().find(|one| Some(&one.id) == regime);
            // Where only some periods are due, that one is over says nothing.
            let Some(regime) = regime.filter(|one| one.only_with.is_none()) else { continue };
            let made = reader.returns(&head.form).map_err(|why| self.failed(&why))?;
            let next = made.last().map(|last| last.last_day.plus_days(1));
            let from = next.unwrap_or(facts.first_day).max(head.valid_from);
            let until = head.valid_to.map_or(today, |last| last.plus_days(1).min(today));
            let missing = periods_over(&regime.period, from, until);
            let Some(first) = missing.first() else { continue };
            let count = missing.len() as u64;
            let title = self.return_title(&head.form, *first);
            let key = if count == 1 { "return-one" } else { "return-many" };
            let text = self.told(key, &[("title", &title), ("count", &count.to_string())]);
            let hint = self.told("return-hint", &[]);
            let target = format!("{}/{first}", head.form);
            let mut row = self.row(WaitingKind::Return, text, hint, &target);
            row.count = count;
            rows.push(row);
        }
        Ok(rows)
    }
}

/// Whole months, quarters or years from that of a day on, which end before another day.
fn periods_over(length: &str, from: Day, until: Day) -> Vec<Period> {
    let months = match length {
        "month" => 1,
        "quarter" => 3,
        "year" => 12,
        _ => return Vec::new(),
    };
    let begins = (from.month() - 1) / months * months + 1;
    let mut periods = Vec::new();
    let mut first = Day::from_ymd(from.year(), begins, 1);
    while let Some(day) = first {
        let last = day.plus_months(months).plus_days(-1);
        if last >= until {
            break;
        }
        periods.push(Period { first: day, last });
        first = Some(last.plus_days(1));
    }
    periods
}

#[cfg(test)]
mod tests;
