//! A client that knows when an answer did not come whole.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub body: String,
}

/// `GET`.
pub async fn get(address: SocketAddr, path: &str) -> io::Result<Reply> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\n{}\r\n", head(address)).as_bytes()).await?;
    read(&mut stream).await
}

/// `GET` with a token.
pub async fn get_as(address: SocketAddr, token: &str, path: &str) -> io::Result<Reply> {
    let mut stream = TcpStream::connect(address).await?;
    let head = head(address);
    let request = format!("GET {path} HTTP/1.1\r\n{head}authorization: Bearer {token}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    read(&mut stream).await
}

/// `POST` without a body, under an idempotency key.
pub async fn post(address: SocketAddr, token: &str, path: &str, key: &str) -> io::Result<Reply> {
    let mut stream = TcpStream::connect(address).await?;
    let head = head(address);
    let request = format!(
        "POST {path} HTTP/1.1\r\n{head}authorization: Bearer {token}\r\nidempotency-key: {key}\r\ncontent-length: 0\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    read(&mut stream).await
}

/// `POST` of a text of that type, by nobody in particular, under an idempotency key.
pub async fn post_text(
    address: SocketAddr,
    path: &str,
    kind: &str,
    key: &str,
    text: &str,
) -> io::Result<Reply> {
    let mut stream = TcpStream::connect(address).await?;
    let (head, length) = (head(address), text.len());
    let request = format!(
        "POST {path} HTTP/1.1\r\n{head}content-type: {kind}\r\nidempotency-key: {key}\r\ncontent-length: {length}\r\n\r\n{text}"
    );
    stream.write_all(request.as_bytes()).await?;
    read(&mut stream).await
}

fn head(address: SocketAddr) -> String {
    format!("host: {address}\r\nconnection: close\r\n")
}

/// Reads one answer.
pub async fn read(stream: &mut TcpStream) -> io::Result<Reply> {
    let mut text = Vec::new();
    stream.read_to_end(&mut text).await?;
    let text = String::from_utf8_lossy(&text);
    let cut = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(cut)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
    let length = head.lines().filter_map(|line| line.split_once(": ")).find_map(|(name, value)| {
        name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().ok()).flatten()
    });
    if length.is_some_and(|length| length != body.len()) {
        return Err(cut());
    }
    Ok(Reply { status, body: body.to_owned() })
}
