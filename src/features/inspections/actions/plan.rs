//! An inspection is to be made (C1).

use entity::agreement::{self, AgreementState};
use entity::inspection::{self, Trigger};
use entity::{certification_version, structure};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
};

use super::record;
use crate::authz::{Facts, Permission};
use crate::db::{Tx, next_number};
use crate::features::agreements::AgreementError;
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::PlanInput;
use crate::features::inspections::labels;
use crate::features::inspections::state::BEGINS;
use crate::rules::deadline::day_in_zone;
use crate::rules::fold::searchable;

/// Plans an inspection. A periodic one is planned once in a period, which the database holds too.
///
/// # Errors
/// Every fault of what was typed; an agreement that is over; a periodic inspection already there; the refusals of every act.
pub async fn plan(tx: &mut Tx, input: &PlanInput) -> Result<inspection::Model, InspectionError> {
    let right = agreement::Entity::find_by_id(input.agreement_id).lock_exclusive().one(tx.conn()).await?;
    let right = right.ok_or(InspectionError::NotFound)?;
    let structure = structure::Entity::find_by_id(right.structure_id).one(tx.conn()).await?;
    let structure = structure.ok_or(InspectionError::NotFound)?;
    let version =
        certification_version::Entity::find_by_id(right.certification_version_id).one(tx.conn()).await?;
    let facts = Facts {
        structure: Some(structure.id),
        region: Some(structure.region.clone()),
        certification: version.map(|version| version.certification_id),
        ..Facts::default()
    };
    let grant = tx.authorize(Permission::InspectionPlan, &facts)?;
    let faults = input.faults(day_in_zone(tx.now(), &structure.zone));
    if !faults.is_empty() {
        return Err(InspectionError::Invalid(faults));
    }
    check_right(&right)?;
    if input.trigger == Trigger::Periodic && has_periodic(tx, &right).await? {
        let detail = labels::refusals::PERIODIC_THERE;
        return Err(InspectionError::blocked("inspection-periodic-exists", detail, Vec::new()));
    }
    let number = next_number(tx, "CTL", tx.now().year()).await?;
    let row = inspection::Model {
        id: tx.new_id(),
        search: searchable(&format!("{number} {} {}", structure.name, right.number)),
        number,
        agreement_id: right.id,
        structure_id: right.structure_id,
        site_id: input.site_id,
        origin: input.trigger,
        reason: input.reason.trim().to_owned(),
        mode: input.mode,
        state: BEGINS.0,
        follows_id: input.follows_id,
        due_on: input.due_on,
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
        controller_id: None,
        mission_id: None,
        tie_override: None,
        assigned_at: None,
        starts_at: None,
        ends_at: None,
        zone: structure.zone.clone(),
        place: String::new(),
        accepted_by: None,
        accepted_on: None,
        moved_by_structure: false,
        first_starts_at: None,
        sequence: 0,
        notified_at: None,
        pieces_asked: String::new(),
        sample_rule: String::new(),
        grid: None,
        performed_at: None,
        persons_met: None,
        rating: None,
        refusal: None,
        refused_at: None,
        report: None,
        report_sent_at: None,
        comments_due_at: None,
        proposal: None,
        proposed_at: None,
        conclusion: None,
        validated_by: None,
        concluded_at: None,
        escalated_at: None,
        closed_at: None,
        closing: None,
        deadline_at: None,
        warned: 0,
        version: 1,
    };
    let row = row.into_active_model().reset_all().insert(tx.conn()).await?;
    let dossier = Dossier::around(tx.conn(), row).await?;
    let states = (None, Some(BEGINS.0.word()));
    record(tx, &grant, &dossier, (BEGINS.1, BEGINS.2), states, What::Planned).await?;
    Ok(dossier.inspection)
}

/// What is over or waits for its signatures is not inspected.
fn check_right(right: &agreement::Model) -> Result<(), InspectionError> {
    use AgreementState as S;
    if matches!(right.state, S::Active | S::ActiveWithReserves | S::Suspended) {
        return Ok(());
    }
    let detail = labels::refusals::RIGHT_OVER;
    Err(AgreementError::blocked("agreement-over", detail, Vec::new()).into())
}

async fn has_periodic(tx: &Tx, right: &agreement::Model) -> Result<bool, InspectionError> {
    use inspection::{Column, InspectionState};
    let found = inspection::Entity::find()
        .filter(Column::AgreementId.eq(right.id))
        .filter(Column::Origin.eq(Trigger::Periodic))
        .filter(Column::State.ne(InspectionState::Cancelled))
        .count(tx.conn())
        .await?;
    Ok(found > 0)
}
