//! The contract or the convention is signed: the withdrawal period of an individual begins, a convention confirms at once.

use entity::enrolment_link::LinkPurpose;
use entity::enrolment_need::{self, Prerequisites};
use entity::ids::{EnrolmentId, TrainingBuyerId};
use entity::training_buyer::{self, BuyerKind};
use entity::{Instant, enrolment};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::Date;

use super::{make_link, may_follow, record, step};
use crate::authz::Grant;
use crate::db::{self, Tx};
use crate::error::Fault;
use crate::features::enrolments::dossier::{Dossier, is_past};
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::input::TypedContract;
use crate::features::enrolments::labels::faults;
use crate::features::enrolments::state::Step;
use crate::features::settings;
use crate::rules::deadline;
use crate::rules::territory;
use crate::rules::training::withdrawal;

/// Records the signature. What an individual signed is confirmed when the days to withdraw have passed, what an employer
/// signed now.
///
/// The team records it, or the program once every signatory of a paper has signed.
///
/// # Errors
/// [`EnrolmentError::Stale`], [`EnrolmentError::Closed`], prerequisites that are not met, a day to come, the state, the
/// refusal of the policy, what the database answers.
pub async fn contract(
    tx: &mut Tx,
    id: EnrolmentId,
    version: Option<i32>,
    typed: &TypedContract,
) -> Result<enrolment::Model, EnrolmentError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = may_follow(tx, &dossier)?;
    dossier.check_version(version)?;
    let line = dossier.next(Step::Contract)?;
    let signed = typed.read()?;
    let today = dossier.today(tx.now());
    if signed.signed_on > today {
        return Err(vec![Fault::new("/signed_on", "future-date", faults::AFTER_TODAY)].into());
    }
    if is_past(&dossier.session, tx.now()) {
        return Err(EnrolmentError::Closed);
    }
    check_prerequisites(tx, id).await?;
    let until = match kind_of(tx, dossier.enrolment.buyer_id).await? {
        BuyerKind::Individual => {
            let rules = settings::withdrawal_rules(tx.conn()).await?;
            let calendar = territory::calendar(&dossier.session.department);
            Some(withdrawal::until(signed.signed_on, signed.remote, calendar, &rules))
        }
        BuyerKind::Employer => None,
    };
    let alarm = until.map(|day| end_of(&dossier, day)).transpose()?;
    let now = tx.instant();
    step(tx, &mut dossier, line, |enrolment| {
        enrolment.contracted_at = Some(now);
        enrolment.remote_contract = signed.remote;
        enrolment.withdrawal_until = until;
        enrolment.deadline_at = alarm;
    })
    .await?;
    record(tx, &grant, &dossier, What::Stepped(line), None).await?;
    if until.is_none_or(|day| day < today) {
        confirm(tx, &grant, &mut dossier).await?;
    }
    Ok(dossier.enrolment)
}

/// Confirms an enrolment whose contract binds: the person may be called.
pub(super) async fn confirm(tx: &mut Tx, grant: &Grant, dossier: &mut Dossier) -> Result<(), EnrolmentError> {
    let line = dossier.next(Step::Confirm)?;
    let now = tx.instant();
    step(tx, dossier, line, |enrolment| enrolment.confirmed_at = Some(now)).await?;
    let link = make_link(tx, dossier.enrolment.id, LinkPurpose::Follow, None).await?;
    record(tx, grant, dossier, What::Stepped(line), Some(link)).await
}

/// What an enrolment was bought as.
pub(super) async fn kind_of(tx: &Tx, buyer: TrainingBuyerId) -> Result<BuyerKind, EnrolmentError> {
    let found = training_buyer::Entity::find_by_id(buyer).one(tx.conn()).await?;
    Ok(found.ok_or(EnrolmentError::NotFound)?.kind)
}

/// Somebody who may not follow the training does not sign for it.
async fn check_prerequisites(tx: &Tx, id: EnrolmentId) -> Result<(), EnrolmentError> {
    let need = enrolment_need::Entity::find()
        .filter(enrolment_need::Column::EnrolmentId.eq(id))
        .one(tx.conn())
        .await?;
    match need {
        Some(need) if need.prerequisites == Prerequisites::NotMet => {
            Err(EnrolmentError::Lacking(vec![faults::PREREQUISITES_NOT_MET.to_owned()]))
        }
        _ => Ok(()),
    }
}

/// The end of a day where the session is.
fn end_of(dossier: &Dossier, day: Date) -> Result<Instant, EnrolmentError> {
    let end = deadline::end_of_day(day, &dossier.session.zone).map_err(|_| db::Error::Inconsistent {
        table: "training_session",
        id: dossier.session.id.to_string(),
        what: "has no such zone",
    })?;
    Ok(end.into())
}
