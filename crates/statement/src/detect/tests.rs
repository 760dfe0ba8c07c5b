use super::*;

fn check(bytes: &[u8], expect: Kind) {
    assert_eq!(kind_of(bytes), expect, "{:?}", String::from_utf8_lossy(bytes));
}

#[test]
fn content_tells_the_kind() {
    use RefusalCode::*;
    let other = Kind::Other;
    check(b"", other(Empty));
    check(b" \r\n\t\n", other(Empty));
    check(b"\xEF\xBB\xBF \n", other(Empty));
    check(b"%PDF-1.4", other(Pdf));
    check(b"PK\x03\x04....xl/workbook.xml", other(Spreadsheet));
    check(b"PK\x03\x04....statement.xml", other(Archive));
    check(b"\xD0\xCF\x11\xE0\xA1", other(Spreadsheet));
    check(b"\x89PNG\r\n", other(Image));
    check(b"\x01\x02\x03\x04\x05", other(Binary));
    check(b"<!DOCTYPE html>\n<html>", other(Html));
    check(b"<?xml version=\"1.0\"?><html>", other(Html));
    check(b"{\"accounts\": []}", other(Json));
    check(b"!Type:Bank\nD1/1/26\n", other(Qif));
    check(b"D1/1/26\nT-5\n^\n", other(Qif));
    check(b":20:X\n:25:Y\n:60F:C", other(Mt940));
    check(b"{1:F01BANK}{2:I940}{4:\n:20:", other(Mt940));
    check(b"01,BANK,ME,260101,1200,1,80,1,2/\n", other(Bai2));
    check(b"OFXHEADER:100\nDATA:OFXSGML\n", Kind::Ofx);
    check(b"<?xml version=\"1.0\"?><?OFX ?><OFX>", Kind::Ofx);
    check(b"<?xml version=\"1.0\"?><Document>", Kind::Xml);
    check(b"Date;Montant\n", Kind::Table);
    check("Date;Libell\u{e9}\n".as_bytes(), Kind::Table);
    let cfonb = format!("0130004    00812EUR2 00010203041  310126{:80}", "");
    check(cfonb.as_bytes(), other(Cfonb));
    let coda = format!("0000031012672505{:112}", "");
    check(coda.as_bytes(), other(Coda));
    let norma = "111234567812345678902601012601312000000001000009783NAME                        ";
    check(norma.as_bytes(), other(Norma43));
}
