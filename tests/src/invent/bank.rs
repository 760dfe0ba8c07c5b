//! What comes from the bank, and what a person does with its lines.

use super::entries::{CUSTOMERS, SUPPLIERS};
use crate::chance::Chance;
use book::read::{BankLine, OpenItem, Reader};
use book::{
    AcceptLines, Acceptance, BankAccountId, Book, Booking, Command, DismissLines, ImportStatement,
    LineId, Part, PostingId, RestoreLines, Result, TakeBackLine, WaiveProof,
};
use chrono::{DateTime, Utc};
use std::fmt::Write;
use values::Day;

/// A file of bank lines noted in the book and the command that reads it. Two accounts have feeds;
/// windows overlap, files come twice, and the bank's story sometimes has a hole.
pub fn feed_lines(
    chance: &mut Chance,
    book: &mut Book,
    (seed, at, today): (u64, DateTime<Utc>, Day),
) -> Result<Command> {
    let account = chance.below(2);
    let open = book.reader()?.open_items()?;
    let last = today.plus_days(-chance.below(4));
    let first = last.plus_days(-chance.between(1, 25));
    let text = file(chance, (seed, account), (first, last), &open);
    let bytes = if chance.often(3) { &text.as_bytes()[..text.len() / 2] } else { text.as_bytes() };
    let (blob, _) = book.note_blob(bytes, "releve.ofx", at)?;
    let asked = chance.often(5).then(|| chance.word(&["512101", "512102", "ailleurs", "411"]));
    Ok(ImportStatement {
        blob: if chance.often(2) { "ff".repeat(32) } else { blob },
        blob_size: bytes.len() as i64,
        file_name: chance.often(50).then(|| "releve.ofx".to_owned()),
        account: asked.map(str::to_owned),
    }
    .into())
}

/// A line of the invented bank.
struct Operation {
    day: Day,
    amount_minor: i64,
    name: String,
}

/// What the bank shows on each day is a function of account and day, so that windows agree where
/// they overlap; payments of open items come on the last day alone.
fn file(
    chance: &mut Chance,
    (seed, account): (u64, i64),
    (first, last): (Day, Day),
    open: &[OpenItem],
) -> String {
    let mut operations = Vec::new();
    let mut day = first;
    while day <= last {
        let number = day.days_since(super::first_day()) * 2 + account;
        let mut of_day = Chance::new(seed ^ 0xba2c, number as u64);
        for _ in 0..of_day.below(3) {
            let amount_minor = of_day.one(&[-1_000, -1_000, 2_500, -7_345, 120_000]).copied();
            let name = of_day.word(&["EDF", "LOYER", "VENTE COMPTOIR", "FRAIS"]).to_owned();
            operations.push(Operation { day, amount_minor: amount_minor.unwrap_or(1), name });
        }
        day = day.plus_days(1);
    }
    for _ in 0..chance.below(3) {
        if let Some(item) = chance.one(open) {
            let name = item.document_reference.replace(['<', '&', '\n'], " ");
            let amount_minor = item.rest_minor;
            if amount_minor.abs() < 1_000_000_000_000 {
                operations.push(Operation { day: last, amount_minor, name });
            }
        }
    }
    ofx(account, (first, last), &operations)
}

fn ofx(account: i64, (first, last): (Day, Day), operations: &[Operation]) -> String {
    let compact = |day: Day| day.to_string().replace('-', "");
    let mut text = format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n\
         COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX>\n<BANKMSGSRSV1>\n\
         <STMTTRNRS>\n<TRNUID>1\n<STMTRS>\n<CURDEF>EUR\n<BANKACCTFROM>\n<BANKID>20041\n\
         <BRANCHID>01005\n<ACCTID>0500013M02{account}\n<ACCTTYPE>CHECKING\n</BANKACCTFROM>\n\
         <BANKTRANLIST>\n<DTSTART>{}\n<DTEND>{}\n",
        compact(first),
        compact(last),
    );
    let mut sum = 0;
    for (number, operation) in operations.iter().enumerate() {
        let day = compact(operation.day);
        sum += operation.amount_minor;
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "<STMTTRN>\n<TRNTYPE>OTHER\n<DTPOSTED>{day}\n<TRNAMT>{}\n<FITID>{day}{number}\n\
             <NAME>{}\n</STMTTRN>",
            euros(operation.amount_minor),
            operation.name,
        );
    }
    let _ = writeln!(
        text,
        "</BANKTRANLIST>\n<LEDGERBAL>\n<BALAMT>{}\n<DTASOF>{}\n</LEDGERBAL>\n</STMTRS>\n\
         </STMTTRNRS>\n</BANKMSGSRSV1>\n</OFX>",
        euros(sum),
        compact(last),
    );
    text
}

fn euros(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", minor.unsigned_abs() / 100, minor.unsigned_abs() % 100)
}

/// Something a person does with lines that came.
pub fn with_lines(chance: &mut Chance, reader: &Reader, today: Day) -> Result<Command> {
    let inbox = reader.inbox(None, 30)?;
    let any = LineId(chance.between(0, inbox.last().map_or(20, |line| line.id.0 + 5)));
    let line = chance.one(&inbox).map_or(any, |line| line.id);
    Ok(match chance.below(12) {
        0..7 => accept(chance, reader, &inbox)?,
        7..9 => TakeBackLine { line: any }.into(),
        9 => DismissLines {
            lines: vec![if chance.often(70) { line } else { any }],
            reason: chance.word(&["double", "", "  "]).to_owned(),
        }
        .into(),
        10 => RestoreLines { lines: vec![any, line] }.into(),
        _ => WaiveProof {
            bank_account: BankAccountId(chance.between(0, 3)),
            first_day: today.plus_days(-30),
            last_day: today.plus_days(-chance.between(-1, 40)),
            reason: chance.word(&["relevé perdu", "relevé perdu", ""]).to_owned(),
        }
        .into(),
    })
}

fn accept(chance: &mut Chance, reader: &Reader, inbox: &[BankLine]) -> Result<Command> {
    let open = reader.open_items()?;
    let mut lines = Vec::new();
    for _ in 0..chance.between(1, 3) {
        let paying: Vec<&BankLine> = inbox
            .iter()
            .filter(|line| open.iter().any(|item| item.rest_minor == line.amount_minor))
            .collect();
        let found = if chance.often(50) { chance.one(&paying).copied() } else { None };
        let Some(line) = found.or(chance.one(inbox)) else { break };
        let fits: Vec<&OpenItem> =
            open.iter().filter(|item| item.rest_minor == line.amount_minor).collect();
        let booking = match (chance.below(4), chance.one(&fits)) {
            (0..3, Some(item)) => Booking::Items(vec![item.posting]),
            (0, None) => Booking::Items(vec![PostingId(chance.below(200))]),
            (1, _) => Booking::Transfer,
            _ => Booking::Parts(parts(chance, line.amount_minor)),
        };
        let why = "person".to_owned();
        lines.push(Acceptance { line: line.id, booking, why, label: None });
    }
    Ok(AcceptLines { lines }.into())
}

/// A line split over accounts, with and without a tax code; now and then beyond all sense.
fn parts(chance: &mut Chance, amount: i64) -> Vec<Part> {
    let (accounts, codes): (&[_], &[_]) = if amount > 0 {
        (&["707", "706", "7589"], &["S20", "S10", "EXPORT"])
    } else {
        (&["606", "622", "2183"], &["P20", "P55", "P20-FUEL80", "AIC20", "P20-CAR"])
    };
    let mut rest = amount;
    let mut parts = Vec::new();
    for _ in 0..chance.below(3) {
        let gross_minor = rest / 3;
        rest -= gross_minor;
        parts.push(part(chance.word(accounts), gross_minor, Some(chance.word(codes))));
    }
    parts.push(part(chance.word(accounts), rest, None));
    match chance.below(20) {
        0 => parts[0].account = "512101".to_owned(),
        1 => parts[0].gross_minor = i64::MIN,
        2 => {
            parts[0].account = "411".to_owned();
            parts[0].counterparty = Some(chance.word(CUSTOMERS).to_owned());
        }
        3 => {
            parts[0].account = "401".to_owned();
            parts[0].counterparty = Some(chance.word(SUPPLIERS).to_owned());
        }
        _ => {}
    }
    parts
}

fn part(account: &str, gross_minor: i64, tax_code: Option<&str>) -> Part {
    Part {
        account: account.to_owned(),
        gross_minor,
        tax_code: tax_code.map(str::to_owned),
        rate: None,
        nature: None,
        counterparty: None,
    }
}
