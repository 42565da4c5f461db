//! Opens a file: someone asks to be habilitated.

use entity::habilitation::{self, Duty, HabilitationState};
use entity::ids::{CertificationId, ExpertId};
use entity::{certification, expert};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::error::{Fault, Faults};
use crate::features::experts::events::{HabilitationEvent, What};
use crate::features::experts::state::{self, Step};
use crate::features::experts::{ExpertError, input, labels};
use crate::rules::deadline::day_in_zone;

/// An application, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// What it would allow.
    pub duty: Duty,
    /// Only this certification.
    pub certification: Option<CertificationId>,
    /// INSEE codes of regions; none = everywhere.
    pub regions: Vec<String>,
    /// Experience and wishes.
    pub motivation: String,
}

/// Opens the file of an expert.
///
/// # Errors
/// Every fault, [`ExpertError::AlreadyOpen`], the refusal of the policy, what the database answers.
pub async fn apply(
    tx: &mut Tx,
    id: ExpertId,
    typed: &Application,
) -> Result<habilitation::Model, ExpertError> {
    let found = expert::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let expert = found.ok_or(ExpertError::NotFound)?;
    let facts = Facts { certification: typed.certification, ..Facts::of_expert(&expert) };
    let grant = tx.authorize(Permission::HabilitationApply, &facts)?;
    let mut faults = Faults::default();
    let motivation = match typed.motivation.trim() {
        "" => {
            faults.push("/motivation", "missing", "Décrivez l’expérience et les souhaits de la personne");
            None
        }
        text => input::text("/motivation", text, 2000, &mut faults),
    };
    let regions = input::regions("/regions", &typed.regions, &mut faults);
    if let Some(certification) = typed.certification
        && certification::Entity::find_by_id(certification).one(tx.conn()).await?.is_none()
    {
        faults.push("/certification_id", "unknown", labels::faults::UNKNOWN_CERTIFICATION);
    }
    let (motivation, regions) = faults.or(motivation.zip(regions))?;
    let open = habilitation::Entity::find()
        .filter(habilitation::Column::ExpertId.eq(id))
        .filter(habilitation::Column::Duty.eq(typed.duty))
        .filter(habilitation::Column::State.is_in([
            HabilitationState::Applied,
            HabilitationState::InTraining,
            HabilitationState::Presented,
            HabilitationState::Active,
            HabilitationState::Suspended,
        ]))
        .all(tx.conn())
        .await?;
    let same = |other: &habilitation::Model| {
        other.certification_id == typed.certification
            || other.certification_id.is_none()
            || typed.certification.is_none()
    };
    if open.iter().any(same) {
        return Err(ExpertError::AlreadyOpen);
    }
    let line = state::TABLE.next(None, Step::Apply)?;
    let today = day_in_zone(tx.now(), &expert.zone);
    let file = habilitation::Model {
        applied_on: Some(today),
        motivation,
        ..blank(tx.new_id(), id, typed.duty, line.to, typed.certification, &regions)
    };
    let insert = habilitation::Entity::insert(file.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let base_url = tx.app().config.public_url.trim_end_matches('/').to_owned();
    let event = HabilitationEvent {
        expert,
        before: None,
        file: file.clone(),
        line: line.event,
        base_url,
        at: tx.instant(),
        by: tx.actor().account_id(),
        what: What::Applied,
    };
    tx.record(&grant, &event).await?;
    Ok(file)
}

/// A file in which nothing was said yet.
pub(in super::super) fn blank(
    id: entity::ids::HabilitationId,
    expert_id: ExpertId,
    duty: Duty,
    state: HabilitationState,
    certification_id: Option<CertificationId>,
    regions: &[&str],
) -> habilitation::Model {
    habilitation::Model {
        id,
        expert_id,
        duty,
        state,
        certification_id,
        regions: regions.join(","),
        applied_on: None,
        motivation: String::new(),
        senior_id: None,
        action_plan: String::new(),
        charter_signed_at: None,
        jury_on: None,
        jury: String::new(),
        decided_at: None,
        decision_text: String::new(),
        redo: String::new(),
        deferred_at: None,
        withdrawal_reason: None,
        withdrawal_asked_by: None,
        withdrawal_asked_at: None,
        withdrawal_answer: None,
        withdrawal_answered_at: None,
        jury_at: None,
        jury_place: None,
        jury_version: None,
        version: 1,
    }
}

/// A fault of a field that must be filled in.
pub(super) fn missing(pointer: &str, message: &str) -> Fault {
    Fault::new(pointer, "missing", message)
}
