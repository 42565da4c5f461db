//! Human numbers such as `AGR-2026-0042`: one series per kind and year, without a hole.

use entity::number_series;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Error, Tx};

/// Takes the next number of a series. It belongs to the transaction: a rollback gives it back.
///
/// The row of the series stays locked until the commit, so call it late in an action.
///
/// # Errors
/// What the database answers.
pub async fn next_number(tx: &Tx, kind: &str, year: i32) -> Result<String, Error> {
    next_of(tx, format!("{kind}-{year}")).await
}

/// Takes the next number of a series that no year starts again, `INT-0001`.
///
/// # Errors
/// What the database answers.
pub async fn next_number_ever(tx: &Tx, kind: &str) -> Result<String, Error> {
    next_of(tx, kind.to_owned()).await
}

async fn next_of(tx: &Tx, id: String) -> Result<String, Error> {
    let first = number_series::ActiveModel { id: Set(id.clone()), last: Set(1) };
    number_series::Entity::insert(first)
        .on_conflict(
            OnConflict::column(number_series::Column::Id)
                .value(
                    number_series::Column::Last,
                    Expr::col((number_series::Entity, number_series::Column::Last)).add(1),
                )
                .to_owned(),
        )
        .exec_without_returning(tx.conn())
        .await?;
    let last: Option<i32> = number_series::Entity::find()
        .filter(number_series::Column::Id.eq(id.clone()))
        .select_only()
        .column(number_series::Column::Last)
        .into_tuple()
        .one(tx.conn())
        .await?;
    let last = last.ok_or(Error::Inconsistent {
        table: "number_series",
        id: id.clone(),
        what: "just written, not found",
    })?;
    Ok(format!("{id}-{last:04}"))
}
