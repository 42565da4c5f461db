//! Logs a step of the training, or an observation of the practice of someone habilitated, with its sheet.

use entity::habilitation::{self, HabilitationState};
use entity::habilitation_step::{self, StepKind};
use entity::ids::{HabilitationId, HabilitationStepId, MissionId};
use entity::mission;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use time::Date;

use super::apply::missing;
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Faults;
use crate::features::experts::events::What;
use crate::features::experts::state::Step;
use crate::features::experts::{ExpertError, input, labels, queries};
use crate::features::settings;
use crate::rules::line;

/// A step done, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedStep {
    /// What was done.
    pub kind: StepKind,
    /// The day.
    pub done_on: String,
    /// Where.
    pub place: String,
    /// What was seen.
    pub sheet: String,
    /// The plan as it stands after the step; empty when it does not change.
    pub action_plan: String,
    /// The mission of observation whose report it rests on.
    pub mission: Option<MissionId>,
}

/// Logs a step. The senior named in the file does it, or the manager.
///
/// # Errors
/// Every fault, the sheet among them; the refusals of every act.
pub async fn log_step(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    typed: &LoggedStep,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationLog).await?;
    opened.check(Step::LogStep)?;
    let mut faults = Faults::default();
    let done_on = faults.required_date("/done_on", &typed.done_on);
    if done_on.is_some_and(|day| day > opened.latest_day(tx)) {
        faults.push("/done_on", "in-the-future", "Cette étape n’a pas encore eu lieu");
    }
    let place = faults.read("/place", line::optional(&typed.place, 200), |error| error.code());
    let sheet = input::text("/sheet", &typed.sheet, 4000, &mut faults);
    let plan = input::text("/action_plan", &typed.action_plan, 2000, &mut faults);
    if typed.sheet.trim().is_empty() {
        faults.push("/sheet", "missing", "Remplissez la fiche de l’étape");
    }
    if let Some(mission) = typed.mission {
        check_mission(tx, &opened.file, mission, &mut faults).await?;
    }
    let steps = settings::path_rules(tx.conn()).await?.steps(opened.file.duty);
    let wanted = steps.iter().any(|(kind, _)| *kind == typed.kind);
    if opened.file.state == HabilitationState::Active && typed.kind != StepKind::Observation {
        faults.push("/kind", "unknown", labels::faults::PRACTICE_ONLY);
    } else if !wanted {
        let message = "Cette étape ne fait pas partie du parcours de cette fonction";
        faults.push("/kind", "unknown", message);
    }
    let (((done_on, place), sheet), plan) = faults.or(done_on.zip(place).zip(sheet).zip(plan))?;
    if opened.file.applied_on.is_some_and(|applied| done_on < applied) {
        return Err(vec![missing("/done_on", "Cette étape vient avant la candidature")].into());
    }
    let step = insert_step(tx, id, typed.kind, done_on, &place, &sheet, typed.mission).await?;
    if !plan.is_empty() {
        opened.file.action_plan = plan;
    }
    opened
        .step(tx, Step::LogStep, What::StepLogged { step, kind: typed.kind, done_on, mission: typed.mission })
        .await
}

/// Refuses a mission that the step may not rest on, or that another step of the file rests on.
async fn check_mission(
    tx: &Tx,
    file: &habilitation::Model,
    id: MissionId,
    faults: &mut Faults,
) -> Result<(), ExpertError> {
    use habilitation_step::Column;
    let found = mission::Entity::find_by_id(id).one(tx.conn()).await?;
    let rested = habilitation_step::Entity::find()
        .filter(Column::HabilitationId.eq(file.id))
        .filter(Column::MissionId.eq(id))
        .one(tx.conn())
        .await?;
    if rested.is_some() {
        faults.push("/mission_id", "unknown", labels::faults::MISSION_RESTED);
    } else if found.is_none_or(|row| !queries::may_rest_on(file, &row)) {
        faults.push("/mission_id", "unknown", labels::faults::MISSION_UNFIT);
    }
    Ok(())
}

/// Writes a step; gives its key.
pub(super) async fn insert_step(
    tx: &Tx,
    id: HabilitationId,
    kind: StepKind,
    done_on: Date,
    place: &str,
    sheet: &str,
    mission: Option<MissionId>,
) -> Result<HabilitationStepId, ExpertError> {
    let id_of_step: HabilitationStepId = tx.new_id();
    let row = habilitation_step::Model {
        id: id_of_step,
        habilitation_id: id,
        kind,
        done_on,
        place: place.to_owned(),
        sheet: sheet.to_owned(),
        logged_by: tx.actor().account_id(),
        logged_at: tx.instant(),
        mission_id: mission,
    };
    let insert = habilitation_step::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(id_of_step)
}
