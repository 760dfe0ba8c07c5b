//! What a run of stories counted, and its tables in Markdown.

use super::batch::fault_name;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What became of the messages that met one fault.
#[derive(Debug, Clone, Copy, Default)]
pub struct Outcomes {
    /// How many they are.
    pub messages: u64,
    /// Sent without the person's word.
    pub sent: u64,
    /// Refused for good.
    pub refused: u64,
    /// Unknown when all programs were through.
    pub unknown: u64,
    /// Of these, said to have arrived.
    pub arrived: u64,
    /// Of these, sent again at the person's word.
    pub resent: u64,
}

/// What was counted.
#[derive(Debug, Default)]
pub struct Tally {
    /// Messages.
    pub messages: u64,
    /// Programs that lived.
    pub lives: u64,
    /// Messages begun by one of them.
    pub attempts: u64,
    /// Connections the server saw.
    pub connections: u64,
    /// Messages that arrived once in the end.
    pub arrived: u64,
    /// Letters that came byte for byte as they were queued, refused ones too.
    pub exact: u64,
    /// Deaths that were planned and whose moment never came.
    pub spared: u64,
    /// Copies too many, before the person's word or after.
    pub doubles: u64,
    /// Messages neither sent nor refused nor listed as unknown.
    pub lost: u64,
    /// Places where the password stands.
    pub leaks: u64,
    /// By the place of the fault.
    pub outcomes: BTreeMap<usize, Outcomes>,
    /// Deaths by their moment.
    pub deaths: BTreeMap<String, u64>,
    /// What a dead program left of its message.
    pub left: BTreeMap<String, u64>,
    /// What is not as it should be, in words.
    pub broken: Vec<String>,
}

impl Tally {
    /// Takes another one in.
    pub fn add(&mut self, other: Tally) {
        self.messages += other.messages;
        self.lives += other.lives;
        self.attempts += other.attempts;
        self.connections += other.connections;
        self.arrived += other.arrived;
        self.exact += other.exact;
        self.spared += other.spared;
        self.doubles += other.doubles;
        self.lost += other.lost;
        self.leaks += other.leaks;
        for (place, line) in other.outcomes {
            let sum = self.outcomes.entry(place).or_default();
            sum.messages += line.messages;
            sum.sent += line.sent;
            sum.refused += line.refused;
            sum.unknown += line.unknown;
            sum.arrived += line.arrived;
            sum.resent += line.resent;
        }
        for (mine, others) in [(&mut self.deaths, other.deaths), (&mut self.left, other.left)] {
            for (name, times) in others {
                *mine.entry(name).or_default() += times;
            }
        }
        self.broken.extend(other.broken);
    }

    /// Notes a broken promise, once.
    pub(super) fn complain(&mut self, story: String) {
        if !self.broken.contains(&story) {
            self.broken.push(story);
        }
    }

    /// How many programs died.
    pub fn died(&self) -> u64 {
        self.deaths.values().sum()
    }

    /// The tables in Markdown.
    pub fn tables(&self, wall_seconds: u64) -> String {
        let mut text = String::from("| what | count |\n|---|---:|\n");
        let rows: &[(&str, u64)] = &[
            ("messages", self.messages),
            ("programs started", self.lives),
            ("of them killed, by the server or by themselves", self.died()),
            ("planned deaths whose moment never came", self.spared),
            ("attempts", self.attempts),
            ("connections", self.connections),
            ("messages that arrived once in the end", self.arrived),
            ("whole letters received, each as queued to the byte", self.exact),
            ("**doubles**", self.doubles),
            ("**lost**", self.lost),
            ("places where the password stands", self.leaks),
            ("other broken promises", self.broken.len() as u64),
            ("seconds of wall time", wall_seconds),
        ];
        for (what, count) in rows {
            // Writing into a String cannot fail.
            let _ = writeln!(text, "| {what} | {count} |");
        }
        self.fault_table(&mut text);
        table(&mut text, "moment of death", &self.deaths);
        table(&mut text, "what the dead program left of its message", &self.left);
        for broken in &self.broken {
            let _ = writeln!(text, "\n```\n{broken}\n```");
        }
        text
    }

    fn fault_table(&self, text: &mut String) {
        text.push_str(
            "\n| fault | messages | sent once | refused | unknown | then: arrived | \
             then: sent again |\n|---|---:|---:|---:|---:|---:|---:|\n",
        );
        let mut sum = Outcomes::default();
        let mut line = |name: &str, one: &Outcomes| {
            let Outcomes { messages, sent, refused, unknown, arrived, resent } = one;
            let _ = writeln!(
                text,
                "| {name} | {messages} | {sent} | {refused} | {unknown} | {arrived} | {resent} |"
            );
        };
        for (place, one) in &self.outcomes {
            line(fault_name(*place), one);
            sum.messages += one.messages;
            sum.sent += one.sent;
            sum.refused += one.refused;
            sum.unknown += one.unknown;
            sum.arrived += one.arrived;
            sum.resent += one.resent;
        }
        line("**all**", &sum);
    }
}

fn table(text: &mut String, title: &str, counts: &BTreeMap<String, u64>) {
    let _ = writeln!(text, "\n| {title} | times |\n|---|---:|");
    for (name, times) in counts {
        let _ = writeln!(text, "| {name} | {times} |");
    }
}
