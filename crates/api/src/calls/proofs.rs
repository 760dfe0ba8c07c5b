//! What each bank account proves: the header of the bank screen.

use super::{Called, Nothing, Seen};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::BankAccountId;
use book::read::{BankAccount, Reader, Waiting, WindowFile};
use document::format::{day_short, money};
use serde::Serialize;
use statement::proof::{Chain, ChainState, ReadWindow, Verdict};
use std::collections::HashMap;
use std::path::Path;
use ts_rs::TS;
use values::{Currency, Day, Iban};

/// What is proved of a bank account; amounts in minor units of its currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccountProof {
    /// Its ledger account.
    pub account: String,
    /// The name people see.
    pub name: String,
    /// Its currency.
    pub currency: String,
    /// Its IBAN, if a source named it so, in groups of four.
    pub iban: Option<String>,
    /// The bank, as its latest file names it.
    pub bank: Option<String>,
    /// What its windows prove together.
    pub state: ProofState,
    /// The last proved day.
    pub proved_to: Option<Day>,
    /// The bank's balance on that day.
    pub proved_balance_minor: Option<i64>,
    /// Lines of the days after it, or all where nothing is proved.
    pub since_proved_count: u64,
    /// Their sum.
    pub since_proved_minor: i64,
    /// The latest balance that the bank stated, proved or not.
    pub stated_balance_minor: Option<i64>,
    /// The day of that balance.
    pub stated_on: Option<Day>,
    /// What the bank has more than the book, where broken.
    pub difference_minor: Option<i64>,
    /// First day where the earliest cause of a break most likely stands.
    pub broken_since: Option<Day>,
    /// How many of its lines wait in the inbox.
    pub waiting: u64,
    /// The last proof, as a sum that is true.
    pub equation: Option<EquationView>,
    /// Each read of the account, by first day.
    pub windows: Vec<WindowView>,
    /// Days that no read covers.
    pub gaps: Vec<GapView>,
}

/// What windows prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ProofState {
    /// Stated balances enclose the lines, and agree.
    Proved,
    /// Nothing contradicts and nothing proves.
    Unproved,
    /// A balance contradicts.
    Broken,
}

/// Opening + lines = closing, of the last proved stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct EquationView {
    /// The balance that the lines begin with, as the bank stated it.
    pub opening_minor: i64,
    /// The eve of the first day of the lines.
    pub opening_day: Day,
    /// How many lines.
    pub lines: u64,
    /// Their sum.
    pub lines_minor: i64,
    /// The balance that they end with, as the bank stated it.
    pub closing_minor: i64,
    /// The day at whose end it stands.
    pub closing_day: Day,
}

/// A complete read of some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WindowView {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Whether it is proved.
    pub verdict: ProofState,
    /// Why, in a sentence.
    pub why: String,
    /// The file it came in.
    pub file: Option<String>,
}

/// Days that no read covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct GapView {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// What the missing lines sum to, if the balances on either side tell; zero is a gap in which
    /// nothing happened.
    pub difference_minor: Option<i64>,
}

impl App {
    /// What each bank account proves.
    pub fn proofs(&self, book: &Path, _: Nothing, _: &dyn Progress) -> Called<Vec<AccountProof>> {
        let reader = self.reader(book)?;
        let waiting = reader.waiting().map_err(|why| self.failed(&why))?;
        let proofs = self.account_proofs(&reader, &waiting)?;
        Ok(Seen::at(reader.seq(), proofs))
    }

    pub(super) fn account_proofs(
        &self,
        reader: &Reader,
        waiting: &[Waiting],
    ) -> Result<Vec<AccountProof>, Failure> {
        let accounts = reader.bank_accounts().map_err(|why| self.failed(&why))?;
        let proofs = accounts.into_iter().map(|account| {
            let waiting = waiting.iter().find(|one| one.account == account.id);
            self.account_proof(reader, account, waiting.map_or(0, |one| one.lines))
        });
        proofs.collect()
    }

    fn account_proof(
        &self,
        reader: &Reader,
        account: BankAccount,
        waiting: u64,
    ) -> Result<AccountProof, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let windows = reader.windows(account.id).map_err(explain)?;
        let chain = reader.proof(account.id).map_err(explain)?;
        let files = reader.window_files(account.id).map_err(explain)?;
        let proved_to = chain.last_proved_day();
        let since = proved_to.map(|day| day.plus_days(1));
        let (since_proved_count, since_proved_minor) =
            reader.lines_between(account.id, since, None).map_err(explain)?;
        let stated = windows.iter().filter(|window| window.closing_minor.is_some());
        let stated = stated.max_by_key(|window| (window.last_day, &window.as_of));
        let equation = equation(reader, account.id, &windows, &chain, &files).map_err(explain)?;
        let iban = account.names.iter().find(|(scheme, _)| scheme == "iban");
        let iban = iban.map(|(_, text)| match Iban::parse(text) {
            Ok(iban) => iban.to_string(),
            Err(_) => text.clone(),
        });
        Ok(AccountProof {
            iban,
            bank: self.bank_name(&files)?,
            state: match chain.state {
                ChainState::Proved => ProofState::Proved,
                ChainState::Unproved => ProofState::Unproved,
                ChainState::Broken { .. } => ProofState::Broken,
            },
            proved_to,
            proved_balance_minor: chain.proved_balance_minor(),
            since_proved_count,
            since_proved_minor,
            stated_balance_minor: stated.and_then(|window| window.closing_minor),
            stated_on: stated.map(|window| window.last_day),
            difference_minor: chain.windows.iter().find_map(|window| match &window.verdict {
                Verdict::Broken(found) => Some(found.difference_minor),
                _ => None,
            }),
            broken_since: match chain.state {
                ChainState::Broken { since } => Some(since),
                _ => None,
            },
            waiting,
            equation,
            windows: self.window_views(&windows, &chain, &files, account.currency),
            gaps: chain
                .gaps
                .iter()
                .map(|gap| GapView {
                    from: gap.first_day,
                    to: gap.last_day,
                    difference_minor: gap.difference_minor,
                })
                .collect(),
            currency: account.currency.code().to_owned(),
            account: account.account,
            name: account.name,
        })
    }

    /// The bank that the recipe of the latest table names; other files do not keep it.
    fn bank_name(&self, files: &[WindowFile]) -> Result<Option<String>, Failure> {
        let recipes = self.law.recipes().map_err(|why| self.failed(&why))?;
        let readers = files.iter().rev().filter_map(|file| file.reader.as_deref());
        let mut ids = readers.filter_map(|reader| reader.strip_prefix("csv ")?.split(' ').next());
        Ok(ids.find_map(|id| recipes.bank(id)).map(str::to_owned))
    }

    fn window_views(
        &self,
        windows: &[ReadWindow],
        chain: &Chain,
        files: &[WindowFile],
        currency: Currency,
    ) -> Vec<WindowView> {
        let files: HashMap<i64, &WindowFile> = files.iter().map(|one| (one.window, one)).collect();
        windows
            .iter()
            .zip(&chain.windows)
            .map(|(window, proof)| WindowView {
                from: window.first_day,
                to: window.last_day,
                verdict: match proof.verdict {
                    Verdict::Proved { .. } => ProofState::Proved,
                    Verdict::Unproved(_) => ProofState::Unproved,
                    Verdict::Broken(_) => ProofState::Broken,
                },
                why: self.why(window, &proof.verdict, currency),
                file: files.get(&window.id).and_then(|one| one.file.as_deref()).map(file_name),
            })
            .collect()
    }

    /// Why a window is judged as it is, in a sentence.
    fn why(&self, window: &ReadWindow, verdict: &Verdict, currency: Currency) -> String {
        let say = |key: &str, args: &[(&str, &str)]| {
            self.sentences.say(&format!("api.proof.{key}"), args)
        };
        let language = self.host.language.printed();
        match verdict {
            Verdict::Proved { from } if *from > window.first_day => {
                say("proved-from", &[("from", &from.to_string())])
            }
            Verdict::Proved { .. } => say("proved", &[]),
            Verdict::Unproved(why) => say(why.word(), &[]),
            Verdict::Broken(broken) => {
                let difference = money(broken.difference_minor, currency, language);
                let (from, to) = (broken.first_day.to_string(), broken.last_day.to_string());
                let text = say(
                    broken.fails.word(),
                    &[("difference", &difference), ("from", &from), ("to", &to)],
                );
                let likely: Vec<String> =
                    broken.likely.iter().take(3).map(|day| day_short(*day, language)).collect();
                match likely.is_empty() {
                    true => text,
                    false => format!("{text} {}", say("likely", &[("days", &likely.join(", "))])),
                }
            }
        }
    }
}

/// The last name of a path.
pub(super) fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// The sum that ends with the last proved balance, if it is true of balances that were stated.
fn equation(
    reader: &Reader,
    account: BankAccountId,
    windows: &[ReadWindow],
    chain: &Chain,
    files: &[WindowFile],
) -> book::Result<Option<EquationView>> {
    let proofs = windows.iter().zip(&chain.windows);
    let proved = proofs.clone().filter(|(_, one)| matches!(one.verdict, Verdict::Proved { .. }));
    let last = proved.max_by_key(|(window, _)| (window.last_day, &window.as_of));
    let Some((last, Some(closing_minor))) = last.map(|(window, _)| (window, window.closing_minor))
    else {
        return Ok(None);
    };
    let told = |opening_minor: i64, opening_day: Day, lines: u64, lines_minor: i64| {
        let closing_day = last.last_day;
        let sums_up = opening_minor.checked_add(lines_minor) == Some(closing_minor);
        let told = EquationView {
            opening_minor,
            opening_day,
            lines,
            lines_minor,
            closing_minor,
            closing_day,
        };
        sums_up.then_some(told)
    };
    let of_its_own = last.opening_minor.and_then(|opening| {
        let lines = files.iter().find(|one| one.window == last.id)?.lines;
        told(opening, last.first_day.plus_days(-1), lines, last.sum_minor)
    });
    if of_its_own.is_some() {
        return Ok(of_its_own);
    }
    // Without an opening of its own it begins with a balance stated before it in its chain.
    let by_id: HashMap<i64, _> =
        proofs.map(|(window, proof)| (window.id, (window, proof))).collect();
    let mut before = by_id.get(&last.id).and_then(|(_, proof)| proof.joins);
    for _ in windows {
        let Some((window, proof)) = before.and_then(|id| by_id.get(&id)) else { break };
        let stated = [
            window.closing_minor.map(|balance| (balance, window.last_day)),
            window.opening_minor.map(|balance| (balance, window.first_day.plus_days(-1))),
        ];
        for (balance, day) in stated.into_iter().flatten().filter(|(_, day)| *day < last.last_day) {
            let from = day.plus_days(1);
            let (lines, sum) = reader.lines_between(account, Some(from), Some(last.last_day))?;
            if let Some(found) = told(balance, day, lines, sum) {
                return Ok(Some(found));
            }
        }
        before = proof.joins;
    }
    Ok(None)
}
