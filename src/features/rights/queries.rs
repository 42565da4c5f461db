//! Reads of rights: of a holder, in force on a day, ending soon. Lists start from what the actor may see.

use std::collections::HashMap;

use entity::dated_right::{self, HolderKind, RightKind, RightState, SourceKind};
use entity::ids::{DatedRightId, SiteId, StructureId};
use entity::{expert, right_record, right_suspension, site, structure};
use sea_orm::sea_query::{Expr, ExprTrait, Func, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use time::Date;
use time::macros::date;
use uuid::Uuid;

use super::{Holder, RightError, Source, actions, rivals};
use crate::authz::{self, Actor, Facts, Permission, visible};
use crate::db::{self, Cursor, Page, PageRequest};
use crate::rules::deadline::add_days;
use crate::rules::right::{DatedRight, Span, Standing, standing_on};
use crate::rules::typed_date;

/// A right with the days on which it does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The right.
    pub right: dated_right::Model,
    /// Its suspensions, oldest first.
    pub suspensions: Vec<Span>,
}

impl Held {
    /// Where it stands on a day.
    #[must_use]
    pub fn standing_on(&self, day: Date) -> Standing {
        let right = DatedRight {
            span: span(&self.right),
            grace_until: self.right.grace_until,
            pending: self.right.state == RightState::Pending,
            void: self.right.state == RightState::Void,
            suspensions: &self.suspensions,
        };
        standing_on(&right, day)
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn valid_on(&self, day: Date) -> bool {
        self.standing_on(day).is_valid()
    }

    /// Its last day, or that of the rights of the same scope that go on without a gap among those of its holder, oldest
    /// first; none when it has no end.
    #[must_use]
    pub fn last_day(&self, own: &[Self]) -> Option<Date> {
        let mut last = self.right.ends_on?;
        let same = |other: &&Self| {
            let (one, other) = (&self.right, &other.right);
            other.kind == one.kind && other.scope == one.scope && other.state != RightState::Void
        };
        for other in own.iter().filter(same) {
            let goes_on = other.right.starts_on > self.right.starts_on
                && other.right.starts_on <= add_days(last, 1)
                && other.right.ends_on.is_none_or(|end| end > last);
            if goes_on {
                last = other.right.ends_on?;
            }
        }
        Some(last)
    }

    /// The words of its scope.
    pub fn scope(&self) -> impl Iterator<Item = &str> {
        self.right.scope.split('|')
    }
}

/// The days of a right.
#[must_use]
pub fn span(row: &dated_right::Model) -> Span {
    Span { from: row.starts_on, until: row.ends_on }
}

/// The condition of [`Held::valid_on`], for the database: rights that hold on a day.
#[must_use]
pub fn valid_condition(day: Date) -> Condition {
    running_condition(day).add(dated_right::Column::Id.not_in_subquery(suspended(day)))
}

/// Rights whose days hold a day, even those that are set aside on it.
#[must_use]
pub fn running_condition(day: Date) -> Condition {
    use dated_right::Column;
    let long_enough = Condition::any()
        .add(Column::EndsOn.is_null())
        .add(Column::EndsOn.gte(day))
        .add(Column::GraceUntil.gte(day));
    Condition::all()
        .add(Column::State.is_in([RightState::InForce, RightState::Ended]))
        .add(Column::StartsOn.lte(day))
        .add(long_enough)
}

fn suspended(day: Date) -> sea_orm::sea_query::SelectStatement {
    use right_suspension::Column;
    right_suspension::Entity::find()
        .select_only()
        .column(Column::RightId)
        .filter(Column::StartsOn.lte(day))
        .filter(Condition::any().add(Column::EndsOn.is_null()).add(Column::EndsOn.gte(day)))
        .into_query()
}

/// Every right of a holder, oldest first, void ones included.
///
/// # Errors
/// What the database answers.
pub async fn of_holder(conn: &impl ConnectionTrait, holder: Holder) -> Result<Vec<Held>, db::Error> {
    Ok(of_holders(conn, holder.kind, &[holder.id]).await?.remove(&holder.id).unwrap_or_default())
}

/// The last day of the last State convention of a structure; none when no right says one.
///
/// # Errors
/// What the database answers.
pub async fn convention_until(
    conn: &impl ConnectionTrait,
    structure: StructureId,
) -> Result<Option<Date>, db::Error> {
    let held = of_holder(conn, Holder::structure(structure)).await?;
    let counts = |right: &dated_right::Model| {
        right.kind == RightKind::StateConvention && right.state != RightState::Void
    };
    Ok(held.iter().filter(|held| counts(&held.right)).filter_map(|held| held.right.ends_on).max())
}

/// Every right of several holders of one table, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn of_holders(
    conn: &impl ConnectionTrait,
    kind: HolderKind,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Held>>, db::Error> {
    use dated_right::Column;
    let select = dated_right::Entity::find()
        .filter(Column::HolderKind.eq(kind))
        .filter(Column::HolderId.is_in(ids.iter().copied()));
    let mut by_holder: HashMap<_, Vec<_>> = HashMap::new();
    for held in sorted(conn, select).await? {
        by_holder.entry(held.right.holder_id).or_default().push(held);
    }
    Ok(by_holder)
}

/// The rights that stand for a row, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn of_source(conn: &impl ConnectionTrait, source: Source) -> Result<Vec<Held>, db::Error> {
    Ok(of_sources(conn, source.kind, &[source.id]).await?.remove(&source.id).unwrap_or_default())
}

/// The rights that stand for several rows of one table, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn of_sources(
    conn: &impl ConnectionTrait,
    kind: SourceKind,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Held>>, db::Error> {
    use dated_right::Column;
    let select = dated_right::Entity::find()
        .filter(Column::SourceKind.eq(kind))
        .filter(Column::SourceId.is_in(ids.iter().copied()));
    let mut by_source: HashMap<_, Vec<_>> = HashMap::new();
    for held in sorted(conn, select).await? {
        by_source.entry(held.right.source_id).or_default().push(held);
    }
    Ok(by_source)
}

/// The rights of a kind that hold on a day, whoever holds them; `scope` narrows to what their scope begins with.
///
/// # Errors
/// What the database answers.
pub async fn in_force(
    conn: &impl ConnectionTrait,
    kind: RightKind,
    scope: Option<&str>,
    day: Date,
) -> Result<Vec<Held>, db::Error> {
    use dated_right::Column;
    let mut select = dated_right::Entity::find().filter(Column::Kind.eq(kind)).filter(valid_condition(day));
    if let Some(scope) = scope {
        select = select.filter(Column::Scope.starts_with(scope));
    }
    sorted(conn, select).await
}

/// The rights in force whose last day comes within so many days, soonest first.
///
/// # Errors
/// What the database answers.
pub async fn ending_within(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
    days: i32,
) -> Result<Vec<Held>, db::Error> {
    use dated_right::Column;
    let select = dated_right::Entity::find()
        .filter(visible::rights(actor))
        .filter(valid_condition(today))
        .filter(Column::EndsOn.lte(add_days(today, days)))
        .order_by_asc(Column::EndsOn);
    sorted(conn, select).await
}

async fn sorted(
    conn: &impl ConnectionTrait,
    select: Select<dated_right::Entity>,
) -> Result<Vec<Held>, db::Error> {
    use dated_right::Column;
    let rows = select.order_by_asc(Column::StartsOn).order_by_asc(Column::Id).all(conn).await?;
    with_suspensions(conn, rows).await
}

async fn with_suspensions(
    conn: &impl ConnectionTrait,
    rows: Vec<dated_right::Model>,
) -> Result<Vec<Held>, db::Error> {
    let found = right_suspension::Entity::find()
        .filter(right_suspension::Column::RightId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(right_suspension::Column::StartsOn)
        .all(conn)
        .await?;
    let mut suspensions: HashMap<DatedRightId, Vec<Span>> = HashMap::new();
    for row in found {
        suspensions.entry(row.right_id).or_default().push(Span { from: row.starts_on, until: row.ends_on });
    }
    let held = |right: dated_right::Model| {
        let suspensions = suspensions.remove(&right.id).unwrap_or_default();
        Held { right, suspensions }
    };
    Ok(rows.into_iter().map(held).collect())
}

/// Which rights a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Those that hold on the day.
    #[default]
    InForce,
    /// Those that hold and end within so many days.
    EndingWithin(i32),
    /// Those set aside on the day.
    Suspended,
    /// Every one that counted once.
    All,
}

/// What a list is limited to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The day looked at.
    pub on: Date,
    /// Which ones.
    pub shown: Shown,
    /// Only this kind.
    pub kind: Option<RightKind>,
    /// Only holders of this INSEE region.
    pub region: Option<String>,
    /// Only this holder.
    pub holder: Option<Holder>,
}

/// The last day of what has none, for sorting.
const FOR_EVER: Date = date!(2200 - 12 - 31);

fn last_day() -> SimpleExpr {
    let end = Expr::col((dated_right::Entity, dated_right::Column::EndsOn));
    Func::coalesce([end, Expr::val(FOR_EVER)]).into()
}

/// A page of rights, those that end soonest first.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Held>, RightError> {
    use dated_right::Column;
    let mut select = dated_right::Entity::find().filter(visible::rights(actor)).filter(shown(filter));
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind));
    }
    if let Some(holder) = filter.holder {
        select = select.filter(Column::HolderKind.eq(holder.kind)).filter(Column::HolderId.eq(holder.id));
    }
    if let Some(region) = &filter.region {
        select = select.filter(in_region(region));
    }
    if let Some(after) = &page.after
        && let Some(last) = typed_date::parse(&after.value)
    {
        let further = Condition::all().add(last_day().eq(last)).add(Column::Id.gt(DatedRightId(after.id)));
        select = select.filter(Condition::any().add(last_day().gt(last)).add(further));
    }
    let rows = select
        .order_by(last_day(), Order::Asc)
        .order_by_asc(Column::Id)
        .limit(page.limit + 1)
        .all(conn)
        .await?;
    let page = Page::cut(rows, page.limit, |row| Cursor {
        value: typed_date::iso(row.ends_on.unwrap_or(FOR_EVER)),
        id: row.id.0,
    });
    let items = with_suspensions(conn, page.items).await?;
    Ok(Page { items, next: page.next })
}

fn shown(filter: &Filter) -> Condition {
    use dated_right::Column;
    match filter.shown {
        Shown::InForce => valid_condition(filter.on),
        Shown::EndingWithin(days) => {
            valid_condition(filter.on).add(Column::EndsOn.lte(add_days(filter.on, days)))
        }
        Shown::Suspended => Condition::all()
            .add(Column::State.ne(RightState::Void))
            .add(Column::StartsOn.lte(filter.on))
            .add(Condition::any().add(Column::EndsOn.is_null()).add(Column::EndsOn.gte(filter.on)))
            .add(Column::Id.in_subquery(suspended(filter.on))),
        Shown::All => Condition::all().add(Column::State.ne(RightState::Void)),
    }
}

fn in_region(region: &str) -> Condition {
    use dated_right::Column;
    let experts = expert::Entity::find().select_only().column(expert::Column::Id);
    let structures = structure::Entity::find().select_only().column(structure::Column::Id);
    let sites = site::Entity::find().select_only().column(site::Column::Id);
    let ids = [
        (HolderKind::Expert, experts.filter(expert::Column::Region.eq(region)).into_query()),
        (HolderKind::Structure, structures.filter(structure::Column::Region.eq(region)).into_query()),
        (HolderKind::Site, sites.filter(site::Column::Region.eq(region)).into_query()),
    ];
    ids.into_iter().fold(Condition::any(), |any, (kind, ids)| {
        any.add(Condition::all().add(Column::HolderKind.eq(kind)).add(Column::HolderId.in_subquery(ids)))
    })
}

/// A right that the actor may see.
///
/// # Errors
/// [`RightError::NotFound`], what the database answers.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, id: DatedRightId) -> Result<Held, RightError> {
    let found = dated_right::Entity::find_by_id(id).filter(visible::rights(actor)).one(conn).await?;
    let row = found.ok_or(RightError::NotFound)?;
    with_suspensions(conn, vec![row]).await?.pop().ok_or(RightError::NotFound)
}

/// What the certifying body holds and held, oldest first, void ones left out.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn of_certifier(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Held>, RightError> {
    let _seen = authz::allows(actor, Permission::RightView, &Facts::default()).map_err(db::Error::from)?;
    let mut held = of_holder(conn, Holder::certifier()).await?;
    held.retain(|held| held.right.state != RightState::Void);
    Ok(held)
}

/// A right that the actor may cut short or take back, since it is recorded by hand.
///
/// # Errors
/// [`RightError::NotFound`], the refusal of the policy, what the database answers.
pub async fn by_hand(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: DatedRightId,
) -> Result<Held, RightError> {
    let held = get(conn, actor, id).await?;
    let row = &held.right;
    let permission = actions::by_hand(row.holder_kind, row.kind).ok_or(RightError::NotFound)?;
    let facts = actions::facts(conn, Holder { kind: row.holder_kind, id: row.holder_id }).await?;
    let _allowed = authz::allows(actor, permission, &facts)?;
    Ok(held)
}

/// What was recorded by hand of these rights, by the key of the record.
///
/// # Errors
/// What the database answers.
pub async fn records(
    conn: &impl ConnectionTrait,
    held: &[Held],
) -> Result<HashMap<Uuid, right_record::Model>, db::Error> {
    let by_hand = held.iter().filter(|held| held.right.source_kind == SourceKind::RightRecord);
    let ids: Vec<Uuid> = by_hand.map(|held| held.right.source_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = right_record::Entity::find().filter(right_record::Column::Id.is_in(ids)).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id.0, row)).collect())
}

/// Asks whether the actor may open the list at all: their own rights at least.
///
/// # Errors
/// The refusal of the policy.
pub fn may_list(actor: &Actor) -> Result<(), RightError> {
    let facts = Facts { structure: actor.structures().next(), expert: actor.expert(), ..Facts::default() };
    let _seen = authz::allows(actor, Permission::RightView, &facts).map_err(db::Error::from)?;
    Ok(())
}

/// The rights of a holder that meet a scope and share a day with a span, void ones left out, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn met(
    conn: &impl ConnectionTrait,
    holder: Holder,
    kind: RightKind,
    scope: &str,
    days: Span,
) -> Result<Vec<dated_right::Model>, RightError> {
    use dated_right::Column;
    let rows = dated_right::Entity::find()
        .filter(Column::HolderKind.eq(holder.kind))
        .filter(Column::HolderId.eq(holder.id))
        .filter(Column::Kind.eq(kind))
        .filter(Column::Scope.is_in(rivals(kind, scope)))
        .filter(Column::State.ne(RightState::Void))
        .order_by_asc(Column::StartsOn)
        .all(conn)
        .await?;
    Ok(rows.into_iter().filter(|row| span(row).overlaps(days)).collect())
}

/// Whether a right of an agreement still covers a site on a day or later.
///
/// # Errors
/// What the database answers.
pub async fn site_is_covered(
    conn: &impl ConnectionTrait,
    site: SiteId,
    from: Date,
) -> Result<bool, db::Error> {
    let rights = of_holder(conn, Holder::site(site)).await?;
    let counts =
        |held: &Held| held.right.kind == RightKind::Agreement && held.right.state != RightState::Void;
    Ok(rights.iter().any(|held| counts(held) && held.right.ends_on.is_none_or(|end| end >= from)))
}
