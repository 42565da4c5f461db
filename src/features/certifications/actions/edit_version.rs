//! Changes the title or the dates of a version.

use entity::certification_version;
use entity::ids::{CertificationId, CertificationVersionId};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::super::events::CertificationEvent;
use super::super::input::TypedVersion;
use super::super::{CertificationError, labels};
use super::open;
use crate::db::Tx;
use crate::error::Fault;
use crate::rules::typed_date::iso;

/// Applies a change over what is recorded and writes it, if every value holds.
///
/// # Errors
/// Every fault, [`CertificationError::Stale`], the refusal of the policy, what the database answers.
pub async fn edit_version(
    tx: &mut Tx,
    certification: CertificationId,
    version: CertificationVersionId,
    seen: Option<i32>,
    change: impl FnOnce(&mut TypedVersion),
) -> Result<certification_version::Model, CertificationError> {
    let mut opened = open(tx, certification, version, seen).await?;
    let before = opened.version.clone();
    let mut typed = typed(&before);
    change(&mut typed);
    let new = typed.read()?;
    let same_label = certification_version::Entity::find()
        .filter(certification_version::Column::CertificationId.eq(certification))
        .filter(certification_version::Column::Label.eq(new.label.clone()))
        .filter(certification_version::Column::Id.ne(version))
        .count(tx.conn())
        .await?;
    if same_label > 0 {
        return Err(CertificationError::Invalid(vec![Fault::new("/label", "duplicate", labels::SAME_LABEL)]));
    }
    opened.version.label = new.label;
    opened.version.title = new.title;
    opened.version.valid_from = new.valid_from;
    opened.version.valid_until = new.valid_until;
    opened.version.last_delivery_on = new.last_delivery_on;
    opened.save(tx).await?;
    let after = opened.version.clone();
    let event = CertificationEvent::VersionChanged {
        certification: opened.certification,
        before,
        after: after.clone(),
    };
    tx.record(&opened.grant, &event).await?;
    Ok(after)
}

/// The version as a form shows it.
#[must_use]
pub fn typed(row: &certification_version::Model) -> TypedVersion {
    TypedVersion {
        label: row.label.clone(),
        title: row.title.clone(),
        valid_from: iso(row.valid_from),
        valid_until: row.valid_until.map(iso).unwrap_or_default(),
        last_delivery_on: row.last_delivery_on.map(iso).unwrap_or_default(),
    }
}
