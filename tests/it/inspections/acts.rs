//! An inspection from its plan to the comments of the structure, with a tablet that was without network.

use entity::agreement_request::{RequestState, VisitMode};
use entity::grid_score::Score;
use entity::ids::{AgreementId, InspectionId};
use entity::inspection::{self, InspectionRating, InspectionState, Trigger};
use entity::inspection_change::{self, ChangeOutcome};
use entity::nonconformity::{NonconformityState, Severity};
use parchemin::authz::visible;
use parchemin::db::Tx;
use parchemin::error::DomainError;
use parchemin::features::agreements::grid;
use parchemin::features::agreements::input::ScoreInput;
use parchemin::features::inspections::actions::{self, Synced};
use parchemin::features::inspections::input::{
    ChangeInput, NotifyInput, PerformInput, PlanInput, PostponeInput,
};
use parchemin::features::inspections::{InspectionError, queries};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::agreements::desk::Desk;
use crate::support::Person;

/// A desk whose structure holds an agreement, and an inspection that the contrôleur of the desk makes.
pub(super) async fn planned(trigger: Trigger) -> (Desk, InspectionId) {
    let (desk, right) = holding().await;
    let mut tx = begin(&desk, &desk.officer).await;
    let row = actions::plan(&mut tx, &plan_of(right, trigger)).await;
    let row = tx.conclude(row).await.unwrap();
    let given = inspection::Model { controller_id: Some(desk.controller.id), ..row };
    let given = given.into_active_model().reset_all();
    let id = given.update(desk.t.app.db.bookkeeping()).await.unwrap().id;
    desk.t.effects().await;
    (desk, id)
}

pub(super) async fn holding() -> (Desk, AgreementId) {
    let desk = Desk::new().await;
    desk.reach(RequestState::Granted).await;
    desk.sign().await;
    let read = desk.read().await;
    let id = AgreementId(read["agreement"]["id"].as_str().unwrap().parse::<Uuid>().unwrap());
    desk.t.effects().await;
    (desk, id)
}

pub(super) fn plan_of(agreement_id: AgreementId, trigger: Trigger) -> PlanInput {
    PlanInput {
        agreement_id,
        site_id: None,
        trigger,
        reason: "Milieu de période".to_owned(),
        mode: VisitMode::OnSite,
        due_on: None,
        follows_id: None,
    }
}

pub(super) async fn begin(desk: &Desk, person: &Person) -> Tx {
    desk.t.app.begin(person.actor.clone()).await.unwrap()
}

pub(super) fn code<T>(done: &Result<T, InspectionError>) -> Option<&'static str> {
    done.as_ref().err().map(DomainError::code)
}

pub(super) fn notice(desk: &Desk, days: i64) -> NotifyInput {
    NotifyInput {
        starts_at: desk.t.app.now() + Duration::days(days),
        minutes: 180,
        place: "Site de Nevers".to_owned(),
        accepted_by: "Ulysse N’Diaye".to_owned(),
        accepted_on: desk.today(),
        pieces: "Livrets\nÉmargements".to_owned(),
        sample_rule: "Cinq dossiers tirés au sort".to_owned(),
    }
}

fn typed(criterion: &str, score: Score, seen: i32, at: OffsetDateTime, key: Uuid) -> ChangeInput {
    let score = ScoreInput {
        criterion: criterion.to_owned(),
        score,
        evidence: "Trois livrets lus".to_owned(),
        comment: String::new(),
    };
    ChangeInput { key, device: None, score, seen, typed_at: at }
}

/// Sends one answer, as a tablet does; what was sent before writes nothing.
async fn send(desk: &Desk, id: InspectionId, input: &ChangeInput) -> inspection_change::Model {
    let mut tx = begin(desk, &desk.expert).await;
    match actions::answer(&mut tx, id, input).await.unwrap() {
        Synced::Again(change) => change,
        Synced::Kept(change) => {
            tx.commit().await.unwrap();
            change
        }
    }
}

/// Answers every criterion: one major gap, all the rest conforming.
pub(super) async fn fill_in(desk: &Desk, id: InspectionId) {
    for criterion in grid::on(desk.today()).criteria() {
        let score = if criterion.code == "A1" { Score::Major } else { Score::Conforming };
        let key = desk.t.app.new_id();
        let sent = send(desk, id, &typed(&criterion.code, score, 0, desk.t.app.now(), key)).await;
        assert_eq!(sent.outcome, ChangeOutcome::Applied, "{} {}", criterion.code, sent.message);
    }
}

/// How many inspections a person sees.
async fn seen_by(desk: &Desk, person: &Person) -> u64 {
    let select = inspection::Entity::find().filter(visible::inspections(&person.actor));
    select.count(desk.t.app.db.read()).await.unwrap()
}

#[tokio::test]
async fn an_inspection_is_notified_moved_once_by_the_structure_performed_and_reported() {
    let (desk, id) = planned(Trigger::Alert).await;
    assert_eq!((seen_by(&desk, &desk.owner).await, seen_by(&desk, &desk.expert).await), (0, 1));
    let mut tx = begin(&desk, &desk.officer).await;
    let near = actions::notify(&mut tx, id, None, &notice(&desk, 10)).await;
    assert_eq!(code(&tx.conclude(near).await), Some("invalid"));
    let mut tx = begin(&desk, &desk.officer).await;
    let told = actions::notify(&mut tx, id, None, &notice(&desk, 20)).await;
    assert_eq!(tx.conclude(told).await.unwrap().state, InspectionState::Notified);
    let effects = desk.t.effects().await;
    assert_eq!(effects.mails, ["inspection-notified"]);
    assert_eq!((seen_by(&desk, &desk.owner).await, seen_by(&desk, &desk.stranger).await), (1, 0));
    let other = PostponeInput {
        starts_at: desk.t.app.now() + Duration::days(25),
        reason: "Grève des trains".to_owned(),
    };
    for expected in [None, Some("inspection-moved-once")] {
        let mut tx = begin(&desk, &desk.owner).await;
        let moved = actions::postpone(&mut tx, id, None, &other).await;
        assert_eq!(code(&tx.conclude(moved).await), expected);
    }
    let met = PerformInput { persons_met: "La direction".to_owned() };
    let mut tx = begin(&desk, &desk.expert).await;
    let early = actions::perform(&mut tx, id, None, &met).await;
    assert_eq!(code(&tx.conclude(early).await), Some("inspection-not-yet"));
    desk.t.advance(Duration::days(26));
    let mut tx = begin(&desk, &desk.expert).await;
    let empty = actions::perform(&mut tx, id, None, &met).await;
    assert_eq!(code(&tx.conclude(empty).await), Some("grid-incomplete"));
    fill_in(&desk, id).await;
    let mut tx = begin(&desk, &desk.expert).await;
    let done = actions::perform(&mut tx, id, None, &met).await;
    let done = tx.conclude(done).await.unwrap();
    assert_eq!((done.state, done.rating), (InspectionState::Performed, Some(InspectionRating::UnderReserve)));
    let gaps = queries::gaps(desk.t.app.db.read(), id).await.unwrap();
    let found: Vec<_> = gaps.iter().map(|gap| (gap.criterion.as_str(), gap.severity, gap.state)).collect();
    assert_eq!(found, [("A1", Severity::Major, NonconformityState::Found)]);
    desk.t.effects().await;
    let mut tx = begin(&desk, &desk.expert).await;
    let sent = actions::send_report(&mut tx, id, None, "Une équipe engagée, sans personne référente.").await;
    assert!(tx.conclude(sent).await.unwrap().comments_due_at.is_some());
    let mut tx = begin(&desk, &desk.owner).await;
    let said = actions::comment(&mut tx, id, "Une personne référente est nommée.").await;
    tx.conclude(said).await.unwrap();
    let effects = desk.t.effects().await;
    assert_eq!(effects.events, ["inspection.report_sent", "inspection.commented"]);
    assert_eq!(effects.mails, ["inspection-report", "inspection-commented"]);
}

#[tokio::test]
async fn what_a_tablet_sends_twice_is_taken_once_and_nothing_is_lost() {
    let (desk, id) = planned(Trigger::Unannounced).await;
    let now = desk.t.app.now();
    let keys: [Uuid; 4] = std::array::from_fn(|_| desk.t.app.new_id());
    let first = typed("A1", Score::Minor, 0, now, keys[0]);
    let sent = send(&desk, id, &first).await;
    assert_eq!((sent.outcome, sent.version), (ChangeOutcome::Applied, 1));
    assert_eq!(send(&desk, id, &first).await, sent, "sent again, it is answered the same");
    let other = send(&desk, id, &typed("A1", Score::Conforming, 0, now, keys[1])).await;
    assert_eq!((other.outcome, other.version), (ChangeOutcome::Conflict, 1));
    let severe = send(&desk, id, &typed("B5", Score::Major, 0, now, keys[2])).await;
    assert_eq!(severe.outcome, ChangeOutcome::Refused);
    let mut tx = begin(&desk, &desk.expert).await;
    let kept = actions::settle(&mut tx, id, other.id, true).await;
    assert_eq!(tx.conclude(kept).await.unwrap().kept, Some(true));
    let answers = queries::answers(desk.t.app.db.read(), id).await.unwrap();
    assert_eq!(answers.len(), 1);
    assert_eq!((answers[0].score, answers[0].version), (Score::Conforming, 2));
    let mut tx = begin(&desk, &desk.manager).await;
    let gone = actions::cancel(&mut tx, id, None, "Structure fermée").await;
    tx.conclude(gone).await.unwrap();
    let late = send(&desk, id, &typed("A2", Score::Conforming, 0, now, keys[3])).await;
    assert_eq!(late.outcome, ChangeOutcome::Aside);
    let mut tx = begin(&desk, &desk.manager).await;
    let refused = actions::settle(&mut tx, id, late.id, true).await;
    assert_eq!(code(&tx.conclude(refused).await), Some("inspection-closed-to-answers"));
    let mut tx = begin(&desk, &desk.manager).await;
    let left = actions::settle(&mut tx, id, late.id, false).await;
    assert_eq!(tx.conclude(left).await.unwrap().kept, Some(false));
    assert_eq!(queries::answers(desk.t.app.db.read(), id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_unannounced_inspection_is_hidden_and_is_not_notified() {
    let (desk, id) = planned(Trigger::Unannounced).await;
    let mut tx = begin(&desk, &desk.officer).await;
    let told = actions::notify(&mut tx, id, None, &notice(&desk, 20)).await;
    assert_eq!(code(&tx.conclude(told).await), Some("inspection-unannounced"));
    let mut tx = begin(&desk, &desk.owner).await;
    let other = PostponeInput { starts_at: desk.t.app.now(), reason: "Non".to_owned() };
    let moved = actions::postpone(&mut tx, id, None, &other).await;
    assert_eq!(code(&tx.conclude(moved).await), Some("not-found"));
    let mut tx = begin(&desk, &desk.expert).await;
    let refused = actions::state_refusal(&mut tx, id, None, "Porte fermée à l’arrivée").await;
    assert_eq!(tx.conclude(refused).await.unwrap().state, InspectionState::RefusedByStructure);
    assert_eq!(seen_by(&desk, &desk.owner).await, 1);
}

#[tokio::test]
async fn a_periodic_inspection_is_planned_once_in_a_period() {
    let (desk, right) = holding().await;
    for expected in [None, Some("inspection-periodic-exists")] {
        let mut tx = begin(&desk, &desk.officer).await;
        let done = actions::plan(&mut tx, &plan_of(right, Trigger::Periodic)).await;
        assert_eq!(code(&tx.conclude(done).await), expected);
    }
    let mut tx = begin(&desk, &desk.officer).await;
    let wrong = PlanInput { reason: String::new(), ..plan_of(right, Trigger::FollowUp) };
    let done = actions::plan(&mut tx, &wrong).await;
    assert_eq!(code(&tx.conclude(done).await), Some("invalid"));
}
