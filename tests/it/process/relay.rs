//! A relay that is away while people work, then comes back.

use entity::account_role::Role;
use entity::mail;
use sea_orm::{EntityTrait, PaginatorTrait};

use super::client;
use super::drafts::drafts;
use super::server::{Server, assert_journal_intact};
use super::{all_sent, scene, times_kept, until};
use crate::support::smtp::{Answer, Relay};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_decided_while_the_relay_was_away_arrives_once_when_it_is_back() {
    let t = scene().await;
    t.person(Role::Officer).await;
    let drafts = drafts(&t, 10).await;
    let port = Relay::closed_port().await;
    let server = Server::start(&t, port).await;
    for (index, draft) in drafts.iter().enumerate() {
        let key = format!("depot-{index}");
        let reply = client::post(server.address, &draft.token, &draft.submit_path(), &key).await.unwrap();
        assert_eq!(reply.status, 200, "{}", reply.body);
    }
    until("the server finds the relay away", async || server.said().contains("relay is away")).await;
    assert!(mail::Entity::find().count(t.app.db.read()).await.unwrap() >= 30);
    let relay = Relay::at(port, |_, _| Answer::Accept).await;
    all_sent(&t).await;
    server.stop().await;
    for (mail, times) in times_kept(&t, &relay.kept()).await {
        assert_eq!(times, 1, "{} {}", mail.template, mail.id);
    }
    assert_journal_intact(&t).await;
}
