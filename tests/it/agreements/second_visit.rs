//! A committee asks for another visit: it starts afresh, and the first one is kept.

use entity::agreement_request::RequestState as S;
use entity::grid_score;
use parchemin::features::agreements::grid;
use parchemin::features::agreements::state::Step;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use time::Duration;

use super::desk::{Desk, conforming};
use super::guards::refusal;

/// A file visited once, answered by the structure, put off by its committee and resumed by a visit.
async fn resumed(desk: &Desk) {
    desk.reach(S::VisitScheduled).await;
    desk.step(Step::Postpone).await;
    desk.t.advance(Duration::days(45));
    for step in [Step::RecordVisit, Step::SendReport, Step::Comment, Step::Finalise, Step::PutOnAgenda] {
        desk.step(step).await;
    }
    // its documents are typeset long before a second visit
    desk.work().await;
    desk.step(Step::Adjourn).await;
    desk.ready(Step::ResumeToVisit, S::Adjourned).await;
    desk.step(Step::ResumeToVisit).await;
}

#[tokio::test]
async fn a_second_visit_waits_for_its_own_answer_and_may_be_moved_again() {
    let desk = Desk::new().await;
    resumed(&desk).await;
    let fresh = desk.read().await;
    for pointer in ["/visit/at", "/visit/visited_at", "/visit/persons_met", "/report", "/opinion"] {
        assert_eq!(fresh.pointer(pointer), Some(&Value::Null), "{pointer}: {fresh}");
    }
    assert_eq!((&fresh["scores"], &fresh["visit"]["moved_by_structure"]), (&json!([]), &json!(false)));
    desk.step(Step::Schedule).await;
    desk.step(Step::Postpone).await;
    desk.t.advance(Duration::days(45));
    let unscored = desk.act(&desk.expert, "record-visit", &json!({ "persons_met": "La direction" })).await;
    assert_eq!(
        refusal(&unscored),
        (409, "grid-incomplete"),
        "the first grid is no answer to the second visit"
    );
    desk.step(Step::RecordVisit).await;
    let hidden = desk.t.get(&desk.owner, &desk.path()).await;
    assert_eq!(hidden.body["scores"], json!([]), "the second grid comes with the second report");
    desk.step(Step::SendReport).await;
    let (event, expert, body) = desk.ask(Step::Finalise).await;
    let early = desk.act(expert, event, &body).await;
    assert_eq!(
        refusal(&early),
        (409, "comments-awaited"),
        "the first answer is no answer to the second report"
    );
    desk.step(Step::Comment).await;
    desk.step(Step::Finalise).await;
}

#[tokio::test]
async fn the_scores_and_the_reports_of_both_visits_are_kept() {
    let desk = Desk::new().await;
    resumed(&desk).await;
    desk.work().await;
    desk.step(Step::Schedule).await;
    desk.t.advance(Duration::days(30));
    let mut scores = conforming();
    scores[0] =
        json!({ "criterion": scores[0]["criterion"], "score": "minor", "evidence": "Un livret manque" });
    let record = json!({ "scores": scores, "persons_met": "La direction" });
    assert_eq!(desk.act(&desk.expert, "record-visit", &record).await.status, 200);
    desk.step(Step::SendReport).await;
    desk.work().await;
    let kept = grid_score::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    assert_eq!(kept.len(), 2 * grid::latest().criteria().count());
    let minor = |visit: i32| {
        kept.iter().filter(|one| one.visit == visit && one.score == grid_score::Score::Minor).count()
    };
    assert_eq!((minor(1), minor(2)), (0, 1), "the second visit overwrites nothing");
    let found = desk.t.get(&desk.owner, &format!("{}/documents", desk.path())).await;
    let reports: std::collections::BTreeSet<_> = found.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["kind"] == "inspection-report.provisional")
        .map(|one| one["title"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(reports.len(), 2, "{reports:?}");
}
