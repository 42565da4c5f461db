//! Closes a site from a day on. It stays in the files where it was.

use entity::ids::{SiteId, StructureId};
use entity::{agreement_period, site, structure};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use time::Date;

use super::super::error::StructureError;
use super::super::events::StructureEvent;
use super::edit_site::update;
use super::open;
use crate::db::Tx;

/// Closes a site: not the seat, and not a site that an agreement still covers on that day.
///
/// # Errors
/// [`StructureError::SeatStays`], [`StructureError::SiteClosed`], [`StructureError::SiteAgreed`],
/// [`StructureError::Stale`], the refusal of the policy, what the database answers.
pub async fn close_site(
    tx: &mut Tx,
    id: StructureId,
    site: SiteId,
    seen: Option<i32>,
    on: Date,
) -> Result<(structure::Model, site::Model), StructureError> {
    let mut opened = open(tx, id, seen).await?;
    let found = opened.site(site)?;
    if found.is_seat {
        return Err(StructureError::SeatStays);
    }
    if found.closed_on.is_some() {
        return Err(StructureError::SiteClosed);
    }
    let covered = agreement_period::Entity::find()
        .filter(agreement_period::Column::SiteId.eq(site))
        .filter(agreement_period::Column::EndsOn.gte(on))
        .count(tx.conn())
        .await?;
    if covered > 0 {
        return Err(StructureError::SiteAgreed);
    }
    let closed = site::Model { closed_on: Some(on), ..found };
    update(tx, &closed).await?;
    opened.replace(&closed);
    opened.save(tx).await?;
    let event = StructureEvent::SiteClosed { structure: opened.structure.clone(), site: closed.clone() };
    tx.record(&opened.grant, &event).await?;
    Ok((opened.structure, closed))
}
