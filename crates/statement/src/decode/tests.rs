use super::*;

fn utf16(text: &str, mark: bool, big: bool) -> Vec<u8> {
    let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

fn check(bytes: &[u8], declared: Option<&str>, expect: &str, encoding: &str) {
    let text = decode(bytes, declared, true);
    assert_eq!((&*text.text, text.encoding.name()), (expect, encoding));
}

#[test]
fn the_bytes_decide() {
    let long = "Libellé de l'opération";
    check(long.as_bytes(), Some("1252"), long, "UTF-8");
    check(b"Libell\xe9", Some("UTF-8"), "Libellé", "windows-1252");
    check(b"Libell\xe9", None, "Libellé", "windows-1252");
    check(b"\x80 \x9cuvre", Some("ISO-8859-1"), "€ œuvre", "windows-1252");
    check(b"\xc3\xa9t\xc3", None, "ét", "UTF-8");
    check("\u{FEFF}é".as_bytes(), None, "é", "UTF-8");
    check(b"\xe9t\xe9", Some("1250"), "été", "windows-1250");
    for big in [false, true] {
        let name = if big { "UTF-16BE" } else { "UTF-16LE" };
        check(&utf16(long, true, big), None, long, name);
        check(&utf16(long, false, big), None, long, name);
    }
    let (cyrillic, ..) = encoding_rs::WINDOWS_1251.encode("Дата операции;Сумма;Описание операции");
    check(&cyrillic, None, "Дата операции;Сумма;Описание операции", "windows-1251");
}

#[test]
fn places_lead_back_to_the_bytes() {
    let words = "é à b\nœuvre;€";
    let (latin, ..) = WINDOWS_1252.encode(words);
    let marked = format!("\u{FEFF}{words}");
    let files = [latin.to_vec(), marked.into_bytes(), utf16(words, true, false)];
    for bytes in files {
        let text = decode(&bytes, None, false);
        let mut places = text.places();
        let start = places.in_bytes(text.text.find("œuvre").unwrap());
        let end = places.in_bytes(text.text.find(';').unwrap());
        let (part, _) = text.encoding.decode_without_bom_handling(&bytes[start..end]);
        assert_eq!(part, "œuvre");
    }
}
