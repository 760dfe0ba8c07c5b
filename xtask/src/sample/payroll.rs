//! Wages of the month as one entry, and the lines that pay staff and bodies.

use super::calendar::{month_name, on, working_from, working_until};
use super::model::{Bank, Entry, Means, World, half_up};
use super::opening::{OWED_INCOME_TAX_WITHHELD, OWED_PENSION, OWED_URSSAF};

/// Staff: name, monthly gross in cents, rate of income tax withheld in tenths of a percent.
const STAFF: [(&str, i64, i64); 4] = [
    ("E. Morvan", 3_400_00, 72),
    ("L. Trévaudan", 2_450_00, 35),
    ("S. Kermorlet", 2_280_00, 21),
    ("A. Doulgoat", 2_090_00, 13),
];

/// Contributions in tenths of a percent of the gross: withheld from staff, then borne by the
/// business. Rounded figures that stand for the many lines of a real payslip.
const URSSAF: (i64, i64) = (142, 236);
const PENSION: (i64, i64) = (74, 61);

/// What one month's payroll owes to each body, in cents.
struct Owed {
    urssaf: i64,
    pension: i64,
    income_tax: i64,
}

/// Writes the payroll entries and every line they lead to.
pub fn write(world: &mut World) {
    let mut owed =
        Owed { urssaf: OWED_URSSAF, pension: OWED_PENSION, income_tax: OWED_INCOME_TAX_WITHHELD };
    for month in 1..=10 {
        bodies(world, month, &owed);
        owed = wages(world, month);
    }
}

/// Pays the bodies what the month before left owed.
fn bodies(world: &mut World, month: u32, owed: &Owed) {
    let before = format!("{:02}{}", (month + 10) % 12 + 1, if month == 1 { 2025 } else { 2026 });
    for (day, amount_minor, party, memo) in [
        (15, owed.urssaf, "URSSAF PAYS DE LA LOIRE", format!("PRLV URSSAF COTISATIONS {before}")),
        (16, owed.income_tax, "DGFIP", format!("PRLV DGFIP PAS-DSN {before}")),
        (25, owed.pension, "RETRAITE DU PONANT", format!("PRLV RETRAITE COMPL {before}")),
    ] {
        let day = working_from(on(month, day));
        world.plain(Bank::Current, day, -amount_minor, Means::DirectDebit, party, memo);
    }
}

fn wages(world: &mut World, month: u32) -> Owed {
    // A holiday bonus in June.
    let bonus = if month == 6 { 400_00 } else { 0 };
    let day = working_until(on(month, 31));
    let (mut gross_total, mut charges) = ([0i64; 2], [0i64; 2]);
    let mut owed = Owed { urssaf: 0, pension: 0, income_tax: 0 };
    let mut nets = Vec::new();
    for (name, monthly, withheld) in STAFF {
        let gross = monthly + bonus;
        let share = |rate| half_up(gross * rate, 1000);
        let net_before_tax = gross - share(URSSAF.0) - share(PENSION.0);
        let income_tax = half_up(net_before_tax * withheld, 1000);
        gross_total[0] += monthly;
        gross_total[1] += bonus;
        charges[0] += share(URSSAF.1);
        charges[1] += share(PENSION.1);
        owed.urssaf += share(URSSAF.0) + share(URSSAF.1);
        owed.pension += share(PENSION.0) + share(PENSION.1);
        owed.income_tax += income_tax;
        nets.push((name, net_before_tax - income_tax));
    }
    let label = format!("Paie de {} 2026", month_name(month));
    let mut entry = Entry::new("OD", day, format!("PAIE-2026-{month:02}"), label);
    entry.line("6411", gross_total[0]);
    entry.line("6413", gross_total[1]);
    entry.line("6451", charges[0]);
    entry.line("6453", charges[1]);
    for (name, net) in &nets {
        entry.push("421", None, -net, Some(format!("Net à payer, {name}")));
        let memo = format!("SALAIRE {} 2026", month_name(month).to_uppercase());
        world.plain(Bank::Current, day, -net, Means::TransferOut, name, memo);
    }
    entry.line("431", -owed.urssaf);
    entry.line("437", -owed.pension);
    entry.line("4421", -owed.income_tax);
    world.entries.push(entry);
    owed
}
