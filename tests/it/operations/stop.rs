//! The stop: what runs ends, what begins is refused, what never ends is cut.

use std::time::{Duration, Instant};

use parchemin::http::{Limits, serve};
use poem::endpoint::{BoxEndpoint, make};
use poem::{EndpointExt, Response};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn a_running_request_ends_and_new_connections_are_refused() {
    let (address, stop, served) = server(Duration::from_millis(300), Duration::from_secs(10)).await;
    let mut running = ask(&address).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.cancel();
    let mut answer = String::new();
    running.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    served.await.unwrap();
    assert!(TcpStream::connect(&address).await.is_err());
}

#[tokio::test]
async fn a_request_that_never_ends_is_cut_after_the_delay() {
    let (address, stop, served) = server(Duration::from_mins(10), Duration::from_millis(300)).await;
    let _running = ask(&address).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let asked = Instant::now();
    stop.cancel();
    served.await.unwrap();
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
}

#[tokio::test]
async fn a_client_that_says_nothing_does_not_hold_the_stop() {
    let (address, stop, served) = server(Duration::ZERO, Duration::from_secs(1)).await;
    let _silent = TcpStream::connect(&address).await.unwrap();
    let mut half = TcpStream::connect(&address).await.unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nhost: ").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let asked = Instant::now();
    stop.cancel();
    served.await.unwrap();
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
}

/// A server whose every answer takes some time, and that waits for running requests for a delay.
async fn server(answer: Duration, drain: Duration) -> (String, CancellationToken, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let stop = CancellationToken::new();
    let slow = make(move |_| async move {
        tokio::time::sleep(answer).await;
        Response::builder().body("fini")
    });
    let endpoint: BoxEndpoint<'static, Response> = slow.map_to_response().boxed();
    let limits = Limits { drain, ..Limits::default() };
    let token = stop.clone();
    let served = tokio::spawn(async move { serve(listener, endpoint, limits, token).await.unwrap() });
    (address, stop, served)
}

async fn ask(address: &str) -> TcpStream {
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(b"GET / HTTP/1.1\r\nhost: essai\r\nconnection: close\r\n\r\n").await.unwrap();
    client
}
