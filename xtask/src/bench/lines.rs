//! Invented bank lines in the commonest format.

use crate::sample::euros;
use std::fmt::Write;
use std::path::Path;
use values::Day;

/// An account and what its lines say.
pub(super) struct Account {
    number: &'static str,
    labels: &'static [&'static str],
}

/// The account of the many lines.
pub(super) const MANY: Account = Account { number: "00010203041", labels: LABELS };
/// An account whose lines all get a proposal.
pub(super) const FEES: Account =
    Account { number: "00010203042", labels: &["FRAIS DE TENUE DE COMPTE"] };

const LABELS: &[&str] = &[
    "CARTE PAPETERIE DU PORT",
    "PRLV SEPA TELECOM DE LA LOIRE",
    "VIR SEPA MENUISERIE MORVAN",
    "REGLEMENT FACTURE",
    "REMISE CB",
    "CARTE STATION DE LA GARE",
    "FRAIS DE TENUE DE COMPTE",
];

/// An invented movement of the year 2025.
pub(super) struct Movement {
    /// In the order of the bank.
    pub(super) place: usize,
    /// From 1.
    pub(super) month: usize,
    /// Of the month.
    pub(super) day: usize,
    /// Cents, money in is positive.
    pub(super) amount_minor: i64,
    /// The account's, cents, after this movement.
    pub(super) after_minor: i64,
    /// What the bank calls it.
    pub(super) label: &'static str,
    /// What tells it from others of that name.
    pub(super) reference: String,
}

/// So many movements, spread over the year: the same ones on every machine.
pub(super) fn movements(lines: usize, account: Account) -> impl Iterator<Item = Movement> {
    // A fixed walk.
    let mut chance = 0x2545_f491_4f6c_dd1d_u64;
    let mut after_minor = 0_i64;
    (0..lines).map(move |place| {
        chance =
            chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let roll = chance >> 33;
        let (month, day) = month_and_day(place * 365 / lines.max(1));
        let amount_minor = roll as i64 % 90_000 - 40_000;
        after_minor += amount_minor;
        let label = account.labels[roll as usize % account.labels.len()];
        let reference = format!("REF {roll:010}");
        Movement { place, month, day, amount_minor, after_minor, label, reference }
    })
}

/// An OFX file of one account, lines spread over the year of 2025.
pub(super) fn ofx(lines: usize, account: Account) -> String {
    let number = account.number;
    let mut text = format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n\
         <OFX>\n<BANKMSGSRSV1>\n<STMTTRNRS>\n<STMTRS>\n<CURDEF>EUR\n<BANKACCTFROM>\n\
         <BANKID>30004\n<BRANCHID>00812\n<ACCTID>{number}\n<ACCTTYPE>CHECKING\n\
         </BANKACCTFROM>\n<BANKTRANLIST>\n<DTSTART>20250101\n<DTEND>20251231\n",
    );
    let mut balance_minor = 0;
    for one in movements(lines, account) {
        let Movement { place, month, day, label, reference, .. } = &one;
        balance_minor = one.after_minor;
        // Writing to a string does not fail.
        let _ = write!(
            text,
            "<STMTTRN>\n<TRNTYPE>OTHER\n<DTPOSTED>2025{month:02}{day:02}\n\
             <TRNAMT>{}\n<FITID>B{place:09}\n<NAME>{label}\n<MEMO>{label} {reference}\n\
             </STMTTRN>\n",
            euros(one.amount_minor, '.'),
        );
    }
    let _ = write!(
        text,
        "</BANKTRANLIST>\n<LEDGERBAL>\n<BALAMT>{}\n<DTASOF>20251231\n\
         </LEDGERBAL>\n</STMTRS>\n</STMTTRNRS>\n</BANKMSGSRSV1>\n</OFX>\n",
        euros(balance_minor, '.'),
    );
    text
}

/// Month and day of a day of a plain year, counted from 0.
fn month_and_day(mut of_year: usize) -> (usize, usize) {
    for (month, days) in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].into_iter().enumerate() {
        if of_year < days {
            return (month + 1, of_year + 1);
        }
        of_year -= days;
    }
    (12, 31)
}

/// The first of January of the first line's year.
pub(super) fn first_day(file: &Path) -> Result<Day, String> {
    let bytes = std::fs::read(file).map_err(|why| format!("{}: {why}", file.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    let first = text.split("<DTPOSTED>").skip(1).filter_map(|rest| rest.get(..4)).min();
    let year = first.and_then(|year| year.parse().ok());
    year.and_then(|year| Day::from_ymd(year, 1, 1))
        .ok_or_else(|| format!("{} holds no line of a bank", file.display()))
}
