//! Records a version of what everybody is given: welcome booklet, house rules, terms. A version never changes.

use entity::ids::TrainingHandbookId;
use entity::training_handbook::{self, HandbookKind};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use time::Date;

use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::features::papers::PaperError;
use crate::features::papers::events::HandbookRecorded;
use crate::features::papers::labels;
use crate::storage::receive::{Attached, Received, attach};

/// A version to record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHandbook {
    /// What it is.
    pub kind: HandbookKind,
    /// From when it is given.
    pub in_force_on: Date,
    /// Name of its file.
    pub file_name: String,
    /// The file, already checked and in the store.
    pub file: Received,
}

/// Records a version, numbered after the last one of its kind.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn record_handbook(tx: &mut Tx, new: &NewHandbook) -> Result<training_handbook::Model, PaperError> {
    let grant = tx.authorize(Permission::HandbookManage, &Facts::default())?;
    let last = training_handbook::Entity::find()
        .filter(training_handbook::Column::Kind.eq(new.kind))
        .order_by_desc(training_handbook::Column::Number)
        .one(tx.conn())
        .await?;
    let id: TrainingHandbookId = tx.new_id();
    let word = new.kind.word();
    let file = Attached {
        kind: &word,
        title: labels::handbook(new.kind),
        file_name: &new.file_name,
        sha256: &new.file.sha256,
        size: new.file.size,
        media_type: new.file.kind.media_type(),
    };
    let document = attach(tx, ("training_handbook", id.0), file).await?;
    let row = training_handbook::Model {
        id,
        kind: new.kind,
        number: last.map_or(0, |row| row.number) + 1,
        document_id: document.id,
        in_force_on: new.in_force_on,
        recorded_by: tx.actor().account_id(),
        recorded_at: tx.instant(),
    };
    let insert = training_handbook::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    tx.record(&grant, &HandbookRecorded { row: row.clone(), document }).await?;
    Ok(row)
}
