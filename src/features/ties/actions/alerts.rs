//! What the program does about the alerts of one duty: raises one, or says that it has no object any more.

use std::sync::Arc;

use entity::tie_alert::{self, AlertState, Column, Entity};
use entity::{expert, structure};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::super::TieError;
use super::super::events::TieEvent;
use super::super::recheck::Held;
use super::super::state::{self, Step};
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::db::Tx;

const ACTOR: &str = "ties.recheck";

/// What should be raised about a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Wanted {
    /// The duty.
    pub(in super::super) held: Held,
    /// Why, in sentences; what refuses first.
    pub(in super::super) reasons: Vec<String>,
    /// Whether one of them refuses.
    pub(in super::super) blocking: bool,
    /// Which reasons these are.
    pub(in super::super) fingerprint: String,
}

/// Leaves one open alert for a duty, this one, or none when nothing is wanted. An alert that was kept for the same
/// reasons is not raised again. Says whether something changed.
///
/// # Errors
/// What the database answers.
pub(in super::super) async fn settle(
    app: &Arc<App>,
    object: (&str, Uuid),
    wanted: Option<Wanted>,
) -> Result<bool, TieError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let (kind, id) = object;
    let rows = Entity::find()
        .filter(Column::ObjectKind.eq(kind))
        .filter(Column::ObjectId.eq(id))
        .lock_exclusive()
        .all(tx.conn())
        .await?;
    let same = |row: &tie_alert::Model, wanted: &Wanted| {
        row.expert_id == wanted.held.expert && row.fingerprint == wanted.fingerprint
    };
    let mut changed = false;
    let mut known = false;
    for row in rows {
        let still = wanted.as_ref().is_some_and(|wanted| same(&row, wanted));
        known |= still && row.state != AlertState::Gone;
        if row.state == AlertState::Open && !still {
            gone(&mut tx, row).await?;
            changed = true;
        }
    }
    if let Some(wanted) = wanted.filter(|_| !known) {
        raise(&mut tx, wanted).await?;
        changed = true;
    }
    if changed {
        tx.commit().await?;
    }
    Ok(changed)
}

async fn gone(tx: &mut Tx, mut alert: tie_alert::Model) -> Result<(), TieError> {
    let grant = tx.authorize(Permission::TieWatch, &Facts::default())?;
    alert.state = state::TABLE.next(Some(alert.state), Step::Clear)?.to;
    alert.settled_at = Some(tx.instant());
    Entity::update(alert.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    let expert = expert::Entity::find_by_id(alert.expert_id).one(tx.conn()).await?;
    tx.record(&grant, &TieEvent::Gone { expert: expert.ok_or(TieError::NotFound)?, alert }).await?;
    Ok(())
}

async fn raise(tx: &mut Tx, wanted: Wanted) -> Result<(), TieError> {
    let grant = tx.authorize(Permission::TieWatch, &Facts::default())?;
    let held = wanted.held;
    let expert = expert::Entity::find_by_id(held.expert).one(tx.conn()).await?.ok_or(TieError::NotFound)?;
    let structure = structure::Entity::find_by_id(held.structure).one(tx.conn()).await?;
    let structure = Box::new(structure.ok_or(TieError::NotFound)?);
    let alert = tie_alert::Model {
        id: tx.new_id(),
        expert_id: held.expert,
        structure_id: held.structure,
        duty: held.duty.word().to_owned(),
        object_kind: held.object_kind.to_owned(),
        object_id: held.object_id,
        reference: held.reference,
        due_on: held.on,
        blocking: wanted.blocking,
        reasons: json!(wanted.reasons),
        fingerprint: wanted.fingerprint,
        state: state::TABLE.next(None, Step::Raise)?.to,
        raised_at: tx.instant(),
        settled_at: None,
        settled_by: None,
        reason: None,
    };
    Entity::insert(alert.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    let link = tx.app().url(&format!("/intervenants/{}/independance", expert.number));
    tx.record(&grant, &TieEvent::Raised { expert, structure, alert, link }).await?;
    Ok(())
}
