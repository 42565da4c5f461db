//! A committee whose day is behind was held once every file on its agenda is decided: time says so by itself.

use std::sync::Arc;

use entity::agreement_request::{self, RequestState};
use entity::committee::{self, CommitteeState};
use entity::decision;
use entity::ids::CommitteeId;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    Select,
};

use super::deadlines::{ACTOR, BATCH};
use super::record_committee;
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::db::DueRun;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::CommitteeWhat;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// Notes the committees that were held.
pub(super) async fn hold(app: &Arc<App>, due: &mut DueRun<AgreementError>) -> Result<(), AgreementError> {
    let ids: Vec<CommitteeId> = decided(app)
        .select_only()
        .column(committee::Column::Id)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    for id in ids {
        due.count(id, hold_one(app, id).await)?;
    }
    Ok(())
}

/// Planned committees of the days behind that decided something and have nothing left to decide.
fn decided(app: &App) -> Select<committee::Entity> {
    use committee::Column;
    let deciding = decision::Entity::find()
        .select_only()
        .column(decision::Column::CommitteeId)
        .filter(decision::Column::CommitteeId.is_not_null());
    let waited = agreement_request::Entity::find()
        .select_only()
        .column(agreement_request::Column::CommitteeId)
        .filter(agreement_request::Column::CommitteeId.is_not_null())
        .filter(agreement_request::Column::State.eq(RequestState::InCommittee));
    committee::Entity::find()
        .filter(Column::State.eq(CommitteeState::Planned))
        .filter(Column::MeetsOn.lt(day_in_zone(app.now(), PARIS)))
        .filter(Column::Id.in_subquery(deciding.into_query()))
        .filter(Column::Id.not_in_subquery(waited.into_query()))
}

/// Notes one, if it is still so once its row is locked.
async fn hold_one(app: &Arc<App>, id: CommitteeId) -> Result<bool, AgreementError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let grant = tx.authorize(Permission::RequestDeadline, &Facts::default())?;
    let found = decided(app).filter(committee::Column::Id.eq(id)).lock_exclusive().one(tx.conn()).await?;
    let Some(found) = found else { return Ok(false) };
    let version = found.version + 1;
    let mut row: committee::ActiveModel = found.into();
    row.state = Set(CommitteeState::Held);
    row.version = Set(version);
    let committee = row.update(tx.conn()).await?;
    record_committee(&mut tx, &grant, &committee, 0, CommitteeWhat::Held).await?;
    tx.commit().await?;
    Ok(true)
}
