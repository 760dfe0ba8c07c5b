use super::*;
use crate::pdf::tools;

fn figured(line: &str, case: &str, label: &str, base: Option<i64>, tax: Option<i64>) -> TaxBox {
    TaxBox {
        line: line.to_owned(),
        case: case.to_owned(),
        label: label.to_owned(),
        base,
        tax,
        strong: false,
        proved: false,
        warns: false,
    }
}

fn total(line: &str, case: &str, label: &str, tax: i64) -> TaxBox {
    TaxBox { strong: true, ..figured(line, case, label, None, Some(tax)) }
}

/// The return of the drawing: a joiner in October.
fn october(language: Language) -> TaxPage {
    let french = language == Language::French;
    let say = |fr: &'static str, en: &'static str| if french { fr } else { en };
    let section = |title: &str, boxes: Vec<TaxBox>| Section { title: title.to_owned(), boxes };
    let source = |line: &str, formula: &str, cents, law: &str| Source {
        line: line.to_owned(),
        formula: formula.to_owned(),
        cents,
        law: law.to_owned(),
    };
    let sales = say("Ventes, prestations de services", "Sales, services");
    let abroad = say("Acquisitions intracommunautaires", "Intra-Community acquisitions");
    let normal = say("Taux normal 20 %", "Standard rate 20%");
    let reduced = say("Taux réduit 10 %", "Reduced rate 10%");
    let output = say("Total de la TVA brute due", "Total output VAT");
    let of_abroad = say(
        "Dont TVA sur acquisitions intracommunautaires",
        "Of which VAT on intra-Community acquisitions",
    );
    let assets = say("Biens constituant des immobilisations", "Fixed assets");
    let other = say("Autres biens et services", "Other goods and services");
    let carried = say("Report du crédit précédent", "Credit carried forward");
    let input = say("Total TVA déductible", "Total deductible VAT");
    TaxPage {
        language,
        title: say("TVA d’octobre 2026", "VAT of October 2026").to_owned(),
        subtitle: say(
            "Valeurs du formulaire 3310-CA3-SD (cerfa 10963). Ce document n’est pas un accusé de dépôt.",
            "Figures of form 3310-CA3-SD (cerfa 10963). This document is no proof of filing.",
        )
        .to_owned(),
        business: Business {
            name: "Atelier Morvan SARL".to_owned(),
            siren: Siren::parse("732829320").ok(),
            vat_number: VatNumber::parse("FR44732829320").ok(),
            regime: say("Réel normal mensuel", "Monthly returns").to_owned(),
        },
        sections: vec![
            section(
                say("Opérations imposables", "Taxable operations"),
                vec![
                    figured("A1", "0979", sales, Some(31_150), None),
                    figured("B2", "0031", abroad, Some(1_240), None),
                    figured("A3", "0044", "Jamais imprimé", Some(0), None),
                ],
            ),
            section(
                say("TVA brute", "Output VAT"),
                vec![
                    figured("08", "0207", normal, Some(25_550), Some(5_110)),
                    TaxBox { warns: true, ..figured("9B", "0151", reduced, Some(6_840), Some(684)) },
                    total("16", "", output, 5_794),
                    figured("17", "0035", of_abroad, None, Some(248)),
                ],
            ),
            section("Jamais imprimée", vec![figured("Z9", "9999", "Jamais imprimé", None, None)]),
            section(
                say("TVA déductible", "Deductible VAT"),
                vec![
                    figured("19", "0703", assets, None, Some(412)),
                    figured("20", "0702", other, None, Some(2_183)),
                    total("22", "8001", carried, 0),
                    total("23", "", input, 2_595),
                ],
            ),
            section(
                say("Résultat", "Result"),
                vec![
                    total("TD", "8900", say("TVA due (16 – 23)", "VAT due (16 – 23)"), 3_199),
                    figured("28", "8901", say("TVA nette due", "Net VAT due"), None, Some(3_199)),
                    TaxBox {
                        proved: true,
                        ..total("32", "9992", say("Total à payer", "Total to pay"), 3_199)
                    },
                ],
            ),
        ],
        sources: vec![
            source(
                "08",
                say(
                    "R(20 % de la base) : 5 encaissements, 1 achat UE",
                    "R(20% of the base): 5 receipts, 1 EU purchase",
                ),
                511_003,
                "CGI art. 278",
            ),
            source(
                "9B",
                say(
                    "R(10 % de la base) : 3 encaissements, logements",
                    "R(10% of the base): 3 receipts, dwellings",
                ),
                68_400,
                "CGI art. 279-0 bis",
            ),
            source(
                "19",
                say("Comptes 44562 : scie à format, FF-0409", "Accounts 44562: panel saw, FF-0409"),
                41_200,
                "CGI art. 271",
            ),
            source(
                "20",
                say(
                    "Comptes 44566 : 38 pièces, dont 248,00 € autoliquidés, sœur",
                    "Accounts 44566: 38 documents, €248.00 of them reverse-charged",
                ),
                218_261,
                "CGI art. 271, 283",
            ),
        ],
        left_out: vec![
            say(
                "Les 58 autres cases du formulaire sont vides.",
                "The 58 other boxes of the form are empty.",
            )
            .to_owned(),
        ],
        footer: Footer {
            pack: say(
                "Pack fiscal fr-ca3 2026.2, valable du 1ᵉʳ janv. au 31 déc. 2026",
                "Tax pack fr-ca3 2026.2, valid from 1 Jan to 31 Dec 2026",
            )
            .to_owned(),
            record: 4_812,
            hash: "9f3a0c715be2d84061d7a9ef02bb4c21".to_owned(),
            application: "Comptoir 1.0".to_owned(),
            day: Day::parse("2026-11-17").unwrap(),
        },
    }
}

/// The October return with `count` boxes in one section more.
fn long(count: usize) -> TaxPage {
    let mut page = october(Language::French);
    let boxes = (0..count).map(|number| {
        let label = format!("Case inventée n° {number}");
        let mut made =
            figured(&format!("L{number:03}"), "", &label, Some(1_000 + number as i64), None);
        made.strong = number % 10 == 9;
        made
    });
    page.sections.insert(1, Section { title: "Inventée".to_owned(), boxes: boxes.collect() });
    page
}

fn drawn(page: &TaxPage) -> Vec<u8> {
    tax_page(&Assets::built_in(), page).unwrap()
}

/// Readers may turn the kinds of space into plain ones.
fn held(text: &str, wanted: &str) {
    let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(plain(text).contains(&plain(wanted)), "{wanted:?} is missing in:\n{text}");
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    for language in [Language::French, Language::English] {
        let page = october(language);
        let bytes = drawn(&page);
        assert!(bytes == drawn(&page), "two prints differ");
        let mut other = page.clone();
        other.footer.day = other.footer.day.plus_days(1);
        assert!(bytes != drawn(&other), "the day does not show");
        assert!(bytes.len() < 150_000, "{} bytes", bytes.len());
    }
}

#[test]
fn readers_accept_it_and_find_every_word_and_figure() {
    for language in [Language::French, Language::English] {
        let page = october(language);
        let bytes = drawn(&page);
        tools::sound(&bytes);
        let text = tools::text(&bytes);
        for section in page.sections.iter().filter(|s| !s.title.starts_with("Jamais")) {
            held(&text, &section.title);
            for shown in section.boxes.iter().filter(|b| !b.label.starts_with("Jamais")) {
                held(&text, &shown.line);
                held(&text, &shown.case);
                held(&text, &shown.label);
                for figure in [shown.base, shown.tax].into_iter().flatten() {
                    held(&text, &whole(figure, language));
                }
            }
        }
        for source in &page.sources {
            held(&text, &source.formula);
            held(&text, &amount(source.cents, 2, language));
            held(&text, &source.law);
        }
        for sentence in [&page.title, &page.subtitle, &page.business.name, &page.left_out[0]] {
            held(&text, sentence);
        }
        for word in ["SIREN 732 829 320", "FR44732829320", "9f3a0c71 5be2d840 61d7a9ef 02bb4c21"] {
            held(&text.replace('\u{a0}', " "), word);
        }
        held(&text, &page.footer.pack);
        held(&text, "1\u{a0}/\u{a0}1");
        assert!(!text.contains("Jamais") && !text.contains("0044"), "an empty box shows:\n{text}");
    }
}

#[test]
fn the_uncertain_box_has_a_sign_and_a_footnote() {
    let mut page = october(Language::French);
    let text = tools::text(&drawn(&page));
    held(&text, "Taux réduit 10 %\u{a0}†");
    held(&text, "† À vérifier avant le dépôt");
    page.sections[1].boxes[1].warns = false;
    assert!(!tools::text(&drawn(&page)).contains('†'));
}

#[test]
fn only_the_proved_total_has_the_double_rule() {
    let files = FontFiles::load(&Assets::built_in()).unwrap();
    let fonts = Fonts::parse(&files).unwrap();
    let count = |page: &TaxPage| {
        let sheets = pages(&fonts, page);
        let marks = sheets.iter().flat_map(|sheet| sheet.marks());
        marks
            .filter(|mark| match mark {
                // The rules of a proof are the only ones that do not run over the page's width.
                crate::Mark::Line { from, to, color, .. } => {
                    *color == Color::INK && to.0 - from.0 < Length(100_000)
                }
                _ => false,
            })
            .count()
    };
    let mut page = october(Language::French);
    assert_eq!(count(&page), 2);
    page.sections[4].boxes[2].proved = false;
    assert_eq!(count(&page), 0);
}

#[test]
fn long_tables_break_with_their_head_and_stay_above_the_foot() {
    for count in [0, 20, 200, 500] {
        let bytes = drawn(&long(count));
        tools::sound(&bytes);
        let (text, pages) = (tools::text(&bytes), tools::words_by_page(&bytes));
        let total = pages.len();
        assert!(total > count / 32 && total <= count / 28 + 2, "{count} rows, {total} pages");
        let mut seen = 0;
        for (number, words) in pages.iter().enumerate() {
            let has = |text: &str| words.iter().any(|word| word.text == text);
            let rows =
                words.iter().filter(|w| w.text.len() == 4 && w.text.starts_with('L')).count();
            seen += rows;
            assert!(rows == 0 || has("Libellé"), "page {} has no head", number + 1);
            assert!(rows == 0 || has("Inventée"), "page {} names no section", number + 1);
            assert!(has("Enregistrement") && has("Comptoir"), "page {} has no foot", number + 1);
            held(&text, &format!("{}\u{a0}/\u{a0}{total}", number + 1));
            for word in words {
                assert!(word.bottom < 842 && word.top > 30 && word.left > 30, "{word:?}");
                let of_foot = word.top > 785;
                assert!(of_foot || word.bottom < 775, "page {}: {word:?}", number + 1);
            }
        }
        assert_eq!(seen, count, "rows were lost or doubled");
    }
}

#[test]
fn a_long_label_is_wrapped_in_its_column() {
    let mut page = october(Language::French);
    let label =
        "Livraisons à soi-même taxables au taux réduit dans le secteur du logement ".repeat(4);
    page.sections[0].boxes[0].label = label.trim_end().to_owned();
    let bytes = drawn(&page);
    let words = tools::words_by_page(&bytes).remove(0);
    let housing: Vec<_> = words.iter().filter(|w| w.text == "logement").collect();
    assert_eq!(housing.len(), 4);
    assert!(housing.windows(2).all(|pair| pair[0].top < pair[1].top), "{housing:?}");
    assert!(words.iter().filter(|w| w.text == "Livraisons").all(|w| w.right < 390));
}

#[test]
fn hostile_text_never_breaks_the_page() {
    let hostile = [
        "😀 emoji 👩‍👩‍👧",
        "\u{202e}renversé\u{202c} \u{2066}x\u{2069}",
        "null\u{0} bell\u{7} escape\u{1b} delete\u{7f}",
        "line\nbreak\ttab\r\n",
        "(parentheses) \\ back % <<hex>> /Name",
        "漢字 العربية",
        "",
        " ",
    ];
    let mut texts: Vec<String> = hostile.iter().map(|text| (*text).to_owned()).collect();
    texts.extend(["x".repeat(1_000), "mot ".repeat(1_000), "😀".repeat(1_000), "\n".repeat(500)]);
    for text in &texts {
        let mut page = october(Language::French);
        page.title.clone_from(text);
        page.subtitle.clone_from(text);
        page.business.name.clone_from(text);
        page.business.regime.clone_from(text);
        page.footer.pack.clone_from(text);
        page.footer.hash.clone_from(text);
        page.footer.application.clone_from(text);
        page.left_out.push(text.clone());
        for section in &mut page.sections {
            section.title.clone_from(text);
            for shown in &mut section.boxes {
                shown.line.clone_from(text);
                shown.case.clone_from(text);
                shown.label.clone_from(text);
                shown.base = Some(i64::MIN);
            }
        }
        for source in &mut page.sources {
            source.formula.clone_from(text);
            source.law.clone_from(text);
        }
        let bytes = drawn(&page);
        tools::sound(&bytes);
        tools::without_missing_glyphs(&bytes);
        if text.contains('😀') {
            held(&tools::text(&bytes), "\u{fffd}");
        }
    }
}

#[test]
fn a_page_without_anything_is_a_page() {
    let mut page = october(Language::English);
    page.sections.clear();
    page.sources.clear();
    page.left_out.clear();
    page.business =
        Business { name: String::new(), siren: None, vat_number: None, regime: String::new() };
    tools::sound(&drawn(&page));
}

/// Writes both languages to `target/` for whoever wants to look at them.
#[test]
fn samples_are_written_to_be_looked_at() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/samples");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("tax-page-fr.pdf"), drawn(&october(Language::French))).unwrap();
    std::fs::write(folder.join("tax-page-en.pdf"), drawn(&october(Language::English))).unwrap();
    std::fs::write(folder.join("tax-page-long.pdf"), drawn(&long(60))).unwrap();
}
