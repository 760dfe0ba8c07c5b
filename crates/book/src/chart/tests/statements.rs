//! The rows of `charts/fr-statements.toml`: each account has one place, each total its rows.

use super::french;
use crate::chart::is_postable;
use std::collections::{BTreeMap, BTreeSet};

/// One row of `charts/fr-statements.toml`, as far as these tests look at it.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    fr: String,
    en: String,
    #[serde(default)]
    accounts: Vec<String>,
    #[serde(default)]
    debit: Vec<String>,
    #[serde(default)]
    credit: Vec<String>,
    #[serde(default)]
    less: Vec<String>,
    #[serde(default)]
    sum: Vec<String>,
    #[serde(default)]
    result: bool,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Statements {
    products: Vec<Line>,
    charges: Vec<Line>,
    results: Vec<Line>,
    assets: Vec<Line>,
    liabilities: Vec<Line>,
}

fn statements() -> Statements {
    let text = assets::Assets::built_in().text("charts/fr-statements.toml").unwrap();
    toml::from_str(&text).unwrap()
}

impl Statements {
    fn lines(&self) -> impl Iterator<Item = &Line> {
        [&self.products, &self.charges, &self.results, &self.assets, &self.liabilities]
            .into_iter()
            .flatten()
    }

    /// The group of each prefix for balances of one side; a prefix in two groups fails.
    fn groups(&self, of_side: fn(&Line) -> &[String]) -> BTreeMap<&str, &str> {
        let mut groups = BTreeMap::new();
        for line in self.lines() {
            for prefix in line.accounts.iter().chain(&line.less).chain(of_side(line)) {
                let before = groups.insert(prefix.as_str(), line.id.as_str());
                assert_eq!(before, None, "{prefix} stands in two groups");
            }
        }
        groups
    }
}

fn group_of<'a>(groups: &BTreeMap<&str, &'a str>, code: &str) -> Option<&'a str> {
    (1..=code.len()).rev().find_map(|length| groups.get(&code[..length]).copied())
}

#[test]
fn every_account_of_classes_1_to_7_has_one_place_in_the_statements() {
    let (chart, statements) = (french(), statements());
    let debit = statements.groups(|line| &line.debit);
    let credit = statements.groups(|line| &line.credit);
    let sides = |part: fn(&Line) -> &Vec<String>| -> BTreeSet<&String> {
        statements.lines().flat_map(part).collect()
    };
    assert_eq!(sides(|line| &line.debit), sides(|line| &line.credit));

    // Groups of two digits may be posted on with any third one; other numbers come with old books.
    let listed = chart.accounts().iter().map(|account| account.code.clone());
    let any = (100..800).map(|number| number.to_string());
    for code in listed.filter(|code| is_postable(code)).chain(any) {
        let off = code.starts_with(['8', '9']);
        assert_eq!(group_of(&debit, &code).is_none(), off, "{code}, debit");
        assert_eq!(group_of(&credit, &code).is_none(), off, "{code}, credit");
    }

    let income: BTreeSet<&str> = statements
        .products
        .iter()
        .chain(&statements.charges)
        .map(|line| line.id.as_str())
        .collect();
    for (prefix, group) in debit.iter().chain(&credit) {
        let of_result = prefix.starts_with(['6', '7']);
        assert_eq!(income.contains(group), of_result, "{prefix} in {group}");
    }
}

#[test]
fn balances_stand_on_the_side_where_the_law_shows_them() {
    let statements = statements();
    let debit = statements.groups(|line| &line.debit);
    let credit = statements.groups(|line| &line.credit);
    let check = |code: &str, when_debit: &str, when_credit: &str| {
        assert_eq!(group_of(&debit, code), Some(when_debit), "{code}, debit");
        assert_eq!(group_of(&credit, code), Some(when_credit), "{code}, credit");
    };
    check("411", "trade_receivables", "other_debts");
    check("401", "other_receivables", "trade_payables");
    check("4081", "other_receivables", "trade_payables");
    check("4084", "other_receivables", "asset_debts");
    check("404", "other_receivables", "asset_debts");
    check("4091", "advances_paid", "trade_payables");
    check("4191", "other_receivables", "advances_received");
    check("512101", "cash", "bank_debts");
    check("519", "bank_debts", "bank_debts");
    check("44551", "other_receivables", "tax_social_debts");
    check("44567", "other_receivables", "tax_social_debts");
    check("455", "other_receivables", "other_financial_debts");
    check("4562", "called_capital", "other_debts");
    check("471000", "other_receivables", "other_debts");
    check("486", "prepaid", "prepaid");
    check("28183", "other_tangibles", "other_tangibles");
    check("2807", "goodwill", "goodwill");
    check("491", "trade_receivables", "trade_receivables");
    check("590", "securities", "securities");
    check("129", "result", "result");
    check("108", "capital", "capital");
    check("109", "uncalled_capital", "uncalled_capital");
    check("7097", "sales_goods", "sales_goods");
    check("7096", "sales_services", "sales_services");
    check("649", "wages", "wages");
    check("6037", "change_goods", "change_goods");
    check("675", "exceptional_charges", "exceptional_charges");
    check("791", "operating_reversals", "operating_reversals");
    check("6862", "financial_allowances", "financial_allowances");
}

#[test]
fn totals_name_rows_above_them_and_reach_every_group_once() {
    let statements = statements();
    let mut above: BTreeMap<&str, &Line> = BTreeMap::new();
    for line in statements.lines() {
        let groups = [&line.accounts, &line.debit, &line.credit, &line.less];
        let is_group = groups.iter().any(|prefixes| !prefixes.is_empty());
        assert!(!is_group || line.sum.is_empty(), "{} is a group and a total", line.id);
        assert!(!line.fr.is_empty() && !line.en.is_empty(), "{}", line.id);
        assert_eq!(line.result, line.id == "result", "{}", line.id);
        for term in &line.sum {
            assert!(term.starts_with(['+', '-']), "{} sums {term}", line.id);
            assert!(above.contains_key(&term[1..]), "{} sums {term}", line.id);
        }
        assert!(above.insert(&line.id, line).is_none(), "{} stands twice", line.id);
    }
    // How often each group enters a total, through the totals below it.
    fn reach<'a>(id: &'a str, above: &BTreeMap<&'a str, &'a Line>, found: &mut Vec<&'a str>) {
        let line = above[id];
        if line.sum.is_empty() {
            found.push(&line.id);
        }
        line.sum.iter().for_each(|term| reach(&term[1..], above, found));
    }
    for (part, total) in [
        (&statements.products, "total_products"),
        (&statements.charges, "total_charges"),
        (&statements.assets, "total_assets"),
        (&statements.liabilities, "total_liabilities"),
    ] {
        let mut found = Vec::new();
        reach(total, &above, &mut found);
        found.sort_unstable();
        let mut groups: Vec<&str> = part
            .iter()
            .filter(|line| {
                [&line.accounts, &line.debit, &line.credit].iter().any(|p| !p.is_empty())
            })
            .map(|line| line.id.as_str())
            .collect();
        groups.sort_unstable();
        assert_eq!(found, groups, "{total}");
    }
}

/// The rows of a statement over balances of accounts, debit positive.
///
/// A group counts as its part does: products and liabilities credit minus debit, the others debit
/// minus credit.
fn evaluate(statements: &Statements, balances: &[(&str, i64)]) -> BTreeMap<String, i64> {
    let debit = statements.groups(|line| &line.debit);
    let credit = statements.groups(|line| &line.credit);
    let mut rows: BTreeMap<String, i64> = BTreeMap::new();
    let by_credit = |id: &str| {
        statements.products.iter().chain(&statements.liabilities).any(|line| line.id == id)
    };
    for &(code, balance) in balances {
        let group = group_of(if balance < 0 { &credit } else { &debit }, code).unwrap();
        let sign = if by_credit(group) { -1 } else { 1 };
        *rows.entry(group.to_owned()).or_default() += sign * balance;
        if code.starts_with(['6', '7']) {
            *rows.entry("result".to_owned()).or_default() -= balance;
        }
    }
    for line in statements.lines().filter(|line| !line.sum.is_empty()) {
        let term = |term: &String| {
            let value = rows.get(&term[1..]).copied().unwrap_or(0);
            if term.starts_with('-') { -value } else { value }
        };
        let total = line.sum.iter().map(term).sum();
        rows.insert(line.id.clone(), total);
    }
    rows
}

/// A small company's year before closing, worked by hand, in euros, debit positive.
const SMALL_COMPANY: &[(&str, i64)] = &[
    ("2154", 20_000),
    ("2183", 4_000),
    ("275", 1_200),
    ("37", 8_500),
    ("411", 14_400),
    ("416", 1_200),
    ("4091", 300),
    ("486", 450),
    ("512", 19_990),
    ("53", 150),
    ("607", 52_000),
    ("613", 9_600),
    ("626", 900),
    ("6226", 1_800),
    ("616", 700),
    ("606", 1_400),
    ("63511", 800),
    ("6411", 24_000),
    ("645", 9_500),
    ("6811", 4_500),
    ("6817", 600),
    ("661", 600),
    ("658", 60),
    ("6582", 90),
    ("695", 2_111),
    ("7097", 1_000),
    ("28154", -6_000),
    ("28183", -2_500),
    ("397", -500),
    ("491", -600),
    ("101", -10_000),
    ("1061", -1_000),
    ("110", -4_000),
    ("164", -15_000),
    ("401", -7_200),
    ("404", -1_800),
    ("4191", -960),
    ("431", -1_300),
    ("44551", -1_450),
    ("4421", -200),
    ("444", -2_111),
    ("455", -3_000),
    ("487", -700),
    ("707", -90_000),
    ("706", -30_000),
    ("758", -30),
    ("6037", -1_500),
];

#[test]
fn a_small_company_gives_the_figures_worked_by_hand() {
    assert_eq!(SMALL_COMPANY.iter().map(|(_, balance)| balance).sum::<i64>(), 0);
    let rows = evaluate(&statements(), SMALL_COMPANY);
    let check = |id: &str, expect: i64| assert_eq!(rows.get(id), Some(&expect), "{id}");
    check("sales_goods", 89_000);
    check("sales_services", 30_000);
    check("total_operating_products", 119_030);
    check("purchases_goods", 52_000);
    check("change_goods", -1_500);
    check("external_charges", 14_400);
    check("taxes", 800);
    check("wages", 24_000);
    check("social_charges", 9_500);
    check("depreciation", 4_500);
    check("operating_impairment", 600);
    check("other_operating_charges", 150);
    check("total_operating_charges", 104_450);
    check("operating_result", 14_580);
    check("financial_result", -600);
    check("result_before_tax", 13_980);
    check("income_tax", 2_111);
    check("net_result", 11_869);
    check("total_fixed_assets", 16_700);
    check("goods", 8_000);
    check("trade_receivables", 15_000);
    check("cash", 20_140);
    check("total_assets", 60_590);
    check("result", 11_869);
    check("total_equity", 26_869);
    check("bank_debts", 15_000);
    check("trade_payables", 7_200);
    check("tax_social_debts", 5_061);
    check("total_debts", 33_721);
    check("total_liabilities", 60_590);
}
