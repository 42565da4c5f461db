//! The contrôleur in charge does not make the visit after all: they drop out, the team takes it back, or the program
//! does from someone who lost the right or the independence that it wants. Its date goes with them, since whoever comes
//! next fixes their own; the file waits for somebody else, as after a refusal (row 9).

use entity::ids::AgreementRequestId;
use entity::{agreement_request, grid_score};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::half_days::give_back;
use super::invitation::{cancelled, controller_name};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::required;
use crate::features::agreements::state::{self, Step};

/// Whose doing it is that the visit has nobody any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleasedBy {
    /// The contrôleur cannot come any more.
    Controller,
    /// The team takes it back.
    Team,
    /// The program does.
    Program,
}

/// Takes the visit back from the contrôleur in charge, who may do it themselves.
///
/// # Errors
/// An empty reason; the refusals of every act.
pub async fn release(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    reason: &str,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestRelease, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, Step::Release)?;
    let reason = required("/reason", reason, "Dites en quelques mots pourquoi la visite change de mains")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let own = tx.actor().expert().is_some() && tx.actor().expert() == dossier.request.controller_id;
    let by = if own { ReleasedBy::Controller } else { ReleasedBy::Team };
    release_from(tx, &grant, &mut dossier, &reason, by).await?;
    Ok(dossier.request)
}

/// Takes the visit of a dossier back, for a reason in words.
pub(super) async fn release_from(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &mut Dossier,
    reason: &str,
    by: ReleasedBy,
) -> Result<(), AgreementError> {
    let (controller, name) = (dossier.request.controller_id, controller_name(tx, dossier).await?);
    let cancelled = cancelled(dossier);
    if cancelled.is_some() {
        give_back(tx, dossier).await?;
    }
    forget_scores(tx, &dossier.request).await?;
    // The next date must not be taken for one that comes before this cancellation.
    let sequence = dossier.request.visit_sequence + if cancelled.is_some() { 2 } else { 0 };
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::Release, |row| {
            row.controller_id = Set(None);
            row.assigned_at = Set(None);
            row.given_back_at = Set(Some(now));
            row.tie_override = Set(None);
            row.visit_at = Set(None);
            row.visit_zone = Set(None);
            row.visit_place = Set(None);
            row.visit_mode = Set(None);
            row.visit_sequence = Set(sequence);
            row.visit_moved_by_structure = Set(false);
            row.visit_accepted_by = Set(None);
            row.visit_accepted_on = Set(None);
        })
        .await?;
    let what = What::Released { controller, controller_name: &name, reason, cancelled, by };
    record_step(tx, grant, dossier, line, what).await
}

/// The scores prepared for a visit that was not made are not those of whoever makes it.
async fn forget_scores(tx: &Tx, request: &agreement_request::Model) -> Result<(), AgreementError> {
    use grid_score::Column;
    grid_score::Entity::delete_many()
        .filter(Column::RequestId.eq(request.id))
        .filter(Column::Visit.eq(request.visit_number))
        .exec(tx.conn())
        .await?;
    Ok(())
}
