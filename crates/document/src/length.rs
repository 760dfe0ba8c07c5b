//! Lengths on paper, whole numbers so that a layout is the same on every machine.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length on paper in thousandths of a point; a point is 1/72 inch (ISO 32000 8.3.2.3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Length(pub i64);

impl Length {
    /// Nothing.
    pub const ZERO: Length = Length(0);
    /// The width of an A4 sheet, 210 mm (ISO 216).
    pub const A4_WIDTH: Length = Length(595_276);
    /// The height of an A4 sheet, 297 mm (ISO 216).
    pub const A4_HEIGHT: Length = Length(841_890);

    /// This length times a fraction, to the nearest thousandth of a point.
    pub(crate) fn scaled(self, numerator: i64, denominator: i64) -> Length {
        let product = i128::from(self.0) * i128::from(numerator);
        let denominator = i128::from(denominator.max(1));
        let half = if product < 0 { -denominator / 2 } else { denominator / 2 };
        Length(i64::try_from((product + half) / denominator).unwrap_or(i64::MAX / 4))
    }
}

impl Add for Length {
    type Output = Length;
    fn add(self, other: Length) -> Length {
        Length(self.0.saturating_add(other.0))
    }
}

impl Sub for Length {
    type Output = Length;
    fn sub(self, other: Length) -> Length {
        Length(self.0.saturating_sub(other.0))
    }
}

impl Neg for Length {
    type Output = Length;
    fn neg(self) -> Length {
        Length::ZERO - self
    }
}

impl Mul<i64> for Length {
    type Output = Length;
    fn mul(self, times: i64) -> Length {
        Length(self.0.saturating_mul(times))
    }
}

/// How many whole `other` fit.
impl Div<Length> for Length {
    type Output = i64;
    fn div(self, other: Length) -> i64 {
        self.0 / other.0.max(1)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Length) {
        *self = *self + other;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Length) {
        *self = *self - other;
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Length>>(lengths: I) -> Length {
        lengths.fold(Length::ZERO, Add::add)
    }
}
