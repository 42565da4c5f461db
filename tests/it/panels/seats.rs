//! A seat is given by a mission, follows it, and is taken back.

use entity::account_role::Role;
use entity::audit_event;
use entity::candidate_tie::CandidateTieKind;
use entity::college_seat::College;
use entity::declared_interest::TieKind;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use time::macros::date;

use super::desk::Desk;

impl Desk {
    async fn event(&self, name: &str) -> audit_event::Model {
        let found = audit_event::Entity::find().filter(audit_event::Column::Name.eq(name));
        found.one(self.t.app.db.read()).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn a_president_is_designated_by_a_mission_and_follows_its_answer() {
    let desk = Desk::new().await;
    let expert = desk.mandataire("Abel").await;
    let own = desk.t.of_expert(expert.id).await;
    desk.t.effects().await;
    let member = desk.seat("president", &expert).await;
    let effects = desk.t.effects().await;
    assert_eq!(effects.events, ["mission.proposed", "jury_session.president_designated"]);
    assert_eq!(effects.mails, ["mission-offered"]);
    assert_eq!(desk.event("jury_session.president_designated").await.code, "JUR_PRESIDENT");
    assert_eq!((&member["state"], &member["seat"]), (&json!("proposed"), &json!("president")));
    let mission = format!("/missions/{}", member["mission_id"].as_str().unwrap());
    let read = desk.t.get(&own, &mission).await.body;
    assert_eq!((&read["object"], &read["starts_at"]), (&json!("jury"), &json!("2025-11-20T08:30:00Z")));
    assert_eq!(read["place"], "Salle Verlaine, 4 chemin des Palmistes, 58000 Nevers");

    let again = desk.mandataire("Bérard").await;
    assert_eq!(desk.ask("president", &again, None).await.code(), "jury-panel-full");
    assert_eq!(desk.t.post(&own, &format!("{mission}/accept"), &Value::Null).await.status, 200);
    assert_eq!(desk.of(&expert).await["state"], "accepted");
    let refusal = json!({ "reason": "health" });
    assert_eq!(desk.t.post(&own, &format!("{mission}/drop-out"), &refusal).await.status, 200);
    assert_eq!(desk.of(&expert).await, Value::Null, "the seat is vacant");
    let offer = json!({ "substitutes": [{ "expert_id": again.id }] });
    let offered = desk.t.post(&desk.officer, &format!("{mission}/offer"), &offer).await;
    assert_eq!((offered.status.as_u16(), offered.code()), (409, "mission-of-jury"), "{offered:?}");
    desk.seat("president", &again).await;
}

#[tokio::test]
async fn a_warning_passes_with_a_reason_which_the_journal_keeps() {
    let desk = Desk::new().await;
    let helped = desk.mandataire("Abel").await;
    let until = Some(date!(2025 - 01 - 31));
    desk.t.interest(helped.id, desk.structure.id, TieKind::SupportExpert, until).await;
    desk.t.effects().await;
    let answer = desk.ask("president", &helped, None).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "jury-panel-warning"));
    assert!(desk.t.effects().await.events.is_empty(), "nothing is written");
    let answer = desk.ask("president", &helped, Some("Appui bref, seule personne libre")).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let event = desk.event("jury_session.president_designated").await;
    assert_eq!(event.reason.as_deref(), Some("Appui bref, seule personne libre"));
    assert!(event.payload.contains("\"J4\""), "{}", event.payload);
    assert_eq!(desk.of(&helped).await["doubtful"], false);
}

#[tokio::test]
async fn whoever_is_taken_on_the_half_day_is_refused() {
    let desk = Desk::new().await;
    let expert = desk.mandataire("Abel").await;
    let own = desk.t.of_expert(expert.id).await;
    let meeting = json!({
        "expert_id": expert.id,
        "object": "meeting",
        "title": "Réunion de travail",
        "place": "Salle Verlaine",
        "department": "58",
        "starts_on": "2025-11-20",
        "starts_time": "11:00",
        "ends_time": "12:00",
    });
    let proposed = desk.t.post(&desk.officer, "/missions", &meeting).await;
    let path = format!("/missions/{}/accept", proposed.body["id"].as_str().unwrap());
    assert_eq!(desk.t.post(&own, &path, &Value::Null).await.status, 200);
    assert_eq!(desk.choice("president", &expert).await.0, "refused");
    let answer = desk.ask("president", &expert, Some("Tant pis")).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "jury-panel-refused"));
    assert!(answer.body["blocking"][0].as_str().unwrap().contains("MIS-2025-"), "{answer:?}");
}

#[tokio::test]
async fn members_of_colleges_sit_without_an_habilitation_and_are_not_presidents() {
    let desk = Desk::new().await;
    let member = desk.member("Abel", College::Employers).await;
    let own = desk.t.of_expert(member.id).await;
    desk.t.effects().await;
    let seat = desk.seat("employers", &member).await;
    let effects = desk.t.effects().await;
    assert_eq!(effects.events, ["mission.proposed", "jury_session.member_added"]);
    let mission = format!("/missions/{}", seat["mission_id"].as_str().unwrap());
    assert_eq!(desk.t.get(&desk.officer, &mission).await.body["duty"], Value::Null);
    assert_eq!(desk.t.post(&own, &format!("{mission}/accept"), &Value::Null).await.status, 200);
    let panel = desk.t.get(&desk.officer, &desk.path()).await;
    let lacks = panel.body["lacks_now"].as_array().unwrap();
    assert_eq!(lacks.len(), 3, "a president, an employee, three who vote: {lacks:?}");
    let twice = desk.ask("employers", &member, None).await;
    assert_eq!(twice.code(), "jury-panel-refused");
    let taken = Box::pin(parchemin::features::missions::actions::recheck::run(&desk.t.app)).await;
    assert_eq!(taken.unwrap(), 0, "no habilitation is asked later either");
}

#[tokio::test]
async fn a_seat_is_taken_back_or_given_to_somebody_else_in_one_act() {
    let desk = Desk::new().await;
    let (first, second) = (desk.mandataire("Abel").await, desk.mandataire("Bérard").await);
    let member = desk.seat("president", &first).await;
    let path = format!("{}/members/{}", desk.path(), member["id"].as_str().unwrap());
    let empty = desk.t.post(&desk.officer, &format!("{path}/remove"), &json!({ "reason": " " })).await;
    assert_eq!((empty.status.as_u16(), empty.pointers()), (422, vec!["/reason"]));
    desk.t.effects().await;
    let body = json!({ "reason": "Empêchement", "expert_id": second.id });
    let replaced = desk.t.post(&desk.officer, &format!("{path}/replace"), &body).await;
    assert_eq!(replaced.status, 200, "{replaced:?}");
    let effects = desk.t.effects().await;
    let expected = [
        "mission.withdrawn",
        "jury_session.member_removed",
        "mission.cancelled",
        "mission.proposed",
        "jury_session.president_designated",
    ];
    assert_eq!(effects.events, expected);
    assert_eq!(effects.mails, ["mission-withdrawn", "mission-offered"]);
    assert_eq!(desk.of(&first).await, Value::Null);
    assert_eq!(desk.of(&second).await["seat"], "president");
}

#[tokio::test]
async fn a_tie_learnt_later_is_told_of_who_sits() {
    let desk = Desk::new().await;
    let expert = desk.mandataire("Abel").await;
    desk.seat("president", &expert).await;
    assert_eq!(desk.of(&expert).await["doubtful"], false);
    desk.knows(expert.id, 1, CandidateTieKind::Trained).await;
    let member = desk.of(&expert).await;
    assert_eq!((&member["doubtful"], &member["findings"][0]["check"]), (&json!(true), &json!("j2")));
    assert_eq!(member["findings"][0]["candidate_id"], json!(desk.candidates[1]));
    let (_, text) = desk.t.open(&desk.officer, "/a-faire").await;
    assert!(
        text.contains("Lien avec une personne candidate") && text.contains(&desk.session.number),
        "{text}"
    );
}

#[tokio::test]
async fn the_team_alone_composes_and_a_stale_version_is_refused() {
    let desk = Desk::new().await;
    let expert = desk.mandataire("Abel").await;
    let own = desk.t.of_expert(expert.id).await;
    let members = format!("{}/members", desk.path());
    let body = json!({ "seat": "president", "expert_id": expert.id });
    for (role, status) in [(Role::Auditor, 403), (Role::Structure, 404), (Role::Trainee, 404)] {
        let person = desk.t.person(role).await;
        assert_eq!(desk.t.post(&person, &members, &body).await.status, status, "{role}");
    }
    assert_eq!(desk.t.get(&own, &desk.path()).await.status, 404);
    let elsewhere = desk.t.limited(Role::Officer, "11").await;
    assert_eq!(desk.t.get(&elsewhere, &desk.path()).await.status, 404);
    desk.seat("president", &expert).await;
    let page = format!("/jurys/{}/affectation", desk.session.number);
    let other = desk.mandataire("Bérard").await.id.to_string();
    let fields = [("siege", "president"), ("personne", other.as_str()), ("version", "1")];
    let (status, _, text) = desk.t.submit(&desk.officer, &page, &fields).await;
    assert_eq!(status, 409);
    assert!(text.contains("a changé depuis votre lecture"), "{text}");
}
