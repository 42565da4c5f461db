//! A person who acts for the certifier: mandataire, contrôleur or formateur EPSP.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A person who acts for the certifier: mandataire, contrôleur or formateur EPSP.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "expert")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::ExpertId,
    #[sea_orm(column_type = "Text")]
    pub number: String,
    #[sea_orm(column_type = "Text")]
    pub family_name: String,
    #[sea_orm(column_type = "Text")]
    pub first_names: String,
    #[sea_orm(column_type = "Text")]
    pub search: String,
    #[sea_orm(column_type = "Text")]
    pub email: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub phone: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub employer: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    #[sea_orm(column_type = "Text")]
    pub department: String,
    #[sea_orm(column_type = "Text")]
    pub region: String,
    #[sea_orm(column_type = "Text")]
    pub zone: String,
    /// INSEE codes of the regions where the person works, joined by commas; empty = their own.
    #[sea_orm(column_type = "Text")]
    pub territories: String,
    /// Kilometres from home that the person travels.
    pub travel_km: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub languages: String,
    pub created_at: Instant,
    pub version: i32,
}

impl Model {
    /// « Zoé N’Guyen-d’Arc », as in a sentence.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first_names, self.family_name)
    }
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
