//! How a mail leaves: an SMTP relay, the memory of a test, or nowhere yet.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use lettre::transport::smtp::{self, AsyncSmtpTransportBuilder, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::config::Config;

/// How long one message may take, from the connection to the answer to its content.
const TIMEOUT: Duration = Duration::from_mins(1);
/// How long the relay has to greet when asked whether it is there.
const GREETING: Duration = Duration::from_secs(10);

/// What the relay said of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Taken in charge.
    Accepted(String),
    /// Not now: try again.
    Deferred(String),
    /// Never.
    Refused(String),
    /// The relay itself is away: nothing was said of the message.
    Unreachable(String),
}

/// A message kept in memory by the demonstration and the tests.
#[derive(Clone, Debug)]
pub struct Captured {
    /// Address of the envelope.
    pub to: String,
    /// The whole message.
    pub raw: String,
}

/// An SMTP relay, and the patience we have with it.
///
/// Each message has its own connection. A connection put back in a pool while its message was given up would
/// take the answer of that message for the answer to the next one.
#[derive(Clone)]
pub struct Relay {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    timeout: Duration,
}

/// The way out.
#[derive(Clone)]
pub enum Mailer {
    /// A relay.
    Smtp(Relay),
    /// The memory of this process.
    Memory(Arc<Mutex<Vec<Captured>>>),
    /// No relay is configured: messages wait.
    Absent,
}

impl Mailer {
    /// The mailer of the configuration.
    ///
    /// # Errors
    /// When the URL of the relay cannot be read.
    pub fn from_config(config: &Config) -> Result<Self, smtp::Error> {
        match &config.smtp_url {
            Some(url) => Self::smtp(url.reveal(), TIMEOUT),
            None => Ok(Self::Absent),
        }
    }

    /// A relay, and how long one message may take.
    ///
    /// # Errors
    /// When the URL of the relay cannot be read.
    pub fn smtp(url: &str, timeout: Duration) -> Result<Self, smtp::Error> {
        Ok(Self::over(AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?, timeout))
    }

    /// A relay described part by part, its certificates for instance, and how long one message may take.
    #[must_use]
    pub fn over(relay: AsyncSmtpTransportBuilder, timeout: Duration) -> Self {
        let transport =
            relay.timeout(Some(timeout)).pool_config(PoolConfig::new().max_size(0)).build::<Tokio1Executor>();
        Self::Smtp(Relay { transport, timeout })
    }

    /// A mailer that keeps everything in memory.
    #[must_use]
    pub fn memory() -> Self {
        Self::Memory(Arc::default())
    }

    /// Hands one message to the relay.
    pub async fn send(&self, message: Message) -> Delivery {
        match self {
            Self::Absent => Delivery::Unreachable("aucun relais SMTP n’est configuré".to_owned()),
            Self::Memory(captured) => {
                let to =
                    message.envelope().to().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                let raw = String::from_utf8_lossy(&message.formatted()).into_owned();
                captured.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(Captured { to, raw });
                Delivery::Accepted("250 kept in memory".to_owned())
            }
            Self::Smtp(relay) => relay.send(message).await,
        }
    }

    /// Whether the relay answers; none when there is no relay to ask.
    pub async fn reachable(&self) -> Option<bool> {
        match self {
            Self::Smtp(relay) => Some(relay.answers().await),
            Self::Memory(_) => Some(true),
            Self::Absent => None,
        }
    }
}

impl Relay {
    /// The timeout of the transport covers the connection only, so the whole exchange has its own.
    async fn send(&self, message: Message) -> Delivery {
        match tokio::time::timeout(self.timeout, self.transport.send(message)).await {
            Ok(Ok(response)) => {
                let text = response.message().collect::<Vec<_>>().join(" ");
                Delivery::Accepted(format!("{} {text}", response.code()))
            }
            Ok(Err(error)) => self.judge(&error).await,
            Err(_) => {
                let seconds = self.timeout.as_secs();
                self.not_now(format!("aucune réponse du relais après {seconds} secondes")).await
            }
        }
    }

    /// What an error says of the message, or of the relay.
    async fn judge(&self, error: &smtp::Error) -> Delivery {
        let text = error.to_string();
        let code = error.status().map(u16::from);
        match code {
            // 421: closing down. 53x: the relay refuses us, not the address.
            Some(421 | 530..=539) => Delivery::Unreachable(text),
            Some(_) if error.is_permanent() => Delivery::Refused(text),
            Some(_) => Delivery::Deferred(text),
            None => self.not_now(text).await,
        }
    }

    /// The exchange broke: either this message does it, or the relay is away.
    async fn not_now(&self, text: String) -> Delivery {
        if self.answers().await { Delivery::Deferred(text) } else { Delivery::Unreachable(text) }
    }

    async fn answers(&self) -> bool {
        let greeting = self.timeout.min(GREETING);
        matches!(tokio::time::timeout(greeting, self.transport.test_connection()).await, Ok(Ok(true)))
    }
}
