//! Closes a survey.

use entity::ids::SurveyId;
use entity::survey;

use super::Opened;
use crate::authz::Grant;
use crate::db::Tx;
use crate::features::surveys::SurveyError;
use crate::features::surveys::events::What;
use crate::features::surveys::state::Step;

/// Closes it before its time.
///
/// # Errors
/// The state, [`SurveyError::Stale`], the refusal of the policy, what the database answers.
pub async fn close(tx: &mut Tx, id: SurveyId, seen: Option<i32>) -> Result<survey::Model, SurveyError> {
    let (opened, grant) = Opened::allowed(tx, id, seen).await?;
    end(tx, &grant, opened).await
}

pub(super) async fn end(
    tx: &mut Tx,
    grant: &Grant,
    mut opened: Opened,
) -> Result<survey::Model, SurveyError> {
    let line = opened.next(Step::Close)?;
    opened.survey.state = line.to;
    opened.survey.deadline_at = None;
    opened.save(tx).await?;
    opened.record(tx, grant, What::Stepped { line, asked: Vec::new() }).await
}
