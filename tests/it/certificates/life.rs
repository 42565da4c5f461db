//! What happens to a certificate after its delivery.

use entity::account_role::Role;
use entity::candidate::{self, CandidateState, JuryDecision};
use entity::certificate;
use poem::http::StatusCode;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::bench::Bench;

#[tokio::test]
async fn a_revocation_takes_two_people() {
    let bench = Bench::new().await;
    let (id, number) = bench.issued("Kerdoncuff").await;
    bench.t.effects().await;
    let asked = json!({ "cause": "fraud", "reason": "Pièce d’identité fausse." });
    let path = format!("/certificates/{id}");
    let refused = bench.t.post(&bench.officer, &format!("{path}/revoke"), &asked).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let first = bench.t.post(&bench.manager, &format!("{path}/revoke"), &asked).await;
    assert_eq!((first.status, first.body["state"].as_str()), (StatusCode::OK, Some("valid")), "{first:?}");
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["certificate.revocation_asked"]);
    assert_eq!(effects.mails, ["certificate-revocation-asked"]);

    let (_, own) = bench.t.open(&bench.manager, &format!("/certificats/{number}")).await;
    assert!(!own.contains("confirmer-revocation") && own.contains("Une autre personne que vous"), "{own}");
    let admin = bench.t.person(Role::Admin).await;
    let (_, other) = bench.t.open(&admin, "/a-faire").await;
    assert!(other.contains("Confirmer une révocation") && other.contains(&number), "{other}");
    let (_, mine) = bench.t.open(&bench.manager, "/a-faire").await;
    assert!(!mine.contains("Confirmer une révocation, certificat"), "{mine}");

    let alone = bench.t.post_at(&bench.manager, &format!("{path}/confirm-revocation"), 1).await;
    assert_eq!((alone.status, alone.code()), (StatusCode::CONFLICT, "certificate-same-person"));
    let second = bench.t.person(Role::Manager).await;
    let done = bench.t.post_at(&second, &format!("{path}/confirm-revocation"), 1).await;
    assert_eq!((done.status, done.body["state"].as_str()), (StatusCode::OK, Some("revoked")), "{done:?}");
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["certificate.revoked"]);
    assert_eq!(effects.mails, ["certificate-revoked"]);

    let public = bench.t.client.get(format!("/verifier/{number}")).send().await;
    public.assert_status_is_ok();
    let text = public.0.into_body().into_string().await.unwrap();
    assert!(text.contains("Certificat révoqué"), "{text}");
    assert!(!text.contains("Pièce d’identité fausse"), "the reason is told to nobody else");
}

#[tokio::test]
async fn the_journal_reads_in_french_why_a_certificate_moved() {
    let bench = Bench::new().await;
    let auditor = bench.t.person(Role::Auditor).await;
    let (id, _) = bench.issued("Kerdoncuff").await;
    let reason = json!({ "reason": "Contrôle demandé." });
    let suspended = bench.t.post(&bench.manager, &format!("/certificates/{id}/suspend"), &reason).await;
    assert_eq!(suspended.status, StatusCode::OK, "{suspended:?}");
    let events = bench.t.get(&auditor, "/journal/events?limit=1").await;
    let event = events.body["items"][0]["id"].as_str().unwrap();
    let (_, page) = bench.t.open(&auditor, &format!("/journal?ouvert={event}")).await;
    let (shown, raw) = page.split_once("Données brutes").unwrap();
    assert!(shown.contains("Suspendu") && shown.contains("Vérification en cours"), "{shown}");
    assert!(!shown.contains("inquiry") && raw.contains("inquiry"), "{page}");
}

#[tokio::test]
async fn a_certificate_is_suspended_and_reinstated_with_a_reason() {
    let bench = Bench::new().await;
    let (id, _) = bench.issued("Kerdoncuff").await;
    bench.t.effects().await;
    let path = format!("/certificates/{id}");
    let empty = bench.t.post(&bench.manager, &format!("{path}/suspend"), &json!({ "reason": " " })).await;
    assert_eq!((empty.status, empty.pointers()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["/reason"]));
    let reason = json!({ "reason": "Vérification demandée." });
    let suspended = bench.t.post(&bench.manager, &format!("{path}/suspend"), &reason).await;
    assert_eq!(suspended.body["state"], "suspended", "{suspended:?}");
    let twice = bench.t.post(&bench.manager, &format!("{path}/suspend"), &reason).await;
    assert_eq!((twice.status, twice.code()), (StatusCode::CONFLICT, "certificate-wrong-state"));
    let back = bench.t.post(&bench.manager, &format!("{path}/reinstate"), &reason).await;
    assert_eq!(back.body["state"], "valid");
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["certificate.suspended", "certificate.reinstated"]);
    assert_eq!(effects.mails, ["certificate-suspended", "certificate-reinstated"]);
    let read = bench.t.get(&bench.officer, &path).await;
    assert_eq!(read.body["changes"].as_array().unwrap().len(), 2, "{read:?}");
}

#[tokio::test]
async fn a_change_of_civil_status_gives_a_new_certificate_and_the_old_leads_to_it() {
    let bench = Bench::new().await;
    let (id, old) = bench.issued("Kerdoncuff").await;
    candidate::Entity::update_many()
        .col_expr(candidate::Column::BirthName, Expr::value("Le Goff"))
        .filter(candidate::Column::StructureId.eq(bench.structure.id))
        .exec(bench.t.app.db.bookkeeping())
        .await
        .unwrap();
    bench.t.effects().await;
    let body = json!({ "cause": "civil_status", "reason": "Jugement du 3 mars." });
    let answer = bench.t.post(&bench.officer, &format!("/certificates/{id}/supersede"), &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_eq!(answer.body["supersedes_id"].as_str(), Some(id.as_str()));
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["certificate.issued", "certificate.superseded"]);
    assert_eq!(effects.mails, ["certificate-delivered"]);
    let number = answer.body["number"].as_str().unwrap();
    let found = bench.t.client.get(format!("/api/v1/verification/{old}")).send().await;
    let found: serde_json::Value = found.0.into_body().into_json().await.unwrap();
    assert_eq!(found["state"], "superseded", "{found}");
    assert_eq!(found["superseded_by"].as_str(), Some(number));
    let rows = certificate::Entity::find().all(bench.t.app.db.read()).await.unwrap();
    assert!(rows.iter().any(|row| row.content.contains("Kerdoncuff")), "what was delivered stays");
}

#[tokio::test]
async fn a_duplicate_is_typeset_under_the_same_number() {
    let bench = Bench::new().await;
    let (id, number) = bench.issued("Kerdoncuff").await;
    bench.work().await;
    let body = json!({ "reason": "Original perdu." });
    let answer = bench.t.post(&bench.officer, &format!("/certificates/{id}/duplicate"), &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    bench.work().await;
    let (_, page) = bench.t.open(&bench.officer, &format!("/certificats/{number}")).await;
    assert!(page.contains("Duplicata du certificat"), "{page}");
}

#[tokio::test]
async fn a_file_is_acted_on_from_its_page() {
    let bench = Bench::new().await;
    bench.candidate("Kerdoncuff", JuryDecision::Total).await;
    let path = format!("/certificats/jurys/{}", bench.session.number);
    let (status, page) = bench.t.open(&bench.officer, &path).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let (status, to, page) = bench.t.submit(&bench.officer, &path, &[]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, path.as_str()), "{page}");
    let row = certificate::Entity::find().one(bench.t.app.db.read()).await.unwrap().unwrap();
    let at = format!("/certificats/{}", row.number);
    let (status, _) = bench.t.open(&bench.manager, &format!("{at}/suspendre")).await;
    assert_eq!(status, StatusCode::OK);
    let fields = [("version", "1"), ("reason", "Vérification.")];
    let (status, to, page) = bench.t.submit(&bench.manager, &format!("{at}/suspendre"), &fields).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, at.as_str()), "{page}");
    let (_, page) = bench.t.open(&bench.manager, &at).await;
    assert!(page.contains("Suspendu") && page.contains("Vérification."), "{page}");
}

/// Where the file of the only holder stands, once the queued work is done.
async fn holder(bench: &Bench) -> candidate::Model {
    bench.work().await;
    candidate::Entity::find().one(bench.t.app.db.read()).await.unwrap().unwrap()
}

/// Somebody who was told that they have everything, and their certificate.
async fn told(bench: &Bench) -> String {
    let row = bench
        .candidate_with("Kerdoncuff", JuryDecision::Total, |row| {
            row.state = CandidateState::Notified;
            row.decision = Some(JuryDecision::Total);
        })
        .await;
    let answer = bench.issue().await;
    assert_eq!(answer.status, 201, "{answer:?}");
    bench.work().await;
    assert_eq!(holder(bench).await.id, row.id);
    format!("/certificates/{}", answer.body["certificates"][0]["id"].as_str().unwrap())
}

/// Revokes a certificate, by two people.
async fn revoke(bench: &Bench, path: &str) {
    let asked = json!({ "cause": "fraud", "reason": "Pièce d’identité fausse." });
    let first = bench.t.post(&bench.manager, &format!("{path}/revoke"), &asked).await;
    assert_eq!(first.status, StatusCode::OK, "{first:?}");
    let second = bench.t.person(Role::Manager).await;
    let done = bench.t.post(&second, &format!("{path}/confirm-revocation"), &json!(null)).await;
    assert_eq!((done.status, done.body["state"].as_str()), (StatusCode::OK, Some("revoked")), "{done:?}");
}

#[tokio::test]
async fn a_revocation_moves_the_file_of_the_holder_once() {
    let bench = Bench::new().await;
    let path = told(&bench).await;
    revoke(&bench, &path).await;
    bench.t.effects().await;
    assert_eq!(holder(&bench).await.state, CandidateState::Revoked);
    let effects = bench.t.effects().await;
    assert_eq!((effects.events, effects.mails), (vec!["candidate.certificate_cancelled".into()], Vec::new()));
    assert_eq!(holder(&bench).await.state, CandidateState::Revoked);
    assert!(bench.t.effects().await.events.is_empty(), "doing it twice moves it once");
}

#[tokio::test]
async fn what_takes_the_place_of_a_certificate_moves_no_file() {
    let bench = Bench::new().await;
    let path = told(&bench).await;
    let body = json!({ "cause": "civil_status", "reason": "Jugement du 3 mars." });
    let answer = bench.t.post(&bench.officer, &format!("{path}/supersede"), &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_eq!(holder(&bench).await.state, CandidateState::Notified);
    let suspended = json!({ "reason": "Vérification demandée." });
    let path = format!("/certificates/{}", answer.body["id"].as_str().unwrap());
    assert_eq!(
        bench.t.post(&bench.manager, &format!("{path}/suspend"), &suspended).await.status,
        StatusCode::OK
    );
    assert_eq!(holder(&bench).await.state, CandidateState::Notified, "nor does a suspension");
    revoke(&bench, &path).await;
    assert_eq!(holder(&bench).await.state, CandidateState::Revoked, "the one that counts does");
}

#[tokio::test]
async fn a_decision_that_is_contested_is_left_to_its_jury() {
    let bench = Bench::new().await;
    let path = told(&bench).await;
    candidate::Entity::update_many()
        .col_expr(candidate::Column::State, Expr::value(CandidateState::UnderReview.word()))
        .exec(bench.t.app.db.bookkeeping())
        .await
        .unwrap();
    revoke(&bench, &path).await;
    assert_eq!(holder(&bench).await.state, CandidateState::UnderReview);
}

#[tokio::test]
async fn the_file_of_a_candidate_tells_the_decision_and_leads_to_the_certificate() {
    let bench = Bench::new().await;
    let (_, number) = bench.issued("Kerdoncuff").await;
    bench.session_in(entity::jury_session::JuryState::Closed).await;
    let found = candidate::Entity::find().one(bench.t.app.db.read()).await.unwrap().unwrap();
    let (status, page) = bench.t.open(&bench.officer, &format!("/candidats/{}", found.number)).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("Décision du jury") && page.contains("Validation totale"), "{page}");
    for link in [format!("/certificats/{number}"), format!("/jurys/{}", bench.session.number)] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}: {page}");
    }
}
