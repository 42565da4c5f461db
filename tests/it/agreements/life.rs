//! The life of a right: nobody loses it by mistake, and what was done may be undone in time.

use entity::agreement::{self, AgreementState};
use entity::agreement_request::RequestState as S;
use entity::ids::{AgreementId, InspectionId, NonconformityId, ReserveId};
use entity::inspection::{self, InspectionState, Trigger};
use entity::nonconformity::{self, NonconformityState, Severity};
use entity::right_act::{self, ActCause, ActKind, ActState};
use entity::right_change::{ChangeReview, ChangeState, ChangeTopic};
use entity::{agreement_request, right_suspension};
use parchemin::db::Tx;
use parchemin::error::DomainError;
use parchemin::features::agreements::actions::life;
use parchemin::features::agreements::consequences::{self, Consequences};
use parchemin::features::agreements::input::life::{ChangeInput, Charge, Ground, ReviewInput};
use parchemin::features::agreements::queries::acts;
use parchemin::features::agreements::{AgreementError, labels};
use parchemin::features::rights::{self, Source, SourceKind};
use parchemin::rules::sanction::Sanction;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use time::Duration;
use uuid::Uuid;

use super::desk::Desk;
use crate::support::Person;

/// A desk whose structure holds an agreement.
async fn holding(state: S) -> (Desk, AgreementId) {
    let desk = Desk::new().await;
    desk.reach(state).await;
    desk.sign().await;
    let read = desk.read().await;
    let id = AgreementId(read["agreement"]["id"].as_str().unwrap().parse::<Uuid>().unwrap());
    desk.t.effects().await;
    (desk, id)
}

async fn begin(desk: &Desk, person: &Person) -> Tx {
    desk.t.app.begin(person.actor.clone()).await.unwrap()
}

async fn right(desk: &Desk, id: AgreementId) -> agreement::Model {
    agreement::Entity::find_by_id(id).one(desk.t.app.db.read()).await.unwrap().unwrap()
}

async fn last_act(desk: &Desk, id: AgreementId) -> right_act::Model {
    acts::of_agreement(desk.t.app.db.read(), id).await.unwrap().remove(0)
}

/// Whether the dated rights of an agreement hold today.
async fn holds(desk: &Desk, id: AgreementId) -> bool {
    let source = Source::new(SourceKind::Agreement, id);
    let held = rights::queries::of_source(desk.t.app.db.read(), source).await.unwrap();
    assert!(!held.is_empty());
    held.iter().all(|one| one.valid_on(desk.today()))
}

fn charge(sanction: Sanction, cause: ActCause, ground: Ground, urgency: &str) -> Charge {
    Charge {
        sanction,
        cause,
        grounds: vec![ground],
        reasons: "Deux personnes en danger".to_owned(),
        urgency: urgency.to_owned(),
        plan: "Les personnes inscrites rejoignent la structure voisine.".to_owned(),
    }
}

fn danger(urgency: &str) -> Charge {
    let incident = Ground::Incident("Machine sans protection".to_owned());
    charge(Sanction::Suspend, ActCause::Danger, incident, urgency)
}

/// What an act answered: the code of the refusal, or nothing.
fn code<T>(done: &Result<T, AgreementError>) -> Option<&'static str> {
    done.as_ref().err().map(DomainError::code)
}

/// An inspection that found a major gap and told it to the structure.
async fn inspected(desk: &Desk, id: AgreementId, state: NonconformityState) -> NonconformityId {
    let app = &desk.t.app;
    let inspection = InspectionId(app.new_id());
    let (now, today) = (app.now().into(), desk.today());
    let row = inspection::Model {
        id: inspection,
        number: format!("CTL-2025-{}", &inspection.to_string()[32..]),
        agreement_id: id,
        structure_id: desk.structure.id,
        site_id: None,
        origin: Trigger::Alert,
        reason: "Signalement".to_owned(),
        mode: agreement_request::VisitMode::OnSite,
        state: InspectionState::ActionsRequested,
        follows_id: None,
        due_on: None,
        created_by: None,
        created_at: now,
        controller_id: Some(desk.controller.id),
        mission_id: None,
        tie_override: None,
        assigned_at: None,
        starts_at: None,
        ends_at: None,
        zone: desk.structure.zone.clone(),
        place: "Nevers".to_owned(),
        accepted_by: None,
        accepted_on: None,
        moved_by_structure: false,
        first_starts_at: None,
        sequence: 0,
        notified_at: None,
        pieces_asked: String::new(),
        sample_rule: String::new(),
        grid: None,
        performed_at: Some(now),
        persons_met: None,
        rating: None,
        refusal: None,
        refused_at: None,
        report: None,
        report_sent_at: Some(now),
        comments_due_at: None,
        proposal: None,
        proposed_at: None,
        conclusion: None,
        validated_by: None,
        concluded_at: None,
        escalated_at: None,
        closed_at: None,
        closing: None,
        deadline_at: None,
        warned: 0,
        version: 1,
        search: String::new(),
    };
    row.into_active_model().reset_all().insert(app.db.bookkeeping()).await.unwrap();
    let gap = nonconformity::Model {
        id: NonconformityId(app.new_id()),
        inspection_id: inspection,
        agreement_id: id,
        position: 1,
        criterion: "D2".to_owned(),
        finding: "Une seule observation par compétence".to_owned(),
        severity: Severity::Major,
        state,
        due_on: Some(today + Duration::days(90)),
        extended: false,
        reserve_id: None,
        drop_reason: None,
        closed_at: (state == NonconformityState::Closed).then_some(now),
        warned: 0,
        version: 1,
    };
    gap.into_active_model().reset_all().insert(app.db.bookkeeping()).await.unwrap().id
}

#[tokio::test]
async fn a_suspension_is_refused_without_a_hearing_and_an_urgency_needs_its_reason() {
    let (desk, id) = holding(S::Granted).await;
    let breach = inspected(&desk, id, NonconformityState::ActionsRequested).await;
    let closed = inspected(&desk, id, NonconformityState::Closed).await;
    let of_gap =
        |gap, urgency| charge(Sanction::Suspend, ActCause::Breach, Ground::Nonconformity(gap), urgency);
    let elsewhere = Ground::Reserve(ReserveId(desk.t.app.new_id()));
    for (charge, expected) in [
        (of_gap(breach, ""), "sanction-without-notice"),
        (of_gap(breach, "Vite"), "sanction-not-urgent"),
        (of_gap(closed, ""), "sanction-unsupported"),
        (danger(""), "sanction-without-notice"),
        (Charge { reasons: String::new(), ..danger("Blessures") }, "invalid"),
        (Charge { grounds: vec![elsewhere], ..danger("Blessures") }, "invalid"),
    ] {
        let mut tx = begin(&desk, &desk.manager).await;
        let done = life::suspend(&mut tx, id, None, &charge).await;
        let done = tx.conclude(done).await;
        assert_eq!(code(&done), Some(expected), "{charge:?}");
    }
    for (person, expected) in [(&desk.officer, "forbidden"), (&desk.stranger, "not-found")] {
        let mut tx = begin(&desk, person).await;
        let done = life::suspend(&mut tx, id, None, &danger("Blessures")).await;
        assert_eq!(code(&tx.conclude(done).await), Some(expected));
    }
    assert_eq!(right(&desk, id).await.state, AgreementState::Active);
    assert!(desk.t.effects().await.events.is_empty());
}

#[tokio::test]
async fn an_urgent_suspension_does_what_its_preview_told_and_its_undo_restores_everything() {
    let (desk, id) = holding(S::Granted).await;
    let before = right(&desk, id).await;
    let now = desk.t.app.now();
    let told = consequences::of(desk.t.app.db.read(), &before, ActKind::Suspension, now).await.unwrap();
    let mut tx = begin(&desk, &desk.manager).await;
    let done = life::suspend(&mut tx, id, Some(before.version), &danger("Blessures probables")).await;
    let suspended = tx.conclude(done).await.unwrap();
    assert_eq!(suspended.state, AgreementState::Suspended);
    assert!(!holds(&desk, id).await);
    let act = last_act(&desk, id).await;
    let kept: Consequences = serde_json::from_str(act.preview.as_deref().unwrap()).unwrap();
    assert_eq!(kept, told, "what was told is what was done");
    let effects = desk.t.effects().await;
    assert!(effects.events.contains(&"agreement.suspended".to_owned()), "{effects:?}");
    assert!(effects.mails.contains(&"agreement-suspended".to_owned()), "{effects:?}");

    let mut tx = begin(&desk, &desk.manager).await;
    let again = life::suspend(&mut tx, id, None, &danger("Blessures")).await;
    assert_eq!(code(&tx.conclude(again).await), Some("agreement-wrong-state"));

    let mut tx = begin(&desk, &desk.manager).await;
    let undone = life::undo(&mut tx, id, act.id, "Autre structure").await;
    let undone = tx.conclude(undone).await.unwrap();
    assert_eq!((undone.state, undone.deadline_at), (before.state, before.deadline_at));
    assert!(holds(&desk, id).await);
    let left = right_suspension::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    assert!(left.is_empty(), "no day of it is left");
    assert_eq!(last_act(&desk, id).await.state, ActState::Undone);
    let effects = desk.t.effects().await;
    assert!(effects.events.contains(&"agreement.act_undone".to_owned()), "{effects:?}");
}

#[tokio::test]
async fn an_undo_comes_in_time_and_for_the_last_act_only() {
    let (desk, id) = holding(S::Granted).await;
    let mut tx = begin(&desk, &desk.manager).await;
    let done = life::suspend(&mut tx, id, None, &danger("Blessures")).await;
    tx.conclude(done).await.unwrap();
    let act = last_act(&desk, id).await;
    desk.t.advance(Duration::hours(25));
    let mut tx = begin(&desk, &desk.manager).await;
    let late = life::undo(&mut tx, id, act.id, "Erreur").await;
    assert_eq!(code(&tx.conclude(late).await), Some("agreement-undo-late"));
    let mut tx = begin(&desk, &desk.manager).await;
    let done = life::reinstate(&mut tx, id, None, "Machine protégée, vue sur place").await;
    assert_eq!(tx.conclude(done).await.unwrap().state, AgreementState::Active);
    assert!(holds(&desk, id).await);
    let mut tx = begin(&desk, &desk.manager).await;
    let first = life::undo(&mut tx, id, act.id, "Erreur").await;
    assert_eq!(code(&tx.conclude(first).await), Some("agreement-act-not-last"));
}

#[tokio::test]
async fn a_structure_is_heard_then_suspended_then_given_its_right_back_once_the_gap_is_closed() {
    let (desk, id) = holding(S::Granted).await;
    let gap = inspected(&desk, id, NonconformityState::ActionsRequested).await;
    let breach = charge(Sanction::Suspend, ActCause::Breach, Ground::Nonconformity(gap), "");
    let mut tx = begin(&desk, &desk.manager).await;
    let notice = life::serve_notice(&mut tx, id, None, &breach).await;
    tx.conclude(notice).await.unwrap();
    assert_eq!(desk.t.effects().await.mails, ["agreement-notice"]);
    let mut tx = begin(&desk, &desk.manager).await;
    let early = life::suspend_after_notice(&mut tx, id, None).await;
    assert_eq!(code(&tx.conclude(early).await), Some("sanction-not-heard"));
    let mut tx = begin(&desk, &desk.owner).await;
    let answer = life::answer_notice(&mut tx, id, "Nous ajoutons une observation.").await;
    tx.conclude(answer).await.unwrap();
    assert_eq!(desk.t.effects().await.events, ["agreement.notice_answered"]);
    let mut tx = begin(&desk, &desk.manager).await;
    let done = life::suspend_after_notice(&mut tx, id, None).await;
    assert_eq!(tx.conclude(done).await.unwrap().state, AgreementState::Suspended);

    let mut tx = begin(&desk, &desk.manager).await;
    let early = life::reinstate(&mut tx, id, None, "Vu").await;
    assert_eq!(code(&tx.conclude(early).await), Some("agreement-unsettled"));
    let conn = desk.t.app.db.bookkeeping();
    let row = nonconformity::Entity::find_by_id(gap).one(conn).await.unwrap().unwrap();
    let closed = nonconformity::Model {
        state: NonconformityState::Closed,
        closed_at: Some(desk.t.app.now().into()),
        ..row
    };
    closed.into_active_model().reset_all().update(conn).await.unwrap();
    let mut tx = begin(&desk, &desk.manager).await;
    let done = life::reinstate(&mut tx, id, None, "Observations vues").await;
    assert_eq!(tx.conclude(done).await.unwrap().state, AgreementState::Active);
}

#[tokio::test]
async fn a_withdrawal_is_asked_by_one_person_and_confirmed_by_another() {
    let (desk, id) = holding(S::Granted).await;
    let incident = Ground::Incident("Livrets antidatés".to_owned());
    let fraud = charge(Sanction::Withdraw, ActCause::Fraud, incident, "");
    let mut tx = begin(&desk, &desk.manager).await;
    let notice = life::serve_notice(&mut tx, id, None, &fraud).await;
    tx.conclude(notice).await.unwrap();
    let mut tx = begin(&desk, &desk.manager).await;
    let early = life::ask_withdrawal(&mut tx, id, None, "").await;
    assert_eq!(code(&tx.conclude(early).await), Some("sanction-not-heard"));
    desk.t.advance(Duration::days(32));
    let mut tx = begin(&desk, &desk.other_manager).await;
    let nobody = life::confirm_withdrawal(&mut tx, id, None).await;
    assert_eq!(code(&tx.conclude(nobody).await), Some("agreement-no-act-in-course"));
    let mut tx = begin(&desk, &desk.manager).await;
    let asked = life::ask_withdrawal(&mut tx, id, None, "").await;
    assert_eq!(tx.conclude(asked).await.unwrap().state, AgreementState::Active);
    let mut tx = begin(&desk, &desk.manager).await;
    let same = life::confirm_withdrawal(&mut tx, id, None).await;
    assert_eq!(code(&tx.conclude(same).await), Some("sanction-same-person"));
    desk.t.effects().await;
    let mut tx = begin(&desk, &desk.other_manager).await;
    let done = life::confirm_withdrawal(&mut tx, id, None).await;
    let withdrawn = tx.conclude(done).await.unwrap();
    assert_eq!(withdrawn.state, AgreementState::Withdrawn);
    assert!(withdrawn.ended_at.is_some() && !holds(&desk, id).await);
    assert!(desk.t.effects().await.mails.contains(&"agreement-taken-away".to_owned()));
    let act = last_act(&desk, id).await;
    let mut tx = begin(&desk, &desk.other_manager).await;
    let undone = life::undo(&mut tx, id, act.id, "Mauvais dossier").await;
    assert_eq!(tx.conclude(undone).await.unwrap().state, AgreementState::Active);
    assert!(holds(&desk, id).await);
}

#[tokio::test]
async fn overdue_reserves_suspend_once_their_grace_is_over() {
    let (desk, id) = holding(S::GrantedWithReserves).await;
    for (days, expected) in [(60, Some("sanction-not-due")), (16, None)] {
        desk.t.advance(Duration::days(days));
        let mut tx = begin(&desk, &desk.manager).await;
        let done = life::suspend_for_reserves(&mut tx, id, None, "Convention jamais signée").await;
        assert_eq!(code(&tx.conclude(done).await), expected, "{days}");
    }
    assert_eq!(right(&desk, id).await.state, AgreementState::Suspended);
    assert_eq!(last_act(&desk, id).await.cause, ActCause::OverdueReserves);
}

#[tokio::test]
async fn a_structure_renounces_and_a_procedure_is_given_up() {
    let (desk, id) = holding(S::Granted).await;
    let mut tx = begin(&desk, &desk.manager).await;
    let notice = life::serve_notice(&mut tx, id, None, &danger("")).await;
    tx.conclude(notice).await.unwrap();
    let act = last_act(&desk, id).await;
    let mut tx = begin(&desk, &desk.owner).await;
    let second = life::renounce(&mut tx, id, None, "").await;
    assert_eq!(code(&tx.conclude(second).await), Some("agreement-act-in-course"));
    let mut tx = begin(&desk, &desk.manager).await;
    let dropped = life::drop_act(&mut tx, id, act.id, "Machine protégée").await;
    tx.conclude(dropped).await.unwrap();
    desk.t.effects().await;
    let mut tx = begin(&desk, &desk.owner).await;
    let done = life::renounce(&mut tx, id, None, "").await;
    assert_eq!(tx.conclude(done).await.unwrap().state, AgreementState::Renounced);
    assert!(desk.t.effects().await.mails.contains(&"agreement-renounced".to_owned()));
}

#[tokio::test]
async fn a_declared_change_is_reviewed_once() {
    let (desk, id) = holding(S::Granted).await;
    let input = |happened_on| ChangeInput {
        topic: ChangeTopic::Site,
        happened_on,
        text: "Nouvel atelier rue du Port".to_owned(),
    };
    let mut tx = begin(&desk, &desk.owner).await;
    let ahead = life::declare_change(&mut tx, id, &input(desk.today() + Duration::days(1))).await;
    assert_eq!(code(&tx.conclude(ahead).await), Some("invalid"));
    let mut tx = begin(&desk, &desk.owner).await;
    let declared = life::declare_change(&mut tx, id, &input(desk.today())).await;
    let declared = tx.conclude(declared).await.unwrap();
    assert_eq!(declared.review_due_on, desk.today() + Duration::days(30));
    assert_eq!(desk.t.effects().await.mails, ["agreement-change-declared"]);
    let review = ReviewInput { review: ChangeReview::Noted, answer: "C’est noté.".to_owned() };
    for expected in [None, Some("change-reviewed")] {
        let mut tx = begin(&desk, &desk.officer).await;
        let done = life::review_change(&mut tx, id, declared.id, None, &review).await;
        let done = tx.conclude(done).await;
        assert_eq!(code(&done), expected);
        if let Ok(reviewed) = done {
            assert_eq!(reviewed.state, ChangeState::Reviewed);
            assert_eq!(labels::act::change(reviewed.state).word, "Examiné");
        }
    }
}
