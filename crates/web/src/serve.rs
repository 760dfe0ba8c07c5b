//! The server's life: started on the loopback, stopped from outside or by the person.

use crate::calls::Going;
use crate::error::WebError;
use crate::folders::Folders;
use crate::guards::Guard;
use crate::interface::Interface;
use crate::link::{hex, percent};
use crate::routes::{Server, router};
use api::{Desk, Language};
use axum::serve::ListenerExt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::watch;

/// How long the server waits for calls under way when it stops; what is not done by then is lost
/// as a whole, as by a loss of power.
const PATIENCE: Duration = Duration::from_secs(10);

/// Threads that pass bytes; calls run on threads of their own.
const WORKERS: usize = 2;

/// Calls at the same time. Writes wait for one another anyway.
const MOST_CALLS: usize = 64;

/// What the shell gives.
pub struct Options {
    /// The port; 0 takes one that is free.
    pub port: u16,
    /// Random bytes, different for each run.
    pub token: [u8; 32],
    /// Where the server makes its private folder; nothing may stand there.
    pub folder: PathBuf,
    /// The language of refusals that do not know the person's.
    pub language: Language,
    /// The interface that is served.
    pub interface: Interface,
}

/// A server that answers until it is stopped or dropped.
pub struct Running {
    /// Where it listens: 127.0.0.1 and its port.
    pub address: SocketAddr,
    /// What a request must hold, in hexadecimal.
    pub token: String,
    handle: Handle,
    stop: watch::Sender<bool>,
    serving: Option<JoinHandle<()>>,
}

/// Serves a desk on 127.0.0.1, on threads of its own.
///
/// # Errors
/// [`WebError::Port`] if the port is taken or forbidden, [`WebError::Folder`] if the private folder
/// cannot be made, [`WebError::Threads`] if the system gives no threads.
pub fn serve(desk: Arc<Desk>, options: Options) -> Result<Running, WebError> {
    let refused = |why| WebError::Port(options.port, why);
    let listener =
        std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).map_err(refused)?;
    listener.set_nonblocking(true).map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let runtime = Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .max_blocking_threads(MOST_CALLS)
        .enable_all()
        .build()
        .map_err(WebError::Threads)?;
    let handle = runtime.handle().clone();
    let listener = {
        let _inside = handle.enter();
        tokio::net::TcpListener::from_std(listener).map_err(refused)?
    };
    let token = hex(&options.token);
    let (stop, stopping) = watch::channel(false);
    let server = Arc::new(Server {
        desk,
        guard: Guard::new(address.port(), token.clone()),
        language: options.language,
        interface: options.interface,
        folders: Folders::make(&options.folder)?,
        going: Going::default(),
        stopping,
    });
    let serving = thread::Builder::new()
        .name("web".to_owned())
        .spawn(move || run(runtime, listener, &server))
        .map_err(WebError::Threads)?;
    Ok(Running { address, token, handle, stop, serving: Some(serving) })
}

/// Answers until told to stop, then ends what is under way.
fn run(runtime: Runtime, listener: tokio::net::TcpListener, server: &Arc<Server>) {
    let told = |server: Arc<Server>| async move {
        // An error means that nobody can tell any more, which is the same.
        let _ = server.stopping.clone().wait_for(|stop| *stop).await;
        server.going.cancel(&server.desk);
    };
    let (stopped, impatient) = (told(server.clone()), told(server.clone()));
    // Small answers go out at once instead of waiting for more to send.
    let listener = listener.tap_io(|socket| drop(socket.set_nodelay(true)));
    let serving = axum::serve(listener, router(server.clone())).with_graceful_shutdown(stopped);
    runtime.block_on(async {
        tokio::select! {
            _ = serving.into_future() => {}
            () = async { impatient.await; tokio::time::sleep(PATIENCE).await } => {}
        }
    });
    runtime.shutdown_timeout(PATIENCE);
    server.folders.remove();
}

impl Running {
    /// The address for a browser, with the token and the book to open. The part after `#` stays in
    /// the browser: it is in no request and no log.
    pub fn link(&self, book: Option<&Path>) -> String {
        let mut link = format!("http://{}/#token={}", self.address, self.token);
        if let Some(book) = book {
            link += &format!("&book={}", percent(&book.to_string_lossy()));
        }
        link
    }

    /// Waits until the person or the system ends the program, then stops. `ready` is called as
    /// soon as such an end is heeded.
    ///
    /// # Errors
    /// [`WebError::Threads`] if the system's signals cannot be heard; the server is stopped.
    pub fn until_interrupted(self, ready: impl FnOnce(&Running)) -> Result<(), WebError> {
        let interrupted = {
            let _inside = self.handle.enter();
            interruption().map_err(WebError::Threads)?
        };
        ready(&self);
        self.handle.block_on(interrupted);
        self.stop();
        Ok(())
    }

    /// Stops: nothing new is answered, long work is cancelled, short work ends, the private folder
    /// is removed. Waits for all that, at most some twenty seconds.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // An error means that the server has ended already.
        let _ = self.stop.send(true);
        if let Some(serving) = self.serving.take() {
            let _ = serving.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Ctrl C, an order to end, or the terminal's closing.
#[cfg(unix)]
fn interruption() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut person = signal(SignalKind::interrupt())?;
    let mut system = signal(SignalKind::terminate())?;
    let mut terminal = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = person.recv() => {}
            _ = system.recv() => {}
            _ = terminal.recv() => {}
        }
    })
}

/// Ctrl C.
#[cfg(not(unix))]
fn interruption() -> io::Result<impl Future<Output = ()>> {
    let mut person = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        let _ = person.recv().await;
    })
}
