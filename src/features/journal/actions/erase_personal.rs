//! Erases personal values kept beside the journal. The events keep their salted hashes, so the chain still verifies.
//!
//! The salt goes with the value: without it, a hash says nothing of a short value such as a telephone number.
//! GDPR article 17.

use entity::ids::{AccountId, AuditEventId};
use entity::{audit_event, audit_personal};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::features::journal::error::JournalError;
use crate::features::journal::events::JournalEvent;

/// Whose values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Erase {
    /// Those of these events.
    Events(Vec<AuditEventId>),
    /// Those of every event done by, or about, an account.
    Account(AccountId),
}

/// Erases, and says how many values were.
///
/// # Errors
/// The policy refuses, or the database.
pub async fn erase_personal(tx: &mut Tx, whose: Erase, reason: &str) -> Result<u64, JournalError> {
    let grant = tx.authorize(Permission::JournalErase, &Facts::default())?;
    let concerned = Condition::all().add(audit_personal::Column::ErasedAt.is_null()).add(concerning(&whose));
    let mut events: Vec<AuditEventId> = audit_personal::Entity::find()
        .select_only()
        .column(audit_personal::Column::EventId)
        .filter(concerned.clone())
        .order_by_asc(audit_personal::Column::EventId)
        .into_tuple()
        .all(tx.conn())
        .await?;
    events.dedup();
    let erased = audit_personal::Entity::update_many()
        .col_expr(audit_personal::Column::Value, Expr::value(None::<String>))
        .col_expr(audit_personal::Column::Salt, Expr::value(Vec::<u8>::new()))
        .col_expr(audit_personal::Column::ErasedAt, Expr::value(tx.instant()))
        .filter(concerned)
        .exec(tx.conn())
        .await?;
    let account = match whose {
        Erase::Account(id) => Some(id.0),
        Erase::Events(_) => None,
    };
    let event = JournalEvent::PersonalErased {
        events: events.into_iter().map(Into::into).collect(),
        account,
        values: erased.rows_affected,
        reason: reason.to_owned(),
    };
    tx.record(&grant, &event).await?;
    Ok(erased.rows_affected)
}

fn concerning(whose: &Erase) -> Condition {
    use audit_event::Column;
    let account = match whose {
        Erase::Events(ids) => {
            return Condition::all().add(audit_personal::Column::EventId.is_in(ids.iter().copied()));
        }
        Erase::Account(account) => account.0,
    };
    let about = Condition::all().add(Column::SubjectKind.eq("account")).add(Column::SubjectId.eq(account));
    let events = audit_event::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Condition::any().add(Column::ActorId.eq(account)).add(about));
    Condition::all().add(audit_personal::Column::EventId.in_subquery(events.into_query()))
}
