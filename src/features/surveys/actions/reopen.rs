//! Lets people answer a closed survey again, for as long as it had been open at first.

use entity::ids::SurveyId;
use entity::survey;
use time::Duration;

use super::{Opened, next_alarm};
use crate::db::Tx;
use crate::features::settings;
use crate::features::surveys::SurveyError;
use crate::features::surveys::events::What;
use crate::features::surveys::state::Step;

/// Reopens it; the links of the messages work again.
///
/// # Errors
/// The state, [`SurveyError::Stale`], the refusal of the policy, what the database answers.
pub async fn reopen(tx: &mut Tx, id: SurveyId, seen: Option<i32>) -> Result<survey::Model, SurveyError> {
    let (mut opened, grant) = Opened::allowed(tx, id, seen).await?;
    let line = opened.next(Step::Reopen)?;
    let rules = settings::survey_rules(tx.conn()).await?;
    opened.survey.state = line.to;
    opened.survey.closes_at = (tx.now() + Duration::days(rules.hot_days.into())).into();
    opened.survey.deadline_at = Some(next_alarm(tx.now(), opened.survey.closes_at, &rules));
    opened.save(tx).await?;
    opened.record(tx, &grant, What::Stepped { line, asked: Vec::new() }).await
}
