//! What follows a provisional report: the end, the answers of the structure, their check, delays, and the right itself.

use entity::corrective_action::VerifiedBy;
use entity::ids::{InspectionId, NonconformityId};
use entity::inspection::{InspectionState, Proposal, Trigger};
use entity::nonconformity::NonconformityState;
use parchemin::features::inspections::actions::{self, ring};
use parchemin::features::inspections::input::{
    ActionInput, ConcludeInput, EscalateInput, FileInput, Insufficient, PerformInput, ProposalInput,
    VerifyInput,
};
use parchemin::features::inspections::{InspectionError, queries};
use time::Duration;

use super::acts::{begin, code, fill_in, planned};
use crate::agreements::desk::Desk;

/// An inspection whose provisional report left, with one major gap.
async fn reported() -> (Desk, InspectionId, NonconformityId) {
    let (desk, id) = planned(Trigger::Unannounced).await;
    fill_in(&desk, id).await;
    let met = PerformInput { persons_met: "La direction".to_owned() };
    let mut tx = begin(&desk, &desk.expert).await;
    let done = actions::perform(&mut tx, id, None, &met).await;
    tx.conclude(done).await.unwrap();
    let mut tx = begin(&desk, &desk.expert).await;
    let sent = actions::send_report(&mut tx, id, None, "Sans personne référente.").await;
    tx.conclude(sent).await.unwrap();
    let gap = queries::gaps(desk.t.app.db.read(), id).await.unwrap()[0].id;
    (desk, id, gap)
}

fn proposal() -> ProposalInput {
    ProposalInput { proposal: Proposal::RequestActions, conclusion: "Un plan est nécessaire.".to_owned() }
}

fn decision(decision: Proposal) -> ConcludeInput {
    ConcludeInput { decision, conclusion: String::new(), due: Vec::new() }
}

/// The same, its actions being asked for.
async fn asked() -> (Desk, InspectionId, NonconformityId) {
    let (desk, id, gap) = reported().await;
    desk.t.advance(Duration::days(16));
    let mut tx = begin(&desk, &desk.expert).await;
    let done = actions::propose_conclusion(&mut tx, id, None, &proposal()).await;
    tx.conclude(done).await.unwrap();
    let mut tx = begin(&desk, &desk.manager).await;
    let done = actions::conclude(&mut tx, id, None, &decision(Proposal::RequestActions)).await;
    assert_eq!(tx.conclude(done).await.unwrap().state, InspectionState::ActionsRequested);
    (desk, id, gap)
}

async fn submit(desk: &Desk, id: InspectionId) -> Result<InspectionState, InspectionError> {
    let mut tx = begin(desk, &desk.owner).await;
    let done = actions::submit_actions(&mut tx, id, None).await;
    tx.conclude(done).await.map(|row| row.state)
}

/// Writes a whole answer with a file.
async fn answer(desk: &Desk, id: InspectionId, gap: NonconformityId) {
    let input = ActionInput {
        cause: "Un départ".to_owned(),
        correction: "Une personne est nommée".to_owned(),
        owner: "La direction".to_owned(),
    };
    let mut tx = begin(desk, &desk.owner).await;
    let done = actions::write_action(&mut tx, id, gap, &input).await;
    tx.conclude(done).await.unwrap();
    let content = b"%PDF-1.7 fiche".to_vec();
    let size = i64::try_from(content.len()).unwrap();
    let sha256 = desk.t.app.storage.put(content).await.unwrap();
    let file = FileInput {
        file_name: "fiche.pdf".to_owned(),
        sha256,
        size,
        media_type: "application/pdf",
        note: "Fiche de poste".to_owned(),
        on: None,
    };
    let mut tx = begin(desk, &desk.owner).await;
    let done = actions::add_evidence(&mut tx, id, gap, &file).await;
    tx.conclude(done).await.unwrap();
}

#[tokio::test]
async fn nothing_is_concluded_before_the_structure_was_heard_nor_with_a_gap_that_is_forgotten() {
    let (desk, id, gap) = reported().await;
    let mut tx = begin(&desk, &desk.expert).await;
    let early = actions::propose_conclusion(&mut tx, id, None, &proposal()).await;
    assert_eq!(code(&tx.conclude(early).await), Some("inspection-hearing-open"));
    let mut tx = begin(&desk, &desk.owner).await;
    let said = actions::comment(&mut tx, id, "Une personne est nommée.").await;
    tx.conclude(said).await.unwrap();
    let conforming = ProposalInput { proposal: Proposal::CloseConforming, ..proposal() };
    let mut tx = begin(&desk, &desk.expert).await;
    let left = actions::propose_conclusion(&mut tx, id, None, &conforming).await;
    assert_eq!(code(&tx.conclude(left).await), Some("inspection-gaps-left"));
    let mut tx = begin(&desk, &desk.manager).await;
    let alone = actions::conclude(&mut tx, id, None, &decision(Proposal::RequestActions)).await;
    assert_eq!(code(&tx.conclude(alone).await), Some("inspection-not-proposed"));
    let mut tx = begin(&desk, &desk.expert).await;
    let dropped = actions::drop_gap(&mut tx, id, gap, "La personne était nommée").await;
    assert_eq!(tx.conclude(dropped).await.unwrap().state, NonconformityState::Dropped);
    let mut tx = begin(&desk, &desk.expert).await;
    let done = actions::propose_conclusion(&mut tx, id, None, &conforming).await;
    tx.conclude(done).await.unwrap();
    let mut tx = begin(&desk, &desk.manager).await;
    let done = actions::conclude(&mut tx, id, None, &decision(Proposal::CloseConforming)).await;
    assert_eq!(tx.conclude(done).await.unwrap().state, InspectionState::ClosedConforming);
    let mut tx = begin(&desk, &desk.manager).await;
    let back = actions::reopen(&mut tx, id, None, "Clos par erreur").await;
    assert_eq!(tx.conclude(back).await.unwrap().state, InspectionState::Adversarial);
}

#[tokio::test]
async fn an_answer_that_is_not_enough_is_completed_then_checked_and_the_inspection_closed() {
    let (desk, id, gap) = asked().await;
    assert_eq!(code(&submit(&desk, id).await), Some("corrective-actions-incomplete"));
    answer(&desk, id, gap).await;
    assert_eq!(submit(&desk, id).await.unwrap(), InspectionState::ActionsSubmitted);
    let today = desk.today();
    let late = Insufficient {
        gap,
        reason: "La fiche n’est pas signée".to_owned(),
        due_on: Some(today + Duration::days(20)),
    };
    for (given, expected) in [(true, None), (false, Some("invalid"))] {
        let mut tx = begin(&desk, &desk.expert).await;
        let done = actions::find_insufficient(&mut tx, id, None, std::slice::from_ref(&late)).await;
        assert_eq!(code(&tx.conclude(done).await), expected, "another day is given once");
        if given {
            answer(&desk, id, gap).await;
            submit(&desk, id).await.unwrap();
        }
    }
    let mut tx = begin(&desk, &desk.manager).await;
    let open = actions::close(&mut tx, id, None, "Vérifié").await;
    assert_eq!(code(&tx.conclude(open).await), Some("inspection-gaps-left"));
    let check =
        VerifyInput { how: VerifiedBy::Documents, follow_up: None, verification: "Fiche signée".to_owned() };
    let mut tx = begin(&desk, &desk.expert).await;
    let done = actions::close_gap(&mut tx, id, gap, &check).await;
    assert_eq!(tx.conclude(done).await.unwrap().state, NonconformityState::Closed);
    let mut tx = begin(&desk, &desk.manager).await;
    let done = actions::close(&mut tx, id, None, "Les actions sont vérifiées").await;
    assert_eq!(tx.conclude(done).await.unwrap().state, InspectionState::Closed);
    let mut tx = begin(&desk, &desk.manager).await;
    let back = actions::reopen(&mut tx, id, None, "Clos par erreur").await;
    assert_eq!(tx.conclude(back).await.unwrap().state, InspectionState::ActionsSubmitted);
}

#[tokio::test]
async fn actions_fall_late_once_and_are_brought_to_the_right_when_the_delay_is_whole() {
    let (desk, id, gap) = asked().await;
    let due = queries::gaps(desk.t.app.db.read(), id).await.unwrap()[0].due_on.unwrap();
    let days = i64::from(due.to_julian_day() - desk.today().to_julian_day());
    desk.t.advance(Duration::days(days + 2));
    while ring::run(&desk.t.app).await.unwrap() > 0 {}
    let gaps = queries::gaps(desk.t.app.db.read(), id).await.unwrap();
    assert_eq!(gaps.iter().find(|one| one.id == gap).unwrap().state, NonconformityState::Overdue);
    let reasons = EscalateInput { reasons: "Rien n’est fait.".to_owned(), plan: String::new() };
    let mut tx = begin(&desk, &desk.manager).await;
    let early = actions::escalate(&mut tx, id, None, &reasons).await;
    assert_eq!(code(&tx.conclude(early).await), Some("inspection-escalation-too-early"));
    desk.t.advance(Duration::days(15));
    let mut tx = begin(&desk, &desk.manager).await;
    let done = actions::escalate(&mut tx, id, None, &reasons).await;
    let row = tx.conclude(done).await.unwrap();
    assert_eq!((row.state, row.escalated_at.is_some()), (InspectionState::Overdue, true));
    assert_eq!(ring::run(&desk.t.app).await.unwrap(), 0);
}
