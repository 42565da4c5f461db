//! Reminds those who did not answer.

use entity::ids::SurveyId;
use entity::survey::{self, SurveyState};
use entity::survey_invitation;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::{Opened, next_alarm, recipient};
use crate::authz::Grant;
use crate::db::Tx;
use crate::features::settings;
use crate::features::surveys::events::{Asked, What};
use crate::features::surveys::state::{InvalidStep, Step};
use crate::features::surveys::{SurveyError, link};

/// Reminds them now, whatever was sent before.
///
/// # Errors
/// [`SurveyError::Nobody`], the state, [`SurveyError::Stale`], the refusal of the policy, what the database answers.
pub async fn remind(tx: &mut Tx, id: SurveyId, seen: Option<i32>) -> Result<survey::Model, SurveyError> {
    let (opened, grant) = Opened::allowed(tx, id, seen).await?;
    if opened.survey.state != SurveyState::Open {
        return Err(InvalidStep { from: Some(opened.survey.state), step: Step::Open }.into());
    }
    let waiting = waiting(tx, &opened.survey, i32::MAX).await?;
    if waiting.is_empty() {
        return Err(SurveyError::Nobody);
    }
    send(tx, &grant, opened, waiting).await
}

/// Those who did not answer and were reminded fewer times than this.
pub(super) async fn waiting(
    tx: &Tx,
    survey: &survey::Model,
    most: i32,
) -> Result<Vec<survey_invitation::Model>, SurveyError> {
    use survey_invitation::Column;
    let found = survey_invitation::Entity::find()
        .filter(Column::SurveyId.eq(survey.id))
        .filter(Column::Answered.eq(false))
        .filter(Column::DeclinedAt.is_null())
        .filter(Column::Reminders.lt(most));
    Ok(found.order_by_asc(Column::Id).all(tx.conn()).await?)
}

/// Writes to them, and sets the next alarm.
pub(super) async fn send(
    tx: &mut Tx,
    grant: &Grant,
    mut opened: Opened,
    waiting: Vec<survey_invitation::Model>,
) -> Result<survey::Model, SurveyError> {
    let rules = settings::survey_rules(tx.conn()).await?;
    // Once nobody is to be reminded again, the next alarm is that of the end.
    let again = waiting.iter().any(|row| row.reminders + 1 < i32::from(rules.reminders));
    let mut asked = Vec::new();
    for mut row in waiting {
        let Some(to) = recipient(&row) else { continue };
        asked.push(Asked { to, link: link::address(tx.app(), row.id)? });
        row.reminders += 1;
        row.reminded_at = Some(tx.instant());
        survey_invitation::Entity::update(row.into_active_model().reset_all()).exec(tx.conn()).await?;
    }
    let closes_at = opened.survey.closes_at;
    opened.survey.deadline_at = Some(if again { next_alarm(tx.now(), closes_at, &rules) } else { closes_at });
    opened.save(tx).await?;
    opened.record(tx, grant, What::Reminded(asked)).await
}
