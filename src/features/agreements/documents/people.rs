//! The people of a request as its documents need them, and the acts that the journal keeps of them.

use std::collections::HashMap;

use entity::habilitation::Duty;
use entity::ids::{AccountId, AgreementRequestId};
use entity::{account, audit_event};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::{Date, OffsetDateTime};

use crate::features::agreements::error::AgreementError;
use crate::features::agreements::whole::Whole;
use crate::features::rights::{self, Holder, RightKind, RightState};

/// The accounts that decided or settled, and that of the officer.
pub(super) async fn accounts(
    conn: &impl ConnectionTrait,
    whole: &Whole,
) -> Result<HashMap<AccountId, account::Model>, AgreementError> {
    let with = &whole.attachments;
    let mut ids: Vec<AccountId> = whole.dossier.request.officer_id.into_iter().collect();
    ids.extend(with.decisions.iter().map(|decision| decision.decided_by));
    ids.extend(with.appeals.iter().filter_map(|appeal| appeal.settled_by));
    let rows = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// End of the habilitation of the contrôleur.
pub(super) async fn habilitated_until(
    conn: &impl ConnectionTrait,
    whole: &Whole,
) -> Result<Option<Date>, AgreementError> {
    let Some(expert) = whole.dossier.request.controller_id else { return Ok(None) };
    let duty = Duty::Controleur.word();
    let held = rights::queries::of_holder(conn, Holder::expert(expert)).await?;
    let counts = held.iter().filter(|held| {
        held.right.kind == RightKind::Habilitation
            && held.right.state != RightState::Void
            && held.scope().next() == Some(duty.as_str())
    });
    Ok(counts.filter_map(|held| held.right.ends_on).max())
}

/// Instants at which the structure was reminded.
pub(super) async fn reminded(
    conn: &impl ConnectionTrait,
    id: AgreementRequestId,
) -> Result<Vec<OffsetDateTime>, AgreementError> {
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::SubjectKind.eq("agreement_request"))
        .filter(audit_event::Column::SubjectId.eq(id.0))
        .filter(audit_event::Column::Code.eq("AGR_RETURN_REMINDED"))
        .order_by_asc(audit_event::Column::Id)
        .all(conn)
        .await?;
    Ok(events.iter().map(|event| *event.at).collect())
}

/// Who did an act.
#[derive(Clone, Debug)]
pub struct Author {
    /// Name of the account.
    pub name: String,
    /// Role in use, as the journal keeps it.
    pub role: String,
}

/// Who did one of these acts last.
pub(super) async fn author(
    conn: &impl ConnectionTrait,
    id: AgreementRequestId,
    codes: &[&str],
) -> Result<Option<Author>, AgreementError> {
    let event = audit_event::Entity::find()
        .filter(audit_event::Column::SubjectKind.eq("agreement_request"))
        .filter(audit_event::Column::SubjectId.eq(id.0))
        .filter(audit_event::Column::Code.is_in(codes.iter().copied()))
        .order_by_desc(audit_event::Column::Id)
        .one(conn)
        .await?;
    let Some((actor, role)) = event.and_then(|event| Some((event.actor_id?, event.role))) else {
        return Ok(None);
    };
    let found = account::Entity::find_by_id(AccountId(actor)).one(conn).await?;
    Ok(found.map(|account| Author { name: account.name, role }))
}
