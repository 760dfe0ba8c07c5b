//! What befalls each message: one fault of the server, and one death of the program.

use super::authority::Papers;
use super::server::{Answer, Script, Step};
use crate::chance::Chance;

/// A fault of the server, which every message meets once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It takes the message.
    None,
    /// Nobody listens.
    Refused,
    /// STARTTLS is not offered.
    NoStartTls,
    /// The certificate is not one to believe.
    Papers(Papers),
    /// Something else than the right answer.
    At(Step, Answer),
}

/// Every fault with its name, and how often it is drawn beside the others.
pub const FAULTS: &[(Fault, &str, i64)] = &[
    (Fault::None, "none: 250", 8),
    (Fault::Refused, "connection refused", 2),
    (Fault::NoStartTls, "no STARTTLS", 2),
    (Fault::Papers(Papers::OtherName), "certificate of another host", 1),
    (Fault::Papers(Papers::UnknownIssuer), "certificate of an unknown issuer", 1),
    (Fault::Papers(Papers::Expired), "certificate expired", 1),
    (Fault::At(Step::Greeting, Answer::NotNow), "greeting 421", 1),
    (Fault::At(Step::Greeting, Answer::No), "greeting 554", 1),
    (Fault::At(Step::Greeting, Answer::Drop), "greeting: dropped", 1),
    (Fault::At(Step::Greeting, Answer::Silence), "greeting: silence", 1),
    (Fault::At(Step::Hello, Answer::NotNow), "EHLO 4xx", 1),
    (Fault::At(Step::Hello, Answer::No), "EHLO 5xx", 1),
    (Fault::At(Step::StartTls, Answer::NotNow), "STARTTLS 4xx", 1),
    (Fault::At(Step::HelloAgain, Answer::NotNow), "EHLO under TLS 4xx", 1),
    (Fault::At(Step::HelloAgain, Answer::No), "EHLO under TLS 5xx", 1),
    (Fault::At(Step::SignIn, Answer::NotNow), "AUTH 4xx", 1),
    (Fault::At(Step::SignIn, Answer::No), "AUTH 535", 1),
    (Fault::At(Step::Mail, Answer::NotNow), "MAIL 4xx", 1),
    (Fault::At(Step::Mail, Answer::No), "MAIL 5xx", 1),
    (Fault::At(Step::Mail, Answer::Drop), "MAIL: dropped", 1),
    (Fault::At(Step::Recipient, Answer::NotNow), "RCPT 4xx", 2),
    (Fault::At(Step::Recipient, Answer::No), "RCPT 5xx", 3),
    (Fault::At(Step::Recipient, Answer::Silence), "RCPT: silence", 1),
    (Fault::At(Step::Data, Answer::NotNow), "DATA 4xx", 2),
    (Fault::At(Step::Data, Answer::No), "DATA 5xx", 2),
    (Fault::At(Step::Data, Answer::Drop), "DATA: dropped", 1),
    (Fault::At(Step::Body, Answer::Drop), "dropped in the middle of the body", 4),
    (Fault::At(Step::Body, Answer::Silence), "silence in the middle of the body", 1),
    (Fault::At(Step::Verdict, Answer::NotNow), "4xx after the body", 4),
    (Fault::At(Step::Verdict, Answer::No), "5xx after the body", 4),
    (Fault::At(Step::Verdict, Answer::Drop), "dropped after the body", 4),
    (Fault::At(Step::Verdict, Answer::Silence), "silence after the body", 2),
];

/// The moment at which the program dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    /// The server kills it where it would answer.
    At(Step),
    /// The server kills it after its answer to the whole letter, so many microseconds later.
    Answered {
        /// Microseconds.
        after_us: u64,
    },
    /// The server kills it as soon as the outcome can be read in the book.
    Recorded,
    /// It kills itself when the message is leased.
    Leased,
    /// It kills itself before the phase of this number, from 1.
    Phase(u32),
    /// It kills itself at this reading of the clock since the lease, from 1: each commit has one
    /// just before it.
    Reading(u32),
}

/// The moments a message may be planned to die at; `Answered` draws its microseconds.
const DEATHS: &[(Death, i64)] = &[
    (Death::At(Step::Greeting), 2),
    (Death::At(Step::Hello), 2),
    (Death::At(Step::StartTls), 1),
    (Death::At(Step::HelloAgain), 1),
    (Death::At(Step::SignIn), 2),
    (Death::At(Step::Mail), 2),
    (Death::At(Step::Recipient), 2),
    (Death::At(Step::Data), 3),
    (Death::At(Step::Body), 3),
    (Death::At(Step::Verdict), 4),
    (Death::Answered { after_us: 0 }, 8),
    (Death::Recorded, 5),
    (Death::Leased, 2),
    (Death::Phase(1), 1),
    (Death::Phase(2), 1),
    (Death::Phase(3), 1),
    (Death::Phase(4), 1),
    (Death::Phase(5), 1),
    (Death::Phase(6), 2),
    (Death::Reading(1), 1),
    (Death::Reading(2), 3),
    (Death::Reading(3), 4),
    (Death::Reading(4), 4),
    (Death::Reading(5), 4),
    (Death::Reading(6), 3),
    (Death::Reading(7), 1),
];

/// One in so many messages is sent by a program that lives on, in a hundred.
const SPARED_PERCENT: i64 = 10;

/// What befalls one message.
#[derive(Debug, Clone)]
pub struct Fate {
    /// The place of its fault in [`FAULTS`].
    pub fault: usize,
    /// Whether the fault was met.
    pub met: bool,
    /// The death that waits for it; none when it has happened or it is spared.
    pub death: Option<Death>,
    /// After so many bytes of the body the fault in its middle comes.
    pub body_bytes: usize,
}

impl Fate {
    /// The fate of a message of a story.
    pub fn draw(chance: &mut Chance) -> Fate {
        let fault = weighted(chance, FAULTS.iter().map(|(_, _, weight)| *weight));
        let death = DEATHS[weighted(chance, DEATHS.iter().map(|(_, weight)| *weight))].0;
        let after_us = chance.below(12_000) as u64;
        let death = match death {
            Death::Answered { .. } => Death::Answered { after_us },
            other => other,
        };
        let body_bytes = chance.between(1, 20_000) as usize;
        let death = (!chance.often(SPARED_PERCENT)).then_some(death);
        Fate { fault, met: false, death, body_bytes }
    }

    /// The name of its fault.
    pub fn fault_name(&self) -> &'static str {
        FAULTS[self.fault].1
    }

    /// The fault of the next attempt: its own until it was met.
    pub fn due_fault(&self) -> Fault {
        if self.met { Fault::None } else { FAULTS[self.fault].0 }
    }

    /// What the server does at the next attempt.
    pub fn script(&self) -> Script {
        let fault = self.due_fault();
        Script {
            offers_starttls: fault != Fault::NoStartTls,
            papers: if let Fault::Papers(papers) = fault { papers } else { Papers::Sound },
            fault: if let Fault::At(step, answer) = fault { Some((step, answer)) } else { None },
            death: self.death,
            body_bytes: self.body_bytes,
        }
    }

    /// What the program is told to do to itself at the next attempt.
    pub fn order(&self) -> String {
        match self.death {
            Some(Death::Leased) => "leased 0".to_owned(),
            Some(Death::Phase(number)) => format!("phase {number}"),
            Some(Death::Reading(number)) => format!("reading {number}"),
            Some(Death::At(_) | Death::Answered { .. } | Death::Recorded) | None => {
                "live 0".to_owned()
            }
        }
    }
}

fn weighted(chance: &mut Chance, weights: impl Iterator<Item = i64> + Clone) -> usize {
    let mut left = chance.below(weights.clone().sum());
    for (place, weight) in weights.enumerate() {
        if left < weight {
            return place;
        }
        left -= weight;
    }
    0
}
