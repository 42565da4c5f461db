//! An agreement with everything of its life, for its page.

use entity::{
    agreement, agreement_request, partner_update, reserve, right_act, right_change, sanction_ground,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::acts;
use crate::authz::{Actor, visible};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;

/// An agreement and its life.
#[derive(Clone, Debug)]
pub struct RightFile {
    /// The agreement.
    pub right: agreement::Model,
    /// The request that gave it, with the structure and the certification.
    pub dossier: Dossier,
    /// Its reserves, by position.
    pub reserves: Vec<reserve::Model>,
    /// Its acts, the last one first.
    pub acts: Vec<right_act::Model>,
    /// The findings of its acts.
    pub grounds: Vec<sanction_ground::Model>,
    /// Its declared changes, the last one first.
    pub changes: Vec<right_change::Model>,
    /// The updates of the list of partners that it made due, the last one first.
    pub updates: Vec<partner_update::Model>,
}

impl RightFile {
    /// The words of the findings of an act.
    #[must_use]
    pub fn grounds_of(&self, act: &right_act::Model) -> Vec<&sanction_ground::Model> {
        self.grounds.iter().filter(|ground| ground.act_id == act.id).collect()
    }
}

/// An agreement that the actor may see, by its number, with its life.
///
/// # Errors
/// [`AgreementError::NotFound`], or what the database answers.
pub async fn right_file(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<RightFile, AgreementError> {
    let right = agreement::Entity::find()
        .filter(visible::agreements(actor))
        .filter(agreement::Column::Number.eq(number))
        .one(conn)
        .await?
        .ok_or(AgreementError::NotFound)?;
    let request = agreement_request::Entity::find_by_id(right.request_id).one(conn).await?;
    let dossier = Dossier::around(conn, request.ok_or(AgreementError::NotFound)?).await?;
    let reserves = reserve::Entity::find()
        .filter(reserve::Column::AgreementId.eq(right.id))
        .order_by_asc(reserve::Column::Position)
        .all(conn)
        .await?;
    let acts = acts::of_agreement(conn, right.id).await?;
    let grounds = acts::grounds_of(conn, &acts).await?;
    let changes = acts::changes(conn, right.id).await?;
    let updates = partner_update::Entity::find()
        .filter(partner_update::Column::AgreementId.eq(right.id))
        .order_by_desc(partner_update::Column::Id)
        .all(conn)
        .await?;
    Ok(RightFile { right, dossier, reserves, acts, grounds, changes, updates })
}
