//! Read-only connections that outlive a reader: opening one parses the whole schema, which costs
//! more than most questions.

use super::Reader;
use crate::door::Key;
use crate::error::Result;
use crate::law::Law;
use rusqlite::Connection;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Idle connections kept; what more readers than these leave is closed.
const MOST_IDLE: usize = 4;

type Idle = Arc<Mutex<Vec<Connection>>>;

/// Lends readers of one book. Each is a snapshot of its own; closed with the last of them.
pub struct Readers {
    path: PathBuf,
    law: Law,
    idle: Idle,
}

impl Readers {
    /// Readers of the book at a path; nothing is opened yet.
    pub fn new(path: &Path, law: Law) -> Readers {
        Readers { path: path.to_owned(), law, idle: Idle::default() }
    }

    /// A reader of what is committed now.
    pub fn reader(&self) -> Result<Reader> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => crate::door::connect_read_only(&self.path, None)?,
        };
        Reader::begin(Lent::by(&self.idle, connection), self.law.clone())
    }
}

/// A connection that goes back to those who lent it, its snapshot ended.
pub(super) struct Lent {
    connection: Option<Connection>,
    home: Option<Idle>,
}

impl Lent {
    fn by(home: &Idle, connection: Connection) -> Lent {
        Lent { connection: Some(connection), home: Some(Arc::clone(home)) }
    }

    /// A reader's own connection to a book, closed with it.
    pub(super) fn own(path: &Path, key: Option<&Key>) -> Result<Lent> {
        let connection = crate::door::connect_read_only(path, key)?;
        Ok(Lent { connection: Some(connection), home: None })
    }
}

impl Deref for Lent {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection.as_ref().expect("taken only when dropped")
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let (Some(connection), Some(home)) = (self.connection.take(), &self.home) else { return };
        let mut idle = home.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MOST_IDLE && connection.execute_batch("ROLLBACK").is_ok() {
            idle.push(connection);
        }
    }
}
