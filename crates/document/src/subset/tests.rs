use super::*;
use crate::Face;
use assets::Assets;

fn outline(bytes: &[u8], glyph: u16) -> Vec<u8> {
    let face = RawFace::parse(bytes, 0).unwrap();
    let mut outline = Outlines::of(&face).unwrap().of_glyph(glyph).unwrap().to_vec();
    outline.resize(outline.len().next_multiple_of(4), 0);
    outline
}

#[test]
fn used_glyphs_look_the_same_and_others_are_empty() {
    for face in Face::ALL {
        let whole = Assets::built_in().bytes(&format!("fonts/{}.ttf", face.name())).unwrap();
        let parsed = ttf_parser::Face::parse(&whole, 0).unwrap();
        let glyph = |c: char| parsed.glyph_index(c).unwrap().0;
        let wanted: Vec<u16> = "Éçœ€ 0".chars().map(glyph).collect();
        let cut = subset(&whole, wanted.iter().copied()).unwrap();
        assert!(cut.len() < 14_000, "{face:?}: {} bytes", cut.len());
        for &glyph in &wanted {
            assert_eq!(outline(&cut, glyph), outline(&whole, glyph), "{face:?} {glyph:?}");
        }
        for part in parts(&outline(&whole, glyph('É'))).unwrap() {
            assert_eq!(outline(&cut, part), outline(&whole, part), "{face:?} {part}");
        }
        assert!(!outline(&whole, glyph('Z')).is_empty());
        assert!(outline(&cut, glyph('Z')).is_empty());
        assert_eq!(checksum(&cut), 0xb1b0_afba, "the sum of the file");
    }
}

#[test]
fn what_is_no_truetype_font_is_not_cut() {
    let whole = Assets::built_in().bytes("fonts/Geist-Regular.ttf").unwrap();
    assert!(subset(b"", [1]).is_none());
    assert!(subset(b"not a font at all", [1]).is_none());
    assert!(subset(&whole[..2_000], [40]).is_none());
    assert!(subset(&whole, [u16::MAX]).is_none(), "a glyph that is not there");
}
