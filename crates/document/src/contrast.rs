//! Whether a colour can be read on white paper (WCAG 2.2, contrast 4.5), in whole numbers.

use crate::Color;

impl Color {
    /// Whether text of this colour has a contrast of at least 4.5 to white.
    pub fn is_legible_on_white(self) -> bool {
        let Color(red, green, blue) = self;
        let luminance = 2126 * light(red) + 7152 * light(green) + 722 * light(blue);
        // 1.05 / (luminance + 0.05) is 4.5 where the luminance is 0.18333.
        luminance / 10_000 <= 183_333
    }

    /// This colour if it can be read on white, else ink.
    pub fn or_ink(self) -> Color {
        if self.is_legible_on_white() { self } else { Color::INK }
    }
}

/// How much light a part of a colour gives, in millionths: ((part + 0.055) / 1.055) to the 2.4.
fn light(part: u8) -> u64 {
    let part = u64::from(part);
    if part <= 10 {
        return part * 1_000_000 / (255 * 1292 / 100);
    }
    // In thousandths. A power of 2.4 is the fifth root of a power of 12.
    let share = (part * 1_000_000 / 255 + 55_000 + 527) / 1_055;
    let power = u128::from(share).pow(12) / 1_000_000;
    let (mut low, mut high) = (0u128, 1_000_000u128);
    while low < high {
        let middle = (low + high).div_ceil(2);
        if middle.pow(5) <= power { low = middle } else { high = middle - 1 }
    }
    u64::try_from(low).unwrap_or(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boundary_is_where_the_standard_puts_it() {
        let check = |color: Color, legible: bool| {
            assert_eq!(color.is_legible_on_white(), legible, "{color:?}");
        };
        check(Color(0x76, 0x76, 0x76), true);
        check(Color(0x77, 0x77, 0x77), false);
        check(Color(0, 0, 0xff), true);
        check(Color(0xff, 0, 0), false);
        check(Color(0xd0, 0, 0), true);
        check(Color(0, 0x80, 0), true);
        check(Color(0xff, 0xa5, 0), false);
        check(Color::INK, true);
        check(Color::WHITE, false);
        assert_eq!(Color::WHITE.or_ink(), Color::INK);
        assert_eq!(light(255), 1_000_000);
        assert_eq!(light(0), 0);
    }
}
