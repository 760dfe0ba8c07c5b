//! Encoded words of RFC 2047, for the case that lettre leaves alone: ASCII that looks encoded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Text bytes a word: 45 become 60 in base64, with the frame 72 of the 75 that are allowed.
const BYTES_A_WORD: usize = 45;

/// The whole text in encoded words, folded, one a line. A word holds whole characters.
pub(super) fn encode(text: &str) -> String {
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut end = rest.len().min(BYTES_A_WORD);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        words.push(format!("=?utf-8?b?{}?=", STANDARD.encode(&rest[..end])));
        rest = &rest[end..];
    }
    words.join("\r\n ")
}
