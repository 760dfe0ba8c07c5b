//! Tables as CSV (RFC 4180), written straight into where they go.

use std::io::{self, Write};

/// How much is gathered before it is handed on.
const GATHERED_BYTES: usize = 64 * 1024;

/// Writes rows of cells; nothing is allocated for a row.
pub(crate) struct Table<'out> {
    out: &'out mut dyn Write,
    gathered: Vec<u8>,
    in_row: bool,
    scale: u64,
    exponent: usize,
}

impl<'out> Table<'out> {
    /// A table whose amounts have `exponent` decimals.
    pub(crate) fn new(out: &'out mut dyn Write, exponent: u32) -> Table<'out> {
        let gathered = Vec::with_capacity(GATHERED_BYTES + 4096);
        let scale = 10u64.pow(exponent.min(18));
        Table { out, gathered, in_row: false, scale, exponent: exponent as usize }
    }

    /// A head row, as it stands.
    pub(crate) fn head(&mut self, head: &str) {
        self.gathered.extend_from_slice(head.as_bytes());
        self.gathered.extend_from_slice(b"\r\n");
    }

    fn begin_cell(&mut self) {
        if self.in_row {
            self.gathered.push(b',');
        }
        self.in_row = true;
    }

    /// An empty cell.
    pub(crate) fn empty(&mut self) {
        self.begin_cell();
    }

    /// A cell of text, quoted where it must be.
    pub(crate) fn text(&mut self, text: &str) {
        self.begin_cell();
        if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n')) {
            self.gathered.extend_from_slice(text.as_bytes());
            return;
        }
        self.gathered.push(b'"');
        for byte in text.bytes() {
            if byte == b'"' {
                self.gathered.push(b'"');
            }
            self.gathered.push(byte);
        }
        self.gathered.push(b'"');
    }

    /// A cell of an amount in minor units: `1234.56`.
    pub(crate) fn amount(&mut self, amount_minor: i64) {
        self.begin_cell();
        write_amount(&mut self.gathered, amount_minor, self.scale, self.exponent);
    }

    /// Debit and credit as two cells, the other one empty.
    pub(crate) fn debit_credit(&mut self, amount_minor: i64) {
        if amount_minor >= 0 {
            self.amount(amount_minor);
            self.empty();
        } else {
            self.empty();
            self.amount(-amount_minor);
        }
    }

    /// A cell of a whole number.
    pub(crate) fn integer(&mut self, number: i64) {
        self.begin_cell();
        if number < 0 {
            self.gathered.push(b'-');
        }
        write_digits(&mut self.gathered, number.unsigned_abs(), 1);
    }

    /// A cell of an entry's number: `VE-000012`, a former software's own, or nothing.
    pub(crate) fn number(&mut self, journal: &str, number: Option<i64>, former: Option<&str>) {
        match number {
            Some(number) => {
                self.text(journal);
                self.gathered.push(b'-');
                write_digits(&mut self.gathered, number.unsigned_abs(), 6);
            }
            None => self.text(former.unwrap_or("")),
        }
    }

    /// Ends the row.
    pub(crate) fn end_row(&mut self) -> io::Result<()> {
        self.gathered.extend_from_slice(b"\r\n");
        self.in_row = false;
        if self.gathered.len() >= GATHERED_BYTES {
            self.out.write_all(&self.gathered)?;
            self.gathered.clear();
        }
        Ok(())
    }

    /// Hands on what is left.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.out.write_all(&self.gathered)?;
        self.gathered.clear();
        self.out.flush()
    }
}

/// An amount in minor units, with a point before its decimals.
pub(crate) fn write_amount(into: &mut Vec<u8>, amount_minor: i64, scale: u64, exponent: usize) {
    if amount_minor < 0 {
        into.push(b'-');
    }
    let size = amount_minor.unsigned_abs();
    write_digits(into, size / scale, 1);
    if exponent > 0 {
        into.push(b'.');
        write_digits(into, size % scale, exponent);
    }
}

/// Decimal digits, with zeros before them up to `least`.
pub(crate) fn write_digits(into: &mut Vec<u8>, mut number: u64, least: usize) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    while number > 0 {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    let from = at.min(digits.len() - least.min(digits.len()));
    into.extend_from_slice(&digits[from..]);
}
