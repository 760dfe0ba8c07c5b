//! What the sample knows of each tax code it uses: rate, accounts, deductible share.
//!
//! The engine reads these from `assets/tax-codes`; the sample keeps its own copy on purpose, so
//! that its expected figures check the engine instead of repeating it.

/// One tax code as the year 2026 has it.
pub struct Code {
    pub name: &'static str,
    /// The rate as tax items write it, in percent.
    pub rate: &'static str,
    /// The same rate in tenths of a percent.
    pub rate_per_mille: i64,
    /// Account of the VAT we owe, where the operation has one.
    pub due_account: Option<&'static str>,
    /// Account of the VAT we deduct, where the operation has one.
    pub deductible_account: Option<&'static str>,
    /// Share that may be deducted, in percent.
    pub share_percent: i64,
    /// The base line of the CA3 (notice 3310-CA3), empty where none is asked.
    pub base_box: &'static str,
}

const fn sale(
    name: &'static str,
    rate: &'static str,
    rate_per_mille: i64,
    due_account: Option<&'static str>,
    base_box: &'static str,
) -> Code {
    Code {
        name,
        rate,
        rate_per_mille,
        due_account,
        deductible_account: None,
        share_percent: 0,
        base_box,
    }
}

const fn purchase(
    name: &'static str,
    rate: &'static str,
    rate_per_mille: i64,
    deductible_account: Option<&'static str>,
    share_percent: i64,
) -> Code {
    Code {
        name,
        rate,
        rate_per_mille,
        due_account: None,
        deductible_account,
        share_percent,
        base_box: "",
    }
}

const fn reverse(
    name: &'static str,
    due_account: &'static str,
    deductible_account: &'static str,
    base_box: &'static str,
) -> Code {
    Code {
        name,
        rate: "20",
        rate_per_mille: 200,
        due_account: Some(due_account),
        deductible_account: Some(deductible_account),
        share_percent: 100,
        base_box,
    }
}

const CODES: [Code; 14] = [
    sale("S20", "20", 200, Some("445711"), "A1"),
    sale("S10", "10", 100, Some("445712"), "A1"),
    sale("S55", "5.5", 55, Some("445713"), "A1"),
    sale("EXPORT", "0", 0, None, "E1"),
    sale("IC-GOODS", "0", 0, None, "F2"),
    sale("IC-SERV", "0", 0, None, "E2"),
    sale("EXT-SERV", "0", 0, None, "E2"),
    purchase("P20", "20", 200, Some("445661"), 100),
    purchase("P55", "5.5", 55, Some("445661"), 100),
    purchase("P0", "0", 0, None, 100),
    purchase("P20-FA", "20", 200, Some("44562"), 100),
    purchase("P20-FUEL80", "20", 200, Some("445661"), 80),
    reverse("RCS20", "445202", "445663", "A3"),
    reverse("AIC20", "445201", "445662", "B2"),
];

/// The code of that name, which the table must hold.
pub fn code(name: &str) -> &'static Code {
    CODES.iter().find(|code| code.name == name).expect("the table names every code")
}
