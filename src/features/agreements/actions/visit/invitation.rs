//! The calendar invitation of a visit: one UID for the life of the visit, a sequence that grows.

use entity::agreement_request::RequestState;
use entity::expert;
use sea_orm::EntityTrait;
use time::OffsetDateTime;

use crate::db::Tx;
use crate::events::{Invitation, InvitationMethod};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::rules::engagement::VISIT;

/// The invitation at an instant.
pub(super) fn invitation(
    dossier: &Dossier,
    at: OffsetDateTime,
    zone: &str,
    place: &str,
    sequence: i32,
) -> Invitation {
    Invitation {
        uid: format!("visit-{}@parchemin", dossier.request.id),
        sequence: u32::try_from(sequence).unwrap_or_default(),
        method: InvitationMethod::Request,
        starts_at: at,
        lasts: VISIT,
        zone: zone.to_owned(),
        summary: format!("Visite d’agrément {}", dossier.reference()),
        location: place.to_owned(),
        description: format!("{} — {}", dossier.structure.name, dossier.version.title),
    }
}

/// What the calendar of the contrôleur holds of the visit: its date in force; none while it has none.
#[must_use]
pub fn in_calendar(dossier: &Dossier) -> Option<Invitation> {
    let request = &dossier.request;
    let (zone, place) = (request.visit_zone.as_deref()?, request.visit_place.as_deref()?);
    Some(invitation(dossier, *request.visit_at?, zone, place, request.visit_sequence))
}

/// What takes the visit off every calendar, when one was to come: its sequence grows.
pub(in crate::features::agreements::actions) fn cancelled(dossier: &Dossier) -> Option<Invitation> {
    let request = &dossier.request;
    if request.state != RequestState::VisitScheduled {
        return None;
    }
    let (at, zone, place) =
        (request.visit_at?, request.visit_zone.as_deref()?, request.visit_place.as_deref()?);
    let invitation = invitation(dossier, *at, zone, place, request.visit_sequence + 1);
    Some(Invitation { method: InvitationMethod::Cancel, ..invitation })
}

/// The name of the contrôleur in charge.
pub(super) async fn controller_name(tx: &Tx, dossier: &Dossier) -> Result<String, AgreementError> {
    let Some(id) = dossier.request.controller_id else { return Ok(String::new()) };
    let found = expert::Entity::find_by_id(id).one(tx.conn()).await?;
    Ok(found.map(|expert| expert.name()).unwrap_or_default())
}
