//! What a window's row holds beside its proof: how many lines it showed, and the file it came in.

use super::Reader;
use crate::error::Result;
use crate::ids::BankAccountId;

/// Lines and file of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowFile {
    /// The window's id.
    pub window: i64,
    /// How many lines the read itself showed.
    pub lines: u64,
    /// The latest file that brought it, as it was named.
    pub file: Option<String>,
    /// The reader of that file and its version.
    pub reader: Option<String>,
}

impl Reader {
    /// Lines and file of each window of a bank account, by first day.
    pub fn window_files(&self, of: BankAccountId) -> Result<Vec<WindowFile>> {
        self.all(
            "SELECT \"window\".id, lines, origin, reader, max(statement.id)
             FROM \"window\" LEFT JOIN statement ON statement.\"window\" = \"window\".id
             LEFT JOIN blob_state ON blob_state.hash = statement.blob
             WHERE bank_account = ?1 GROUP BY \"window\".id ORDER BY first_day, \"window\".id",
            [of],
            |row| {
                Ok(WindowFile {
                    window: row.get(0)?,
                    lines: row.get::<_, i64>(1)? as u64,
                    file: row.get(2)?,
                    reader: row.get(3)?,
                })
            },
        )
    }

    /// The name and size of a blob, if the book holds it.
    pub fn blob_name(&self, hash: &str) -> Result<Option<(String, u64)>> {
        self.first(
            "SELECT origin, size FROM blob_state WHERE hash = ?1 ORDER BY id LIMIT 1",
            [hash],
            |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)),
        )
    }
}
