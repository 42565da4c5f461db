//! How satisfied those for whom a mission was done were: what a renewal weighs (domain reference, 3.4).

use entity::ids::MissionId;
use entity::mission;

use super::{record_act, save};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::features::missions::{MissionError, labels};
use crate::rules::renewal::BEST_SCORE;

/// Keeps the score that a mission was given, from 1 to [`BEST_SCORE`]; the last one counts. Nobody rates their own mission.
///
/// # Errors
/// A score that does not exist; a mission that has not taken place; the refusals of every act.
pub async fn rate(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    score: u16,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionRate, &dossier.facts())?;
    dossier.check_version(version)?;
    if !(1..=BEST_SCORE).contains(&score) {
        return Err(MissionError::fault("/score", "out-of-bounds", labels::faults::SCORE_WANTED));
    }
    if dossier.mission.done_at.is_none() {
        return Err(MissionError::fault("", "too-soon", labels::faults::NOT_DONE_YET));
    }
    save(tx, &mut dossier, |mission| mission.satisfaction = Some(score.into())).await?;
    record_act(tx, &grant, &dossier, ("mission.rated", "MIS_RATED"), What::Rated { score }).await?;
    Ok(dossier.mission)
}
