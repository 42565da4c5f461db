//! The structure gives up (row 23).

use entity::agreement_request::{self, RequestState};
use entity::ids::AgreementRequestId;

use crate::authz::Permission;
use crate::db::Tx;
use crate::events::{Invitation, InvitationMethod};
use crate::features::agreements::actions::record_step;
use crate::features::agreements::actions::visit::{give_back, invitation};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::state::Step;

/// Withdraws the request; the reason is not demanded.
///
/// # Errors
/// A decision already taken; the refusals of every act.
pub async fn withdraw(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    reason: &str,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestWithdraw, &dossier.facts())?;
    dossier.check_version(version)?;
    let cancelled = cancelled_visit(&dossier);
    if cancelled.is_some() {
        give_back(tx, &dossier).await?;
    }
    let line = dossier.step(tx, Step::Withdraw, |_| {}).await?;
    record_step(tx, &grant, &dossier, line, What::Withdrawn { reason: reason.trim(), cancelled }).await?;
    Ok(dossier.request)
}

/// What takes the visit off the calendar of the contrôleur, when one was to come.
fn cancelled_visit(dossier: &Dossier) -> Option<Invitation> {
    let request = &dossier.request;
    if request.state != RequestState::VisitScheduled {
        return None;
    }
    let (at, zone, place) =
        (request.visit_at?, request.visit_zone.as_deref()?, request.visit_place.as_deref()?);
    let invitation = invitation(dossier, *at, zone, place, request.visit_sequence + 1);
    Some(Invitation { method: InvitationMethod::Cancel, ..invitation })
}
