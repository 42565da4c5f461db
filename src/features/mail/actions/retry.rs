//! A failed mail goes back to the outbox.

use entity::ids::MailId;
use entity::mail::{self, MailState};
use entity::mail_delivery::{self, DeliveryState};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use super::super::error::MailError;
use super::super::events::MailEvent;
use super::super::queries::facts;
use crate::authz::Permission;
use crate::db::Tx;

/// Sends a failed mail again at once, for 48 more hours. Refused addresses are tried again; those that accepted are
/// not written to twice.
///
/// # Errors
/// [`MailError`].
pub async fn retry(tx: &mut Tx, id: MailId) -> Result<(), MailError> {
    let found = mail::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let mail = found.ok_or(MailError::NotFound)?;
    let facts = facts(tx.conn(), &mail.subject_kind, mail.subject_id).await?;
    let grant = tx.authorize(Permission::MailRetry, &facts)?;
    if mail.state != MailState::Failed {
        return Err(MailError::NotFailed);
    }
    mail_delivery::Entity::update_many()
        .col_expr(mail_delivery::Column::State, Expr::value(DeliveryState::Deferred))
        .filter(mail_delivery::Column::MailId.eq(id))
        .filter(mail_delivery::Column::State.eq(DeliveryState::Refused))
        .exec(tx.conn())
        .await?;
    let event = MailEvent::Retried { id, template: mail.template.clone(), attempts: mail.attempts };
    let mut row = mail.into_active_model();
    row.state = Set(MailState::Pending);
    row.attempts = Set(0);
    row.due_at = Set(tx.instant());
    row.update(tx.conn()).await?;
    tx.record(&grant, &event).await?;
    Ok(())
}
