//! Random commands of every kind, sound and hostile: each a function of seed, step and the book.

mod bank;
mod entries;
mod files;
mod hostile;
pub mod returns;

use crate::chance::Chance;
use book::read::{EntryState, Reader};
use book::*;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use values::{Currency, Day};

/// One command to give to the book.
pub struct Step {
    /// The command.
    pub command: Command,
    /// The instant at which it is given.
    pub at: DateTime<Utc>,
    /// It is first asked what it would do.
    pub dry: bool,
    /// The task says stop at this question of the book, counted from 1.
    pub cancel_at: Option<u32>,
}

/// The first day of every invented book.
pub fn first_day() -> Day {
    Day::parse("2026-01-01").unwrap_or(Day::from(DateTime::<Utc>::UNIX_EPOCH.date_naive()))
}

/// The first command of a seed's book: twelve months, or a long first year.
pub fn create(seed: u64) -> CreateBook {
    let last = if seed.is_multiple_of(4) { "2026-06-30" } else { "2026-12-31" };
    let mut settings = BTreeMap::from([("name".to_owned(), "Atelier Morvan".to_owned())]);
    if seed.is_multiple_of(7) {
        settings.insert("deduction_coefficient".to_owned(), "0.87".to_owned());
    }
    CreateBook {
        uuid: format!("0190a000-0000-7000-8000-{seed:012}"),
        country: "fr".to_owned(),
        currency: Currency::EUR,
        time_zone: "Europe/Paris".to_owned(),
        first_day: first_day(),
        fiscal_year: (first_day(), Day::parse(last).unwrap_or(first_day())),
        settings,
    }
}

/// The day of a step: about three days go by with each two commands.
pub fn day(step: u64) -> Day {
    first_day().plus_days((step * 3 / 2) as i64)
}

/// The instant of a step: late evenings in UTC are the next day in Paris.
pub fn instant(chance: &mut Chance, step: u64) -> DateTime<Utc> {
    let clock = format!("{}T{:02}:{:02}:00Z", day(step), chance.below(24), chance.below(60));
    clock.parse().unwrap_or(DateTime::UNIX_EPOCH)
}

/// The command of a step of a seed. Files it names are noted in the book.
pub fn step(seed: u64, step: u64, book: &mut Book) -> Result<Step> {
    let mut chance = Chance::new(seed, step);
    let at = instant(&mut chance, step);
    let mut inventor = Inventor { seed, today: day(step), at, chance };
    let command = if step == 1 { parties() } else { inventor.command(book)? };
    let Inventor { mut chance, .. } = inventor;
    let dry = chance.often(6);
    let cancel_at = chance.often(4).then(|| chance.between(1, 3) as u32);
    Ok(Step { command, at, dry, cancel_at })
}

/// All counterparties that entries name.
fn parties() -> Command {
    let codes = entries::CUSTOMERS.iter().chain(entries::SUPPLIERS);
    AddCounterparties { counterparties: codes.map(|code| party(code, "Maison")).collect() }.into()
}

fn party(code: &str, name: &str) -> NewCounterparty {
    NewCounterparty {
        code: code.to_owned(),
        name: format!("{name} {code}"),
        siren: None,
        vat_number: None,
        country: None,
        consumer: false,
    }
}

struct Inventor {
    seed: u64,
    today: Day,
    at: DateTime<Utc>,
    chance: Chance,
}

impl Inventor {
    fn command(&mut self, book: &mut Book) -> Result<Command> {
        let many = self.chance.often(3);
        match self.chance.below(100) {
            0..24 => self.draft(&book.reader()?),
            24..29 => files::drafts(&mut self.chance, book, (self.at, self.today), many),
            29..31 => files::history(&mut self.chance, book, self.at),
            31..39 => bank::feed_lines(&mut self.chance, book, (self.seed, self.at, self.today)),
            39..53 => bank::with_lines(&mut self.chance, &book.reader()?, self.today),
            53..58 => returns::make(&mut self.chance, book, self.at),
            58 | 59 => returns::withdraw(&mut self.chance, &book.reader()?),
            60 => returns::file(&mut self.chance, &book.reader()?, self.today),
            61..67 => self.undo(&book.reader()?),
            67..76 => self.entry_command(&book.reader()?),
            76..82 => Ok(PostEntries { up_to: self.around_today() }.into()),
            82..92 => self.ties(&book.reader()?),
            _ => Ok(self.facts()),
        }
    }

    /// A day near today, seldom one that has no sense.
    fn around_today(&mut self) -> Day {
        match self.chance.below(20) {
            0 => hostile::wrong_day(&mut self.chance),
            1 => self.today.plus_days(self.chance.between(1, 60)),
            _ => self.today.plus_days(-self.chance.below(30)),
        }
    }

    fn entry(&mut self, reader: &Reader) -> Result<EntryDraft> {
        let bank = reader.bank_accounts()?.first().map(|bank| bank.account.clone());
        let day = self.around_today();
        let mut entry = entries::entry(&mut self.chance, day, bank.as_deref());
        if self.chance.often(20) {
            hostile::spoil(&mut self.chance, &mut entry);
        }
        Ok(entry)
    }

    fn draft(&mut self, reader: &Reader) -> Result<Command> {
        let many = self.chance.between(1, 3);
        let entries = (0..many).map(|_| self.entry(reader)).collect::<Result<Vec<_>>>()?;
        Ok(DraftEntries { entries }.into())
    }

    /// Something done to an entry that is there, or should not be.
    fn entry_command(&mut self, reader: &Reader) -> Result<Command> {
        let drafts = reader.drafts(None, 50)?;
        let draft = self.chance.one(&drafts).map_or(EntryId(0), |draft| draft.id);
        let posted = self.posted(reader)?;
        Ok(match self.chance.below(10) {
            0..3 => ReviseDraft { entry: draft, draft: self.entry(reader)? }.into(),
            3..5 => DeleteDraft { entry: draft }.into(),
            5 => DeleteDraft { entry: posted }.into(),
            6 => ReviseDraft { entry: posted, draft: self.entry(reader)? }.into(),
            7 => ReverseEntry { entry: draft }.into(),
            _ => ReverseEntry { entry: posted }.into(),
        })
    }

    /// An entry that is posted, if a few tries find one.
    fn posted(&mut self, reader: &Reader) -> Result<EntryId> {
        let mut id = EntryId(1);
        for _ in 0..12 {
            id = EntryId(self.chance.between(1, 40 + reader.seq() * 2));
            if reader.entry(id)?.is_some_and(|entry| entry.state == EntryState::Posted) {
                break;
            }
        }
        Ok(id)
    }

    fn undo(&mut self, reader: &Reader) -> Result<Command> {
        let last = reader.seq();
        let seq = match self.chance.below(10) {
            0..4 => last,
            4..7 => last - self.chance.below(6),
            7 => reader.last_undoable()?.unwrap_or(0),
            8 => self.chance.between(1, last),
            _ => [0, -1, last + 1, i64::MAX][self.chance.below(4) as usize],
        };
        Ok(Undo { seq }.into())
    }

    /// Ties between open items that fit, or that do not, and ties undone.
    fn ties(&mut self, reader: &Reader) -> Result<Command> {
        let open = reader.open_items()?;
        let Some(item) = self.chance.one(&open) else {
            return Ok(UnclearPostings { ties: vec![(PostingId(1), PostingId(2))] }.into());
        };
        let fits: Vec<_> = open
            .iter()
            .filter(|other| {
                (&other.account, &other.counterparty) == (&item.account, &item.counterparty)
                    && other.rest_minor.signum() != item.rest_minor.signum()
            })
            .collect();
        let other = self.chance.one(&fits).map_or(PostingId(7), |other| other.posting);
        let most = fits
            .iter()
            .find(|fit| fit.posting == other)
            .map_or(item.rest_minor.abs(), |fit| fit.rest_minor.abs().min(item.rest_minor.abs()));
        let amount_minor = match self.chance.below(10) {
            0 => item.rest_minor.saturating_add(1),
            1 => [0, i64::MIN, i64::MAX, -1][self.chance.below(4) as usize],
            2 => item.rest_minor.signum(),
            _ => item.rest_minor.signum() * most,
        };
        if self.chance.often(25) {
            let near = PostingId(item.posting.0 + self.chance.between(-9, 9));
            let ties = [(item.posting, other), (item.posting, near)];
            let one = self.chance.below(2) as usize;
            return Ok(UnclearPostings { ties: vec![ties[one]] }.into());
        }
        let tie = Tie { item: item.posting, payment: other, amount_minor };
        Ok(ClearPostings { ties: vec![tie] }.into())
    }

    /// Settings, years, accounts, counterparties.
    fn facts(&mut self) -> Command {
        let chance = &mut self.chance;
        match chance.below(8) {
            0 => {
                let code = chance.word(&[
                    "C1",
                    "C7",
                    "C8",
                    "",
                    "UNCODETIERSQUIPASSELESQUARANTECARACTERESPERMIS",
                ]);
                let name = chance.word(&["Maison", "Autre", " "]);
                AddCounterparties { counterparties: vec![party(code, name)] }.into()
            }
            1 => OpenAccount {
                code: chance.word(&["606", "6063", "4", "é12", "9", "411VIP", "44571X"]).to_owned(),
                name: chance.word(&["Fournitures", "", "Divers"]).to_owned(),
            }
            .into(),
            2 | 3 => self.open_bank_account(),
            4 => {
                let starts = ["2026-01-01", "2026-07-01", "2027-01-01", "2025-01-01", "2028-01-01"];
                let first_day = Day::parse(chance.word(&starts)).unwrap_or(first_day());
                let months = [1, 6, 12, 24, 25][chance.below(5) as usize];
                let last_day = first_day.plus_months(months).plus_days(-1);
                OpenFiscalYear { first_day, last_day }.into()
            }
            5 => create(self.seed).into(),
            _ => self.change_setting(),
        }
    }

    fn open_bank_account(&mut self) -> Command {
        let chance = &mut self.chance;
        OpenBankAccount {
            name: chance.word(&["Compte courant", "Livret", ""]).to_owned(),
            currency: Currency::parse(chance.word(&["EUR", "EUR", "EUR", "USD"]))
                .unwrap_or(Currency::EUR),
            kind: chance.word(&["bank", "bank", "card", "coffre"]).to_owned(),
            names: vec![("iban".to_owned(), "FR1420041010050500013M02606".to_owned())],
            account: chance
                .often(25)
                .then(|| chance.word(&["512101", "512109", "411", "44571"]).to_owned()),
        }
        .into()
    }

    fn change_setting(&mut self) -> Command {
        const CHANGES: &[(&str, &str)] = &[
            ("vat_regime", "franchise"),
            ("vat_regime", "normal-monthly"),
            ("deduction_coefficient", "0.5"),
            ("deduction_coefficient", "1.01"),
            ("deduction_coefficient", "1"),
            ("time_zone", "America/Martinique"),
            ("time_zone", "Europe/Paris"),
            ("time_zone", "Mars"),
            ("basis", "cash"),
            ("name", ""),
            ("couleur", "bleu"),
        ];
        let (name, value) = CHANGES[self.chance.below(CHANGES.len() as i64) as usize];
        let valid_from = self.around_today();
        ChangeSetting { name: name.to_owned(), value: value.to_owned(), valid_from }.into()
    }
}
