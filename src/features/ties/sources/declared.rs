//! What people declare, and did not take back: confidential. The words of a declaration travel apart, so that no reason tells them.

use entity::declared_interest::{self, Column, TieKind};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::super::labels;
use super::super::ledger::{Known, Origin, Scope, made_at};
use crate::db;
use crate::rules::ties::{DatedTie, Tie};

pub(super) async fn read(conn: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Known>, db::Error> {
    let select =
        declared_interest::Entity::find().filter(Column::VoidedAt.is_null()).order_by_asc(Column::Id);
    let rows = scope.within(select, Column::ExpertId, Column::StructureId).all(conn).await?;
    Ok(rows.into_iter().map(known).collect())
}

fn known(row: declared_interest::Model) -> Known {
    Known {
        expert: row.expert_id,
        structure: row.structure_id,
        origin: Origin::Declared,
        learned_at: made_at(row.id.0),
        tie: DatedTie {
            tie: match row.tie {
                TieKind::EmployeeBoardOrProvider => Tie::EmployeeBoardOrProvider,
                TieKind::Board => Tie::Board,
                TieKind::Shares => Tie::Shares,
                TieKind::Family => Tie::Family,
                TieKind::SupportExpert => Tie::SupportExpert,
                TieKind::EpspTrainerOfTeam => Tie::EpspTrainerOfTeam,
                TieKind::Supervised => Tie::Supervised,
                TieKind::JuryPresident => Tie::JuryPresident,
            },
            since: row.since,
            until: row.until,
            closed_on: None,
            source: labels::declaration_of(row.declared_on.year()),
            detail: String::new(),
        },
        declared: true,
        detail: row.detail,
        employment: None,
        interest: Some(row.id),
    }
}
