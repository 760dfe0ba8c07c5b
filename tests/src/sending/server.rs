//! A mail server on loopback that fails where it is told, kills its client where it is told, and
//! keeps what it was given: whole letters, and what it said to them.
//!
//! It differs from the one in `crates/courier/tests/fault_server` (whose certificates it shows) by
//! what a test of deaths must know besides: whether it had the whole letter when it fell silent.

use super::authority::{Authority, Papers};
use super::plan::Death;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::Child;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// A step of the dialogue: where the server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Its first line.
    Greeting,
    /// EHLO in plain.
    Hello,
    /// STARTTLS.
    StartTls,
    /// EHLO under TLS.
    HelloAgain,
    /// The last word of signing in.
    SignIn,
    /// MAIL.
    Mail,
    /// RCPT.
    Recipient,
    /// DATA.
    Data,
    /// In the middle of the letter.
    Body,
    /// The whole letter.
    Verdict,
}

/// What the server does in place of the right answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// 4xx.
    NotNow,
    /// 5xx.
    No,
    /// The end of the connection.
    Drop,
    /// Nothing, for as long as the client stays.
    Silence,
}

/// What one connection meets.
#[derive(Debug, Clone)]
pub struct Script {
    /// Whether STARTTLS is offered.
    pub offers_starttls: bool,
    /// The certificate shown.
    pub papers: Papers,
    /// The one fault, if any.
    pub fault: Option<(Step, Answer)>,
    /// When the client dies; the moments inside the client are no concern of the server.
    pub death: Option<Death>,
    /// Where in the letter its middle is, in bytes.
    pub body_bytes: usize,
}

impl Script {
    /// A server without fault.
    pub fn sound() -> Script {
        Script {
            offers_starttls: true,
            papers: Papers::Sound,
            fault: None,
            death: None,
            body_bytes: 0,
        }
    }
}

/// What the server said to a whole letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// 250.
    Accepted,
    /// 4xx: it has not taken it.
    NotNow,
    /// 5xx: it has not taken it.
    No,
    /// Nothing: it has the letter, and its client was not told.
    Nothing,
}

/// A letter that the server has had whole, dots undone.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What was said to it.
    pub said: Said,
}

/// The client's process, to be killed from any thread.
pub type Victim = Arc<Mutex<Option<Child>>>;

/// Waits until the outcome of the message to a recipient can be read in the book.
pub type Recorded = Box<dyn Fn(&str) + Send + Sync>;

/// What the server remembers.
#[derive(Default)]
struct Seen {
    letters: Vec<Letter>,
    connections: u64,
    /// The last death it brought, and the recipient named until then; until asked.
    killed: Option<(Death, String)>,
    /// Whether the last connection met the fault of its script.
    met: bool,
    /// Recipients refused for good.
    refused: Vec<String>,
}

struct Shared {
    script: Mutex<Script>,
    seen: Mutex<Seen>,
    victim: Victim,
    recorded: Recorded,
    authority: Authority,
    closing: AtomicBool,
}

/// A server that can stop listening and begin again, on one port.
pub struct Server {
    /// The port on 127.0.0.1.
    pub port: u16,
    shared: Arc<Shared>,
    listening: Option<JoinHandle<()>>,
}

/// Below the ports that systems give to clients, and never one twice: while a server does not
/// listen, nobody else shall get its port.
const FIRST_PORT: u32 = 20_000;
const PORTS: u32 = 12_000;
static NEXT_PORT: AtomicU32 = AtomicU32::new(0);

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Server {
    /// Listens on a free port.
    pub fn start(
        authority: Authority,
        victim: Victim,
        recorded: Recorded,
    ) -> Result<Server, String> {
        let shared = Arc::new(Shared {
            script: Mutex::new(Script::sound()),
            seen: Mutex::default(),
            victim,
            recorded,
            authority,
            closing: AtomicBool::new(false),
        });
        for _ in 0..PORTS {
            let number =
                (std::process::id() % 1_000) * 12 + NEXT_PORT.fetch_add(1, Ordering::Relaxed);
            let Ok(port) = u16::try_from(FIRST_PORT + number % PORTS) else { continue };
            let Ok(listener) = TcpListener::bind(("127.0.0.1", port)) else { continue };
            let listening = Some(listen(listener, Arc::clone(&shared)));
            return Ok(Server { port, shared, listening });
        }
        Err("no port is free".to_owned())
    }

    /// What the next connection meets.
    pub fn play(&self, script: Script) {
        held(&self.shared.seen).met = false;
        *held(&self.shared.script) = script;
    }

    /// Nobody listens any more.
    pub fn close(&mut self) {
        let Some(listening) = self.listening.take() else { return };
        self.shared.closing.store(true, Ordering::SeqCst);
        // One call, so that the listener looks up.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        let _ = listening.join();
        self.shared.closing.store(false, Ordering::SeqCst);
    }

    /// Listens again.
    pub fn open(&mut self) -> Result<(), String> {
        if self.listening.is_none() {
            let listener = TcpListener::bind(("127.0.0.1", self.port))
                .map_err(|why| format!("the port was taken meanwhile: {why}"))?;
            self.listening = Some(listen(listener, Arc::clone(&self.shared)));
        }
        Ok(())
    }

    /// Every letter that it has had whole.
    pub fn letters(&self) -> Vec<Letter> {
        held(&self.shared.seen).letters.clone()
    }

    /// How many connections there were.
    pub fn connections(&self) -> u64 {
        held(&self.shared.seen).connections
    }

    /// The recipients that it refused for good.
    pub fn refused(&self) -> Vec<String> {
        held(&self.shared.seen).refused.clone()
    }

    /// The death that it brought since last asked, and the recipient if one was named.
    pub fn killed(&self) -> Option<(Death, String)> {
        held(&self.shared.seen).killed.take()
    }

    /// Whether the last connection came to the fault of its script.
    pub fn was_met(&self) -> bool {
        held(&self.shared.seen).met
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.close();
    }
}

fn listen(listener: TcpListener, shared: Arc<Shared>) -> JoinHandle<()> {
    std::thread::spawn(move || {
        for socket in listener.incoming().flatten() {
            if shared.closing.load(Ordering::SeqCst) {
                return;
            }
            let script = held(&shared.script).clone();
            held(&shared.seen).connections += 1;
            let shared = Arc::clone(&shared);
            // A client that hangs up or dies ends the scene early; that is no fault of the server.
            let client = held(&shared.victim).as_ref().map(Child::id);
            let scene = Scene { script, shared, client, to: String::new() };
            std::thread::spawn(move || scene.play(socket));
        }
    })
}

/// Why a scene is over.
struct Over;

impl From<std::io::Error> for Over {
    fn from(_: std::io::Error) -> Over {
        Over
    }
}

trait Line: Read + Write {}
impl<T: Read + Write> Line for T {}

type Client = BufReader<Box<dyn Line>>;

struct Scene {
    script: Script,
    shared: Arc<Shared>,
    /// The process that calls.
    client: Option<u32>,
    to: String,
}

impl Scene {
    fn play(mut self, socket: TcpStream) {
        let end = socket.try_clone();
        let _ = socket.set_nodelay(true);
        let _ = self.talk(socket);
        if let Ok(socket) = end {
            let _ = socket.shutdown(Shutdown::Both);
        }
    }

    fn talk(&mut self, socket: TcpStream) -> Result<(), Over> {
        let mut bare = Some(socket.try_clone()?);
        let mut client: Client = BufReader::new(Box::new(socket));
        self.answer(&mut client, Step::Greeting, "220 faults.example ESMTP")?;
        let mut secure = false;
        loop {
            let line = raw(&mut client)?;
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" if secure => {
                    let offers = "250-faults.example\r\n250-SIZE 30000000\r\n250 AUTH PLAIN";
                    self.answer(&mut client, Step::HelloAgain, offers)?;
                }
                "EHLO" => {
                    let offer = if self.script.offers_starttls { "STARTTLS" } else { "HELP" };
                    let offers = format!("250-faults.example\r\n250 {offer}");
                    self.answer(&mut client, Step::Hello, &offers)?;
                }
                "STARTTLS" => {
                    self.answer(&mut client, Step::StartTls, "220 go on")?;
                    client = self.under_tls(bare.take().ok_or(Over)?)?;
                    secure = true;
                }
                "AUTH" if secure => {
                    say(&mut client, "334 ")?;
                    raw(&mut client)?;
                    self.answer(&mut client, Step::SignIn, "235 welcome")?;
                }
                "MAIL" => self.answer(&mut client, Step::Mail, "250 sender ok")?,
                "RCPT" => {
                    self.to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    self.answer(&mut client, Step::Recipient, "250 recipient ok")?;
                }
                "DATA" => self.letter(&mut client)?,
                "QUIT" => {
                    say(&mut client, "221 goodbye")?;
                    return Ok(());
                }
                _ => say(&mut client, "502 not here")?,
            }
        }
    }

    fn under_tls(&mut self, mut socket: TcpStream) -> Result<Client, Over> {
        // What is shown to a client that must not believe it counts as met.
        held(&self.shared.seen).met |= self.script.papers != Papers::Sound;
        let config: Arc<ServerConfig> = self.shared.authority.server(self.script.papers);
        let mut session = ServerConnection::new(config).map_err(|_| Over)?;
        while session.is_handshaking() {
            session.complete_io(&mut socket)?;
        }
        Ok(BufReader::new(Box::new(StreamOwned::new(session, socket))))
    }

    fn letter(&mut self, client: &mut Client) -> Result<(), Over> {
        self.answer(client, Step::Data, "354 go on")?;
        if matches!(self.script.fault, Some((Step::Data, _))) {
            return Ok(());
        }
        let middle = matches!(self.script.fault, Some((Step::Body, _)))
            || self.script.death == Some(Death::At(Step::Body));
        if middle {
            client.take(self.script.body_bytes as u64).read_to_end(&mut Vec::new())?;
            return self.answer(client, Step::Body, "").and(Err(Over));
        }
        let bytes = read_letter(client)?;
        let dies = self.script.death == Some(Death::At(Step::Verdict));
        let said = match self.script.fault {
            _ if dies => Said::Nothing,
            Some((Step::Verdict, Answer::NotNow)) => Said::NotNow,
            Some((Step::Verdict, Answer::No)) => Said::No,
            Some((Step::Verdict, _)) => Said::Nothing,
            _ => Said::Accepted,
        };
        // Before the client hears of it: a server that accepts has the letter, whoever dies.
        held(&self.shared.seen).letters.push(Letter { bytes, said });
        let answered = self.answer(client, Step::Verdict, "250 2.0.0 queued as 4711");
        match self.script.death.filter(|_| said != Said::Nothing) {
            Some(Death::Answered { after_us }) => pause(after_us),
            Some(Death::Recorded) => (self.shared.recorded)(&self.to),
            _ => return answered,
        }
        self.script.death.into_iter().for_each(|death| self.kill(death));
        Err(Over)
    }

    /// The client's death if this is its moment; else the fault if this is its place; else the
    /// right answer.
    fn answer(&mut self, client: &mut Client, step: Step, right: &str) -> Result<(), Over> {
        if self.script.death == Some(Death::At(step)) {
            self.kill(Death::At(step));
            return Err(Over);
        }
        if step == Step::Hello && !self.script.offers_starttls {
            held(&self.shared.seen).met = true;
        }
        let Some((_, answer)) = self.script.fault.filter(|(at, _)| *at == step) else {
            return say(client, right);
        };
        {
            let mut seen = held(&self.shared.seen);
            seen.met = true;
            if answer == Answer::No && matches!(step, Step::Recipient | Step::Verdict) {
                seen.refused.push(self.to.clone());
            }
        }
        match answer {
            Answer::NotNow if step == Step::Greeting => say(client, "421 4.3.2 not now"),
            Answer::NotNow => say(client, "451 4.7.1 not now"),
            Answer::No if step == Step::SignIn => say(client, "535 5.7.8 who are you"),
            Answer::No => say(client, "554 5.7.1 no"),
            Answer::Drop => Err(Over),
            Answer::Silence => {
                let _ = client.read_to_end(&mut Vec::new());
                Err(Over)
            }
        }
    }

    fn kill(&self, death: Death) {
        let mut victim = held(&self.shared.victim);
        // Whoever lives by now may be another one.
        if let Some(child) = victim.as_mut().filter(|child| Some(child.id()) == self.client) {
            held(&self.shared.seen).killed = Some((death, self.to.clone()));
            let _ = child.kill();
        }
    }
}

fn raw(client: &mut Client) -> Result<String, Over> {
    let mut line = String::new();
    if client.read_line(&mut line)? == 0 {
        return Err(Over);
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn say(client: &mut Client, lines: &str) -> Result<(), Over> {
    client.get_mut().write_all(format!("{lines}\r\n").as_bytes())?;
    client.get_mut().flush()?;
    Ok(())
}

/// Everything to the lone dot, with doubled dots undone (RFC 5321 section 4.5.2).
fn read_letter(client: &mut Client) -> Result<Vec<u8>, Over> {
    let mut letter = Vec::new();
    loop {
        let mut line = Vec::new();
        if client.read_until(b'\n', &mut line)? == 0 {
            return Err(Over);
        }
        if line == b".\r\n" {
            return Ok(letter);
        }
        letter.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

#[allow(clippy::disallowed_methods, reason = "the moment of a death belongs to no shell's Host")]
fn pause(span_us: u64) {
    std::thread::sleep(Duration::from_micros(span_us));
}
