use super::*;
use crate::Trust;

const HEADER: &str = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n";

fn file(transactions: &str) -> String {
    format!(
        "{HEADER}<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>\
         <DTSERVER>20260131120000[+1:CET]<FI><ORG>BANK</FI></SONRS></SIGNONMSGSRSV1>\
         <BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>30006<BRANCHID>00001\
         <ACCTID>12345678901<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20260101\
         <DTEND>20260131{transactions}</BANKTRANLIST><LEDGERBAL><BALAMT>12.50<DTASOF>20260131\
         </LEDGERBAL><AVAILBAL><BALAMT>99</AVAILBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )
}

/// One transaction's leaves, and the line as `day amount label` or the word of its remark.
fn check(leaves: &str, expect: &str) {
    let text = file(&format!("<STMTTRN>{leaves}</STMTTRN>"));
    let reading = read(text.as_bytes()).expect("a statement");
    let got = match reading.statements[0].lines.first() {
        Some(line) => format!("{} {} {}", line.day, line.amount_minor, line.label),
        None => reading.remarks[0].code.word().to_owned(),
    };
    assert_eq!(got, expect, "{leaves}");
}

#[test]
fn transactions_are_read_whatever_their_tags() {
    let day = "<DTPOSTED>20260105";
    for (leaves, expect) in [
        ("<TRNAMT>-1.50<NAME>A", "-150 A"),
        ("<TRNAMT>-1.50</TRNAMT><NAME>A</NAME>", "-150 A"),
        ("<trnamt>-1.50</trnamt><name>A</name>", "-150 A"),
        ("<TRNAMT>-1,50\r\n<NAME>A\r\n", "-150 A"),
        ("<TRNAMT>+1 234,56<NAME>A", "123456 A"),
        ("<TRNAMT>2<NAME>A<MEMO>B", "200 A B"),
        ("<TRNAMT>2<NAME>A<MEMO>A", "200 A"),
        ("<TRNAMT>2<MEMO>only words", "200 only words"),
        ("<TRNAMT>2<PAYEE><NAME>P</PAYEE><MEMO>M", "200 P M"),
        ("<TRNAMT>2<NAME>A & B &amp; C", "200 A & B & C"),
        ("<TRNAMT>2<NAME>1 < 2", "200 1 < 2"),
        ("<TRNAMT>2<NAME><![CDATA[A & B <C>]]>", "200 A & B <C>"),
        ("<TRNAMT>2<NAME/><MEMO>M", "200 M"),
        ("<TRNAMT>2<MEMO>two\nrows", "200 two rows"),
        ("<TRNAMT>2<BANKACCTTO><BANKID>1<ACCTID>9</BANKACCTTO><NAME>A", "200 A"),
        ("<TRNAMT>2<CURRENCY><CURSYM>EUR<CURRATE>1.0</CURRENCY><NAME>A", "200 A"),
        ("<TRNAMT>2<ORIGCURRENCY><CURSYM>USD<CURRATE>1.1</ORIGCURRENCY><NAME>A", "200 A"),
        ("<!-- aside --><TRNAMT>2<NAME>A", "200 A"),
    ] {
        check(&format!("{day}{leaves}"), &format!("2026-01-05 {expect}"));
    }
    for (leaves, expect) in [
        ("<DTPOSTED>20260105<NAME>A", "amount-missing"),
        ("<DTPOSTED>20260105<TRNAMT>.<NAME>A", "amount-unreadable"),
        ("<DTPOSTED>20260105<TRNAMT>1.234<NAME>A", "amount-ambiguous"),
        ("<DTPOSTED>20260105<TRNAMT>0.123<NAME>A", "amount-too-fine"),
        ("<DTPOSTED>20260105<TRNAMT>99999999999999999999", "amount-too-large"),
        ("<DTPOSTED>20260105<TRNAMT>1<CURRENCY><CURSYM>USD</CURRENCY>", "amount-other-currency"),
        ("<TRNAMT>1<NAME>A", "day-unreadable"),
        ("<DTPOSTED>20260231<DTUSER>20260201<TRNAMT>1", "day-unreadable"),
        ("<DTPOSTED>****<TRNAMT>1", "day-unreadable"),
        ("<DTUSER>20260106120000[-3:BRT]<TRNAMT>1", "2026-01-06 100 "),
    ] {
        check(leaves, expect);
    }
}

#[test]
fn the_statement_has_its_names_period_and_stamp() {
    let text = file("<STMTTRN><DTPOSTED>20260105<TRNAMT>1<FITID>X</STMTTRN>");
    let reading = read(text.as_bytes()).expect("a statement");
    assert_eq!((&*reading.dialect, reading.bank.as_deref()), ("OFX 1.02", Some("BANK")));
    let statement = &reading.statements[0];
    assert_eq!(statement.account.names[0].1, "FR7630006000011234567890189");
    assert_eq!(statement.account.names[1].1, "30006/00001/12345678901");
    assert_eq!(statement.closing_minor, Some(1250));
    assert_eq!(statement.opening_minor, None);
    assert_eq!(statement.as_of, "2026-01-31T12:00:00");
    assert_eq!(
        (statement.first_day.to_string(), statement.last_day.to_string()),
        ("2026-01-01".to_owned(), "2026-01-31".to_owned())
    );
    let line = &statement.lines[0];
    assert!(text[line.place.clone()].starts_with("<STMTTRN>"));
    assert!(text[line.place.clone()].ends_with("</STMTTRN>"));
    assert_eq!(line.ids[0].trust, Trust::Normal);
    assert!(reading.remarks.is_empty() && reading.shows_every_line());
}

#[test]
fn ids_are_trusted_only_where_they_name_one_payment() {
    let of = |id: &str| format!("<STMTTRN><DTPOSTED>20260105<TRNAMT>1<FITID>{id}</STMTTRN>");
    let trusts = |ids: &[&str]| {
        let text = file(&ids.iter().map(|id| of(id)).collect::<String>());
        let reading = read(text.as_bytes()).expect("a statement").into_owned();
        let lines = &reading.statements[0].lines;
        lines.iter().map(|line| line.ids[0].trust == Trust::Normal).collect::<Vec<_>>()
    };
    assert_eq!(trusts(&["A", "B"]), [true, true]);
    assert_eq!(trusts(&["A", "B", "A"]), [false, true, false]);
    assert_eq!(trusts(&["0", "NONREF", "B"]), [false, false, true]);
}

#[test]
fn letters_come_out_right_whatever_the_header_says() {
    let text = file("<STMTTRN><DTPOSTED>20260105<TRNAMT>1<NAME>CAFÉ DE L’ÉTÉ</STMTTRN>");
    let (latin, ..) = WINDOWS_1252.encode(&text);
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let marked = format!("\u{FEFF}{text}");
    for bytes in [text.as_bytes(), &latin, &utf16, marked.as_bytes()] {
        let reading = crate::read(bytes, None, &crate::Recipes::default()).expect("a statement");
        assert_eq!(reading.statements[0].lines[0].label, "CAFÉ DE L’ÉTÉ");
        let place = reading.statements[0].lines[0].place.clone();
        assert!(place.start < place.end && place.end < bytes.len());
    }
    let says_utf8 = text.replace("USASCII", "UTF-8");
    let (lying, ..) = WINDOWS_1252.encode(&says_utf8);
    let reading = read(&lying).expect("a statement");
    assert_eq!(reading.statements[0].lines[0].label, "CAFÉ DE L’ÉTÉ");
    assert_eq!(reading.remarks[0].code, RemarkCode::EncodingWrong);
}

#[test]
fn a_cut_file_says_so() {
    let text = file("<STMTTRN><DTPOSTED>20260105<TRNAMT>1<NAME>A</STMTTRN><STMTTRN><DTPOSTED>2026");
    let cut = text.split("</BANKTRANLIST>").next().expect("a beginning");
    let reading = read(cut.as_bytes()).expect("one whole transaction");
    assert_eq!(reading.statements[0].lines.len(), 1);
    assert!(!reading.shows_every_line());
    assert_eq!(reading.remarks[0].code, RemarkCode::Truncated);
}

#[test]
fn an_answer_without_statement_is_refused_with_its_words() {
    let error = "<OFX><BANKMSGSRSV1><STMTTRNRS><STATUS><CODE>2000<SEVERITY>ERROR<MESSAGE>Come back \
                 later</STATUS></STMTTRNRS></BANKMSGSRSV1></OFX>";
    let refusal = read(error.as_bytes()).expect_err("no statement");
    assert_eq!(refusal.code, RefusalCode::BankError);
    assert_eq!(refusal.args, [("message", "Come back later".to_owned())]);
    let refusal = read(b"<OFX></OFX>").expect_err("no statement");
    assert_eq!(refusal.code, RefusalCode::NoStatement);
}
