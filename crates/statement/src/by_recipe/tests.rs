use super::*;
use crate::{Line, Statement, read as read_any};
use assets::Assets;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn recipes() -> Recipes {
    Recipes::load(&Assets::built_in()).expect("the recipes are sound")
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/recipes/samples")
}

fn line_json(line: &Line<'_>) -> Value {
    serde_json::json!({
        "day": line.day.to_string(),
        "amount_minor": line.amount_minor,
        "label": line.label,
    })
}

fn statement_json(statement: &Statement<'_>) -> Value {
    let account = statement.account.names.iter().rfind(|(scheme, _)| scheme != "iban");
    serde_json::json!({
        "account": account.map(|(_, value)| value.as_str()).unwrap_or_default(),
        "currency": statement.currency,
        "first_day": statement.first_day.to_string(),
        "last_day": statement.last_day.to_string(),
        "opening_minor": statement.opening_minor,
        "closing_minor": statement.closing_minor,
        "lines": statement.lines.iter().map(line_json).collect::<Vec<_>>(),
    })
}

#[test]
fn each_sample_reads_as_told() {
    let recipes = recipes();
    let mut checked = 0;
    for item in std::fs::read_dir(samples()).expect("the samples are there") {
        let path = item.expect("a file").path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let id = path.file_stem().and_then(|stem| stem.to_str()).expect("a plain name");
        let bytes = std::fs::read(&path).expect("the sample can be read");
        let reading = read_any(&bytes, None, &recipes).expect(id);
        assert!(reading.reader.starts_with(&format!("csv {id} ")), "{id}: {}", reading.reader);
        let remarks: Vec<&str> = reading.remarks.iter().map(|remark| remark.code.word()).collect();
        let got = serde_json::json!({
            "bank": reading.bank,
            "statements": reading.statements.iter().map(statement_json).collect::<Vec<_>>(),
            "remarks": remarks,
        });
        let told = std::fs::read_to_string(path.with_extension("json")).expect("its figures");
        let told: Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!(got, told, "{id}");
        for line in reading.statements.iter().flat_map(|statement| &statement.lines) {
            let row = String::from_utf8_lossy(&bytes[line.place.clone()]).into_owned();
            assert!(!row.trim().is_empty() && !row.starts_with('\n'), "{id}: {row:?}");
        }
        checked += 1;
    }
    assert!(checked >= 8, "only {checked} samples");
}

#[test]
fn a_recipe_speaks_a_closed_language() {
    let base = "id = \"x\"\nversion = 1\nheader = [\"a\"]\ndate = \"day-month-year\"\n\
                decimal = \",\"\nsign = \"signed\"\n[columns]\nday = \"a\"\namount = \"b\"\n\
                label = [\"c\"]\n";
    let parse = |text: &str| recipe::parse::<recipe::Recipe>("recipes/x.toml", text);
    assert!(parse(base).is_ok());
    for (from, to, named) in [
        ("amount = \"b\"", "amuont = \"b\"", "amuont"),
        ("sign = \"signed\"", "sign = \"guess\"", "guess"),
        ("date = \"day-month-year\"", "date = \"d/m/y\"", "d/m/y"),
        ("version = 1", "version = 1\ncolour = 2", "colour"),
    ] {
        let why = parse(&base.replace(from, to)).expect_err(to);
        assert!(why.to_string().contains("recipes/x.toml"), "{why}");
        let source = std::error::Error::source(&why).expect("the reason").to_string();
        assert!(source.contains(named), "{source}");
    }
}

/// What a table without recipe gives: amounts, or the word of its refusal.
fn check(text: &str, expect: Result<&[i64], &str>) {
    let reading = read_any(text.as_bytes(), None, &recipes());
    let got = match &reading {
        Ok(reading) => {
            let lines = reading.statements.iter().flat_map(|statement| &statement.lines);
            Ok(lines.map(|line| line.amount_minor).collect::<Vec<_>>())
        }
        Err(refusal) => Err(refusal.code.word()),
    };
    assert_eq!(got, expect.map(<[i64]>::to_vec), "{text}");
    if let Ok(reading) = reading
        && reading.reader == "csv generic 1"
    {
        assert!(reading.remarks.iter().any(|r| r.code == RemarkCode::ColumnsGuessed));
    }
}

#[test]
fn a_guess_leaves_nothing_open() {
    check("Date,Description,Amount\n2026-01-02,A,1.50\n", Ok(&[150]));
    check("Date,Description,Amount\n25/01/2026,A,-1.50\n02/01/2026,B,2\n", Ok(&[-150, 200]));
    check("Date,Description,Amount\n01/25/2026,A,-1.50\n", Ok(&[-150]));
    check(
        "Date;Description;Debit;Credit\n25.01.2026;A;1,50;\n26.01.2026;B;;2,50\n",
        Ok(&[-150, 250]),
    );
    check(
        "Date;Description;Debit;Credit\n25.01.2026;A;-1,50;\n26.01.2026;B;;2,50\n",
        Ok(&[-150, 250]),
    );
    check(
        "Date;Description;Debit;Credit\n25.01.2026;A;-1,50;\n26.01.2026;B;2,50;\n",
        Err("sign-unknown"),
    );
    check("Date,Description,Amount\n02/01/2026,A,1.50\n", Err("date-order-unknown"));
    check(
        "Date,Description,Amount\n13/01/2026,A,1.50\n01/13/2026,B,1\n",
        Err("date-order-unknown"),
    );
    check("Date;Description;Amount\n2026-01-02;A;1,234\n", Err("amount-form-unknown"));
    check(
        "Date;Description;Amount\n2026-01-02;A;1,23\n2026-01-02;B;1.23\n",
        Err("amount-form-unknown"),
    );
    check(
        "Date,Transaction date,Description,Amount\n2026-01-02,2026-01-02,A,1\n",
        Err("unknown-layout"),
    );
    check("Foo,Bar\n1,2\n", Err("unknown-layout"));
    check("JournalDate,Description,Amount,Journal\n2026-01-02,A,1,X\n", Err("unknown-layout"));
    check("Pending;x\n", Err("unknown-layout"));
    check("Date,Description,Amount\nPending,A,5\n2026-01-02,A,1.50\n", Ok(&[150]));
    check("Date;Libellé;Débit;Crédit\n02/01/2026;A;5,00;\n", Ok(&[-500]));
    check("Date;Libellé;Montant\n02/01/2026;A;90071992547409,92\n", Ok(&[]));
    let twice = "Date;Libellé;Montant\n02/01/2026;A;1,00\n".repeat(2);
    check(&twice, Ok(&[100, 100]));
}

#[test]
fn a_guessed_account_is_one_or_none() {
    let names = |rows: &str| {
        let text = format!("Date,Account,Description,Amount\n{rows}");
        let reading = read_any(text.as_bytes(), None, &recipes()).expect("readable");
        let shown = reading.statements.iter().map(|s| s.account.shown().to_owned());
        shown.collect::<Vec<_>>()
    };
    assert_eq!(names("2026-01-02,X,A,1\n2026-01-03,X,A,1\n"), ["X"]);
    assert_eq!(names("2026-01-02,X,A,1\n2026-01-03,Y,A,1\n"), [""]);
}

#[test]
fn an_open_quote_does_not_swallow_the_table() {
    let row = "02/01/2026;LIBELLE;1,00\n".repeat(2000);
    let text = format!("Date;Libellé;Montant\n02/01/2026;\"12 POUCES;5,00\n{row}");
    let reading = read_any(text.as_bytes(), None, &recipes()).expect("readable");
    assert_eq!(reading.statements[0].lines.len(), 2001);
}

#[test]
fn places_lead_to_rows_in_any_encoding() {
    let text = "Date;Libellé;Montant\r\n02/01/2026;CAFÉ;-1,00\r\n03/01/2026;THÉ;-2,00\r\n";
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(text);
    for (bytes, encoding) in [
        (text.as_bytes(), UTF_8),
        (&utf16[..], encoding_rs::UTF_16LE),
        (&latin[..], encoding_rs::WINDOWS_1252),
    ] {
        let reading = read_any(bytes, None, &recipes()).expect("readable");
        let lines = &reading.statements[0].lines;
        assert_eq!(lines[1].label, "THÉ");
        let (row, _) = encoding.decode_without_bom_handling(&bytes[lines[1].place.clone()]);
        assert_eq!(row.trim_end(), "03/01/2026;THÉ;-2,00");
    }
}
