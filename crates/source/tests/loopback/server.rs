//! A bank on loopback: real TLS under the bank's own names, answers by whoever writes the test.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use source::Web;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request as it came in.
#[derive(Debug, Clone)]
pub struct Heard {
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
}

/// What the bank does.
pub enum Reply {
    /// Status, headers, body.
    Plain(u16, &'static str, Vec<u8>),
    /// A body said to be longer than what comes.
    Cut(Vec<u8>),
    /// A body without a stated length, of so many bytes.
    Endless(u64),
    /// Nothing, for as long as the other side waits.
    Silent,
    /// A byte now and then.
    Drip,
}

/// A sound answer of JSON.
pub fn json(body: impl Into<Vec<u8>>) -> Reply {
    Reply::Plain(200, "content-type: application/json\r\n", body.into())
}

pub struct Bank {
    address: SocketAddr,
    root: Vec<u8>,
    heard: Arc<Mutex<Vec<Heard>>>,
}

type Teller = dyn Fn(&Heard) -> Reply + Send + Sync;

impl Bank {
    /// Opens a bank that has certificates for these names.
    pub fn open(hosts: &[&str], teller: impl Fn(&Heard) -> Reply + Send + Sync + 'static) -> Bank {
        let names: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let issuer = CertifiedIssuer::self_signed(params, key).expect("a root");
        let key = KeyPair::generate().expect("a key");
        let own = CertificateParams::new(names).expect("parameters");
        let certificate = own.signed_by(&key, &issuer).expect("a certificate");
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], private)
            .expect("a certificate with its key");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (config, log) = (Arc::new(config), heard.clone());
        let teller: Arc<Teller> = Arc::new(teller);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, log, teller) = (config.clone(), log.clone(), teller.clone());
                thread::spawn(move || serve(stream, config, &log, &*teller));
            }
        });
        Bank { address, root: issuer.der().to_vec(), heard }
    }

    /// The network with these names led to this bank, whose root is trusted.
    pub fn web(&self, hosts: &[&str]) -> Web {
        self.web_trusting(hosts, std::slice::from_ref(&self.root))
    }

    pub fn web_trusting(&self, hosts: &[&str], roots: &[Vec<u8>]) -> Web {
        let detours = hosts.iter().map(|host| ((*host).to_owned(), self.address)).collect();
        Web::with_detours(&detours, roots).expect("the network")
    }

    /// Every request so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("the log").clone()
    }
}

fn serve(stream: TcpStream, config: Arc<ServerConfig>, log: &Mutex<Vec<Heard>>, teller: &Teller) {
    let Ok(connection) = ServerConnection::new(config) else { return };
    let mut stream = StreamOwned::new(connection, stream);
    let Some(heard) = listen(&mut stream) else { return };
    log.lock().expect("the log").push(heard.clone());
    // A client that hangs up ends the talk; that is what some tests are for.
    let _ = say(&mut stream, teller(&heard));
}

fn listen(stream: &mut impl Read) -> Option<Heard> {
    let mut head = Vec::new();
    let mut byte = [0u8];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let text = String::from_utf8(head).ok()?;
    let mut lines = text.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_lowercase(), value.trim().to_owned()))
    };
    let headers = lines.filter_map(header).collect();
    Some(Heard { method, target, headers })
}

fn say(stream: &mut StreamOwned<ServerConnection, TcpStream>, reply: Reply) -> std::io::Result<()> {
    const CLOSE: &str = "connection: close\r\n\r\n";
    match reply {
        Reply::Plain(status, headers, body) => {
            let length = body.len();
            write!(stream, "HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\n{CLOSE}")?;
            stream.write_all(&body)?;
        }
        Reply::Cut(body) => {
            let length = body.len() + 100;
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n{CLOSE}")?;
            stream.write_all(&body)?;
        }
        Reply::Endless(bytes) => {
            write!(stream, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n{CLOSE}")?;
            let part = vec![b' '; 64 * 1024];
            for _ in 0..bytes / part.len() as u64 {
                write!(stream, "{:x}\r\n", part.len())?;
                stream.write_all(&part)?;
                stream.write_all(b"\r\n")?;
            }
            stream.write_all(b"0\r\n\r\n")?;
        }
        Reply::Silent => {
            let mut byte = [0u8];
            let _ = stream.read(&mut byte);
        }
        Reply::Drip => {
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n{CLOSE}")?;
            stream.flush()?;
            for _ in 0..600 {
                stream.write_all(b" ")?;
                stream.flush()?;
                pause();
            }
        }
    }
    stream.conn.send_close_notify();
    stream.flush()
}

/// A tenth of a second: nobody ever sends.
fn pause() {
    let (_sender, receiver) = std::sync::mpsc::channel::<()>();
    let _ = receiver.recv_timeout(std::time::Duration::from_millis(100));
}
