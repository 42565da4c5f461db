//! The person declines: the next one in line is asked, or the team is told.

use entity::ids::MissionId;
use entity::mission;
use entity::mission_offer::OfferState;

use super::{Via, answered, close_offer, first_able, record, send, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::MissionError;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::features::missions::input::Refusal;
use crate::features::missions::labels;
use crate::features::missions::state::Step;

/// Declines the mission.
///
/// # Errors
/// An offer that is over; the refusals of every act.
pub async fn decline(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    refusal: &Refusal,
    via: Via,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionAnswer, &dossier.facts())?;
    dossier.check_version(version)?;
    dossier.next(Step::Decline)?;
    answered(&dossier, via, tx.now())?;
    let note = Some(refusal.note.clone()).filter(|note| !note.is_empty());
    let offer = close_offer(tx, &mut dossier, OfferState::Declined, |offer| {
        offer.decline_reason = Some(refusal.reason);
        offer.note = note;
    })
    .await?;
    let words = labels::refusal(refusal.reason, &refusal.note);
    let reason = words.clone();
    let line = step(tx, &mut dossier, Step::Decline, |mission| mission.reason = Some(reason)).await?;
    let next = first_able(tx, &mut dossier).await?;
    let what = What::Declined { offer: &offer, words: &words, next: next.is_some(), via };
    record(tx, &grant, &dossier, line, what).await?;
    if let Some((next, expert)) = next {
        send(tx, &grant, &mut dossier, &next, expert).await?;
    }
    Ok(dossier.mission)
}
