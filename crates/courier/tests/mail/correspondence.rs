//! What the tests send, from whom, and whom they trust.

use std::sync::OnceLock;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeZone, Utc};
use courier::{Address, Attachment, Letter, MailAccount, Patience, Security, Trust};

use crate::fault_server::Authority;

/// Planted in every dialogue, looked for in everything that comes out of it.
pub const PASSWORD: &str = "corr3ct-h0rse-b4ttery";

/// For servers that never answer.
pub const HURRIED: Patience = Patience {
    connect: Duration::from_millis(2000),
    reply: Duration::from_millis(400),
    verdict: Duration::from_millis(400),
};

pub fn authority() -> &'static Authority {
    static AUTHORITY: OnceLock<Authority> = OnceLock::new();
    AUTHORITY.get_or_init(|| Authority::new("authority of the test"))
}

/// The instant at which the tests take place.
pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 1, 8, 30, 0).single().expect("an instant")
}

pub fn trust() -> Trust {
    Trust::system(now()).and_roots(authority().root()).expect("a root")
}

pub fn person(address: &str) -> Address {
    Address { name: None, address: address.to_owned() }
}

/// A letter with lines of dots and an attachment of every byte, larger than the sockets' buffers if
/// asked for.
pub fn letter(attachment_bytes: usize) -> Letter {
    Letter {
        from: person("compta@crémerie.example"),
        reply_to: None,
        to: vec![person("ada@client.example"), person("bob@client.example")],
        subject: "Facture 2026-0042".to_owned(),
        body: ".\n..\n.begins with a dot\n\nÀ bientôt\n.\n".to_owned(),
        attachments: vec![Attachment {
            name: "été.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            bytes: (0..=255).cycle().take(attachment_bytes).collect(),
        }],
        message_id: "<inv.42.1@crmerie.example>".to_owned(),
        date: now(),
    }
}

pub fn account(port: u16, security: Security) -> MailAccount {
    MailAccount {
        host: "localhost".to_owned(),
        port,
        security,
        user: "ada".to_owned(),
        from: person("compta@crémerie.example"),
        hello: None,
    }
}

/// Fails if the password stands in what was told, plain or as it is written to servers.
pub fn holds_no_secret(told: &str) {
    let plain = STANDARD.encode(format!("\0ada\0{PASSWORD}"));
    for secret in [PASSWORD, &STANDARD.encode(PASSWORD), &plain] {
        assert!(!told.contains(secret), "{told}");
    }
}
