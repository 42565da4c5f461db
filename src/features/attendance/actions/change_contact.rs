//! A trainee changes how they are reached, by their link.

use entity::enrolment;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use crate::authz::Permission;
use crate::db::Tx;
use crate::features::attendance::AttendanceError;
use crate::features::attendance::events::{AttendanceEvent, What};
use crate::features::attendance::input::Contact;
use crate::features::attendance::load::PURPOSES;
use crate::features::enrolments::Dossier;
use crate::features::enrolments::dossier::facts_of;

/// Changes the address, the telephone and the postal address; the address before is told. Nothing to commit when nothing
/// changes: false is then given.
///
/// # Errors
/// A link that is over, the refusal of the policy, what the database answers.
pub async fn change_contact(tx: &mut Tx, token: &str, new: Contact) -> Result<bool, AttendanceError> {
    let Dossier { mut enrolment, session, .. } = Dossier::by_link(tx, token, &PURPOSES).await?;
    let grant = tx.authorize(Permission::EnrolmentAsk, &facts_of(&session))?;
    let known = (&enrolment.email, &enrolment.phone, &enrolment.postal_address);
    if known == (&new.email, &new.phone, &new.postal_address) {
        return Ok(false);
    }
    let was = if enrolment.email == new.email { String::new() } else { enrolment.email.clone() };
    enrolment.email = new.email;
    enrolment.phone = new.phone;
    enrolment.postal_address = new.postal_address;
    enrolment.version += 1;
    let row = enrolment.clone().into_active_model().reset_all();
    enrolment::Entity::update(row).exec(tx.conn()).await?;
    let event = AttendanceEvent {
        session,
        slot: None,
        enrolment: Some(enrolment),
        what: What::ContactChanged { was },
    };
    tx.record(&grant, &event).await?;
    Ok(true)
}
