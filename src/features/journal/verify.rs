//! The verification of the database: everything is computed again from the rows.
//!
//! What it proves: no event under a seal was changed, removed, added or moved since it was signed, unless by someone
//! who holds the key; nothing waits that the program did not write. What it cannot see alone: a journal cut back to an
//! older seal, or rewritten with another key. Against that, compare with a head received by mail: `--since` takes
//! its size and its root.
//!
//! Memory does not grow with the journal; time does, by about one read of each row.

use std::str::FromStr;

use entity::{audit_event, audit_leaf, audit_pending, audit_personal, audit_seal};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::chain::{Chain, SealKey};
use super::divergence::{Divergence, Kind, Outcome, Place, Report};
use super::error::NotASeal;
use super::walk::{self, Leaf, PAGE, Seals, signed};
use crate::events::{EventLine, Seal, frontier_of, frontier_text, personal_hash};
use crate::rules::merkle::Hash;

/// An unsealed event dated this long, in milliseconds, before one already sealed did not come from the program.
const BACKDATED: i64 = 3_600_000;

/// A seal from which the verification starts, trusted as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// Number of events that it covers.
    pub tree_size: u64,
    /// Its root, when it was noted elsewhere.
    pub root: Option<Hash>,
}

impl FromStr for Since {
    type Err = NotASeal;

    /// `18204`, or `18204:9f2c...` with the root.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let (size, root) = text.split_once(':').map_or((text, None), |(size, root)| (size, Some(root)));
        let tree_size = size.parse().map_err(|_| NotASeal)?;
        let hash = |root: &str| -> Option<Hash> { hex::decode(root.trim()).ok()?.try_into().ok() };
        let root = root.map(|root| hash(root).ok_or(NotASeal)).transpose()?;
        Ok(Self { tree_size, root })
    }
}

/// Why the walk stops.
enum Stop {
    Database(DbErr),
    Found(Divergence),
}

impl From<DbErr> for Stop {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

impl From<Divergence> for Stop {
    fn from(divergence: Divergence) -> Self {
        Self::Found(divergence)
    }
}

/// Verifies the journal, whole or from a trusted seal.
///
/// # Errors
/// What the database answers; a divergence is an [`Outcome`].
pub async fn verify(conn: &DatabaseConnection, since: Option<&Since>) -> Result<Outcome, DbErr> {
    let mut report = Report::default();
    match run(conn, since, &mut report).await {
        Ok(()) => Ok(Outcome::Intact(report)),
        Err(Stop::Found(divergence)) => Ok(Outcome::Altered(Box::new(divergence), report)),
        Err(Stop::Database(error)) => Err(error),
    }
}

async fn run(conn: &DatabaseConnection, since: Option<&Since>, report: &mut Report) -> Result<(), Stop> {
    let keys = walk::keys(conn).await?.iter().map(SealKey::from).collect();
    let mut chain = Chain::new(keys)?;
    if let Some(since) = since {
        chain = start(conn, chain, since).await?;
    }
    let until = walk::head(conn).await?.map_or(0, |row| row.tree_size.unsigned_abs());
    let mut erased = 0;
    let walked = sealed(conn, &mut chain, until, &mut erased).await;
    let newest = chain.newest();
    *report = Report { erased, ..chain.report().clone() };
    walked?;
    chain.end().map_err(|(divergence, _)| divergence)?;
    strays(conn).await?;
    report.unsealed = unsealed(conn, newest).await?;
    Ok(())
}

async fn start(conn: &DatabaseConnection, chain: Chain, since: &Since) -> Result<Chain, Stop> {
    let place = Place::Seal { tree_size: since.tree_size };
    let row = audit_seal::Entity::find_by_id(signed(since.tree_size)).one(conn).await?;
    let Some(row) = row else { return Err(Divergence::new(Kind::Missing, place).into()) };
    let (Some(seal), Some(tree)) = (Seal::from_row(&row), frontier_of(since.tree_size, &row.frontier)) else {
        return Err(Divergence::new(Kind::Unreadable, place).into());
    };
    if let Some(root) = since.root.filter(|root| *root != seal.root) {
        return Err(Divergence::new(Kind::BadRoot, place).comparing(&root, &seal.root).into());
    }
    Ok(chain.since(&seal, tree)?)
}

/// Walks the leaves and the seals in order.
async fn sealed(
    conn: &DatabaseConnection,
    chain: &mut Chain,
    until: u64,
    erased: &mut u64,
) -> Result<(), Stop> {
    let mut seals = Seals::new(chain.size(), until);
    loop {
        let leaves = walk::leaves(conn, chain.size(), until).await?;
        let last = leaves.is_empty();
        for leaf in &leaves {
            take(chain, leaf)?;
            while let Some(row) = seals.peek(conn).await? {
                if row.tree_size.unsigned_abs() > chain.size() {
                    break;
                }
                seal(chain, row)?;
                seals.take();
            }
        }
        *erased += personal(conn, &leaves).await?;
        if last {
            break;
        }
    }
    match seals.peek(conn).await? {
        Some(row) => Ok(seal(chain, row)?),
        None => Ok(()),
    }
}

fn take(chain: &mut Chain, leaf: &Leaf) -> Result<(), Divergence> {
    chain.place(leaf.seq)?;
    let place = Place::Event { seq: leaf.seq, id: Some(leaf.event_id.0) };
    let Some(row) = &leaf.event else { return Err(Divergence::new(Kind::Missing, place)) };
    let Ok(event) = EventLine::from_row(row) else { return Err(Divergence::new(Kind::Modified, place)) };
    chain.leaf(leaf.seq, &leaf.hash, &event)?;
    if row.hash != leaf.hash {
        return Err(Divergence::new(Kind::Modified, place).comparing(&leaf.hash, &row.hash));
    }
    Ok(())
}

fn seal(chain: &mut Chain, row: &audit_seal::Model) -> Result<(), Divergence> {
    let place = Place::Seal { tree_size: row.tree_size.unsigned_abs() };
    let Some(seal) = Seal::from_row(row) else { return Err(Divergence::new(Kind::Unreadable, place)) };
    chain.seal(&seal)?;
    if row.frontier != frontier_text(chain.tree()) {
        return Err(Divergence::new(Kind::BadRoot, place));
    }
    Ok(())
}

/// Compares the personal values of these events with their salted hashes; counts those that were erased.
async fn personal(conn: &DatabaseConnection, leaves: &[Leaf]) -> Result<u64, Stop> {
    let hashes = |row: &audit_event::Model| {
        let payload: serde_json::Value = serde_json::from_str(&row.payload).unwrap_or_default();
        payload.get("personal").and_then(|personal| personal.as_object().cloned())
    };
    let wanted: Vec<_> = leaves
        .iter()
        .filter_map(|leaf| Some((leaf.seq, leaf.event_id, hashes(leaf.event.as_ref()?)?)))
        .collect();
    if wanted.is_empty() {
        return Ok(0);
    }
    let ids = wanted.iter().map(|(_, id, _)| *id);
    let rows =
        audit_personal::Entity::find().filter(audit_personal::Column::EventId.is_in(ids)).all(conn).await?;
    let mut erased = 0;
    for (seq, id, fields) in &wanted {
        for (field, hash) in fields {
            let row = rows.iter().find(|row| row.event_id == *id && row.field == *field);
            match row {
                Some(row) if row.erased_at.is_some() && row.value.is_none() => erased += 1,
                Some(row)
                    if row.value.as_deref().is_some_and(|value| *hash == personal_hash(&row.salt, value)) => {
                }
                _ => {
                    let place = Place::Event { seq: *seq, id: Some(id.0) };
                    return Err(Divergence::new(Kind::Personal, place).into());
                }
            }
        }
    }
    Ok(erased)
}

/// Leaves that no seal covers. The leaf is read first: a seal made meanwhile can only cover more.
async fn strays(conn: &DatabaseConnection) -> Result<(), Stop> {
    let first = audit_leaf::Entity::find().order_by_asc(audit_leaf::Column::Seq).one(conn).await?;
    let last = audit_leaf::Entity::find().order_by_desc(audit_leaf::Column::Seq).one(conn).await?;
    let covered = walk::head(conn).await?.map_or(0, |row| row.tree_size);
    let stray = [first, last].into_iter().flatten().find(|leaf| leaf.seq < 0 || leaf.seq >= covered);
    match stray {
        Some(leaf) => Err(Divergence::new(Kind::Inserted, Place::Unsealed { id: leaf.event_id.0 }).into()),
        None => Ok(()),
    }
}

/// Looks at the events that wait for a seal, and counts them.
async fn unsealed(conn: &DatabaseConnection, newest: Option<i64>) -> Result<u64, Stop> {
    removed(conn).await?;
    let (mut count, mut after) = (0, None);
    loop {
        let mut waiting = audit_event::Entity::find().filter(no_leaf()).order_by_asc(audit_event::Column::Id);
        if let Some(after) = after {
            waiting = waiting.filter(audit_event::Column::Id.gt(after));
        }
        let rows = waiting.limit(PAGE).all(conn).await?;
        let Some(last) = rows.last() else { return Ok(count) };
        after = Some(last.id);
        count += u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let ids = rows.iter().map(|row| row.id);
        let unknown = audit_event::Entity::find().filter(audit_event::Column::Id.is_in(ids));
        let unknown = unknown.filter(no_leaf()).filter(not_pending()).order_by_asc(audit_event::Column::Id);
        let unknown = unknown.one(conn).await?.map(|row| row.id);
        for row in &rows {
            waits(row, unknown == Some(row.id), newest)?;
        }
    }
}

fn waits(row: &audit_event::Model, unknown: bool, newest: Option<i64>) -> Result<(), Divergence> {
    let place = Place::Unsealed { id: row.id.0 };
    let line = EventLine::from_row(row).and_then(|line| Ok((line.leaf_hash()?, line.at)));
    let Ok((hash, at)) = line else { return Err(Divergence::new(Kind::Modified, place)) };
    if unknown || newest.is_some_and(|newest| at < newest - BACKDATED) {
        return Err(Divergence::new(Kind::Inserted, place));
    }
    if row.hash != hash {
        return Err(Divergence::new(Kind::Modified, place).comparing(&row.hash, &hash));
    }
    Ok(())
}

/// An event that waited and is no more.
async fn removed(conn: &DatabaseConnection) -> Result<(), Stop> {
    let event = Query::select()
        .expr(Expr::val(1))
        .from(audit_event::Entity)
        .and_where(
            Expr::col((audit_event::Entity, audit_event::Column::Id))
                .equals((audit_pending::Entity, audit_pending::Column::EventId)),
        )
        .to_owned();
    let gone = audit_pending::Entity::find().filter(Expr::exists(event).not()).one(conn).await?;
    match gone {
        Some(row) => Err(Divergence::new(Kind::Missing, Place::Unsealed { id: row.event_id.0 }).into()),
        None => Ok(()),
    }
}

fn no_leaf() -> sea_orm::sea_query::SimpleExpr {
    let leaf = Query::select()
        .expr(Expr::val(1))
        .from(audit_leaf::Entity)
        .and_where(
            Expr::col((audit_leaf::Entity, audit_leaf::Column::EventId))
                .equals((audit_event::Entity, audit_event::Column::Id)),
        )
        .to_owned();
    Expr::exists(leaf).not()
}

fn not_pending() -> sea_orm::sea_query::SimpleExpr {
    let pending = Query::select()
        .expr(Expr::val(1))
        .from(audit_pending::Entity)
        .and_where(
            Expr::col((audit_pending::Entity, audit_pending::Column::EventId))
                .equals((audit_event::Entity, audit_event::Column::Id)),
        )
        .to_owned();
    Expr::exists(pending).not()
}
