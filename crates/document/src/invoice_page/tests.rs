use super::*;
use crate::Mark;
use crate::format::{day_long, decimal, percent};
use crate::pdf::tools;
use sample::{STYLE, credit_note, franchise, long, mixed, vasseur};
use std::path::Path;

pub(super) mod sample;

fn stationery() -> Stationery {
    Stationery::load(&Assets::built_in()).unwrap()
}

fn drawn(invoice: &Invoice) -> Vec<u8> {
    invoice_pdf(&stationery(), invoice, &STYLE, "Comptoir 0.1").unwrap()
}

/// Readers make of narrow spaces what they like.
fn plain(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

fn held(text: &str, wanted: &str) {
    assert!(plain(text).contains(&plain(wanted)), "{wanted:?} is missing in:\n{text}");
}

fn lacks(text: &str, unwanted: &str) {
    assert!(!plain(text).contains(&plain(unwanted)), "{unwanted:?} is in:\n{text}");
}

/// Left behind for whoever wants to look at them.
fn kept(name: &str, invoice: &Invoice, style: &InvoiceStyle) -> (String, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/samples");
    std::fs::create_dir_all(&folder).unwrap();
    let stationery = stationery();
    let sheet = InvoiceSheet::new(&stationery, invoice, style).unwrap();
    let bytes = sheet.pdf("Comptoir 0.1").unwrap();
    std::fs::write(folder.join(format!("{name}.pdf")), &bytes).unwrap();
    for (place, picture) in sheet.svg().iter().enumerate() {
        std::fs::write(folder.join(format!("{name}-{}.svg", place + 1)), picture).unwrap();
    }
    tools::sound(&bytes);
    tools::without_missing_glyphs(&bytes);
    (tools::text(&bytes), sheet.svg())
}

#[test]
fn every_line_and_every_total_of_the_record_is_printed() {
    let samples = [
        ("invoice", vasseur()),
        ("invoice-mixed", mixed()),
        ("invoice-franchise", franchise()),
        ("invoice-credit-note", credit_note()),
        ("invoice-long", long(60)),
    ];
    for (name, invoice) in samples {
        for language in [Language::French, Language::English] {
            let style = InvoiceStyle { language, ..STYLE };
            let (text, _) = kept(&format!("{name}-{}", language.tag()), &invoice, &style);
            let exponent = invoice.currency.exponent();
            held(&text, &invoice.number);
            held(&text, &day_long(invoice.issue_day, language));
            for party in [&invoice.seller, &invoice.buyer] {
                held(&text, &party.name);
                held(&text, &party.address.line1);
                held(&text, &party.address.city);
            }
            for line in &invoice.lines {
                held(&text, &line.name);
                held(&text, &decimal(line.unit_price, exponent, language));
                held(&text, &amount(line.net_minor, exponent, language));
                for part in line.description.iter().flat_map(|text| text.lines()) {
                    held(&text, part);
                }
            }
            for group in invoice.breakdown.iter().filter(|group| group.category == "S") {
                held(&text, &percent(group.rate, language));
                held(&text, &amount(group.base_minor, exponent, language));
                held(&text, &amount(group.tax_minor, exponent, language));
            }
            for reason in invoice.breakdown.iter().filter_map(|g| g.exemption_reason.as_ref()) {
                held(&text, reason);
            }
            let totals = &invoice.totals;
            for minor in [totals.net_minor, totals.gross_minor, totals.due_minor] {
                held(&text, &money(minor, invoice.currency, language));
            }
            for note in &invoice.notes {
                let first: Vec<&str> = note.text.split_whitespace().take(4).collect();
                held(&text, &first.join(" "));
            }
            held(&text, "SARL au capital de 8 000 €, RCS Nantes · SIREN 732 829 320");
        }
    }
}

#[test]
fn the_invoice_says_what_the_law_and_the_payer_need() {
    let text = tools::text(&drawn(&vasseur()));
    for wanted in [
        "Facture",
        "Émise par",
        "Facturée à",
        "17 novembre 2026",
        "17 décembre 2026",
        "Virement SEPA",
        "Livraison et prestation",
        "Effectuée le 14 novembre 2026",
        "Votre commande BC-2211",
        "SIREN 404 833 048 · TVA FR83404833048",
        "12 lots",
        "4 j",
        "Total HT",
        "8 000,00 €",
        "1 600,00 €",
        "9 600,00 €",
        "−2 880,00 €",
        "Net à payer",
        "6 720,00 €",
        "Facture liée : FA-2026-0188 du 6 octobre 2026",
        "FR76 3000 6000 0112 3456 7890 189",
        "BIC AGRIFRPP",
        "Référence FA-2026-0207",
        "TVA FR44732829320",
        "1 / 1",
    ] {
        held(&text, wanted);
    }
    for unwanted in ["France", "Brouillon", "Avoir", "Comptoir"] {
        lacks(&text, unwanted);
    }
}

#[test]
fn discounts_reasons_and_fine_prices_are_said() {
    let text = tools::text(&drawn(&mixed()));
    held(&text, "Remise de 7,5 % sur 1 620,00 € : −121,50 € (fidélité)");
    held(&text, "1 250,5 ZZ");
    held(&text, "0,123456");
    held(&text, "Autoliquidation");
    held(&text, "10 %");
}

#[test]
fn a_franchise_speaks_of_no_tax() {
    let text = tools::text(&drawn(&franchise()));
    held(&text, "TVA non applicable, article 293 B du CGI");
    held(&text, "Net à payer");
    held(&text, "Prestation de services");
    for unwanted in ["Total HT", "Prix HT", "Total TTC", "TVA par taux", "20 %", "0 %"] {
        lacks(&text, unwanted);
    }
}

#[test]
fn a_credit_note_names_its_invoice_and_asks_for_nothing() {
    let text = tools::text(&drawn(&credit_note()));
    held(&text, "Avoir");
    held(&text, "AV-2026-0012");
    held(&text, "FA-2026-0207 du 17 novembre 2026");
    held(&text, "À votre crédit");
    for unwanted in ["Échéance", "Net à payer", "À payer", "FR76", "Facturée", "Facture liée"]
    {
        lacks(&text, unwanted);
    }
    assert_eq!(dark_modules(&credit_note(), &STYLE), 0);
}

/// Rectangles of ink that are no bar and no strip: those of a payment code.
fn dark_modules(invoice: &Invoice, style: &InvoiceStyle) -> usize {
    let stationery = stationery();
    let sheet = InvoiceSheet::new(&stationery, invoice, style).unwrap();
    let marks = sheet.pages().iter().flat_map(Page::marks);
    let small = |mark: &&Mark| match mark {
        Mark::Fill { color, top, .. } => *color == Color::INK && *top > Length::ZERO,
        _ => false,
    };
    marks.filter(small).count()
}

#[test]
fn a_draft_has_no_number_and_no_code() {
    let mut invoice = vasseur();
    invoice.number.clear();
    invoice.payment.as_mut().unwrap().remittance = None;
    assert!(dark_modules(&vasseur(), &STYLE) > 200);
    assert_eq!(dark_modules(&vasseur(), &InvoiceStyle { draft: true, ..STYLE }), 0);
    assert_eq!(dark_modules(&invoice, &STYLE), 0);
    let (text, _) = kept("invoice-draft", &invoice, &STYLE);
    held(&text, "Numéro donné à l’émission");
    held(&text, "Brouillon");
    lacks(&text, "Référence");
}

#[test]
fn many_lines_run_over_pages_whole_and_in_order() {
    for count in [1, 10, 14, 15, 16, 17, 18, 33, 34, 35, 60, 200] {
        let invoice = long(count);
        let bytes = drawn(&invoice);
        tools::sound(&bytes);
        let pages = tools::words_by_page(&bytes);
        let mut seen = Vec::new();
        for (number, words) in pages.iter().enumerate() {
            let on = |start: &str| words.iter().filter(|w| w.text.starts_with(start)).count();
            assert_eq!(on("Pièce"), on("Détail"), "{count}: a line was split");
            assert!(on("Pièce") == 0 || on("Désignation") == 1, "page {} has no head", number + 1);
            assert!(on("FA-2026-0207") >= 1, "page {} has no number", number + 1);
            // The totals are never without two lines above them.
            let totals = words.iter().any(|word| word.text == "TTC");
            assert!(!totals || on("Pièce") >= 2.min(count), "{count}: the totals stand alone");
            for word in words {
                assert!(word.left >= 42 && word.right <= 554, "{word:?}");
                assert!(word.top > 30 && word.bottom < 815, "{word:?}");
            }
            let named = words.iter().filter(|w| w.text.starts_with("Pièce"));
            seen.extend(named.map(|word| word.text.clone()));
        }
        let wanted: Vec<String> = invoice.lines.iter().map(|line| line.name.clone()).collect();
        assert_eq!(seen, wanted);
        // The account never stands on a page of its own.
        assert!(pages.last().unwrap().iter().any(|word| word.text == "TTC"), "{count} lines");
        let totals = pages.iter().flatten().filter(|word| word.text == "TTC").count();
        assert_eq!(totals, 1);
        held(&tools::text(&bytes), &format!("{}\u{a0}/\u{a0}{}", pages.len(), pages.len()));
    }
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    let (first, second) = (stationery(), stationery());
    let print = |stationery: &Stationery, invoice: &Invoice| {
        invoice_pdf(stationery, invoice, &STYLE, "Comptoir 0.1").unwrap()
    };
    let one = print(&first, &vasseur());
    let other = print(&first, &long(60));
    // In another order and from other files of the same bytes: nothing counts calls.
    assert!(other == print(&second, &long(60)));
    assert!(one == print(&second, &vasseur()));
    assert!(one == print(&first, &vasseur()));
    assert!(one.len() < 60_000, "{} bytes", one.len());
    let mut later = vasseur();
    later.issue_day = later.issue_day.plus_days(1);
    assert!(one != print(&first, &later));
}

#[test]
fn what_no_font_can_show_is_refused_by_name() {
    type Change = fn(&mut Invoice);
    let check = |change: Change, wanted: (char, &str, Option<usize>)| {
        let mut invoice = vasseur();
        change(&mut invoice);
        let stationery = stationery();
        let refused = InvoiceSheet::new(&stationery, &invoice, &STYLE).err();
        let Some(DocumentError::Unprintable { character, term, line }) = refused else {
            panic!("{wanted:?} was printed, or refused otherwise: {refused:?}");
        };
        assert_eq!((character, term, line), wanted);
    };
    check(|i| i.buyer.name = "Café 😀".to_owned(), ('😀', "BT-44", None));
    check(|i| i.buyer.name = "مخبز النور".to_owned(), ('م', "BT-44", None));
    check(|i| i.buyer.name = "A\u{202e}B".to_owned(), ('\u{202e}', "BT-44", None));
    check(|i| i.seller.name = "山田".to_owned(), ('山', "BT-27", None));
    check(|i| i.seller.address.line2 = "\u{0}".to_owned(), ('\0', "BT-36", None));
    check(|i| i.buyer.address.city = "Lille\u{7}".to_owned(), ('\u{7}', "BT-52", None));
    check(|i| i.lines[2].name = "Pose \u{fffd}".to_owned(), ('\u{fffd}', "BT-153", Some(2)));
    check(|i| i.lines[1].unit = "☃".to_owned(), ('☃', "BT-130", Some(1)));
    check(|i| i.notes[3].text = "✅ payé".to_owned(), ('✅', "BT-22", None));
    check(|i| i.order_reference = Some("\u{200b}".to_owned()), ('\u{200b}', "BT-13", None));
}

#[test]
fn other_alphabets_and_accents_apart_are_printed() {
    let mut invoice = vasseur();
    invoice.buyer.name = "Re\u{301}my & Søn <Łódź>".to_owned();
    invoice.delivery.as_mut().unwrap().name = Some("ООО \"Ромашка\"".to_owned());
    invoice.lines[0].description = Some("première\nseconde\ttroisième".to_owned());
    let text = tools::text(&drawn(&invoice));
    held(&text, "Rémy & Søn <Łódź>");
    held(&text, "ООО \"Ромашка\"");
    held(&text, "seconde troisième");
}

#[test]
fn nothing_long_leaves_the_sheet_or_is_lost() {
    let mut invoice = mixed();
    let name = "Société coopérative d’intérêt collectif des charpentiers ".repeat(4);
    invoice.seller.name = name.trim_end().to_owned();
    invoice.buyer.name = name.trim_end().to_owned();
    invoice.number = "F".repeat(35);
    invoice.seller.legal_information = Some("SCIC à capital variable, ".repeat(20));
    invoice.lines[0].name = "x".repeat(300);
    invoice.lines[0].description = Some("Chêne massif huilé. ".repeat(600));
    invoice.lines[1].unit_price = "123456789.123456".parse().unwrap();
    invoice.lines[2].quantity = "-1000000.5".parse().unwrap();
    invoice.notes[0].text = "Pas d’escompte. ".repeat(300);
    invoice.payment.as_mut().unwrap().account_name = Some(name.clone());
    for minor in [&mut invoice.totals.gross_minor, &mut invoice.totals.due_minor] {
        *minor = values::MAX_MINOR;
    }
    invoice.breakdown[0].base_minor = values::MAX_MINOR;
    invoice.lines[3].net_minor = -values::MAX_MINOR;
    let (text, _) = kept("invoice-hostile", &invoice, &STYLE);
    let count = |word: &str| plain(&text).matches(&plain(word)).count();
    assert_eq!(count("massif"), 600);
    assert_eq!(count("d’escompte"), 300);
    assert_eq!(count("90 071 992 547 409,91 €"), 3);
    for words in tools::words_by_page(&drawn(&invoice)) {
        for word in words {
            assert!(word.left >= 40 && word.right <= 556 && word.bottom < 830, "{word:?}");
        }
    }
}

#[test]
fn the_colour_of_the_business_must_be_legible() {
    let stationery = stationery();
    let colours = |accent| {
        let style = InvoiceStyle { accent, ..STYLE };
        let sheet = InvoiceSheet::new(&stationery, &vasseur(), &style).unwrap();
        let marks = sheet.pages()[0].marks().to_vec();
        marks.into_iter().find_map(|mark| match mark {
            Mark::Fill { color, .. } => Some(color),
            _ => None,
        })
    };
    assert_eq!(colours(STYLE.accent), STYLE.accent);
    assert_eq!(colours(Some(Color(0xff, 0xd7, 0))), Some(Color::INK));
    assert_eq!(colours(None), Some(Color::INK));
}

#[test]
fn pictures_say_what_the_pages_say() {
    let stationery = stationery();
    for invoice in [vasseur(), mixed(), long(60)] {
        let sheet = InvoiceSheet::new(&stationery, &invoice, &STYLE).unwrap();
        let pictures = sheet.svg();
        assert_eq!(pictures.len(), sheet.pages().len());
        for (page, picture) in sheet.pages().iter().zip(&pictures) {
            let written = page.marks().iter().filter_map(|mark| match mark {
                Mark::Text { text, .. } => Some(text.clone()),
                _ => None,
            });
            assert_eq!(crate::svg::tests::texts(picture), written.collect::<Vec<_>>());
        }
        let named =
            format!("<title>Facture FA-2026-0207, 1\u{a0}/\u{a0}{}</title>", pictures.len());
        assert!(pictures[0].contains(&named));
    }
}

#[test]
fn the_words_of_both_languages_are_whole() {
    let french = Words::load(&Assets::built_in(), Language::French).unwrap();
    let english = Words::load(&Assets::built_in(), Language::English).unwrap();
    assert_eq!((french.unit("C62", false), english.unit("C62", false)), ("u", "pc"));
    assert_eq!((french.unit("LS", true), english.unit("LS", false)), ("forfaits", "lump sum"));
    assert_eq!((french.unit("??", true), english.country("??")), ("??", "??"));
    assert_eq!((french.country("DE"), english.means("58")), ("Allemagne", "SEPA transfer"));
    // A user's own file that lacks a word is refused by name, not printed with holes.
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("locales/fr");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("invoice.toml"), "[head]\ninvoice = \"Facture\"\n").unwrap();
    let refused = Stationery::load(&Assets::with_folder(folder.path())).err();
    assert!(matches!(refused, Some(DocumentError::Words(name, _)) if name.contains("fr")));
    assert_eq!(words::filled("{a} et {b} {", &[("a", "{b}"), ("b", "2")]), "{b} et 2 ");
}

#[test]
fn a_country_abroad_is_named() {
    let mut invoice = vasseur();
    invoice.buyer.address.country = "DE".to_owned();
    let text = tools::text(&drawn(&invoice));
    held(&text, "Allemagne");
    lacks(&text, "France");
}
