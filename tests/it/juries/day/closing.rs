//! The deliberation, the decisions and the end.

use entity::candidate::CandidateState;
use entity::jury_member::Seat;
use entity::{candidate, jury_minutes};
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::json;

use super::Room;

#[tokio::test]
async fn a_jury_hears_decides_and_closes() {
    let room = Room::new(&["Diallo", "Basile", "Cissé"]).await;
    room.open().await;
    room.hears(0, "15", "4").await;
    room.hears(1, "15", "1").await;
    let early = room.act("deliberate", &json!({})).await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "jury-lacking"), "{early:?}");
    let absent = room.turn(2).await;
    let unsaid =
        room.act(&format!("passages/{absent}/presence"), &json!({ "presence": "absent_excused" })).await;
    assert_eq!(unsaid.pointers(), ["/reason"], "{unsaid:?}");
    let body = json!({ "presence": "absent_excused", "reason": "Arrêt de travail" });
    room.done(&format!("passages/{absent}/presence"), &body).await;
    room.done("deliberate", &json!({})).await;

    let refused = room.decide(2, "refused", Some("Absence")).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "jury-candidate-absent"));
    assert_eq!(room.passage(0).await["proposal"], "total");
    let total = room.decide(0, "total", None).await;
    assert_eq!(total.status, StatusCode::OK, "{total:?}");
    let above = room.decide(1, "total", Some("Le jury est souverain")).await;
    assert_eq!((above.status, above.code()), (StatusCode::CONFLICT, "jury-lacking"), "{above:?}");
    let unreasoned = room.decide(1, "refused", None).await;
    assert_eq!(unreasoned.pointers(), ["/reason"], "another decision than the one proposed: {unreasoned:?}");
    assert_eq!(room.decide(1, "partial", None).await.status, StatusCode::OK);
    let silent = room.act("close-deliberation", &json!({})).await;
    assert_eq!(silent.body["blocking"].as_array().unwrap().len(), 1, "an observation lacks: {silent:?}");
    room.enter(1, &[("comment:E2", "Consignes à reformuler")]).await;

    let _before = room.s.t().effects().await;
    let closed = room.done("close-deliberation", &json!({ "remarks": "Salle claire" })).await;
    assert_eq!(closed["state"], "to_sign");
    let effects = room.s.t().effects().await;
    assert_eq!(effects.events, ["candidate.decided", "candidate.decided", "jury.minutes_frozen"]);
    assert_eq!(effects.mails, ["jury-minutes"; 3]);
    let conn = room.s.t().app.db.read();
    let mut found = Vec::new();
    for person in &room.people {
        let row = candidate::Entity::find_by_id(person.id).one(conn).await.unwrap().unwrap();
        found.push((row.state, row.attempts));
    }
    let expected =
        [(CandidateState::Total, 1), (CandidateState::Partial, 1), (CandidateState::AbsentExcused, 0)];
    assert_eq!(found, expected);
    let minutes = jury_minutes::Entity::find().all(conn).await.unwrap();
    assert_eq!((minutes.len(), minutes[0].content_hash.len()), (1, 32));
}

#[tokio::test]
async fn a_decision_falls_when_a_result_changes() {
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    room.hears(0, "15", "4").await;
    room.done("deliberate", &json!({})).await;
    assert_eq!(room.decide(0, "total", None).await.status, StatusCode::OK);
    room.enter(0, &[("mark:E2", "1")]).await;
    let passage = room.passage(0).await;
    assert_eq!((&passage["decision"], &passage["proposal"]), (&json!(null), &json!("partial")));
    let early = room.act("close-deliberation", &json!({})).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "{early:?}");
}

#[tokio::test]
async fn the_jury_rules_above_the_results() {
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    room.hears(0, "15", "1").await;
    let ruled = room.enter(0, &[("ruling:B2", "oui"), ("remark:B2", "Preuves du livret")]).await;
    assert_eq!(ruled[1]["outcome"], "applied", "{ruled:?}");
    let passage = room.passage(0).await;
    assert_eq!(passage["proposal"], "total");
    assert_eq!(passage["units"][1]["ruling"], true);
}

#[tokio::test]
async fn votes_carry_a_decision_or_do_not() {
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    room.hears(0, "15", "4").await;
    room.done("deliberate", &json!({})).await;
    let turn = room.turn(0).await;
    let mut members = Vec::new();
    for rank in 0..3 {
        members.push(room.member(rank).await);
    }
    let votes = |words: [&str; 3]| {
        let votes = members.iter().zip(words).map(|(id, vote)| json!({ "member_id": id, "vote": vote }));
        json!({ "decision": "total", "votes": votes.collect::<Vec<_>>() })
    };
    let path = format!("passages/{turn}/decide");
    let lost = room.act(&path, &votes(["yes", "no", "no"])).await;
    assert_eq!((lost.status, lost.code()), (StatusCode::CONFLICT, "jury-no-majority"), "{lost:?}");
    let cast = room.act(&path, &votes(["yes", "no", "blank"])).await;
    assert_eq!(cast.status, StatusCode::OK, "the president decides when votes are equal: {cast:?}");
}

#[tokio::test]
async fn a_fraud_is_told_to_the_team_at_once() {
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    let _before = room.s.t().effects().await;
    let unnamed = json!({ "kind": "fraud", "description": "Un téléphone pendant l’entretien" });
    let refused = room.act("record-incident", &unnamed).await;
    assert_eq!(refused.pointers(), ["/passage_id"], "a suspected fraud names somebody: {refused:?}");
    room.suspects(0).await;
    let effects = room.s.t().effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["jury.incident_recorded".into()], vec!["jury-incident".into()])
    );
    room.done("record-incident", &json!({ "kind": "delay", "description": "Un train en retard" })).await;
    assert!(room.s.t().effects().await.mails.is_empty());
}

#[tokio::test]
async fn a_suspected_fraud_waits_for_a_decision_with_a_reason() {
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    room.hears(0, "15", "4").await;
    room.suspects(0).await;
    room.done("deliberate", &json!({})).await;
    assert_eq!(room.decide(0, "total", None).await.status, StatusCode::OK);
    let page = format!("{}/deliberation", room.s.page(&room.path).await);
    let (_, text) = room.s.t().open(&room.president, &page).await;
    assert!(text.contains("La suspicion de fraude de"), "{text}");
    let early = room.act("close-deliberation", &json!({})).await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "minutes-lacking"), "{early:?}");
    assert_eq!(room.decide(0, "total", Some("Aucune aide n’a été reçue")).await.status, StatusCode::OK);
    let (_, text) = room.s.t().open(&room.president, &page).await;
    assert!(text.contains("Une décision motivée pour chaque suspicion de fraude"), "{text}");
    room.done("close-deliberation", &json!({})).await;
}

#[tokio::test]
async fn an_incident_that_was_a_mistake_is_withdrawn_and_stays() {
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    room.hears(0, "15", "4").await;
    room.suspects(0).await;
    let id = room.day().await["incidents"][0]["id"].clone();
    let page = format!("{}/incidents", room.s.page(&room.path).await);
    let address = format!("{page}/{}/retrait", id.as_str().unwrap());
    let wrong = room.s.t().submit(&room.president, &address, &[("reason", "")]).await;
    assert_eq!(wrong.0, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.2);
    let _before = room.s.t().effects().await;
    let reason = [("reason", "Une erreur de personne")];
    let (status, _, text) = room.s.t().submit(&room.president, &address, &reason).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    assert_eq!(room.s.t().effects().await.events, ["jury.incident_withdrawn"]);
    let again = json!({ "incident_id": id, "reason": "Une autre raison" });
    let twice = room.act("withdraw-incident", &again).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "{twice:?}");
    let incidents = room.day().await["incidents"].clone();
    assert_eq!(incidents[0]["withdrawn_reason"], "Une erreur de personne", "it stays: {incidents}");
    let (_, text) = room.s.t().open(&room.president, &page).await;
    assert!(text.contains("Une erreur de personne"), "{text}");
    room.done("deliberate", &json!({})).await;
    assert_eq!(room.decide(0, "total", None).await.status, StatusCode::OK);
    room.done("close-deliberation", &json!({})).await;
    let minutes = jury_minutes::Entity::find().one(room.s.t().app.db.read()).await.unwrap().unwrap();
    assert!(minutes.content.contains("\"incidents\":[]"), "{}", minutes.content);
}

/// Who stays apart from the only candidate, in order, before and after the candidate comes.
#[tokio::test]
async fn no_sequence_closes_a_session_that_breaks_its_quorum() {
    let seats = [Seat::President, Seat::Employers, Seat::Employees, Seat::Employees];
    for (before, after, kept) in [
        (vec![], vec![], true),
        (vec![2], vec![], true),
        (vec![], vec![3], true),
        (vec![2], vec![3], false),
        (vec![], vec![2, 3], false),
        (vec![1], vec![], false),
        (vec![], vec![0], false),
    ] {
        let room = Room::with(&seats, &["Diallo"]).await;
        room.open().await;
        for member in &before {
            assert_eq!(room.abstains(*member, 0).await.status, StatusCode::OK);
        }
        room.hears(0, "15", "4").await;
        for member in &after {
            assert_eq!(room.abstains(*member, 0).await.status, StatusCode::OK);
        }
        room.done("deliberate", &json!({})).await;
        let total = room.decide(0, "total", Some("Le jury est souverain")).await;
        let told = if kept { StatusCode::OK } else { StatusCode::CONFLICT };
        assert_eq!(total.status, told, "{before:?} {after:?}: {total:?}");
        room.done("close-deliberation", &json!({})).await;
        let passage = room.passage(0).await;
        let expected = if kept { "total" } else { "adjourned" };
        assert_eq!(passage["decision"], expected, "{before:?} {after:?}");
        let whole = passage["quorum_lacks"].as_array().unwrap().is_empty();
        assert!(whole || passage["decision"] == "adjourned", "{before:?} {after:?}: {passage}");
        let conn = room.s.t().app.db.read();
        let row = candidate::Entity::find_by_id(room.people[0].id).one(conn).await.unwrap().unwrap();
        assert_eq!(row.attempts, i32::from(kept), "an adjournment uses up no attempt");
    }
}
