//! Worked examples of the CA3 through the whole engine: a new book, a file of entries, a bank
//! statement where a service is paid, the return made, its settlement read back, withdrawn, made
//! again.

use crate::desk::Desk;
use api::Language;
use book::EntryId;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// An example: what happened, what the form and the book must say. Cents, but boxes in euros.
struct Example {
    name: &'static str,
    /// First two fields of the period's days: `2026-03`.
    month: &'static str,
    entries: Vec<Value>,
    /// A payment that settles the services of `entries`.
    paid: Option<i64>,
    answers: Value,
    boxes: &'static [(&'static str, i64)],
    settlement: &'static [(&'static str, i64)],
}

fn sale(
    day: &str,
    name: &str,
    (code, rate, nature): (&str, &str, &str),
    amounts: [i64; 2],
) -> Value {
    let [base, tax] = amounts;
    // Services wait for their payment; goods are due when they are delivered.
    let waits = nature == "services" && base > 0;
    let account = match (waits, code) {
        (true, _) => "44574",
        (false, "S55") => "445713",
        (false, _) => "445711",
    };
    let mut item = json!({
        "leg": if waits { "waiting_output" } else { "output" }, "tax_code": code, "rate": rate,
        "base_minor": base, "tax_minor": tax, "nature": nature, "line": 3, "counterparty": "CLIENT"
    });
    if !waits {
        item["chargeable_on"] = json!(day);
    }
    json!({
        "journal": "VE", "day": day, "ref": name, "label": name,
        "lines": [
            { "account": "411", "counterparty": "CLIENT", "amount_minor": base + tax },
            { "account": "707", "amount_minor": -base },
            { "account": account, "amount_minor": -tax },
        ],
        "items": [item],
    })
}

fn purchase(day: &str, name: &str, nature: &str, amounts: [i64; 2]) -> Value {
    let [base, tax] = amounts;
    let (third, cost, account) = match nature {
        "asset" => ("404", "2154", "44562"),
        _ => ("401", "607", "445661"),
    };
    json!({
        "journal": "AC", "day": day, "ref": name, "label": name,
        "lines": [
            { "account": cost, "amount_minor": base },
            { "account": account, "amount_minor": tax },
            { "account": third, "counterparty": "FOURNISSEUR", "amount_minor": -(base + tax) },
        ],
        "items": [{
            "leg": "input", "tax_code": "P20", "rate": "20", "base_minor": base, "tax_minor": tax,
            "nature": nature, "line": 2, "counterparty": "FOURNISSEUR", "chargeable_on": day
        }],
    })
}

fn credit_brought_forward(amount: i64) -> Value {
    json!({
        "journal": "AN", "day": "2026-01-01", "label": "Reprise", "kind": "opening",
        "lines": [
            { "account": "44567", "amount_minor": amount },
            { "account": "101", "amount_minor": -amount },
        ],
    })
}

const GOODS: (&str, &str, &str) = ("S20", "20", "goods");
const GOODS_55: (&str, &str, &str) = ("S55", "5.5", "goods");
const SERVICES: (&str, &str, &str) = ("S20", "20", "services");

fn refund_entries() -> Vec<Value> {
    vec![
        credit_brought_forward(125_000),
        sale("2026-01-15", "F1", GOODS, [1_550_000, 310_000]),
        purchase("2026-01-16", "A1", "asset", [3_000_000, 600_000]),
        purchase("2026-01-17", "A2", "goods", [450_000, 90_000]),
    ]
}

fn examples() -> Vec<Example> {
    vec![
        Example {
            name: "two rates, a service paid in the month",
            month: "2026-03",
            entries: vec![
                sale("2026-03-05", "F1", GOODS, [1_845_040, 369_008]),
                sale("2026-03-06", "F2", SERVICES, [800_000, 160_000]),
                sale("2026-03-07", "F3", GOODS_55, [234_560, 12_901]),
                purchase("2026-03-10", "A1", "goods", [1_155_175, 231_035]),
                purchase("2026-03-11", "A2", "asset", [320_000, 64_000]),
            ],
            paid: Some(960_000),
            answers: json!({}),
            boxes: &[
                ("A1", 28_796),
                ("08.base", 26_450),
                ("08.tax", 5_290),
                ("09.base", 2_346),
                ("09.tax", 129),
                ("16", 5_419),
                ("19", 640),
                ("20", 2_310),
                ("23", 2_950),
                ("TD", 2_469),
                ("28", 2_469),
                ("32", 2_469),
            ],
            settlement: &[
                ("44551", -246_900),
                ("44562", -64_000),
                ("445661", -231_035),
                ("445711", 529_008),
                ("445713", 12_901),
                ("6589", 26),
            ],
        },
        Example {
            name: "a credit paid back whole",
            month: "2026-01",
            entries: refund_entries(),
            paid: None,
            answers: json!({ "26": "5050" }),
            boxes: &[
                ("A1", 15_500),
                ("08.base", 15_500),
                ("08.tax", 3_100),
                ("16", 3_100),
                ("19", 6_000),
                ("20", 900),
                ("22", 1_250),
                ("23", 8_150),
                ("25", 5_050),
                ("26", 5_050),
            ],
            settlement: &[
                ("44562", -600_000),
                ("44567", -125_000),
                ("445661", -90_000),
                ("445711", 310_000),
                ("44583", 505_000),
            ],
        },
        Example {
            name: "a credit paid back in part",
            month: "2026-01",
            entries: refund_entries(),
            paid: None,
            answers: json!({ "26": "3000" }),
            boxes: &[
                ("A1", 15_500),
                ("08.base", 15_500),
                ("08.tax", 3_100),
                ("16", 3_100),
                ("19", 6_000),
                ("20", 900),
                ("22", 1_250),
                ("23", 8_150),
                ("25", 5_050),
                ("26", 3_000),
                ("27", 2_050),
            ],
            // Both sides of 44567 in one: 1 250 used, 2 050 carried.
            settlement: &[
                ("44562", -600_000),
                ("44567", 80_000),
                ("445661", -90_000),
                ("445711", 310_000),
                ("44583", 300_000),
            ],
        },
        Example {
            name: "credit notes larger than sales",
            month: "2026-05",
            entries: vec![
                sale("2026-05-05", "F1", GOODS, [100_000, 20_000]),
                sale("2026-05-06", "AV1", GOODS, [-450_000, -90_000]),
                purchase("2026-05-10", "A1", "goods", [50_000, 10_000]),
                purchase("2026-05-11", "A2", "goods", [150_000, 30_000]),
                purchase("2026-05-12", "AV2", "goods", [-50_000, -10_000]),
            ],
            paid: None,
            answers: json!({}),
            boxes: &[
                ("B5", 3_500),
                ("20", 300),
                ("21", 700),
                ("23", 1_000),
                ("25", 1_000),
                ("27", 1_000),
            ],
            settlement: &[("44567", 100_000), ("445661", -30_000), ("445711", -70_000)],
        },
        Example {
            name: "deductible tax to be paid back",
            month: "2026-05",
            entries: vec![
                purchase("2026-05-10", "A1", "goods", [50_000, 10_000]),
                purchase("2026-05-12", "AV2", "goods", [-125_000, -25_000]),
            ],
            paid: None,
            answers: json!({}),
            boxes: &[("15", 150), ("16", 150), ("TD", 150), ("28", 150), ("32", 150)],
            settlement: &[("44551", -15_000), ("445661", 15_000)],
        },
    ]
}

#[test]
fn worked_examples() {
    examples().iter().for_each(check);
}

fn new_book(desk: &Desk) {
    let settings = json!({
        "siren": "123456782", "legal_form": "SARL", "vat_regime": "normal_monthly",
        "vat_on": "payments", "activity": "mixed", "territory": "FR-MET", "income_tax": "IS"
    });
    desk.call(
        "create_book",
        json!({
            "country": "fr", "name": "Essai", "first_day": "2026-01-01",
            "fiscal_year": ["2026-01-01", "2026-12-31"], "settings": settings
        }),
    );
}

fn post(desk: &Desk, entries: &[Value]) {
    let party =
        |code: &str| json!({ "counterparty": { "code": code, "name": code, "country": "FR" } });
    let mut text = format!("{}\n{}\n", party("CLIENT"), party("FOURNISSEUR"));
    for entry in entries {
        text += &format!("{entry}\n");
    }
    let path = desk.path("entries.jsonl");
    std::fs::write(&path, text).expect("the file is written");
    let posted = desk.call("post_file", json!({ "file": path }));
    assert_eq!(posted, json!({ "drafts": entries.len(), "posted": 0 }));
}

fn pay(desk: &Desk, day: &str, amount_minor: i64) {
    let (units, cents) = (amount_minor / 100, amount_minor % 100);
    let text = format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n\
         <OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>30004\
         <ACCTID>00000111111<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>{day}\
         <DTEND>{day}<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>{day}<TRNAMT>{units}.{cents:02}<FITID>1\
         <NAME>CLIENT<MEMO>FACTURE F2</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS>\
         </BANKMSGSRSV1></OFX>\n"
    );
    let path = desk.path("payment.ofx");
    std::fs::write(&path, text).expect("the file is written");
    let brought = desk.call("import", json!({ "files": [path] }));
    assert_eq!(brought[0]["new"], 1, "{brought}");
    let accepted = desk.call("accept_sure", json!({}));
    assert_eq!(accepted, json!({ "accepted": 1, "left": 0 }));
}

/// Accounts and amounts of an entry, in the order of the accounts.
fn lines(entry: &Value) -> Vec<(String, i64)> {
    let mut sums = BTreeMap::new();
    for line in entry["lines"].as_array().expect("lines") {
        let account = line["account"].as_str().expect("an account").to_owned();
        *sums.entry(account).or_insert(0) += line["amount_minor"].as_i64().expect("an amount");
    }
    sums.into_iter().collect()
}

fn boxes(view: &Value) -> Vec<(String, i64)> {
    let boxes = view["boxes"].as_array().expect("boxes").iter();
    let named = boxes.map(|one| {
        (one["box"].as_str().expect("an id").to_owned(), one["value"].as_i64().expect("euros"))
    });
    let mut held: Vec<(String, i64)> = named.filter(|(_, value)| *value != 0).collect();
    held.sort();
    held
}

fn expected(rows: &[(&str, i64)], sign: i64) -> Vec<(String, i64)> {
    let mut rows: Vec<_> =
        rows.iter().map(|(name, value)| (name.to_string(), sign * value)).collect();
    rows.sort();
    rows
}

/// Every entry of a kind.
fn of_kind(desk: &Desk, kind: &str) -> Vec<Value> {
    let reader = desk.reader();
    let ids = (1..).take_while(|id| reader.entry(EntryId(*id)).expect("read").is_some());
    let entries = ids.map(|entry| desk.call("entry", json!({ "entry": entry })));
    entries.filter(|entry| entry["kind"] == kind).collect()
}

fn taken(desk: &Desk) -> usize {
    let reader = desk.reader();
    let days = ["2026-01-01", "2026-12-31"].map(|day| values::Day::parse(day).expect("a day"));
    let rows = reader.tax_items(days[0], days[1]).expect("items");
    rows.iter().filter(|row| row.taken_by.is_some()).count()
}

fn check(example: &Example) {
    let name = example.name;
    let desk = Desk::new(Language::Fr);
    new_book(&desk);
    post(&desk, &example.entries);
    if let Some(amount) = example.paid {
        pay(&desk, &format!("{}20", example.month.replace('-', "")), amount);
    }
    let query = json!({ "form": "CA3", "period": example.month, "answers": example.answers });
    let plain = json!({ "form": "CA3", "period": example.month });
    let mut make = query.clone();
    make["out"] = json!(desk.path("out"));
    let wanted = expected(example.boxes, 1);
    assert_eq!(boxes(&desk.call("preview_return", query)), wanted, "{name}: preview");
    assert_eq!(boxes(&desk.call("make_return", make.clone())), wanted, "{name}: made");
    // Neither the settlement nor a question left unanswered changes what was declared.
    assert_eq!(boxes(&desk.call("preview_return", plain.clone())), wanted, "{name}: made, again");
    let settlements = of_kind(&desk, "settlement");
    let [settlement] = settlements.as_slice() else { panic!("{name}: {settlements:?}") };
    assert_eq!(lines(settlement), expected(example.settlement, 1), "{name}: settlement");
    assert_eq!(settlement["journal"], "OD", "{name}");
    assert_eq!(settlement["draft"], false, "{name}");
    assert!(settlement["day"].as_str().unwrap().starts_with(example.month), "{name}");
    let items = taken(&desk);
    assert!(items >= 2, "{name}: items taken");

    desk.call("withdraw_return", plain);
    let reversals = of_kind(&desk, "reversal");
    let [reversal] = reversals.as_slice() else { panic!("{name}: {reversals:?}") };
    assert_eq!(lines(reversal), expected(example.settlement, -1), "{name}: reversal");
    assert_eq!(taken(&desk), 0, "{name}: items are free again");

    assert_eq!(boxes(&desk.call("make_return", make)), wanted, "{name}: made anew");
    assert_eq!(of_kind(&desk, "settlement").len(), 2, "{name}");
    assert_eq!(taken(&desk), items, "{name}: items taken anew");
    desk.call("verify", json!({}));
    let (digest, replayed) = desk.digests();
    assert_eq!(digest, replayed, "{name}");
}

#[test]
fn a_refund_below_the_minimum_is_refused_and_nothing_is_made() {
    let desk = Desk::new(Language::Fr);
    new_book(&desk);
    post(&desk, &[purchase("2026-05-10", "A1", "goods", [350_000, 70_000])]);
    let query = json!({
        "form": "CA3", "period": "2026-05", "answers": { "26": "700" }, "out": desk.path("out")
    });
    let before = desk.digests();
    let why = desk.ask("make_return", query).expect_err("below 760 euros");
    assert_eq!(why.code, "return-check");
    assert!(why.message.contains("minimum"), "{}", why.message);
    assert_eq!(desk.digests(), before);
    let made = desk.call(
        "make_return",
        json!({ "form": "CA3", "period": "2026-05", "out": desk.path("out") }),
    );
    let carried = expected(&[("20", 700), ("23", 700), ("25", 700), ("27", 700)], 1);
    assert_eq!(boxes(&made), carried);
}
