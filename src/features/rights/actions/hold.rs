//! Holds a right: gives it to its holder, for days that no other right of the same kind and scope has.

use entity::dated_right::{self, HolderKind, RightKind, RightState};
use entity::{certification_version, expert, site, structure};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::super::{Holder, RightError, Source, queries, state};
use super::change;
use crate::authz::Grant;
use crate::db::{self, Tx};
use crate::rules::deadline::add_days;
use crate::rules::right::Span;

/// A right to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRight {
    /// To whom.
    pub holder: Holder,
    /// What.
    pub kind: RightKind,
    /// On what, in canonical words.
    pub scope: String,
    /// What a person calls it; never a name of a person.
    pub reference: String,
    /// Its days.
    pub span: Span,
    /// It waits for something: its days are kept, it entitles to nothing until it starts.
    pub pending: bool,
    /// The row it stands for.
    pub source: Source,
}

/// Gives a right.
///
/// # Errors
/// [`RightError::Reversed`], [`RightError::Overlap`], what the database answers.
pub async fn hold(tx: &Tx, _grant: &Grant, new: NewRight) -> Result<dated_right::Model, RightError> {
    if Span::new(new.span.from, new.span.until).is_none() {
        return Err(RightError::Reversed);
    }
    lock(tx, new.holder).await?;
    if let Some(known) = met(tx, &new).await?.first() {
        return Err(overlap(&new, Some(queries::span(known))));
    }
    insert(tx, new).await
}

/// Gives a right that takes the place of those before it: one that goes on is cut the day before, one that starts later
/// is void. Nothing is given when what is there already ends as late.
///
/// # Errors
/// [`RightError::Reversed`], what the database answers.
pub async fn succeed(
    tx: &Tx,
    grant: &Grant,
    new: NewRight,
) -> Result<Option<dated_right::Model>, RightError> {
    if Span::new(new.span.from, new.span.until).is_none() {
        return Err(RightError::Reversed);
    }
    lock(tx, new.holder).await?;
    let known = met(tx, &new).await?;
    let as_late = |row: &dated_right::Model| match (row.ends_on, new.span.until) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(end), Some(until)) => end >= until,
    };
    if known.iter().any(as_late) {
        return Ok(None);
    }
    for row in known {
        if row.starts_on < new.span.from {
            change::end(tx, grant, row.id, add_days(new.span.from, -1)).await?;
        } else {
            change::void(tx, grant, row.id).await?;
        }
    }
    insert(tx, new).await.map(Some)
}

/// Gives a right that waits beside those in force whose place it will take: they make room when it starts, see
/// [`super::make_room`]. Two that wait share no day.
///
/// # Errors
/// [`RightError::Reversed`], [`RightError::Overlap`], what the database answers.
pub async fn await_turn(tx: &Tx, _grant: &Grant, new: NewRight) -> Result<dated_right::Model, RightError> {
    if Span::new(new.span.from, new.span.until).is_none() {
        return Err(RightError::Reversed);
    }
    lock(tx, new.holder).await?;
    let known = met(tx, &new).await?;
    if let Some(known) = known.iter().find(|row| row.state == RightState::Pending) {
        return Err(overlap(&new, Some(queries::span(known))));
    }
    insert(tx, NewRight { pending: true, ..new }).await
}

/// The rights that are not void and share a day with it, oldest first.
async fn met(tx: &Tx, new: &NewRight) -> Result<Vec<dated_right::Model>, RightError> {
    queries::met(tx.conn(), new.holder, new.kind, &new.scope, new.span).await
}

async fn insert(tx: &Tx, new: NewRight) -> Result<dated_right::Model, RightError> {
    let row = dated_right::Model {
        id: tx.new_id(),
        holder_kind: new.holder.kind,
        holder_id: new.holder.id,
        kind: new.kind,
        scope: new.scope.clone(),
        reference: new.reference.clone(),
        starts_on: new.span.from,
        ends_on: new.span.until,
        grace_until: None,
        state: state::first(new.pending),
        source_kind: new.source.kind,
        source_id: new.source.id,
        alerted: None,
        created_at: tx.instant(),
        version: 1,
    };
    let insert = dated_right::Entity::insert(row.clone().into_active_model().reset_all());
    match insert.exec_without_returning(tx.conn()).await {
        Ok(_) => Ok(row),
        Err(error) if db::breaks(&error, CONSTRAINT) => Err(overlap(&new, None)),
        Err(error) => Err(error.into()),
    }
}

/// The exclusion constraint, and the word of the triggers.
pub(super) const CONSTRAINT: &str = "dated_right_overlap";

fn overlap(new: &NewRight, known: Option<Span>) -> RightError {
    RightError::Overlap { kind: new.kind, asked: new.span, known }
}

/// Locks the row of the holder, so that two rights of one holder are weighed one after the other.
pub(super) async fn lock(tx: &Tx, holder: Holder) -> Result<(), RightError> {
    let conn = tx.conn();
    let found = match holder.kind {
        HolderKind::Expert => {
            expert::Entity::find_by_id(holder.id).lock_exclusive().one(conn).await?.map(|_| ())
        }
        HolderKind::Structure => {
            structure::Entity::find_by_id(holder.id).lock_exclusive().one(conn).await?.map(|_| ())
        }
        HolderKind::Site => site::Entity::find_by_id(holder.id).lock_exclusive().one(conn).await?.map(|_| ()),
        HolderKind::CertificationVersion => {
            let version = certification_version::Entity::find_by_id(holder.id);
            version.lock_exclusive().one(conn).await?.map(|_| ())
        }
        // it has no row: two acts at once are parted by the constraint
        HolderKind::Certifier => Some(()),
    };
    found.ok_or(RightError::NotFound)
}
