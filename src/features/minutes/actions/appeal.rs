//! The appeal of a candidate against what the jury decided (domain reference, 1.11): lodged on their behalf by their structure
//! or by the team, acknowledged, then answered.

use entity::candidate::JuryDecision;
use entity::candidate_appeal::{self, AppealOutcome};
use entity::ids::CandidateId;
use entity::jury_session::JuryState;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use time::{Date, OffsetDateTime};

use super::super::events::{AppealEvent, AppealWhat};
use super::super::input::{TypedAnswer, TypedAppeal};
use super::super::{MinutesError, deadlines, labels, queries};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::candidates::Dossier;
use crate::features::candidates::actions::step::{With, apply};
use crate::features::candidates::state::{Guard, Step};
use crate::features::certificates::revoked_job;
use crate::features::juries::state::Event;
use crate::features::juries::{What, Whole};
use crate::rules::deadline::end_of_day;
use crate::rules::territory::PARIS;

/// A file locked for an act on its appeal.
async fn open(
    tx: &Tx,
    id: CandidateId,
    seen: Option<i32>,
    permission: Permission,
) -> Result<(Dossier, Grant), MinutesError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(permission, &dossier.facts())?;
    dossier.check_version(seen)?;
    Ok((dossier, grant))
}

/// The last instant of a day in Paris, where the certifier is.
fn until(day: Date, otherwise: OffsetDateTime) -> OffsetDateTime {
    end_of_day(day, PARIS).unwrap_or(otherwise)
}

/// Lodges an appeal, reasoned and in time; its answer is due in two months.
///
/// # Errors
/// The faults, [`MinutesError::TooLate`], the state, a stale version, the refusal of the policy, what the database answers.
pub async fn lodge(
    tx: &mut Tx,
    id: CandidateId,
    seen: Option<i32>,
    typed: &TypedAppeal,
) -> Result<candidate_appeal::Model, MinutesError> {
    let (mut dossier, grant) = open(tx, id, seen, Permission::AppealLodge).await?;
    dossier.next(Step::LodgeAppeal)?;
    let (grounds, received) = typed.read(tx.app().today())?;
    let passage = queries::told_passage(tx.conn(), id).await?.ok_or(MinutesError::NotFound)?;
    let rules = queries::result_rules(tx.conn(), passage.session_id).await?;
    let notified = dossier.candidate.notified_at.map(queries::day_of);
    let notified = notified.ok_or(MinutesError::NotFound)?;
    if received < notified {
        return Err(MinutesError::fault("/received_on", "out-of-bounds", labels::lacks::BEFORE_NOTICE));
    }
    if received > deadlines::lodge_by(notified, &rules) {
        return Err(MinutesError::TooLate);
    }
    let days = deadlines::appeal(received, &rules);
    let row = candidate_appeal::Model {
        id: tx.new_id(),
        passage_id: passage.id,
        candidate_id: id,
        grounds,
        lodged_at: until(received, tx.now()).min(tx.now()).into(),
        acknowledged_at: None,
        answer_due_at: until(days.answer_by, tx.now()).into(),
        outcome: None,
        answer: None,
        settled_by: None,
        settled_at: None,
    };
    let insert = candidate_appeal::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let with =
        With { session: Some(passage.session_id), reason: Some(&row.grounds), met: &[Guard::WithinDelay] };
    dossier.candidate = apply(tx, &grant, id, Step::LodgeAppeal, with).await?;
    let event = AppealEvent::of(tx, &dossier, &row, AppealWhat::Lodged);
    tx.record(&grant, &event).await?;
    Ok(row)
}

/// The appeal that waits for an answer.
async fn pending(tx: &Tx, id: CandidateId) -> Result<candidate_appeal::Model, MinutesError> {
    let mut appeals = queries::appeals(tx.conn(), id).await?.into_iter();
    appeals.find(|one| one.settled_at.is_none()).ok_or(MinutesError::NoAppeal)
}

async fn save(tx: &Tx, row: &candidate_appeal::Model) -> Result<(), MinutesError> {
    let change = row.clone().into_active_model().reset_all();
    candidate_appeal::Entity::update(change).exec(tx.conn()).await?;
    Ok(())
}

/// Says to the candidate that the appeal arrived, and by when it is answered.
///
/// # Errors
/// [`MinutesError::NoAppeal`], a stale version, the refusal of the policy, what the database answers.
pub async fn acknowledge(
    tx: &mut Tx,
    id: CandidateId,
    seen: Option<i32>,
) -> Result<candidate_appeal::Model, MinutesError> {
    let (dossier, grant) = open(tx, id, seen, Permission::AppealAcknowledge).await?;
    let mut row = pending(tx, id).await?;
    if row.acknowledged_at.is_some() {
        return Err(MinutesError::NoAppeal);
    }
    row.acknowledged_at = Some(tx.instant());
    save(tx, &row).await?;
    let event = AppealEvent::of(tx, &dossier, &row, AppealWhat::Acknowledged);
    tx.record(&grant, &event).await?;
    Ok(row)
}

/// Answers the appeal: the decision stands; or a material error is corrected by the same jury, whose session opens again; or
/// the passage is annulled, and the candidate waits for a new jury.
///
/// # Errors
/// The faults, [`MinutesError::NoAppeal`], [`MinutesError::Lacking`] while another correction of that session goes on or a
/// certificate still says what is annulled; the state, a stale version, the refusal of the policy, what the database answers.
pub async fn settle(
    tx: &mut Tx,
    id: CandidateId,
    seen: Option<i32>,
    typed: &TypedAnswer,
) -> Result<candidate_appeal::Model, MinutesError> {
    // The session is locked before its candidates, as by every act on a jury.
    let contested = queries::contested_session(tx.conn(), id).await?;
    let whole = match contested {
        Some(session) => Some(Whole::locked(tx, session).await?),
        None => None,
    };
    let (mut dossier, grant) = open(tx, id, seen, Permission::AppealSettle).await?;
    let mut row = pending(tx, id).await?;
    let mut whole = whole.ok_or(MinutesError::NoAppeal)?;
    let (outcome, answer) = typed.read()?;
    let next = match outcome {
        AppealOutcome::Upheld => Step::Uphold,
        AppealOutcome::Corrected | AppealOutcome::Annulled => Step::Reopen,
    };
    if outcome == AppealOutcome::Annulled {
        annul(tx, &mut whole, &row).await?;
    }
    let with = With { session: contested, reason: Some(&answer), met: &[] };
    dossier.candidate = apply(tx, &grant, id, next, with).await?;
    row.outcome = Some(outcome);
    row.answer = Some(answer);
    row.settled_by = tx.actor().account_id();
    row.settled_at = Some(tx.instant());
    save(tx, &row).await?;
    // A certificate that was revoked meanwhile left the file to the appeal.
    let mut jobs = Vec::new();
    if outcome == AppealOutcome::Upheld {
        let revoked = queries::revoked_certificates(tx.conn(), row.passage_id).await?;
        jobs.extend(revoked.iter().map(revoked_job));
    }
    let event = AppealEvent::of(tx, &dossier, &row, AppealWhat::Settled).doing(jobs);
    tx.record(&grant, &event).await?;
    if outcome == AppealOutcome::Corrected {
        reopen(tx, &grant, whole).await?;
    }
    Ok(row)
}

/// Opens a session that was closed again: its jury corrects the minutes, which are signed, checked, validated and told anew.
async fn reopen(tx: &mut Tx, grant: &Grant, mut whole: Whole) -> Result<(), MinutesError> {
    match whole.session.state {
        // Another appeal opened it, and nothing is corrected yet.
        JuryState::ToRectify => return Ok(()),
        JuryState::Closed => {}
        _ => return Err(MinutesError::Lacking(vec![labels::lacks::CORRECTION_GOES_ON.to_owned()])),
    }
    let line = super::step(tx, &mut whole, Event::Reopen, |session| {
        session.signed_at = None;
        session.checked_by = None;
        session.validated_by = None;
        session.delivered_on = None;
    })
    .await?;
    super::record(tx, grant, &whole, line, What::Reopened, Vec::new()).await
}

/// Takes a passage for none: it is as if the jury had adjourned the candidate, and gives no unit and no certificate.
async fn annul(tx: &Tx, whole: &mut Whole, row: &candidate_appeal::Model) -> Result<(), MinutesError> {
    let standing = queries::standing_certificates(tx.conn(), &[row.passage_id]).await?;
    if !standing.is_empty() {
        let told = standing.iter().map(|one| labels::lacks::revoke_first(&one.number));
        return Err(MinutesError::Lacking(told.collect()));
    }
    let now = tx.instant();
    let one = whole.passages.iter_mut().find(|one| one.row.id == row.passage_id);
    let one = one.ok_or(MinutesError::NotFound)?;
    one.row.decision = Some(JuryDecision::Adjourned);
    one.row.decision_reason = Some(labels::appeals::ANNULLED.to_owned());
    one.row.decided_at = Some(now);
    super::save_passage(tx, &mut one.row).await
}
