//! What of a record is printed, and whether the fonts can show it.

use crate::{DocumentError, Face, Fonts, Mark, Page};
use einvoice::{Address, Delivery, Invoice, Line, Party, Payment};

/// A printed text: the business term that it is, the line it is of, itself.
type Told<'a> = (&'static str, Option<usize>, &'a str);

/// Refuses the first character that no font has or that cannot be seen.
pub(super) fn check(fonts: &Fonts<'_>, invoice: &Invoice) -> Result<(), DocumentError> {
    for (term, line, text) in texts(invoice) {
        if let Some(character) = fonts.unprintable(Face::Regular, text) {
            return Err(DocumentError::Unprintable { character, term, line });
        }
    }
    Ok(())
}

/// What came of it: a face of a user's own may lack what the others have, and words of a user's
/// own may hold anything.
pub(super) fn check_pages(pages: &[Page]) -> Result<(), DocumentError> {
    let lost = |mark: &Mark| match mark {
        Mark::Text { text, .. } => text.contains('\u{fffd}'),
        _ => false,
    };
    if pages.iter().flat_map(Page::marks).any(lost) {
        let term = "the printed words";
        return Err(DocumentError::Unprintable { character: '\u{fffd}', term, line: None });
    }
    Ok(())
}

fn texts(invoice: &Invoice) -> Vec<Told<'_>> {
    let mut told: Vec<Told<'_>> = vec![("BT-1", None, &invoice.number)];
    told.extend(optional("BT-10", &invoice.buyer_reference));
    told.extend(optional("BT-13", &invoice.order_reference));
    told.extend(optional("BT-20", &invoice.payment_terms));
    told.extend(invoice.notes.iter().map(|note| ("BT-22", None, note.text.as_str())));
    told.extend(invoice.preceding.iter().map(|one| ("BT-25", None, one.number.as_str())));
    let seller = ["BT-27", "BT-30", "BT-31", "BT-42", "BT-43"];
    told.extend(party(&invoice.seller, seller));
    told.extend(optional("BT-33", &invoice.seller.legal_information));
    told.extend(address(&invoice.seller.address, ["BT-35", "BT-36", "BT-37", "BT-38", "BT-40"]));
    told.extend(party(&invoice.buyer, ["BT-44", "BT-47", "BT-48", "BT-57", "BT-58"]));
    told.extend(address(&invoice.buyer.address, ["BT-50", "BT-51", "BT-52", "BT-53", "BT-55"]));
    told.extend(invoice.delivery.iter().flat_map(delivery));
    told.extend(invoice.payment.iter().flat_map(payment));
    told.extend(invoice.lines.iter().enumerate().flat_map(|(place, one)| line(place, one)));
    for group in &invoice.breakdown {
        told.extend(optional("BT-120", &group.exemption_reason));
        told.extend(optional("BT-121", &group.exemption_code));
    }
    told
}

fn party<'a>(
    party: &'a Party,
    [name, siren, vat, telephone, email]: [&'static str; 5],
) -> impl Iterator<Item = Told<'a>> {
    std::iter::once((name, None, party.name.as_str()))
        .chain(optional(siren, &party.siren))
        .chain(optional(vat, &party.vat_number))
        .chain(optional(telephone, &party.telephone))
        .chain(optional(email, &party.email))
}

fn address<'a>(address: &'a Address, terms: [&'static str; 5]) -> impl Iterator<Item = Told<'a>> {
    let parts =
        [&address.line1, &address.line2, &address.city, &address.post_code, &address.country];
    terms.into_iter().zip(parts).map(|(term, part)| (term, None, part.as_str()))
}

fn delivery(delivery: &Delivery) -> impl Iterator<Item = Told<'_>> {
    let terms = ["BT-75", "BT-76", "BT-77", "BT-78", "BT-80"];
    let place = delivery.address.iter().flat_map(move |one| address(one, terms));
    optional("BT-70", &delivery.name).chain(place)
}

fn payment(payment: &Payment) -> impl Iterator<Item = Told<'_>> {
    std::iter::once(("BT-81", None, payment.means_code.as_str()))
        .chain(optional("BT-83", &payment.remittance))
        .chain(optional("BT-84", &payment.iban))
        .chain(optional("BT-85", &payment.account_name))
        .chain(optional("BT-86", &payment.bic))
}

fn line(place: usize, line: &Line) -> impl Iterator<Item = Told<'_>> {
    let told = [
        ("BT-153", Some(line.name.as_str())),
        ("BT-154", line.description.as_deref()),
        ("BT-130", Some(line.unit.as_str())),
        ("BT-139", line.allowance.as_ref().map(|allowance| allowance.reason.as_str())),
    ];
    told.into_iter().filter_map(move |(term, text)| Some((term, Some(place), text?)))
}

fn optional<'a>(term: &'static str, text: &'a Option<String>) -> impl Iterator<Item = Told<'a>> {
    text.iter().map(move |text| (term, None, text.as_str()))
}
