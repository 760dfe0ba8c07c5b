//! The half of a connector file that tells where each field stands.

use super::keys::{Keys, MappingError, MappingFault, parse};
use super::moment::MomentRule;
use super::rules::{AmountRule, Chain, Pointer, TextRule, When, WordRule, pointer};
use crate::Trust;
use std::borrow::Cow;

/// How the answers of one source are read; made from a connector file by [`Mapping::read`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    pub(super) id: String,
    pub(super) recipe: u64,
    pub(super) accounts: Accounts,
    pub(super) balances: Option<Balances>,
    pub(super) lines: Lines,
    pub(super) trust: Trust,
    /// Type codes of holds that the source sends as booked.
    pub(super) holds: Vec<String>,
}

/// Where the balance of an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BalanceFrom {
    /// In the answer that lists the accounts.
    Accounts,
    /// In the answer that lists the lines, the last page of it.
    Transactions,
    /// In an answer of its own.
    Call,
}

/// Something that a source does not give; a screen tells it before an account is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lack {
    /// No booked balance: nothing proves a window.
    Balance,
    /// No balance after each line.
    BalanceAfter,
    /// No IBAN of the other side.
    PartyIban,
    /// No value day.
    ValueDay,
    /// No operations before they are booked.
    Pending,
}

impl Lack {
    /// The word for machines and locales.
    pub fn word(self) -> &'static str {
        match self {
            Lack::Balance => "balance",
            Lack::BalanceAfter => "balance-after",
            Lack::PartyIban => "party-iban",
            Lack::ValueDay => "value-day",
            Lack::Pending => "pending",
        }
    }
}

/// In which layer a line lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    Booked,
    Pending,
    /// It moved no money and never will.
    Void,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Accounts {
    pub list: Pointer,
    pub skip: Vec<When>,
    pub reference: Pointer,
    pub scope: Option<Pointer>,
    pub name: Option<TextRule>,
    pub iban: Option<TextRule>,
    pub currency: TextRule,
    pub bank: Option<TextRule>,
    pub bank_join: Option<Join>,
}

/// A field of another list of the same answer: `{ list, on = [theirs, ours], at }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Join {
    list: Pointer,
    theirs: Pointer,
    ours: Pointer,
    at: Pointer,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Balances {
    pub from: BalanceFrom,
    pub booked: AmountRule,
    pub available: Option<AmountRule>,
    pub as_of: Option<MomentRule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lines {
    /// A list, or a list within the records of a list.
    pub each: Vec<Pointer>,
    /// Whether the record around the lines is an account: only the asked one's lines are read.
    pub in_account: bool,
    pub id: Option<Pointer>,
    pub booked: MomentRule,
    pub happened: Option<MomentRule>,
    pub value: Option<MomentRule>,
    pub status: Option<WordRule<Layer>>,
    pub amount: AmountRule,
    pub after: Option<AmountRule>,
    pub fee: Option<AmountRule>,
    pub original: Option<AmountRule>,
    pub label: TextRule,
    pub party: Option<TextRule>,
    pub party_iban: Option<TextRule>,
    pub reference: Option<TextRule>,
    pub code: Option<TextRule>,
}

/// Keys of the same file that the crate `source` reads.
const OTHER_HALF: [&str; 9] =
    ["kind", "name", "regions", "docs", "access", "consent", "consent_check", "auth", "limits"];

impl Mapping {
    /// Reads a connector file; a key that neither half of the format has is an error.
    pub fn read(text: &str) -> Result<Mapping, MappingError> {
        let table = parse(text)?;
        let top = Keys::top(&table);
        if top.number("format")? != Some(1) {
            return Err(top.wrong("format", MappingFault::Kind("1")));
        }
        top.leave(&OTHER_HALF);
        top.leave(&["pending", "errors"]);
        let identity = top.table("identity")?;
        let (trust, holds) =
            identity.map(identity_of).transpose()?.unwrap_or((Trust::None, vec![]));
        let mapping = Mapping {
            id: top.needed("id")?.to_owned(),
            recipe: top
                .number("recipe")?
                .ok_or_else(|| top.wrong("recipe", MappingFault::Missing))?,
            accounts: Accounts::read(top.needed_table("accounts")?)?,
            balances: top.table("balances")?.map(Balances::read).transpose()?,
            lines: Lines::read(top.needed_table("transactions")?)?,
            trust,
            holds,
        };
        top.end()?;
        Ok(mapping)
    }

    /// The connector's id, as in [`crate::Reading::reader`]: `simplefin`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Raised with any change of the mapping; part of [`crate::Reading::reader`].
    pub fn recipe(&self) -> u64 {
        self.recipe
    }

    /// Where the booked balance stands, if the source states one.
    pub fn balance_from(&self) -> Option<BalanceFrom> {
        self.balances.as_ref().map(|balances| balances.from)
    }

    /// What this source does not give.
    pub fn lacks(&self) -> Vec<Lack> {
        let words = self.lines.status.as_ref().map(|status| &status.words);
        let pending = words.is_some_and(|words| words.values().any(|one| *one == Layer::Pending));
        let given = [
            (Lack::Balance, self.balances.is_some()),
            (Lack::BalanceAfter, self.lines.after.is_some()),
            (Lack::PartyIban, self.lines.party_iban.is_some()),
            (Lack::ValueDay, self.lines.value.is_some()),
            (Lack::Pending, pending),
        ];
        given.into_iter().filter(|(_, given)| !given).map(|(lack, _)| lack).collect()
    }
}

fn identity_of(keys: Keys<'_>) -> Result<(Trust, Vec<String>), MappingError> {
    let trust = keys.word("trust", |word| match word {
        "strong" => Some(Trust::Strong),
        "normal" => Some(Trust::Normal),
        "session" => Some(Trust::Session),
        "none" => Some(Trust::None),
        _ => None,
    })?;
    let holds = keys.texts("holds")?.into_iter().map(str::to_owned).collect();
    keys.end()?;
    Ok((trust.unwrap_or(Trust::None), holds))
}

fn needed<T>(keys: &Keys<'_>, key: &str, value: Option<T>) -> Result<T, MappingError> {
    value.ok_or_else(|| keys.wrong(key, MappingFault::Missing))
}

impl Accounts {
    fn read(keys: Keys<'_>) -> Result<Accounts, MappingError> {
        keys.leave(&["call"]);
        let map = keys.needed_table("map")?;
        let join = match keys.table("join")? {
            None => None,
            Some(join) => {
                let bank = join.table("bank")?.map(Join::read).transpose()?;
                join.end()?;
                bank
            }
        };
        let accounts = Accounts {
            list: needed(&keys, "list", pointer(&keys, "list")?)?,
            skip: keys.tables("skip")?.into_iter().map(When::read).collect::<Result<_, _>>()?,
            reference: needed(&map, "ref", pointer(&map, "ref")?)?,
            scope: pointer(&map, "scope")?,
            name: TextRule::read(&map, "name")?,
            iban: TextRule::read(&map, "iban")?,
            currency: needed(&map, "currency", TextRule::read(&map, "currency")?)?,
            bank: TextRule::read(&map, "bank")?,
            bank_join: join,
        };
        map.end()?;
        keys.end()?;
        Ok(accounts)
    }
}

impl Join {
    fn read(keys: Keys<'_>) -> Result<Join, MappingError> {
        let on = super::rules::pointers(&keys, "on")?;
        let [theirs, ours] = <[Pointer; 2]>::try_from(on)
            .map_err(|_| keys.wrong("on", MappingFault::Kind("two pointers")))?;
        let join = Join {
            list: needed(&keys, "list", pointer(&keys, "list")?)?,
            theirs,
            ours,
            at: needed(&keys, "at", pointer(&keys, "at")?)?,
        };
        keys.end()?;
        Ok(join)
    }

    /// The field of the record of the other list that names the same thing.
    pub fn find<'a>(&self, chain: &Chain<'_, 'a>) -> Option<Cow<'a, str>> {
        let ours = self.ours.scalar(chain)?;
        let root = chain.first()?;
        let mut records = self.list.find(&[root])?.items()?.iter();
        let record = records.find(|record| self.theirs.scalar(&[record]) == Some(ours.clone()))?;
        self.at.scalar(&[record])
    }
}

impl Balances {
    fn read(keys: Keys<'_>) -> Result<Balances, MappingError> {
        let from = keys.word("from", |word| match word {
            "accounts" => Some(BalanceFrom::Accounts),
            "transactions" => Some(BalanceFrom::Transactions),
            _ => None,
        })?;
        let own = keys.value("call").is_some();
        let from = match from {
            Some(from) if !own => from,
            None if own => BalanceFrom::Call,
            _ => {
                return Err(keys.wrong("from", MappingFault::Kind("there, unless there is a call")));
            }
        };
        let balances = Balances {
            from,
            booked: AmountRule::read(keys.needed_table("booked")?)?,
            available: keys.table("available")?.map(AmountRule::read).transpose()?,
            as_of: keys.table("as_of")?.map(MomentRule::read).transpose()?,
        };
        keys.end()?;
        Ok(balances)
    }
}

fn layer(word: &str) -> Option<Layer> {
    match word {
        "booked" => Some(Layer::Booked),
        "pending" => Some(Layer::Pending),
        "void" => Some(Layer::Void),
        _ => None,
    }
}

impl Lines {
    fn read(keys: Keys<'_>) -> Result<Lines, MappingError> {
        keys.leave(&["call", "window", "page"]);
        let map = keys.needed_table("map")?;
        let moment = |key| map.table(key)?.map(MomentRule::read).transpose();
        let amount = |key| map.table(key)?.map(AmountRule::read).transpose();
        let own = keys.word("own", |word| (word == "enclosing-account").then_some(()))?;
        let lines = Lines {
            each: super::rules::pointers(&keys, "each")?,
            in_account: own.is_some(),
            id: pointer(&map, "id")?,
            booked: needed(&map, "booked", moment("booked")?)?,
            happened: moment("happened")?,
            value: moment("value")?,
            status: map.table("status")?.map(|keys| WordRule::read(keys, layer)).transpose()?,
            amount: needed(&map, "amount", amount("amount")?)?,
            after: amount("after")?,
            fee: amount("fee")?,
            original: amount("original")?,
            label: needed(&map, "label", TextRule::read(&map, "label")?)?,
            party: TextRule::read(&map, "party")?,
            party_iban: TextRule::read(&map, "party_iban")?,
            reference: TextRule::read(&map, "reference")?,
            code: TextRule::read(&map, "code")?,
        };
        if !(1..=2).contains(&lines.each.len()) || (lines.in_account && lines.each.len() != 2) {
            return Err(keys.wrong("each", MappingFault::Kind("one list, or two for `own`")));
        }
        map.end()?;
        keys.end()?;
        Ok(lines)
    }
}
