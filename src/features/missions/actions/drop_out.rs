//! Someone who had accepted cannot come any more: their half-days come back, and the next person is asked.

use entity::ids::{ExpertId, MissionId};
use entity::mission;

use super::offer::{answer_hours, substitutes};
use super::seat::refuse_others;
use super::{close_offer, invitation, keep_waiting, pass_on, record, release, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::events::InvitationMethod;
use crate::features::missions::MissionError;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::features::missions::input::Refusal;
use crate::features::missions::labels;
use crate::features::missions::state::Step;
use crate::features::missions::state::offer::OfferStep;

/// Who is asked next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Substitutes {
    /// The people, in the order in which they are asked, each with the reason when a warning wants one.
    pub people: Vec<(ExpertId, Option<String>)>,
    /// Hours that each has to answer; none for the usual ones.
    pub hours: Option<u16>,
}

/// Records that the person drops out. With substitutes, which the team alone names, the first one is asked at once;
/// without, the team is told that the mission is vacant.
///
/// # Errors
/// A substitute who may not hold the mission, in words; the refusals of every act.
pub async fn drop_out(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    refusal: &Refusal,
    next: &Substitutes,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionDropOut, &dossier.facts())?;
    let by_team = if next.people.is_empty() {
        tx.actor().expert() != Some(dossier.mission.expert_id)
    } else {
        let _manages = tx.authorize(Permission::MissionManage, &dossier.facts())?;
        true
    };
    dossier.check_version(version)?;
    dossier.next(Step::DropOut)?;
    if !next.people.is_empty() {
        refuse_others(tx, id).await?;
        if next.people.iter().any(|(expert, _)| *expert == dossier.mission.expert_id) {
            return Err(MissionError::fault("/expert_ids", "same-person", labels::faults::SAME_PERSON));
        }
        substitutes(tx, &dossier, &next.people).await?;
    }
    let note = Some(refusal.note.clone()).filter(|note| !note.is_empty());
    let offer = close_offer(tx, &mut dossier, OfferStep::DropOut, |offer| {
        offer.decline_reason = Some(refusal.reason);
        offer.note = note;
    })
    .await?;
    release(tx.conn(), id).await?;
    let words = labels::refusals::refusal(refusal.reason, &refusal.note);
    let reason = words.clone();
    let line = step(tx, &mut dossier, Step::DropOut, |mission| {
        mission.reason = Some(reason);
        mission.sequence += 1;
    })
    .await?;
    let cancelled = invitation(&dossier, InvitationMethod::Cancel);
    let asked = !next.people.is_empty();
    let what = What::DroppedOut { offer: &offer, words: &words, cancelled, next: asked, by_team };
    record(tx, &grant, &dossier, line, what).await?;
    if asked {
        let hours = answer_hours(tx, next.hours).await?;
        keep_waiting(tx, &mut dossier, &next.people, hours).await?;
        pass_on(tx, &grant, &mut dossier).await?;
    }
    Ok(dossier.mission)
}
