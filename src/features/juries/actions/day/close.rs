//! The deliberation is closed (S15): every decision goes to the file of its candidate, and the minutes are frozen.

use entity::candidate::JuryDecision;
use entity::ids::{JuryPassageId, JurySessionId};
use entity::jury_minutes::{MinutesKind, MinutesState};
use entity::{jury_minutes, jury_ruling, jury_session};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::super::super::day::Day;
use super::super::super::load::Passing;
use super::super::super::state::Event;
use super::super::super::{JuryError, What, input};
use super::super::{expect_nobody, people, step};
use super::{Opened, opened};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::candidates::actions::step::apply;
use crate::features::candidates::state::{Guard, Step};

/// Closes the deliberation, with what the jury says of the organisation.
///
/// # Errors
/// [`JuryError::Lacking`] with everything that lacks; a fault; the state, [`JuryError::Stale`], the refusal of the policy,
/// what the database answers.
pub async fn close_deliberation(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    remarks: &str,
) -> Result<jury_session::Model, JuryError> {
    let mut opened = opened(tx, id, Permission::JuryRun).await?;
    opened.day.whole.check_version(seen)?;
    opened.day.whole.next(Event::CloseDeliberation)?;
    let remarks = input::remarks(remarks)?;
    let lacking = opened.day.missing_to_close();
    if !lacking.is_empty() {
        return Err(JuryError::Lacking(lacking));
    }
    keep_units(tx, &mut opened.day).await?;
    tell_candidates(tx, &mut opened).await?;
    expect_nobody(tx, &mut opened.day.whole).await?;
    opened.day.whole.session.remarks = remarks;
    let minutes = freeze(tx, &opened.day).await?;
    let now = tx.instant();
    let line = step(tx, &mut opened.day.whole, Event::CloseDeliberation, |session| {
        session.frozen_at = Some(now);
    })
    .await?;
    opened.record(tx, line, What::MinutesFrozen { minutes: &minutes }).await
}

/// Those who came, in the order of the keys of the candidates.
fn came(day: &Day) -> Vec<JuryPassageId> {
    let mut came: Vec<&Passing> = day.whole.came().collect();
    came.sort_by_key(|one| one.candidate.id);
    came.into_iter().map(|one| one.row.id).collect()
}

/// Writes what is known of each unit of those who came, so that nothing has to be computed again after the minutes.
async fn keep_units(tx: &Tx, day: &mut Day) -> Result<(), JuryError> {
    for id in came(day) {
        let units = day.outcome(day.whole.passing(id)?).units;
        for unit in units {
            let Some(acquired) = unit.acquired else { continue };
            if day.ruling(id, &unit.code).is_some() {
                continue;
            }
            let row = jury_ruling::Model {
                id: tx.new_id(),
                passage_id: id,
                unit: unit.code,
                acquired,
                comment: String::new(),
            };
            let insert = jury_ruling::Entity::insert(row.clone().into_active_model().reset_all());
            insert.exec_without_returning(tx.conn()).await?;
            day.rulings.push(row);
        }
    }
    Ok(())
}

/// Moves the files of those who came.
async fn tell_candidates(tx: &mut Tx, opened: &mut Opened) -> Result<(), JuryError> {
    let met = [Guard::QuorumReached, Guard::RulesRespected];
    for id in came(&opened.day) {
        let one = opened.day.whole.passing(id)?;
        let Some(step) = one.row.decision.and_then(step_of) else { continue };
        let (candidate, reason) = (one.candidate.id, one.row.decision_reason.clone());
        let with = people::of(&opened.day.whole.session, reason.as_deref(), &met);
        let moved = apply(tx, &opened.grant, candidate, step, with).await?;
        opened.day.whole.passing_mut(id)?.candidate = moved;
    }
    Ok(())
}

const fn step_of(decision: JuryDecision) -> Option<Step> {
    match decision {
        JuryDecision::Total => Some(Step::DecideTotal),
        JuryDecision::Partial => Some(Step::DecidePartial),
        JuryDecision::Refused => Some(Step::DecideRefused),
        JuryDecision::Adjourned => Some(Step::DecideAdjourned),
        JuryDecision::Absent | JuryDecision::AbsentExcused | JuryDecision::Fraud => None,
    }
}

/// Freezes the minutes: what they say is kept as one text, with its hash, and never written again.
async fn freeze(tx: &Tx, day: &Day) -> Result<jury_minutes::Model, JuryError> {
    let session = &day.whole.session;
    let passages: Vec<_> = day
        .whole
        .passages
        .iter()
        .map(|one| {
            json!({
                "candidate": one.candidate.number,
                "presence": one.row.presence.word(),
                "decision": one.row.decision.map(JuryDecision::word),
            })
        })
        .collect();
    let content = json!({ "session": session.number, "passages": passages }).to_string();
    let row = jury_minutes::Model {
        id: tx.new_id(),
        session_id: session.id,
        revision: 1,
        kind: MinutesKind::Minutes,
        state: MinutesState::ToSign,
        content_hash: Sha256::digest(content.as_bytes()).to_vec(),
        content,
        document_id: None,
        signed_document_id: None,
        rectifies_id: None,
        rectifies_why: None,
        validated_on: None,
        validated_list: None,
        frozen_at: tx.instant(),
    };
    let insert = jury_minutes::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(row)
}
