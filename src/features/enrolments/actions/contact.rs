//! Changes how a person is reached and what they are, or sends them another link.

use entity::enrolment::{self, EnrolmentState};
use entity::enrolment_link::{self, LinkPurpose};
use entity::ids::EnrolmentId;
use entity::training_session;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use time::Duration;

use super::{make_link, record, save};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::enrolments::dossier::Dossier;
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::input::{NewContact, TypedContact, TypedGuardian};
use crate::features::settings;
use crate::rules::civil_status::birth_date::BirthDate;
use crate::rules::email_address::EmailAddress;

/// Most links of an enrolment within a day: nobody fills the mailbox of another.
const MOST_A_DAY: u64 = 5;

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
    change(tx, &grant, dossier, typed, false).await
}

/// The same, by the person who holds the link of a message: only how they are reached changes. Another address is
/// confirmed by its own link, and the one before is told.
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
    let row = &dossier.enrolment;
    let guardian = TypedGuardian {
        name: row.guardian_name.clone(),
        email: row.guardian_email.clone(),
        phone: row.guardian_phone.clone(),
    };
    let (job, status) = (row.job.clone(), row.status.word());
    let typed = TypedContact { job, status, guardian, ..typed.clone() };
    change(tx, &grant, dossier, &typed, true).await
}

async fn change(
    tx: &mut Tx,
    grant: &Grant,
    mut dossier: Dossier,
    typed: &TypedContact,
    by_link: bool,
) -> Result<enrolment::Model, EnrolmentError> {
    if dossier.enrolment.erased_at.is_some() {
        return Err(EnrolmentError::Closed);
    }
    let of_age = settings::enrolment_rules(tx.conn()).await?.of_age;
    let born = BirthDate::parse(&dossier.enrolment.birth_date).ok();
    let today = dossier.today(tx.now());
    let minor = born.is_some_and(|born| born.age_on(today) < i32::from(of_age));
    let new = typed.read(minor)?;
    let known = dossier.enrolment.email.clone();
    let same = EmailAddress::parse(&known).is_ok_and(|known| known.key() == new.email.key());
    let fields = apply(&mut dossier.enrolment, new);
    if !same {
        // another address is nobody's until its link is followed
        dossier.enrolment.email_confirmed_at = None;
    }
    save(tx, &mut dossier.enrolment).await?;
    let (before, link) = if by_link && !same {
        let link = make_link(tx, dossier.enrolment.id, LinkPurpose::Confirm, None).await?;
        (Some(known), Some(link))
    } else {
        (None, None)
    };
    record(tx, grant, &dossier, What::ContactChanged { fields, before }, link).await?;
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
    write_link(tx, &grant, &dossier).await?;
    Ok(dossier.enrolment)
}

/// The same, for whoever knows the reference of the enrolment and its address: the link goes there and nowhere else. The
/// caller answers the same thing whatever happens here.
///
/// # Errors
/// [`EnrolmentError::NotFound`] when there is nobody to send it to, or after five in a day; [`EnrolmentError::Closed`], the
/// refusal of the policy, what the database answers.
pub async fn send_link_to(tx: &mut Tx, reference: &str, email: &str) -> Result<(), EnrolmentError> {
    let row = of_reference(tx, reference).await?.ok_or(EnrolmentError::NotFound)?;
    let typed = EmailAddress::parse(email).map_err(|_| EnrolmentError::NotFound)?;
    let known = EmailAddress::parse(&row.email).map_err(|_| EnrolmentError::NotFound)?;
    if typed.key() != known.key() {
        return Err(EnrolmentError::NotFound);
    }
    let dossier = Dossier::locked(tx, row.id).await?;
    let grant = tx.authorize(Permission::EnrolmentAsk, &dossier.facts())?;
    refuse_too_many(tx, row.id).await?;
    write_link(tx, &grant, &dossier).await
}

async fn write_link(tx: &mut Tx, grant: &Grant, dossier: &Dossier) -> Result<(), EnrolmentError> {
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
        | EnrolmentState::Contracted
        | EnrolmentState::Confirmed
        | EnrolmentState::Present
        | EnrolmentState::Absent
        | EnrolmentState::Completed
        | EnrolmentState::Postponed => LinkPurpose::Follow,
        EnrolmentState::DroppedOut
        | EnrolmentState::Expired
        | EnrolmentState::CancelledByClient
        | EnrolmentState::CancelledByProvider => return Err(EnrolmentError::Closed),
    };
    let until = row.deadline_at.filter(|_| purpose == LinkPurpose::Offer).map(|at| *at);
    let link = make_link(tx, row.id, purpose, until).await?;
    record(tx, grant, dossier, What::LinkSent, Some(link)).await
}

/// The enrolment of a reference, `SES-2026-0017-23`; none for any other text.
async fn of_reference(tx: &Tx, reference: &str) -> Result<Option<enrolment::Model>, EnrolmentError> {
    let Some((number, seq)) = reference.trim().rsplit_once('-') else { return Ok(None) };
    let Ok(seq) = seq.trim().parse::<i32>() else { return Ok(None) };
    let session = training_session::Entity::find()
        .filter(training_session::Column::Number.eq(number.trim().to_uppercase()))
        .one(tx.conn())
        .await?;
    let Some(session) = session else { return Ok(None) };
    let found = enrolment::Entity::find()
        .filter(enrolment::Column::SessionId.eq(session.id))
        .filter(enrolment::Column::Seq.eq(seq))
        .one(tx.conn())
        .await?;
    Ok(found.filter(|row| row.erased_at.is_none()))
}

async fn refuse_too_many(tx: &Tx, id: EnrolmentId) -> Result<(), EnrolmentError> {
    let yesterday = entity::Instant::from(tx.now() - Duration::days(1));
    let recent = enrolment_link::Entity::find()
        .filter(enrolment_link::Column::EnrolmentId.eq(id))
        .filter(enrolment_link::Column::CreatedAt.gt(yesterday))
        .count(tx.conn())
        .await?;
    if recent >= MOST_A_DAY { Err(EnrolmentError::NotFound) } else { Ok(()) }
}
