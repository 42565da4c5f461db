//! The list as a calendar reads it: what waits for its date, then the latest day first.

use entity::jury_session::{self, Column, JuryState};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

use super::{Filter, Found, named, narrowed};
use crate::authz::{Actor, visible};
use crate::db::{self, Cursor, Page, PageRequest};

/// Where a session is in the list, word for word what the index `jury_session_listed` is made of: the instant at which it
/// begins; without one, that of the request when it is over, the end of time while it waits for its date.
const PLACE: &str = "COALESCE(starts_at, CASE WHEN state IN ('rejected', 'cancelled') THEN requested_at ELSE 9223372036854775807 END)";

/// The sessions that the actor may see: those that wait for their date, then the latest day first.
///
/// # Errors
/// What the database answers.
pub async fn by_day(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Found>, db::Error> {
    let mut select =
        jury_session::Entity::find().filter(visible::jury_sessions(actor)).filter(narrowed(filter));
    let after = page.after.as_ref().and_then(|after| Some((after.value.parse::<i64>().ok()?, after.id)));
    if let Some((place, id)) = after {
        let pair = Expr::tuple([Expr::cust(PLACE), Expr::col(Column::Id.as_column_ref())]);
        select = select.filter(pair.lt(Expr::tuple([Expr::value(place), Expr::value(id)])));
    }
    let rows = select
        .order_by(Expr::cust(PLACE), Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(page.limit + 1)
        .all(conn)
        .await?;
    let page = Page::cut(rows, page.limit, |row| Cursor { value: place(row).to_string(), id: row.id.0 });
    let items = named(conn, page.items).await?;
    Ok(Page { items, next: page.next })
}

/// As the database counts it.
fn place(session: &jury_session::Model) -> i64 {
    let over = matches!(session.state, JuryState::Rejected | JuryState::Cancelled);
    let at = session.starts_at.or_else(|| over.then_some(session.requested_at));
    at.map_or(i64::MAX, |at| i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX))
}
