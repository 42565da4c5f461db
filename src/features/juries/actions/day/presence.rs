//! Whether a candidate came, their identity seen.

use entity::candidate::JuryDecision;
use entity::ids::{JuryPassageId, JurySessionId};
use entity::jury_passage::{self, Presence};
use entity::jury_session::JuryState;
use serde_json::json;

use super::super::super::JuryError;
use super::super::super::day::input::TypedPresence;
use super::super::people;
use super::{check_seen, keep, opened};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::candidates::actions::step::apply;
use crate::features::candidates::state::{Guard, Step};

/// Records whether a candidate came. An absence is what the minutes say of them; nothing else is decided.
///
/// # Errors
/// Every fault; a presence that is already known, a session that is not open, [`JuryError::Stale`], the refusal of the
/// policy, what the database answers.
pub async fn record_presence(
    tx: &mut Tx,
    id: JurySessionId,
    passage: JuryPassageId,
    seen: Option<i32>,
    typed: &TypedPresence,
) -> Result<jury_passage::Model, JuryError> {
    let mut opened = opened(tx, id, Permission::JuryRun).await?;
    check_seen(&opened.day.whole.passing(passage)?.row, seen)?;
    opened.day.whole.during(&[JuryState::Open])?;
    let (presence, document, reason) = typed.read()?;
    let (step, decision) = match presence {
        Presence::AbsentExcused => (Step::ExcuseAbsence, Some(JuryDecision::AbsentExcused)),
        Presence::Absent => (Step::MarkAbsent, Some(JuryDecision::Absent)),
        Presence::Present | Presence::Expected => (Step::MarkPresent, None),
    };
    let now = tx.instant();
    let met = [Guard::IdentityChecked];
    let with = people::of(&opened.day.whole.session, reason.as_deref(), &met);
    let one = opened.day.whole.passing_mut(passage)?;
    one.candidate = apply(tx, &opened.grant, one.candidate.id, step, with).await?;
    one.row.presence = presence;
    one.row.identity_document = document;
    one.row.presence_reason.clone_from(&reason);
    // Somebody whose quorum was already lost stays adjourned when they come.
    if decision.is_some() {
        one.row.decision = decision;
        one.row.decision_reason = None;
        one.row.decided_at = Some(now);
    }
    keep(tx, &mut one.row).await?;
    let row = one.row.clone();
    let facts = json!({ "passage_id": passage, "presence": presence.word() });
    opened.note(tx, ("jury.presence_recorded", "JUR_PRESENCE"), facts).await?;
    Ok(row)
}
