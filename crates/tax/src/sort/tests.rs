use super::*;
use crate::facts::Nature;
use crate::pack::tests::altered;
use crate::tests::{ca3, decimal, minor};
use std::collections::BTreeMap;
use values::Period;

type Drawn<'a> = (&'a str, Leg, &'a str, &'a str, &'a str);

fn sorted(pack: Pack, items: &[Drawn]) -> (Pack, Facts, Sorted) {
    let period = Period::parse("2026-03").unwrap();
    let items = (1..).zip(items).map(|(id, (code, leg, rate, base, tax))| Item {
        id,
        entry: id,
        account: None,
        leg: *leg,
        tax_code: (*code).to_owned(),
        rate: decimal(rate),
        nature: Nature::Services,
        base_minor: minor(base),
        tax_minor: minor(tax),
        deductible_minor: if *leg == Leg::Input { minor(tax) } else { 0 },
        chargeable_on: period.last,
    });
    let facts = Facts {
        period,
        items: items.collect(),
        roles: BTreeMap::new(),
        balances: BTreeMap::new(),
        previous: None,
        answers: BTreeMap::new(),
    };
    let sorted = sort(&pack, &facts);
    (pack, facts, sorted)
}

/// The boxes fed, with what they get in minor units.
fn check(items: &[Drawn], boxes: &[(&str, i128)], left_out: &[&str]) {
    let (pack, facts, sorted) = sorted(ca3(), items);
    let mut fed = Vec::new();
    for (rule, feeds) in pack.boxes.iter().zip(&sorted.feeds) {
        let minor: i128 = feeds
            .iter()
            .flat_map(|feed| {
                let items = &sorted.portions[feed.row].items;
                items.iter().map(|&place| feed.minor(&facts.items[place]))
            })
            .sum();
        if minor != 0 {
            fed.push((rule.id.as_str(), minor));
        }
    }
    assert_eq!(fed, boxes, "{items:?}");
    let named: Vec<String> =
        sorted.left_out.iter().map(|out| format!("{} {}", out.item, out.why.code())).collect();
    assert_eq!(named, left_out, "{items:?}");
    assert_eq!(sorted.taken().len() + named.len(), facts.items.len(), "{items:?}");
}

#[test]
fn a_cell_is_summed_before_its_sign_decides() {
    let (output, reverse, input) = (Leg::Output, Leg::ReverseDue, Leg::Input);
    let sale = |base, tax| ("S20", output, "20", base, tax);
    check(&[sale("100", "20")], &[("A1", 10000), ("08.base", 10000)], &[]);
    check(&[sale("100", "20"), sale("-40", "-8")], &[("A1", 6000), ("08.base", 6000)], &[]);
    check(&[sale("100", "20"), sale("-140", "-28")], &[("B5", 4000), ("21", 800)], &[]);
    check(&[sale("100", "20"), sale("-100", "-20")], &[], &[]);
    // The margin shares the cell of sales at its rate; other families do not.
    check(
        &[sale("-40", "-8"), ("MARGIN", output, "20", "100", "20")],
        &[("A1", 6000), ("08.base", 6000)],
        &[],
    );
    check(
        &[sale("-40", "-8"), ("S-ASSET", output, "20.0", "100", "20")],
        &[("A2", 10000), ("B5", 4000), ("08.base", 10000), ("21", 800)],
        &[],
    );
    // Purchases of every rate share line 20, and the tax decides.
    check(
        &[("P20", input, "20", "-10", "-2"), ("P10", input, "10", "30", "3")],
        &[("20", 100)],
        &[],
    );
    check(&[("P20", input, "20", "-10", "-2")], &[("15", 200)], &[]);
    check(
        &[("AIC20", reverse, "20", "50", "10")],
        &[("B2", 5000), ("08.base", 5000), ("17", 1000)],
        &[],
    );
}

#[test]
fn what_has_no_place_is_named_with_its_reason() {
    let (output, input) = (Leg::Output, Leg::Input);
    for (item, why) in [
        (("S20", output, "10", "100", "10"), "1 rate"),
        (("S20", input, "20", "100", "20"), "1 no_row"),
        (("S99", output, "20", "100", "20"), "1 no_row"),
        (("EXPORT", output, "0", "100", "0.01"), "1 no_box_tax"),
        (("BADDEBT", output, "20", "0", "20"), "1 no_box_tax"),
        (("OMISSION", input, "20", "0", "-20"), "1 no_box_tax_below"),
    ] {
        check(&[item], &[], &[why]);
    }
    let (_, _, sorted) = sorted(ca3(), &[("RC-BTP-P", Leg::ReverseDue, "5.50", "1", "0")]);
    let args: BTreeMap<_, _> = sorted.left_out[0].args().into_iter().collect();
    assert_eq!((args["rate"].as_str(), args["allowed"].as_str()), ("5.5", "20, 10"));
}

#[test]
fn an_amount_for_no_box_on_purpose_is_taken() {
    check(&[("FRANCHISE", Leg::Output, "0", "100", "0")], &[], &[]);
    check(&[("P20-CAR", Leg::Input, "20", "100", "0")], &[], &[]);
    check(&[("BADDEBT", Leg::Output, "20", "-100", "-20")], &[("21", 2000)], &[]);
}

#[test]
fn a_cell_without_a_box_below_zero_names_all_of_its_items_and_no_others() {
    let pack = altered("codes.csv", "EXPORT,output,0,,E1,E1,,F8,", "EXPORT,output,0,,E1,E1,,,");
    let items = [
        ("EXPORT", Leg::Output, "0", "100", "0"),
        ("S20", Leg::Output, "20", "100", "20"),
        ("EXPORT", Leg::Output, "0", "-101", "0"),
    ];
    let (_, _, sorted) = sorted(pack.unwrap(), &items);
    let named: Vec<(i64, &str)> =
        sorted.left_out.iter().map(|out| (out.item, out.why.code())).collect();
    assert_eq!(named, [(1, "no_box_base_below"), (3, "no_box_base_below")]);
    assert_eq!(sorted.taken(), [1]);
}
