//! The mark of the program: a C on the two rules of a total that agrees, white on ink.

use crate::{Color, Length, Mark, Page, PathStep};

/// The mark is drawn on a square of that many units.
const UNITS: i64 = 512;
/// The radius of the square's corners, 22.5 % of its side.
const CORNER: i64 = 115;
/// How far from a corner the control points of its quarter circle lie: 0.4477 of the radius.
const CONTROL: i64 = 51;

/// Draws the mark with its top left corner at `place`.
pub(super) fn draw(page: &mut Page, place: (Length, Length), side: Length) {
    let at = |x: i64, y: i64| (place.0 + side.scaled(x, UNITS), place.1 + side.scaled(y, UNITS));
    let curve = |a: (i64, i64), b: (i64, i64), end: (i64, i64)| {
        PathStep::Curve([at(a.0, a.1), at(b.0, b.1), at(end.0, end.1)])
    };
    let line = |x, y| {
        let (x, y) = at(x, y);
        PathStep::Line(x, y)
    };
    let (far, low) = (UNITS - CORNER, UNITS - CONTROL);
    page.mark(Mark::Path {
        start: at(CORNER, 0),
        steps: vec![
            line(far, 0),
            curve((low, 0), (UNITS, CONTROL), (UNITS, CORNER)),
            line(UNITS, far),
            curve((UNITS, low), (low, UNITS), (far, UNITS)),
            line(CORNER, UNITS),
            curve((CONTROL, UNITS), (0, low), (0, far)),
            line(0, CORNER),
            curve((0, CONTROL), (CONTROL, 0), (CORNER, 0)),
        ],
        pen: None,
        color: Color::INK,
    });
    // Three quarters of a circle of radius 121 around (256, 223), open to the right.
    page.mark(Mark::Path {
        start: at(342, 137),
        steps: vec![
            curve((295, 90), (217, 90), (170, 137)),
            curve((123, 184), (123, 262), (170, 309)),
            curve((217, 356), (295, 356), (342, 309)),
        ],
        pen: Some(side.scaled(50, UNITS)),
        color: Color::WHITE,
    });
    for y in [392, 436] {
        page.mark(Mark::Line {
            from: at(134, y),
            to: at(378, y),
            thickness: side.scaled(20, UNITS),
            color: Color::WHITE,
        });
    }
}
