//! A support is accepted with its budget, refused with a reason, or looked at again.

use entity::ids::TeachingSupportId;
use entity::teaching_support;

use super::record_step;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::supports::dossier::Dossier;
use crate::features::supports::error::SupportError;
use crate::features::supports::events::What;
use crate::features::supports::input::{AcceptInput, text};
use crate::features::supports::state::Step;

/// Accepts a support, whose budget and payer are known.
///
/// # Errors
/// Every fault of the budget; the refusals of every act.
pub async fn accept(
    tx: &mut Tx,
    id: TeachingSupportId,
    seen: Option<i32>,
    input: &AcceptInput,
) -> Result<teaching_support::Model, SupportError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::SupportSettle, &dossier.facts())?;
    dossier.check_version(seen)?;
    let faults = input.faults();
    if !faults.is_empty() {
        return Err(SupportError::Invalid(faults));
    }
    let (by, now) = (tx.actor().account_id(), tx.instant());
    let line = dossier
        .step(tx, Step::Accept, |row| {
            row.half_days = Some(input.half_days);
            row.cost_cents = Some(input.cost_cents);
            row.payer = input.payer;
            row.settled_by = by;
            row.settled_at = Some(now);
            row.reason = None;
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Accepted).await?;
    Ok(dossier.support)
}

/// Refuses a support.
///
/// # Errors
/// No reason; the refusals of every act.
pub async fn refuse(
    tx: &mut Tx,
    id: TeachingSupportId,
    seen: Option<i32>,
    reason: &str,
) -> Result<teaching_support::Model, SupportError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::SupportSettle, &dossier.facts())?;
    dossier.check_version(seen)?;
    if let Some(fault) = text("/reason", reason, "Dites pourquoi cet appui est refusé") {
        return Err(SupportError::Invalid(vec![fault]));
    }
    let (by, now, reason) = (tx.actor().account_id(), tx.instant(), reason.trim().to_owned());
    let kept = reason.clone();
    let line = dossier
        .step(tx, Step::Refuse, |row| {
            row.settled_by = by;
            row.settled_at = Some(now);
            row.reason = Some(kept);
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Refused { reason: &reason }).await?;
    Ok(dossier.support)
}

/// Looks again at a support that was refused or cancelled: by mistake, or because it is wanted again.
///
/// # Errors
/// No reason; the refusals of every act.
pub async fn reconsider(
    tx: &mut Tx,
    id: TeachingSupportId,
    seen: Option<i32>,
    reason: &str,
) -> Result<teaching_support::Model, SupportError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::SupportSettle, &dossier.facts())?;
    dossier.check_version(seen)?;
    if let Some(fault) = text("/reason", reason, "Dites pourquoi cette demande est reprise") {
        return Err(SupportError::Invalid(vec![fault]));
    }
    let reason = reason.trim().to_owned();
    let line = dossier
        .step(tx, Step::Reconsider, |row| {
            row.settled_by = None;
            row.settled_at = None;
            row.reason = None;
            row.expert_id = None;
            row.mission_id = None;
            row.tie_override = None;
            row.starts_at = None;
            row.ends_at = None;
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Reconsidered { reason: &reason }).await?;
    Ok(dossier.support)
}
