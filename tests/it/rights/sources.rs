//! The rights that other features give: agreements, accepted pieces, registrations, habilitations.

use entity::agreement_request::RequestState;
use entity::dated_right::{RightKind, RightState};
use entity::habilitation::Duty;
use parchemin::features::agreements::state::Step;
use parchemin::features::rights::{Held, Holder, queries};
use serde_json::json;
use time::Duration;

use crate::agreements::desk::Desk;
use crate::support::TestApp;

async fn of(t: &TestApp, holder: Holder) -> Vec<Held> {
    queries::of_holder(t.app.db.read(), holder).await.unwrap()
}

fn kinds(held: &[Held]) -> Vec<(RightKind, &str, RightState)> {
    held.iter().map(|held| (held.right.kind, held.right.scope.as_str(), held.right.state)).collect()
}

#[tokio::test]
async fn accepted_pieces_with_an_end_are_rights_until_they_are_refused() {
    let desk = Desk::new().await;
    desk.reach(RequestState::Submitted).await;
    desk.accept_pieces().await;
    let holder = Holder::structure(desk.structure.id);
    let held = of(&desk.t, holder).await;
    let convention = held.iter().find(|held| held.right.kind == RightKind::StateConvention).unwrap();
    assert_eq!((convention.right.scope.as_str(), convention.right.state), ("*", RightState::InForce));
    assert!(convention.right.reference.ends_with(" P02"));
    assert!(held.iter().any(|held| held.right.kind == RightKind::Insurance));
    let number = held.len();
    desk.accept_pieces().await;
    assert_eq!(of(&desk.t, holder).await.len(), number, "accepting twice gives one right");
    let piece = desk.read().await;
    let piece =
        piece["pieces"].as_array().unwrap().iter().find(|piece| piece["code"] == "P02").unwrap().clone();
    let path = format!("pieces/{}/review", piece["id"].as_str().unwrap());
    let refused = json!({ "accepted": false, "reason": "Page manquante" });
    assert_eq!(desk.act(&desk.officer, &path, &refused).await.status, 200);
    let held = of(&desk.t, holder).await;
    let convention = held.iter().find(|held| held.right.kind == RightKind::StateConvention).unwrap();
    assert_eq!(convention.right.state, RightState::Void);
}

#[tokio::test]
async fn an_agreement_waits_for_its_signatures_then_holds_then_ends() {
    let desk = Desk::new().await;
    desk.reach(RequestState::InCommittee).await;
    desk.step(Step::Grant).await;
    let found = desk.t.get(&desk.manager, "/agreements").await;
    let agreement = found.body["items"][0]["id"].as_str().unwrap().to_owned();
    let site = desk.t.get(&desk.owner, &format!("/structures/{}", desk.structure.id)).await;
    let site = site.body["sites"][0]["id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap();
    let holder = Holder::site(site.into());
    let scope = format!("{}|train_and_organise", desk.version.id);
    let held = of(&desk.t, holder).await;
    assert_eq!(kinds(&held), [(RightKind::Agreement, scope.as_str(), RightState::Pending)]);
    for (person, verb) in [(&desk.owner, "sign-structure"), (&desk.manager, "sign-certifier")] {
        let path = format!("/agreements/{agreement}/{verb}");
        let answer = desk.t.post(person, &path, &json!({ "name": "Ulysse N’Diaye" })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    let held = of(&desk.t, holder).await;
    assert_eq!(kinds(&held), [(RightKind::Agreement, scope.as_str(), RightState::InForce)]);
    desk.t.advance(Duration::days(4 * 365));
    while desk.deadlines().await > 0 {}
    let held = of(&desk.t, holder).await;
    assert_eq!(kinds(&held), [(RightKind::Agreement, scope.as_str(), RightState::Ended)]);
}

#[tokio::test]
async fn an_habilitation_set_aside_does_not_count_on_those_days() {
    let t = TestApp::new().await;
    let manager = t.person(entity::account_role::Role::Manager).await;
    let expert = t.expert("Abel").await;
    let row = t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
    for (verb, on) in [("suspend", "2025-10-06"), ("reinstate", "2025-10-20")] {
        let path = format!("/habilitations/{}/{verb}", row.id);
        let body = json!({ "on": on, "reason": "Réunions manquées" });
        assert_eq!(t.post(&manager, &path, &body).await.status, 200);
    }
    let held = of(&t, Holder::expert(expert.id)).await;
    assert_eq!(kinds(&held), [(RightKind::Habilitation, "mandataire|*", RightState::InForce)]);
    let today = t.app.today();
    for (days, valid) in [(-1, true), (0, false), (13, false), (14, true)] {
        assert_eq!(held[0].valid_on(today + Duration::days(days)), valid, "{days}");
    }
}

#[tokio::test]
async fn a_registration_is_a_right_of_its_version() {
    let t = TestApp::new().await;
    let manager = t.person(entity::account_role::Role::Manager).await;
    let version = t.certification_version("CQP_SP").await;
    let before = of(&t, Holder::version(version.id)).await.len();
    let path = format!("/certifications/{}/versions/{}/registrations", version.certification_id, version.id);
    let body =
        json!({ "register": "rs", "number": "RS1234", "starts_on": "2031-01-01", "ends_on": "2033-12-31" });
    let answer = t.post(&manager, &path, &body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let held = of(&t, Holder::version(version.id)).await;
    assert_eq!(held.len(), before + 1);
    let last = &held.last().unwrap().right;
    assert_eq!((last.kind, last.reference.as_str()), (RightKind::Registration, "RS1234"));
}
