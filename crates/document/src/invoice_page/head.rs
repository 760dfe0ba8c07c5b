//! The upper part of the first page: whose it is, what it is, from whom to whom, and the facts.

use super::words::filled;
use super::{BODY, LABEL, MINOR, PITCH, Paper, STRONG};
use crate::format::day_long;
use crate::{Align, Color, Face, Flow, Fonts, Length, Mark, Page, Style};
use einvoice::{Address, Party, Preceding};
use values::Siren;

/// The strip of the business's colour at the top of the sheet.
const STRIP: Length = Length(4_300);
const NAME: Style = Style {
    face: Face::SemiBold,
    size: Length(14_200),
    color: Color::INK,
    tracking_thousandths: -18,
};
const TITLE: Style = Style {
    face: Face::Medium,
    size: Length(23_000),
    color: Color::INK,
    tracking_thousandths: -22,
};
const NUMBER: Style = Style::new(Face::Medium, Length(10_300), Color::INK);
const FACT: Style = Style::new(Face::Medium, Length(9_200), Color::INK);
const DUE: Style = Style::new(Face::SemiBold, Length(11_200), Color::INK);

/// Columns from the left border: the delivery, and the customer behind its bar.
const SECOND: Length = Length(164_800);
const THIRD: Length = Length(344_200);
const BAR: Length = Length(329_700);
/// Facts from the left border.
const FACTS: [Length; 3] = [Length(0), Length(127_700), Length(254_500)];

/// A text with its look.
type Line = (Style, String);

pub(super) fn draw(paper: &Paper<'_>, flow: &mut Flow<'_>) {
    strip(paper, flow.page());
    let lowest = title(paper, flow);
    flow.y = (lowest + Length(44_000)).max(Length(119_000));
    parties(paper, flow);
    facts(paper, flow);
}

/// Whole for what is issued, in dashes for a draft.
fn strip(paper: &Paper<'_>, page: &mut Page) {
    let width = page.width;
    let dash = if paper.draft { Length(9_000) } else { width };
    let mut left = Length::ZERO;
    while left < width {
        page.mark(Mark::Fill {
            left,
            top: Length::ZERO,
            width: dash.min(width - left),
            height: STRIP,
            color: paper.accent,
        });
        left += dash + Length(5_000);
    }
}

/// The seller's name left; kind and number right. Gives back the lowest line they stand on.
fn title(paper: &Paper<'_>, flow: &mut Flow<'_>) -> Length {
    let (fonts, left, right) = (flow.fonts, flow.left(), flow.right());
    let mut baseline = Length(56_500);
    let mut lowest = baseline;
    for line in fonts.wrap_within(NAME, &paper.invoice.seller.name, Length(270_000), 2) {
        flow.page().text(fonts, NAME, (left, baseline), Align::Left, &line);
        lowest = baseline;
        baseline += Length(17_000);
    }
    let style = TITLE.in_color(paper.accent);
    let baseline = Length(59_500);
    let width = flow.page().text(fonts, style, (right, baseline), Align::Right, paper.kind());
    if paper.draft {
        let edge = right - width - Length(12_000);
        tag(fonts, flow.page(), &paper.words.head.draft, (edge, baseline - Length(1_000)));
    }
    let mut baseline = Length(75_500);
    let (style, number) = match paper.invoice.number.as_str() {
        "" => (BODY.in_color(Color::INK2), &paper.words.head.unnumbered),
        _ => (NUMBER, &paper.invoice.number),
    };
    for line in fonts.wrap(style, number, Length(215_000)) {
        flow.page().text(fonts, style, (right, baseline), Align::Right, &line);
        lowest = lowest.max(baseline);
        baseline += Length(13_000);
    }
    lowest
}

/// A word in a dashed frame that ends at a place: nothing dashed is posted.
fn tag(fonts: &Fonts<'_>, page: &mut Page, text: &str, (right, baseline): (Length, Length)) {
    let style = LABEL.in_face(Face::Medium).in_color(Color::INK2);
    let inset = Length(6_000);
    let width =
        page.text(fonts, style, (right - inset, baseline - Length(3_000)), Align::Right, text);
    let corner = (right - width - inset * 2, baseline - Length(12_500));
    dashed_frame(page, corner, (width + inset * 2, Length(14_000)));
}

/// A frame of dashes around a rectangle.
pub(super) fn dashed_frame(
    page: &mut Page,
    (left, top): (Length, Length),
    (width, height): (Length, Length),
) {
    let mut side = |from: (Length, Length), length: Length, down: bool| {
        // A whole number of dashes and gaps, with a dash at both ends.
        let parts = (length / Length(2_400)).max(1) | 1;
        let at = |part: i64| {
            let along = length.scaled(part, parts);
            if down { (from.0, from.1 + along) } else { (from.0 + along, from.1) }
        };
        for part in (0..parts).step_by(2) {
            page.mark(Mark::Line {
                from: at(part),
                to: at(part + 1),
                thickness: Length(600),
                color: Color::INK3,
            });
        }
    };
    side((left, top), width, false);
    side((left, top + height), width, false);
    side((left, top), height, true);
    side((left + width, top), height, true);
}

fn parties(paper: &Paper<'_>, flow: &mut Flow<'_>) {
    let words = &paper.words.party;
    let (of_seller, of_buyer) = match paper.credit {
        true => (&words.credit_note_seller, &words.credit_note_buyer),
        false => (&words.invoice_seller, &words.invoice_buyer),
    };
    let top = flow.y;
    let seller = column(flow, Length::ZERO, Length(150_000), of_seller, seller_lines(paper));
    let delivery = match delivery_lines(paper) {
        Some((label, lines)) => column(flow, SECOND, Length(150_000), label, lines),
        None => top,
    };
    let width = flow.right() - flow.left() - THIRD;
    let buyer = column(flow, THIRD, width, of_buyer, buyer_lines(paper));
    let (left, upper) = (flow.left() + BAR, top - Length(7_000));
    flow.page().mark(Mark::Fill {
        left,
        top: upper,
        width: Length(1_500),
        height: buyer + Length(3_000) - upper,
        color: paper.accent,
    });
    flow.y = seller.max(delivery).max(buyer);
}

/// A label and the lines under it; gives back the last line stood on.
fn column(
    flow: &mut Flow<'_>,
    left: Length,
    width: Length,
    label: &str,
    lines: Vec<Line>,
) -> Length {
    let (fonts, left) = (flow.fonts, flow.left() + left);
    let mut baseline = flow.y;
    flow.page().text(fonts, LABEL, (left, baseline), Align::Left, label);
    baseline += Length(1_100);
    for (style, text) in lines.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
        for line in fonts.wrap(style, &text, width) {
            baseline += if style.size > BODY.size { Length(12_300) } else { PITCH };
            flow.page().text(fonts, style, (left, baseline), Align::Left, &line);
        }
    }
    baseline
}

fn seller_lines(paper: &Paper<'_>) -> Vec<Line> {
    let seller = &paper.invoice.seller;
    let mut lines = vec![(STRONG, seller.name.clone())];
    lines.extend(address(paper, &seller.address).map(|line| (MINOR, line)));
    lines.extend(
        [&seller.telephone, &seller.email].into_iter().flatten().map(|line| (MINOR, line.clone())),
    );
    lines
}

fn buyer_lines(paper: &Paper<'_>) -> Vec<Line> {
    let (invoice, words) = (paper.invoice, &paper.words.party);
    let name = STRONG.in_face(Face::Medium);
    let mut lines = vec![(Style { size: Length(10_300), ..name }, invoice.buyer.name.clone())];
    lines.extend(address(paper, &invoice.buyer.address).map(|line| (BODY, line)));
    lines.push((MINOR, numbers(paper, &invoice.buyer).join(" · ")));
    if let Some(order) = &invoice.order_reference {
        lines.push((MINOR, filled(&words.order, &[("order", order)])));
    }
    if let Some(reference) = &invoice.buyer_reference {
        lines.push((MINOR, filled(&words.reference, &[("reference", reference)])));
    }
    lines
}

/// What is supplied, when and where; none where the record says nothing of it.
fn delivery_lines<'w>(paper: &Paper<'w>) -> Option<(&'w str, Vec<Line>)> {
    let words = &paper.words.delivery;
    let process = paper.invoice.process.as_deref().and_then(|code| code.chars().next());
    let (label, nature) = match process {
        Some('B') => (&words.goods, Some(&words.goods_text)),
        Some('S') => (&words.services, Some(&words.services_text)),
        Some('M') => (&words.both, Some(&words.both_text)),
        _ => (&words.goods, None),
    };
    let label = if paper.invoice.delivery.is_some() { label } else { &words.nature };
    let mut lines = Vec::new();
    if let Some(delivery) = &paper.invoice.delivery {
        lines.extend(delivery.name.iter().map(|name| (STRONG, name.clone())));
        let place = delivery.address.iter().flat_map(|one| address(paper, one));
        lines.extend(place.map(|line| (MINOR, line)));
        let day = delivery.day.map(|day| day_long(day, paper.language));
        lines.extend(day.map(|day| (MINOR, filled(&words.done, &[("day", &day)]))));
    }
    lines.extend(nature.map(|nature| (MINOR, nature.clone())));
    if lines.is_empty() { None } else { Some((label, lines)) }
}

/// Street, place, and the country where it is not the seller's own.
fn address(paper: &Paper<'_>, address: &Address) -> impl Iterator<Item = String> + use<> {
    let place = format!("{} {}", address.post_code, address.city).trim().to_owned();
    let abroad = address.country != paper.invoice.seller.address.country;
    let country = if abroad { paper.words.country(&address.country) } else { "" };
    [address.line1.clone(), address.line2.clone(), place, country.to_owned()].into_iter()
}

/// SIREN and VAT number, as far as a party has them.
pub(super) fn numbers(paper: &Paper<'_>, party: &Party) -> Vec<String> {
    let words = &paper.words.party;
    let siren = party.siren.as_ref().map(|siren| {
        let grouped = Siren::parse(siren).map_or_else(|_| siren.clone(), |known| known.to_string());
        filled(&words.siren, &[("siren", &grouped)])
    });
    let vat =
        party.vat_number.as_ref().map(|number| filled(&words.vat_number, &[("number", number)]));
    let held = |text: String| text.replace(' ', "\u{a0}");
    siren.into_iter().chain(vat).map(held).collect()
}

/// An invoice that another one answers or belongs to: its number and day.
pub(super) fn preceding(paper: &Paper<'_>, one: &Preceding) -> String {
    match one.day {
        None => one.number.clone(),
        Some(day) => {
            let day = day_long(day, paper.language);
            let values = [("number", one.number.as_str()), ("day", &day)];
            filled(&paper.words.facts.preceding, &values)
        }
    }
}

fn facts(paper: &Paper<'_>, flow: &mut Flow<'_>) {
    let (invoice, words) = (paper.invoice, &paper.words.facts);
    let day = |day| day_long(day, paper.language);
    let mut facts = vec![(&words.issue_day, vec![day(invoice.issue_day)], Length(120_000))];
    if paper.credit {
        let answered: Vec<String> =
            invoice.preceding.iter().map(|one| preceding(paper, one)).collect();
        if !answered.is_empty() {
            facts.push((&words.answers, answered, Length(245_000)));
        }
    } else {
        facts.extend(invoice.due_day.map(|due| (&words.due_day, vec![day(due)], Length(120_000))));
        if let Some(payment) = &invoice.payment {
            let means = paper.words.means(&payment.means_code).to_owned();
            facts.push((&words.means, vec![means], Length(120_000)));
        }
    }
    let (fonts, left, right) = (flow.fonts, flow.left(), flow.right());
    let top = flow.y + Length(26_000);
    flow.page().rule(left, right, top, Length(750), Color::INK);
    let (label, first) = (top + Length(15_200), top + Length(27_700));
    let mut lowest = first;
    for ((name, texts, width), place) in facts.into_iter().zip(FACTS) {
        let place = left + place;
        flow.page().text(fonts, LABEL, (place, label), Align::Left, name);
        let lines = texts.iter().flat_map(|text| fonts.wrap(FACT, text, width));
        let mut baseline = first;
        for line in lines {
            flow.page().text(fonts, FACT, (place, baseline), Align::Left, &line);
            lowest = lowest.max(baseline);
            baseline += Length(12_300);
        }
    }
    let name = if paper.credit { &words.credit } else { &words.due };
    flow.page().text(fonts, LABEL, (right, label), Align::Right, name);
    let due = paper.money(invoice.totals.due_minor);
    flow.page().text(fonts, DUE, (right, first), Align::Right, &due);
    flow.y = lowest + Length(11_000);
    let y = flow.y;
    flow.page().rule(left, right, y, Length(600), Color::HAIRLINE);
}
