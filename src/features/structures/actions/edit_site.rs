//! Changes a site, or makes it the seat.

use entity::Instant;
use entity::ids::{SiteId, StructureId};
use entity::{site, structure};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::error::StructureError;
use super::super::events::StructureEvent;
use super::super::input::TypedSite;
use super::super::{labels, rows};
use super::add_site::check_siret;
use super::{Opened, open};
use crate::db::Tx;
use crate::error::Fault;
use crate::features::rights;
use crate::rules::deadline::day_in_zone;

/// What may change of a site, as typed; it starts as what is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteChange {
    /// The site.
    pub site: TypedSite,
    /// Whether it is the seat. Making it the seat takes that from the other one; a structure has exactly one.
    pub is_seat: bool,
}

/// Applies a change over what is recorded and writes it, if every value holds.
///
/// # Errors
/// Every fault, [`StructureError::SiteClosed`], [`StructureError::Stale`], the refusal of the policy, what the
/// database answers.
pub async fn edit_site(
    tx: &mut Tx,
    id: StructureId,
    site: SiteId,
    seen: Option<i32>,
    change: impl FnOnce(&mut SiteChange),
) -> Result<(structure::Model, site::Model), StructureError> {
    let mut opened = open(tx, id, seen).await?;
    let before = opened.site(site)?;
    if before.closed_on.is_some() {
        return Err(StructureError::SiteClosed);
    }
    let mut typed = SiteChange { site: rows::typed_site(&before), is_seat: before.is_seat };
    change(&mut typed);
    if typed.site.postal_code.trim() != before.postal_code && typed.site.department == before.department {
        typed.site.department.clear();
    }
    let new = typed.site.read()?;
    if before.is_seat && !typed.is_seat {
        return Err(StructureError::Invalid(vec![Fault::new(
            "/is_seat",
            "seat-missing",
            labels::SEAT_MISSING,
        )]));
    }
    let others: Vec<_> = opened.sites.iter().filter(|other| other.id != site).cloned().collect();
    check_siret(&new, &opened.structure, &others)?;
    let after = rows::site(site, id, &new, typed.is_seat);
    let after = site::Model { moved_at: moved_at(tx, &before, &after).await?, ..after };
    if after.is_seat && !before.is_seat {
        leave_the_seat(tx, &mut opened).await?;
    }
    update(tx, &after).await?;
    opened.replace(&after);
    opened.save(tx).await?;
    let event = StructureEvent::SiteChanged {
        structure: opened.structure.clone(),
        before: Box::new(before),
        after: Box::new(after.clone()),
    };
    tx.record(&opened.grant, &event).await?;
    Ok((opened.structure, after))
}

/// When the address of an agreed site was declared changed: its structure tells the team, which has known it otherwise
/// when it writes it itself.
async fn moved_at(
    tx: &Tx,
    before: &site::Model,
    after: &site::Model,
) -> Result<Option<Instant>, StructureError> {
    let place = |site: &site::Model| [site.address.clone(), site.postal_code.clone(), site.commune.clone()];
    if place(before) == place(after) || tx.actor().is_staff() {
        return Ok(before.moved_at);
    }
    let today = day_in_zone(tx.now(), &before.zone);
    let agreed = rights::queries::site_is_covered(tx.conn(), before.id, today).await?;
    Ok(if agreed { Some(tx.instant()) } else { before.moved_at })
}

/// The seat of before becomes a site like the others, which the journal tells too.
async fn leave_the_seat(tx: &mut Tx, opened: &mut Opened) -> Result<(), StructureError> {
    let seats: Vec<_> = opened.sites.iter().filter(|site| site.is_seat).cloned().collect();
    for before in seats {
        let after = site::Model { is_seat: false, ..before.clone() };
        update(tx, &after).await?;
        opened.replace(&after);
        let (before, after) = (Box::new(before), Box::new(after));
        let event = StructureEvent::SiteChanged { structure: opened.structure.clone(), before, after };
        tx.record(&opened.grant, &event).await?;
    }
    Ok(())
}

/// Writes a site.
pub(super) async fn update(tx: &Tx, site: &site::Model) -> Result<(), StructureError> {
    site::Entity::update(site.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    Ok(())
}
