use super::*;
use crate::{RefusalCode, Trust};

fn file(entries: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>\
         <GrpHdr><CreDtTm>2026-02-01T06:00:00+01:00</CreDtTm></GrpHdr><Stmt><Id>1</Id>\
         <Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id><Ccy>EUR</Ccy></Acct>\
         <Bal><Tp><CdOrPrtry><Cd>PRCD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">10.00</Amt>\
         <CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2026-01-31</Dt></Dt></Bal>\
         <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">5.00</Amt>\
         <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-31</Dt></Dt></Bal>\
         {entries}</Stmt></BkToCstmrStmt></Document>"
    )
}

fn entry(inner: &str) -> String {
    format!("<Ntry><Amt Ccy=\"EUR\">15.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>{inner}</Ntry>")
}

/// One entry, and the line as `day amount label` with the words of all remarks.
fn check(entry: &str, expect: &str) {
    let text = file(entry);
    let reading = read(text.as_bytes()).expect("a statement");
    let lines = reading.statements[0].lines.iter();
    let lines = lines.map(|line| format!("{} {} {}", line.day, line.amount_minor, line.label));
    let remarks = reading.remarks.iter().map(|remark| remark.code.word().to_owned());
    assert_eq!(lines.chain(remarks).collect::<Vec<_>>().join("; "), expect, "{entry}");
}

#[test]
fn entries_are_read_at_their_own_level() {
    let day = "<BookgDt><Dt>2026-01-31</Dt></BookgDt>";
    let info = "<AddtlNtryInf>WORDS</AddtlNtryInf>";
    check(&entry(&format!("{day}{info}")), "2026-01-31 1500 WORDS");
    check(&entry(&format!("<Sts>BOOK</Sts>{day}{info}")), "2026-01-31 1500 WORDS");
    check(&entry(&format!("<Sts><Cd>BOOK</Cd></Sts>{day}{info}")), "2026-01-31 1500 WORDS");
    check(&entry(&format!("<RvslInd>true</RvslInd>{day}{info}")), "2026-01-31 1500 WORDS");
    let at = "<BookgDt><DtTm>2026-01-31T23:59:00-08:00</DtTm></BookgDt>";
    check(&entry(&format!("{at}{info}")), "2026-01-31 1500 WORDS");
    check(&entry(&format!("<ValDt><Dt>2026-01-30</Dt></ValDt>{info}")), "2026-01-30 1500 WORDS");
    check(&entry(info), "2026-01-31 1500 WORDS; day-from-statement");
    check(&entry(&format!("<Sts>PDNG</Sts>{day}")), "pending; balance-not-proved");
    check(&entry(&format!("<Sts><Cd>INFO</Cd></Sts>{day}")), "pending; balance-not-proved");
    let details = "<NtryDtls><TxDtls><Amt Ccy=\"EUR\">5.00</Amt></TxDtls><TxDtls>\
                   <Amt Ccy=\"EUR\">9.00</Amt></TxDtls></NtryDtls>";
    check(&entry(&format!("{day}{details}{info}")), "2026-01-31 1500 WORDS; details-do-not-add-up");
    let text = "<NtryDtls><TxDtls><RmtInf><Ustrd>A &amp; B</Ustrd><Ustrd>C&#233;</Ustrd></RmtInf>\
                </TxDtls></NtryDtls>";
    check(&entry(&format!("{day}{text}")), "2026-01-31 1500 A & B Cé");
    check(
        &entry(&format!("{day}<AddtlNtryInf><![CDATA[<X>]]></AddtlNtryInf>")),
        "2026-01-31 1500 <X>",
    );
    let amount =
        |text: &str, rest: &str| format!("<Ntry><Amt Ccy=\"EUR\">{text}</Amt>{rest}{day}</Ntry>");
    let credit = "<CdtDbtInd>CRDT</CdtDbtInd>";
    check(&amount("15.00000", credit), "2026-01-31 1500 ");
    check(&amount("15.001", credit), "amount-too-fine; balance-not-proved");
    check(&amount("12..34", credit), "amount-unreadable; balance-not-proved");
    check(&amount("1,500.00", credit), "amount-unreadable; balance-not-proved");
    check(&amount("15.00", ""), "sign-missing; balance-not-proved");
    let foreign = amount("15.00", credit).replace("EUR", "USD");
    check(&foreign, "amount-other-currency; balance-not-proved");
}

#[test]
fn details_give_the_other_side_and_ids() {
    let details = "<BookgDt><Dt>2026-01-31</Dt></BookgDt><AcctSvcrRef>REF1</AcctSvcrRef><BkTxCd>\
        <Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>\
        <NtryDtls><TxDtls><Refs><EndToEndId>E2E</EndToEndId></Refs><AmtDtls><InstdAmt>\
        <Amt Ccy=\"USD\">16.00</Amt></InstdAmt></AmtDtls><RltdPties><Dbtr><Pty><Nm>PAYER</Nm></Pty>\
        </Dbtr><DbtrAcct><Id><IBAN>DE89 3704 0044 0532 0130 00</IBAN></Id></DbtrAcct><Cdtr>\
        <Nm>ME</Nm></Cdtr></RltdPties></TxDtls></NtryDtls>";
    let text = file(&entry(details));
    let reading = read(text.as_bytes()).expect("a statement");
    assert!(reading.remarks.is_empty(), "{:?}", reading.remarks);
    let statement = &reading.statements[0];
    assert_eq!((statement.opening_minor, statement.closing_minor), (Some(-1000), Some(500)));
    assert_eq!(statement.difference_minor(), Some(0));
    assert_eq!(statement.as_of, "2026-02-01T06:00:00");
    let line = &statement.lines[0];
    assert_eq!(line.party_name.as_deref(), Some("PAYER"));
    assert_eq!(line.party_iban.as_deref(), Some("DE89370400440532013000"));
    assert_eq!(line.reference.as_deref(), Some("E2E"));
    assert_eq!(line.type_code.as_deref(), Some("PMNT-RCDT-ESCT"));
    assert_eq!(
        line.original.map(|(minor, currency)| (minor, currency.to_string())),
        Some((1600, "USD".into()))
    );
    let ids: Vec<_> = line.ids.iter().map(|id| (id.name, id.trust)).collect();
    assert_eq!(ids, [("AcctSvcrRef", Trust::Normal), ("EndToEndId", Trust::None)]);
    let place = &text[line.place.clone()];
    assert!(place.starts_with("<Ntry>") && place.ends_with("</Ntry>"));
}

#[test]
fn what_is_no_statement_is_refused_by_name() {
    let refused = |text: &str| read(text.as_bytes()).expect_err(text).code;
    let whole = file(&entry(""));
    assert_eq!(refused(&whole[..whole.len() / 2]), RefusalCode::CutOff);
    assert_eq!(refused(&whole.replace("</GrpHdr>", "</Other>")), RefusalCode::XmlBroken);
    let bomb = whole.replacen("<Document", "<!DOCTYPE D [<!ENTITY a \"aaaa\">]><Document", 1);
    assert_eq!(refused(&bomb), RefusalCode::XmlDoctype);
    assert_eq!(refused("<Document><CstmrCdtTrfInitn/></Document>"), RefusalCode::OtherXml);
    assert_eq!(refused("<rsm:CrossIndustryInvoice xmlns:rsm=\"x\"/>"), RefusalCode::OtherXml);
    assert_eq!(refused("<Document></Document>"), RefusalCode::NoStatement);
}

#[test]
fn reports_and_notifications_are_told_apart() {
    let text = file(&entry("<BookgDt><Dt>2026-01-31</Dt></BookgDt>"));
    let notice = text.replace("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn").replace("Stmt>", "Ntfctn>");
    let reading = read(notice.as_bytes()).expect("a notification");
    assert!(reading.remarks.iter().any(|remark| remark.code == RemarkCode::Notification));
    assert!(!reading.shows_every_line());
    let prefixed = text.replace("</", "</n:").replace("<Stmt", "<n:Stmt");
    assert!(read(prefixed.as_bytes()).is_err(), "half the prefixes do not match");
}

#[test]
fn letters_come_out_right_whatever_the_declaration_says() {
    let text =
        file(&entry("<BookgDt><Dt>2026-01-31</Dt></BookgDt><AddtlNtryInf>CAFÉ €</AddtlNtryInf>"));
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(&text);
    let honest = text.replace("UTF-8", "ISO-8859-1");
    let (honest, ..) = encoding_rs::WINDOWS_1252.encode(&honest);
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, lies) in
        [(text.as_bytes(), false), (&latin, true), (&honest, false), (&utf16, false)]
    {
        let reading = read(bytes).expect("a statement");
        assert_eq!(reading.statements[0].lines[0].label, "CAFÉ €");
        let told = reading.remarks.iter().any(|r| r.code == RemarkCode::EncodingWrong);
        assert_eq!(told, lies);
    }
}
