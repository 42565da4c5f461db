//! Somebody else of the same employer takes the seat, for nothing, until the day before the session.

use entity::enrolment::{self, EnrolmentCause, EnrolmentState, EnrolmentWay};
use entity::enrolment_link::LinkPurpose;
use entity::ids::EnrolmentId;
use entity::training_buyer::BuyerKind;

use super::begin::{Origin, begun, hold, insert, keys_of, refuse_twice, twice};
use super::contract::{confirm, kind_of};
use super::enrol::first_hold;
use super::{make_link, record, step};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::enrolments::dossier::Dossier;
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::input::TypedPerson;
use crate::features::enrolments::state::{Step, TABLE, is_bound};
use crate::features::settings;
use crate::rules::training::cancellation::replacement_until;

/// Replaces somebody: the convention of the employer stands, and the seat never comes free.
///
/// # Errors
/// [`EnrolmentError::Stale`], [`EnrolmentError::Personal`] for an individual contract, [`EnrolmentError::TooLate`], the
/// newcomer enrolled already, the state, the refusal of the policy, what the database answers.
pub async fn replace(
    tx: &mut Tx,
    id: EnrolmentId,
    version: Option<i32>,
    typed: &TypedPerson,
) -> Result<enrolment::Model, EnrolmentError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentCreate, &dossier.facts())?;
    dossier.check_version(version)?;
    let line = dossier.next(Step::Replace)?;
    if kind_of(tx, dossier.enrolment.buyer_id).await? == BuyerKind::Individual {
        return Err(EnrolmentError::Personal);
    }
    let rules = settings::cancellation_rules(tx.conn()).await?;
    let until = dossier.session.starts_on.map(|starts_on| replacement_until(starts_on, &rules));
    if let Some(until) = until.filter(|until| dossier.today(tx.now()) > *until) {
        return Err(EnrolmentError::TooLate(until));
    }
    let of_age = settings::enrolment_rules(tx.conn()).await?.of_age;
    let person = typed.read("", dossier.today(tx.now()), of_age)?;
    let keys = keys_of(tx, std::slice::from_ref(&person))?;
    refuse_twice(tx, &dossier.session, &keys).await.map_err(|error| at(error, "/family_name"))?;
    let before = dossier.enrolment.clone();
    let now = tx.instant();
    step(tx, &mut dossier, line, |enrolment| {
        enrolment.ended_at = Some(now);
        enrolment.cause = Some(EnrolmentCause::Employer);
    })
    .await?;
    record(tx, &grant, &dossier, What::Stepped(line), None).await?;
    let origin = Origin {
        way: way_of(tx, before.way),
        buyer: before.buyer_id,
        structure: before.structure_id,
        status: before.status,
    };
    let key = keys.into_iter().next().unwrap_or_default();
    let mut row = begun(tx, &dossier.session, origin, &person, key, &mut dossier.seats);
    row.replaces_id = Some(before.id);
    row.price_cents = before.price_cents;
    let first = first_hold(tx, &dossier.session).await?;
    let held = before.held_until.map_or(first, |until| first.max(*until));
    let held = dossier.session.starts_at.map_or(held, |starts| held.min(*starts));
    hold(&mut row, &mut dossier.seats, held);
    insert(tx, &row).await?;
    dossier.seats.save(tx).await?;
    dossier.enrolment = row;
    let line = TABLE.next(None, Step::Hold)?;
    let link = make_link(tx, dossier.enrolment.id, LinkPurpose::Confirm, None).await?;
    record(tx, &grant, &dossier, What::Stepped(line), Some(link)).await?;
    if is_bound(before.state) {
        bind(tx, &grant, &mut dossier, &before).await?;
    }
    Ok(dossier.enrolment)
}

/// The fault of the only person, at the first field of the form.
fn at(error: EnrolmentError, pointer: &str) -> EnrolmentError {
    match error {
        EnrolmentError::Invalid(_) => twice(pointer),
        other => other,
    }
}

/// Who replaces comes as whoever acts does.
fn way_of(tx: &Tx, before: EnrolmentWay) -> EnrolmentWay {
    if tx.actor().is_staff() {
        EnrolmentWay::Staff
    } else if tx.actor().structures().next().is_some() {
        EnrolmentWay::Structure
    } else {
        before
    }
}

/// The convention that was signed covers the newcomer.
async fn bind(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &mut Dossier,
    before: &enrolment::Model,
) -> Result<(), EnrolmentError> {
    let line = dossier.next(Step::Contract)?;
    step(tx, dossier, line, |enrolment| {
        enrolment.contracted_at = before.contracted_at;
        enrolment.remote_contract = before.remote_contract;
    })
    .await?;
    record(tx, grant, dossier, What::Stepped(line), None).await?;
    if before.state == EnrolmentState::Confirmed {
        confirm(tx, grant, dossier).await?;
    }
    Ok(())
}
