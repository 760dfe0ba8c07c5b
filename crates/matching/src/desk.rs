//! The desk where lines meet what they may pay: strongest reasons first, oldest lines first, and
//! each open item given away once.

use crate::habits::{Habit, Habits, Way, party};
use crate::named::{Named, Way as Payment, named};
use crate::numbers::{Numbers, number_of};
use crate::parties::{Likeness, Parties};
use crate::rules::{Rule, Rules};
use crate::transfers::{Half, halves};
use crate::why::{Fact, Note, Why};
use crate::words::fold;
use crate::{Answer, Proposal};
use book::read::{BankAccount, BankLine, OpenItem, PastBooking};
use book::{Booking, LineId, Part, Settlement, Share};
use std::collections::{BTreeMap, HashMap};

/// A document dated so long after the payment is hardly what it pays, unless the line names it.
const EARLY_DAYS: i64 = 5;

/// A line's folded texts, and the rule that fits it.
pub(crate) struct Read<'a> {
    pub(crate) label: String,
    pub(crate) clean: String,
    pub(crate) party: String,
    pub(crate) reference: String,
    pub(crate) rule: Option<(&'a Rule, &'a str)>,
}

impl<'a> Read<'a> {
    fn new(line: &BankLine, rules: &'a Rules) -> Read<'a> {
        let (clean, other_side) = (fold(&line.clean_label), party(line.party_name.as_deref()));
        let rule = rules.find(line.amount_minor > 0, &[&clean, &other_side]);
        let reference = line.reference.as_deref().map(fold).unwrap_or_default();
        Read { label: fold(&line.label), clean, party: other_side, reference, rule }
    }
}

pub(crate) struct Desk<'a> {
    /// Oldest first.
    lines: Vec<&'a BankLine>,
    read: Vec<Read<'a>>,
    open: &'a [OpenItem],
    rules: &'a Rules,
    own: &'a [BankAccount],
    parties: Parties<'a>,
    habits: Habits<'a>,
    named: Vec<Named>,
    likeness: Vec<HashMap<usize, Likeness>>,
    /// Open items by what is left of them, oldest first.
    by_amount: HashMap<i64, Vec<usize>>,
    /// How many of them are not given away.
    left: HashMap<i64, usize>,
    taken_by: Vec<Option<LineId>>,
    proposals: Vec<Option<Proposal>>,
    notes: BTreeMap<usize, Note>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(
        lines: Vec<&'a BankLine>,
        open: &'a [OpenItem],
        past: &'a [PastBooking],
        rules: &'a Rules,
        own: &'a [BankAccount],
    ) -> Desk<'a> {
        let read: Vec<Read<'a>> = lines.iter().map(|line| Read::new(line, rules)).collect();
        let (numbers, parties) = (Numbers::new(open), Parties::new(open, past, rules));
        let mut by_amount: HashMap<i64, Vec<usize>> = HashMap::with_capacity(open.len());
        for (place, item) in open.iter().enumerate() {
            by_amount.entry(item.rest_minor).or_default().push(place);
        }
        for items in by_amount.values_mut() {
            items.sort_by_key(|&place| (open[place].day, open[place].posting));
        }
        let likeness: Vec<HashMap<usize, Likeness>> = lines
            .iter()
            .zip(&read)
            .map(|(line, read)| {
                parties.named_in(&[&read.label, &read.party], line.party_iban.as_deref())
            })
            .collect();
        let all_named = lines.iter().zip(read.iter().zip(&likeness)).map(|(line, (read, like))| {
            let clean = if read.clean == read.label { "" } else { &read.clean };
            let items = numbers.named_in(&[&read.label, clean, &read.reference]);
            named(line, &items, open, |item| like.contains_key(&parties.of_item(item)))
        });
        Desk {
            named: all_named.collect(),
            left: by_amount.iter().map(|(amount, items)| (*amount, items.len())).collect(),
            habits: Habits::new(past, rules),
            taken_by: vec![None; open.len()],
            proposals: vec![None; lines.len()],
            notes: BTreeMap::new(),
            lines,
            read,
            open,
            rules,
            own,
            parties,
            likeness,
            by_amount,
        }
    }

    /// Strongest first. A sure move between own accounts and a sure habit come before an amount
    /// alone, which may be chance.
    pub(crate) fn answer(mut self) -> Answer {
        let halves = halves(&self.lines, &self.read, self.own);
        self.by_number(true);
        self.by_party(true);
        self.by_transfer(&halves, true);
        self.by_number(false);
        self.by_party(false);
        self.by_habit(true);
        self.by_amount_alone();
        self.by_transfer(&halves, false);
        self.by_habit(false);
        self.by_rule();
        let notes = self.notes.into_values().collect();
        Answer { proposals: self.proposals, notes }
    }

    /// Lines that wait for a proposal and do not name a document that contradicts it.
    fn waiting(&self) -> Vec<usize> {
        (0..self.lines.len())
            .filter(|&line| self.proposals[line].is_none() && self.lines[line].amount_minor != 0)
            .collect()
    }

    fn by_number(&mut self, sure: bool) {
        for line in self.waiting() {
            let (way, others) = match &self.named[line] {
                Named::Exact { ways } => match &ways[..] {
                    [only] if only.names_more != sure => (only.clone(), 0),
                    [first, rest @ ..] if !rest.is_empty() && !sure => (first.clone(), rest.len()),
                    _ => continue,
                },
                Named::Part { item } => {
                    if !sure {
                        self.pay_part(line, *item);
                    }
                    continue;
                }
                Named::Partial(note) => {
                    self.notes.insert(line, note.clone());
                    continue;
                }
                Named::Nothing => continue,
            };
            self.settle_named(line, way, others);
        }
    }

    fn settle_named(&mut self, line: usize, way: Payment, others: usize) {
        let free = |item: &usize| self.taken_by[*item].is_none();
        let items: Vec<usize> = if way.whole {
            if way.items.iter().all(free) { way.items.clone() } else { Vec::new() }
        } else {
            way.items.iter().copied().filter(free).take(1).collect()
        };
        if items.is_empty() {
            let taken = way.items.iter().find_map(|&item| Some((item, self.taken_by[item]?)));
            if let Some((item, by)) = taken {
                let reference = number_of(&self.open[item]).to_owned();
                let note = Note::Taken { line: self.lines[line].id, reference, by };
                self.notes.insert(line, note);
            }
            return;
        }
        let mut references: Vec<String> =
            items.iter().map(|&item| number_of(&self.open[item]).to_owned()).collect();
        references.dedup();
        let counterparty = self.open[items[0]].counterparty_name.clone();
        let mut facts = vec![Fact::SameAmount, Fact::NumberInLine];
        facts.extend(self.likeness_facts(line, items[0]));
        if way.names_more {
            facts.push(Fact::NamesMore);
        }
        if others > 0 {
            facts.push(Fact::Others { count: others });
        }
        let sure = !way.names_more && others == 0;
        self.settle(line, &items, Why::Invoice { references, counterparty }, facts, sure);
    }

    /// A line that names a document and pays a part of it: never sure, for the rest may be a slip.
    fn pay_part(&mut self, line: usize, item: usize) {
        if self.taken_by[item].is_some() {
            return;
        }
        self.taken_by[item] = Some(self.lines[line].id);
        if let Some(left) = self.left.get_mut(&self.open[item].rest_minor) {
            *left -= 1;
        }
        let (open, amount_minor) = (&self.open[item], self.lines[line].amount_minor);
        let why = Why::Part {
            reference: number_of(open).to_owned(),
            counterparty: open.counterparty_name.clone(),
        };
        let rest_minor = open.rest_minor - amount_minor;
        let items = vec![Share { item: open.posting, amount_minor }];
        let mut facts = vec![Fact::NumberInLine];
        facts.extend(self.likeness_facts(line, item));
        facts.push(Fact::LeavesOpen { rest_minor });
        let booking = Booking::Settle(Settlement { items, parts: Vec::new() });
        self.propose(line, booking, why, facts, false);
    }

    fn settle(&mut self, line: usize, items: &[usize], why: Why, facts: Vec<Fact>, sure: bool) {
        for &item in items {
            self.taken_by[item] = Some(self.lines[line].id);
            if let Some(left) = self.left.get_mut(&self.open[item].rest_minor) {
                *left -= 1;
            }
        }
        let postings = items.iter().map(|&item| self.open[item].posting).collect();
        self.propose(line, Booking::Items(postings), why, facts, sure);
    }

    fn propose(&mut self, line: usize, booking: Booking, why: Why, facts: Vec<Fact>, sure: bool) {
        let id = self.lines[line].id;
        self.notes.remove(&line);
        self.proposals[line] =
            Some(Proposal { line: id, booking, why, facts, sure, tax_code_hint: None });
    }

    fn likeness_facts(&self, line: usize, item: usize) -> Vec<Fact> {
        let like = self.likeness[line].get(&self.parties.of_item(item)).copied();
        let Likeness { name, iban_times } = like.unwrap_or_default();
        let iban = (iban_times > 0).then_some(Fact::KnownIban { times: iban_times });
        name.then_some(Fact::NameInLine).into_iter().chain(iban).collect()
    }

    /// Items of a line's amount that are not given away, of a counterparty it names or of any.
    fn of_amount(&self, line: usize, only_named: bool) -> impl Iterator<Item = usize> + '_ {
        let items = self.by_amount.get(&self.lines[line].amount_minor);
        items.into_iter().flatten().copied().filter(move |&item| {
            self.taken_by[item].is_none()
                && (!only_named || self.likeness[line].contains_key(&self.parties.of_item(item)))
        })
    }

    fn left_of_amount(&self, line: usize) -> usize {
        self.left.get(&self.lines[line].amount_minor).copied().unwrap_or(0)
    }

    fn by_party(&mut self, sure: bool) {
        // What stood open when this round began counts: which line comes first must not decide
        // whether another's item was the only one.
        let left: Vec<usize> =
            (0..self.lines.len()).map(|line| self.left_of_amount(line)).collect();
        for line in self.waiting() {
            if !matches!(self.named[line], Named::Nothing) || self.likeness[line].is_empty() {
                continue;
            }
            let Some(item) = self.of_amount(line, true).next() else { continue };
            let early = self.open[item].day.days_since(self.lines[line].day);
            let is_sure = left[line] == 1 && early <= 0;
            if is_sure != sure && sure {
                continue;
            }
            let mut facts = vec![Fact::SameAmount];
            facts.extend(self.likeness_facts(line, item));
            if left[line] == 1 {
                facts.push(Fact::OnlyOne);
            } else {
                facts.push(Fact::Others { count: left[line].saturating_sub(1) });
            }
            if early > 0 {
                facts.push(Fact::BeforeDocument { days: early });
            }
            self.settle(line, &[item], self.open_amount(item), facts, is_sure);
        }
    }

    fn open_amount(&self, item: usize) -> Why {
        Why::OpenAmount {
            reference: number_of(&self.open[item]).to_owned(),
            counterparty: self.open[item].counterparty_name.clone(),
        }
    }

    fn by_amount_alone(&mut self) {
        let left: Vec<usize> =
            (0..self.lines.len()).map(|line| self.left_of_amount(line)).collect();
        for line in self.waiting() {
            if !matches!(self.named[line], Named::Nothing) || left[line] == 0 {
                continue;
            }
            if left[line] > 1 {
                let note = Note::Several { line: self.lines[line].id, count: left[line] };
                self.notes.insert(line, note);
                continue;
            }
            let Some(item) = self.of_amount(line, false).next() else { continue };
            let early = self.open[item].day.days_since(self.lines[line].day);
            if early > EARLY_DAYS {
                continue;
            }
            let mut facts = vec![Fact::SameAmount, Fact::OnlyOne, Fact::NoName];
            if early > 0 {
                facts.push(Fact::BeforeDocument { days: early });
            }
            self.settle(line, &[item], self.open_amount(item), facts, false);
        }
    }

    fn by_transfer(&mut self, halves: &[Half], sure: bool) {
        for half in halves.iter().filter(|half| half.sure == sure) {
            let free = self.proposals[half.line].is_none()
                && matches!(self.named[half.line], Named::Nothing);
            // A half whose other half has a stronger reason of its own is no half.
            let paired = half.other.is_none_or(|other| {
                let found = self.proposals[other].as_ref();
                found.is_none_or(|found| matches!(found.booking, Booking::Transfer))
                    && matches!(self.named[other], Named::Nothing)
            });
            if !free || !paired {
                continue;
            }
            let name = self.own.iter().find(|own| own.id == half.account);
            let why = Why::Transfer {
                other: half.other.map(|other| self.lines[other].id),
                account: name.map(|own| own.name.clone()).unwrap_or_default(),
            };
            self.propose(half.line, Booking::Transfer, why, half.facts.clone(), half.sure);
        }
    }

    fn by_habit(&mut self, sure: bool) {
        for line in self.waiting() {
            if !matches!(self.named[line], Named::Nothing) {
                continue;
            }
            let (bank, read) = (self.lines[line], &self.read[line]);
            let texts = [read.clean.as_str(), read.party.as_str()];
            let Some(habit) = self.habits.of(bank, &texts, self.rules) else { continue };
            if sure && !habit.is_sure(bank.amount_minor) {
                continue;
            }
            let Some(booking) = habit_booking(habit, bank) else { continue };
            let why = Why::OwnHistory { times: habit.times, last_day: habit.last_day };
            let facts = habit_facts(habit, bank);
            self.propose(line, booking, why, facts, sure);
        }
    }

    fn by_rule(&mut self) {
        for line in self.waiting() {
            let named = !matches!(self.named[line], Named::Nothing);
            let Some((rule, words)) = self.read[line].rule.filter(|_| !named) else { continue };
            let booking = if rule.own_accounts {
                Booking::Transfer
            } else {
                whole(self.rules.account_of(rule), self.lines[line])
            };
            let why = Why::Rule {
                id: self.rules.name_of(rule),
                version: self.rules.version(),
                words: words.to_owned(),
            };
            self.propose(line, booking, why, Vec::new(), false);
            if let Some(proposal) = &mut self.proposals[line] {
                proposal.tax_code_hint.clone_from(&rule.tax_code_if_invoice);
            }
        }
    }
}

/// The gross amount on one account, without a tax item.
fn whole(account: &str, line: &BankLine) -> Booking {
    Booking::Parts(vec![Part {
        account: account.to_owned(),
        gross_minor: line.amount_minor,
        tax_code: None,
        rate: None,
        nature: None,
        counterparty: None,
    }])
}

fn habit_booking(habit: &Habit<'_>, line: &BankLine) -> Option<Booking> {
    let account = match habit.way {
        Way::Transfer => return Some(Booking::Transfer),
        Way::Account(account) => account,
        Way::NotRepeatable => return None,
    };
    let mut booking = whole(account, line);
    if let (Booking::Parts(parts), Some(tax), true) = (&mut booking, habit.tax, habit.tax_at_one) {
        for part in parts {
            part.tax_code = Some(tax.code.clone());
            part.rate = Some(tax.rate);
            part.nature = Some(tax.nature);
        }
    }
    Some(booking)
}

fn habit_facts(habit: &Habit<'_>, line: &BankLine) -> Vec<Fact> {
    let usual = habit.is_usual(line.amount_minor);
    let mut facts = vec![
        Fact::BookedBefore { times: habit.times },
        if usual { Fact::UsualAmount } else { Fact::UnusualAmount },
    ];
    match habit.tax {
        _ if !habit.tax_at_one => facts.push(Fact::TaxCodesDiffer),
        Some(tax) => facts.push(Fact::SameTaxCode { tax_code: tax.code.clone() }),
        None => {}
    }
    facts
}
