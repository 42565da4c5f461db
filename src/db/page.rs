//! Lists are read by key, never by offset: a page costs the same at the end as at the start.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use time::OffsetDateTime;
use uuid::Uuid;

/// Where a page starts: after this sort value and this key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Value of the sort column, as text; empty when the list is sorted by key alone.
    pub value: String,
    /// Key of the last row seen.
    pub id: Uuid,
}

impl Cursor {
    /// After this row of a list sorted by instants.
    #[must_use]
    pub fn at(instant: OffsetDateTime, id: Uuid) -> Self {
        Self { value: (instant.unix_timestamp_nanos() / 1_000_000).to_string(), id }
    }

    /// The opaque text given to the caller.
    #[must_use]
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}|{}", self.id.simple(), self.value))
    }

    /// Reads back what [`Cursor::encode`] gave; anything else is no cursor.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let (id, value) = text.split_once('|')?;
        Some(Self { id: Uuid::parse_str(id).ok()?, value: value.to_owned() })
    }
}

/// What a caller asks of a list.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// Rows wanted, from 1 to [`PageRequest::MOST`].
    pub limit: u64,
    /// Where to start.
    pub after: Option<Cursor>,
}

impl PageRequest {
    /// How many rows a page may hold.
    pub const MOST: u64 = 200;

    /// A page of that many rows, from the start; as near as a page may be.
    #[must_use]
    pub fn first(limit: u64) -> Self {
        Self { limit: limit.clamp(1, Self::MOST), after: None }
    }
}

/// A page of rows and where the next one starts.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page starts; none at the end.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Cuts the extra row that tells whether there is a next page.
    pub fn cut(mut rows: Vec<T>, limit: u64, cursor_of: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(cursor_of) } else { None };
        Self { items: rows, next }
    }

    /// The same page with other items.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}

/// Sorts a list by a column then by key, starts it after the cursor and asks one row more than wanted.
pub fn keyset<E: EntityTrait, S: ColumnTrait, I: ColumnTrait>(
    select: Select<E>,
    sort: Option<S>,
    id: I,
    descending: bool,
    page: &PageRequest,
) -> Select<E> {
    let order = if descending { sea_orm::Order::Desc } else { sea_orm::Order::Asc };
    let mut select = select;
    if let Some(after) = &page.after {
        select = select.filter(after_cursor(sort, id, descending, after));
    }
    if let Some(sort) = sort {
        select = select.order_by(sort, order.clone());
    }
    select.order_by(id, order).limit(page.limit + 1)
}

/// The same for a column of instants, the latest first: the value of its cursors is that of [`Cursor::at`].
pub fn keyset_latest<E: EntityTrait, S: ColumnTrait, I: ColumnTrait>(
    select: Select<E>,
    sort: S,
    id: I,
    page: &PageRequest,
) -> Select<E> {
    let mut select = select;
    if let Some(after) = &page.after {
        // A cursor of another list says no instant: the list starts again.
        let at = after.value.parse().unwrap_or(i64::MAX);
        select = select.filter(beyond(sort, id, true, Expr::value(at), after.id));
    }
    select.order_by(sort, sea_orm::Order::Desc).order_by(id, sea_orm::Order::Desc).limit(page.limit + 1)
}

fn after_cursor<S: ColumnTrait, I: ColumnTrait>(
    sort: Option<S>,
    id: I,
    descending: bool,
    after: &Cursor,
) -> Condition {
    let beyond_id = if descending { id.lt(after.id) } else { id.gt(after.id) };
    let Some(sort) = sort else { return Condition::all().add(beyond_id) };
    beyond(sort, id, descending, Expr::value(after.value.clone()), after.id)
}

/// One comparison of the pair, which an index on both columns answers from where the page starts.
fn beyond<S: ColumnTrait, I: ColumnTrait>(
    sort: S,
    id: I,
    descending: bool,
    value: Expr,
    last_id: Uuid,
) -> Condition {
    let pair = Expr::tuple([Expr::col(sort.as_column_ref()), Expr::col(id.as_column_ref())]);
    let last = Expr::tuple([value, Expr::value(last_id)]);
    Condition::all().add(if descending { pair.lt(last) } else { pair.gt(last) })
}
