//! A stop in the middle of a request.

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::drafts::drafts;
use super::server::{Server, assert_journal_intact};
use super::{client, scene, unsealed, until};
use crate::support::smtp::Relay;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_begun_before_the_stop_is_answered_and_its_events_are_sealed() {
    let t = scene().await;
    let draft = drafts(&t, 1).await.remove(0);
    let relay = Relay::friendly().await;
    let mut server = Server::start(&t, relay.port()).await;
    let address = server.address;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let (path, token) = (draft.submit_path(), &draft.token);
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nauthorization: Bearer {token}\r\nidempotency-key: depot\r\ncontent-length: 2\r\n\r\n{{"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    until("the request has begun", async || client::get(address, "/healthz").await.is_ok()).await;
    server.ask_to_stop();
    until("new connections are refused", async || TcpStream::connect(address).await.is_err()).await;
    stream.write_all(b"}").await.unwrap();
    let reply = client::read(&mut stream).await.unwrap();
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(server.ended().await.code(), Some(0), "{}", server.said());
    assert_eq!(unsealed(&t).await, 0);
    assert_journal_intact(&t).await;
}
