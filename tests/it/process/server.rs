//! The real program in a process of its own.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};

use super::{client, until};
use crate::support::{TestApp, database};

/// A running server; it is killed when dropped.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    log: PathBuf,
}

impl Server {
    /// Starts a server on the database and the folder of the test, and waits until it is ready.
    pub async fn start(t: &TestApp, relay: u16) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let log = t.app.config.data_dir.join(format!("server-{}.log", address.port()));
        let mut command = command(t, &["serve", "--listen", &address.to_string()]).await;
        command
            .env("PARCHEMIN_RATE_LIMITS", "off")
            .env("PARCHEMIN_SMTP_URL", format!("smtp://127.0.0.1:{relay}"))
            .stdout(Stdio::null())
            .stderr(File::create(&log).unwrap());
        let mut server = Self { child: command.spawn().unwrap(), address, log };
        until("the server is ready", async || {
            let ended = server.child.try_wait().unwrap();
            assert!(ended.is_none(), "the server stopped: {}", server.said());
            matches!(client::get(address, "/readyz").await, Ok(reply) if reply.status == 200)
        })
        .await;
        server
    }

    /// What it wrote.
    pub fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Kills it without any warning.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop.
    pub fn ask_to_stop(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// Waits for its end.
    pub async fn ended(&mut self) -> ExitStatus {
        let mut status = None;
        until("the server ends", async || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        })
        .await;
        status.unwrap()
    }

    /// Stops it as an operator does; it ends well.
    pub async fn stop(mut self) {
        self.ask_to_stop();
        assert_eq!(self.ended().await.code(), Some(0), "{}", self.said());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A command of the program on the database and the folder of the test.
pub async fn command(t: &TestApp, arguments: &[&str]) -> Command {
    let folder = &t.app.config.data_dir;
    let mut command = Command::new(env!("CARGO_BIN_EXE_parchemin"));
    command.args(arguments).current_dir(folder).env_remove("RUST_LOG").stdin(Stdio::null());
    command.arg("--data-dir").arg(folder);
    if let Some(url) = database::url_of(&t.app.db).await {
        command.arg("--database-url").arg(url);
    }
    command
}

/// Runs a command to its end.
pub async fn run(t: &TestApp, arguments: &[&str]) -> Output {
    let mut command = command(t, arguments).await;
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

/// What a command printed, and its exit code.
pub fn told(output: &Output) -> (String, Option<i32>) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (String::from_utf8_lossy(&text).replace('\u{202f}', " "), output.status.code())
}

/// The journal is intact for the program that verifies it.
pub async fn assert_journal_intact(t: &TestApp) {
    let (said, code) = told(&run(t, &["journal", "verify"]).await);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("OK "), "{said}");
}
