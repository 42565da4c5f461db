//! Answers an application: no with a reason, or yes after the interview, and the training begins.

use entity::habilitation;
use entity::habilitation_step::StepKind;
use entity::ids::{ExpertId, HabilitationId};

use super::train::insert_step;
use super::{open, reason, senior};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Faults;
use crate::features::experts::events::What;
use crate::features::experts::state::Step;
use crate::features::experts::{ExpertError, input, labels, queries};

/// Does not retain an application.
///
/// # Errors
/// No reason; the refusals of every act.
pub async fn reject(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    typed: &str,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationManage).await?;
    opened.check(Step::Reject)?;
    let reason = reason(typed, "Dites pourquoi la candidature n’est pas retenue")?;
    opened.file.decision_text.clone_from(&reason);
    opened.file.decided_at = Some(tx.instant());
    opened.step(tx, Step::Reject, What::Rejected { reason }).await
}

/// What begins a training, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Day of the interview.
    pub interview_on: String,
    /// What was said.
    pub interview: String,
    /// The expert who accompanies, habilitated for the same duty.
    pub senior: Option<ExpertId>,
    /// What is planned.
    pub action_plan: String,
}

/// Admits to the training, once the interview took place.
///
/// # Errors
/// Every fault, pieces of the application that lack, by their names; the refusals of every act.
pub async fn admit(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    typed: &Admission,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationManage).await?;
    opened.check(Step::Admit)?;
    let mut faults = Faults::default();
    let interview_on = faults.required_date("/interview_on", &typed.interview_on);
    if interview_on.is_some_and(|day| day > opened.latest_day(tx)) {
        faults.push("/interview_on", "in-the-future", "L’entretien n’a pas encore eu lieu");
    }
    let interview = input::text("/interview", &typed.interview, 2000, &mut faults);
    let plan = input::text("/action_plan", &typed.action_plan, 2000, &mut faults);
    if typed.senior.is_none() {
        faults.push("/senior_id", "missing", "Nommez la personne qui accompagnera la formation");
    }
    let read = interview_on.zip(interview).zip(plan).zip(typed.senior);
    let (((interview_on, interview), plan), senior_id) = faults.or(read)?;
    let senior = senior(tx, senior_id, &opened).await?;
    let asked = queries::asked_pieces(tx.conn(), opened.file.duty, &opened.expert, opened.today).await?;
    let lacks: Vec<_> =
        asked.iter().filter(|piece| !piece.held).map(|piece| labels::piece(piece.code).to_owned()).collect();
    if !lacks.is_empty() {
        let detail = "Il manque des pièces à cette candidature.";
        return Err(ExpertError::blocked("habilitation-pieces-missing", detail, lacks));
    }
    insert_step(tx, id, StepKind::Interview, interview_on, "", &interview, None).await?;
    opened.file.senior_id = Some(senior.id);
    opened.file.action_plan = plan;
    let senior_name = senior.name();
    opened.step(tx, Step::Admit, What::Admitted { senior: senior.id, senior_name }).await
}
