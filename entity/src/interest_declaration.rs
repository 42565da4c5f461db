//! The yearly declaration of interests of an expert: that it was made, whether there was nothing to tell, and what
//! ties with no structure it adds.

use sea_orm::entity::prelude::*;

/// The yearly declaration of interests of an expert. What it tells stands in `declared_interest`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "interest_declaration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::InterestDeclarationId,
    pub expert_id: crate::ids::ExpertId,
    pub year: i32,
    pub declared_on: time::Date,
    /// No tie with any structure.
    #[sea_orm(column_name = "none_to_tell")]
    pub nothing: bool,
    /// What is a tie with no recorded structure: shares, family in the network, services sold. Confidential.
    #[sea_orm(column_type = "Text")]
    pub note: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
