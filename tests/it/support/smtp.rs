//! A relay on the loopback that keeps what it accepts and misbehaves as the test wants.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use parchemin::mailer::Mailer;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto};

/// Who vouches for the relay, and what the relay shows; all of them until 2120, and of use nowhere else.
const AUTHORITY: &[u8] = include_bytes!("relay-authority.pem");
const CERTIFICATE: &[u8] = include_bytes!("relay-certificate.pem");
const KEY: &[u8] = include_bytes!("relay-key.pem");

/// How a connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// It is not, and the relay offers nothing.
    Plain,
    /// From the moment when the client asks.
    StartTls,
    /// From the start.
    Wrapped,
}

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
    security: Security,
    /// `user:password`, when the relay wants to know who speaks.
    secret: Option<&'static str>,
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
        Self::listen(port, Security::Plain, None, Arc::new(rule)).await
    }

    /// A relay that accepts everything of whoever gives its secret, `user:password`.
    pub async fn secured(security: Security, secret: &'static str) -> Self {
        Self::listen(0, security, Some(secret), Arc::new(|_, _| Answer::Accept)).await
    }

    async fn listen(port: u16, security: Security, secret: Option<&'static str>, rule: Rule) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = State { security, secret, rule, kept: Arc::default(), asked: Arc::default() };
        let shared = state.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = shared.clone();
                tokio::spawn(async move {
                    let _ = serve(stream, &state).await;
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
    mailer_of(&format!("smtp://127.0.0.1:{port}"))
}

/// The same, by its URL.
pub fn mailer_of(url: &str) -> Mailer {
    Mailer::smtp(url, Duration::from_millis(1500)).unwrap()
}

/// A mailer that trusts the authority of the relay of the tests, and asks for TLS by its URL: `smtps`, or `smtp` with
/// `tls=required`.
pub fn secured_mailer(port: u16, security: Security, secret: &str) -> Mailer {
    let wrapped = security == Security::Wrapped;
    let url = if wrapped {
        format!("smtps://{secret}@127.0.0.1:{port}")
    } else {
        format!("smtp://{secret}@127.0.0.1:{port}?tls=required")
    };
    let authority = Certificate::from_pem(AUTHORITY).unwrap();
    let trust = TlsParameters::builder("127.0.0.1".to_owned()).add_root_certificate(authority);
    let trust = trust.build().unwrap();
    let tls = if wrapped { Tls::Wrapper(trust) } else { Tls::Required(trust) };
    let relay = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).unwrap().tls(tls);
    Mailer::over(relay, Duration::from_secs(10))
}

fn acceptor() -> TlsAcceptor {
    let chain = CertificateDer::pem_slice_iter(CERTIFICATE).collect::<Result<Vec<_>, _>>().unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

async fn serve(mut stream: TcpStream, state: &State) -> std::io::Result<()> {
    const GREETING: &str = "220 relay.exemple";
    match state.security {
        Security::Plain => {
            say(&mut stream, GREETING).await?;
            talk(stream, state, false).await?;
        }
        Security::Wrapped => {
            let mut stream = acceptor().accept(stream).await?;
            say(&mut stream, GREETING).await?;
            talk(stream, state, false).await?;
        }
        Security::StartTls => {
            say(&mut stream, GREETING).await?;
            if let Some(stream) = talk(stream, state, true).await? {
                talk(acceptor().accept(stream).await?, state, false).await?;
            }
        }
    }
    Ok(())
}

/// What the relay says that it can do.
fn offers(state: &State, offers_tls: bool) -> String {
    let tls = if offers_tls { "250-STARTTLS\r\n" } else { "" };
    let login = if state.secret.is_some() && !offers_tls { "250-AUTH PLAIN\r\n" } else { "" };
    format!("250-relay.exemple\r\n{tls}{login}250 8BITMIME")
}

/// Talks until the client leaves, or wants TLS: the connection is then given back.
async fn talk<S>(stream: S, state: &State, offers_tls: bool) -> std::io::Result<Option<S>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut stream = BufReader::new(stream);
    let (mut to, mut answer) = (String::new(), Answer::Accept);
    let (hello, mut known) = (offers(state, offers_tls), state.secret.is_none());
    while let Some(line) = next_line(&mut stream).await? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let reply = match verb.as_str() {
            "EHLO" => hello.as_str(),
            "STARTTLS" if offers_tls => {
                say(&mut stream, "220 go on").await?;
                return Ok(Some(stream.into_inner()));
            }
            "AUTH" => {
                let secret = state.secret.unwrap_or_default().replace(':', "\0");
                known = line == format!("AUTH PLAIN {}", STANDARD.encode(format!("\0{secret}")));
                if known { "235 2.7.0 welcome" } else { "535 5.7.8 wrong credentials" }
            }
            "MAIL" if !known => "530 5.7.0 say who you are",
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
                say(&mut stream, "354 go on").await?;
                if answer == Answer::Drop {
                    next_line(&mut stream).await?;
                    return Ok(None);
                }
                let mut raw = String::new();
                while let Some(line) = next_line(&mut stream).await?.filter(|line| line != ".") {
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push_str("\r\n");
                }
                match answer {
                    Answer::Stall => std::future::pending::<()>().await,
                    Answer::KeepSilently => {
                        state.kept.lock().unwrap().push(Kept { to, raw });
                        return Ok(None);
                    }
                    _ => state.kept.lock().unwrap().push(Kept { to: to.clone(), raw }),
                }
                "250 2.0.0 kept"
            }
            "QUIT" => {
                say(&mut stream, "221 bye").await?;
                return Ok(None);
            }
            _ => "250 ok",
        };
        say(&mut stream, reply).await?;
    }
    Ok(None)
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, reply: &str) -> std::io::Result<()> {
    stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
    stream.flush().await
}

/// The next line without its end; none when the client left.
async fn next_line<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> std::io::Result<Option<String>> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await?;
    Ok((read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
}
