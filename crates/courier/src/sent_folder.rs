//! Evidence: whether a letter of unknown fate lies among the sent ones, and a copy of one that was
//! sent. Over IMAP, at the person's own server.
//!
//! The dialogue is our own, as few words are needed: the crate `imap` 3.0.0-alpha.15, a preview for
//! years, would bring a TLS connector, two parsers and a regular-expression engine of its own.

use values::Secret;

pub(crate) mod fault;
mod session;

use fault::{FolderFault, FolderFaultKind, Step};
use session::{Folder, Session, readable};

use crate::letter::check_message_id;
use crate::login::can_be_sent;
use crate::send::wire_form;
use crate::words::Scrubber;
use crate::{ImapAccount, Patience, Trust};

/// Where a letter was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The folder's name, as people read it.
    pub folder: String,
}

/// What became of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filed {
    /// It lay there already: many servers keep what they send.
    AlreadyThere {
        /// The folder's name, as people read it.
        folder: String,
    },
    /// It was put there.
    Added {
        /// The folder's name, as people read it.
        folder: String,
    },
}

/// Looks for a letter by its Message-ID in the folder that is marked `\Sent`, then in the one
/// marked `\All` (RFC 6154). To find it proves that it was sent; not to find it proves nothing, as
/// many servers keep no copy of what they send.
pub fn find_sent(
    account: &ImapAccount,
    password: &Secret,
    message_id: &str,
    trust: &Trust,
    patience: &Patience,
) -> Result<Option<Found>, FolderFault> {
    check(account, password, message_id)?;
    let mut session = Session::open(account, password, trust, patience)?;
    let folders = marked(&mut session)?;
    let found = look(&mut session, &folders, message_id)?;
    session.close();
    Ok(found)
}

/// Puts a copy of a sent letter into the folder marked `\Sent`, unless it is found there or in the
/// one marked `\All`. Who gets [`FolderFaultKind::Silent`] or [`FolderFaultKind::Dropped`] may ask
/// again: the letter is looked up first.
pub fn file_sent(
    account: &ImapAccount,
    password: &Secret,
    message_id: &str,
    message: &[u8],
    trust: &Trust,
    patience: &Patience,
) -> Result<Filed, FolderFault> {
    check(account, password, message_id)?;
    if !wire_form::is_sound(message) {
        return Err(unsendable(account, password, "the letter is not in the form of RFC 5322"));
    }
    let mut session = Session::open(account, password, trust, patience)?;
    let folders = marked(&mut session)?;
    let filed = match look(&mut session, &folders, message_id)? {
        Some(found) => Filed::AlreadyThere { folder: found.folder },
        None => {
            let Some(sent) = folders.iter().find(|folder| is_marked(folder, SENT)) else {
                let words = "no folder is marked \\Sent";
                return Err(session.fault(FolderFaultKind::NoSentFolder, words));
            };
            session.append(sent, message)?;
            Filed::Added { folder: readable(&sent.raw_name) }
        }
    };
    session.close();
    Ok(filed)
}

const SENT: &str = "\\SENT";
const ALL: &str = "\\ALL";

fn is_marked(folder: &Folder, mark: &str) -> bool {
    folder.marks.iter().any(|own| own == mark)
}

/// The folders in which a sent letter may lie, the likely ones first.
fn marked(session: &mut Session) -> Result<Vec<Folder>, FolderFault> {
    let mut folders = session.folders()?;
    folders.retain(|folder| is_marked(folder, SENT) || is_marked(folder, ALL));
    folders.sort_by_key(|folder| !is_marked(folder, SENT));
    if folders.is_empty() {
        let words = "no folder is marked \\Sent or \\All";
        return Err(session.fault(FolderFaultKind::NoSentFolder, words));
    }
    Ok(folders)
}

fn look(
    session: &mut Session,
    folders: &[Folder],
    message_id: &str,
) -> Result<Option<Found>, FolderFault> {
    for folder in folders {
        if session.holds(folder, message_id)? {
            return Ok(Some(Found { folder: readable(&folder.raw_name) }));
        }
    }
    Ok(None)
}

fn check(account: &ImapAccount, password: &Secret, message_id: &str) -> Result<(), FolderFault> {
    if check_message_id(message_id).is_err() {
        return Err(unsendable(account, password, "no Message-ID that can be asked for"));
    }
    if !can_be_sent(&account.user, password) {
        return Err(unsendable(account, password, "user or password holds a NUL"));
    }
    Ok(())
}

fn unsendable(account: &ImapAccount, password: &Secret, words: &str) -> FolderFault {
    let words = Scrubber::new(&account.user, password).clean(words);
    FolderFault { step: Step::Connecting, kind: FolderFaultKind::Unsendable, words }
}
