//! The structures that employ people or did.

use entity::employment::{self, Column};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};

use super::super::labels;
use super::super::ledger::{Known, Origin, Scope, made_at};
use crate::db;
use crate::rules::ties::{DatedTie, Tie};

pub(super) async fn read(conn: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Known>, db::Error> {
    let select = employment::Entity::find().order_by_asc(Column::Id);
    let rows = scope.within(select, Column::ExpertId, Column::StructureId).all(conn).await?;
    Ok(rows.into_iter().map(known).collect())
}

fn known(row: employment::Model) -> Known {
    Known {
        expert: row.expert_id,
        structure: row.structure_id,
        origin: Origin::Employment,
        learned_at: made_at(row.id.0),
        tie: DatedTie {
            tie: Tie::EmployeeBoardOrProvider,
            since: row.since,
            until: row.until,
            closed_on: None,
            source: labels::FROM_FILE.to_owned(),
            detail: String::new(),
        },
        declared: false,
        detail: String::new(),
        employment: Some(row.id),
        interest: None,
    }
}
