//! The antivirus: a clamd daemon, near us or on a socket of the machine, is shown every received file before it is kept.
//!
//! Its command `INSTREAM` is a few lines, so no library stands between: chunks, each after its length on four bytes, then a
//! length of zero; clamd answers `stream: OK`, `stream: <name> FOUND` or a sentence that ends in `ERROR`, and closes.

use std::path::PathBuf;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;

/// How long the largest file may take, from the connection to the answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes sent at once.
const CHUNK: usize = 64 * 1024;
/// Longest answer read.
const LONGEST_ANSWER: u64 = 4096;

/// Where the daemon listens.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// A host and a port.
    Network(String),
    /// A socket of the machine.
    Socket(PathBuf),
}

/// A clamd daemon.
#[derive(Clone, Debug)]
pub struct Scanner {
    place: Place,
    patience: Duration,
}

/// What the daemon says of a content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Clean,
    /// The name of what was found.
    Infected(String),
}

/// Why a content could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The daemon is away, or left in the middle.
    #[error("clamd: {0}")]
    Away(#[from] std::io::Error),
    /// It answered too late.
    #[error("clamd did not answer in time")]
    Late,
    /// It answered something else than a verdict.
    #[error("clamd said: {0}")]
    Unclear(String),
}

impl Scanner {
    /// The daemon of an address: `127.0.0.1:3310`, `clamav:3310`, or the path of a socket, `/run/clamav/clamd.ctl`.
    #[must_use]
    pub fn at(address: &str) -> Self {
        let path = address.strip_prefix("unix:").unwrap_or(address);
        let place = if path.starts_with('/') {
            Place::Socket(PathBuf::from(path))
        } else {
            Place::Network(address.to_owned())
        };
        Self { place, patience: PATIENCE }
    }

    /// Shows a content to the daemon.
    ///
    /// # Errors
    /// When there is no verdict: the content must not be kept.
    pub async fn scan(&self, content: &[u8]) -> Result<Verdict, ScanError> {
        verdict(&self.ask(b"zINSTREAM\0", Some(content)).await?)
    }

    /// Whether the daemon is there.
    ///
    /// # Errors
    /// When it is not.
    pub async fn ping(&self) -> Result<(), ScanError> {
        let answer = self.ask(b"zPING\0", None).await?;
        if answer == "PONG" { Ok(()) } else { Err(ScanError::Unclear(answer)) }
    }

    async fn ask(&self, command: &[u8], content: Option<&[u8]>) -> Result<String, ScanError> {
        let asked = async {
            match &self.place {
                Place::Network(address) => {
                    converse(TcpStream::connect(address).await?, command, content).await
                }
                Place::Socket(path) => converse(UnixStream::connect(path).await?, command, content).await,
            }
        };
        Ok(timeout(self.patience, asked).await.map_err(|_| ScanError::Late)??)
    }
}

async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    command: &[u8],
    content: Option<&[u8]>,
) -> std::io::Result<String> {
    stream.write_all(command).await?;
    if let Some(content) = content {
        for chunk in content.chunks(CHUNK) {
            stream.write_u32(u32::try_from(chunk.len()).unwrap_or(u32::MAX)).await?;
            stream.write_all(chunk).await?;
        }
        stream.write_u32(0).await?;
    }
    stream.flush().await?;
    let mut answer = Vec::new();
    BufReader::new(stream.take(LONGEST_ANSWER)).read_until(0, &mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    Ok(answer.trim_end_matches(['\0', '\n']).to_owned())
}

/// What an answer means; one that is not understood is no verdict.
fn verdict(answer: &str) -> Result<Verdict, ScanError> {
    let said = answer.strip_prefix("stream: ").unwrap_or(answer);
    if said == "OK" {
        return Ok(Verdict::Clean);
    }
    match said.strip_suffix(" FOUND") {
        Some(name) => Ok(Verdict::Infected(name.to_owned())),
        None => Err(ScanError::Unclear(answer.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_verdict_or_is_not() {
        for (answer, expected) in [
            ("stream: OK", Some(Verdict::Clean)),
            (
                "stream: Eicar-Test-Signature FOUND",
                Some(Verdict::Infected("Eicar-Test-Signature".to_owned())),
            ),
            ("INSTREAM size limit exceeded. ERROR", None),
            ("UNKNOWN COMMAND", None),
            ("", None),
        ] {
            assert_eq!(verdict(answer).ok(), expected, "{answer}");
        }
    }

    #[test]
    fn an_address_is_a_host_or_a_socket() {
        for (address, place) in [
            ("127.0.0.1:3310", Place::Network("127.0.0.1:3310".to_owned())),
            ("clamav:3310", Place::Network("clamav:3310".to_owned())),
            ("/run/clamav/clamd.ctl", Place::Socket(PathBuf::from("/run/clamav/clamd.ctl"))),
            ("unix:/run/clamav/clamd.ctl", Place::Socket(PathBuf::from("/run/clamav/clamd.ctl"))),
        ] {
            assert_eq!(Scanner::at(address).place, place, "{address}");
        }
    }
}
