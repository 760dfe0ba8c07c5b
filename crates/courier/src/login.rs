//! How to sign in: SASL PLAIN where the server has it, LOGIN where it has nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use values::Secret;
use zeroize::Zeroizing;

use crate::words::plain_response;

/// A way to sign in that we speak. Both need TLS, which always stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// RFC 4616.
    Plain,
    /// Never a standard, asked for by some servers that know no other.
    Login,
}

/// Chooses among the names that a server gave.
pub(crate) fn choose<'a>(offered: impl Iterator<Item = &'a str>) -> Option<Method> {
    offered
        .filter_map(|name| {
            if name.eq_ignore_ascii_case("PLAIN") {
                Some((0, Method::Plain))
            } else if name.eq_ignore_ascii_case("LOGIN") {
                Some((1, Method::Login))
            } else {
                None
            }
        })
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, method)| method)
}

/// What to send, in base64, one line after another: each but the first word waits for the server's
/// invitation. PLAIN is one line, LOGIN two.
pub(crate) fn responses(method: Method, user: &str, password: &Secret) -> Vec<Zeroizing<String>> {
    match method {
        Method::Plain => vec![plain_response(user, password)],
        Method::Login => vec![
            Zeroizing::new(STANDARD.encode(user)),
            Zeroizing::new(STANDARD.encode(password.expose())),
        ],
    }
}

/// False when they hold what PLAIN cannot carry: a NUL would move the border between the two.
pub(crate) fn can_be_sent(user: &str, password: &Secret) -> bool {
    !user.contains('\0') && !password.expose().contains('\0')
}
