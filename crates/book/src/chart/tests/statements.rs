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
