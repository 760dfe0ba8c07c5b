//! Makes a pack of its files: looks every name up, and refuses what could go wrong later.

use super::rows::{
    AnswerFile, BoxLine, CheckFile, CodeLine, File, HeadFile, RateTable, RoundingTable,
    SettlementLine, tables,
};
use super::{
    AnswerKind, AnswerRule, BoxRule, Cell, CheckRule, CodeRow, FILES, Head, Pack, Rate, Regime,
    RoundingRule, RowNature, Section, SettlementRow, Sign, Slot,
};
use crate::error::{PackError, PackFault};
use crate::facts::VatRole;
use crate::formula::{Expr, Names, Scope, parse};
use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;
use values::{Currency, Decimal, Rounding};

/// The names that formulas of the pack may use.
struct Known {
    boxes: Names,
    rates: Names,
    roundings: Names,
    answers: Names,
}

impl Known {
    fn formula(&self, text: &str, fed: bool, rest: bool) -> Result<Expr, PackFault> {
        let scope = Scope {
            boxes: &self.boxes,
            rates: &self.rates,
            roundings: &self.roundings,
            answers: &self.answers,
            fed,
            rest,
        };
        parse(text, scope)
    }
}

pub(super) fn pack(pack: &str, files: Vec<(String, Vec<u8>)>) -> Result<Pack, PackError> {
    let file = |place: usize| File { pack, name: FILES[place], bytes: &files[place].1 };
    let (pack_toml, boxes_csv, codes_csv) = (file(0), file(1), file(2));
    let (rates_toml, settlement_csv) = (file(3), file(4));
    let head_file: HeadFile = pack_toml.toml()?;
    let box_lines: Vec<(u64, BoxLine)> = boxes_csv.csv()?;
    let (rate_tables, rounding_tables) = tables(rates_toml)?;
    let box_ids = box_lines.iter().map(|(line, row)| (format!("line {line}"), row.id.as_str()));
    let answer_ids = head_file.answers.iter().map(|a| (format!("answer {}", a.id), a.id.as_str()));
    let known = Known {
        boxes: names(boxes_csv, box_ids)?,
        answers: names(pack_toml, answer_ids)?,
        rates: rate_tables.keys().cloned().zip(0..).collect(),
        roundings: rounding_tables.keys().cloned().zip(0..).collect(),
    };
    let head = head(pack_toml, &head_file, &known)?;
    let boxes = boxes(boxes_csv, box_lines, &known, &head)?;
    let order = order(boxes_csv, &boxes)?;
    let (rows, cells) = code_rows(codes_csv, &known)?;
    let mut by_code: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, row) in rows.iter().enumerate() {
        by_code.entry(row.code.clone()).or_default().push(place);
    }
    Ok(Pack {
        head,
        boxes,
        order,
        rows,
        by_code,
        cells,
        rates: rates(rates_toml, rate_tables)?,
        roundings: roundings(rates_toml, rounding_tables)?,
        answers: answers(pack_toml, head_file.answers, &known)?,
        checks: checks(pack_toml, head_file.checks, &known)?,
        settlement: settlement(settlement_csv, &known)?,
        box_names: known.boxes,
        answer_names: known.answers,
        files,
    })
}

/// The place of each name; a name given twice, or none, is refused.
fn names<'a>(
    file: File,
    given: impl Iterator<Item = (String, &'a str)>,
) -> Result<Names, PackError> {
    let mut names = Names::new();
    for (number, (place, name)) in given.enumerate() {
        if name.is_empty() || names.insert(name.to_owned(), number).is_some() {
            return Err(file.error(place, PackFault::Twice { found: name.to_owned() }));
        }
    }
    Ok(names)
}

/// The word's meaning in a closed list.
fn word<T: Copy>(column: &str, found: &str, list: &[(&str, T)]) -> Result<T, PackFault> {
    list.iter().find(|(word, _)| *word == found).map(|(_, meaning)| *meaning).ok_or_else(|| {
        let words: Vec<String> = list.iter().map(|(word, _)| format!("`{word}`")).collect();
        PackFault::Word {
            column: column.to_owned(),
            found: found.to_owned(),
            allowed: words.join(", "),
        }
    })
}

fn unknown(kind: &'static str, found: &str) -> PackFault {
    PackFault::UnknownName { kind, found: found.to_owned() }
}

fn number(found: &str) -> Result<Decimal, PackFault> {
    Decimal::from_str(found)
        .map_err(|_| PackFault::Syntax { found: format!("`{found}` is no number") })
}

const PERIODS: [(&str, ()); 3] = [("month", ()), ("quarter", ()), ("year", ())];

fn head(file: File, head: &HeadFile, known: &Known) -> Result<Head, PackError> {
    let currency =
        Currency::parse(&head.unit).map_err(|why| file.syntax("unit", why.to_string()))?;
    for period in head.periods.iter().chain(head.regimes.iter().map(|regime| &regime.period)) {
        word("period", period, &PERIODS).map_err(|fault| file.error("periods", fault))?;
    }
    let place = |name: &str| {
        let found = known.boxes.get(name).copied();
        found.ok_or_else(|| file.error("sign_proof", unknown("box", name)))
    };
    let proof = match &head.sign_proof {
        Some(proof) => Some((place(&proof.due)?, place(&proof.credit)?)),
        None => None,
    };
    let mut ends = Vec::new();
    for name in head.sign_proof.iter().flat_map(|proof| &proof.ends) {
        place(name)?;
        ends.push(name.clone());
    }
    let section_ids = head.sections.iter().map(|s| (format!("section {}", s.id), s.id.as_str()));
    names(file, section_ids)?;
    let regime = |regime: &super::rows::RegimeFile| Regime {
        id: regime.id.clone(),
        period: regime.period.clone(),
        only_with: regime.only_with,
        grade: regime.grade,
    };
    let section = |section: &super::rows::SectionFile| Section {
        id: section.id.clone(),
        title_fr: section.title_fr.clone(),
        title_en: section.title_en.clone(),
        operations: section.operations,
    };
    Ok(Head {
        id: head.id.clone(),
        form: head.form.clone(),
        version: head.version.clone(),
        country: head.country.clone(),
        unit: currency.code().to_owned(),
        exponent: currency.exponent(),
        periods: head.periods.clone(),
        valid_from: file.day("valid_from", head.valid_from)?,
        valid_to: head.valid_to.map(|day| file.day("valid_to", day)).transpose()?,
        regimes: head.regimes.iter().map(regime).collect(),
        law: head.law.clone(),
        author: head.author.clone(),
        label_fr: head.label_fr.clone(),
        label_en: head.label_en.clone(),
        note: head.note.trim().to_owned(),
        sections: head.sections.iter().map(section).collect(),
        proof,
        ends,
    })
}

fn boxes(
    file: File,
    lines: Vec<(u64, BoxLine)>,
    known: &Known,
    head: &Head,
) -> Result<Vec<BoxRule>, PackError> {
    let signs = [("+", Sign::Plus), ("-", Sign::Minus), ("", Sign::Neither), ("any", Sign::Any)];
    let mut boxes = Vec::new();
    for (line, row) in lines {
        let at = |column: &str| format!("line {line}, column {column}");
        let fault = |column: &'static str| move |fault| file.error(at(column), fault);
        if !head.sections.iter().any(|section| section.id == row.section) {
            return Err(file.error(at("section"), unknown("section", &row.section)));
        }
        let rounding = match known.roundings.get(&row.rounding) {
            Some(rule) => Some(*rule),
            None if row.rounding.is_empty() => None,
            None => return Err(file.error(at("rounding"), unknown("rounding", &row.rounding))),
        };
        boxes.push(BoxRule {
            sign: word("sign", &row.sign, &signs).map_err(fault("sign"))?,
            expr: known.formula(&row.formula, true, false).map_err(fault("formula"))?,
            id: row.id,
            case: row.case,
            section: row.section,
            label_fr: row.label_fr,
            label_en: row.label_en,
            formula: row.formula,
            law: row.law,
            grade: row.grade,
            rounding,
        });
    }
    Ok(boxes)
}

/// The boxes, each after those it needs; a box that needs itself is refused with its chain.
fn order(file: File, boxes: &[BoxRule]) -> Result<Vec<usize>, PackError> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let needs: Vec<Vec<usize>> = boxes.iter().map(|rule| rule.expr.boxes()).collect();
    let mut marks = vec![Mark::New; boxes.len()];
    let mut order = Vec::new();
    for first in 0..boxes.len() {
        // The open chain from `first`, each box with how many of its needs are done.
        let mut chain: Vec<(usize, usize)> = Vec::new();
        if marks[first] == Mark::New {
            marks[first] = Mark::Open;
            chain.push((first, 0));
        }
        while let Some((place, done)) = chain.last_mut() {
            let Some(&need) = needs[*place].get(*done) else {
                marks[*place] = Mark::Done;
                order.push(*place);
                chain.pop();
                continue;
            };
            *done += 1;
            match marks[need] {
                Mark::Done => {}
                Mark::New => {
                    marks[need] = Mark::Open;
                    chain.push((need, 0));
                }
                Mark::Open => {
                    let from = chain.iter().position(|(open, _)| *open == need).unwrap_or(0);
                    let mut named: Vec<String> =
                        chain[from..].iter().map(|(open, _)| boxes[*open].id.clone()).collect();
                    named.push(boxes[need].id.clone());
                    let chain = named.join(" → ");
                    return Err(
                        file.error(format!("box {}", boxes[need].id), PackFault::Loop { chain })
                    );
                }
            }
        }
    }
    Ok(order)
}

/// `none`: no box on purpose. Empty: no box is known. Else the boxes, with a space between.
fn slot(written: &str, known: &Known) -> Result<Slot, PackFault> {
    match written {
        "" => Ok(Slot::Refused),
        "none" => Ok(Slot::Boxes(Vec::new())),
        _ => {
            let place = |name| known.boxes.get(name).copied().ok_or_else(|| unknown("box", name));
            Ok(Slot::Boxes(written.split_whitespace().map(place).collect::<Result<_, _>>()?))
        }
    }
}

fn code_rows(file: File, known: &Known) -> Result<(Vec<CodeRow>, Vec<Cell>), PackError> {
    let natures =
        [("", None), ("asset", Some(RowNature::Asset)), ("other", Some(RowNature::Other))];
    let (mut rows, mut cells): (Vec<CodeRow>, Vec<Cell>) = (Vec::new(), Vec::new());
    let mut by_code: HashMap<(String, crate::Leg), Vec<usize>> = HashMap::new();
    let mut cell_names = Names::new();
    for (line, row) in file.csv::<CodeLine>()? {
        let fault = |column: &'static str| {
            move |fault| file.error(format!("line {line}, column {column}"), fault)
        };
        let cell = (!row.cell.is_empty()).then(|| {
            *cell_names.entry(row.cell.clone()).or_insert_with(|| {
                cells.push(Cell { name: row.cell.clone(), base_decides: false });
                cells.len() - 1
            })
        });
        let read = CodeRow {
            line,
            rate: match row.rate.as_str() {
                "" => None,
                written => Some(number(written).map_err(fault("rate"))?),
            },
            nature: word("nature", &row.nature, &natures).map_err(fault("nature"))?,
            cell,
            base: slot(&row.base, known).map_err(fault("base"))?,
            tax: slot(&row.tax, known).map_err(fault("tax"))?,
            base_below: slot(&row.base_below, known).map_err(fault("base_below"))?,
            tax_below: slot(&row.tax_below, known).map_err(fault("tax_below"))?,
            code: row.code,
            leg: row.leg,
            law: row.law,
            grade: row.grade,
        };
        if let (Some(cell), Slot::Boxes(boxes)) = (cell, &read.base) {
            cells[cell].base_decides |= !boxes.is_empty();
        }
        let same = by_code.entry((read.code.clone(), read.leg)).or_default();
        if let Some(other) = same.iter().map(|&place| &rows[place]).find(|r| meet(r, &read)) {
            let found = format!("{}, {}", read.code, read.leg);
            let fault = PackFault::Overlap { found, other: other.line };
            return Err(file.error(format!("line {line}"), fault));
        }
        let summed_with = rows.iter().find(|row| row.cell.is_some() && row.cell == read.cell);
        if let Some(other) = summed_with.filter(|row| !same_boxes(row, &read)) {
            let fault = PackFault::Cell { found: row.cell, other: other.line };
            return Err(file.error(format!("line {line}"), fault));
        }
        same.push(rows.len());
        rows.push(read);
    }
    Ok((rows, cells))
}

/// Whether what both rows take goes to the same boxes, above zero and below.
fn same_boxes(one: &CodeRow, other: &CodeRow) -> bool {
    let above = one.base == other.base && one.tax == other.tax;
    above && one.base_below == other.base_below && one.tax_below == other.tax_below
}

/// Whether one item could be taken by both rows, which are of one code and leg.
fn meet(one: &CodeRow, other: &CodeRow) -> bool {
    let rates = one.rate.is_none() || other.rate.is_none() || one.rate == other.rate;
    let natures = one.nature.is_none() || other.nature.is_none() || one.nature == other.nature;
    rates && natures
}

fn rates(file: File, tables: BTreeMap<String, RateTable>) -> Result<Vec<Rate>, PackError> {
    let mut rates = Vec::new();
    for (name, table) in tables {
        let mut values = Vec::new();
        for dated in table.values {
            let from = dated.from.map(|day| file.day(&name, day)).transpose()?;
            let value = number(&dated.value).map_err(|fault| file.error(name.clone(), fault))?;
            values.push((from, value));
        }
        values.sort();
        if values.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            let found = format!("the first day of two values of {name}");
            return Err(file.error(name, PackFault::Twice { found }));
        }
        let RateTable { unit, law, grade, .. } = table;
        rates.push(Rate { name, unit, law, grade, values });
    }
    Ok(rates)
}

fn roundings(
    file: File,
    tables: BTreeMap<String, RoundingTable>,
) -> Result<Vec<RoundingRule>, PackError> {
    let modes = [("half_up", Rounding::HalfUp), ("up", Rounding::Up), ("down", Rounding::Down)];
    let mut rules = Vec::new();
    for (name, table) in tables {
        let place = format!("rounding.{name}");
        let mode = word("mode", &table.mode, &modes).map_err(|f| file.error(place.clone(), f))?;
        let step = number(&table.step).map_err(|fault| file.error(place.clone(), fault))?;
        if step <= Decimal::ZERO {
            return Err(file.syntax(place, format!("a step of `{}`", table.step)));
        }
        rules.push(RoundingRule { name, step, mode, law: table.law, grade: table.grade });
    }
    Ok(rules)
}

fn answers(
    file: File,
    written: Vec<AnswerFile>,
    known: &Known,
) -> Result<Vec<AnswerRule>, PackError> {
    let kinds = [("whole", AnswerKind::Whole), ("yes_no", AnswerKind::YesNo)];
    let mut rules = Vec::new();
    for answer in written {
        let fault = |fault| file.error(format!("answer {}", answer.id), fault);
        let ask = answer.ask.as_deref().map(|text| known.formula(text, false, false)).transpose();
        rules.push(AnswerRule {
            kind: word("kind", &answer.kind, &kinds).map_err(fault)?,
            ask: ask.map_err(fault)?,
            default: Decimal::from(answer.default),
            law: answer.law,
            grade: answer.grade,
            id: answer.id,
        });
    }
    Ok(rules)
}

fn checks(file: File, written: Vec<CheckFile>, known: &Known) -> Result<Vec<CheckRule>, PackError> {
    let mut rules = Vec::new();
    for check in written {
        let fault = |fault| file.error(format!("check {}", check.id), fault);
        if let Some(name) = check.boxes.iter().find(|name| !known.boxes.contains_key(*name)) {
            return Err(fault(unknown("box", name)));
        }
        rules.push(CheckRule {
            expr: known.formula(&check.formula, false, false).map_err(fault)?,
            id: check.id,
            boxes: check.boxes,
            formula: check.formula,
            blocking: check.blocking,
            law: check.law,
            grade: check.grade,
        });
    }
    Ok(rules)
}

fn settlement(file: File, known: &Known) -> Result<Vec<SettlementRow>, PackError> {
    let roles = [("@due", VatRole::Due), ("@deductible", VatRole::Deductible)];
    let mut rows = Vec::new();
    for (line, row) in file.csv::<SettlementLine>()? {
        let fault = |column: &'static str| {
            move |fault| file.error(format!("line {line}, column {column}"), fault)
        };
        let SettlementLine { account, label_fr, label_en, grade, .. } = row;
        if row.side == "clear" {
            let role = word("account", &account, &roles).map_err(fault("account"))?;
            word("formula", &row.formula, &[("items", ())]).map_err(fault("formula"))?;
            rows.push(SettlementRow::Clear { role, label_fr, label_en, grade });
            continue;
        }
        let sides = [("debit", true), ("credit", false)];
        let debit = word("side", &row.side, &sides).map_err(fault("side"))?;
        if account.is_empty() || !account.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(fault("account")(unknown("account", &account)));
        }
        let expr = known.formula(&row.formula, false, true).map_err(fault("formula"))?;
        let formula = row.formula;
        rows.push(SettlementRow::Write {
            account,
            debit,
            formula,
            expr,
            label_fr,
            label_en,
            grade,
        });
    }
    Ok(rows)
}
