//! Publishes a draft, which freezes it: whoever is bound to this revision later reads what it says today.

use entity::ids::{CertificationId, CertificationVersionId};
use entity::referential::{self, ReferentialState};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::super::CertificationError;
use super::super::super::events::CertificationEvent;
use super::super::super::queries::{self, referential::entry};
use super::draft;
use crate::authz::Permission;
use crate::db::Tx;
use crate::rules::referential::gaps;

/// Publishes the draft, if nothing lacks.
///
/// # Errors
/// [`CertificationError::Incomplete`] with everything that lacks, [`CertificationError::NoDraft`],
/// [`CertificationError::Stale`], the refusal of the policy, what the database answers.
pub async fn publish(
    tx: &mut Tx,
    certification: CertificationId,
    version: CertificationVersionId,
    seen: Option<i32>,
) -> Result<referential::Model, CertificationError> {
    let draft = draft(tx, certification, version, seen, Permission::ReferentialPublish).await?;
    let (_, described) = queries::version(tx.conn(), version).await?;
    let missing = gaps(&draft.document, &entry(&described, tx.app().today()));
    if !missing.is_empty() {
        return Err(CertificationError::Incomplete(missing));
    }
    let mut row = draft.row;
    row.state = ReferentialState::Published;
    row.published_at = Some(tx.instant());
    row.version += 1;
    referential::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    let event = CertificationEvent::ReferentialPublished {
        certification: draft.certification,
        row: row.clone(),
        document: Box::new(draft.document),
    };
    tx.record(&draft.grant, &event).await?;
    Ok(row)
}
