//! Closes a site from a day on. It stays in the files where it was.

use entity::ids::{SiteId, StructureId};
use entity::{site, structure};
use time::Date;

use super::super::error::StructureError;
use super::super::events::StructureEvent;
use super::edit_site::update;
use super::open;
use crate::db::Tx;
use crate::features::rights;

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
    if rights::queries::site_is_covered(tx.conn(), site, on).await? {
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
