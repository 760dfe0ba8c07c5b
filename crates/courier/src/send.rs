//! Sending one letter through the sender's own server (RFC 6409, RFC 5321), once.

use std::time::Duration;

use values::Secret;
use zeroize::Zeroizing;

use crate::login::{can_be_sent, responses};
use crate::wire::{Wire, WireFault, WireKind};
use crate::words::Scrubber;
use crate::{Envelope, MailAccount, Patience, Security, Trust};

pub(crate) mod fault;
mod reply;
pub(crate) mod wire_form;

use fault::{FaultKind, HandedOver, Phase, SendFault, Stop};
use reply::{Offers, Reply, Sense};

/// How long to wait for a goodbye. Nothing hangs on it any more.
pub(crate) const GOODBYE: Duration = Duration::from_secs(2);

/// That the server has taken the letter, and answers for it from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The text of its answer, which often names the letter's number in its queue.
    pub words: String,
}

/// Hands one letter to the server: all recipients or none.
///
/// `message` is what [`crate::compose`] gave, and goes out byte for byte. `watch` is told each
/// [`Phase`] before its first byte is written and may say [`Stop`]; after a stop nothing has been
/// handed over. At [`Phase::Ended`] its word changes nothing: the letter is gone.
pub fn send(
    account: &MailAccount,
    password: &Secret,
    envelope: &Envelope,
    message: &[u8],
    trust: &Trust,
    patience: &Patience,
    watch: &mut dyn FnMut(Phase) -> Result<(), Stop>,
) -> Result<Receipt, SendFault> {
    let scrubber = Scrubber::new(&account.user, password);
    let mut dialogue = Dialogue { account, patience, scrubber, watch, phase: Phase::Connecting };
    dialogue.check(password, message)?;
    let (mut wire, offers) = dialogue.connect(trust)?;
    let prepared = dialogue
        .sign_in(&mut wire, &offers, password)
        .and_then(|()| dialogue.sender(&mut wire, &offers, envelope, message))
        .and_then(|()| dialogue.recipients(&mut wire, envelope))
        .and_then(|()| dialogue.ask(&mut wire));
    let outcome = prepared.and_then(|()| dialogue.hand_over(&mut wire, message));
    match &outcome {
        Ok(_) => {
            let _ = (dialogue.watch)(Phase::Ended);
            goodbye(wire);
        }
        // The server still listens, between two commands: it is told that this was all.
        Err(fault) if fault.code.is_some() || fault.kind == FaultKind::Stopped => goodbye(wire),
        // Nothing more can be said; without its end mark the letter is no letter to the server.
        Err(_) => drop(wire),
    }
    outcome
}

/// QUIT (RFC 5321 section 4.1.1.10); a transaction that was begun is forgotten by it.
fn goodbye(mut wire: Wire) {
    let said = wire.set_patience(GOODBYE).and_then(|()| wire.write(b"QUIT\r\n"));
    let _ = said.and_then(|()| Reply::read(&mut wire));
    wire.close();
}

struct Dialogue<'a> {
    account: &'a MailAccount,
    patience: &'a Patience,
    scrubber: Scrubber,
    watch: &'a mut dyn FnMut(Phase) -> Result<(), Stop>,
    phase: Phase,
}

impl Dialogue<'_> {
    fn enter(&mut self, phase: Phase) -> Result<(), SendFault> {
        self.phase = phase;
        (self.watch)(phase).map_err(|Stop| self.fault(FaultKind::Stopped, "stopped"))
    }

    fn fault(&self, kind: FaultKind, words: &str) -> SendFault {
        let words = self.scrubber.clean(words);
        SendFault { phase: self.phase, kind, code: None, words, handed_over: HandedOver::No }
    }

    fn broken(&self, fault: &WireFault) -> SendFault {
        self.fault(fault.kind.into(), &fault.words)
    }

    /// A reply that was not the one hoped for; `refusal` is what a "no" (5yz) means here.
    fn refused(&self, reply: &Reply, refusal: FaultKind) -> SendFault {
        let kind = match (reply.sense(), &refusal) {
            // The address matters more than for how long it is refused; the code tells that.
            (Sense::NotNow, FaultKind::RecipientRefused(_)) | (Sense::No, _) => refusal,
            (Sense::NotNow, _) => FaultKind::TemporarilyRefused,
            (Sense::Done | Sense::GoOn, _) => FaultKind::Unintelligible,
        };
        SendFault { code: Some(reply.code), ..self.fault(kind, &reply.words()) }
    }

    fn command(&self, wire: &mut Wire, line: &str) -> Result<Reply, SendFault> {
        // In one piece, or the second would wait for the first to be acknowledged; and wiped, as it
        // may be the password.
        let bytes = Zeroizing::new([line.as_bytes(), b"\r\n"].concat());
        wire.write(&bytes).and_then(|()| Reply::read(wire)).map_err(|fault| self.broken(&fault))
    }

    /// What can be known to be wrong before anybody is called.
    fn check(&self, password: &Secret, message: &[u8]) -> Result<(), SendFault> {
        let name = self.hello_name();
        let sound = |byte: u8| byte.is_ascii_alphanumeric() || b".-[]:".contains(&byte);
        let wrong = if name.is_empty() || name.len() > 255 || !name.bytes().all(sound) {
            "the name to greet with is no host name"
        } else if !can_be_sent(&self.account.user, password) {
            "user or password holds a NUL"
        } else if !wire_form::is_sound(message) {
            "the letter is not in the form of RFC 5322"
        } else {
            return Ok(());
        };
        Err(self.fault(FaultKind::Unsendable, wrong))
    }

    fn hello_name(&self) -> &str {
        self.account.hello.as_deref().unwrap_or("[127.0.0.1]")
    }

    /// Phases connecting and securing.
    fn connect(&mut self, trust: &Trust) -> Result<(Wire, Offers), SendFault> {
        self.enter(Phase::Connecting)?;
        let account = self.account;
        let wire = Wire::connect(&account.host, account.port, self.patience.connect);
        let mut wire = wire.map_err(|fault| self.broken(&fault))?;
        wire.set_patience(self.patience.reply).map_err(|fault| self.broken(&fault))?;
        if account.security == Security::StartTls {
            self.greeting(&mut wire)?;
            let offers = self.hello(&mut wire)?;
            self.enter(Phase::Securing)?;
            if !offers.starttls {
                goodbye(wire);
                let words = "the server does not offer STARTTLS";
                return Err(self.fault(FaultKind::NoTls, words));
            }
            let reply = self.command(&mut wire, "STARTTLS")?;
            if reply.sense() != Sense::Done {
                return Err(self.refused(&reply, FaultKind::NoTls));
            }
        } else {
            self.enter(Phase::Securing)?;
        }
        let mut wire = wire.secure(&account.host, trust).map_err(|fault| self.broken(&fault))?;
        if account.security == Security::ImplicitTls {
            self.greeting(&mut wire)?;
        }
        // What was offered in plain is forgotten: anybody could have said it.
        let offers = self.hello(&mut wire)?;
        Ok((wire, offers))
    }

    fn greeting(&self, wire: &mut Wire) -> Result<(), SendFault> {
        let reply = Reply::read(wire).map_err(|fault| self.broken(&fault))?;
        match reply.sense() {
            Sense::Done => Ok(()),
            _ => Err(self.refused(&reply, FaultKind::Rejected)),
        }
    }

    fn hello(&self, wire: &mut Wire) -> Result<Offers, SendFault> {
        let reply = self.command(wire, &format!("EHLO {}", self.hello_name()))?;
        match reply.sense() {
            Sense::Done => Ok(Offers::read(&reply)),
            _ => Err(self.refused(&reply, FaultKind::Rejected)),
        }
    }

    /// RFC 4954.
    fn sign_in(
        &mut self,
        wire: &mut Wire,
        offers: &Offers,
        password: &Secret,
    ) -> Result<(), SendFault> {
        self.enter(Phase::SigningIn)?;
        let Some(method) = offers.sign_in else {
            let words = "the server offers neither PLAIN nor LOGIN";
            return Err(self.fault(FaultKind::NoSignIn, words));
        };
        let name = match method {
            crate::login::Method::Plain => "AUTH PLAIN",
            crate::login::Method::Login => "AUTH LOGIN",
        };
        let mut reply = self.command(wire, name)?;
        for response in responses(method, &self.account.user, password) {
            if reply.code != 334 {
                return Err(self.refused(&reply, FaultKind::SignInRefused));
            }
            reply = self.command(wire, &response)?;
        }
        match reply.sense() {
            Sense::Done => Ok(()),
            _ => Err(self.refused(&reply, FaultKind::SignInRefused)),
        }
    }

    fn sender(
        &mut self,
        wire: &mut Wire,
        offers: &Offers,
        envelope: &Envelope,
        message: &[u8],
    ) -> Result<(), SendFault> {
        self.enter(Phase::Sender)?;
        let size = u64::try_from(message.len()).unwrap_or(u64::MAX);
        let mut line = format!("MAIL FROM:<{}>", envelope.from.ascii);
        if let Some(largest) = offers.size_bytes {
            if largest != 0 && size > largest {
                let words = format!("the server takes {largest} bytes, the letter has {size}");
                return Err(self.fault(FaultKind::TooLarge, &words));
            }
            line.push_str(&format!(" SIZE={size}"));
        }
        let reply = self.command(wire, &line)?;
        match (reply.sense(), reply.code) {
            (Sense::Done, _) => Ok(()),
            (_, 552) => Err(self.refused(&reply, FaultKind::TooLarge)),
            _ => Err(self.refused(&reply, FaultKind::SenderRefused)),
        }
    }

    fn recipients(&mut self, wire: &mut Wire, envelope: &Envelope) -> Result<(), SendFault> {
        self.enter(Phase::Recipients)?;
        for recipient in &envelope.to {
            let reply = self.command(wire, &format!("RCPT TO:<{}>", recipient.ascii))?;
            if reply.sense() != Sense::Done {
                let refusal = FaultKind::RecipientRefused(recipient.given.clone());
                return Err(self.refused(&reply, refusal));
            }
        }
        Ok(())
    }

    /// DATA. Whatever happens here, no byte of the letter has left.
    fn ask(&mut self, wire: &mut Wire) -> Result<(), SendFault> {
        self.enter(Phase::Body)?;
        let reply = self.command(wire, "DATA")?;
        match reply.code {
            354 => Ok(()),
            _ => Err(self.refused(&reply, FaultKind::Rejected)),
        }
    }

    /// The letter itself. From the first byte on, only a refusal in so many words means that the
    /// server has not taken it.
    fn hand_over(&self, wire: &mut Wire, message: &[u8]) -> Result<Receipt, SendFault> {
        let unknown = |fault: &WireFault| SendFault {
            handed_over: HandedOver::Unknown,
            ..self.broken(fault)
        };
        let reply = match wire.write(&wire_form::stuffed(message)) {
            Ok(()) => wire.set_patience(self.patience.verdict).and_then(|()| Reply::read(wire)),
            // A server that has had enough says so and hangs up: its words may be there to be read
            // although ours did not get through. "Accepted" would be none of them.
            Err(fault) if fault.kind == WireKind::Dropped => wire
                .set_patience(GOODBYE)
                .and_then(|()| Reply::read(wire))
                .ok()
                .filter(|reply| matches!(reply.sense(), Sense::NotNow | Sense::No))
                .ok_or(fault),
            Err(fault) => Err(fault),
        };
        let reply = reply.map_err(|fault| unknown(&fault))?;
        let handed_over = match reply.sense() {
            Sense::Done => return Ok(Receipt { words: self.scrubber.clean(&reply.words()) }),
            Sense::NotNow => HandedOver::NotAccepted,
            Sense::No => HandedOver::Rejected,
            Sense::GoOn => HandedOver::Unknown,
        };
        Err(SendFault { handed_over, ..self.refused(&reply, FaultKind::Rejected) })
    }
}
