//! The printed page of a return.

use super::facts::whole;
use super::{BankAccountView, Computed, ReturnQuery, pack_name};
use crate::app::App;
use crate::failure::Failure;
use book::read::Reader;
use document::{Business, Footer, Section, Source, TaxBox, TaxPage, tax_page};
use std::path::{Path, PathBuf};
use tax::{BoxValue, Part};
use values::{Decimal, Rounding, Siren, VatNumber, minor_from_decimal};

impl App {
    /// Draws the page of a return that stands, and writes it into a folder.
    pub(super) fn draw_return(
        &self,
        reader: &Reader,
        query: &ReturnQuery,
        banks: &[BankAccountView],
        out: &Path,
    ) -> Result<PathBuf, Failure> {
        let computed = self.compute(reader, query)?;
        let page = self.tax_page(reader, &computed, banks)?;
        let bytes = tax_page(self.law.assets(), &page).map_err(|why| self.failed(&why))?;
        let name = format!("{}-{}.pdf", computed.pack.head().form, computed.period);
        let path = out.join(name);
        std::fs::write(&path, bytes).map_err(|why| {
            let shown = path.display().to_string();
            self.own("unwritable", &[("path", &shown)]).with_detail(&why)
        })?;
        Ok(path)
    }

    fn tax_page(
        &self,
        reader: &Reader,
        computed: &Computed,
        banks: &[BankAccountView],
    ) -> Result<TaxPage, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let head = computed.pack.head();
        let facts = reader.facts(computed.period.last).map_err(explain)?;
        let setting = |name: &str| facts.settings.get(name).cloned();
        let regime = setting("vat_regime").unwrap_or_default();
        let seq = computed.made.as_ref().map_or(reader.seq(), |made| made.made_seq);
        let record = reader.record(seq).map_err(explain)?;
        let (day, hash) = match record {
            Some(record) => (record.day, record.hash),
            None => (computed.period.last.to_string(), String::new()),
        };
        let proved =
            self.bank_checks(reader, computed.period, banks)?.iter().all(|check| check.passed);
        Ok(TaxPage {
            language: self.host.language.printed(),
            title: self.return_title(&head.form, computed.period),
            subtitle: self.sentences.say("api.return.subtitle", &[]),
            business: Business {
                name: setting("name").unwrap_or_default(),
                siren: setting("siren").and_then(|text| Siren::parse(&text).ok()),
                vat_number: setting("vat_number").and_then(|text| VatNumber::parse(&text).ok()),
                regime: self.sentences.say(&format!("api.regime.{regime}"), &[]),
            },
            sections: self.sections(computed, proved),
            sources: self.figure_sources(computed)?,
            left_out: Vec::new(),
            footer: Footer {
                pack: self.sentences.say(
                    "api.return.pack",
                    &[("pack", &pack_name(&computed.pack)), ("from", &head.valid_from.to_string())],
                ),
                record: seq,
                hash,
                application: self.host.application.clone(),
                day: values::Day::parse(&day).unwrap_or(computed.period.last),
            },
        })
    }

    fn sections(&self, computed: &Computed, proved: bool) -> Vec<Section> {
        // The first end of the form that holds a figure gets the double rule.
        let ends = &computed.pack.head().ends;
        let end = ends
            .iter()
            .find(|id| computed.result.value(id).is_some_and(|one| !one.value.is_zero()))
            .or(ends.first())
            .filter(|_| proved);
        let section = |section: &tax::Section| Section {
            title: self.in_language(&section.title_fr, &section.title_en),
            boxes: self.lines(computed, section, end),
        };
        computed.pack.head().sections.iter().map(section).collect()
    }

    /// One printed line for each line of the form; base and tax side by side.
    fn lines(
        &self,
        computed: &Computed,
        section: &tax::Section,
        end: Option<&String>,
    ) -> Vec<TaxBox> {
        let mut lines: Vec<TaxBox> = Vec::new();
        for one in computed.result.boxes.iter().filter(|one| one.section == section.id) {
            let value = whole(one.value);
            let is_base = one.column() == "base" || (one.column().is_empty() && section.operations);
            match lines.last_mut().filter(|line| line.line == one.line()) {
                Some(line) if is_base => line.base = Some(value),
                Some(line) => line.tax = Some(value),
                None => lines.push(TaxBox {
                    line: one.line().to_owned(),
                    case: one.case.clone(),
                    label: self.in_language(&one.label_fr, &one.label_en),
                    base: is_base.then_some(value),
                    tax: (!is_base).then_some(value),
                    strong: is_total(one) && (value != 0 || one.formula.contains('+')),
                    proved: end == Some(&one.id),
                    warns: false,
                }),
            }
            if let Some(line) = lines.last_mut() {
                line.warns |= one.grade == tax::Grade::Low && value != 0;
            }
        }
        lines
    }

    /// Where each figure that is fed by operations comes from.
    fn figure_sources(&self, computed: &Computed) -> Result<Vec<Source>, Failure> {
        let mut sources = Vec::new();
        for one in &computed.result.boxes {
            if one.value.is_zero() || is_total(one) || one.column() == "base" {
                continue;
            }
            let explained = tax::explain(&computed.pack, &computed.facts, &one.id)
                .map_err(|why| self.failed(&why))?;
            let count = explained.leaves.len().to_string();
            let rate = explained.parts.iter().find_map(|part| match part {
                Part::Rate { value, .. } => Some(value.normalize().to_string()),
                _ => None,
            });
            let formula = match &rate {
                Some(rate) => self.sentences.say(
                    "api.source.rate",
                    &[("rate", &rate.replace('.', self.decimal_mark())), ("count", &count)],
                ),
                None => self.sentences.say("api.source.sum", &[("count", &count)]),
            };
            sources.push(Source {
                line: one.line().to_owned(),
                formula,
                cents: cents(one.unrounded),
                law: one.law.trim_end_matches([' ', '*']).to_owned(),
            });
        }
        Ok(sources)
    }

    fn decimal_mark(&self) -> &'static str {
        match self.host.language {
            crate::Language::Fr => ",",
            crate::Language::En => ".",
        }
    }
}

/// A figure made of others alone, of which a sum is shown even at zero.
fn is_total(one: &BoxValue) -> bool {
    let asked = one.formula.contains("answer(") || one.formula.contains("previous(");
    one.formula.contains('[') && one.column().is_empty() && !asked
}

fn cents(value: Decimal) -> i64 {
    minor_from_decimal(value, 2, Rounding::HalfUp).unwrap_or(0)
}
