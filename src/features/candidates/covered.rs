//! Whether a structure may prepare somebody for a certification on a day: the agreement that one of its sites holds.

use std::collections::BTreeSet;

use entity::dated_right::{HolderKind, RightKind};
use entity::ids::{CertificationId, SiteId, StructureId};
use entity::{certification_version, site};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use time::Date;

use crate::db;
use crate::features::rights;

/// The sites of a structure on which an agreement for a certification, whatever its version, holds on a day.
///
/// # Errors
/// What the database answers.
pub async fn sites(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    certification: CertificationId,
    day: Date,
) -> Result<BTreeSet<SiteId>, db::Error> {
    let sites = site::Entity::find().filter(site::Column::StructureId.eq(structure)).all(conn).await?;
    let ids: Vec<_> = sites.iter().map(|site| site.id.0).collect();
    let versions: Vec<entity::ids::CertificationVersionId> = certification_version::Entity::find()
        .filter(certification_version::Column::CertificationId.eq(certification))
        .select_only()
        .column(certification_version::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let versions: Vec<String> = versions.iter().map(ToString::to_string).collect();
    let held = rights::queries::of_holders(conn, HolderKind::Site, &ids).await?;
    let counts = |held: &rights::Held| {
        held.right.kind == RightKind::Agreement
            && held.scope().next().is_some_and(|version| versions.iter().any(|known| known == version))
            && held.valid_on(day)
    };
    let covered = held.into_iter().filter(|(_, rights)| rights.iter().any(counts));
    Ok(covered.map(|(id, _)| SiteId(id)).collect())
}
