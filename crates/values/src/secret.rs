//! A secret on its way from the keychain to the one call that needs it.

use zeroize::Zeroizing;

/// A password, a key or a token. It has neither `Debug` nor `Display` and cannot be serialised, so
/// that it reaches no log, no error and no book by accident; its bytes are wiped when it is
/// dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Holds what a person typed or a keychain gave.
    pub fn new(text: String) -> Secret {
        Secret(Zeroizing::new(text))
    }

    /// The secret itself, for the call that needs it and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}
