//! Names somebody else to accompany, for a reason.

use entity::habilitation;
use entity::ids::{ExpertId, HabilitationId};

use super::{open, reason, senior};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;
use crate::features::experts::events::What;
use crate::features::experts::{ExpertError, labels, state};

/// Changes who accompanies: the steps to come are theirs to log.
///
/// # Errors
/// Nobody named, the same person, no reason, a file that is over; the refusals of every act.
pub async fn change_senior(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    named: Option<ExpertId>,
    typed: &str,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationManage).await?;
    if !state::has_senior(opened.file.state) {
        let detail = "Ce dossier n’appelle pas d’accompagnement.";
        return Err(ExpertError::blocked("habilitation-no-senior", detail, Vec::new()));
    }
    let reason = reason(typed, "Dites pourquoi l’accompagnement change")?;
    let other = named.filter(|named| opened.file.senior_id != Some(*named));
    let Some(other) = other else {
        return Err(vec![Fault::new("/senior_id", "missing", labels::faults::OTHER_SENIOR)].into());
    };
    let found = senior(tx, other, &opened).await?;
    opened.file.senior_id = Some(found.id);
    let what = What::SeniorChanged { senior: found.id, senior_name: found.name(), reason };
    opened.record(tx, ("habilitation.senior_changed", "HAB_SENIOR_CHANGED"), what).await
}
