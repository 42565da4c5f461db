//! What an operator does first: an account, its token, a call.

use super::server::{Server, run, told};
use super::{client, scene};
use crate::support::smtp::Relay;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_made_by_command_calls_the_api_with_its_token() {
    let t = scene().await;
    let create =
        ["user", "create", "--email", "zoe@essai.exemple", "--role", "auditor", "--name", "Zoé Morvan"];
    let (said, code) = told(&run(&t, &create).await);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.lines().last().unwrap().starts_with("http://"), "{said}");
    let (said, code) = told(&run(&t, &create).await);
    assert_eq!(code, Some(1), "the address is taken: {said}");
    let create = ["token", "create", "--email", "zoe@essai.exemple", "--name", "Tableur", "--ttl", "30d"];
    let (said, code) = told(&run(&t, &create).await);
    assert_eq!(code, Some(0), "{said}");
    let token = said.lines().last().unwrap().to_owned();
    assert!(token.starts_with("parchemin_"), "{said}");
    let relay = Relay::friendly().await;
    let server = Server::start(&t, relay.port()).await;
    let path = "/api/v1/journal/events";
    assert_eq!(client::get(server.address, path).await.unwrap().status, 401);
    let reply = client::get_as(server.address, &token, path).await.unwrap();
    assert_eq!(reply.status, 200, "{}", reply.body);
    server.stop().await;
}
