//! Addresses that may be asked: https, a host of the connector's list, and nothing clever.

use reqwest::Url;
use values::Secret;

/// An address that passed the rules. There is no other way to make one, so that a request to
/// anywhere else cannot be built.
pub struct Address(Url);

impl Address {
    /// An address whose host stands in the list, compared after parsing: https, no user, no number
    /// in place of a name, no port but 443, no fragment.
    pub(crate) fn parse(text: &str, hosts: &[String]) -> Option<Address> {
        let url = Url::parse(text.trim()).ok()?;
        let plain = url.username().is_empty() && url.password().is_none();
        plain.then(|| Address::checked(url, hosts)).flatten()
    }

    /// An address with user and password in it: they are taken out, to be sent as a header.
    pub(crate) fn with_user(text: &str, hosts: &[String]) -> Option<(Address, Secret, Secret)> {
        let mut url = Url::parse(text.trim()).ok()?;
        let user = Secret::new(decoded(url.username())?);
        let password = Secret::new(decoded(url.password()?)?);
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
        Some((Address::checked(url, hosts)?, user, password))
    }

    fn checked(url: Url, hosts: &[String]) -> Option<Address> {
        let named = url.domain().is_some_and(|host| hosts.iter().any(|known| known == host));
        // A default port is dropped by parsing: what is left is another one.
        let sound = url.scheme() == "https" && url.port().is_none() && url.fragment().is_none();
        (named && sound).then_some(Address(url))
    }

    /// The host's name.
    pub fn host(&self) -> &str {
        self.0.domain().unwrap_or_default()
    }

    /// What is asked of that host: the path, and the query if there is one, as they are sent.
    pub fn target(&self) -> String {
        match self.0.query() {
            Some(query) => format!("{}?{query}", self.0.path()),
            None => self.0.path().to_owned(),
        }
    }

    /// This address with a path below its own and a query.
    pub(crate) fn below(mut self, path: &str, query: &[(String, String)]) -> Address {
        if !path.is_empty() {
            let base = self.0.path().trim_end_matches('/').to_owned();
            self.0.set_path(&format!("{base}{path}"));
        }
        if !query.is_empty() {
            let mut pairs = self.0.query_pairs_mut();
            for (name, value) in query {
                pairs.append_pair(name, value);
            }
            drop(pairs);
        }
        self
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// Whether the host is one of the list; asked again by the one who opens the connection.
    pub(crate) fn is_of(&self, hosts: &[String]) -> bool {
        hosts.iter().any(|known| known == self.host())
    }
}

/// A value within a path: everything but letters, digits and `-_.~` escaped, dots alone refused.
pub(crate) fn segment(value: &str) -> Option<String> {
    if value.is_empty() || value == "." || value == ".." {
        return None;
    }
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(out)
}

/// The text behind `%41` and the like.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_hosts_pass() {
        let hosts = ["bank.example".to_owned(), "xn--bnk-qla.example".to_owned()];
        for good in [
            "https://bank.example/v2",
            "https://BANK.example:443/v2?a=b",
            "https://bänk.example/",
            " https://bank.example\n",
        ] {
            assert!(Address::parse(good, &hosts).is_some(), "{good}");
        }
        for bad in [
            "http://bank.example/",
            "https://bank.example:8443/",
            "https://bank.example./",
            "https://evil.example/",
            "https://bank.example.evil.example/",
            "https://bank.example@evil.example/",
            "https://user@bank.example/",
            "https://user:pass@bank.example/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://2130706433/",
            "https://bank.example#x",
            "https:/\\evil.example/bank.example",
            "file:///etc/hosts",
            "//bank.example/",
            "bank.example",
            "",
        ] {
            assert!(Address::parse(bad, &hosts).is_none(), "{bad}");
        }
    }

    #[test]
    fn user_and_password_are_taken_out() {
        let hosts = ["bank.example".to_owned()];
        let found = Address::with_user("https://u%40x:p%2Fw@bank.example/simplefin", &hosts);
        let (address, user, password) = found.expect("it is sound");
        assert_eq!((user.expose(), password.expose()), ("u@x", "p/w"));
        let query = [("status[]".to_owned(), "a b".to_owned())];
        let below = address.below("/accounts", &query);
        let expect = "https://bank.example/simplefin/accounts?status%5B%5D=a+b";
        assert_eq!(below.url().as_str(), expect);
        assert_eq!(below.target(), "/simplefin/accounts?status%5B%5D=a+b");
        assert!(Address::with_user("https://bank.example/", &hosts).is_none());
        assert!(Address::with_user("https://u:p@evil.example/", &hosts).is_none());
    }

    #[test]
    fn a_value_in_a_path_stays_one_step() {
        assert_eq!(segment("a/../b?c#d").as_deref(), Some("a%2F..%2Fb%3Fc%23d"));
        assert_eq!(segment(".."), None);
        assert_eq!(segment("0d6a-é").as_deref(), Some("0d6a-%C3%A9"));
    }
}
