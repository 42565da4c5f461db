//! Starts, suspends, gives back, prolongs, ends or voids a right.

use entity::dated_right;
use entity::ids::DatedRightId;
use entity::right_suspension;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use time::Date;

use super::super::state::{self, Step};
use super::super::{Holder, RightError, queries};
use super::hold;
use crate::authz::Grant;
use crate::db::{self, Tx};
use crate::rules::deadline::add_days;
use crate::rules::right::Span;

/// What a pending right waited for is there: it holds from that day on, sooner or later than the first day it had.
///
/// # Errors
/// [`RightError::WrongState`] unless it is pending, [`RightError::Reversed`] for a day after its last,
/// [`RightError::Overlap`] while another still has one of its days, what the database answers.
pub async fn start(
    tx: &Tx,
    _grant: &Grant,
    id: DatedRightId,
    first: Date,
) -> Result<dated_right::Model, RightError> {
    let row = locked(tx, id).await?;
    let state = state::TABLE.next(Some(row.state), Step::Start)?.to;
    if row.ends_on.is_some_and(|end| end < first) {
        return Err(RightError::Reversed);
    }
    save(tx, dated_right::Model { starts_on: first, state, ..row }).await
}

/// Brings a right that another replaces to its end, on the eve of the first day of the other; one that would not have
/// begun is void. Its end is told in its time.
///
/// # Errors
/// [`RightError::WrongState`] unless it counts, what the database answers.
pub async fn make_room(
    tx: &Tx,
    _grant: &Grant,
    id: DatedRightId,
    first: Date,
) -> Result<dated_right::Model, RightError> {
    let row = locked(tx, id).await?;
    let state = state::TABLE.next(Some(row.state), Step::MakeRoom)?.to;
    let eve = add_days(first, -1);
    let left = if eve < row.starts_on {
        never_begun(row)?
    } else {
        dated_right::Model { ends_on: Some(eve), grace_until: None, state, ..row }
    };
    save(tx, left).await
}

/// Ends a right on its last day, before its term; one that would not have begun is void.
///
/// # Errors
/// [`RightError::WrongState`] when it is void or ends before, what the database answers.
pub async fn end(
    tx: &Tx,
    _grant: &Grant,
    id: DatedRightId,
    last: Date,
) -> Result<dated_right::Model, RightError> {
    let row = locked(tx, id).await?;
    let state = state::TABLE.next(Some(row.state), Step::End)?.to;
    if row.ends_on.is_some_and(|end| end < last) {
        return Err(RightError::WrongState);
    }
    let ended = if last < row.starts_on {
        never_begun(row)?
    } else {
        dated_right::Model { ends_on: Some(last), grace_until: None, state, ..row }
    };
    save(tx, ended).await
}

/// Gives a right an earlier last day, of which people are told in its time as of any other.
///
/// # Errors
/// [`RightError::WrongState`] for one that waits, is void or ends before, [`RightError::Reversed`] for a day before its
/// first, what the database answers.
pub async fn shorten(
    tx: &Tx,
    _grant: &Grant,
    id: DatedRightId,
    last: Date,
) -> Result<dated_right::Model, RightError> {
    let row = locked(tx, id).await?;
    let state = state::TABLE.next(Some(row.state), Step::Shorten)?.to;
    if row.ends_on.is_some_and(|end| end <= last) {
        return Err(RightError::WrongState);
    }
    if last < row.starts_on {
        return Err(RightError::Reversed);
    }
    save(tx, dated_right::Model { ends_on: Some(last), grace_until: None, alerted: None, state, ..row }).await
}

/// Notes that the end of a right was told; one that still waited never counted.
///
/// # Errors
/// [`RightError::WrongState`] when it is over, what the database answers.
pub async fn close(tx: &Tx, _grant: &Grant, id: DatedRightId) -> Result<dated_right::Model, RightError> {
    let row = locked(tx, id).await?;
    let state = state::TABLE.next(Some(row.state), Step::Close)?.to;
    save(tx, dated_right::Model { state, ..row }).await
}

/// Takes a right back as if it had never been: its days are free again.
///
/// # Errors
/// What the database answers.
pub async fn void(tx: &Tx, _grant: &Grant, id: DatedRightId) -> Result<dated_right::Model, RightError> {
    let row = locked(tx, id).await?;
    save(tx, never_begun(row)?).await
}

/// A right that does not count any more on any day.
fn never_begun(row: dated_right::Model) -> Result<dated_right::Model, RightError> {
    let state = state::TABLE.next(Some(row.state), Step::TakeBack)?.to;
    Ok(dated_right::Model { state, ..row })
}

/// Sets a right aside from a day on.
///
/// # Errors
/// [`RightError::WrongState`] when it is not in force or set aside already, what the database answers.
pub async fn suspend(tx: &Tx, _grant: &Grant, id: DatedRightId, from: Date) -> Result<(), RightError> {
    let row = locked(tx, id).await?;
    let state = state::TABLE.next(Some(row.state), Step::Suspend)?.to;
    if open_suspension(tx, id).await?.is_some() {
        return Err(RightError::WrongState);
    }
    let suspension = right_suspension::Model {
        id: tx.new_id(),
        right_id: id,
        starts_on: from.max(row.starts_on),
        ends_on: None,
    };
    let insert = right_suspension::Entity::insert(suspension.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    save(tx, dated_right::Model { state, ..row }).await?;
    Ok(())
}

/// Gives a right back: it counts again from that day on.
///
/// # Errors
/// [`RightError::WrongState`] when it is not set aside, what the database answers.
pub async fn resume(tx: &Tx, _grant: &Grant, id: DatedRightId, from: Date) -> Result<(), RightError> {
    let row = locked(tx, id).await?;
    let suspension = open_suspension(tx, id).await?.ok_or(RightError::WrongState)?;
    let last = add_days(from, -1);
    if last < suspension.starts_on {
        right_suspension::Entity::delete_by_id(suspension.id).exec(tx.conn()).await?;
    } else {
        let ended = right_suspension::Model { ends_on: Some(last), ..suspension };
        right_suspension::Entity::update(ended.into_active_model().reset_all()).exec(tx.conn()).await?;
    }
    save(tx, row).await?;
    Ok(())
}

/// Gives a right a later end, or none; it counts as in force again.
///
/// # Errors
/// [`RightError::WrongState`] for one that is void, [`RightError::Reversed`], [`RightError::Overlap`], what the
/// database answers.
pub async fn prolong(
    tx: &Tx,
    _grant: &Grant,
    id: DatedRightId,
    until: Option<Date>,
) -> Result<dated_right::Model, RightError> {
    let row = locked(tx, id).await?;
    let state = state::TABLE.next(Some(row.state), Step::Prolong)?.to;
    let asked = Span::new(row.starts_on, until).ok_or(RightError::Reversed)?;
    hold::lock(tx, Holder { kind: row.holder_kind, id: row.holder_id }).await?;
    let holder = Holder { kind: row.holder_kind, id: row.holder_id };
    let others = queries::met(tx.conn(), holder, row.kind, &row.scope, asked).await?;
    if let Some(known) = others.iter().find(|other| other.id != id) {
        let known = Some(queries::span(known));
        return Err(RightError::Overlap { kind: row.kind, asked, known });
    }
    save(tx, dated_right::Model { ends_on: until, grace_until: None, alerted: None, state, ..row }).await
}

/// Says until when a right still holds after its end, a renewal being examined; none takes it back.
///
/// # Errors
/// [`RightError::WrongState`] for one that is over, [`RightError::Reversed`], what the database answers.
pub async fn grace(
    tx: &Tx,
    _grant: &Grant,
    id: DatedRightId,
    until: Option<Date>,
) -> Result<dated_right::Model, RightError> {
    let row = locked(tx, id).await?;
    let state = state::TABLE.next(Some(row.state), Step::Grace)?.to;
    if until.is_some_and(|until| row.ends_on.is_none_or(|end| until <= end)) {
        return Err(RightError::Reversed);
    }
    save(tx, dated_right::Model { grace_until: until, state, ..row }).await
}

/// The right, locked until the commit.
pub(in super::super) async fn locked(tx: &Tx, id: DatedRightId) -> Result<dated_right::Model, RightError> {
    let found = dated_right::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    found.ok_or(RightError::NotFound)
}

/// Writes a right, its version grown.
pub(in super::super) async fn save(
    tx: &Tx,
    mut row: dated_right::Model,
) -> Result<dated_right::Model, RightError> {
    row.version += 1;
    let update = dated_right::Entity::update(row.clone().into_active_model().reset_all());
    match update.exec(tx.conn()).await {
        Ok(_) => Ok(row),
        Err(error) if db::breaks(&error, hold::CONSTRAINT) => {
            Err(RightError::Overlap { kind: row.kind, asked: queries::span(&row), known: None })
        }
        Err(error) => Err(error.into()),
    }
}

async fn open_suspension(tx: &Tx, id: DatedRightId) -> Result<Option<right_suspension::Model>, RightError> {
    let found = right_suspension::Entity::find()
        .filter(right_suspension::Column::RightId.eq(id))
        .filter(right_suspension::Column::EndsOn.is_null())
        .one(tx.conn())
        .await?;
    Ok(found)
}
