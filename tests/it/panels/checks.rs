//! J1 to J9, each known from data only.

use entity::candidate_tie::CandidateTieKind;
use entity::college_seat::College;
use entity::declared_interest::TieKind;
use entity::expert;
use entity::habilitation::Duty;
use entity::mission::MissionObject;
use serde_json::json;
use time::macros::date;

use super::desk::Desk;

impl Desk {
    async fn told(&self, seat: &str, expert: &expert::Model, verdict: &str, checks: &[&str]) {
        let expected: Vec<String> = checks.iter().map(|check| (*check).to_owned()).collect();
        assert_eq!(self.choice(seat, expert).await, (verdict.to_owned(), expected));
    }

    async fn employed(&self, expert: &expert::Model, structure: &entity::structure::Model) {
        let body = json!({ "structure_id": structure.id });
        let path = format!("/experts/{}/employments", expert.id);
        let answer = self.t.post(&self.officer, &path, &body).await;
        assert_eq!(answer.status, 201, "{answer:?}");
    }
}

#[tokio::test]
async fn whoever_nothing_ties_may_preside() {
    let desk = Desk::new().await;
    let free = desk.mandataire("Abel").await;
    desk.told("president", &free, "free", &[]).await;
}

#[tokio::test]
async fn j1_whoever_served_the_structure_within_two_years_does_not_sit() {
    let desk = Desk::new().await;
    for (name, until, verdict, checks) in [
        ("Abel", date!(2024 - 06 - 30), "refused", vec!["j1"]),
        ("Bérard", date!(2023 - 06 - 30), "free", vec![]),
    ] {
        let expert = desk.mandataire(name).await;
        let tie = TieKind::EmployeeBoardOrProvider;
        desk.t.interest(expert.id, desk.structure.id, tie, Some(until)).await;
        desk.told("president", &expert, verdict, &checks).await;
    }
    let employed = desk.member("Corbin", College::Employers).await;
    desk.employed(&employed, &desk.structure).await;
    desk.told("employers", &employed, "refused", &["j1"]).await;
    let answer = desk.ask("employers", &employed, Some("Seule personne libre")).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "jury-panel-refused"), "{answer:?}");
    let said = answer.body["blocking"][0].as_str().unwrap();
    assert!(said.contains("Emploi, mandat ou prestation") && said.contains("(J1)"), "{said}");
}

#[tokio::test]
async fn j1_whoever_was_on_the_board_within_two_years_does_not_sit() {
    let desk = Desk::new().await;
    for (name, until, verdict, checks) in [
        ("Abel", None, "refused", vec!["j1"]),
        ("Bérard", Some(date!(2023 - 11 - 20)), "refused", vec!["j1"]),
        ("Corbin", Some(date!(2023 - 11 - 19)), "free", vec![]),
    ] {
        let member = desk.member(name, College::Employees).await;
        desk.t.interest(member.id, desk.structure.id, TieKind::Board, until).await;
        desk.told("employees", &member, verdict, &checks).await;
    }
}

#[tokio::test]
async fn j2_and_j3_whoever_knows_a_candidate_does_not_preside_and_stays_apart_as_a_member() {
    let desk = Desk::new().await;
    for (name, kind, check) in [
        ("Abel", CandidateTieKind::Trained, "j2"),
        ("Bérard", CandidateTieKind::Accompanied, "j2"),
        ("Corbin", CandidateTieKind::Family, "j3"),
        ("Delmas", CandidateTieKind::Dispute, "j3"),
    ] {
        let expert = desk.mandataire(name).await;
        desk.knows(expert.id, 0, kind).await;
        desk.told("president", &expert, "refused", &[check]).await;
    }
    let member = desk.member("Faure", College::Employees).await;
    desk.knows(member.id, 0, CandidateTieKind::Supervised).await;
    desk.told("employees", &member, "reasoned", &["j2"]).await;
    let answer = desk.ask("employees", &member, None).await;
    assert_eq!(answer.code(), "jury-panel-warning");
    assert!(answer.body["blocking"][0].as_str().unwrap().contains("Fatoumata Essai1"), "{answer:?}");
    desk.knows(member.id, 1, CandidateTieKind::Business).await;
    desk.told("employees", &member, "refused", &["j2", "j3"]).await;
}

#[tokio::test]
async fn j2_whoever_observed_a_candidate_assessed_them() {
    let desk = Desk::new().await;
    let expert = desk.mandataire("Abel").await;
    desk.observed(expert.id).await;
    desk.told("president", &expert, "refused", &["j2"]).await;
}

#[tokio::test]
async fn j4_and_j5_support_and_controls_want_a_reason() {
    let desk = Desk::new().await;
    let helped = desk.mandataire("Abel").await;
    let until = Some(date!(2025 - 01 - 31));
    desk.t.interest(helped.id, desk.structure.id, TieKind::SupportExpert, until).await;
    desk.told("president", &helped, "reasoned", &["j4"]).await;
    let controlled = desk.mandataire("Bérard").await;
    desk.did(&controlled, MissionObject::Inspection, date!(2025 - 03 - 03)).await;
    desk.told("president", &controlled, "reasoned", &["j5"]).await;
}

#[tokio::test]
async fn j6_the_third_running_jury_of_a_president_warns_and_the_turn_of_another_starts_again() {
    let desk = Desk::new().await;
    let often = desk.mandataire("Abel").await;
    let days = [date!(2025 - 02 - 03), date!(2025 - 04 - 07), date!(2025 - 06 - 02)];
    for day in days {
        desk.told("president", &often, "free", &[]).await;
        desk.did(&often, MissionObject::Jury, day).await;
    }
    desk.told("president", &often, "reasoned", &["j6"]).await;
    let other = desk.mandataire("Bérard").await;
    desk.did(&other, MissionObject::Jury, date!(2025 - 09 - 01)).await;
    desk.told("president", &often, "free", &[]).await;
}

#[tokio::test]
async fn j7_no_habilitation_and_no_declaration_refuse() {
    let desk = Desk::new().await;
    let silent = desk.t.expert("Abel").await;
    desk.t.habilitate(silent.id, Duty::Mandataire, None, &[]).await;
    desk.told("president", &silent, "refused", &["j7"]).await;
    let stranger = desk.t.expert("Bérard").await;
    desk.t.declare_year(stranger.id).await;
    let answer = desk.ask("president", &stranger, None).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "jury-panel-refused"));
    let said = answer.body["blocking"][0].as_str().unwrap();
    assert!(said.contains("n’a pas d’habilitation de mandataire"), "{said}");
    let outside = desk.ask("employers", &stranger, None).await;
    assert_eq!(outside.code(), "jury-panel-refused");
    assert!(outside.body["blocking"][0].as_str().unwrap().contains("Collège employeurs"), "{outside:?}");
}

#[tokio::test]
async fn j8_a_neighbour_and_a_structure_of_the_same_group_want_a_reason() {
    let desk = Desk::new().await;
    let near = desk.t.structure("Les Ateliers du Loir").await;
    let far = desk.t.structure_at("Chantier du Nord", "59000", "Lille").await;
    for (name, structure, verdict, checks) in
        [("Abel", &near, "reasoned", vec!["j8"]), ("Bérard", &far, "free", vec![])]
    {
        let expert = desk.member(name, College::Employers).await;
        desk.employed(&expert, structure).await;
        desk.told("employers", &expert, verdict, &checks).await;
    }
    for structure in [&desk.structure, &far] {
        let path = format!("/structures/{}/group", structure.id);
        let answer = desk.t.post(&desk.officer, &path, &json!({ "group": "Groupe d’essai" })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    let grouped = desk.member("Corbin", College::Employers).await;
    desk.employed(&grouped, &far).await;
    desk.told("employers", &grouped, "reasoned", &["j8"]).await;
}

#[tokio::test]
async fn j9_who_has_not_signed_for_this_session_is_told_and_then_is_not() {
    let desk = Desk::new().await;
    let expert = desk.mandataire("Abel").await;
    let own = desk.t.of_expert(expert.id).await;
    let member = desk.seat("president", &expert).await;
    let told = |member: &serde_json::Value| {
        let findings = member["findings"].as_array().unwrap().iter();
        let told = findings.map(|one| (one["check"].clone(), one["severity"].clone()));
        told.collect::<Vec<_>>()
    };
    assert_eq!(told(&member), [(json!("j9"), json!("opening"))]);
    assert_eq!(member["doubtful"], false, "it stands in the way of the opening, not of the seat");
    let mission = format!("/missions/{}", member["mission_id"].as_str().unwrap());
    let accepted = desk.t.post(&own, &format!("{mission}/accept"), &serde_json::Value::Null).await;
    assert_eq!(accepted.status, 200, "{accepted:?}");
    desk.confirmed().await;
    let id = member["id"].as_str().unwrap();
    let path = format!("/jury-sessions/{}/members/{id}/declare", desk.session.id);
    let signed = desk.t.post(&own, &path, &json!({})).await;
    assert_eq!(signed.status, 200, "{signed:?}");
    assert!(told(&desk.of(&expert).await).is_empty());
}
