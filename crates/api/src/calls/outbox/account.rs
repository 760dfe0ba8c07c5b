//! The mail account letters go out by. Its password is in the keychain and nowhere else.

use super::super::{Called, Nothing, Seen};
use crate::app::App;
use crate::failure::{Explain, Failure};
use crate::host::{Progress, SecretFault, SecretName};
use crate::sentences::Sentences;
use book::ChangeSetting;
use book::read::Reader;
use courier::{MailAccount, Phase, Security, SendFault, Stop, Trust};
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;
use values::Secret;

/// The setting that keeps the account, without its password.
const SETTING: &str = "mail_account";

/// The name of its password among the secrets of the book.
pub(super) const SECRET: &str = "mail";

/// The mail account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MailAccountView {
    /// The account; none while none is set.
    pub account: Option<MailAccountCard>,
    /// Whether its password is in the keychain.
    pub has_password: bool,
    /// Whether a passphrase must be given first: the system has no keychain.
    pub sealed: bool,
}

/// A mail account as it is shown and set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct MailAccountCard {
    /// The server's name.
    pub host: String,
    /// Its port: 465 or 587.
    pub port: u16,
    /// Whether TLS is from the first byte; else STARTTLS, which the server must offer.
    pub implicit_tls: bool,
    /// The name to sign in with.
    pub user: String,
    /// The address letters come from.
    pub address: String,
    /// The name beside it.
    #[serde(default)]
    pub name: Option<String>,
}

/// A mail account to set.
#[derive(Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct SetMailAccount {
    /// The account.
    pub account: MailAccountCard,
    /// Its password; the one that is kept stays when absent.
    #[serde(default)]
    pub password: Option<String>,
}

/// A passphrase.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Passphrase {
    /// The words.
    pub passphrase: String,
}

impl App {
    /// The mail account, and whether its password is kept.
    pub fn mail_account(
        &self,
        book: &Path,
        _: Nothing,
        _: &dyn Progress,
    ) -> Called<MailAccountView> {
        let reader = self.reader(book)?;
        let view = self.account_view(book, &reader)?;
        Ok(Seen::at(reader.seq(), view))
    }

    /// Keeps the account in the book and its password in the keychain.
    pub fn set_mail_account(
        &self,
        book: &Path,
        request: SetMailAccount,
        progress: &dyn Progress,
    ) -> Called<MailAccountView> {
        let account = request.account.account();
        courier::Envelope::new(&account.from.address, &[&account.from.address])
            .map_err(|_| self.own("bad-email", &[("value", &account.from.address)]))?;
        if account.host.trim().is_empty() || account.port == 0 {
            return Err(self.own("bad-mail-host", &[]));
        }
        let reader = self.reader(book)?;
        // The password first: an account without one would only be refused at the first letter.
        if let Some(password) = request.password.filter(|password| !password.is_empty()) {
            let uuid = self.uuid(&reader)?;
            let of = SecretName { book, uuid: &uuid, name: SECRET };
            let kept = self.host.secrets.keep(&of, &Secret::new(password));
            kept.map_err(|why| self.failed(&why))?;
        }
        let today = self.today(&reader)?;
        drop(reader);
        let value = serde_json::to_string(&account)
            .map_err(|why| self.own("bug", &[("call", "set_mail_account")]).with_detail(&why))?;
        let change = ChangeSetting { name: SETTING.to_owned(), value, valid_from: today };
        let done = self.command(book, change, progress)?;
        let reader = self.reader(book)?;
        Ok(Seen::wrote(&done, self.account_view(book, &reader)?))
    }

    /// Signs in at the mail server and leaves again; no letter is sent.
    pub fn test_mail(&self, book: &Path, _: Nothing, progress: &dyn Progress) -> Called<Nothing> {
        let reader = self.reader(book)?;
        let (account, password) = self.account_and_password(book, &reader)?;
        let seq = reader.seq();
        drop(reader);
        progress.begin("sign-in", &account.host);
        let address = account.from.address.as_str();
        let envelope = courier::Envelope::new(address, &[address])
            .map_err(|_| self.own("bad-email", &[("value", address)]))?;
        let mut signed_in = false;
        let mut watch = |phase: Phase| {
            signed_in |= phase == Phase::Sender;
            if signed_in || !progress.step(0, None) { Err(Stop) } else { Ok(()) }
        };
        let trust = Trust::system((self.host.clock)());
        let probe = b"Subject: \r\n\r\n";
        let tried = courier::send(
            &account,
            &password,
            &envelope,
            probe,
            &trust,
            &self.host.patience,
            &mut watch,
        );
        match tried {
            Err(fault) if !signed_in => Err(self.failed(&fault)),
            _ => Ok(Seen::at(seq, Nothing {})),
        }
    }

    /// Opens the sealed file of secrets beside the book, where the system has no keychain.
    pub fn unseal_secrets(
        &self,
        book: &Path,
        request: Passphrase,
        _: &dyn Progress,
    ) -> Called<Nothing> {
        let opened = self.host.secrets.unseal(book, Secret::new(request.passphrase));
        opened.map_err(|why| self.failed(&why))?;
        Ok(Seen::nowhere(Nothing {}))
    }

    fn account_view(&self, book: &Path, reader: &Reader) -> Result<MailAccountView, Failure> {
        let account = self.account_of(reader)?.map(MailAccountCard::of);
        let uuid = self.uuid(reader)?;
        let found = self.host.secrets.find(&SecretName { book, uuid: &uuid, name: SECRET });
        Ok(MailAccountView {
            account,
            has_password: matches!(found, Ok(Some(_))),
            sealed: matches!(found, Err(SecretFault::Sealed)),
        })
    }

    /// The account of today.
    pub(super) fn account_of(&self, reader: &Reader) -> Result<Option<MailAccount>, Failure> {
        let today = self.today(reader)?;
        let kept = reader.setting(SETTING, today).map_err(|why| self.failed(&why))?;
        // What cannot be read is no account: the person sets it again.
        Ok(kept.and_then(|text| serde_json::from_str(&text).ok()))
    }

    pub(super) fn account_and_password(
        &self,
        book: &Path,
        reader: &Reader,
    ) -> Result<(MailAccount, Secret), Failure> {
        let account = self.account_of(reader)?.ok_or_else(|| self.own("no-mail-account", &[]))?;
        let uuid = self.uuid(reader)?;
        let of = SecretName { book, uuid: &uuid, name: SECRET };
        let password = self.host.secrets.find(&of).map_err(|why| self.failed(&why))?;
        let password = password.ok_or_else(|| self.own("no-mail-password", &[]))?;
        Ok((account, password))
    }

    pub(crate) fn uuid(&self, reader: &Reader) -> Result<String, Failure> {
        let today = self.today(reader)?;
        Ok(reader.facts(today).map_err(|why| self.failed(&why))?.uuid)
    }
}

impl MailAccountCard {
    fn account(&self) -> MailAccount {
        let security = if self.implicit_tls { Security::ImplicitTls } else { Security::StartTls };
        let trimmed = |text: &str| text.trim().to_owned();
        MailAccount {
            host: trimmed(&self.host),
            port: self.port,
            security,
            user: trimmed(&self.user),
            from: courier::Address {
                name: self.name.as_deref().map(trimmed).filter(|name| !name.is_empty()),
                address: trimmed(&self.address),
            },
            hello: None,
        }
    }

    fn of(account: MailAccount) -> MailAccountCard {
        MailAccountCard {
            host: account.host,
            port: account.port,
            implicit_tls: account.security == Security::ImplicitTls,
            user: account.user,
            address: account.from.address,
            name: account.from.name,
        }
    }
}

impl Explain for SendFault {
    fn explain(&self, sentences: &Sentences) -> Failure {
        let args = [("words", self.words.clone())];
        Failure::of(sentences, "courier.fault", self.kind.code(), args)
    }
}

impl Explain for SecretFault {
    fn explain(&self, sentences: &Sentences) -> Failure {
        let (code, words) = match self {
            SecretFault::Sealed => ("secrets-sealed", ""),
            SecretFault::WrongPassphrase => ("wrong-passphrase", ""),
            SecretFault::Refused(words) => ("keychain-refused", words.as_str()),
            SecretFault::File(words) => ("secrets-file", words.as_str()),
        };
        Failure::own(sentences, code, &[("words", words)])
    }
}
