//! A mail server on loopback that fails where a script says, and keeps what it was given.
//!
//! It speaks SMTP with STARTTLS or TLS from the first byte, and AUTH PLAIN and LOGIN. Nothing but
//! std and rustls: start it with [`FaultServer::start`], send to `localhost` and its port, trust
//! the root of its [`Authority`], then ask [`FaultServer::letters`] and [`FaultServer::commands`].

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

pub mod authority;

pub use authority::{Authority, Papers};

/// Where in the dialogue a fault happens: in place of the answer to this step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The first line of the server.
    Greeting,
    /// EHLO, the one in plain or, without STARTTLS, the only one.
    Hello,
    StartTls,
    /// EHLO under TLS after STARTTLS.
    HelloAgain,
    /// The answer to the last word of signing in.
    SignIn,
    Mail,
    /// The recipient of this number, from 0.
    Recipient(usize),
    Data,
    /// After so many bytes of the letter.
    Body(usize),
    /// The answer to the whole letter.
    Verdict,
}

/// What happens there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// These lines instead of the right answer, with CRLF after them; the server goes on.
    Say(&'static str),
    /// These lines, then the end of the connection.
    SayAndDrop(&'static str),
    /// The end of the connection.
    Drop,
    /// Nothing, for as long as the client stays.
    Silence,
    /// Nothing, and what the client writes is not read either.
    Deaf,
}

/// What the server does, and whose papers it shows.
#[derive(Clone, Debug)]
pub struct Script {
    /// TLS from the first byte; otherwise in plain until STARTTLS.
    pub implicit_tls: bool,
    /// Whether STARTTLS is offered.
    pub offers_starttls: bool,
    /// The certificate shown.
    pub papers: Papers,
    /// The value of the AUTH keyword, "" for none.
    pub sign_in: &'static str,
    /// What is offered besides, each a line.
    pub offers: &'static [&'static str],
    /// The one fault, if any.
    pub fault: Option<(Step, Fault)>,
}

impl Script {
    /// A server without fault.
    pub fn sound() -> Script {
        Script {
            implicit_tls: false,
            offers_starttls: true,
            papers: Papers::Sound,
            sign_in: "PLAIN LOGIN",
            offers: &["SIZE 30000000"],
            fault: None,
        }
    }

    /// A server with one fault.
    pub fn with(step: Step, fault: Fault) -> Script {
        Script { fault: Some((step, fault)), ..Script::sound() }
    }
}

/// A running server. It ends with the process; each connection has a thread of its own.
pub struct FaultServer {
    /// The port on 127.0.0.1.
    pub port: u16,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    letters: Vec<Vec<u8>>,
    commands: Vec<String>,
}

impl FaultServer {
    /// Listens on a free port and plays the script to each who comes.
    pub fn start(authority: &Authority, script: Script) -> FaultServer {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let tls = authority.server(script.papers);
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let (script, tls, seen) = (script.clone(), Arc::clone(&tls), Arc::clone(&shared));
                // A client that hangs up ends the scene early; that is no fault of the server.
                thread::spawn(move || Scene { script, seen, names: 0 }.play(socket, &tls));
            }
        });
        FaultServer { port, seen }
    }

    /// The letters that the server has said 250 to, dots undone.
    pub fn letters(&self) -> Vec<Vec<u8>> {
        self.seen.lock().expect("no panic").letters.clone()
    }

    /// Every command line it got, those of signing in decoded: so a test can look for secrets.
    pub fn commands(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").commands.clone()
    }
}

/// Why a scene is over.
struct Over;

impl From<std::io::Error> for Over {
    fn from(_: std::io::Error) -> Over {
        Over
    }
}

/// A way to and from the client, in plain or under TLS.
trait Line: Read + Write {}
impl<T: Read + Write> Line for T {}

type Client = BufReader<Box<dyn Line>>;

struct Scene {
    script: Script,
    seen: Arc<Mutex<Seen>>,
    names: usize,
}

impl Scene {
    fn play(mut self, socket: TcpStream, tls: &Arc<ServerConfig>) {
        let end = socket.try_clone();
        let _ = self.talk(socket, tls);
        if let Ok(socket) = end {
            let _ = socket.shutdown(Shutdown::Both);
        }
    }

    fn talk(&mut self, socket: TcpStream, tls: &Arc<ServerConfig>) -> Result<(), Over> {
        let mut bare = Some(socket.try_clone()?);
        let mut client: Client = if self.script.implicit_tls {
            under_tls(bare.take().ok_or(Over)?, tls)?
        } else {
            BufReader::new(Box::new(socket))
        };
        self.answer(&mut client, Step::Greeting, "220 faults.example ESMTP")?;
        let mut secure = self.script.implicit_tls;
        let mut hellos = 0;
        loop {
            let line = self.command(&mut client)?;
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => {
                    let step = if hellos == 0 { Step::Hello } else { Step::HelloAgain };
                    hellos += 1;
                    let offers = self.offers(secure);
                    self.answer(&mut client, step, &offers)?;
                }
                "STARTTLS" => {
                    self.answer(&mut client, Step::StartTls, "220 go on")?;
                    client = under_tls(bare.take().ok_or(Over)?, tls)?;
                    secure = true;
                }
                "AUTH" if secure => self.sign_in(&mut client, &line)?,
                "MAIL" => self.answer(&mut client, Step::Mail, "250 sender ok")?,
                "RCPT" => {
                    self.names += 1;
                    let step = Step::Recipient(self.names - 1);
                    self.answer(&mut client, step, "250 recipient ok")?;
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

    fn offers(&self, secure: bool) -> String {
        let mut lines = vec!["faults.example".to_owned()];
        if !secure && self.script.offers_starttls {
            lines.push("STARTTLS".to_owned());
        }
        if secure && !self.script.sign_in.is_empty() {
            lines.push(format!("AUTH {}", self.script.sign_in));
        }
        lines.extend(self.script.offers.iter().map(|&offer| offer.to_owned()));
        let last = lines.pop().unwrap_or_default();
        let before: String = lines.iter().map(|line| format!("250-{line}\r\n")).collect();
        format!("{before}250 {last}")
    }

    fn sign_in(&mut self, client: &mut Client, line: &str) -> Result<(), Over> {
        let rounds: &[&str] = if line.to_ascii_uppercase().ends_with("LOGIN") {
            &["User", "Password"]
        } else {
            &[""]
        };
        for round in rounds {
            say(client, &format!("334 {}", STANDARD.encode(round)))?;
            let answer = self.raw(client)?;
            let clear = STANDARD.decode(answer.trim()).unwrap_or_default();
            self.note(&format!("(signing in) {}", String::from_utf8_lossy(&clear)));
        }
        self.answer(client, Step::SignIn, "235 welcome")
    }

    fn letter(&mut self, client: &mut Client) -> Result<(), Over> {
        self.answer(client, Step::Data, "354 go on")?;
        if !matches!(self.script.fault, Some((Step::Data, _))) {
            if let Some((Step::Body(count), fault)) = self.script.fault {
                client.take(count as u64).read_to_end(&mut Vec::new())?;
                return self.fail(client, fault);
            }
            let letter = read_letter(client)?;
            self.answer(client, Step::Verdict, "250 2.0.0 queued as 4711")?;
            if !matches!(self.script.fault, Some((Step::Verdict, _))) {
                self.seen.lock().expect("no panic").letters.push(letter);
            }
        }
        Ok(())
    }

    /// The right answer, or what the script has in its place.
    fn answer(&mut self, client: &mut Client, step: Step, right: &str) -> Result<(), Over> {
        match self.script.fault {
            Some((at, fault)) if at == step => self.fail(client, fault),
            _ => say(client, right),
        }
    }

    fn fail(&self, client: &mut Client, fault: Fault) -> Result<(), Over> {
        match fault {
            Fault::Say(lines) => say(client, lines),
            Fault::SayAndDrop(lines) => say(client, lines).and(Err(Over)),
            Fault::Drop => Err(Over),
            Fault::Silence => {
                let _ = client.read_to_end(&mut Vec::new());
                Err(Over)
            }
            Fault::Deaf => loop {
                thread::park();
            },
        }
    }

    fn command(&mut self, client: &mut Client) -> Result<String, Over> {
        let line = self.raw(client)?;
        self.note(&line);
        Ok(line)
    }

    fn raw(&self, client: &mut Client) -> Result<String, Over> {
        let mut line = String::new();
        if client.read_line(&mut line)? == 0 {
            return Err(Over);
        }
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }

    fn note(&self, line: &str) {
        self.seen.lock().expect("no panic").commands.push(line.to_owned());
    }
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

fn under_tls(mut socket: TcpStream, tls: &Arc<ServerConfig>) -> Result<Client, Over> {
    let mut session = ServerConnection::new(Arc::clone(tls)).map_err(|_| Over)?;
    while session.is_handshaking() {
        session.complete_io(&mut socket)?;
    }
    Ok(BufReader::new(Box::new(StreamOwned::new(session, socket))))
}
