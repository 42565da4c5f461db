//! Writes past figures over what was known of the same years.

use entity::yearly_figure::{self, Column};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::super::activity::Figure;
use super::super::error::HomeError;
use super::super::events::HistoryImported;
use crate::authz::{Facts, Permission};
use crate::db::Tx;

/// Writes the figures.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn import_history(tx: &mut Tx, figures: &[Figure]) -> Result<(), HomeError> {
    let grant = tx.authorize(Permission::ActivityImport, &Facts::default())?;
    let rows = figures.iter().map(|figure| yearly_figure::ActiveModel {
        id: Set(format!("{}:{}", figure.year, figure.measure.word())),
        year: Set(figure.year),
        measure: Set(figure.measure.word().to_owned()),
        value: Set(figure.value),
    });
    if !figures.is_empty() {
        let again = OnConflict::column(Column::Id).update_column(Column::Value).to_owned();
        yearly_figure::Entity::insert_many(rows).on_conflict(again).exec_without_returning(tx.conn()).await?;
    }
    let id = tx.new_id();
    tx.record(&grant, &HistoryImported { id, figures }).await?;
    Ok(())
}
