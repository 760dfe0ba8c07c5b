//! The distance between two neighbours: the pairs of a font's GPOS table (OpenType 1.9, GPOS 2).

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::opentype_layout::LayoutTable;
use ttf_parser::{GlyphId, Tag};

/// The pair tables of a font's `kern` feature, a list for each lookup.
pub(crate) struct Kerning<'a> {
    lookups: Vec<Vec<PairAdjustment<'a>>>,
}

impl<'a> Kerning<'a> {
    /// Reads them; a font without the table has none.
    pub(crate) fn of(table: Option<LayoutTable<'a>>) -> Kerning<'a> {
        let Some(table) = table else { return Kerning { lookups: Vec::new() } };
        let mut indices: Vec<u16> = Vec::new();
        for feature in table.features.into_iter().filter(|f| f.tag == Tag::from_bytes(b"kern")) {
            indices.extend(feature.lookup_indices);
        }
        indices.sort_unstable();
        indices.dedup();
        let pairs = |index: u16| -> Option<Vec<PairAdjustment<'a>>> {
            let subtables = table.lookups.get(index)?.subtables;
            Some(
                (0..subtables.len())
                    .filter_map(|place| match subtables.get(place) {
                        Some(PositioningSubtable::Pair(pair)) => Some(pair),
                        _ => None,
                    })
                    .collect(),
            )
        };
        Kerning { lookups: indices.into_iter().filter_map(pairs).collect() }
    }

    /// How much farther the right glyph stands, in font units; negative brings it nearer.
    pub(crate) fn between(&self, left: GlyphId, right: GlyphId) -> i64 {
        // Within one lookup the first subtable that knows the pair decides.
        self.lookups
            .iter()
            .filter_map(|pairs| pairs.iter().find_map(|pair| adjustment(pair, left, right)))
            .sum()
    }
}

fn adjustment(pair: &PairAdjustment<'_>, left: GlyphId, right: GlyphId) -> Option<i64> {
    let place = pair.coverage().get(left)?;
    let (first, _) = match pair {
        PairAdjustment::Format1 { sets, .. } => sets.get(place)?.get(right)?,
        PairAdjustment::Format2 { classes, matrix, .. } => {
            matrix.get((classes.0.get(left), classes.1.get(right)))?
        }
    };
    Some(i64::from(first.x_advance))
}
