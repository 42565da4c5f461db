//! When a file does without a visit, and who says so (row 16).

use entity::agreement_request::RequestState as S;
use parchemin::features::agreements::state::Step;
use poem::http::StatusCode;
use serde_json::json;
use time::Duration;

use super::desk::{Desk, conforming};
use super::guards::refusal;

#[tokio::test]
async fn a_visit_is_waived_overseas_by_a_manager_and_for_a_first_request_nowhere_else() {
    for (postal_code, commune, expected) in
        [("97300", "Cayenne", (200, "")), ("58000", "Nevers", (409, "waive-without-ground"))]
    {
        let desk = Desk::at(postal_code, commune).await;
        desk.reach(S::Complete).await;
        let (event, manager, body) = desk.ask(Step::WaiveVisit).await;
        let officer = desk.act(&desk.officer, event, &body).await;
        assert_eq!(refusal(&officer), (403, "forbidden"), "{commune}");
        let answer = desk.act(manager, event, &body).await;
        assert_eq!(refusal(&answer), expected, "{commune} {answer:?}");
    }
}

/// A complete renewal, soon after a visit of the first request whose first score is given.
async fn renewal(desk: &Desk, score: &str) {
    desk.reach(S::VisitScheduled).await;
    desk.t.advance(Duration::days(21));
    let mut scores = conforming();
    scores[0] = json!({ "criterion": scores[0]["criterion"], "score": score, "evidence": "Vu" });
    let record = json!({ "scores": scores, "persons_met": "La direction" });
    assert_eq!(desk.act(&desk.expert, "record-visit", &record).await.status, StatusCode::OK);
    for step in [Step::SendReport, Step::Comment, Step::Finalise, Step::PutOnAgenda, Step::Grant] {
        desk.step(step).await;
    }
    desk.sign().await;
    desk.draft_of("renewal").await;
    desk.step(Step::Submit).await;
    desk.accept_pieces().await;
    desk.step(Step::DeclareComplete).await;
}

#[tokio::test]
async fn a_renewal_does_without_a_visit_after_a_recent_control_without_any_gap() {
    for (score, months, expected) in [
        ("conforming", 12, (200, "")),
        ("minor", 12, (409, "waive-without-ground")),
        ("conforming", 0, (409, "waive-without-ground")),
    ] {
        let desk = Desk::new().await;
        renewal(&desk, score).await;
        let change = json!({ "value": { "waive_recent_control_months": months } });
        let answer = desk.t.patch(&desk.manager, "/settings/agreements.delays", Some(0), &change).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        let (event, manager, body) = desk.ask(Step::WaiveVisit).await;
        let answer = desk.act(manager, event, &body).await;
        assert_eq!(refusal(&answer), expected, "{score} {months} {answer:?}");
    }
}
