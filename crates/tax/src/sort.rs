//! Sorts the tax items into the boxes they feed: exactly one row of codes.csv takes each.
//!
//! Rows of one cell are summed first; a cell below zero goes, sign turned, to its other boxes. An
//! item without a place is left out by name, never dropped.

use crate::facts::{Facts, Item, Leg};
use crate::pack::{CodeRow, Pack, Slot};
use values::Decimal;

/// An item that the return cannot place. While there is one the return cannot be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeftOut {
    /// The tax item.
    pub item: i64,
    /// Its entry.
    pub entry: i64,
    /// Its tax code.
    pub tax_code: String,
    /// Its side.
    pub leg: Leg,
    /// Its rate in per cent.
    pub rate: Decimal,
    /// Why.
    pub why: LeftOutWhy,
}

/// Why an item has no place on the return.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LeftOutWhy {
    /// The pack has no row for its code and side: the box is not there yet.
    NoRow,
    /// The pack knows the code and side, at other rates.
    Rate {
        /// The rates that rows take, in per cent.
        allowed: Vec<Decimal>,
    },
    /// The pack knows the code, side and rate, for goods of another nature.
    Nature,
    /// Its row names no box for a base, or for a tax.
    NoBox {
        /// Whether it is the base, else the tax.
        base: bool,
        /// Whether it is the cell's sum below zero that has no box.
        below: bool,
    },
}

impl LeftOutWhy {
    /// The code of its sentence, under `[left_out]`.
    pub fn code(&self) -> &'static str {
        match self {
            LeftOutWhy::NoRow => "no_row",
            LeftOutWhy::Rate { .. } => "rate",
            LeftOutWhy::Nature => "nature",
            LeftOutWhy::NoBox { base: true, below: false } => "no_box_base",
            LeftOutWhy::NoBox { base: false, below: false } => "no_box_tax",
            LeftOutWhy::NoBox { base: true, below: true } => "no_box_base_below",
            LeftOutWhy::NoBox { base: false, below: true } => "no_box_tax_below",
        }
    }
}

impl LeftOut {
    /// What its sentence may name.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = vec![
            ("item", self.item.to_string()),
            ("entry", self.entry.to_string()),
            ("tax_code", self.tax_code.clone()),
            ("leg", self.leg.to_string()),
            ("rate", self.rate.normalize().to_string()),
        ];
        if let LeftOutWhy::Rate { allowed } = &self.why {
            let allowed: Vec<String> =
                allowed.iter().map(|rate| rate.normalize().to_string()).collect();
            args.push(("allowed", allowed.join(", ")));
        }
        args
    }
}

/// The items that one row took, by their places in the facts, and their sums in minor units.
#[derive(Clone, Debug, Default)]
pub(crate) struct Portion {
    pub items: Vec<usize>,
    pub base: i128,
    pub tax: i128,
    /// Whether its cell is below zero.
    pub below: bool,
}

/// What a row brings to a box: the base or the tax of its items, with the sign turned or not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Feed {
    pub row: usize,
    pub base: bool,
    pub turned: bool,
}

impl Feed {
    /// What an item of the row adds to the box, in minor units.
    pub fn minor(self, item: &Item) -> i128 {
        let minor = i128::from(if self.base { item.base_minor } else { item.counted_minor() });
        if self.turned { -minor } else { minor }
    }
}

/// Where everything goes.
#[derive(Clone, Debug)]
pub(crate) struct Sorted {
    /// For each row of the pack.
    pub portions: Vec<Portion>,
    /// For each box of the pack.
    pub feeds: Vec<Vec<Feed>>,
    pub left_out: Vec<LeftOut>,
}

impl Sorted {
    /// The places of the items that some row took, in the order of the facts.
    pub fn taken(&self) -> Vec<usize> {
        let mut taken: Vec<usize> =
            self.portions.iter().flat_map(|portion| portion.items.iter().copied()).collect();
        taken.sort_unstable();
        taken
    }
}

/// Sorts the items of the facts.
pub(crate) fn sort(pack: &Pack, facts: &Facts) -> Sorted {
    let mut portions = vec![Portion::default(); pack.rows.len()];
    let mut left_out = Vec::new();
    let mut leave = |item: &Item, why| {
        left_out.push(LeftOut {
            item: item.id,
            entry: item.entry,
            tax_code: item.tax_code.clone(),
            leg: item.leg,
            rate: item.rate,
            why,
        });
    };
    for (place, item) in facts.items.iter().enumerate() {
        match row_of(pack, item).and_then(|row| placed(&pack.rows[row], item).map(|()| row)) {
            Ok(row) => {
                let portion = &mut portions[row];
                portion.items.push(place);
                portion.base += i128::from(item.base_minor);
                portion.tax += i128::from(item.counted_minor());
            }
            Err(why) => leave(item, why),
        }
    }
    turn_cells(pack, &mut portions);
    for (cell, why) in unplaced_cells(pack, &portions) {
        for (row, portion) in portions.iter_mut().enumerate() {
            let same =
                row == cell || pack.rows[row].cell.is_some_and(|c| pack.rows[cell].cell == Some(c));
            if same {
                let gone = std::mem::take(portion);
                gone.items.iter().for_each(|&place| leave(&facts.items[place], why.clone()));
            }
        }
    }
    let feeds = feeds(pack, &portions);
    Sorted { portions, feeds, left_out }
}

/// The one row that takes an item.
fn row_of(pack: &Pack, item: &Item) -> Result<usize, LeftOutWhy> {
    let of_code = pack.by_code.get(&item.tax_code).map_or(&[][..], Vec::as_slice);
    let mut allowed = Vec::new();
    let mut of_rate = false;
    for &place in of_code {
        let row = &pack.rows[place];
        if row.leg != item.leg {
            continue;
        }
        match row.rate {
            Some(rate) if rate != item.rate => {
                if !allowed.contains(&rate) {
                    allowed.push(rate);
                }
            }
            _ if row.takes_nature(item.nature) => return Ok(place),
            _ => of_rate = true,
        }
    }
    Err(match (of_rate, allowed.is_empty()) {
        (true, _) => LeftOutWhy::Nature,
        (false, false) => LeftOutWhy::Rate { allowed },
        (false, true) => LeftOutWhy::NoRow,
    })
}

/// Whether the row has a box for whatever the item brings, on one side of zero at least.
fn placed(row: &CodeRow, item: &Item) -> Result<(), LeftOutWhy> {
    let nowhere = |slot: &Slot, below: &Slot| {
        *slot == Slot::Refused && (row.cell.is_none() || *below == Slot::Refused)
    };
    if item.base_minor != 0 && nowhere(&row.base, &row.base_below) {
        return Err(LeftOutWhy::NoBox { base: true, below: false });
    }
    if item.counted_minor() != 0 && nowhere(&row.tax, &row.tax_below) {
        return Err(LeftOutWhy::NoBox { base: false, below: false });
    }
    Ok(())
}

/// Marks the portions whose cell is below zero.
fn turn_cells(pack: &Pack, portions: &mut [Portion]) {
    let mut sums = vec![0i128; pack.cells.len()];
    for (row, portion) in pack.rows.iter().zip(portions.iter()) {
        if let Some(cell) = row.cell {
            let base = pack.cells[cell].base_decides;
            sums[cell] += if base { portion.base } else { portion.tax };
        }
    }
    for (row, portion) in pack.rows.iter().zip(portions.iter_mut()) {
        portion.below = row.cell.is_some_and(|cell| sums[cell] < 0);
    }
}

fn slots(row: &CodeRow, below: bool) -> [(bool, &Slot); 2] {
    let (base, tax) = if below { (&row.base_below, &row.tax_below) } else { (&row.base, &row.tax) };
    [(true, base), (false, tax)]
}

/// Rows whose sum has no box on the side of zero where its cell lies.
fn unplaced_cells(pack: &Pack, portions: &[Portion]) -> Vec<(usize, LeftOutWhy)> {
    let mut found: Vec<(usize, LeftOutWhy)> = Vec::new();
    for (place, (row, portion)) in pack.rows.iter().zip(portions).enumerate() {
        for (base, slot) in slots(row, portion.below) {
            let sum = if base { portion.base } else { portion.tax };
            let known = row.cell.is_some_and(|cell| {
                found.iter().any(|(other, _)| pack.rows[*other].cell == Some(cell))
            });
            if sum != 0 && *slot == Slot::Refused && !known {
                found.push((place, LeftOutWhy::NoBox { base, below: portion.below }));
            }
        }
    }
    found
}

fn feeds(pack: &Pack, portions: &[Portion]) -> Vec<Vec<Feed>> {
    let mut feeds = vec![Vec::new(); pack.boxes.len()];
    for (place, (row, portion)) in pack.rows.iter().zip(portions).enumerate() {
        if portion.items.is_empty() {
            continue;
        }
        for (base, slot) in slots(row, portion.below) {
            if let Slot::Boxes(boxes) = slot {
                for &fed in boxes {
                    feeds[fed].push(Feed { row: place, base, turned: portion.below });
                }
            }
        }
    }
    feeds
}

#[cfg(test)]
mod tests;
