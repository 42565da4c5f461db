//! How a mail leaves: an SMTP relay, the memory of a test, or nowhere yet.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::config::Config;

const TIMEOUT: Duration = Duration::from_secs(20);

/// What the relay said of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Taken in charge.
    Accepted(String),
    /// Not now: try again.
    Deferred(String),
    /// Never.
    Refused(String),
}

/// A message kept in memory by the demonstration and the tests.
#[derive(Clone, Debug)]
pub struct Captured {
    /// Address of the envelope.
    pub to: String,
    /// The whole message.
    pub raw: String,
}

/// The way out.
#[derive(Clone)]
pub enum Mailer {
    /// A relay.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
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
    pub fn from_config(config: &Config) -> Result<Self, lettre::transport::smtp::Error> {
        let Some(url) = &config.smtp_url else { return Ok(Self::Absent) };
        let transport =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(url.reveal())?.timeout(Some(TIMEOUT)).build();
        Ok(Self::Smtp(transport))
    }

    /// A mailer that keeps everything in memory.
    #[must_use]
    pub fn memory() -> Self {
        Self::Memory(Arc::default())
    }

    /// Hands one message to the relay.
    pub async fn send(&self, message: Message) -> Delivery {
        match self {
            Self::Absent => Delivery::Deferred("aucun relais SMTP n’est configuré".to_owned()),
            Self::Memory(captured) => {
                let to =
                    message.envelope().to().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                let raw = String::from_utf8_lossy(&message.formatted()).into_owned();
                captured.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(Captured { to, raw });
                Delivery::Accepted("250 kept in memory".to_owned())
            }
            Self::Smtp(transport) => match transport.send(message).await {
                Ok(response) => {
                    let text = response.message().collect::<Vec<_>>().join(" ");
                    Delivery::Accepted(format!("{} {text}", response.code()))
                }
                Err(error) if error.is_permanent() => Delivery::Refused(error.to_string()),
                Err(error) => Delivery::Deferred(error.to_string()),
            },
        }
    }

    /// Whether the relay answers; none when there is no relay to ask.
    pub async fn reachable(&self) -> Option<bool> {
        match self {
            Self::Smtp(transport) => Some(transport.test_connection().await.unwrap_or(false)),
            Self::Memory(_) => Some(true),
            Self::Absent => None,
        }
    }
}
