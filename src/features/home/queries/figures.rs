//! The figures of the activity: those imported, and those counted here, by civil year of Paris.

use entity::{agreement_request, jury_session, yearly_figure};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, SelectStatement, SimpleExpr};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::{Date, Month, OffsetDateTime, Time};

use super::super::activity::{Activity, Figure, JURIES_OF, Measure, join};
use super::super::{PARIS, paris_day};
use crate::authz::{Actor, Facts, Permission, Scope, allows, rules};
use crate::db;
use crate::features::juries::queries::{held, of_certification};
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
    let mut live = live(conn, this_year).await?;
    live.extend(juries(conn, this_year).await?);
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
            let column = Expr::col((agreement_request::Entity, column));
            select = select.expr_as(within(column, year), name.as_str());
            wanted.push((year, measure, name));
        }
    }
    read(conn, &select.into_query(), wanted).await
}

/// The juries that were held and whose decisions stand, by year, from the first that was planned to this year.
async fn juries(conn: &impl ConnectionTrait, this_year: i32) -> Result<Vec<Figure>, db::Error> {
    use jury_session::Column;
    let first: Option<Option<entity::Instant>> = jury_session::Entity::find()
        .select_only()
        .expr_as(Expr::col((jury_session::Entity, Column::StartsAt)).min(), "first")
        .filter(of_certification(JURIES_OF))
        .into_tuple()
        .one(conn)
        .await?;
    let Some(first) = first.flatten() else { return Ok(Vec::new()) };
    let mut select =
        jury_session::Entity::find().select_only().filter(of_certification(JURIES_OF)).filter(held());
    let mut wanted = Vec::new();
    for year in paris_day(*first).year()..=this_year {
        let name = format!("juries_{year}");
        select =
            select.expr_as(within(Expr::col((jury_session::Entity, Column::StartsAt)), year), name.as_str());
        wanted.push((year, Measure::JurySessions, name));
    }
    read(conn, &select.into_query(), wanted).await
}

/// How many values of a column are in a civil year of Paris.
fn within(column: Expr, year: i32) -> SimpleExpr {
    let within = column.clone().gte(start_of(year)).and(column.lt(start_of(year + 1)));
    let one_each: SimpleExpr = CaseStatement::new().case(within, 1).into();
    one_each.count()
}

/// The figures of a query that has one column for each.
async fn read(
    conn: &impl ConnectionTrait,
    query: &SelectStatement,
    wanted: Vec<(i32, Measure, String)>,
) -> Result<Vec<Figure>, db::Error> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let statement = conn.get_database_backend().build(query);
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
