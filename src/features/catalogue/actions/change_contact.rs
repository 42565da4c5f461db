//! The person says how to reach them. Another address is confirmed by its own link, and the one before is told.

use entity::enrolment;
use entity::enrolment_link::LinkPurpose;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::make_link;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::catalogue::input::Contact;
use crate::features::catalogue::{CatalogueError, CatalogueEvent, What};
use crate::features::enrolments::dossier::Dossier;
use crate::rules::email_address::EmailAddress;

/// Changes how the holder of a link is reached.
///
/// # Errors
/// `LinkOver` when the link is unknown or too old; the refusal of the policy, what the database answers.
pub async fn change_contact(
    tx: &mut Tx,
    token: &str,
    contact: &Contact,
) -> Result<enrolment::Model, CatalogueError> {
    let purposes = [LinkPurpose::Confirm, LinkPurpose::Follow];
    let dossier = Dossier::by_link(tx, token, &purposes).await?;
    let grant = tx.authorize(Permission::EnrolmentAsk, &dossier.facts())?;
    let Dossier { enrolment: mut row, session, .. } = dossier;
    let same = EmailAddress::parse(&row.email).is_ok_and(|known| known.key() == contact.email.key());
    let before = (!same).then(|| row.email.clone());
    contact.email.as_str().clone_into(&mut row.email);
    row.phone.clone_from(&contact.phone);
    row.postal_address.clone_from(&contact.postal_address);
    if before.is_some() {
        row.email_confirmed_at = None;
    }
    row.version += 1;
    enrolment::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    let link = match before {
        Some(_) => Some(make_link(tx, &row, LinkPurpose::Confirm, None).await?),
        None => None,
    };
    let what = What::ContactChanged { before, link };
    let event = CatalogueEvent { enrolment: row.clone(), session, what };
    tx.record(&grant, &event).await?;
    Ok(row)
}
