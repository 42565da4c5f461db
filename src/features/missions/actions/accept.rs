//! The person accepts: the half-days are theirs, the structure is told, the mission order is typeset.

use entity::ids::MissionId;
use entity::mission;

use super::{Via, answered, close_offer, forget_waiting, hold, invitation, record, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::events::InvitationMethod;
use crate::features::missions::MissionError;
use crate::features::missions::dossier::{Dossier, locked_expert};
use crate::features::missions::events::What;
use crate::features::missions::standing::{self, Need};
use crate::features::missions::state::Step;
use crate::features::missions::state::offer::OfferStep;

/// Accepts the mission.
///
/// # Errors
/// An offer that is over; a person who may not hold it any more, in words; [`MissionError::DoubleBooked`]; the
/// refusals of every act.
pub async fn accept(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    via: Via,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionAnswer, &dossier.facts())?;
    dossier.check_version(version)?;
    dossier.next(Step::Accept)?;
    let offer = answered(&dossier, via, tx.now())?;
    dossier.expert = locked_expert(tx, dossier.mission.expert_id).await?;
    let found = standing::of(tx.conn(), &Need::of(&dossier), &dossier.expert, tx.now()).await?;
    found.check(offer.tie_override.as_deref())?;
    hold(tx, &dossier).await?;
    close_offer(tx, &mut dossier, OfferStep::Accept, |_| {}).await?;
    forget_waiting(tx, &mut dossier).await?;
    let now = tx.instant();
    let line = step(tx, &mut dossier, Step::Accept, |mission| {
        mission.accepted_at = Some(now);
        mission.sequence += 1;
    })
    .await?;
    let invitation = invitation(&dossier, InvitationMethod::Request);
    record(tx, &grant, &dossier, line, What::Accepted { invitation, via }).await?;
    Ok(dossier.mission)
}
