//! Somebody answers, by the link of a message: what they say is kept apart from who they are.

use entity::ids::SurveyAnswerId;
use entity::survey::{self, SurveyState};
use entity::{survey_answer, survey_invitation};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::by_token;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::surveys::SurveyError;
use crate::features::surveys::events::What;
use crate::features::surveys::questions::{frozen, read};

/// Answers once; `typed` holds what is in the field of each question.
///
/// # Errors
/// Every fault, [`SurveyError::LinkUnknown`], [`SurveyError::Over`], what the database answers.
pub async fn answer(
    tx: &mut Tx,
    token: &str,
    typed: &[(String, String)],
) -> Result<survey::Model, SurveyError> {
    let (mut opened, mut invitation) = by_token(tx, token).await?;
    let grant = tx.authorize(Permission::SurveyAnswer, &opened.facts())?;
    let over = opened.survey.state != SurveyState::Open
        || tx.now() >= *opened.survey.closes_at
        || invitation.answered
        || invitation.declined_at.is_some();
    if over {
        return Err(SurveyError::Over);
    }
    let answered = read(&frozen(&opened.survey.questions), |key| field(typed, key))?;
    let row = survey_answer::Model {
        // Drawn, and not made of the hour: its place in the table says nothing of who answered.
        id: SurveyAnswerId(uuid::Builder::from_random_bytes(tx.app().random_bytes::<16>()).into_uuid()),
        survey_id: opened.survey.id,
        answers: serde_json::to_value(&answered.values).unwrap_or_default(),
        score: answered.score,
        answered_on: tx.now().date(),
    };
    survey_answer::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    invitation.answered = true;
    survey_invitation::Entity::update(invitation.into_active_model().reset_all()).exec(tx.conn()).await?;
    opened.survey.answered += 1;
    opened.save(tx).await?;
    opened.record(tx, &grant, What::Answered).await
}

/// What is in the field of a question; nothing when it was not sent.
fn field(typed: &[(String, String)], key: &str) -> String {
    typed.iter().find(|(known, _)| known == key).map(|(_, text)| text.clone()).unwrap_or_default()
}
