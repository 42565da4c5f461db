//! Rights recorded by hand, since no other feature gives them: what the certifying body holds, the State convention of a
//! structure. They are recorded, cut short, or taken back when they were recorded by mistake.

use entity::dated_right::{self, HolderKind, RightKind, RightState, SourceKind};
use entity::ids::DatedRightId;
use entity::{right_record, structure};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};

use super::super::events::{RecordEvent, RecordWhat};
use super::super::input::{self, TypedEnd, TypedRecord};
use super::super::state::{self, Step};
use super::super::{Holder, RightError, Source, WHOLE, labels};
use super::change::{close, locked, shorten, void};
use super::hold::{NewRight, hold};
use crate::authz::{Facts, Grant, Permission};
use crate::db::Tx;
use crate::error::Fault;

/// The permission to record, cut short or take back such a right by hand; none for what another feature gives.
#[must_use]
pub const fn by_hand(holder: HolderKind, kind: RightKind) -> Option<Permission> {
    match (holder, kind) {
        (HolderKind::Certifier, RightKind::Qualiopi | RightKind::Insurance) => {
            Some(Permission::CertifierRightManage)
        }
        (HolderKind::Structure, RightKind::StateConvention) => Some(Permission::ConventionManage),
        _ => None,
    }
}

/// What the policy looks at in a holder.
///
/// # Errors
/// [`RightError::NotFound`] for a structure that is not there, what the database answers.
pub(in super::super) async fn facts(
    conn: &impl ConnectionTrait,
    holder: Holder,
) -> Result<Facts, RightError> {
    if holder.kind != HolderKind::Structure {
        return Ok(Facts::default());
    }
    let found = structure::Entity::find_by_id(holder.id).one(conn).await?;
    let row = found.ok_or(RightError::NotFound)?;
    Ok(Facts { structure: Some(row.id), region: Some(row.region), ..Facts::default() })
}

/// Records a right.
///
/// # Errors
/// Every fault, [`RightError::Overlap`], [`RightError::WrongState`] for what is not recorded by hand, the refusal of the
/// policy, what the database answers.
pub async fn record(
    tx: &mut Tx,
    holder: Holder,
    kind: RightKind,
    typed: &TypedRecord,
) -> Result<dated_right::Model, RightError> {
    let permission = by_hand(holder.kind, kind).ok_or(RightError::WrongState)?;
    let facts = facts(tx.conn(), holder).await?;
    let grant = tx.authorize(permission, &facts)?;
    let new = typed.read()?;
    let record = right_record::Model {
        id: tx.new_id(),
        number: new.number,
        issuer: new.issuer,
        recorded_by: tx.actor().account_id(),
        recorded_at: tx.instant(),
    };
    let insert = right_record::Entity::insert(record.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let asked = NewRight {
        holder,
        kind,
        scope: WHOLE.to_owned(),
        reference: record.number,
        span: new.span,
        pending: false,
        source: Source::new(SourceKind::RightRecord, record.id),
    };
    let mut right = hold(tx, &grant, asked).await?;
    if right.ends_on.is_some_and(|end| end < tx.app().today()) {
        // what is history already is told to nobody
        right = close(tx, &grant, right.id).await?;
    }
    let what = RecordWhat::Recorded { issuer: &record.issuer };
    tx.record(&grant, &RecordEvent { right: &right, what }).await?;
    Ok(right)
}

/// Ends a right before its term, whatever paper it came from: a certificate that was withdrawn, a convention that was
/// terminated.
///
/// # Errors
/// Every fault, a day that is not inside among them, [`RightError::WrongState`], [`RightError::Stale`], the refusal of
/// the policy, what the database answers.
pub async fn cut_short(
    tx: &mut Tx,
    id: DatedRightId,
    seen: Option<i32>,
    typed: &TypedEnd,
) -> Result<dated_right::Model, RightError> {
    let (row, grant) = open(tx, id, seen).await?;
    state::TABLE.next(Some(row.state), Step::Shorten)?;
    let end = typed.read()?;
    let inside = row.starts_on <= end.on && row.ends_on.is_none_or(|known| end.on < known);
    if !inside {
        let message = labels::end_inside(row.starts_on, row.ends_on);
        return Err(vec![Fault::new("/ends_on", "not-inside", message)].into());
    }
    let right = shorten(tx, &grant, id, end.on).await?;
    let what = RecordWhat::CutShort { before: row.ends_on, reason: &end.reason };
    tx.record(&grant, &RecordEvent { right: &right, what }).await?;
    Ok(right)
}

/// Takes back a right that was recorded by mistake: it never counted, and its days are free again.
///
/// # Errors
/// The fault, [`RightError::WrongState`] for one that comes from elsewhere or is void already, [`RightError::Stale`], the
/// refusal of the policy, what the database answers.
pub async fn take_back(
    tx: &mut Tx,
    id: DatedRightId,
    seen: Option<i32>,
    reason: &str,
) -> Result<dated_right::Model, RightError> {
    let (row, grant) = open(tx, id, seen).await?;
    if row.source_kind != SourceKind::RightRecord || row.state == RightState::Void {
        return Err(RightError::WrongState);
    }
    let reason = input::reason(reason)?;
    let right = void(tx, &grant, id).await?;
    let what = RecordWhat::TakenBack { before: row.state, reason: &reason };
    tx.record(&grant, &RecordEvent { right: &right, what }).await?;
    Ok(right)
}

/// The right, locked, and the right to change it.
async fn open(
    tx: &Tx,
    id: DatedRightId,
    seen: Option<i32>,
) -> Result<(dated_right::Model, Grant), RightError> {
    let row = locked(tx, id).await?;
    let facts = facts(tx.conn(), Holder { kind: row.holder_kind, id: row.holder_id }).await?;
    let permission = by_hand(row.holder_kind, row.kind);
    let grant = tx.authorize(permission.unwrap_or(Permission::CertifierRightManage), &facts)?;
    if permission.is_none() {
        return Err(RightError::WrongState);
    }
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(RightError::Stale);
    }
    Ok((row, grant))
}
