//! The current account: one CAMT.053 file a month (ISO 20022, camt.053.001.02).

use super::calendar::on;
use super::identity::place;
use super::model::{Bank, BankLine, Means, euros};
use std::fmt::Write;

/// The file of one month. `lines` are that month's, oldest first; `first` is the place of the
/// first of them among all lines of the account, from which the bank's own ids are made.
pub fn file(month: u32, lines: &[&BankLine], opening_minor: i64, first: usize) -> String {
    let (from, to) = (on(month, 1), on(month, 31));
    let closing = opening_minor + lines.iter().map(|line| line.amount_minor).sum::<i64>();
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">\n<BkToCstmrStmt>\n",
    );
    let iban = place(Bank::Current).iban();
    // Writing into a String cannot fail.
    let _ = writeln!(
        text,
        "<GrpHdr><MsgId>RELEVE-2026-{month:02}</MsgId><CreDtTm>{to}T23:00:00</CreDtTm></GrpHdr>\n\
         <Stmt>\n<Id>PONANT-2026-{month:02}</Id><ElctrncSeqNb>{month}</ElctrncSeqNb>\
         <CreDtTm>{to}T23:00:00</CreDtTm>\n\
         <FrToDt><FrDtTm>{from}T00:00:00</FrDtTm><ToDtTm>{to}T23:59:59</ToDtTm></FrToDt>\n\
         <Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>EUR</Ccy><Nm>Compte courant</Nm>\
         <Ownr><Nm>Atelier Morvan</Nm></Ownr>\
         <Svcr><FinInstnId><Nm>Banque du Ponant</Nm></FinInstnId></Svcr></Acct>"
    );
    text.push_str(&balance("OPBD", opening_minor, &from.to_string()));
    text.push_str(&balance("CLBD", closing, &to.to_string()));
    for (number, line) in lines.iter().enumerate() {
        text.push_str(&entry(line, first + number + 1));
    }
    text.push_str("</Stmt>\n</BkToCstmrStmt>\n</Document>\n");
    text
}

fn amount(minor: i64) -> String {
    let side = if minor < 0 { "DBIT" } else { "CRDT" };
    format!("<Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>{side}</CdtDbtInd>", euros(minor.abs(), '.'))
}

fn balance(kind: &str, minor: i64, day: &str) -> String {
    format!(
        "<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{}<Dt><Dt>{day}</Dt></Dt></Bal>\n",
        amount(minor)
    )
}

/// The interbank code of an operation (CFONB 120, zone 2).
fn operation(means: Means) -> &'static str {
    match means {
        Means::TransferIn => "05",
        Means::TransferOut | Means::Internal => "06",
        Means::DirectDebit => "08",
        Means::Card => "11",
        Means::CardTakings => "21",
        Means::Cheque => "02",
        Means::Fee => "62",
        Means::Loan => "72",
        Means::Interest => "65",
    }
}

fn entry(line: &BankLine, number: usize) -> String {
    let day = line.day;
    // A cheque is worth its money a day after it is booked; all else at once.
    let value = if line.means == Means::Cheque { day.plus_days(1) } else { day };
    let (party, account) =
        if line.amount_minor < 0 { ("Cdtr", "CdtrAcct") } else { ("Dbtr", "DbtrAcct") };
    let held = line.iban.as_ref().map_or(String::new(), |iban| {
        format!("<{account}><Id><IBAN>{iban}</IBAN></Id></{account}>")
    });
    let compact = day.to_string().replace('-', "");
    format!(
        "<Ntry>{}<Sts>BOOK</Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{value}</Dt></ValDt>\
         <AcctSvcrRef>{compact}{number:05}</AcctSvcrRef>\
         <BkTxCd><Prtry><Cd>{}</Cd><Issr>CFONB</Issr></Prtry></BkTxCd><NtryDtls><TxDtls>\
         <RltdPties><{party}><Nm>{}</Nm></{party}>{held}</RltdPties>\
         <RmtInf><Ustrd>{}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n",
        amount(line.amount_minor),
        operation(line.means),
        escaped(&line.party),
        escaped(&line.memo),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
