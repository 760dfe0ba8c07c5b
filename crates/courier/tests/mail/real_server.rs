//! Starts a real server by its `start.sh`, on free ports, and ends it.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tempfile::TempDir;

use crate::correspondence::{PASSWORD, authority};
use crate::fault_server::Papers;

/// What `start.sh` ends with if its server is not installed.
const NOT_INSTALLED: i32 = 77;

/// A server that runs until this is dropped.
pub struct RealServer {
    child: Child,
    folder: TempDir,
    pub starttls_port: u16,
    pub tls_port: u16,
}

impl RealServer {
    /// Nothing if it is not installed.
    pub fn start(name: &str, more: &[&str]) -> Option<RealServer> {
        let folder = tempfile::Builder::new().prefix("mail").tempdir().expect("a folder");
        let (certificate, key) = authority().issue(Papers::Sound);
        let certificate_file = folder.path().join("given-certificate.pem");
        let key_file = folder.path().join("given-key.pem");
        std::fs::write(&certificate_file, pem("CERTIFICATE", &certificate)).expect("written");
        std::fs::write(&key_file, pem("PRIVATE KEY", &key)).expect("written");
        let (starttls_port, tls_port) = free_ports();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
        let child = Command::new(script.join("start.sh"))
            .arg(folder.path().join("server"))
            .args([starttls_port.to_string(), tls_port.to_string()])
            .args([certificate_file, key_file])
            .args(["ada", PASSWORD])
            .args(more)
            .stdin(Stdio::null())
            .spawn()
            .expect("start.sh runs");
        let mut server = RealServer { child, folder, starttls_port, tls_port };
        server.listens().then_some(server)
    }

    /// The folder that `start.sh` was given.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("server")
    }

    fn listens(&mut self) -> bool {
        for _ in 0..400 {
            if let Some(status) = self.child.try_wait().expect("a child") {
                assert_eq!(status.code(), Some(NOT_INSTALLED), "the server ended");
                return false;
            }
            let ports = [self.starttls_port, self.tls_port];
            if ports.iter().all(|&port| TcpStream::connect(("127.0.0.1", port)).is_ok()) {
                return true;
            }
            wait();
        }
        panic!("the server does not listen");
    }
}

impl Drop for RealServer {
    fn drop(&mut self) {
        // Asked to end, not killed: it has children of its own.
        let id = self.child.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &id]).stderr(Stdio::null()).status();
        let _ = self.child.wait();
    }
}

/// Asks again and again for what a server needs a moment for.
pub fn eventually<T>(mut question: impl FnMut() -> Option<T>) -> T {
    for _ in 0..400 {
        if let Some(answer) = question() {
            return answer;
        }
        wait();
    }
    panic!("it did not come about in time");
}

#[allow(clippy::disallowed_methods, reason = "a real server needs its moment")]
fn wait() {
    std::thread::sleep(Duration::from_millis(25));
}

/// Both held at once, so that they differ.
fn free_ports() -> (u16, u16) {
    let listeners = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").expect("a free port"));
    let [first, second] = listeners.map(|l| l.local_addr().expect("an address").port());
    (first, second)
}

/// DER as PEM, for programs that read files.
pub fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut out = format!("-----BEGIN {label}-----\n");
    for line in text.as_bytes().chunks(64) {
        out.push_str(std::str::from_utf8(line).expect("ASCII"));
        out.push('\n');
    }
    format!("{out}-----END {label}-----\n")
}
