//! Somebody does not wish to be asked, about this training or later.

use entity::survey;
use entity::survey_invitation;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::by_token;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::surveys::SurveyError;
use crate::features::surveys::events::What;

/// Keeps it: no reminder, and no later survey about this training.
///
/// # Errors
/// [`SurveyError::LinkUnknown`], [`SurveyError::Over`] once answered or declined, what the database answers.
pub async fn decline(tx: &mut Tx, token: &str) -> Result<survey::Model, SurveyError> {
    let (opened, mut invitation) = by_token(tx, token).await?;
    let grant = tx.authorize(Permission::SurveyAnswer, &opened.facts())?;
    if invitation.answered || invitation.declined_at.is_some() {
        return Err(SurveyError::Over);
    }
    invitation.declined_at = Some(tx.instant());
    survey_invitation::Entity::update(invitation.into_active_model().reset_all()).exec(tx.conn()).await?;
    opened.record(tx, &grant, What::Declined).await
}
