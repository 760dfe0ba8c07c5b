//! Small books worked by hand, and random ones held against a plain model.

mod cases;
mod export;
mod model;
mod statements;

use book::read::Reader;
use book::{
    AddCounterparties, Book, Command, Context, CreateBook, Done, DraftEntries, EntryDraft, Law,
    NewCounterparty, NoTask, OpenFiscalYear, PostEntries, TakeOver,
};
use values::{Currency, Day};

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// An entry of a former software: day, label, lines of account and amount in minor units.
pub(crate) type Former<'a> = (&'a str, &'a str, &'a [(&'a str, i64)]);

/// A book in a folder of its own that goes away with it.
pub(crate) struct Desk {
    pub(crate) book: Book,
    _folder: tempfile::TempDir,
}

const AT: &str = "2031-12-31T10:00:00Z";

fn context() -> Context<'static> {
    Context { actor: "person", at: AT.parse().unwrap(), app: "test 0", task: &NoTask }
}

impl Desk {
    /// A book whose first own fiscal year has these days.
    pub(crate) fn new(first: &str, last: &str) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let create = CreateBook {
            uuid: "0190a000-0000-7000-8000-000000000000".to_owned(),
            country: "fr".to_owned(),
            currency: Currency::EUR,
            time_zone: "Europe/Paris".to_owned(),
            first_day: day(first),
            fiscal_year: (day(first), day(last)),
            settings: [("name".to_owned(), "Atelier Morvan".to_owned())].into(),
        };
        let law = Law::new(assets::Assets::built_in());
        let path = folder.path().join("morvan.comptoir");
        let (book, _) = Book::create(&path, None, law, &context(), create).unwrap();
        let mut desk = Desk { book, _folder: folder };
        let parties = ["VASSEUR", "SCIERIE", "MENUISIER"].map(|code| {
            let new = serde_json::json!({"code": code, "name": format!("Maison {code}")});
            serde_json::from_value::<NewCounterparty>(new).unwrap()
        });
        desk.ask(AddCounterparties { counterparties: parties.into() });
        desk
    }

    pub(crate) fn ask(&mut self, command: impl Into<Command>) -> Done {
        self.book.execute(&context(), command.into()).unwrap()
    }

    pub(crate) fn open_year(&mut self, first: &str, last: &str) {
        self.ask(OpenFiscalYear { first_day: day(first), last_day: day(last) });
    }

    /// Entries of a former software: journal, day, lines in cents.
    pub(crate) fn take_over(&mut self, entries: &[Former<'_>]) {
        let mut file = String::new();
        for (number, (journal, day, lines)) in entries.iter().enumerate() {
            let lines: Vec<_> = lines
                .iter()
                .map(|(account, amount)| {
                    serde_json::json!({"account": account, "amount_minor": amount})
                })
                .collect();
            let entry = serde_json::json!({"journal": journal, "day": day,
                "ref": format!("F-{number}"), "label": "Ancien logiciel", "lines": lines});
            file.push_str(&entry.to_string());
            file.push('\n');
        }
        let at = AT.parse().unwrap();
        let (blob, _) = self.book.note_blob(file.as_bytes(), "livre.jsonl", at).unwrap();
        self.ask(TakeOver { blob });
    }

    /// A draft of our own: journal, day, lines in cents; `411/VASSEUR` names a counterparty.
    pub(crate) fn draft(&mut self, journal: &str, day: &str, lines: &[(&str, i64)]) {
        self.draft_as("ordinary", journal, day, lines);
    }

    pub(crate) fn draft_as(&mut self, kind: &str, journal: &str, day: &str, lines: &[(&str, i64)]) {
        let lines: Vec<_> = lines
            .iter()
            .map(|(account, amount)| match account.split_once('/') {
                Some((account, party)) => serde_json::json!(
                    {"account": account, "counterparty": party, "amount_minor": amount}),
                None => serde_json::json!({"account": account, "amount_minor": amount}),
            })
            .collect();
        let entry = serde_json::json!({"journal": journal, "day": day, "label": "Écriture",
            "kind": kind, "lines": lines});
        let entry: EntryDraft = serde_json::from_value(entry).unwrap();
        self.ask(DraftEntries { entries: vec![entry] });
    }

    pub(crate) fn post(&mut self, up_to: &str) {
        self.ask(PostEntries { up_to: day(up_to) });
    }

    pub(crate) fn reader(&self) -> Reader {
        self.book.reader().unwrap()
    }
}

/// `from..to`, either side may be absent; a `+` at the end lets drafts count.
pub(crate) fn query(text: &str) -> crate::Query {
    let (text, drafts) = match text.strip_suffix('+') {
        Some(text) => (text, true),
        None => (text, false),
    };
    let (from, to) = text.split_once("..").unwrap();
    let day = |text: &str| Some(text).filter(|text| !text.is_empty()).map(day);
    crate::Query { from: day(from), to: day(to), drafts, ..crate::Query::default() }
}

/// What the lines of a figure add up to, read in small pages.
pub(crate) fn sum_of(reader: &Reader, figure: &crate::Figure) -> i64 {
    let (mut sum, mut after) = (0, None);
    loop {
        let page = crate::lines_of(reader, figure, after, 3).unwrap();
        sum += page.rows.iter().map(|row| row.counted_minor).sum::<i64>();
        match page.next {
            Some(next) => after = Some(next),
            None => return sum,
        }
    }
}
