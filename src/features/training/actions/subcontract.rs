//! A session that is entrusted, or received: what the contract says (domain reference, 4.7).

use entity::ids::TrainingSessionId;
use entity::training_session::{self, Delivery};
use entity::{structure, training_subcontract};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::events::{Told, What};
use super::super::input::{self, TypedSubcontract};
use super::super::state::is_over;
use super::super::{TrainingError, labels};
use super::{Opened, open};
use crate::authz::Permission;
use crate::db::Tx;

/// Records what a session is entrusted with; another contract in force ends.
///
/// # Errors
/// Every fault; a session that the body delivers itself; the state, [`TrainingError::Stale`], the refusal of the policy,
/// what the database answers.
pub async fn record_subcontract(
    tx: &mut Tx,
    id: TrainingSessionId,
    seen: Option<i32>,
    typed: &TypedSubcontract,
) -> Result<training_session::Model, TrainingError> {
    let mut opened = open(tx, id, seen, Permission::TrainingManage).await?;
    if is_over(opened.whole.session.state) {
        return Err(TrainingError::Fixed);
    }
    let new = typed.read()?;
    if opened.whole.session.delivery == Delivery::Own {
        return Err(TrainingError::fault("/delivery", "own", labels::NOT_ENTRUSTED));
    }
    if let Some(id) = typed.structure
        && structure::Entity::find_by_id(id).one(tx.conn()).await?.is_none()
    {
        return Err(TrainingError::fault("/structure_id", "unknown", labels::faults::UNKNOWN_STRUCTURE));
    }
    finish(tx, &opened).await?;
    let row = training_subcontract::Model {
        id: tx.new_id(),
        session_id: id,
        structure_id: typed.structure,
        party: new.party,
        siret: new.siret,
        nda: new.nda,
        contact: new.contact,
        missions: new.missions,
        means: new.means,
        follow_up: new.follow_up,
        amount_cents: new.amount_cents,
        qualiopi_until: new.qualiopi_until,
        checked_on: new.checked_on,
        ended_at: None,
        created_at: tx.instant(),
        version: 1,
    };
    let key = row.id.0;
    let active = row.into_active_model().reset_all();
    training_subcontract::Entity::insert(active).exec_without_returning(tx.conn()).await?;
    opened.save(tx, |_| {}).await?;
    opened.read_again(tx).await?;
    opened.record(tx, What::SubcontractRecorded(key), Told::default(), None).await
}

/// Ends the contract in force.
///
/// # Errors
/// No reason; none in force; [`TrainingError::Stale`], the refusal of the policy, what the database answers.
pub async fn end_subcontract(
    tx: &mut Tx,
    id: TrainingSessionId,
    seen: Option<i32>,
    why: &str,
) -> Result<training_session::Model, TrainingError> {
    let mut opened = open(tx, id, seen, Permission::TrainingManage).await?;
    let reason = input::reason(why)
        .map_err(|error| TrainingError::fault("/reason", error.code(), error.to_string()))?;
    let key = opened.whole.subcontract.as_ref().map(|row| row.id.0).ok_or(TrainingError::Fixed)?;
    finish(tx, &opened).await?;
    opened.save(tx, |_| {}).await?;
    opened.read_again(tx).await?;
    opened.record(tx, What::SubcontractEnded { id: key, reason: &reason }, Told::default(), None).await
}

async fn finish(tx: &Tx, opened: &Opened) -> Result<(), TrainingError> {
    let Some(row) = &opened.whole.subcontract else { return Ok(()) };
    let ended =
        training_subcontract::Model { ended_at: Some(tx.instant()), version: row.version + 1, ..row.clone() };
    training_subcontract::Entity::update(ended.into_active_model().reset_all()).exec(tx.conn()).await?;
    Ok(())
}
