//! An answer, which does not say whose it is.

use sea_orm::entity::prelude::*;

/// An answer, which does not say whose it is.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::SurveyAnswerId,
    pub survey_id: crate::ids::SurveyId,
    pub answers: Json,
    /// Of the general satisfaction, over 100.
    pub score: Option<i32>,
    /// The day alone, so that nobody is told apart by the hour.
    pub answered_on: time::Date,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
