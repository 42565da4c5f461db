//! Changes how a person is reached and what they are, or sends them another link.

use entity::enrolment::{self, EnrolmentState};
use entity::enrolment_link::LinkPurpose;
use entity::ids::EnrolmentId;

use super::{make_link, record, save};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::enrolments::dossier::Dossier;
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::input::{NewContact, TypedContact};
use crate::features::settings;
use crate::rules::civil_status::birth_date::BirthDate;

/// Changes it.
///
/// # Errors
/// [`EnrolmentError::Stale`], every fault, the refusal of the policy, what the database answers.
pub async fn change_contact(
    tx: &mut Tx,
    id: EnrolmentId,
    version: Option<i32>,
    typed: &TypedContact,
) -> Result<enrolment::Model, EnrolmentError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentCreate, &dossier.facts())?;
    dossier.check_version(version)?;
    change(tx, &grant, dossier, typed).await
}

/// The same, by the person who holds the link of a message. What they are does not change.
///
/// # Errors
/// [`EnrolmentError::LinkOver`], every fault, what the database answers.
pub async fn change_contact_by_link(
    tx: &mut Tx,
    token: &str,
    typed: &TypedContact,
) -> Result<enrolment::Model, EnrolmentError> {
    let purposes = [LinkPurpose::Confirm, LinkPurpose::Follow];
    let dossier = Dossier::by_link(tx, token, &purposes).await?;
    let grant = tx.authorize(Permission::EnrolmentAsk, &dossier.facts())?;
    let typed = TypedContact { status: dossier.enrolment.status.word(), ..typed.clone() };
    change(tx, &grant, dossier, &typed).await
}

async fn change(
    tx: &mut Tx,
    grant: &Grant,
    mut dossier: Dossier,
    typed: &TypedContact,
) -> Result<enrolment::Model, EnrolmentError> {
    if dossier.enrolment.erased_at.is_some() {
        return Err(EnrolmentError::Closed);
    }
    let of_age = settings::enrolment_rules(tx.conn()).await?.of_age;
    let born = BirthDate::parse(&dossier.enrolment.birth_date).ok();
    let today = dossier.today(tx.now());
    let minor = born.is_some_and(|born| born.age_on(today) < i32::from(of_age));
    let new = typed.read(minor)?;
    let changed = apply(&mut dossier.enrolment, new);
    if changed.contains(&"email") {
        // another address is nobody's until its link is followed
        dossier.enrolment.email_confirmed_at = None;
    }
    save(tx, &mut dossier.enrolment).await?;
    record(tx, grant, &dossier, What::ContactChanged(changed), None).await?;
    Ok(dossier.enrolment)
}

/// Writes what was typed; gives the names of what changed.
fn apply(row: &mut enrolment::Model, new: NewContact) -> Vec<&'static str> {
    let mut changed = Vec::new();
    let mut set = |name: &'static str, known: &mut String, typed: String| {
        if *known != typed {
            *known = typed;
            changed.push(name);
        }
    };
    set("email", &mut row.email, new.email.as_str().to_owned());
    set("phone", &mut row.phone, new.phone);
    set("postal_address", &mut row.postal_address, new.postal_address);
    set("job", &mut row.job, new.job);
    set("guardian_name", &mut row.guardian_name, new.guardian.name);
    set("guardian_email", &mut row.guardian_email, new.guardian.email);
    set("guardian_phone", &mut row.guardian_phone, new.guardian.phone);
    if row.status != new.status {
        row.status = new.status;
        changed.push("status");
    }
    changed
}

/// Sends another link to a person who lost theirs, or whose address changed: what it does follows from the state.
///
/// # Errors
/// [`EnrolmentError::Closed`] when nothing is left to follow, the refusal of the policy, what the database answers.
pub async fn send_link(tx: &mut Tx, id: EnrolmentId) -> Result<enrolment::Model, EnrolmentError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentCreate, &dossier.facts())?;
    let row = &dossier.enrolment;
    let purpose = match row.state {
        EnrolmentState::Offered => LinkPurpose::Offer,
        EnrolmentState::Requested | EnrolmentState::Waitlisted | EnrolmentState::Held
            if row.email_confirmed_at.is_none() =>
        {
            LinkPurpose::Confirm
        }
        EnrolmentState::Requested
        | EnrolmentState::Waitlisted
        | EnrolmentState::Held
        | EnrolmentState::Confirmed => LinkPurpose::Follow,
        _ => return Err(EnrolmentError::Closed),
    };
    let until = row.deadline_at.filter(|_| purpose == LinkPurpose::Offer).map(|at| *at);
    let link = make_link(tx, id, purpose, until).await?;
    record(tx, &grant, &dossier, What::LinkSent, Some(link)).await?;
    Ok(dossier.enrolment)
}
