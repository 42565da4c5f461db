//! A relay on the loopback that keeps what it accepts and misbehaves as the test wants.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use parchemin::mailer::Mailer;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the relay does with one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// 250.
    Accept,
    /// 451 on the address.
    Defer,
    /// 550 on the address.
    Refuse,
    /// Says nothing more after the content.
    Stall,
    /// Closes the connection in the middle of the content.
    Drop,
    /// Keeps the message but closes before saying so.
    KeepSilently,
}

/// A message that the relay keeps.
#[derive(Clone, Debug)]
pub struct Kept {
    pub to: String,
    pub raw: String,
}

impl Kept {
    /// A header, unfolded.
    pub fn header(&self, name: &str) -> Option<String> {
        let (head, _) = self.raw.split_once("\r\n\r\n")?;
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let mut lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    }

    pub fn message_id(&self) -> String {
        self.header("Message-ID").unwrap()
    }
}

type Rule = Arc<dyn Fn(&str, usize) -> Answer + Send + Sync>;

#[derive(Clone)]
struct State {
    rule: Rule,
    kept: Arc<Mutex<Vec<Kept>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

/// The relay; it stops when dropped.
pub struct Relay {
    port: u16,
    state: State,
    accepting: JoinHandle<()>,
}

impl Relay {
    /// A relay that accepts everything.
    pub async fn friendly() -> Self {
        Self::with(|_, _| Answer::Accept).await
    }

    /// A relay that answers by address and by how many times that address was asked before.
    pub async fn with(rule: impl Fn(&str, usize) -> Answer + Send + Sync + 'static) -> Self {
        Self::at(0, rule).await
    }

    /// The same, at a port where it was before.
    pub async fn at(port: u16, rule: impl Fn(&str, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = State { rule: Arc::new(rule), kept: Arc::default(), asked: Arc::default() };
        let shared = state.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = shared.clone();
                tokio::spawn(async move {
                    let _ = talk(stream, state).await;
                });
            }
        });
        Self { port, state, accepting }
    }

    /// A port where nobody answers.
    pub async fn closed_port() -> u16 {
        TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap().port()
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn mailer(&self) -> Mailer {
        mailer(self.port)
    }

    pub fn kept(&self) -> Vec<Kept> {
        self.state.kept.lock().unwrap().clone()
    }

    /// How many times an address was given to the relay.
    pub fn asked(&self, address: &str) -> usize {
        self.state.asked.lock().unwrap().iter().filter(|known| *known == address).count()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// A mailer to a port, that waits little.
pub fn mailer(port: u16) -> Mailer {
    Mailer::smtp(&format!("smtp://127.0.0.1:{port}"), Duration::from_millis(1500)).unwrap()
}

async fn talk(stream: TcpStream, state: State) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let (mut to, mut answer) = (String::new(), Answer::Accept);
    write.write_all(b"220 relay.exemple\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let reply = match verb.as_str() {
            "EHLO" => "250-relay.exemple\r\n250 8BITMIME",
            "RCPT" => {
                line.split(['<', '>']).nth(1).unwrap_or_default().clone_into(&mut to);
                let before = state.asked.lock().unwrap().iter().filter(|known| **known == to).count();
                state.asked.lock().unwrap().push(to.clone());
                answer = (state.rule)(&to, before);
                match answer {
                    Answer::Defer => "451 4.7.1 come back later",
                    Answer::Refuse => "550 5.1.1 no such mailbox",
                    _ => "250 ok",
                }
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                if answer == Answer::Drop {
                    lines.next_line().await?;
                    return Ok(());
                }
                let mut raw = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push_str("\r\n");
                }
                match answer {
                    Answer::Stall => std::future::pending::<()>().await,
                    Answer::KeepSilently => {
                        state.kept.lock().unwrap().push(Kept { to, raw });
                        return Ok(());
                    }
                    _ => state.kept.lock().unwrap().push(Kept { to: to.clone(), raw }),
                }
                "250 2.0.0 kept"
            }
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 ok",
        };
        write.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
    Ok(())
}
