//! Statements of one bank account, written for a test.

use crate::desk::Desk;
use api::Language;
use serde_json::{Value, json};

/// A book of a business without anything, from 2026 on.
pub fn new_book(language: Language) -> Desk {
    let desk = Desk::new(language);
    desk.call(
        "create_book",
        json!({ "country": "fr", "name": "Essai", "first_day": "2026-01-01" }),
    );
    desk
}

/// Reads a statement with these lines (day, cents, label) and closing balance, or none.
pub fn import(desk: &Desk, days: (&str, &str), lines: &[(&str, i64, &str)], closing: Option<i64>) {
    let bare = |day: &str| day.replace('-', "");
    let amount = |minor: i64| {
        let sign = if minor < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", minor.abs() / 100, minor.abs() % 100)
    };
    let mut text = format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:UTF-8\nCHARSET:NONE\n\n\
         <OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>\
         <DTSERVER>{1}235959<LANGUAGE>FRA</SONRS></SIGNONMSGSRSV1>\n\
         <BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>\
         <STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>99990<BRANCHID>00001<ACCTID>00000000001\
         <ACCTTYPE>CHECKING</BANKACCTFROM>\n<BANKTRANLIST><DTSTART>{0}<DTEND>{1}\n",
        bare(days.0),
        bare(days.1)
    );
    for (place, (day, minor, label)) in lines.iter().enumerate() {
        let (day, amount) = (bare(day), amount(*minor));
        text += &format!(
            "<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{day}{place}\
             <NAME>{label}</STMTTRN>\n"
        );
    }
    text += "</BANKTRANLIST>";
    if let Some(closing) = closing {
        let (balance, day) = (amount(closing), bare(days.1));
        text += &format!("<LEDGERBAL><BALAMT>{balance}<DTASOF>{day}235959</LEDGERBAL>");
    }
    text += "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n";
    let path = desk.path(&format!("{}.ofx", days.0));
    std::fs::write(&path, text).expect("written");
    let read = desk.call("import", json!({ "files": [path] }));
    assert_eq!(read[0]["refused"], Value::Null, "{read}");
    assert_eq!(read[0]["new"], json!(lines.len()), "{read}");
}

/// The lines of a list.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}
