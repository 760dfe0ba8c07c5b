use super::*;
use crate::chart::{Chart, VatRole, is_postable};

fn decimal(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn text() -> String {
    assets::Assets::built_in().text("tax-codes/fr.csv").unwrap().into_owned()
}

fn french() -> TaxCodes {
    TaxCodes::read(&text()).unwrap()
}

#[test]
fn the_french_codes_are_whole() {
    let codes = french();
    assert_eq!(codes.iter().count(), 86);
    for code in codes.iter() {
        assert_eq!(codes.get(&code.code), Some(code));
        assert!(!code.label_fr.is_empty() && !code.label_en.is_empty(), "{}", code.code);
        let buys = code.legs().contains(&Leg::Input) && code.legs() != [Leg::Output, Leg::Input];
        assert_eq!(code.direction == Direction::Purchase, buys, "{}", code.code);
    }
    assert_eq!(codes.get("s20"), None);
}

#[test]
fn accounts_of_codes_exist_and_have_the_vat_role_of_their_leg() {
    let chart_text = assets::Assets::built_in().text("charts/fr-pcg.csv").unwrap();
    let chart = Chart::read(&chart_text).unwrap();
    for code in french().iter() {
        for (leg, account) in code.accounts() {
            let listed = chart.get(account).unwrap_or_else(|| panic!("{}: {account}", code.code));
            assert!(is_postable(account));
            let expect = match leg {
                Leg::Output | Leg::ReverseDue => VatRole::Due,
                Leg::Input => VatRole::Deductible,
                Leg::WaitingOutput | Leg::WaitingInput => VatRole::Waiting,
            };
            assert_eq!(listed.vat_role, expect, "{} {leg} {account}", code.code);
            assert!(leg.waiting() == Some(leg) || code.legs().contains(&leg), "{}", code.code);
        }
    }
}

#[test]
fn a_tax_always_has_a_line_to_stand_on() {
    let today = day("2026-06-15");
    for code in french().iter() {
        let taxed = code.rates.is_empty() || code.rates_on(today).any(|rate| rate > Decimal::ZERO);
        for &leg in code.legs() {
            let deducts = leg != Leg::Input || code.deductible_share != Some(Decimal::ZERO);
            for &nature in Nature::ALL.iter().filter(|&&nature| code.takes(nature)) {
                let account = code.account(leg, nature);
                assert_eq!(account.is_some(), taxed && deducts, "{} {leg} {nature}", code.code);
                for deposit in [false, true] {
                    let occasion = Occasion { nature, deposit, ..plain() };
                    let waits = code.chargeable_on(&occasion) == Chargeable::OnPayment;
                    let waiting = leg.waiting().and_then(|leg| code.account(leg, nature));
                    let reverse = code.legs().contains(&Leg::ReverseDue);
                    assert!(!waits || reverse || waiting.is_some(), "{} {leg}", code.code);
                }
            }
        }
    }
}

#[test]
fn rates_are_those_of_the_day() {
    let codes = french();
    let check = |code: &str, rate: &str, on: &str, expect: bool| {
        let allowed = codes.get(code).unwrap().allows(decimal(rate), day(on));
        assert_eq!(allowed, expect, "{code} at {rate} on {on}");
    };
    check("S20", "20", "2026-03-01", true);
    check("S20", "20.00", "2014-01-01", true);
    check("S20", "20", "2013-12-31", false);
    check("S20", "10", "2026-03-01", false);
    check("S55", "5.5", "2026-03-01", true);
    check("RC-BTP-P", "20", "2026-03-01", true);
    check("RC-BTP-P", "10", "2026-03-01", true);
    check("RC-BTP-P", "5.5", "2026-03-01", false);
    check("RC283-1", "2.1", "2026-03-01", true);
    check("MARGIN", "20", "2026-03-01", true);
    check("MARGIN", "0", "2026-03-01", true);
    check("FRANCHISE", "0", "2026-03-01", true);
    check("FRANCHISE", "20", "2026-03-01", false);
    check("OSS", "21", "2026-03-01", true);
    check("OSS", "101", "2026-03-01", false);
    check("OSS", "-1", "2026-03-01", false);
    check("BADDEBT", "5.5", "2026-03-01", true);
}

#[test]
fn rate_cells_are_read_or_refused() {
    let check = |cell: &str, expect: Option<&[(&str, &str, bool)]>| {
        let read = rates::read_list(cell);
        assert_eq!(read.is_some(), expect.is_some(), "{cell}");
        for &(rate, on, covered) in expect.unwrap_or_default() {
            let dated = |dated: &DatedRate| dated.rate == decimal(rate) && dated.covers(day(on));
            assert_eq!(read.as_ref().unwrap().iter().any(dated), covered, "{cell} on {on}");
        }
    };
    check("", Some(&[]));
    check("20", Some(&[("20", "0001-01-01", true)]));
    check(
        "19.6@..2013-12-31;20@2014-01-01",
        Some(&[
            ("19.6", "2013-12-31", true),
            ("19.6", "2014-01-01", false),
            ("20", "2013-12-31", false),
            ("20", "2014-01-01", true),
        ]),
    );
    check(
        "7@2020-07-01..2020-12-31",
        Some(&[("7", "2020-12-31", true), ("7", "2021-01-01", false)]),
    );
    for cell in [";", "20;", "x", "-1", "101", "20@", "20@..", "20@2014", "20@2014-01-01..x"] {
        check(cell, None);
    }
}

#[test]
fn legs_and_natures() {
    let codes = french();
    let check = |code: &str, legs: &[Leg], takes: [bool; 3]| {
        let code = codes.get(code).unwrap();
        assert_eq!(code.legs(), legs, "{}", code.code);
        let natures = [Nature::Goods, Nature::Services, Nature::Asset];
        assert_eq!(natures.map(|nature| code.takes(nature)), takes, "{}", code.code);
    };
    check("S20", &[Leg::Output], [true, true, true]);
    check("S-ASSET", &[Leg::Output], [false, false, true]);
    check("S-LASM", &[Leg::Output, Leg::Input], [true, true, true]);
    check("MARGIN", &[Leg::Output, Leg::Output], [true, false, true]);
    check("P20", &[Leg::Input], [true, true, true]);
    check("P20-FA", &[Leg::Input], [false, false, true]);
    check("AIC20", &[Leg::ReverseDue, Leg::Input], [true, false, true]);
    check("RCS20", &[Leg::ReverseDue, Leg::Input], [false, true, true]);
    check("IMP0", &[Leg::Input], [true, false, true]);
    check("BADDEBT", &[Leg::Output], [true, true, true]);
    check("ADJUST15", &[Leg::Input], [true, true, true]);
}

#[test]
fn accounts_by_leg_and_nature() {
    let codes = french();
    let check = |code: &str, leg, nature, expect: Option<&str>| {
        assert_eq!(codes.get(code).unwrap().account(leg, nature), expect, "{code} {leg} {nature}");
    };
    check("S20", Leg::Output, Nature::Goods, Some("445711"));
    check("S20", Leg::WaitingOutput, Nature::Services, Some("44574"));
    check("S20", Leg::Input, Nature::Goods, None);
    check("P20", Leg::Input, Nature::Services, Some("445661"));
    check("P20", Leg::Input, Nature::Asset, Some("44562"));
    check("P20", Leg::WaitingInput, Nature::Services, Some("44564"));
    check("P20-CAR", Leg::Input, Nature::Goods, None);
    check("RCS20", Leg::ReverseDue, Nature::Services, Some("445202"));
    check("RCS20", Leg::Input, Nature::Services, Some("445663"));
    check("AIC20", Leg::Input, Nature::Asset, Some("445621"));
    check("S-LASM", Leg::Input, Nature::Goods, Some("44566"));
    check("S-LASM", Leg::Input, Nature::Asset, Some("44562"));
    check("ADJUST15", Leg::Input, Nature::Goods, Some("44566"));
}

/// An invoice of 10 June 2026 without anything particular.
fn plain() -> Occasion {
    Occasion {
        nature: Nature::Goods,
        vat_on: VatOn::Payments,
        document_day: day("2026-06-10"),
        event_day: None,
        paid_day: None,
        deposit: false,
    }
}

#[test]
fn taxes_fall_due_by_the_rule_of_their_code() {
    let codes = french();
    let check = |code: &str, occasion: Occasion, expect: &str| {
        let found = match codes.get(code).unwrap().chargeable_on(&occasion) {
            Chargeable::OnDay(day) => day.to_string(),
            Chargeable::OnPayment => "payment".to_owned(),
        };
        assert_eq!(found, expect, "{code} {occasion:?}");
    };
    let services = Occasion { nature: Nature::Services, ..plain() };
    let debits = Occasion { vat_on: VatOn::Invoices, ..services };
    let delivered = |on: &str| Occasion { event_day: Some(day(on)), ..plain() };
    let deposit = Occasion { deposit: true, ..plain() };

    check("S20", plain(), "2026-06-10");
    check("S20", delivered("2026-06-02"), "2026-06-02");
    check("S20", services, "payment");
    check("S20", debits, "2026-06-10");
    check("S20", Occasion { paid_day: Some(day("2026-05-20")), ..debits }, "2026-05-20");
    check("S20", Occasion { paid_day: Some(day("2026-06-20")), ..debits }, "2026-06-10");
    check("S20", deposit, "payment");
    check("S-ASSET", Occasion { nature: Nature::Asset, ..delivered("2026-06-01") }, "2026-06-01");
    check("P20", plain(), "2026-06-10");
    check("P20", services, "payment");
    check("P20", debits, "2026-06-10");
    check("P20", deposit, "payment");
    check("RCS20", services, "2026-06-10");
    check("RCS20", Occasion { event_day: Some(day("2026-05-31")), ..services }, "2026-05-31");
    check("RCS20", Occasion { deposit: true, ..services }, "payment");
    check("AIC20", plain(), "2026-06-10");
    check("AIC20", delivered("2026-04-30"), "2026-05-15");
    check("AIC20", delivered("2026-05-01"), "2026-06-10");
    check(
        "AIC20",
        Occasion { document_day: day("2027-01-20"), ..delivered("2026-12-31") },
        "2027-01-15",
    );
    check("AIC20", deposit, "2026-06-10");
    check("IC-GOODS", delivered("2026-04-30"), "2026-05-15");
    check("IMP20", delivered("2026-06-03"), "2026-06-03");
    check("S-LASM", delivered("2026-06-03"), "2026-06-03");
    check("EXPORT", delivered("2026-06-03"), "2026-06-10");
    check("BADDEBT", plain(), "2026-06-10");
    check("P20-CAR", services, "2026-06-10");
}

#[test]
fn gross_amounts_are_split_without_losing_a_cent() {
    let check = |gross: i64, rate: &str, net: i64| {
        assert_eq!(from_gross(gross, decimal(rate)), Ok((net, gross - net)), "{gross} at {rate}");
        assert_eq!(
            from_gross(-gross, decimal(rate)),
            Ok((-net, net - gross)),
            "-{gross} at {rate}"
        );
    };
    check(12_000, "20", 10_000);
    check(1, "20", 1);
    check(3, "20", 3); // 2.5 goes up
    check(9, "20", 8); // 7.5 goes up
    check(10_000, "5.5", 9_479);
    check(10_000, "2.1", 9_794);
    check(10_000, "0", 10_000);
    check(0, "20", 0);
    check(values::MAX_MINOR, "20", 7_505_999_378_950_826);
    assert!(from_gross(1, decimal("-100")).is_err());
    assert!(from_gross(1, decimal("100.01")).is_err());
    assert!(from_gross(i64::MAX, decimal("0")).is_err());
}

#[test]
fn tax_on_a_net_amount() {
    let check = |net: i64, rate: &str, tax: i64| {
        assert_eq!(from_net(net, decimal(rate)), Ok(tax), "{net} at {rate}");
    };
    check(10_000, "20", 2_000);
    check(1_250, "5.5", 69); // 68.75
    check(10, "5", 1); // 0.5 goes up
    check(-10, "5", -1);
    check(10_000, "0", 0);
    assert!(from_net(1, decimal("-1")).is_err());
    assert!(from_net(i64::MIN, decimal("100")).is_err());
}

#[test]
fn the_deductible_part_rounds_its_coefficient_up() {
    let check = |tax: i64, share: &str, coefficient: &str, part: i64| {
        let found = deductible(tax, decimal(share), decimal(coefficient));
        assert_eq!(found, Ok(part), "{tax} × {share} % × {coefficient}");
    };
    check(10_000, "100", "1", 10_000);
    check(10_000, "80", "1", 8_000);
    check(10_000, "0", "1", 0);
    check(10_000, "100", "0", 0);
    check(10_000, "80", "0.76", 6_100); // 0.608 becomes 0.61
    check(10_000, "100", "0.601", 6_100);
    check(10_000, "100", "0.60", 6_000);
    check(-10_000, "80", "0.76", -6_100);
    check(1, "50", "1", 1); // half a cent goes up
    assert!(deductible(1, decimal("101"), Decimal::ONE).is_err());
    assert!(deductible(1, decimal("100"), decimal("1.01")).is_err());
    assert!(deductible(1, decimal("100"), decimal("-0.01")).is_err());
}

#[test]
fn broken_tables_are_refused_by_name() {
    let check = |from: &str, to: &str, expect: &str| {
        assert!(text().contains(from), "{from}");
        let error = TaxCodes::read(&text().replacen(from, to, 1)).unwrap_err();
        assert_eq!(error.to_string(), expect);
    };
    check("grade,note", "grade", "the tax codes are not a table with the columns of tax codes");
    check("\nS10,", "\nS20,", "the tax code S20 is listed twice");
    check("S20,sale,both", "S20,sold,both", "tax code S20: column direction cannot hold `sold`");
    check("S20,sale,both", "S20,sale,all", "tax code S20: column nature cannot hold `all`");
    check(
        "20@2014-01-01,output,445711,,,44574",
        "20 %,output,445711,,,44574",
        "tax code S20: column rates cannot hold `20 %`",
    );
    check(
        "output,445711,,,44574,,,by_nature",
        "out,445711,,,44574,,,by_nature",
        "tax code S20: column legs cannot hold `out`",
    );
    check(
        "44574,,,by_nature",
        "44574,,100,by_nature",
        "tax code S20: column deductible_share cannot hold `100`",
    );
    check(
        "44574,,,by_nature",
        "44574,,,soon",
        "tax code S20: column chargeability cannot hold `soon`",
    );
}
