//! The tax page: the boxes of a return to copy, where each figure comes from, and what proves it.

use crate::format::{amount, day_short, whole};
use crate::words::Words;
use crate::{
    About, Align, Cell, Color, Column, DocumentError, Face, Flow, FontFiles, Fonts, Item, Language,
    Length, Look, Margins, Page, Row, Style, Table, write,
};
use assets::Assets;
use serde::{Deserialize, Serialize};
use values::{Day, Siren, VatNumber};

mod mark;

/// A return on paper. Texts arrive in the page's language; figures arrive as numbers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TaxPage {
    /// What the page is written in.
    pub language: Language,
    /// What is declared: `TVA d’octobre 2026`.
    pub title: String,
    /// Which form, and that this is no proof of filing.
    pub subtitle: String,
    /// Who declares.
    pub business: Business,
    /// The boxes, in the order of the form.
    pub sections: Vec<Section>,
    /// Where the figures come from.
    pub sources: Vec<Source>,
    /// What the page does not hold, a sentence each.
    pub left_out: Vec<String>,
    /// What stands at the foot.
    pub footer: Footer,
}

/// Who declares.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Business {
    /// Its name.
    pub name: String,
    /// Its SIREN, if it has one.
    pub siren: Option<Siren>,
    /// Its VAT number, if it has one.
    pub vat_number: Option<VatNumber>,
    /// Its tax regime: `Réel normal mensuel`.
    pub regime: String,
}

/// A part of the form. One without a box that is shown is left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Section {
    /// Its name on the form.
    pub title: String,
    /// Its boxes.
    pub boxes: Vec<TaxBox>,
}

/// A line of the form. Shown when it has a figure other than zero, or is strong.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TaxBox {
    /// The line: `08`.
    pub line: String,
    /// The case: `0207`; empty where the form has none.
    pub case: String,
    /// The label.
    pub label: String,
    /// The base in whole units of the currency.
    pub base: Option<i64>,
    /// The tax in whole units of the currency.
    pub tax: Option<i64>,
    /// A total, printed strong and even at zero.
    pub strong: bool,
    /// Whether its equality has been demonstrated: its tax gets the double rule.
    pub proved: bool,
    /// Whether it rests on something uncertain: it gets a sign and the page a footnote.
    pub warns: bool,
}

/// Where a figure comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Source {
    /// The line it is of.
    pub line: String,
    /// How it is computed, in words.
    pub formula: String,
    /// The figure before rounding, in cents.
    pub cents: i64,
    /// The article it rests on.
    pub law: String,
}

/// What stands at the foot of each page.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Footer {
    /// The pack and its validity.
    pub pack: String,
    /// The number of the record the figures were read at.
    pub record: i64,
    /// The hash of that record, in hexadecimal.
    pub hash: String,
    /// The program and its version.
    pub application: String,
    /// The day of the print.
    pub day: Day,
}

const BODY: Style = Style::new(Face::Regular, Length(8_250), Color::INK);
const FINE: Style = Style::new(Face::Regular, Length(7_650), Color::INK);
const LABEL: Style = Style::new(Face::Regular, Length(7_100), Color::INK3);
const TITLE: Style = Style {
    face: Face::SemiBold,
    size: Length(16_750),
    color: Color::INK,
    tracking_thousandths: -22,
};
const MARGINS: Margins = Margins {
    left: Length(40_000),
    right: Length(40_000),
    top: Length(46_900),
    bottom: Length(70_000),
};
/// The sign of a box that rests on something uncertain.
const DAGGER: &str = "†";

/// Draws a return as a PDF. The same page gives the same bytes.
pub fn tax_page(assets: &Assets, page: &TaxPage) -> Result<Vec<u8>, DocumentError> {
    let files = FontFiles::load(assets)?;
    let fonts = Fonts::parse(&files)?;
    let about = About {
        title: page.title.clone(),
        author: page.business.name.clone(),
        application: page.footer.application.clone(),
        day: page.footer.day,
        language: page.language,
    };
    write(&fonts, &pages(&fonts, page), &about)
}

/// The pages of a return, before they are bytes.
fn pages(fonts: &Fonts<'_>, page: &TaxPage) -> Vec<Page> {
    let words = Words::of(page.language);
    let running = (page.title.clone(), page.business.name.clone());
    let mut flow = Flow::new(fonts, (Length::A4_WIDTH, Length::A4_HEIGHT), MARGINS, running);
    heading(&mut flow, page);
    let table = boxes_table(page, words);
    if !table.items.is_empty() {
        table.draw(&mut flow);
    }
    if shown(page).any(|(_, shown)| shown.warns) {
        let (left, width) = (flow.left(), flow.right() - flow.left());
        flow.y += Length(4_000);
        let note = format!("{DAGGER} {}", words.uncertain);
        flow.paragraph(LABEL, left, width, Length(10_400), &note);
    }
    if !page.sources.is_empty() {
        subtitle(&mut flow, words.sources, SOURCES.head_height + SOURCES.row_height);
        sources_table(page, words).draw(&mut flow);
    }
    if !page.left_out.is_empty() {
        subtitle(&mut flow, words.left_out, Length(24_000));
        let (left, width) = (flow.left(), flow.right() - flow.left());
        for sentence in &page.left_out {
            flow.y += Length(2_400);
            flow.paragraph(FINE.in_color(Color::INK2), left, width, Length(10_800), sentence);
        }
    }
    flow.finish(|sheet, number, count| foot(fonts, sheet, page, words, (number, count)))
}

/// Title and form left, the business right, a rule under both.
fn heading(flow: &mut Flow<'_>, page: &TaxPage) {
    let fonts = flow.fonts;
    let (left, right) = (flow.left(), flow.right());
    let title_width = Length(310_000);
    let mut baseline = Length(56_700);
    for line in fonts.wrap_within(TITLE, &page.title, title_width, 3) {
        flow.page().text(fonts, TITLE, (left, baseline), Align::Left, &line);
        baseline += Length(18_500);
    }
    baseline -= Length(7_500);
    let mut lowest = baseline;
    for line in fonts.wrap_within(LABEL, &page.subtitle, title_width, 4) {
        flow.page().text(fonts, LABEL, (left, baseline), Align::Left, &line);
        lowest = baseline;
        baseline += Length(10_400);
    }
    let name = BODY.in_face(Face::SemiBold);
    let name_width = Length(185_000);
    let mut lines = Vec::new();
    for line in fonts.wrap_within(name, &page.business.name, name_width, 3) {
        lines.push((name, line));
    }
    for text in [numbers(&page.business), page.business.regime.clone()] {
        for line in fonts.wrap_within(LABEL, &text, name_width, 2) {
            lines.push((LABEL, line));
        }
    }
    let mut baseline = Length(46_900);
    for (style, line) in lines.into_iter().filter(|(_, line)| !line.is_empty()) {
        flow.page().text(fonts, style, (right, baseline), Align::Right, &line);
        lowest = lowest.max(baseline);
        baseline += Length(10_400);
    }
    flow.y = lowest + Length(12_500);
    let y = flow.y;
    flow.page().rule(left, right, y, Length(750), Color::INK);
}

fn numbers(business: &Business) -> String {
    let siren =
        business.siren.as_ref().map(|siren| format!("SIREN {siren}").replace(' ', "\u{a0}"));
    let vat_number = business.vat_number.as_ref().map(ToString::to_string);
    siren.into_iter().chain(vat_number).collect::<Vec<_>>().join(" · ")
}

/// A title between two parts, held together with `after` of what follows.
fn subtitle(flow: &mut Flow<'_>, text: &str, after: Length) {
    let gap = Length(27_800);
    if flow.need(gap + after) {
        flow.y -= Length(8_000);
    }
    flow.y += gap;
    let (fonts, at) = (flow.fonts, (flow.left(), flow.y));
    flow.page().text(fonts, BODY.in_face(Face::SemiBold), at, Align::Left, text);
}

/// The boxes that are shown, with their section.
fn shown(page: &TaxPage) -> impl Iterator<Item = (usize, &TaxBox)> {
    page.sections.iter().enumerate().flat_map(|(place, section)| {
        let figured = |b: &&TaxBox| b.strong || b.base.unwrap_or(0) != 0 || b.tax.unwrap_or(0) != 0;
        section.boxes.iter().filter(figured).map(move |b| (place, b))
    })
}

fn boxes_table(page: &TaxPage, words: &Words) -> Table {
    let boxes: Vec<(usize, &TaxBox)> = shown(page).collect();
    let mut items = Vec::new();
    for (place, (section, shown)) in boxes.iter().enumerate() {
        if place == 0 || boxes[place - 1].0 != *section {
            items.push(Item::Band(page.sections[*section].title.clone()));
        }
        // A total never stands alone at the top of a page.
        let total_follows = boxes
            .get(place + 1)
            .is_some_and(|(next, total)| next == section && total.strong && !shown.strong);
        items.push(Item::Row(box_row(shown, page.language, total_follows)));
    }
    Table {
        columns: vec![
            Column::new(words.line, Length(0), Length(32_000), Align::Left),
            Column::new(words.case, Length(34_900), Length(39_000), Align::Left),
            Column::new(words.label, Length(76_900), Length(270_000), Align::Left),
            Column::new(words.base, Length(354_000), Length(80_300), Align::Right),
            Column::new(words.tax, Length(440_000), Length(75_276), Align::Right),
        ],
        items,
        continued: words.continued.to_owned(),
        below: Length::ZERO,
        look: BOXES,
    }
}

fn box_row(shown: &TaxBox, language: Language, keep_with_next: bool) -> Row {
    let strong = BODY.in_face(Face::SemiBold);
    let style = if shown.strong { strong } else { BODY };
    let figure = |number: Option<i64>| number.map(|n| whole(n, language)).unwrap_or_default();
    let label = match shown.warns {
        true => format!("{}\u{a0}{DAGGER}", shown.label),
        false => shown.label.clone(),
    };
    Row {
        cells: vec![
            Cell::new(shown.line.clone(), strong),
            Cell::new(shown.case.clone(), style.in_color(Color::INK3)),
            Cell::new(label, style),
            Cell::new(figure(shown.base), style),
            Cell { proved: shown.proved, ..Cell::new(figure(shown.tax), style) },
        ],
        keep_with_next,
    }
}

fn sources_table(page: &TaxPage, words: &Words) -> Table {
    let row = |source: &Source| {
        Item::Row(Row {
            cells: vec![
                Cell::new(source.line.clone(), FINE.in_face(Face::SemiBold)),
                Cell::new(source.formula.clone(), FINE),
                Cell::new(amount(source.cents, 2, page.language), FINE),
                Cell::new(source.law.clone(), FINE.in_color(Color::INK3)),
            ],
            keep_with_next: false,
        })
    };
    Table {
        columns: vec![
            Column::new(words.line, Length(0), Length(32_000), Align::Left),
            Column::new(words.formula, Length(34_900), Length(240_000), Align::Left),
            Column::new(words.to_the_cent, Length(280_000), Length(68_600), Align::Right),
            Column::new(words.law, Length(357_900), Length(157_376), Align::Left),
        ],
        items: page.sources.iter().map(row).collect(),
        continued: words.continued.to_owned(),
        below: Length::ZERO,
        look: SOURCES,
    }
}

const BOXES: Look = Look {
    head: LABEL,
    head_baseline: Length(16_800),
    head_height: Length(28_400),
    head_rule: None,
    row_height: Length(21_700),
    row_baseline: Length(13_700),
    line_pitch: Length(11_000),
    band: FINE.in_face(Face::SemiBold),
    band_height: Length(16_400),
    band_baseline: Length(10_500),
    band_gap: Length(4_900),
    band_reach: Length(5_900),
    hairline: Color::HAIRLINE,
};

const SOURCES: Look = Look {
    head_baseline: Length(14_700),
    head_height: Length(17_100),
    row_height: Length(18_900),
    row_baseline: Length(11_800),
    line_pitch: Length(10_400),
    ..BOXES
};

/// Pack, record and hash left; mark, program, day and page number right.
fn foot(
    fonts: &Fonts<'_>,
    sheet: &mut Page,
    page: &TaxPage,
    words: &Words,
    (number, count): (usize, usize),
) {
    let (left, right) = (MARGINS.left, sheet.width - MARGINS.right);
    let top = sheet.height - Length(58_900);
    sheet.rule(left, right, top, Length(750), Color::INK);
    let footer = &page.footer;
    let day = day_short(footer.day, page.language);
    let mut end = format!("{day} · {number}\u{a0}/\u{a0}{count}");
    let application = fonts.fit(LABEL, &footer.application, Length(140_000));
    if !application.is_empty() {
        end = format!("{application} · {end}");
    }
    let baseline = top + Length(25_500);
    let width = sheet.text(fonts, LABEL, (right, baseline), Align::Right, &end);
    let icon = Length(12_000);
    let icon_left = right - width - Length(5_600) - icon;
    mark::draw(sheet, (icon_left, baseline - Length(8_500)), icon);

    let room = icon_left - left - Length(10_000);
    let pack = fonts.fit(LABEL, &footer.pack, room);
    sheet.text(fonts, LABEL, (left, top + Length(15_100)), Align::Left, &pack);
    let record = format!("{} {} · ", words.record, whole(footer.record, page.language));
    let space = fonts.width(LABEL, " ");
    let width = sheet.text(fonts, LABEL, (left, baseline), Align::Left, record.trim_end()) + space;
    let mono = LABEL.in_face(Face::Mono);
    let hash = fonts.fit(mono, &grouped(&footer.hash), room - width);
    sheet.text(fonts, mono, (left + width, baseline), Align::Left, &hash);
}

/// Eight characters at a time, so that two people can compare a hash by reading it aloud.
fn grouped(hash: &str) -> String {
    let mut text = String::new();
    for (place, character) in hash.chars().enumerate() {
        if place > 0 && place.is_multiple_of(8) {
            text.push(' ');
        }
        text.push(character);
    }
    text
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
