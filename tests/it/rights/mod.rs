//! Dated rights.

mod alerts;
pub mod concurrency;
mod engine;
mod list;
mod migration;
mod pages;
mod record;
mod sources;
mod states;

use entity::dated_right::{self, HolderKind, RightKind, RightState, SourceKind};
use sea_orm::{ActiveModelTrait, DbErr, EntityTrait, IntoActiveModel};
use time::Date;
use uuid::Uuid;

use crate::support::TestApp;

impl TestApp {
    /// A row of a right, written without the actions, to see what the database says.
    pub async fn raw_right(
        &self,
        holder: Uuid,
        scope: &str,
        days: (Date, Option<Date>),
        state: RightState,
    ) -> Result<dated_right::Model, DbErr> {
        self.raw_right_of(RightKind::Insurance, holder, scope, days, state).await
    }

    /// The same, of another kind.
    pub async fn raw_right_of(
        &self,
        kind: RightKind,
        holder: Uuid,
        scope: &str,
        (from, until): (Date, Option<Date>),
        state: RightState,
    ) -> Result<dated_right::Model, DbErr> {
        let row = dated_right::Model {
            id: self.app.new_id().into(),
            holder_kind: HolderKind::Structure,
            holder_id: holder,
            kind,
            scope: scope.to_owned(),
            reference: "AGR-2025-0042 P12".to_owned(),
            starts_on: from,
            ends_on: until,
            grace_until: None,
            state,
            source_kind: SourceKind::RequestPiece,
            source_id: self.app.new_id(),
            alerted: None,
            created_at: self.app.now().into(),
            version: 1,
        };
        let insert = dated_right::Entity::insert(row.clone().into_active_model().reset_all());
        insert.exec_without_returning(self.app.db.bookkeeping()).await?;
        Ok(row)
    }
}
