//! The person follows the link of the message: the address is theirs, and the seat is kept until the contract is signed.

use entity::enrolment::{self, EnrolmentState};
use entity::enrolment_link::LinkPurpose;

use super::{make_link, record, save};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::enrolments::dossier::Dossier;
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::settings;
use crate::rules::deadline::days_after;

/// Confirms the address of an enrolment, once.
///
/// # Errors
/// [`EnrolmentError::LinkOver`] when the link is unknown or too old, or when the enrolment ended meanwhile;
/// [`EnrolmentError::AlreadyConfirmed`]; the refusal of the policy, what the database answers.
pub async fn confirm_address(tx: &mut Tx, token: &str) -> Result<enrolment::Model, EnrolmentError> {
    let mut dossier = Dossier::by_link(tx, token, &[LinkPurpose::Confirm]).await?;
    let grant = tx.authorize(Permission::EnrolmentAsk, &dossier.facts())?;
    if dossier.enrolment.email_confirmed_at.is_some() {
        return Err(EnrolmentError::AlreadyConfirmed);
    }
    match dossier.enrolment.state {
        EnrolmentState::Held => keep_seat(tx, &mut dossier).await?,
        // whoever is bound changed their address
        EnrolmentState::Requested
        | EnrolmentState::Waitlisted
        | EnrolmentState::Contracted
        | EnrolmentState::Confirmed => {}
        _ => return Err(EnrolmentError::LinkOver),
    }
    dossier.enrolment.email_confirmed_at = Some(tx.instant());
    save(tx, &mut dossier.enrolment).await?;
    let link = make_link(tx, dossier.enrolment.id, LinkPurpose::Follow, None).await?;
    record(tx, &grant, &dossier, What::AddressConfirmed, Some(link)).await?;
    Ok(dossier.enrolment)
}

/// Keeps the seat until the contract or the convention is signed, never after the session begins.
pub(super) async fn keep_seat(tx: &Tx, dossier: &mut Dossier) -> Result<(), EnrolmentError> {
    let rules = settings::enrolment_rules(tx.conn()).await?;
    let end = days_after(tx.now(), i32::from(rules.contract_days), &dossier.session.zone);
    let end = end.map_err(|_| crate::db::Error::Inconsistent {
        table: "training_session",
        id: dossier.session.id.to_string(),
        what: "has no such zone",
    })?;
    let end = dossier.session.starts_at.map_or(end, |starts| end.min(*starts));
    dossier.enrolment.held_until = Some(end.into());
    dossier.enrolment.deadline_at = dossier.enrolment.held_until;
    Ok(())
}
