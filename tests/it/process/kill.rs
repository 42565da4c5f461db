//! A server killed again and again in the middle of submissions: what it acknowledged is there, once, and every
//! mail arrives.

use std::collections::{BTreeSet, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;

use entity::agreement_request::RequestState;
use entity::mail::{self, MailState};
use entity::{agreement_request, audit_event};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tokio::net::TcpSocket;

use super::client;
use super::drafts::{Draft, drafts};
use super::server::{Server, assert_journal_intact};
use super::work::Work;
use super::{all_sealed, all_sent, leases_end, scene, times_kept, unsealed, until};
use crate::support::TestApp;
use crate::support::smtp::{Answer, Relay};

const SUBMISSIONS: usize = 200;
const CLIENTS: usize = 8;
const KILLS: usize = 4;

/// The submissions of drafts, each under its own key.
fn submissions(drafts: &Arc<Vec<Draft>>) -> Arc<Work> {
    let drafts = Arc::clone(drafts);
    Work::new(drafts.len(), move |address, index| {
        let draft = drafts[index].clone();
        Box::pin(async move {
            client::post(address, &draft.token, &draft.submit_path(), &format!("depot-{index}")).await
        })
    })
}

/// What was submitted, and how.
struct Submitted {
    drafts: Arc<Vec<Draft>>,
    work: Arc<Work>,
}

/// Submits everything to servers that are killed again and again, then to one that is not; gives that one.
async fn killed_while_submitting(t: &TestApp, relay: u16) -> (Submitted, Server) {
    t.person(entity::account_role::Role::Officer).await;
    let drafts = Arc::new(drafts(t, SUBMISSIONS).await);
    let work = submissions(&drafts);
    let mut chance = StdRng::seed_from_u64(0x5041_5243);
    // the sealer may have been quicker than one kill, not than all of them
    let mut cut_short = 0;
    for _ in 0..KILLS {
        let mut server = Server::start(t, relay).await;
        let mut clients = work.clients(server.address, CLIENTS);
        let enough = work.answered() + chance.random_range(5..SUBMISSIONS / KILLS);
        until("enough answers", async || work.answered() >= enough).await;
        server.kill();
        while clients.join_next().await.is_some() {}
        cut_short += unsealed(t).await;
        leases_end(t).await;
    }
    assert!(!work.is_done().await, "the kills came too late");
    assert!(cut_short > 0, "the kills left nothing to seal");
    let server = Server::start(t, relay).await;
    let mut clients = work.clients(server.address, CLIENTS);
    while clients.join_next().await.is_some() {}
    work.retries_give_the_same_answer(server.address).await;
    (Submitted { drafts, work }, server)
}

/// Every mail arrives, and every submission is there once.
async fn everything_arrives(t: &TestApp, submitted: &Submitted, server: Server, relay: &Relay) {
    all_sent(t).await;
    all_sealed(t).await;
    server.stop().await;
    every_submission_is_there_once(t, submitted).await;
    for (mail, times) in times_kept(t, &relay.kept()).await {
        assert!(times > 0, "{} {} was lost", mail.template, mail.id);
    }
    assert_journal_intact(t).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_keeps_what_it_acknowledged_and_loses_no_mail() {
    let t = scene().await;
    let relay = Relay::friendly().await;
    let (submitted, server) = killed_while_submitting(&t, relay.port()).await;
    everything_arrives(&t, &submitted, server, &relay).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_while_the_relay_is_down_all_along_loses_no_mail_either() {
    let t = scene().await;
    // Bound and never listened to: connections are refused, and nobody else takes the port.
    let down = TcpSocket::new_v4().unwrap();
    down.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let port = down.local_addr().unwrap().port();
    let (submitted, server) = killed_while_submitting(&t, port).await;
    until("the last server finds the relay away", async || server.said().contains("relay is away")).await;
    let mails = mail::Entity::find().all(t.app.db.read()).await.unwrap();
    assert!(mails.len() >= SUBMISSIONS, "{} mails wait", mails.len());
    let waits = |mail: &mail::Model| matches!(mail.state, MailState::Pending | MailState::Sending);
    assert!(mails.iter().all(waits), "nothing left, and nothing failed");
    drop(down);
    let relay = Relay::at(port, |_, _| Answer::Accept).await;
    everything_arrives(&t, &submitted, server, &relay).await;
    for (mail, times) in times_kept(&t, &relay.kept()).await {
        assert_eq!(times, 1, "{} {} left once the kills were over", mail.template, mail.id);
    }
}

async fn every_submission_is_there_once(t: &TestApp, submitted: &Submitted) {
    let answers = submitted.work.answers().await;
    assert_eq!(answers.len(), SUBMISSIONS);
    let requests = agreement_request::Entity::find().all(t.app.db.read()).await.unwrap();
    let requests: HashMap<_, _> = requests.into_iter().map(|request| (request.id, request)).collect();
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::Code.eq("AGR_SUBMITTED"))
        .all(t.app.db.read())
        .await
        .unwrap();
    let mut numbers = BTreeSet::new();
    for (index, draft) in submitted.drafts.iter().enumerate() {
        let (request, reply) = (&requests[&draft.id], &answers[&index]);
        assert_eq!((reply.status, request.state), (200, RequestState::Submitted), "{}", reply.body);
        let body: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
        assert_eq!(body["number"].as_str(), request.number.as_deref());
        assert_eq!(events.iter().filter(|event| event.subject_id == draft.id.0).count(), 1);
        numbers.insert(request.number.clone().unwrap());
    }
    let year = t.app.now().year();
    let expected: BTreeSet<_> = (1..=SUBMISSIONS).map(|n| format!("AGR-{year}-{n:04}")).collect();
    assert_eq!(numbers, expected);
}
