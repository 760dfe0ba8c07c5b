//! What a server or the system said, made fit to be kept and shown.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use values::Secret;
use zeroize::Zeroizing;

/// Longer words are cut: a fault is read by people.
const LONGEST_CHARACTERS: usize = 500;

/// What stands where a secret stood.
const HIDDEN: &str = "[hidden]";

/// Cleans words; it knows the secrets of the dialogue, as a server may repeat what it was sent.
pub(crate) struct Scrubber {
    secrets: Vec<Zeroizing<String>>,
}

impl Scrubber {
    /// Knows the password and each form in which it is written to a server.
    pub fn new(user: &str, password: &Secret) -> Scrubber {
        let clear = password.expose();
        let secrets = [
            plain_response(user, password),
            Zeroizing::new(STANDARD.encode(clear)),
            Zeroizing::new(clear.to_owned()),
        ];
        let secrets = secrets.into_iter().filter(|secret| !secret.is_empty()).collect();
        Scrubber { secrets }
    }

    /// Without control characters, without secrets, cut to a length.
    pub fn clean(&self, words: &str) -> String {
        let spaced = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut clean: String =
            spaced.chars().filter(|character| !character.is_control()).collect();
        for secret in &self.secrets {
            // A secret with spaces or control characters could be hidden from the search by the
            // cleaning above, so it is looked for in the same clothes.
            let worn = secret.split_whitespace().collect::<Vec<_>>().join(" ");
            let worn: Zeroizing<String> =
                Zeroizing::new(worn.chars().filter(|character| !character.is_control()).collect());
            if !worn.is_empty() {
                clean = clean.replace(worn.as_str(), HIDDEN);
            }
        }
        match clean.char_indices().nth(LONGEST_CHARACTERS) {
            Some((end, _)) => format!("{}…", &clean[..end]),
            None => clean,
        }
    }
}

/// The response of SASL PLAIN (RFC 4616) in base64.
pub(crate) fn plain_response(user: &str, password: &Secret) -> Zeroizing<String> {
    let clear = Zeroizing::new(format!("\0{user}\0{}", password.expose()));
    Zeroizing::new(STANDARD.encode(clear.as_bytes()))
}

#[cfg(test)]
mod tests;
