//! What it comes to: the tax of each rate left, the totals right, what is to be paid proved.

use super::head::preceding;
use super::words::filled;
use super::{BODY, LABEL, MINOR, PITCH, Paper, STRONG};
use crate::format::percent;
use crate::{Align, Color, Face, Flow, Fonts, Length, Style};
use einvoice::VatBreakdown;

/// Where the totals begin, from the left border.
const LEFT: Length = Length(289_600);
/// Where base and tax end, and how wide a reason may run.
const BASE: Length = Length(137_000);
const TAX: Length = Length(222_000);
const REASON: Length = Length(262_000);
const ROW: Style = Style::new(Face::Regular, Length(8_900), Color::INK);
const FIRST: Length = Length(29_500);
const STEP: Length = Length(19_000);
/// From the last total to what is to be paid.
const NET_STEP: Length = Length(30_500);
/// The sizes of what is to be paid: the first that leaves room for its label.
const SIZES: [Length; 3] = [Length(16_800), Length(13_000), Length(9_200)];

/// The block under the lines, before it is drawn.
pub(super) struct Totals {
    rows: Vec<(String, String, Style)>,
    left: Vec<Part>,
}

/// A line left of the totals.
enum Part {
    /// A rate, its base and its tax.
    Figures([String; 3], Style),
    /// A sentence.
    Text(String, Style),
    /// Nothing, between two things.
    Gap,
}

impl Part {
    fn height(&self) -> Length {
        match self {
            Part::Figures(_, LABEL) => Length(13_000),
            Part::Figures(..) | Part::Text(..) => PITCH,
            Part::Gap => Length(6_500),
        }
    }
}

impl Totals {
    pub(super) fn of(paper: &Paper<'_>, fonts: &Fonts<'_>) -> Totals {
        let (totals, words) = (&paper.invoice.totals, &paper.words.totals);
        let mut rows = Vec::new();
        let mut row = |name: &str, minor: i64, style: Style| {
            rows.push((name.to_owned(), paper.money(minor), style));
        };
        if !paper.exempt {
            row(&words.net, totals.net_minor, ROW);
            row(&words.tax, totals.tax_minor, ROW);
            row(&words.gross, totals.gross_minor, ROW.in_face(Face::SemiBold));
        } else if totals.paid_minor != 0 {
            row(&words.sum, totals.gross_minor, ROW.in_face(Face::SemiBold));
        }
        if totals.paid_minor != 0 {
            row(&words.paid, -totals.paid_minor, ROW);
        }
        Totals { rows, left: left(paper, fonts) }
    }

    /// How much room it takes under the table.
    pub(super) fn height(&self) -> Length {
        let right = FIRST + STEP * self.rows.len().saturating_sub(1) as i64 + NET_STEP;
        let left = Length(23_500) + self.left.iter().map(Part::height).sum();
        right.max(left) + Length(8_000)
    }

    pub(super) fn draw(&self, paper: &Paper<'_>, flow: &mut Flow<'_>) {
        // The table held this room; only a row as tall as a page cannot.
        flow.need(self.height());
        let (fonts, right, top) = (flow.fonts, flow.right(), flow.y);
        // Whoever reads the file aloud goes from left to right.
        self.draw_left(flow, top);
        let left = flow.left() + LEFT;
        let mut baseline = top + FIRST;
        for (place, (name, amount, style)) in self.rows.iter().enumerate() {
            let page = flow.page();
            page.text(fonts, *style, (left, baseline), Align::Left, name);
            page.text(fonts, *style, (right, baseline), Align::Right, amount);
            let last = place + 1 == self.rows.len();
            let (thickness, color) =
                if last { (Length(750), Color::INK) } else { (Length(600), Color::HAIRLINE) };
            page.rule(left, right, baseline + Length(6_300), thickness, color);
            baseline += if last { NET_STEP } else { STEP };
        }
        due(paper, flow, (left, baseline));
        flow.y = top + self.height();
    }

    fn draw_left(&self, flow: &mut Flow<'_>, top: Length) {
        let (fonts, left) = (flow.fonts, flow.left());
        let mut baseline = top + Length(23_500);
        for part in &self.left {
            match part {
                Part::Figures([name, base, tax], style) => {
                    let page = flow.page();
                    page.text(fonts, *style, (left, baseline), Align::Left, name);
                    page.text(fonts, *style, (left + BASE, baseline), Align::Right, base);
                    page.text(fonts, *style, (left + TAX, baseline), Align::Right, tax);
                }
                Part::Text(text, style) => {
                    flow.page().text(fonts, *style, (left, baseline), Align::Left, text);
                }
                Part::Gap => {}
            }
            baseline += part.height();
        }
    }
}

/// What is to be paid, or credited, with the double rule.
fn due(paper: &Paper<'_>, flow: &mut Flow<'_>, (left, baseline): (Length, Length)) {
    let words = &paper.words.totals;
    let (fonts, right) = (flow.fonts, flow.right());
    let name = if paper.credit { &words.credit } else { &words.due };
    let style = Style { size: Length(9_200), ..STRONG };
    let width = flow.page().text(fonts, style, (left, baseline), Align::Left, name);
    let amount = paper.money(paper.invoice.totals.due_minor);
    let room = right - left - width - Length(10_000);
    let sized = |size: Length| Style { size, tracking_thousandths: -12, ..STRONG };
    let fits = SIZES.into_iter().map(sized).find(|style| fonts.width(*style, &amount) <= room);
    let style = fits.unwrap_or(sized(SIZES[2]));
    let width = flow.page().text(fonts, style, (right, baseline), Align::Right, &amount);
    flow.page().double_rule_in(paper.accent, width, right, baseline + Length(600));
}

/// Rates with their tax, why some bear none, and what other invoice this one belongs to.
fn left(paper: &Paper<'_>, fonts: &Fonts<'_>) -> Vec<Part> {
    let words = &paper.words.totals;
    let mut parts = Vec::new();
    let said = |text: &str, style: Style| -> Vec<Part> {
        let lines = fonts.wrap(style, text, REASON);
        lines.into_iter().map(|line| Part::Text(line, style)).collect()
    };
    if paper.exempt {
        let mut reasons: Vec<&str> = paper.invoice.breakdown.iter().filter_map(reason).collect();
        reasons.dedup();
        parts.extend(reasons.into_iter().flat_map(|text| said(text, BODY)));
    } else {
        let heads = [&words.by_rate, &words.base, &words.tax].map(Clone::clone);
        parts.push(Part::Figures(heads, LABEL));
        for group in &paper.invoice.breakdown {
            let figures = [
                percent(group.rate, paper.language),
                paper.amount(group.base_minor),
                paper.amount(group.tax_minor),
            ];
            parts.push(Part::Figures(figures, BODY));
            parts.extend(reason(group).into_iter().flat_map(|text| said(text, MINOR)));
        }
    }
    if !paper.credit && !paper.invoice.preceding.is_empty() {
        parts.push(Part::Gap);
        for one in &paper.invoice.preceding {
            let number = preceding(paper, one);
            let text = filled(&paper.words.facts.related, &[("number", &number)]);
            parts.extend(said(&text, MINOR));
        }
    }
    parts
}

/// Why a group bears no tax: in words, or by its code.
fn reason(group: &VatBreakdown) -> Option<&str> {
    group.exemption_reason.as_deref().or(group.exemption_code.as_deref())
}
