//! The certifier takes an offer back: the person waits again, first. The seat stays free until it is offered again.

use entity::enrolment;
use entity::enrolment_link::LinkPurpose;
use entity::enrolment_offer::OfferState;
use entity::ids::EnrolmentId;

use super::{close_offer, make_link, record, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::enrolments::dossier::Dossier;
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::state::Step;

/// The rank of whoever waits first.
const FIRST: i32 = 1;

/// Takes it back.
///
/// # Errors
/// [`EnrolmentError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn recall_offer(
    tx: &mut Tx,
    id: EnrolmentId,
    version: Option<i32>,
) -> Result<enrolment::Model, EnrolmentError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentManage, &dossier.facts())?;
    dossier.check_version(version)?;
    let line = dossier.next(Step::Recall)?;
    close_offer(tx, id, OfferState::Withdrawn).await?;
    dossier.seats.enter_queue(tx, FIRST).await?;
    step(tx, &mut dossier, line, |enrolment| enrolment.rank = Some(FIRST)).await?;
    let known = dossier.enrolment.email_confirmed_at.is_some();
    let purpose = if known { LinkPurpose::Follow } else { LinkPurpose::Confirm };
    let link = make_link(tx, id, purpose, None).await?;
    record(tx, &grant, &dossier, What::Stepped(line), Some(link)).await?;
    Ok(dossier.enrolment)
}
