//! A jury from the request of a structure to the summons of its candidates.

use entity::jury_member::{MemberState, Seat};
use poem::http::StatusCode;
use serde_json::json;

use super::Scene;

#[tokio::test]
async fn a_structure_asks_and_the_team_plans_confirms_and_calls() {
    let s = Scene::new().await;
    let (amina, basile) = (s.admitted("Diallo", false).await, s.admitted("Basile", true).await);
    let _before = s.t().effects().await;
    let path = s.asked(&[&amina, &basile]).await;
    let effects = s.t().effects().await;
    assert_eq!(effects.events, ["jury.requested"]);
    assert_eq!(effects.mails, ["jury-requested"]);
    assert_eq!(effects.jobs, ["juries.issue_document"]);

    let planned = s.done(&path, "plan", &s.plan(40)).await;
    assert_eq!(planned["session"]["state"], "planned");
    assert_eq!(planned["passages"][0]["position"], 1);
    let hours: Vec<_> = (0..2).map(|rank| planned["passages"][rank]["starts_at"].clone()).collect();
    assert!(hours[0].is_string() && hours[0] != hours[1], "{hours:?}");
    assert_eq!(planned["missing"].as_array().unwrap().len(), 4, "{planned}");

    let early = s.act(&path, "confirm", &json!({})).await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "jury-lacking"));
    assert_eq!(early.body["blocking"].as_array().unwrap().len(), 4, "{early:?}");
    for (seat, state) in [
        (Seat::President, MemberState::Accepted),
        (Seat::Employers, MemberState::Proposed),
        (Seat::Employees, MemberState::Accepted),
    ] {
        s.seat(&path, seat, state).await;
    }
    let _before = s.t().effects().await;
    let confirmed = s.done(&path, "confirm", &json!({})).await;
    assert_eq!(confirmed["session"]["state"], "confirmed");
    let effects = s.t().effects().await;
    assert_eq!(effects.events, ["jury.confirmed"]);
    assert_eq!(effects.mails, ["jury-notice"; 4], "the structure and three people");

    let called = s.done(&path, "convoke", &json!({})).await;
    assert_eq!(called["session"]["state"], "summoned");
    assert_eq!(called["passages"][0]["candidate_state"], "summoned");
    let effects = s.t().effects().await;
    assert_eq!(effects.events, ["candidate.summoned", "candidate.summoned", "jury.convoked"]);
    assert_eq!(effects.mails, ["jury-notice", "candidate-jury"], "whoever is detained is told on paper");
    assert_eq!(effects.jobs.len(), 3, "a pack and two summons");
    s.desk.work().await;
    let read = s.read(&path).await;
    let kinds: Vec<_> =
        read["documents"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "jury-summons").count(), 2, "{kinds:?}");
    assert!(kinds.contains(&"jury-summons-pack") && kinds.contains(&"jury-request-receipt"), "{kinds:?}");
}

#[tokio::test]
async fn everything_wrong_with_a_request_is_told_at_once() {
    let s = Scene::new().await;
    let amina = s.admitted("Diallo", false).await;
    let mut body = s.request(&[&amina]);
    body["expected"] = json!(0);
    body["wishes"] = json!([{ "day": "2020-01-01", "half": "morning" }]);
    body["candidates"] = json!([s.desk.structure.id]);
    let answer = s.t().post(&s.desk.owner, "/jury-sessions", &body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{answer:?}");
    assert_eq!(answer.pointers(), ["/expected", "/wishes/0/day", "/candidates/0"]);
    s.asked(&[&amina]).await;
    let again = s.t().post(&s.desk.owner, "/jury-sessions", &s.request(&[&amina])).await;
    assert_eq!(again.pointers(), ["/candidates/0"], "expected in another session: {again:?}");
}

#[tokio::test]
async fn only_a_structure_with_an_agreement_asks_and_only_the_team_plans() {
    let s = Scene::new().await;
    let path = s.asked(&[]).await;
    let t = s.t();
    let foreign = t.get(&s.desk.stranger, &path).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let own = t.post(&s.desk.owner, &format!("{path}/plan"), &s.plan(40)).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "{own:?}");
    let other = t.structure("Sans agrément").await;
    let person = t.of_structure(other.id).await;
    let mut body = s.request(&[]);
    body["structure_id"] = json!(other.id);
    let refused = t.post(&person, "/jury-sessions", &body).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "jury-no-agreement"));
    let rejected = s.done(&path, "reject", &json!({ "reason": "Un autre jury est prévu" })).await;
    assert_eq!(rejected["session"]["state"], "rejected");
    let late = s.act(&path, "plan", &s.plan(40)).await;
    assert_eq!((late.status, late.code()), (StatusCode::CONFLICT, "jury-wrong-state"));
}
