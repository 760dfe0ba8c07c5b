//! All files of a pack as one run of bytes, the same for the same files.

use super::FILES;
use crate::error::PackFault;

const OPENING: &[u8] = b"tax pack 1\n";

/// Opening line, then for each file a line `name length`, its bytes, a line end.
pub(super) fn pack_up(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = OPENING.to_vec();
    for (name, content) in files {
        bytes.extend_from_slice(format!("{name} {}\n", content.len()).as_bytes());
        bytes.extend_from_slice(content);
        bytes.push(b'\n');
    }
    bytes
}

/// The files again; exactly those of a pack, in their order.
pub(super) fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, PackFault> {
    let fault = |found: &str| PackFault::Blob { found: found.to_owned() };
    let mut rest = bytes.strip_prefix(OPENING).ok_or_else(|| fault("another opening line"))?;
    let mut files = Vec::new();
    for wanted in FILES {
        let end = rest.iter().position(|&b| b == b'\n').ok_or_else(|| fault("a cut file"))?;
        let line = str::from_utf8(&rest[..end]).map_err(|_| fault("a line that is no text"))?;
        let length = line
            .strip_prefix(wanted)
            .and_then(|tail| tail.strip_prefix(' '))
            .and_then(|number| number.parse::<usize>().ok())
            .ok_or_else(|| fault(&format!("`{line}` where {wanted} was expected")))?;
        let body = &rest[end + 1..];
        if body.get(length) != Some(&b'\n') {
            return Err(fault(&format!("a cut {wanted}")));
        }
        files.push((wanted.to_owned(), body[..length].to_vec()));
        rest = &body[length + 1..];
    }
    if rest.is_empty() { Ok(files) } else { Err(fault("bytes after the last file")) }
}
