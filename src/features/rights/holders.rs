//! Who holds a right, in the words of a list: three or four queries, whatever the number of rights.

use std::collections::HashMap;

use entity::dated_right::{self, HolderKind};
use entity::ids::StructureId;
use entity::{certification, certification_version, expert, site, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::labels;
use crate::db;
use crate::rules::territory::PARIS;

/// A holder, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderName {
    /// Its name.
    pub name: String,
    /// A second line: site, commune, version; may be empty.
    pub note: String,
    /// Its page.
    pub href: String,
    /// INSEE region; empty for a certification and for the certifying body.
    pub region: String,
    /// Its time zone.
    pub zone: String,
    /// The structure that answers for it, for a structure or a site.
    pub structure: Option<StructureId>,
}

/// The holders of these rights, by key.
///
/// # Errors
/// What the database answers.
pub async fn of(
    conn: &impl ConnectionTrait,
    rights: &[&dated_right::Model],
) -> Result<HashMap<Uuid, HolderName>, db::Error> {
    let ids = |kind: HolderKind| {
        let own = rights.iter().filter(move |right| right.holder_kind == kind);
        own.map(|right| right.holder_id).collect::<Vec<Uuid>>()
    };
    let mut names = experts(conn, ids(HolderKind::Expert)).await?;
    names.extend(structures(conn, ids(HolderKind::Structure)).await?);
    names.extend(sites(conn, ids(HolderKind::Site)).await?);
    names.extend(versions(conn, ids(HolderKind::CertificationVersion)).await?);
    names.extend(ids(HolderKind::Certifier).into_iter().map(|id| (id, certifier())));
    Ok(names)
}

/// The certifying body, whose days are those of Paris.
fn certifier() -> HolderName {
    HolderName {
        name: labels::CERTIFIER.to_owned(),
        note: String::new(),
        href: super::CERTIFIER_PAGE.to_owned(),
        region: String::new(),
        zone: PARIS.to_owned(),
        structure: None,
    }
}

async fn experts(
    conn: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, HolderName>, db::Error> {
    let rows = expert::Entity::find().filter(expert::Column::Id.is_in(ids)).all(conn).await?;
    let name = |row: expert::Model| {
        let name = HolderName {
            name: row.name(),
            note: row.number.clone(),
            href: format!("/intervenants/{}", row.number),
            region: row.region,
            zone: row.zone,
            structure: None,
        };
        (row.id.0, name)
    };
    Ok(rows.into_iter().map(name).collect())
}

fn of_structure(row: &structure::Model) -> HolderName {
    HolderName {
        name: row.name.clone(),
        note: row.commune.clone(),
        href: format!("/structures/{}", row.siren),
        region: row.region.clone(),
        zone: row.zone.clone(),
        structure: Some(row.id),
    }
}

async fn structures(
    conn: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, HolderName>, db::Error> {
    let rows = structure::Entity::find().filter(structure::Column::Id.is_in(ids)).all(conn).await?;
    Ok(rows.iter().map(|row| (row.id.0, of_structure(row))).collect())
}

async fn sites(conn: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<HashMap<Uuid, HolderName>, db::Error> {
    let rows = site::Entity::find().filter(site::Column::Id.is_in(ids)).all(conn).await?;
    let owners: Vec<_> = rows.iter().map(|row| row.structure_id).collect();
    let owners = structure::Entity::find().filter(structure::Column::Id.is_in(owners)).all(conn).await?;
    let name = |row: site::Model| {
        let owner = owners.iter().find(|owner| owner.id == row.structure_id)?;
        let name = HolderName {
            note: format!("{}, {}", row.label, row.commune),
            region: row.region.clone(),
            zone: row.zone.clone(),
            ..of_structure(owner)
        };
        Some((row.id.0, name))
    };
    Ok(rows.into_iter().filter_map(name).collect())
}

async fn versions(
    conn: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, HolderName>, db::Error> {
    use certification_version::Column;
    let rows = certification_version::Entity::find().filter(Column::Id.is_in(ids)).all(conn).await?;
    let owners: Vec<_> = rows.iter().map(|row| row.certification_id).collect();
    let owners =
        certification::Entity::find().filter(certification::Column::Id.is_in(owners)).all(conn).await?;
    let name = |row: certification_version::Model| {
        let owner = owners.iter().find(|owner| owner.id == row.certification_id)?;
        let name = HolderName {
            name: owner.short_title.clone(),
            note: row.label.clone(),
            href: format!("/certifications/{}", owner.code),
            region: String::new(),
            zone: PARIS.to_owned(),
            structure: None,
        };
        Some((row.id.0, name))
    };
    Ok(rows.into_iter().filter_map(name).collect())
}
