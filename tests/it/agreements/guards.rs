//! What is refused although the state allows it, and who sees nothing.

use entity::account_role::{self, Role};
use entity::agreement_request::RequestState as S;
use parchemin::features::agreements::state::{Step, is_live};
use poem::http::Method;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use time::{Date, Duration};

use super::desk::{Desk, PDF, conforming};
use crate::support::Answer;

pub fn refusal(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), answer.code())
}

pub fn fault(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), answer.body["errors"][0]["code"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn every_missing_piece_and_field_is_told_at_once() {
    let desk = Desk::new().await;
    let answer = desk.t.post(&desk.owner, "/agreement-requests", &desk.new_request()).await;
    *desk.id.lock().unwrap() = answer.body["id"].as_str().unwrap().to_owned();
    assert!(answer.body["lacking"].as_array().unwrap().len() > 10);
    let answer = desk.act(&desk.owner, "submit", &Value::Null).await;
    assert_eq!(answer.status, 422);
    for pointer in ["/sites", "/project", "/commitment_accepted", "/pieces/P02", "/pieces/P16"] {
        assert!(answer.pointers().contains(&pointer), "{pointer} in {:?}", answer.pointers());
    }
    let again = desk.t.post(&desk.owner, "/agreement-requests", &desk.new_request()).await;
    assert_eq!(refusal(&again), (409, "agreement-request-draft-exists"));
}

#[tokio::test]
async fn a_piece_that_the_settings_ask_for_is_wanted_of_the_requests_opened_since() {
    let desk = Desk::new().await;
    desk.draft().await;
    let change = json!({ "value": { "required": ["P13"] } });
    let changed = desk.t.patch(&desk.manager, "/settings/agreements.pieces", Some(0), &change).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    desk.step(Step::Submit).await;
    desk.step(Step::Withdraw).await;
    desk.draft().await;
    let answer = desk.act(&desk.owner, "submit", &Value::Null).await;
    assert_eq!((answer.status.as_u16(), answer.pointers()), (422, vec!["/pieces/P13"]));
    desk.piece("P13").await;
    desk.step(Step::Submit).await;
}

#[tokio::test]
async fn a_file_whose_pieces_ended_since_its_submission_is_not_complete() {
    let desk = Desk::new().await;
    desk.reach(S::Submitted).await;
    desk.accept_pieces().await;
    desk.t.advance(Duration::days(301));
    let (event, officer, body) = desk.ask(Step::DeclareComplete).await;
    let answer = desk.act(officer, event, &body).await;
    assert_eq!(refusal(&answer), (409, "agreement-request-pieces-not-valid"), "{answer:?}");
    let listed = answer.body["blocking"].as_array().unwrap();
    assert!(listed.iter().any(|line| line.as_str().unwrap().contains("a pris fin le")), "{listed:?}");
    assert_eq!(desk.read().await["state"], "submitted");
}

#[tokio::test]
async fn a_piece_that_is_examined_makes_the_version_read_before_stale() {
    let desk = Desk::new().await;
    desk.reach(S::Submitted).await;
    let version = || async { i32::try_from(desk.read().await["version"].as_i64().unwrap()).unwrap() };
    let seen = version().await;
    let piece = desk.read().await["pieces"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("pieces/{piece}/review");
    let answer = desk.act(&desk.officer, &path, &json!({ "accepted": true })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.etag, Some(format!("\"{}\"", seen + 1)), "{answer:?}");
    assert_eq!(version().await, seen + 1);
}

#[tokio::test]
async fn a_step_out_of_its_state_tells_what_lacks_and_apart_what_is_possible() {
    let desk = Desk::new().await;
    desk.draft().await;
    let (event, officer, body) = desk.ask(Step::DeclareComplete).await;
    let answer = desk.act(officer, event, &body).await;
    assert_eq!(answer.status, 409, "{answer:?}");
    let told = |member: &str| {
        let all = answer.body[member].as_array().unwrap().iter();
        all.map(|one| one.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let blocking = told("blocking");
    assert_eq!(blocking.len(), 1, "{blocking:?}");
    assert!(blocking[0].contains("Déclarer le dossier complet") && blocking[0].contains('«'), "{blocking:?}");
    let possible = told("possible");
    assert!(possible.contains(&"Déposer la demande".to_owned()), "{possible:?}");
    assert!(!possible.iter().any(|step| step.contains("échéance")), "no step of time: {possible:?}");
}

#[tokio::test]
async fn a_day_that_does_not_exist_is_named_in_the_refusal_of_the_body() {
    let desk = Desk::new().await;
    desk.reach(S::InCommittee).await;
    let (event, person, mut body) = desk.ask(Step::Grant).await;
    body["starts_on"] = json!("2026-02-30");
    let answer = desk.act(person, event, &body).await;
    assert_eq!((answer.status.as_u16(), answer.pointers()), (400, vec!["/starts_on"]), "{answer:?}");
}

#[tokio::test]
async fn the_team_prepares_a_request_that_the_structure_submits() {
    let desk = Desk::new().await;
    desk.draft().await;
    let path = desk.page("").await;
    for person in [&desk.officer, &desk.manager] {
        let answer = desk.act(person, "submit", &Value::Null).await;
        assert_eq!(refusal(&answer), (403, "forbidden"), "{answer:?}");
        let file = desk.opens(person, &path).await;
        assert!(file.contains(&format!("href=\"{path}/brouillon\"")), "the team may still write it: {file}");
        let review = desk.opens(person, &format!("{path}/brouillon?etape=relecture")).await;
        assert!(!review.contains("/deposer"), "{review}");
    }
    let review = desk.opens(&desk.owner, &format!("{path}/brouillon?etape=relecture")).await;
    assert!(review.contains(&format!("formaction=\"{path}/deposer\"")), "{review}");
    desk.step(Step::Submit).await;
}

#[tokio::test]
async fn one_request_at_a_time_is_examined_for_a_structure_and_a_certification() {
    let desk = Desk::new().await;
    desk.reach(S::Submitted).await;
    let number = desk.read().await["number"].as_str().unwrap().to_owned();
    for kind in ["first", "renewal"] {
        let mut body = desk.new_request();
        body["kind"] = json!(kind);
        let answer = desk.t.post(&desk.owner, "/agreement-requests", &body).await;
        assert_eq!(refusal(&answer), (409, "agreement-request-live"), "{kind}");
        assert!(answer.body["detail"].as_str().unwrap().contains(&number), "{answer:?}");
    }
    let version = desk.version.id.to_string();
    let fields = [("certification_version_id", version.as_str()), ("kind", "first"), ("role", "train")];
    let (status, _, html) = desk.t.submit(&desk.owner, "/agrements/nouveau", &fields).await;
    assert_eq!(status, 422);
    assert!(html.contains(&number), "{html}");
    desk.step(Step::Withdraw).await;
    desk.draft().await;
    let second = desk.id();
    // what the database wants of a state that is written without its steps
    let at = entity::Instant::from(desk.t.app.now());
    let set = |state: S| {
        use entity::agreement_request::{Column, Entity};
        let change = Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::VisitAt, Expr::value(at))
            .col_expr(Column::DecidedAt, Expr::value(at));
        change.filter(Column::Number.eq(number.as_str())).exec(desk.t.app.db.bookkeeping())
    };
    for state in S::all().filter(|state| is_live(*state)) {
        set(state).await.unwrap();
        let answer = desk.act(&desk.owner, "submit", &Value::Null).await;
        assert_eq!(refusal(&answer), (409, "agreement-request-live"), "{state}");
    }
    set(S::Refused).await.unwrap();
    desk.step(Step::Submit).await;
    assert_eq!((desk.id(), desk.read().await["state"].clone()), (second, json!("submitted")));
}

#[tokio::test]
async fn a_renewal_asks_for_an_agreement_and_a_first_request_for_none() {
    let desk = Desk::new().await;
    let asked = |kind: &str| {
        let mut body = desk.new_request();
        body["kind"] = json!(kind);
        body
    };
    let none = desk.t.post(&desk.owner, "/agreement-requests", &asked("renewal")).await;
    assert_eq!((fault(&none), none.pointers()[0]), ((422, "agreement-never-held"), "/kind"));
    desk.draft().await;
    let version = i32::try_from(desk.read().await["version"].as_i64().unwrap()).unwrap();
    let renewal = json!({ "kind": "renewal" });
    let none = desk.t.patch(&desk.owner, &desk.path(), Some(version), &renewal).await;
    assert_eq!(fault(&none), (422, "agreement-never-held"), "nor does a draft become one");
    desk.step(Step::Withdraw).await;

    desk.reach(S::Granted).await;
    let right = desk.read().await["agreement"].clone();
    for (person, verb) in [(&desk.owner, "sign-structure"), (&desk.manager, "sign-certifier")] {
        let path = format!("/agreements/{}/{verb}", right["id"].as_str().unwrap());
        assert_eq!(desk.t.post(person, &path, &json!({ "name": "Ulysse N’Diaye" })).await.status, 200);
    }
    let number = right["number"].as_str().unwrap();
    let held = desk.t.post(&desk.owner, "/agreement-requests", &asked("first")).await;
    assert_eq!((fault(&held), held.pointers()[0]), ((422, "agreement-already-held"), "/kind"));
    assert!(held.body["errors"][0]["message"].as_str().unwrap().contains(number), "{held:?}");
    let version = desk.version.id.to_string();
    let fields = [("certification_version_id", version.as_str()), ("kind", "first"), ("role", "train")];
    let (status, _, html) = desk.t.submit(&desk.owner, "/agrements/nouveau", &fields).await;
    assert_eq!(status, 422);
    assert!(html.contains(number) && html.contains("choisissez «\u{202f}Renouvellement\u{202f}»"), "{html}");
    let renewed = desk.t.post(&desk.owner, "/agreement-requests", &asked("renewal")).await;
    assert_eq!(renewed.status, 201, "{renewed:?}");
    let path = format!("/agreement-requests/{}", renewed.body["id"].as_str().unwrap());
    let (former, begun) = (desk.read().await, desk.t.get(&desk.owner, &path).await.body);
    for field in ["project", "sites"] {
        assert_eq!(begun[field], former[field], "{field} begins as it was granted");
    }
    let codes = |body: &Value| {
        let pieces = body["pieces"].as_array().unwrap().iter();
        pieces.map(|piece| piece["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (kept, carried) = (codes(&former), codes(&begun));
    assert!(!carried.is_empty() && carried.iter().all(|code| kept.contains(code)), "{carried:?} of {kept:?}");
    assert_eq!(begun["pieces"][0]["state"], "received", "looked at again");
    let document = begun["pieces"][0]["document_id"].as_str().unwrap();
    assert_ne!(former["pieces"][0]["document_id"], document, "a document of its own");
    assert_eq!(desk.t.get(&desk.officer, &format!("/documents/{document}/content")).await.status, 200);
    let first = desk.t.patch(&desk.owner, &path, Some(1), &json!({ "kind": "first" })).await;
    assert_eq!(fault(&first), (422, "agreement-already-held"));
}

#[tokio::test]
async fn a_stale_version_changes_nothing() {
    let desk = Desk::new().await;
    desk.draft().await;
    let form = json!({ "project": "Autre" });
    assert_eq!(desk.t.patch(&desk.owner, &desk.path(), Some(1), &form).await.status, 412);
    assert_eq!(desk.t.patch(&desk.owner, &desk.path(), None, &form).await.status, 428);
    let path = format!("/api/v1{}/submit", desk.path());
    let request = desk.t.client.request(Method::POST, path).header("if-match", "\"1\"");
    let answer = request.header("authorization", format!("Bearer {}", desk.owner.token)).send().await;
    answer.assert_status(poem::http::StatusCode::PRECONDITION_FAILED);
    assert_eq!(desk.read().await["state"], "draft");
}

#[tokio::test]
async fn the_same_idempotency_key_executes_once() {
    let desk = Desk::new().await;
    desk.draft().await;
    let send = |event: &str, body: &str| {
        let request = desk.t.client.request(Method::POST, format!("/api/v1{}/{event}", desk.path()));
        let request = request.header("authorization", format!("Bearer {}", desk.owner.token));
        request.header("idempotency-key", "depot-1").content_type("application/json").body(body.to_owned())
    };
    desk.t.effects().await;
    let first = send("submit", "").send().await.0;
    let second = send("submit", "").send().await.0;
    assert_eq!((first.status().as_u16(), second.status().as_u16()), (200, 200));
    let (first, second) = (first.into_body().into_string().await, second.into_body().into_string().await);
    assert_eq!(first.unwrap(), second.unwrap());
    assert_eq!(desk.t.effects().await.events, ["agreement_request.submitted"]);
    assert_eq!(send("withdraw", r#"{"reason":"non"}"#).send().await.0.status().as_u16(), 422);
}

#[tokio::test]
async fn a_file_is_taken_for_what_it_is() {
    let desk = Desk::new().await;
    desk.draft().await;
    let path = format!("{}/pieces", desk.path());
    for (name, file, code, expected) in [
        ("virus.pdf", b"MZ\x90\0".to_vec(), "P02", (422, "file-kind-unknown")),
        ("photo.png", PDF.to_vec(), "P02", (422, "file-kind-lying")),
        ("vide.pdf", Vec::new(), "P02", (422, "file-empty")),
        ("projet.pdf", PDF.to_vec(), "P99", (422, "piece-unknown")),
        ("projet.pdf", PDF.to_vec(), "P01", (422, "piece-unknown")),
    ] {
        let answer = desk.t.upload(&desk.owner, &path, name, file, &[("code", code)]).await;
        assert_eq!(fault(&answer), expected, "{name} {code}: {answer:?}");
    }
    let mut huge = PDF.to_vec();
    huge.resize(26 * 1024 * 1024, 0);
    let answer = desk.t.upload(&desk.owner, &path, "gros.pdf", huge, &[("code", "P02")]).await;
    assert_eq!(answer.status, 413);
    assert_eq!(answer.code(), "too-large", "{answer:?}");
    let long = "a".repeat(2 * 1024 * 1024);
    let (status, _, html) =
        desk.t.submit(&desk.owner, "/agrements/nouveau", &[("structure", long.as_str())]).await;
    assert_eq!(status, 413);
    assert!(html.contains("<html") && !html.contains("payload"), "a page says it: {html}");
    assert!(html.contains("25\u{202f}Mo") && html.contains("Revenir à la page du dépôt"), "{html}");
}

#[tokio::test]
async fn another_structure_finds_nothing_anywhere() {
    let desk = Desk::new().await;
    desk.reach(S::GrantedWithReserves).await;
    for (list, count) in [
        ("/committees?q=VERLA%CC%82INE%20salle", 1),
        ("/committees?q=hugo", 0),
        ("/committees?state=cancelled", 0),
        ("/agreements?q=jardins%20MORVAN", 1),
        ("/agreements?q=introuvable", 0),
        ("/partner-updates?q=introuvable", 0),
        ("/documents?q=introuvable", 0),
    ] {
        let found = desk.t.get(&desk.manager, list).await;
        assert_eq!(found.body["items"].as_array().unwrap().len(), count, "{list}: {found:?}");
    }
    let whole = desk.read().await;
    let id = |pointer: &str| whole.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    let (request, right) = (desk.path(), format!("/agreements/{}", id("/agreement/id")));
    let piece = id("/pieces/0/id");
    let document = format!("/documents/{}", id("/documents/0/id"));
    for path in [
        request.clone(),
        format!("{request}/history"),
        format!("{request}/documents"),
        format!("{request}/controllers"),
        right.clone(),
        document.clone(),
        format!("{document}/content"),
        format!("/committees/{}", id("/committee/id")),
        "/committees".to_owned(),
        "/partner-updates".to_owned(),
    ] {
        assert_eq!(refusal(&desk.t.get(&desk.stranger, &path).await), (404, "not-found"), "{path}");
    }
    let mut posts: Vec<(String, Value)> = Vec::new();
    for (step, _, _) in parchemin::features::agreements::api::STEPS {
        let (event, _, body) = desk.ask(step).await;
        posts.push((format!("{request}/{event}"), body));
    }
    posts.push((format!("{request}/scores"), json!({ "scores": [] })));
    posts.push((format!("{request}/pieces/{piece}/review"), json!({ "accepted": true })));
    posts.push((format!("{right}/sign-structure"), json!({ "name": "Personne" })));
    posts.push((format!("{right}/sign-certifier"), json!({ "name": "Personne" })));
    let close = format!("{right}/reserves/{}/close", id("/reserves/0/id"));
    posts.push((close, json!({ "evidence": "Rien" })));
    posts.push(("/agreement-requests".to_owned(), desk.new_request()));
    let day = (desk.today() + Duration::days(50)).to_string();
    posts.push(("/committees".to_owned(), json!({ "meets_on": day, "place": "Ici" })));
    let committee = format!("/committees/{}", id("/committee/id"));
    posts.push((format!("{committee}/cancel"), json!({ "reason": "Aucune" })));
    let day = (desk.today() + Duration::days(50)).to_string();
    posts.push((format!("{committee}/move"), json!({ "meets_on": day, "reason": "Aucune" })));
    for (path, body) in posts {
        assert_eq!(refusal(&desk.t.post(&desk.stranger, &path, &body).await), (404, "not-found"), "{path}");
    }
    let fields = [("code", "P02")];
    let answer =
        desk.t.upload(&desk.stranger, &format!("{request}/pieces"), "a.pdf", PDF.to_vec(), &fields).await;
    assert_eq!(answer.status, 404);
    let answer = desk.t.delete(&desk.stranger, &format!("{request}/pieces/{piece}")).await;
    assert_eq!(refusal(&answer), (404, "not-found"));
    assert_eq!(desk.t.patch(&desk.stranger, &request, Some(1), &json!({})).await.status, 404);
    for list in ["/agreement-requests", "/agreements"] {
        assert_eq!(desk.t.get(&desk.stranger, list).await.body["items"], json!([]), "{list}");
    }
    assert_eq!(desk.read().await, whole);
}

#[tokio::test]
async fn whoever_inspected_does_not_decide_and_whoever_decided_does_not_settle() {
    let desk = Desk::new().await;
    desk.reach(S::InCommittee).await;
    let both = account_role::ActiveModel {
        id: Set(desk.t.app.new_id().into()),
        account_id: Set(desk.expert.id),
        role: Set(Role::Manager),
        structure_id: Set(None),
        structure_admin: Set(false),
        certification_id: Set(None),
        regions: Set(String::new()),
        granted_at: Set(desk.t.app.now().into()),
    };
    account_role::Entity::insert(both).exec_without_returning(desk.t.app.db.bookkeeping()).await.unwrap();
    let (event, _, body) = desk.ask(Step::Grant).await;
    assert_eq!(refusal(&desk.act(&desk.expert, event, &body).await), (403, "not-independent"));
    desk.step(Step::Refuse).await;
    desk.step(Step::LodgeAppeal).await;
    let (event, _, body) = desk.ask(Step::Uphold).await;
    assert_eq!(refusal(&desk.act(&desk.manager, event, &body).await), (403, "not-independent"));
    assert_eq!(desk.act(&desk.other_manager, event, &body).await.body["state"], "refused_final");
}

#[tokio::test]
async fn the_mail_of_a_complete_file_tells_the_delays_in_force() {
    let desk = Desk::new().await;
    desk.reach(S::Submitted).await;
    let change = json!({ "value": { "visit_notice_days": 21, "comment_days": 1 } });
    let answer = desk.t.patch(&desk.manager, "/settings/agreements.delays", Some(0), &change).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    desk.accept_pieces().await;
    desk.step(Step::DeclareComplete).await;
    let mails = entity::mail::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    let mail = mails.iter().find(|mail| mail.template == "agreement-complete").unwrap();
    assert!(mail.body_text.contains("au moins 21 jours à l’avance"), "{}", mail.body_text);
    assert!(mail.body_text.contains("disposez de 1 jour pour"), "{}", mail.body_text);
}

#[tokio::test]
async fn an_opinion_is_never_more_lenient_than_the_grid() {
    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    desk.t.advance(Duration::days(21));
    let mut scores = conforming();
    for score in scores.iter_mut().take(2) {
        score["score"] = json!("major");
    }
    let answer = desk.act(&desk.expert, "record-visit", &json!({ "scores": scores })).await;
    assert_eq!(fault(&answer), (422, "evidence-missing"));
    for score in scores.iter_mut().take(2) {
        score["evidence"] = json!("Rien n’a été montré");
    }
    let record = json!({ "scores": scores, "persons_met": "La direction" });
    assert_eq!(desk.act(&desk.expert, "record-visit", &record).await.status, 200);
    desk.step(Step::SendReport).await;
    let opinion = |opinion: &str| json!({ "opinion": opinion, "text": "Deux écarts majeurs." });
    let early = desk.act(&desk.expert, "finalise", &opinion("unfavourable")).await;
    assert_eq!(refusal(&early), (409, "comments-awaited"));
    desk.t.advance(Duration::days(16));
    for lenient in ["favourable", "favourable_with_reserve"] {
        assert_eq!(
            fault(&desk.act(&desk.expert, "finalise", &opinion(lenient)).await),
            (422, "opinion-too-lenient")
        );
    }
    assert_eq!(desk.act(&desk.expert, "finalise", &opinion("unfavourable")).await.status, 200);
    assert_eq!(refusal(&desk.act(&desk.owner, "comment", &json!({ "text": "Trop tard" })).await).0, 409);
}

#[tokio::test]
async fn a_decision_keeps_to_its_dates() {
    let desk = Desk::new().await;
    desk.reach(S::InCommittee).await;
    let day = |days: i64| json!((desk.today() + Duration::days(days)).to_string());
    let reserve = |due: Value| json!([{ "text": "Signer", "due_on": due }]);
    for (event, body, code) in [
        ("grant", json!({ "starts_on": day(-1) }), "date-in-the-past"),
        ("grant", json!({ "starts_on": day(0), "ends_on": day(-2) }), "period-reversed"),
        ("grant", json!({ "starts_on": day(0), "ends_on": day(1200) }), "period-too-long"),
        ("grant-with-reserves", json!({ "starts_on": day(0), "reserves": [] }), "reserves-missing"),
        (
            "grant-with-reserves",
            json!({ "starts_on": day(0), "reserves": reserve(day(200)) }),
            "reserve-date-wrong",
        ),
        ("adjourn", json!({ "text": "EPSP", "due_on": day(100) }), "adjournment-date-wrong"),
        ("refuse", json!({ "reasons": "  " }), "reason-missing"),
        ("put-on-agenda", json!({ "committee_id": desk.t.app.new_id() }), ""),
    ] {
        let person = if event == "put-on-agenda" { &desk.officer } else { &desk.manager };
        let answer = desk.act(person, event, &body).await;
        if code.is_empty() {
            assert_eq!(answer.status, 409, "{event}");
        } else {
            assert_eq!(fault(&answer), (422, code), "{event}: {answer:?}");
        }
    }
    let version = &desk.version;
    let path = format!("/certifications/{}/versions/{}/registrations", version.certification_id, version.id);
    let entry = json!({ "register": "rs", "number": "RS0000", "starts_on": day(0), "ends_on": day(100) });
    assert_eq!(desk.t.post(&desk.manager, &path, &entry).await.status, 201);
    let long = json!({ "starts_on": day(0), "ends_on": day(101) });
    assert_eq!(fault(&desk.act(&desk.manager, "grant", &long).await), (422, "period-beyond-registration"));
    let file = desk.opens(&desk.manager, &desk.page("").await).await;
    assert!(file.contains("dernier jour de l’enregistrement de la certification"), "{file}");
}

#[tokio::test]
async fn a_committee_does_not_decide_before_its_day() {
    let desk = Desk::new().await;
    desk.reach(S::OpinionGiven).await;
    let day = (desk.today() + Duration::days(12)).to_string();
    let planned = json!({ "meets_on": day, "place": "Salle Verlaine" });
    let committee = desk.t.post(&desk.officer, "/committees", &planned).await;
    let agenda = json!({ "committee_id": committee.body["id"] });
    assert_eq!(desk.act(&desk.officer, "put-on-agenda", &agenda).await.status, 200);
    let (event, manager, body) = desk.ask(Step::Grant).await;
    assert_eq!(refusal(&desk.act(manager, event, &body).await), (409, "committee-not-met"));
    desk.t.advance(Duration::days(12));
    desk.step(Step::Grant).await;
}

#[tokio::test]
async fn the_database_itself_refuses_two_rights_over_one_site() {
    let desk = Desk::new().await;
    desk.reach(S::Granted).await;
    desk.reach(S::InCommittee).await;
    let (event, manager, body) = desk.ask(Step::Grant).await;
    let answer = desk.act(manager, event, &body).await;
    assert_eq!(refusal(&answer), (409, "agreement-periods-overlap"));
    assert_eq!(desk.read().await["state"], "in_committee");
    let end = desk.t.get(&desk.manager, "/agreements").await.body["items"][0]["ends_on"].clone();
    let end =
        Date::parse(end.as_str().unwrap(), &time::format_description::well_known::Iso8601::DATE).unwrap();
    let next = json!({ "starts_on": end.next_day().unwrap().to_string() });
    assert_eq!(desk.act(manager, event, &next).await.body["state"], "granted");
}
