//! The figures of the activity: those imported, and those counted here, by civil year of Paris.

use entity::{agreement_request, yearly_figure};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect, QueryTrait};
use time::{Date, Month, OffsetDateTime, Time};

use super::super::activity::{Activity, Figure, Measure, join};
use super::super::{PARIS, paris_day};
use crate::authz::{Actor, Facts, Permission, Scope, allows, rules};
use crate::db;
use crate::rules::deadline::instant;

/// The table of the activity up to today. It counts the acts of the whole body, whatever the regions of the actor.
///
/// # Errors
/// When the actor may not see it, what the database answers.
pub async fn activity(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    now: OffsetDateTime,
) -> Result<Activity, db::Error> {
    drop(allows(actor, Permission::ActivityView, &Facts::default())?);
    let this_year = paris_day(now).year();
    let imported = imported(conn).await?;
    let live = live(conn, this_year).await?;
    Ok(join(&imported, &live, this_year))
}

/// The figures of past years that were imported: of one year, of one measure, or all. Newest first, in the order of
/// the table; an unknown value stays unknown.
///
/// # Errors
/// When the actor may not see them, what the database answers.
pub async fn imported_figures(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    year: Option<i32>,
    measure: Option<Measure>,
) -> Result<Vec<Figure>, db::Error> {
    drop(allows(actor, Permission::ActivityView, &Facts::default())?);
    let mut figures = imported(conn).await?;
    figures.retain(|figure| year.is_none_or(|year| year == figure.year));
    figures.retain(|figure| measure.is_none_or(|measure| measure == figure.measure));
    figures.sort_by_key(|figure| (std::cmp::Reverse(figure.year), figure.measure));
    Ok(figures)
}

/// Whether the lists of this actor hold only a part of what the table counts: their regions or certification.
#[must_use]
pub fn limited(actor: &Actor) -> bool {
    !actor.held.iter().any(|held| {
        let sees_all = rules(Permission::RequestView)
            .iter()
            .any(|rule| rule.role == Some(held.role) && rule.scope == Scope::Any);
        sees_all && held.regions.is_empty() && held.certification.is_none()
    })
}

async fn imported(conn: &impl ConnectionTrait) -> Result<Vec<Figure>, db::Error> {
    let rows = yearly_figure::Entity::find().all(conn).await?;
    let figure = |row: yearly_figure::Model| {
        Some(Figure { year: row.year, measure: Measure::parse(&row.measure)?, value: row.value })
    };
    Ok(rows.into_iter().filter_map(figure).collect())
}

/// What this installation counts, from its first request to this year: one query, one column for each count.
async fn live(conn: &impl ConnectionTrait, this_year: i32) -> Result<Vec<Figure>, db::Error> {
    use agreement_request::Column;
    let first: Option<Option<entity::Instant>> = agreement_request::Entity::find()
        .select_only()
        .expr_as(Expr::col((agreement_request::Entity, Column::CreatedAt)).min(), "first")
        .into_tuple()
        .one(conn)
        .await?;
    let Some(first) = first.flatten() else { return Ok(Vec::new()) };
    let counted =
        [(Measure::AgreementRequests, Column::SubmittedAt), (Measure::Inspections, Column::VisitedAt)];
    let mut select = agreement_request::Entity::find().select_only();
    let mut wanted = Vec::new();
    for year in paris_day(*first).year()..=this_year {
        for (measure, column) in counted {
            let name = format!("{}_{year}", measure.word());
            let column = || Expr::col((agreement_request::Entity, column));
            let within = column().gte(start_of(year)).and(column().lt(start_of(year + 1)));
            let one_each: SimpleExpr = CaseStatement::new().case(within, 1).into();
            select = select.expr_as(one_each.count(), name.as_str());
            wanted.push((year, measure, name));
        }
    }
    let statement = conn.get_database_backend().build(&select.into_query());
    let row = conn.query_one_raw(statement).await?;
    let figure = |(year, measure, name): (i32, Measure, String)| {
        let value: i64 = row.as_ref().map_or(Ok(0), |row| row.try_get("", &name))?;
        Ok(Figure { year, measure, value: i32::try_from(value).ok() })
    };
    wanted.into_iter().map(figure).collect()
}

/// First instant of a civil year in Paris.
fn start_of(year: i32) -> entity::Instant {
    let day = Date::from_calendar_date(year, Month::January, 1).unwrap_or(Date::MIN);
    instant(day, Time::MIDNIGHT, PARIS).unwrap_or(OffsetDateTime::UNIX_EPOCH).into()
}
