//! The secret address under which calendars read the agenda of an expert: opened, opened anew, closed.

use entity::agenda_feed::{self, Column};
use entity::expert;
use entity::ids::ExpertId;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::authz::{Facts, Permission, hash_token};
use crate::db::Tx;
use crate::features::missions::MissionError;
use crate::features::missions::dossier::locked_expert;
use crate::features::missions::events::FeedEvent;

/// Opens the address of the agenda of the actor, told once; an earlier one stops working.
///
/// # Errors
/// Someone who is no expert; the refusals of every act.
pub async fn open_feed(tx: &mut Tx) -> Result<String, MissionError> {
    let (expert, grant) = own(tx).await?;
    revoke(tx, expert.id).await?;
    let token = tx.app().new_token();
    let row = agenda_feed::ActiveModel {
        id: Set(tx.new_id()),
        expert_id: Set(expert.id),
        token_hash: Set(hash_token(&token)),
        created_at: Set(tx.instant()),
        revoked_at: Set(None),
    };
    agenda_feed::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    tx.record(&grant, &FeedEvent { expert, opened: true }).await?;
    Ok(tx.app().url(&format!("/agenda/{token}.ics")))
}

/// Closes the address of the agenda of the actor.
///
/// # Errors
/// Someone who is no expert, or has none; the refusals of every act.
pub async fn close_feed(tx: &mut Tx) -> Result<(), MissionError> {
    let (expert, grant) = own(tx).await?;
    if revoke(tx, expert.id).await? == 0 {
        return Err(MissionError::NotFound);
    }
    tx.record(&grant, &FeedEvent { expert, opened: false }).await?;
    Ok(())
}

async fn own(tx: &Tx) -> Result<(expert::Model, crate::authz::Grant), MissionError> {
    let id = tx.actor().expert();
    let grant = tx.authorize(Permission::AgendaFeed, &Facts { expert: id, ..Facts::default() })?;
    Ok((locked_expert(tx, id.ok_or(MissionError::NotFound)?).await?, grant))
}

async fn revoke(tx: &Tx, expert: ExpertId) -> Result<u64, MissionError> {
    let done = agenda_feed::Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(Some(tx.instant())))
        .filter(Column::ExpertId.eq(expert))
        .filter(Column::RevokedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}
