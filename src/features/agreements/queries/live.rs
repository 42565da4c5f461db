//! What a structure already has for a certification, whatever its version: the request being examined, one at a time,
//! the agreements that it holds or held, which make a request a first one or a renewal, and its last control.

use entity::agreement_request::{self, RequestKind, RequestState};
use entity::ids::{CertificationId, StructureId};
use entity::{agreement, certification_version};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::features::agreements::error::AgreementError;
use crate::features::agreements::state;

/// The request of a structure that is neither a draft nor over, for any version of a certification.
///
/// # Errors
/// What the database answers.
pub async fn live_request(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    certification: CertificationId,
) -> Result<Option<agreement_request::Model>, AgreementError> {
    use agreement_request::Column;
    let found = agreement_request::Entity::find()
        .filter(Column::StructureId.eq(structure))
        .filter(Column::CertificationVersionId.in_subquery(versions_of(certification)))
        .filter(Column::State.is_in(RequestState::all().filter(|state| state::is_live(*state))))
        .one(conn)
        .await?;
    Ok(found)
}

/// Refuses when such a request exists, and names it.
///
/// # Errors
/// [`AgreementError::LiveRequest`], or what the database answers.
pub async fn refuse_second(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    certification: CertificationId,
) -> Result<(), AgreementError> {
    match live_request(conn, structure, certification).await? {
        Some(other) => {
            Err(AgreementError::LiveRequest { number: other.number.unwrap_or(other.draft_number) })
        }
        None => Ok(()),
    }
}

/// Refuses a renewal of what the structure never held, and a first request for what it holds, which is named.
///
/// An agreement counts once its convention is signed; it is held until it ends, suspended or not.
///
/// # Errors
/// A fault of the kind of the request, or what the database answers.
pub async fn refuse_kind(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    certification: CertificationId,
    kind: RequestKind,
) -> Result<(), AgreementError> {
    use agreement::Column;
    let signed = agreement::Entity::find()
        .filter(Column::StructureId.eq(structure))
        .filter(Column::CertificationVersionId.in_subquery(versions_of(certification)))
        .filter(Column::ActivatedAt.is_not_null())
        .order_by_desc(Column::EndsOn)
        .all(conn)
        .await?;
    match (kind, signed.iter().find(|right| right.ended_at.is_none())) {
        (RequestKind::First, Some(held)) => Err(AgreementError::already_held(&held.number, held.ends_on)),
        (RequestKind::Renewal, _) if signed.is_empty() => Err(AgreementError::never_held()),
        _ => Ok(()),
    }
}

/// The last request of the same structure, for any version of a certification, that was visited: this one apart.
///
/// # Errors
/// What the database answers.
pub async fn last_control(
    conn: &impl ConnectionTrait,
    request: &agreement_request::Model,
    certification: CertificationId,
) -> Result<Option<agreement_request::Model>, AgreementError> {
    use agreement_request::Column;
    let found = agreement_request::Entity::find()
        .filter(Column::StructureId.eq(request.structure_id))
        .filter(Column::CertificationVersionId.in_subquery(versions_of(certification)))
        .filter(Column::Id.ne(request.id))
        .filter(Column::VisitedAt.is_not_null())
        .order_by_desc(Column::VisitedAt)
        .one(conn)
        .await?;
    Ok(found)
}

fn versions_of(certification: CertificationId) -> SelectStatement {
    certification_version::Entity::find()
        .select_only()
        .column(certification_version::Column::Id)
        .filter(certification_version::Column::CertificationId.eq(certification))
        .into_query()
}
