//! A row as one line of JSON, the same whatever the database.

use sea_orm::sea_query::{Expr, Value};
use sea_orm::{DbErr, QueryResult, TryGetable};
use serde_json::Value as Json;
use time::Date;
use time::macros::format_description;
use uuid::Uuid;

use crate::db::tables::{Column, Kind};

const DAY: &[time::format_description::BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// The values of a row, in the order of the columns.
///
/// # Errors
/// When a value is not of the kind of its column.
pub(super) fn to_json(row: &QueryResult, columns: &[Column]) -> Result<Json, DbErr> {
    columns.iter().map(|column| value_of(row, column)).collect::<Result<Vec<_>, _>>().map(Json::Array)
}

fn value_of(row: &QueryResult, column: &Column) -> Result<Json, DbErr> {
    fn read<T: TryGetable>(row: &QueryResult, column: &Column, json: fn(T) -> Json) -> Result<Json, DbErr> {
        Ok(row.try_get::<Option<T>>("", &column.name)?.map_or(Json::Null, json))
    }
    match column.kind {
        Kind::Boolean => read::<bool>(row, column, Json::from),
        Kind::Integer => read::<i32>(row, column, Json::from),
        Kind::Bigint => read::<i64>(row, column, Json::from),
        Kind::Text => read::<String>(row, column, Json::from),
        Kind::Bytes => read::<Vec<u8>>(row, column, |bytes| Json::from(hex::encode(bytes))),
        Kind::Uuid => read::<Uuid>(row, column, |id| Json::from(id.to_string())),
        Kind::Date => read::<Date>(row, column, |day| Json::from(day.format(DAY).unwrap_or_default())),
        Kind::Json => read::<Json>(row, column, |value| serde_json::json!({ "json": value })),
    }
}

/// The values of a line, ready to be inserted; none when the line is not a row of these columns.
pub(super) fn from_json(line: &str, columns: &[Column]) -> Option<Vec<Expr>> {
    let Ok(Json::Array(values)) = serde_json::from_str(line) else { return None };
    if values.len() != columns.len() {
        return None;
    }
    let values = values.iter().zip(columns).map(|(value, column)| value_from(value, column.kind));
    values.map(|value| value.map(Expr::value)).collect()
}

fn value_from(value: &Json, kind: Kind) -> Option<Value> {
    let absent = value.is_null();
    let text = || value.as_str();
    Some(match kind {
        Kind::Boolean if absent => Value::Bool(None),
        Kind::Integer if absent => Value::Int(None),
        Kind::Bigint if absent => Value::BigInt(None),
        Kind::Text if absent => Value::String(None),
        Kind::Bytes if absent => Value::Bytes(None),
        Kind::Uuid if absent => Value::Uuid(None),
        Kind::Date if absent => Value::TimeDate(None),
        Kind::Json if absent => Value::Json(None),
        Kind::Boolean => value.as_bool()?.into(),
        Kind::Integer => i32::try_from(value.as_i64()?).ok()?.into(),
        Kind::Bigint => value.as_i64()?.into(),
        Kind::Text => text()?.into(),
        Kind::Bytes => hex::decode(text()?).ok()?.into(),
        Kind::Uuid => text()?.parse::<Uuid>().ok()?.into(),
        Kind::Date => Date::parse(text()?, DAY).ok()?.into(),
        Kind::Json => value.get("json")?.clone().into(),
    })
}
