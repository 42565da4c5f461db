//! A clamd on the loopback: reads a stream as the protocol says, and finds something in what holds the name of the test file
//! of the antivirus makers.

use std::path::Path;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, UnixListener};
use tokio::task::JoinHandle;

/// What makes a content infected.
pub const EICAR: &[u8] = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE";

type Seen = Arc<Mutex<Vec<usize>>>;

/// The daemon; it stops when dropped.
pub struct Clamd {
    /// What the configuration says of it.
    pub address: String,
    seen: Seen,
    serving: JoinHandle<()>,
}

impl Clamd {
    /// On a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let seen = Seen::default();
        let kept = Arc::clone(&seen);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&kept)));
            }
        });
        Self { address, seen, serving }
    }

    /// On a socket in a folder.
    pub fn on_socket(folder: &Path) -> Self {
        let path = folder.join("clamd.ctl");
        let listener = UnixListener::bind(&path).unwrap();
        let seen = Seen::default();
        let kept = Arc::clone(&seen);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&kept)));
            }
        });
        Self { address: path.display().to_string(), seen, serving }
    }

    /// Sizes of what was shown, in order.
    pub fn seen(&self) -> Vec<usize> {
        self.seen.lock().unwrap().clone()
    }

    /// Stops it: the next connection is refused.
    pub async fn stop(mut self) {
        self.serving.abort();
        assert!((&mut self.serving).await.unwrap_err().is_cancelled());
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, seen: Seen) {
    let mut command = Vec::new();
    loop {
        match stream.read_u8().await.unwrap() {
            0 => break,
            byte => command.push(byte),
        }
    }
    let said: &[u8] = match command.as_slice() {
        b"zPING" => b"PONG\0",
        b"zINSTREAM" => {
            let content = content(&mut stream).await;
            seen.lock().unwrap().push(content.len());
            let infected = content.windows(EICAR.len()).any(|window| window == EICAR);
            if infected { b"stream: Eicar-Test-Signature FOUND\0" } else { b"stream: OK\0" }
        }
        _ => b"UNKNOWN COMMAND\0",
    };
    stream.write_all(said).await.unwrap();
    stream.shutdown().await.unwrap();
}

async fn content<S: AsyncRead + Unpin>(stream: &mut S) -> Vec<u8> {
    let mut content = Vec::new();
    loop {
        let length = stream.read_u32().await.unwrap() as usize;
        if length == 0 {
            return content;
        }
        let start = content.len();
        content.resize(start + length, 0);
        stream.read_exact(&mut content[start..]).await.unwrap();
    }
}
