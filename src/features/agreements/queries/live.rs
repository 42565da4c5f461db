//! The request of a structure that is being examined for a certification: there is one at a time.

use entity::agreement_request::{self, RequestState};
use entity::certification_version;
use entity::ids::{CertificationId, StructureId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

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
    let versions = certification_version::Entity::find()
        .select_only()
        .column(certification_version::Column::Id)
        .filter(certification_version::Column::CertificationId.eq(certification))
        .into_query();
    let found = agreement_request::Entity::find()
        .filter(Column::StructureId.eq(structure))
        .filter(Column::CertificationVersionId.in_subquery(versions))
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
