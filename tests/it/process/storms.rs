//! Two hundred people for twenty seats, through one server on SQLite and two on PostgreSQL, then with servers that are
//! killed meanwhile. Once each; `STORMS=10` repeats them.

use std::collections::{BTreeSet, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;

use entity::enrolment::{self, EnrolmentState};
use entity::ids::TrainingSessionId;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use tokio::task::JoinSet;

use super::client::{self, Reply};
use super::server::{Server, assert_journal_intact};
use super::work::Work;
use super::{all_sealed, all_sent, leases_end, scene, times_kept, until};
use crate::catalogue::somebody;
use crate::enrolments::{Course, open_session};
use crate::support::TestApp;
use crate::support::smtp::Relay;

const PEOPLE: usize = 200;
const SEATS: usize = 20;
const LEAVING: usize = 5;
const CLIENTS: usize = 16;
const KILLS: usize = 2;

#[expect(clippy::disallowed_methods, reason = "whoever tests says how many times")]
fn rounds() -> usize {
    std::env::var("STORMS").ok().and_then(|asked| asked.parse().ok()).unwrap_or(1)
}

async fn course() -> Course {
    let t = scene().await;
    let session = open_session(&t.app, i32::try_from(SEATS).unwrap()).await;
    Course { t, session }
}

/// As many servers as the database may have, up to two.
async fn servers(t: &TestApp, relay: u16) -> Vec<Server> {
    let mut servers = vec![Server::start(t, relay).await];
    if !t.app.db.is_sqlite() {
        servers.push(Server::start(t, relay).await);
    }
    servers
}

/// Somebody enrols from the catalogue, without an account.
async fn enrol(address: SocketAddr, session: TrainingSessionId, rank: usize) -> std::io::Result<Reply> {
    let path = format!("/api/v1/catalogue/{session}/enrolments");
    let (key, body) = (format!("inscription-{rank}"), somebody(rank).to_string());
    client::post_text(address, &path, "application/json", &key, &body).await
}

/// Everybody at once, each with a connection of their own.
async fn everybody_enrols(course: &Course, servers: &[Server]) -> Vec<Reply> {
    let mut calls = JoinSet::new();
    for rank in 1..=PEOPLE {
        let (address, session) = (servers[rank % servers.len()].address, course.session);
        calls.spawn(async move { enrol(address, session, rank).await.unwrap() });
    }
    calls.join_all().await
}

/// What was told: a seat to as many as there are, and ranks without a hole to the others.
fn assert_shared_out<'a>(replies: impl Iterator<Item = &'a Reply>) {
    let mut held = 0;
    let mut ranks = Vec::new();
    for reply in replies {
        assert_eq!(reply.status, 201, "{}", reply.body);
        let body: Value = serde_json::from_str(&reply.body).unwrap();
        match body["rank"].as_u64() {
            Some(rank) => ranks.push(usize::try_from(rank).unwrap()),
            None => held += usize::from(body["state"] == "held"),
        }
    }
    ranks.sort_unstable();
    assert_eq!((held, ranks), (SEATS, (1..=PEOPLE - SEATS).collect()));
}

/// The first who have a seat give it up by the link of their mail, one after the other: each time, the first who waits is
/// offered it.
async fn some_leave(course: &Course, servers: &[Server]) {
    let before = course.everybody().await;
    let seated: Vec<_> =
        before.iter().filter(|one| one.state == EnrolmentState::Held).take(LEAVING).collect();
    let mut waiting: Vec<_> = before.iter().filter(|one| one.rank.is_some()).collect();
    waiting.sort_unstable_by_key(|one| one.rank);
    for (place, one) in seated.into_iter().enumerate() {
        let token = course.token("enrolment-held", one.id).await;
        let (address, path) =
            (servers[place % servers.len()].address, format!("/inscriptions/{token}/desistement"));
        let form = ("application/x-www-form-urlencoded", "cause=work&reason=");
        let key = format!("desistement-{place}");
        let reply = client::post_text(address, &path, form.0, &key, form.1).await.unwrap();
        assert_eq!(reply.status, 303, "{}", reply.body);
        for (rank, next) in waiting.iter().take(LEAVING + 1).enumerate() {
            let offered = course.row(next.id).await.state == EnrolmentState::Offered;
            assert_eq!(offered, rank <= place, "rank {} once {} left", rank + 1, place + 1);
        }
    }
}

async fn storm() {
    let course = course().await;
    let relay = Relay::friendly().await;
    let servers = servers(&course.t, relay.port()).await;
    let replies = everybody_enrols(&course, &servers).await;
    assert_shared_out(replies.iter());
    course.holds_together().await;
    some_leave(&course, &servers).await;
    all_sent(&course.t).await;
    all_sealed(&course.t).await;
    for server in servers {
        server.stop().await;
    }
    course.holds_together().await;
    let (seats, waiting) = (i32::try_from(SEATS).unwrap(), i32::try_from(PEOPLE - SEATS - LEAVING).unwrap());
    assert_eq!(course.tally().await, (seats, seats, waiting));
    let mails = times_kept(&course.t, &relay.kept()).await;
    assert_eq!(mails.len(), PEOPLE + 2 * LEAVING, "who enrolled, who left, who was offered a seat");
    for (mail, times) in mails {
        assert_eq!(times, 1, "{} {}", mail.template, mail.id);
    }
    assert_journal_intact(&course.t).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_people_enrol_at_once_for_twenty_seats_then_five_leave() {
    for _ in 0..rounds() {
        Box::pin(storm()).await;
    }
}

/// The same. The act of a killed server may end while another looks at its key: asked again later, as a client does.
async fn enrol_or_wait(
    address: SocketAddr,
    session: TrainingSessionId,
    rank: usize,
) -> std::io::Result<Reply> {
    let reply = enrol(address, session, rank).await?;
    if reply.status == 409 { Err(std::io::ErrorKind::WouldBlock.into()) } else { Ok(reply) }
}

/// Everybody enrols through servers that are killed one after the other, then through servers that are not.
async fn killed_while_enrolling(course: &Course, relay: u16, seed: u64) -> (Arc<Work>, Vec<Server>) {
    let session = course.session;
    let work = Work::new(PEOPLE, move |address, index| Box::pin(enrol_or_wait(address, session, index + 1)));
    let mut chance = StdRng::seed_from_u64(seed);
    for _ in 0..KILLS {
        let mut servers = servers(&course.t, relay).await;
        let mut clients: Vec<_> =
            servers.iter().map(|server| work.clients(server.address, CLIENTS)).collect();
        for server in &mut servers {
            let enough = work.answered() + chance.random_range(5..15);
            until("enough answers", async || work.answered() >= enough).await;
            server.kill();
        }
        for clients in &mut clients {
            while clients.join_next().await.is_some() {}
        }
        leases_end(&course.t).await;
    }
    assert!(!work.is_done().await, "the kills came too late");
    let servers = servers(&course.t, relay).await;
    let mut clients: Vec<_> = servers.iter().map(|server| work.clients(server.address, CLIENTS)).collect();
    for clients in &mut clients {
        while clients.join_next().await.is_some() {}
    }
    (work, servers)
}

/// What was acknowledged is there as it was told, and nobody twice.
fn assert_there_once(everybody: &[enrolment::Model], answers: &HashMap<usize, Reply>) {
    assert_eq!((everybody.len(), answers.len()), (PEOPLE, PEOPLE));
    let rows: HashMap<String, _> = everybody.iter().map(|row| (row.id.to_string(), row)).collect();
    for (index, reply) in answers {
        let told: Value = serde_json::from_str(&reply.body).unwrap();
        let row = rows[told["id"].as_str().unwrap()];
        assert_eq!(row.email, somebody(index + 1)["email"].as_str().unwrap());
        assert_eq!(
            (row.state.word(), row.rank.map(i64::from)),
            (told["state"].as_str().unwrap().to_owned(), told["rank"].as_i64())
        );
    }
    let people: BTreeSet<_> = everybody.iter().map(|row| &row.person_key).collect();
    assert_eq!(people.len(), PEOPLE);
}

async fn killed_storm(seed: u64) {
    let course = course().await;
    let relay = Relay::friendly().await;
    let (work, servers) = killed_while_enrolling(&course, relay.port(), seed).await;
    for server in &servers {
        work.retries_give_the_same_answer(server.address).await;
    }
    let answers = work.answers().await;
    assert_shared_out(answers.values());
    all_sent(&course.t).await;
    all_sealed(&course.t).await;
    for server in servers {
        server.stop().await;
    }
    assert_there_once(&course.everybody().await, &answers);
    course.holds_together().await;
    let mails = times_kept(&course.t, &relay.kept()).await;
    assert_eq!(mails.len(), PEOPLE, "each is written to once");
    for (mail, times) in mails {
        assert!(times > 0, "{} {} was lost", mail.template, mail.id);
    }
    assert_journal_intact(&course.t).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_killed_while_people_enrol_keep_what_they_acknowledged_once() {
    for seed in (0x5354_4f52..).take(rounds()) {
        Box::pin(killed_storm(seed)).await;
    }
}
