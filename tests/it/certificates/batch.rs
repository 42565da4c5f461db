//! The files of a session when some cannot be made.

use entity::account_role::Role;
use entity::candidate::JuryDecision;
use entity::certificate;
use entity::certificate_batch::{self, BatchState};
use entity::job::{self, JobState};
use poem::http::StatusCode;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::bench::Bench;
use crate::support::Person;

/// The content of a certificate, as the table holds it.
async fn write_content(bench: &Bench, number: &str, content: &str) {
    certificate::Entity::update_many()
        .col_expr(certificate::Column::Content, Expr::value(content))
        .filter(certificate::Column::Number.eq(number))
        .exec(bench.t.app.db.bookkeeping())
        .await
        .unwrap();
}

async fn batch(bench: &Bench) -> certificate_batch::Model {
    certificate_batch::Entity::find().one(bench.t.app.db.read()).await.unwrap().unwrap()
}

/// A session of three certificates, one of which was altered so that it cannot be read: its number and what it held.
async fn spoilt(bench: &Bench) -> (String, String) {
    for name in ["Premier", "Second", "Tiers"] {
        bench.candidate(name, JuryDecision::Total).await;
    }
    assert_eq!(bench.issue().await.status, StatusCode::CREATED);
    let one = certificate::Entity::find().one(bench.t.app.db.read()).await.unwrap().unwrap();
    write_content(bench, &one.number, "{}").await;
    bench.work().await;
    (one.number, one.content)
}

#[tokio::test]
async fn a_failure_is_told_with_its_reason_and_leaves_no_part_of_an_archive() {
    let bench = Bench::new().await;
    spoilt(&bench).await;
    let failed = batch(&bench).await;
    assert_eq!((failed.state, failed.done, failed.total), (BatchState::Failed, 2, 3), "{failed:?}");
    assert!(failed.failure.as_ref().is_some_and(|why| !why.is_empty()) && failed.archive_id.is_none());
    let path = format!("/certificates/batches/{}", failed.id);
    let read = bench.t.get(&bench.officer, &path).await;
    assert_eq!(
        (read.body["state"].as_str(), read.body["done"].as_i64()),
        (Some("failed"), Some(2)),
        "{read:?}"
    );
    assert_eq!(read.body["failure"].as_str(), failed.failure.as_deref());
    let archive = bench.t.get(&bench.officer, &format!("{path}/archive")).await;
    assert_eq!((archive.status, archive.code()), (StatusCode::CONFLICT, "certificate-not-ready"));
    let at = format!("/certificats/jurys/{}", bench.session.number);
    let (_, page) = bench.t.open(&bench.officer, &at).await;
    assert!(page.contains("Des fichiers n’ont pas pu être préparés."), "{page}");
    assert!(page.contains("<b>2 sur 3</b>") && !page.contains("Télécharger l’archive"), "{page}");
}

/// What somebody reads of the files to be made again: the number of the session and the name of its structure.
async fn awaited(bench: &Bench, person: &Person) -> Vec<(String, String)> {
    let found = bench.t.get(person, "/todo").await;
    assert_eq!(found.status, StatusCode::OK, "{found:?}");
    let items = found.body["items"].as_array().unwrap();
    let own = items.iter().filter(|task| task["action"] == "retry_certificates");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    own.map(|task| (text(&task["reference"]), text(&task["structure"]))).collect()
}

#[tokio::test]
async fn a_failure_waits_for_the_team_until_the_files_are_made() {
    let bench = Bench::new().await;
    let auditor = bench.t.person(Role::Auditor).await;
    let elsewhere = bench.t.limited(Role::Manager, "75").await;
    let (number, content) = spoilt(&bench).await;
    let told = (bench.session.number.clone(), bench.structure.name.clone());
    for person in [&bench.manager, &bench.officer] {
        assert_eq!(awaited(&bench, person).await, std::slice::from_ref(&told));
        let (_, home) = bench.t.open(person, "/a-faire").await;
        assert!(home.contains("Des fichiers n’ont pas pu être préparés"), "{home}");
        assert!(home.contains(&format!("href=\"/certificats/jurys/{}\"", told.0)), "{home}");
    }
    for person in [&auditor, &elsewhere] {
        assert!(awaited(&bench, person).await.is_empty(), "not for them");
    }
    write_content(&bench, &number, &content).await;
    let at = format!("/certificats/jurys/{}", bench.session.number);
    bench.t.submit(&bench.officer, &format!("{at}/reprise"), &[]).await;
    assert!(awaited(&bench, &bench.manager).await.is_empty(), "it is being made");
    bench.work().await;
    assert!(awaited(&bench, &bench.manager).await.is_empty());
}

#[tokio::test]
async fn a_failure_is_tried_again_when_somebody_asks() {
    let bench = Bench::new().await;
    let (number, content) = spoilt(&bench).await;
    write_content(&bench, &number, &content).await;
    bench.t.effects().await;
    let at = format!("/certificats/jurys/{}", bench.session.number);
    let (status, to, page) = bench.t.submit(&bench.officer, &format!("{at}/reprise"), &[]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, at.as_str()), "{page}");
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["certificate_batch.retried"]);
    assert_eq!(effects.jobs, ["certificates.issue_batch"]);
    bench.work().await;
    let whole = batch(&bench).await;
    assert_eq!((whole.state, whole.done, whole.failure), (BatchState::Done, 3, None));
    assert!(whole.archive_id.is_some());
    let (_, page) = bench.t.open(&bench.officer, &at).await;
    assert!(page.contains("Télécharger l’archive"), "{page}");
    let path = format!("/certificates/batches/{}/retry", whole.id);
    let again = bench.t.post_at(&bench.officer, &path, 1).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "certificate-batch-not-failed"));
}

#[tokio::test]
async fn a_failure_is_tried_again_by_itself_and_work_done_twice_counts_once() {
    let bench = Bench::new().await;
    let (number, content) = spoilt(&bench).await;
    write_content(&bench, &number, &content).await;
    bench.t.advance(time::Duration::minutes(5));
    bench.work().await;
    let whole = batch(&bench).await;
    assert_eq!((whole.state, whole.done, whole.total), (BatchState::Done, 3, 3));
}

#[tokio::test]
async fn a_duplicate_that_was_not_typeset_is_made_again_by_the_team() {
    let bench = Bench::new().await;
    let (id, number) = bench.issued("Kerdoncuff").await;
    bench.work().await;
    let body = json!({ "reason": "Original perdu." });
    let asked = bench.t.post(&bench.officer, &format!("/certificates/{id}/duplicate"), &body).await;
    assert_eq!(asked.status, StatusCode::OK, "{asked:?}");
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Failed))
        .col_expr(job::Column::Error, Expr::value("unknown font"))
        .filter(job::Column::Kind.eq("certificates.issue_document"))
        .exec(bench.t.app.db.bookkeeping())
        .await
        .unwrap();
    let listed = bench.t.get(&bench.officer, "/failed-documents").await.body;
    let own = &listed["items"][0];
    for (field, expected) in [
        ("kind", "certificate-duplicate"),
        ("title", "Duplicata du certificat"),
        ("reference", number.as_str()),
        ("error", "unknown font"),
    ] {
        assert_eq!(own[field], expected, "{listed}");
    }
    let (_, page) = bench.t.open(&bench.officer, "/documents-a-refaire").await;
    assert!(page.contains(&format!("href=\"/certificats/{number}\"")), "{page}");
    let redo = format!("/failed-documents/{}/redo", own["id"].as_str().unwrap());
    let elsewhere = bench.t.limited(Role::Officer, "75").await;
    let none = bench.t.get(&elsewhere, "/failed-documents").await.body;
    assert_eq!(none["items"], json!([]), "of another region");
    let again = bench.t.post(&bench.officer, &redo, &json!({})).await;
    assert!(again.status.is_success(), "{again:?}");
    bench.work().await;
    let work = job::Entity::find().filter(job::Column::Kind.eq("certificates.issue_document"));
    let done = work.one(bench.t.app.db.read()).await.unwrap().unwrap();
    assert_eq!((done.state, done.error), (JobState::Done, None));
}
