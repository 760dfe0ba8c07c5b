//! The lower part of the last page: how to pay and what the law wants said; and every page's foot.

use super::head::{dashed_frame, numbers};
use super::lines::paragraphs;
use super::words::filled;
use super::{BODY, LABEL, MINOR, PITCH, Paper, epc};
use crate::{Align, Color, Flow, Fonts, Length, Page, Style};
use values::Iban;

/// The side of the payment code.
const CODE: Length = Length(58_000);
/// From the left border: the account, and the notes beside it.
const ACCOUNT: Length = Length(76_000);
const NOTES: Length = Length(300_700);
/// From the line above to the first baseline, and to the code: its quiet zone and more.
const FIRST: Length = Length(21_000);
const CODE_TOP: Length = Length(13_500);
const NOTE: Style = Style { size: Length(7_600), ..MINOR };
const NOTE_PITCH: Length = Length(11_000);
/// The most lines of notes that stand beside the account; more take the width of the page.
const BESIDE: usize = 14;
/// At least that much stays free above it.
const AIR: Length = Length(12_000);
/// The last line of the foot, from the lower edge of the sheet.
const FOOT: Length = Length(37_000);
const FOOT_PITCH: Length = Length(9_500);

/// How to pay and what is noted, before it is drawn.
pub(super) struct Closing {
    account: Vec<(Style, String)>,
    notes: Vec<String>,
    /// Whether the notes are too long to stand beside the account.
    full: bool,
}

impl Closing {
    pub(super) fn of(paper: &Paper<'_>, fonts: &Fonts<'_>, width: Length) -> Closing {
        let account = account_lines(paper, fonts);
        let beside = if account.is_empty() { Length(360_000) } else { width - NOTES };
        let mut notes: Vec<String> =
            notes(paper).flat_map(|text| fonts.wrap(NOTE, text, beside)).collect();
        let full = notes.len() > BESIDE;
        if full {
            notes.clear();
        }
        Closing { account, notes, full }
    }

    /// The room it takes at the lower border, with air above. Long notes run freely before it.
    pub(super) fn height(&self) -> Length {
        if self.full || self.account.is_empty() && self.notes.is_empty() {
            return Length::ZERO;
        }
        self.block_height() + AIR
    }

    fn block_height(&self) -> Length {
        let text = PITCH * self.account.len().saturating_sub(1) as i64;
        let said = NOTE_PITCH * self.notes.len().saturating_sub(1) as i64;
        let height = FIRST + text.max(said) + Length(3_000);
        if self.account.is_empty() { height } else { height.max(CODE_TOP + CODE) }
    }

    pub(super) fn draw(&self, paper: &Paper<'_>, flow: &mut Flow<'_>) {
        if self.full {
            full_notes(paper, flow);
        }
        if self.account.is_empty() && self.notes.is_empty() {
            return;
        }
        let height = self.block_height();
        flow.need(height + AIR);
        // It stands on the foot, however much is free above.
        flow.y += flow.room() - height;
        let (fonts, left, right, top) = (flow.fonts, flow.left(), flow.right(), flow.y);
        flow.page().rule(left, right, top, Length(600), Color::HAIRLINE);
        let mut place = left;
        if !self.account.is_empty() {
            let shown = code(paper, flow.page(), (left, top + CODE_TOP));
            let account = if shown { left + ACCOUNT } else { left };
            for (number, (style, line)) in self.account.iter().enumerate() {
                let at = (account, top + FIRST + PITCH * number as i64);
                flow.page().text(fonts, *style, at, Align::Left, line);
            }
            place = left + NOTES;
        }
        for (number, line) in self.notes.iter().enumerate() {
            let at = (place, top + FIRST + NOTE_PITCH * number as i64);
            flow.page().text(fonts, NOTE, at, Align::Left, line);
        }
        flow.y = top + height;
    }
}

/// The code, or in a draft its place: who pays a draft pays without a number.
fn code(paper: &Paper<'_>, page: &mut Page, place: (Length, Length)) -> bool {
    let Some(payload) = epc::payload(paper.invoice) else { return false };
    if paper.draft {
        dashed_frame(page, place, (CODE, CODE));
        return true;
    }
    epc::draw(page, &payload, place, CODE)
}

/// Where to send the money; empty where none is to be sent there.
fn account_lines(paper: &Paper<'_>, fonts: &Fonts<'_>) -> Vec<(Style, String)> {
    let (invoice, words) = (paper.invoice, &paper.words.payment);
    let payable = !paper.credit && invoice.totals.due_minor > 0;
    let Some(payment) = invoice.payment.as_ref().filter(|_| payable) else { return Vec::new() };
    let Some(iban) = &payment.iban else { return Vec::new() };
    let grouped = Iban::parse(iban).map_or_else(|_| iban.clone(), |known| known.to_string());
    let mut lines = vec![(LABEL, words.transfer.clone()), (BODY, grouped)];
    if let Some(name) = payment.account_name.as_ref().filter(|one| **one != invoice.seller.name) {
        lines.push((BODY, filled(&words.account_of, &[("name", name)])));
    }
    if let Some(bic) = &payment.bic {
        lines.push((BODY, filled(&words.bic, &[("bic", bic)])));
    }
    let reference = payment.remittance.as_ref().unwrap_or(&invoice.number);
    if !reference.is_empty() {
        lines.push((BODY, filled(&words.reference, &[("reference", reference)])));
    }
    if !paper.draft && epc::payload(invoice).is_some() {
        lines.push((LABEL, words.code.clone()));
    }
    let width = NOTES - ACCOUNT - Length(14_000);
    let wrapped = lines.into_iter().flat_map(|(style, text)| {
        fonts.wrap(style, &text, width).into_iter().map(move |line| (style, line))
    });
    wrapped.collect()
}

/// Terms of payment and notes, a paragraph each.
fn notes<'a>(paper: &Paper<'a>) -> impl Iterator<Item = &'a str> {
    let terms = paper.invoice.payment_terms.iter();
    let notes = paper.invoice.notes.iter().map(|note| &note.text);
    terms.chain(notes).flat_map(|text| paragraphs(text))
}

/// Notes that are too long to stand beside the account.
fn full_notes(paper: &Paper<'_>, flow: &mut Flow<'_>) {
    let (left, width) = (flow.left(), flow.right() - flow.left());
    flow.y += Length(14_000);
    for text in notes(paper) {
        flow.paragraph(NOTE, left, width, NOTE_PITCH, text);
        flow.y += Length(2_000);
    }
}

/// Who the seller is before the law, in lines for the foot.
pub(super) fn legal_lines(paper: &Paper<'_>, fonts: &Fonts<'_>) -> Vec<String> {
    let seller = &paper.invoice.seller;
    let mut parts = vec![seller.name.clone()];
    parts.extend(seller.legal_information.iter().map(|text| text.trim().to_owned()));
    parts.extend(numbers(paper, seller));
    parts.retain(|part| !part.is_empty());
    fonts.wrap(LABEL, &parts.join(" · "), Length(440_000))
}

/// How much of the sheet's lower edge the foot takes.
pub(super) fn foot_height(legal: &[String]) -> Length {
    FOOT + FOOT_PITCH * legal.len().saturating_sub(1) as i64 + Length(20_000)
}

/// Who the seller is, and the number of the page.
pub(super) fn foot(
    paper: &Paper<'_>,
    fonts: &Fonts<'_>,
    sheet: &mut Page,
    legal: &[String],
    (number, count): (usize, usize),
) {
    let (left, right) = (super::SIDE, sheet.width - super::SIDE);
    let last = sheet.height - FOOT;
    let first = last - FOOT_PITCH * legal.len().saturating_sub(1) as i64;
    for (place, line) in legal.iter().enumerate() {
        let baseline = first + FOOT_PITCH * place as i64;
        sheet.text(fonts, LABEL, (left, baseline), Align::Left, line);
    }
    let page = paper.words.number_of_page(number, count);
    sheet.text(fonts, LABEL, (right, last), Align::Right, &page);
}
