//! A bank that lives from day to day and speaks like Qonto or like the SimpleFIN Bridge.

use super::server::{Bank, Heard, Reply, json as answer};
use super::{ACCESS, KEY, LOGIN, host, parameter, path};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// A booked movement.
#[derive(Debug, Clone)]
pub struct Movement {
    /// Of which account, from 0.
    pub account: usize,
    /// When it was booked, UTC.
    pub at: String,
    /// The day of that in Paris.
    pub day: String,
    pub amount_minor: i64,
    pub label: String,
}

/// A movement as the bank shows it at a moment.
#[derive(Debug, Clone)]
pub struct Shown {
    pub id: String,
    pub movement: Movement,
    pub pending: bool,
    /// Whether the list of lines has it by now, and whether the balance does.
    pub listed: bool,
    pub counted: bool,
}

/// How a bank with pages shows its list.
#[derive(Debug, Clone, Copy)]
pub struct Habits {
    pub newest_first: bool,
    /// Whether it says how many lines there are, so that a list that moved is seen to have moved.
    pub counts: bool,
    /// The moment of the bridge's balance, in seconds since 1970; else that of the last movement.
    pub balance_at: Option<i64>,
}

/// An answer in place of the bank's own.
type Spell = Box<dyn Fn(&Heard) -> Option<Reply> + Send>;

/// What the bank knows.
#[derive(Default)]
pub struct Books {
    pub movements: Vec<Movement>,
    /// What it says instead, sometimes.
    pub spell: Option<Spell>,
}

/// The bank and its books.
pub struct ModelBank {
    pub bank: Bank,
    pub books: Arc<Mutex<Books>>,
    accounts: usize,
    connector: &'static str,
}

/// On each account before the first movement.
const BEFORE_MINOR: i64 = 100_000;
const IBANS: [&str; 2] = ["FR7699999000010000000004286", "FR7688888000010000000000758"];
/// Lines on a page.
const PAGE: usize = 3;

impl ModelBank {
    /// Opens it; the host's name is the connector's.
    pub fn open(connector: &'static str, accounts: usize) -> ModelBank {
        let books: Arc<Mutex<Books>> = Arc::default();
        let own = books.clone();
        let bank = Bank::open(&[host(connector)], move |heard| {
            let books = own.lock().expect("the books");
            if let Some(reply) = books.spell.as_ref().and_then(|spell| spell(heard)) {
                return reply;
            }
            speak(connector, &books.movements, accounts, heard)
        });
        ModelBank { bank, books, accounts, connector }
    }

    pub fn add(&self, movement: Movement) {
        self.books.lock().expect("the books").movements.push(movement);
    }

    /// Forgets everything.
    pub fn begin(&self) {
        *self.books.lock().expect("the books") = Books::default();
    }

    /// From now on it says this where the spell says anything.
    pub fn enchant(&self, spell: impl Fn(&Heard) -> Option<Reply> + Send + 'static) {
        self.books.lock().expect("the books").spell = Some(Box::new(spell));
    }

    pub fn disenchant(&self) {
        self.books.lock().expect("the books").spell = None;
    }

    /// What a book must hold, in order.
    pub fn truth(&self) -> Vec<(String, i64, String)> {
        let books = self.books.lock().expect("the books");
        let one = |one: &Movement| (one.day.clone(), one.amount_minor, one.label.clone());
        let mut truth: Vec<_> = books.movements.iter().map(one).collect();
        truth.sort();
        truth
    }

    /// Requests of a sync that reads every account whole, all movements being in its window.
    pub fn requests(&self) -> usize {
        let books = self.books.lock().expect("the books");
        let of = |account| books.movements.iter().filter(move |one| one.account == account);
        match self.connector {
            // The accounts twice: to find them, and beside the lines for their balance.
            "qonto" => {
                let pages = |account| of(account).count().div_ceil(PAGE).max(1);
                2 + (0..self.accounts).map(|account| pages(account) + 1).sum::<usize>()
            }
            _ => 1 + self.accounts,
        }
    }
}

/// What the bank answers by itself.
pub fn speak(connector: &str, movements: &[Movement], accounts: usize, heard: &Heard) -> Reply {
    let shown = |(place, movement): (usize, &Movement)| Shown {
        id: format!("line-{place}"),
        movement: movement.clone(),
        pending: false,
        listed: true,
        counted: true,
    };
    let rows: Vec<Shown> = movements.iter().enumerate().map(shown).collect();
    let habits = Habits { newest_first: false, counts: true, balance_at: None };
    speak_of(connector, &rows, accounts, habits, heard)
}

/// The same of rows that are in the list's order.
pub fn speak_of(
    connector: &str,
    rows: &[Shown],
    accounts: usize,
    habits: Habits,
    heard: &Heard,
) -> Reply {
    match connector {
        "qonto" => qonto(rows, accounts, habits, heard),
        _ => simplefin(rows, accounts, habits, heard),
    }
}

fn nothing(status: u16) -> Reply {
    Reply::Plain(status, "", Vec::new())
}

fn closing(rows: &[Shown], account: usize) -> i64 {
    let own = rows.iter().filter(move |row| row.movement.account == account);
    let counted = own.filter(|row| row.counted && !row.pending);
    BEFORE_MINOR + counted.map(|row| row.movement.amount_minor).sum::<i64>()
}

fn qonto(rows: &[Shown], accounts: usize, habits: Habits, heard: &Heard) -> Reply {
    let right = format!("{LOGIN}:{KEY}");
    if heard.headers.get("authorization") != Some(&right) {
        return nothing(401);
    }
    match (path(heard), parameter(heard, "status%5B%5D")) {
        ("/v2/organization", _) => {
            let account = |at: usize| {
                json!({
                    "id": format!("account-{at}"), "name": format!("Compte {at}"),
                    "iban": IBANS[at % 2],
                    "currency": "EUR", "balance_cents": closing(rows, at),
                    "authorized_balance_cents": 0, "is_external_account": false,
                })
            };
            let all: Vec<Value> = (0..accounts).map(account).collect();
            answer(json!({ "organization": { "bank_accounts": all } }).to_string())
        }
        ("/v2/transactions", Some("completed")) => {
            let mut lines = qonto_lines(rows, heard);
            if habits.newest_first {
                lines.reverse();
            }
            qonto_page(&lines, habits, heard)
        }
        ("/v2/transactions", Some("pending")) => {
            let account = parameter(heard, "bank_account_id").expect("an account");
            let own = rows.iter().filter(|row| row.pending);
            let own = own.filter(|row| account == format!("account-{}", row.movement.account));
            let lines: Vec<Value> = own.map(|row| qonto_line(row, None)).collect();
            qonto_page(&lines, habits, heard)
        }
        _ => nothing(404),
    }
}

/// A line; one that is settled has the balance after it.
fn qonto_line(row: &Shown, after: Option<i64>) -> Value {
    let one = &row.movement;
    json!({
        "id": row.id, "amount_cents": one.amount_minor.abs(),
        "currency": "EUR", "side": if one.amount_minor < 0 { "debit" } else { "credit" },
        "settled_balance_cents": after, "settled_at": after.map(|_| &one.at), "emitted_at": one.at,
        "status": if row.pending { "pending" } else { "completed" }, "label": one.label,
        "reference": null, "operation_type": "transfer",
    })
}

fn qonto_lines(rows: &[Shown], heard: &Heard) -> Vec<Value> {
    let instant = |name| parameter(heard, name).expect("an instant").replace("%3A", ":");
    let (from, to) = (instant("settled_at_from"), instant("settled_at_to"));
    let account = parameter(heard, "bank_account_id").expect("an account");
    let mut after = BEFORE_MINOR;
    let mut lines = Vec::new();
    for row in rows.iter().filter(|row| row.listed && !row.pending) {
        let one = &row.movement;
        if account != format!("account-{}", one.account) {
            continue;
        }
        after += one.amount_minor;
        if one.at < from || one.at > to {
            continue;
        }
        lines.push(qonto_line(row, Some(after)));
    }
    lines
}

fn qonto_page(lines: &[Value], habits: Habits, heard: &Heard) -> Reply {
    let page: usize =
        parameter(heard, "current_page").map_or(1, |page| page.parse().expect("a page"));
    let shown: Vec<Value> = lines.iter().skip((page - 1) * PAGE).take(PAGE).cloned().collect();
    let next = (page * PAGE < lines.len()).then_some(page + 1);
    let meta = json!({ "next_page": next, "total_count": habits.counts.then_some(lines.len()) });
    answer(json!({ "transactions": shown, "meta": meta }).to_string())
}

/// Minor units as a text of major ones.
pub fn major(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", minor.abs() / 100, minor.abs() % 100)
}

fn unix(at: &str) -> i64 {
    at.parse::<chrono::DateTime<chrono::Utc>>().expect("an instant").timestamp()
}

fn simplefin(rows: &[Shown], accounts: usize, habits: Habits, heard: &Heard) -> Reply {
    if path(heard) == "/simplefin/claim/ONCE" {
        return Reply::Plain(200, "content-type: text/plain\r\n", ACCESS.as_bytes().to_vec());
    }
    if path(heard) != "/simplefin/accounts" || !heard.headers.contains_key("authorization") {
        return nothing(403);
    }
    let time = |name| parameter(heard, name).and_then(|text| text.parse::<i64>().ok());
    let (from, until) = (time("start-date").unwrap_or(0), time("end-date").unwrap_or(i64::MAX));
    let asked = parameter(heard, "account");
    let account = |at: usize| {
        let own = rows.iter().filter(|row| row.movement.account == at && row.listed);
        let shown = own.filter(|row| (from..until).contains(&unix(&row.movement.at)));
        let lines = shown.map(|row| {
            let one = &row.movement;
            let posted = if row.pending { 0 } else { unix(&one.at) };
            json!({ "id": row.id, "posted": posted, "transacted_at": unix(&one.at),
                "pending": row.pending, "amount": major(one.amount_minor),
                "description": one.label })
        });
        let lines: Vec<Value> = lines.collect();
        // The balance is of the last movement, or of the day before all.
        let counted = rows.iter().filter(|row| row.counted && !row.pending);
        let last = habits.balance_at.or(counted.map(|row| unix(&row.movement.at)).max());
        json!({
            "id": format!("account-{at}"), "name": format!("Account {at}"), "conn_id": "CON-1",
            "currency": "USD", "balance": major(closing(rows, at)),
            "balance-date": last.unwrap_or_else(|| unix("2026-04-01T06:00:00Z")),
            "transactions": lines,
        })
    };
    let asks_for = |at: &usize| asked.is_none_or(|asked| asked == format!("account-{at}"));
    let all: Vec<Value> = (0..accounts).filter(asks_for).map(account).collect();
    let bank = json!({ "conn_id": "CON-1", "name": "Harbor", "org_id": "I", "sfin_url": "" });
    answer(json!({ "errlist": [], "connections": [bank], "accounts": all }).to_string())
}
