//! Suspends an habilitation, gives it back, or ends it before its term.

use entity::habilitation::{self, HabilitationState};
use entity::ids::{ExpertId, HabilitationId};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use time::Date;

use super::super::events::ExpertEvent;
use super::super::{ExpertError, labels};
use super::open;
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::error::{Fault, Faults};
use crate::features::rights::{self, RightState, Source, SourceKind};
use crate::rules::line;

/// Changes the state of an habilitation. One that is resigned or withdrawn ends on `on`, so that it can still be
/// told who was in office before.
///
/// # Errors
/// Every fault, [`ExpertError::Stale`], the refusal of the policy, what the database answers.
pub async fn change_habilitation(
    tx: &mut Tx,
    id: ExpertId,
    habilitation: HabilitationId,
    seen: Option<i32>,
    state: HabilitationState,
    on: Date,
    reason: &str,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::ExpertEdit).await?;
    let found = habilitation::Entity::find_by_id(habilitation).one(tx.conn()).await?;
    let before = found.filter(|row| row.expert_id == id).ok_or(ExpertError::NotFound)?;
    let mut faults = Faults::default();
    let reason = faults.read("/reason", line::required(reason, 500), |error| error.code());
    let reason = faults.or(reason)?;
    if !follows(before.state, state) {
        return Err(ExpertError::Invalid(vec![Fault::new("/state", "transition", labels::NO_TRANSITION)]));
    }
    let mut after = habilitation::Model { state, ..before.clone() };
    if matches!(state, HabilitationState::Resigned | HabilitationState::Withdrawn) {
        after.ends_on = on.clamp(before.starts_on, before.ends_on);
    }
    let row = after.clone().into_active_model().reset_all();
    habilitation::Entity::update(row).exec(tx.conn()).await?;
    change_rights(tx, &opened.grant, &before, &after, on).await?;
    opened.save(tx).await?;
    let event =
        ExpertEvent::HabilitationChanged { expert: opened.expert, before, after: after.clone(), reason };
    tx.record(&opened.grant, &event).await?;
    Ok(after)
}

/// What the change makes of the rights of the habilitation.
async fn change_rights(
    tx: &Tx,
    grant: &Grant,
    before: &habilitation::Model,
    after: &habilitation::Model,
    on: Date,
) -> Result<(), ExpertError> {
    use HabilitationState as State;
    use rights::actions::{close, end, resume, suspend};
    let source = Source::new(SourceKind::Habilitation, before.id);
    let held = rights::queries::of_source(tx.conn(), source).await?;
    for held in held.into_iter().filter(|held| held.right.state == RightState::InForce) {
        let id = held.right.id;
        match after.state {
            State::Suspended => suspend(tx, grant, id, on).await?,
            State::Active => resume(tx, grant, id, on).await?,
            State::Expired => drop(close(tx, grant, id).await?),
            State::Resigned | State::Withdrawn => drop(end(tx, grant, id, after.ends_on).await?),
        }
    }
    Ok(())
}

/// The transitions of the domain reference, 3.3, after an habilitation was granted.
fn follows(from: HabilitationState, to: HabilitationState) -> bool {
    use HabilitationState as State;
    match from {
        State::Active => matches!(to, State::Suspended | State::Withdrawn | State::Resigned | State::Expired),
        State::Suspended => matches!(to, State::Active | State::Withdrawn),
        State::Expired | State::Resigned | State::Withdrawn => false,
    }
}
