//! The savings account: one OFX 1.02 file, which states a closing balance and no opening one.

use super::calendar::{last_day, on};
use super::identity::place;
use super::model::{Bank, BankLine, Means, euros};
use std::fmt::Write;
use values::Day;

/// The file of the ten months; `lines` are oldest first. Plain ASCII, as its header says.
pub fn file(lines: &[&BankLine], opening_minor: i64) -> String {
    let held = place(Bank::Savings);
    let closing = opening_minor + lines.iter().map(|line| line.amount_minor).sum::<i64>();
    let mut text = format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n\
         COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n\
         <OFX>\n<SIGNONMSGSRSV1>\n<SONRS>\n<STATUS>\n<CODE>0\n<SEVERITY>INFO\n</STATUS>\n\
         <DTSERVER>{end}060000\n<LANGUAGE>FRA\n</SONRS>\n</SIGNONMSGSRSV1>\n<BANKMSGSRSV1>\n\
         <STMTTRNRS>\n<TRNUID>1\n<STATUS>\n<CODE>0\n<SEVERITY>INFO\n</STATUS>\n<STMTRS>\n\
         <CURDEF>EUR\n<BANKACCTFROM>\n<BANKID>{}\n<BRANCHID>{}\n<ACCTID>{}\n<ACCTTYPE>SAVINGS\n\
         </BANKACCTFROM>\n<BANKTRANLIST>\n<DTSTART>{start}\n<DTEND>{end}\n",
        held.bank,
        held.branch,
        held.account,
        start = compact(on(1, 1)),
        end = compact(last_day()),
    );
    for (number, line) in lines.iter().enumerate() {
        let kind = match line.means {
            Means::Interest => "INT",
            Means::Fee => "FEE",
            _ => "XFER",
        };
        let day = compact(line.day);
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "<STMTTRN>\n<TRNTYPE>{kind}\n<DTPOSTED>{day}\n<TRNAMT>{}\n<FITID>{day}{:04}\n\
             <NAME>{}\n<MEMO>{}\n</STMTTRN>",
            euros(line.amount_minor, '.'),
            number + 1,
            line.party,
            line.memo,
        );
    }
    let _ = writeln!(
        text,
        "</BANKTRANLIST>\n<LEDGERBAL>\n<BALAMT>{}\n<DTASOF>{}\n</LEDGERBAL>\n</STMTRS>\n\
         </STMTTRNRS>\n</BANKMSGSRSV1>\n</OFX>",
        euros(closing, '.'),
        compact(last_day()),
    );
    text
}

fn compact(day: Day) -> String {
    day.to_string().replace('-', "")
}
