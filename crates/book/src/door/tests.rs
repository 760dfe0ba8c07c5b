//! Stories through the door.

use super::*;
use crate::commands::*;
use crate::error::Code;
use crate::ids::*;
use assets::Assets;
use values::Currency;

/// A book in a folder of its own that goes away with it.
pub(crate) struct Desk {
    pub(crate) book: Book,
    pub(crate) folder: tempfile::TempDir,
}

pub(crate) fn at(day: &str) -> DateTime<Utc> {
    format!("{day}T10:00:00Z").parse().unwrap()
}

pub(crate) fn context(day: &str) -> Context<'static> {
    Context { actor: "person", at: at(day), app: "test 0", task: &NoTask }
}

pub(crate) fn new_book() -> CreateBook {
    CreateBook {
        uuid: "0190a000-0000-7000-8000-000000000000".to_owned(),
        country: "fr".to_owned(),
        currency: Currency::EUR,
        time_zone: "Europe/Paris".to_owned(),
        first_day: Day::parse("2026-01-01").unwrap(),
        fiscal_year: (Day::parse("2026-01-01").unwrap(), Day::parse("2026-12-31").unwrap()),
        settings: [("name".to_owned(), "Atelier Morvan".to_owned())].into(),
    }
}

impl Desk {
    pub(crate) fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("morvan.comptoir");
        let law = Law::new(Assets::built_in());
        let (book, done) =
            Book::create(&path, None, law, &context("2026-01-01"), new_book()).unwrap();
        assert_eq!(done.seq, Some(1));
        Desk { book, folder }
    }

    pub(crate) fn ask(&mut self, command: impl Into<Command>) -> Result<Done> {
        self.book.execute(&context("2026-11-15"), command.into())
    }

    pub(crate) fn done(&mut self, command: impl Into<Command>) -> Outcome {
        let done = self.ask(command).unwrap();
        self.sound();
        done.outcome
    }

    pub(crate) fn refused(&mut self, command: impl Into<Command>) -> Code {
        let before = self.book.digest().unwrap();
        match self.ask(command) {
            Err(Error::Refused(refusal)) => {
                assert_eq!(self.book.digest().unwrap(), before, "a refusal changed the book");
                crate::error::tests::fits(&refusal);
                refusal.code
            }
            other => panic!("{other:?}"),
        }
    }

    /// Chain, kept sums, checks and replay all hold.
    pub(crate) fn sound(&self) {
        self.book.verify(&NoTask).unwrap();
        assert_eq!(self.book.replayed_digest().unwrap(), self.book.digest().unwrap());
    }

    pub(crate) fn draft(&mut self, json: &str) -> Result<Done> {
        let entry: EntryDraft = serde_json::from_str(json).unwrap();
        self.ask(DraftEntries { entries: vec![entry] })
    }

    fn counterparty(&mut self, code: &str) {
        let new = serde_json::json!({"code": code, "name": format!("Maison {code}")});
        let new: NewCounterparty = serde_json::from_value(new).unwrap();
        self.done(AddCounterparties { counterparties: vec![new] });
    }
}

const SALE: &str = r#"{"journal":"VE","day":"2026-03-05","ref":"FA-1","label":"Pose","lines":[
  {"account":"411","counterparty":"VASSEUR","amount_minor":120000},
  {"account":"706","amount_minor":-100000},{"account":"44574","amount_minor":-20000}],
  "items":[{"leg":"waiting_output","tax_code":"S20","rate":"20","base_minor":100000,
    "tax_minor":20000,"nature":"services","line":3,"counterparty":"VASSEUR"}]}"#;

const PURCHASE: &str = r#"{"journal":"AC","day":"2026-03-06","label":"Bois","lines":[
  {"account":"607","amount_minor":5000},{"account":"445661","amount_minor":1000},
  {"account":"401","counterparty":"SCIERIE","amount_minor":-6000}],
  "items":[{"leg":"input","tax_code":"P20","rate":"20","base_minor":5000,"tax_minor":1000,
    "nature":"goods","line":2,"chargeable_on":"2026-03-06"}]}"#;

fn with_parties() -> Desk {
    let mut desk = Desk::new();
    desk.counterparty("VASSEUR");
    desk.counterparty("SCIERIE");
    desk
}

#[test]
fn a_draft_is_written_undone_posted_and_then_only_reversed() {
    let mut desk = with_parties();
    let done = desk.draft(SALE).unwrap();
    desk.sound();
    let empty_again = {
        let seq = done.seq.unwrap();
        desk.done(Undo { seq });
        desk.book.digest().unwrap()
    };
    desk.draft(SALE).unwrap();
    let Outcome::Entries(posted) =
        desk.done(PostEntries { up_to: Day::parse("2026-03-31").unwrap() })
    else {
        panic!()
    };
    assert_eq!(posted.len(), 1);
    let reader = desk.book.reader().unwrap();
    assert_eq!(reader.entry(posted[0]).unwrap().unwrap().number.as_deref(), Some("VE-000001"));
    assert_eq!(desk.refused(DeleteDraft { entry: posted[0] }), Code::Posted);
    assert_eq!(desk.refused(Undo { seq: reader.seq() }), Code::Posted);
    assert_eq!(desk.refused(Undo { seq: reader.seq() - 1 }), Code::UndoConflict);
    desk.done(ReverseEntry { entry: posted[0] });
    assert_eq!(desk.refused(ReverseEntry { entry: posted[0] }), Code::AlreadyReversed);
    assert!(desk.book.reader().unwrap().open_items().unwrap().is_empty());
    assert_ne!(desk.book.digest().unwrap(), empty_again);
}

#[test]
fn what_does_not_agree_is_refused_whole() {
    let mut desk = with_parties();
    let cases: &[(&str, &str, Code)] = &[
        ("-100000", "-99999", Code::Unbalanced),
        ("\"44574\"", "\"445711\"", Code::BadTaxItem),
        ("-20000}", "-20000,\"counterparty\":\"VASSEUR\"}", Code::CounterpartyNotAllowed),
        (",\"counterparty\":\"VASSEUR\",\"amount", ",\"amount", Code::BadTaxItem),
        ("\"base_minor\":100000", "\"base_minor\":0", Code::TaxWithoutBase),
        ("\"rate\":\"20\"", "\"rate\":\"19.6\"", Code::RateNotAllowed),
        ("S20", "S19", Code::UnknownTaxCode),
        ("waiting_output", "input", Code::LegNotAllowed),
        ("\"tax_minor\":20000", "\"tax_minor\":19000", Code::TaxItemsDisagree),
        ("2026-03-05", "2031-03-05", Code::OutsideFiscalYears),
        ("\"706\"", "\"70\"", Code::UnknownAccount),
        ("\"706\"", "\"999999\"", Code::UnknownAccount),
        ("\"VE\"", "\"XX\"", Code::UnknownJournal),
        ("VASSEUR", "INCONNU", Code::UnknownCounterparty),
        ("-100000", "-9007199254740992", Code::TooLarge),
    ];
    for (from, to, code) in cases {
        let json = SALE.replace('\n', "").replacen(from, to, 1);
        assert!(json.contains(to), "{from}");
        let entry: EntryDraft = serde_json::from_str(&json).unwrap();
        assert_eq!(desk.refused(DraftEntries { entries: vec![entry] }), *code, "{from} → {to}");
    }
}

#[test]
fn only_the_opening_entry_and_bank_lines_touch_a_bank_account() {
    let mut desk = with_parties();
    let account = desk.done(OpenBankAccount {
        name: "Compte courant".to_owned(),
        currency: Currency::EUR,
        kind: "bank".to_owned(),
        names: vec![("iban".to_owned(), "FR1420041010050500013M02606".to_owned())],
        account: None,
    });
    assert_eq!(account, Outcome::BankAccount(BankAccountId(1), "512101".to_owned()));
    let with_bank = r#"{"journal":"OD","day":"2026-03-05","label":"Versement","lines":[
      {"account":"512101","amount_minor":100},{"account":"101","amount_minor":-100}]}"#;
    let entry: EntryDraft = serde_json::from_str(with_bank).unwrap();
    assert_eq!(desk.refused(DraftEntries { entries: vec![entry.clone()] }), Code::BankPosting);
    let mut opening = EntryDraft { kind: Kind::Opening, ..entry };
    assert_eq!(desk.refused(DraftEntries { entries: vec![opening.clone()] }), Code::Opening);
    (opening.journal, opening.day) = ("AN".to_owned(), Day::parse("2026-01-01").unwrap());
    desk.done(DraftEntries { entries: vec![opening.clone()] });
    assert_eq!(desk.refused(DraftEntries { entries: vec![opening] }), Code::Opening);
}

#[test]
fn numbers_follow_without_gap_by_journal_and_year() {
    let mut desk = with_parties();
    for day in ["2026-03-05", "2026-03-01", "2027-01-10"] {
        desk.draft(&PURCHASE.replace("2026-03-06", day)).unwrap();
    }
    assert_eq!(
        desk.refused(PostEntries { up_to: Day::parse("2027-12-31").unwrap() }),
        Code::Future
    );
    desk.done(PostEntries { up_to: Day::parse("2026-12-31").unwrap() });
    desk.draft(PURCHASE).unwrap();
    desk.done(PostEntries { up_to: Day::parse("2026-12-31").unwrap() });
    let reader = desk.book.reader().unwrap();
    let numbers: Vec<_> = (1..=4)
        .map(|id| reader.entry(EntryId(id)).unwrap().unwrap())
        .map(|entry| (entry.day.to_string(), entry.number))
        .collect();
    let of = |day: &str, number: Option<&str>| (day.to_owned(), number.map(str::to_owned));
    assert_eq!(
        numbers,
        [
            of("2026-03-05", Some("AC-000002")),
            of("2026-03-01", Some("AC-000001")),
            of("2027-01-10", None),
            of("2026-03-06", Some("AC-000003")),
        ]
    );
    assert_eq!(reader.fiscal_years().unwrap().len(), 2);
}

#[test]
fn history_of_a_former_software_is_read_only_and_apart() {
    let mut desk = with_parties();
    let file = concat!(
        r#"{"journal":"OD","day":"2025-01-01","ref":"AN-1","label":"Soldes","lines":["#,
        r#"{"account":"512100","amount_minor":5},{"account":"101000","amount_minor":-5}]}"#,
        "\n",
        r#"{"journal":"OD","day":"2025-02-01","label":"Sans référence","lines":["#,
        r#"{"account":"606400","amount_minor":7},{"account":"512100","amount_minor":-7}]}"#,
    );
    let (blob, known) =
        desk.book.note_blob(file.as_bytes(), "livre.jsonl", at("2026-01-02")).unwrap();
    assert!(!known);
    assert_eq!(desk.done(TakeOver { blob }), Outcome::Count(2));
    assert_eq!(desk.refused(ReverseEntry { entry: EntryId(1) }), Code::KindNotAllowed);
    let entry: EntryDraft =
        serde_json::from_str(&PURCHASE.replace("2026-03-06", "2025-03-06")).unwrap();
    assert_eq!(desk.refused(DraftEntries { entries: vec![entry] }), Code::HistoryYear);
    let (blob, _) =
        desk.book.note_blob(b"{\"journal\":1}", "faux.jsonl", at("2026-01-02")).unwrap();
    assert_eq!(desk.refused(TakeOver { blob }), Code::BadFileLine);
}

#[test]
fn a_return_takes_its_items_and_can_be_withdrawn_until_filed() {
    let mut desk = with_parties();
    desk.draft(PURCHASE).unwrap();
    let (pack_blob, _) = desk.book.note_blob(b"pack", "pack", at("2026-04-01")).unwrap();
    let make = MakeReturn {
        form: "CA3".to_owned(),
        first_day: Day::parse("2026-03-01").unwrap(),
        last_day: Day::parse("2026-03-31").unwrap(),
        pack: "fr-ca3 2026.1".to_owned(),
        pack_blob,
        pack_size: 4,
        answers: "{}".to_owned(),
        boxes: "{}".to_owned(),
        takes: vec![TaxItemId(1)],
        settlement: vec![
            SettlementLine { account: "44567".to_owned(), amount_minor: 1000 },
            SettlementLine { account: "445661".to_owned(), amount_minor: -1000 },
        ],
        label: "TVA de mars 2026".to_owned(),
    };
    desk.done(make.clone());
    assert_eq!(desk.refused(make.clone()), Code::ReturnMade);
    // The reversal of a purchase that a return took falls due after that return.
    desk.done(ReverseEntry { entry: EntryId(1) });
    let april = Day::parse("2026-04-01").unwrap();
    let items = desk.book.reader().unwrap().tax_items(april, april).unwrap();
    assert_eq!(items.iter().map(|item| item.tax_minor).collect::<Vec<_>>(), [-1000]);
    let (form, first_day) = ("CA3".to_owned(), make.first_day);
    desk.done(WithdrawReturn { form: form.clone(), first_day });
    assert_eq!(desk.refused(WithdrawReturn { form: form.clone(), first_day }), Code::NoReturn);
    desk.done(make);
    desk.done(FileReturn { form: form.clone(), first_day, filed_day: april });
    assert_eq!(desk.refused(WithdrawReturn { form, first_day }), Code::Filed);
}

#[test]
fn a_book_is_told_apart_from_what_is_none() {
    let desk = Desk::new();
    let law = Law::new(Assets::built_in());
    let open = |path: &Path| match Book::open(path, None, law.clone()) {
        Err(Error::Refused(refusal)) => refusal.code,
        other => panic!("{:?}", other.err()),
    };
    let path = desk.book.path().to_owned();
    assert_eq!(open(&path), Code::HeldElsewhere);
    assert_eq!(open(&desk.folder.path().join("nulle-part")), Code::NoSuchFile);
    let text = desk.folder.path().join("notes.txt");
    std::fs::write(&text, "ceci n'est pas un dossier comptable").unwrap();
    assert_eq!(open(&text), Code::NotABook);
    let sqlite = desk.folder.path().join("autre.sqlite");
    Connection::open(&sqlite).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    assert_eq!(open(&sqlite), Code::NotABook);
    let context = context("2026-01-01");
    match Book::create(&path, None, law.clone(), &context, new_book()) {
        Err(Error::Refused(refusal)) => assert_eq!(refusal.code, Code::PathTaken),
        other => panic!("{:?}", other.err()),
    }
    drop(desk.book);
    let left: Vec<_> = std::fs::read_dir(desk.folder.path()).unwrap().collect();
    assert_eq!(left.len(), 3, "a closed book is one file: {left:?}");
    let newer = Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    assert_eq!(open(&path), Code::NewerVersion);
}

#[test]
fn a_letter_stands_only_while_its_whole_group_is_settled() {
    let mut desk = with_parties();
    for (place, amount) in [100, -100, 40].into_iter().enumerate() {
        let json = format!(
            r#"{{"journal":"OD","day":"2026-03-0{}","label":"Compte","lines":[
            {{"account":"411","counterparty":"VASSEUR","amount_minor":{amount}}},
            {{"account":"471","amount_minor":{}}}]}}"#,
            place + 1,
            -amount
        );
        desk.draft(&json).unwrap();
    }
    desk.done(PostEntries { up_to: Day::parse("2026-03-31").unwrap() });
    let tie = |item, payment, amount_minor| ClearPostings {
        ties: vec![Tie { item: PostingId(item), payment: PostingId(payment), amount_minor }],
    };
    let letters = |desk: &Desk| {
        let reader = desk.book.reader().unwrap();
        let of = |id| reader.postings(EntryId(id)).unwrap()[0].letter.clone();
        [of(1), of(2), of(3)].map(|letter| letter.unwrap_or_default()).join(",")
    };
    let undo = |desk: &mut Desk| {
        let seq = desk.book.reader().unwrap().seq();
        desk.done(Undo { seq });
    };
    // A cent of two lines that sum to zero settles neither.
    desk.done(tie(1, 3, 1));
    assert_eq!(letters(&desk), ",,");
    undo(&mut desk);
    desk.done(tie(1, 3, 100));
    assert_eq!(letters(&desk), "A,A,");
    // A returned payment opens the invoice again, and the group has no letter any more.
    desk.done(tie(1, 5, -40));
    assert_eq!(letters(&desk), ",,");
    undo(&mut desk);
    assert_eq!(letters(&desk), "A,A,");
    desk.done(UnclearPostings { ties: vec![(PostingId(1), PostingId(3))] });
    assert_eq!(letters(&desk), ",,");
}

#[test]
fn a_book_of_the_first_version_is_brought_up_to_date_when_it_is_opened() {
    let mut desk = with_parties();
    desk.draft(SALE).unwrap();
    let (path, law) = (desk.book.path().to_owned(), desk.book.law().clone());
    let folder = desk.folder;
    drop(desk.book);
    // The file as the first version left it: its tables, and a history that says so.
    let connection = rusqlite::Connection::open(&path).unwrap();
    let late = crate::schema::LATER_TABLES;
    for table in late {
        connection.execute_batch(&format!("DROP TABLE {table}")).unwrap();
    }
    connection.execute_batch("PRAGMA user_version = 1").unwrap();
    drop(connection);
    let read = crate::read::Reader::open(&path, law.clone(), None);
    assert!(matches!(read, Err(Error::Refused(refusal)) if refusal.code == Code::OlderVersion));
    let book = Book::open(&path, None, law).unwrap();
    let mut desk = Desk { book, folder };
    desk.sound();
    let reader = desk.book.reader().unwrap();
    let record = reader.record(reader.seq()).unwrap().unwrap();
    assert!(record.command.contains("Migrate"), "{}", record.command);
    assert!(reader.invoices().unwrap().is_empty());
    drop(reader);
    desk.done(PostEntries { up_to: Day::parse("2026-03-31").unwrap() });
}
