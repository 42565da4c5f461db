//! The delivery of the certificates of a session.

use entity::account_role::Role;
use entity::candidate::{self, JuryDecision};
use entity::certificate_batch::{self, BatchState};
use entity::jury_session::JuryState;
use entity::{certificate, document, job};
use parchemin::rules::certificate_number::Number;
use poem::http::StatusCode;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::bench::Bench;

#[tokio::test]
async fn a_validated_session_gives_a_certificate_to_who_acquired_everything() {
    let bench = Bench::new().await;
    bench.candidate("Kerdoncuff", JuryDecision::Total).await;
    bench.candidate("Refus", JuryDecision::Refused).await;
    let answer = bench.issue().await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["certificate.issued", "certificate_batch.issued"]);
    assert_eq!(effects.mails, ["certificate-delivered"]);
    assert_eq!(effects.jobs, ["certificates.issue_batch"]);
    let one = &answer.body["certificates"][0];
    assert_eq!(answer.body["total"], 1, "{answer:?}");
    assert_eq!((one["kind"].as_str(), one["state"].as_str()), (Some("full"), Some("valid")));
    let number = Number::read(one["number"].as_str().unwrap()).unwrap();
    assert!(number.as_str().starts_with("CQPSP-"), "{number}");

    let read = bench.t.get(&bench.officer, &format!("/certificates/{}", one["id"].as_str().unwrap())).await;
    let content = &read.body["content"];
    assert_eq!(content["holder"]["first_names"], json!(["Inès", "Anne-Marie"]), "{read:?}");
    assert_eq!(content["holder"]["birthplace"], "Brest (29)");
    assert!(!content.to_string().contains("Atelier Secret"), "{content}");
}

#[tokio::test]
async fn an_incomplete_civil_status_is_refused_and_what_lacks_is_told() {
    let bench = Bench::new().await;
    let lacking = lacking(&bench).await;
    let answer = bench.issue().await;
    assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, "certificate-incomplete"));
    let told = answer.body["blocking"][0].as_str().unwrap();
    assert!(told.starts_with(&lacking.number), "{told}");
    assert!(told.contains("la date de naissance") && told.contains("le lieu de naissance"), "{told}");
    assert_eq!(bench.t.effects().await.events, Vec::<String>::new());
    assert!(certificate::Entity::find().one(bench.t.app.db.read()).await.unwrap().is_none());
}

#[tokio::test]
async fn who_lacks_something_does_not_hold_back_the_others() {
    let bench = Bench::new().await;
    bench.candidate("Complet", JuryDecision::Total).await;
    let lacking = lacking(&bench).await;
    let answer = bench.issue().await;
    assert_eq!((answer.status, answer.body["total"].as_i64()), (StatusCode::CREATED, Some(1)), "{answer:?}");
    let told = answer.body["lacking"][0].as_str().unwrap();
    assert!(told.starts_with(&lacking.number) && told.contains("la date de naissance"), "{told}");
    let batch = format!("/certificates/batches/{}", answer.body["id"].as_str().unwrap());
    assert_eq!(bench.t.get(&bench.officer, &batch).await.body["lacking"], answer.body["lacking"]);
    let (_, page) =
        bench.t.open(&bench.officer, &format!("/certificats/jurys/{}", bench.session.number)).await;
    assert!(page.contains("L’état civil d’une personne est incomplet."), "{page}");

    for (column, value) in
        [(candidate::Column::BirthDate, "1985-05-12"), (candidate::Column::BirthCommune, "29019")]
    {
        candidate::Entity::update_many()
            .col_expr(column, Expr::value(value))
            .filter(candidate::Column::Id.eq(lacking.id))
            .exec(bench.t.app.db.bookkeeping())
            .await
            .unwrap();
    }
    let then = bench.issue().await;
    assert_eq!((then.status, then.body["total"].as_i64()), (StatusCode::CREATED, Some(1)), "{then:?}");
    assert_eq!(then.body["lacking"], json!([]));
}

/// Somebody whose birth is not known.
async fn lacking(bench: &Bench) -> candidate::Model {
    let change = |row: &mut candidate::Model| {
        row.birth_date = String::new();
        row.birth_commune = String::new();
    };
    bench.candidate_with("Kerdoncuff", JuryDecision::Total, change).await
}

#[tokio::test]
async fn nothing_is_delivered_before_the_validation_nor_twice() {
    let bench = Bench::new().await;
    bench.candidate("Kerdoncuff", JuryDecision::Total).await;
    bench.session_in(JuryState::Signed).await;
    let early = bench.issue().await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "certificate-session-not-validated"));
    bench.session_in(JuryState::Validated).await;
    assert_eq!(bench.issue().await.status, StatusCode::CREATED);
    let again = bench.issue().await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "certificate-nothing-to-issue"));
}

#[tokio::test]
async fn serials_follow_each_other_without_a_hole() {
    let bench = Bench::new().await;
    bench.candidate("Premier", JuryDecision::Total).await;
    bench.candidate_with("Incomplet", JuryDecision::Total, |row| row.sex = String::new()).await;
    let first = bench.issue().await;
    candidate::Entity::update_many()
        .col_expr(candidate::Column::Sex, Expr::value("M"))
        .filter(candidate::Column::Sex.eq(""))
        .exec(bench.t.app.db.bookkeeping())
        .await
        .unwrap();
    let then = bench.issue().await;
    let serials: Vec<String> = [&first, &then]
        .iter()
        .flat_map(|answer| answer.body["certificates"].as_array().unwrap())
        .map(|one| one["number"].as_str().unwrap().split('-').nth(2).unwrap().to_owned())
        .collect();
    assert_eq!(serials, ["000001", "000002"]);
}

#[tokio::test]
async fn the_place_of_the_jury_of_somebody_detained_is_not_printed() {
    let bench = Bench::new().await;
    bench.candidate_with("Kerdoncuff", JuryDecision::Total, |row| row.detained = true).await;
    let answer = bench.issue().await;
    let id = answer.body["certificates"][0]["id"].as_str().unwrap();
    let read = bench.t.get(&bench.officer, &format!("/certificates/{id}")).await;
    assert!(read.body["content"]["place"].is_null(), "{read:?}");
}

#[tokio::test]
async fn the_files_of_a_session_are_typeset_and_gathered() {
    let bench = Bench::new().await;
    for rank in 0..23 {
        bench.candidate(&format!("Nom{}", char::from(b'A' + rank)), JuryDecision::Total).await;
    }
    assert_eq!(bench.issue().await.status, StatusCode::CREATED);
    bench.work().await;
    for job in job::Entity::find().all(bench.t.app.db.read()).await.unwrap() {
        assert_eq!(job.state, job::JobState::Done, "{} {:?}", job.payload, job.error);
    }
    let conn = bench.t.app.db.read();
    let batch = certificate_batch::Entity::find().one(conn).await.unwrap().unwrap();
    assert_eq!((batch.state, batch.done, batch.total), (BatchState::Done, 23, 23));
    let rows = certificate::Entity::find().all(conn).await.unwrap();
    assert!(rows.iter().all(|row| row.document_id.is_some()));
    let archive = document::Entity::find_by_id(batch.archive_id.unwrap()).one(conn).await.unwrap().unwrap();
    assert_eq!(archive.media_type, "application/zip");
    let bytes = bench.t.app.storage.get(&archive.sha256).await.unwrap();
    assert!(bytes.starts_with(b"PK"), "an archive");
}

#[tokio::test]
async fn the_structure_sees_its_own_certificates_and_another_sees_none() {
    let bench = Bench::new().await;
    let (id, number) = bench.issued("Kerdoncuff").await;
    let own = bench.t.of_structure(bench.structure.id).await;
    let other = bench.t.person(Role::Structure).await;
    assert_eq!(bench.t.get(&own, &format!("/certificates/{id}")).await.status, StatusCode::OK);
    assert_eq!(bench.t.get(&other, &format!("/certificates/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bench.t.open(&other, &format!("/certificats/{number}")).await.0, StatusCode::NOT_FOUND);
    let list = bench.t.get(&other, "/certificates").await;
    assert_eq!(list.body["items"], json!([]));
}
