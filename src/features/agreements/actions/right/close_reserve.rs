//! Closes a reserve on evidence, the file that the structure brought staying tied to it; the last one makes the right whole (A3).

use entity::agreement::{self, AgreementState};
use entity::ids::{AgreementId, ReserveId};
use entity::reserve::{self, ReserveState};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{locked, open_partner_update, record};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::RightWhat;
use crate::features::agreements::input::required;
use crate::features::agreements::labels;
use crate::features::agreements::state::right::takes_proofs;
use crate::features::agreements::state::{RIGHT_TABLE, RightStep};

/// Closes the reserve.
///
/// # Errors
/// A reserve already closed; no evidence; the refusals of every act.
pub async fn close_reserve(
    tx: &mut Tx,
    id: AgreementId,
    reserve: ReserveId,
    evidence: &str,
) -> Result<agreement::Model, AgreementError> {
    let (mut agreement, dossier) = locked(tx, id).await?;
    let grant = tx.authorize(Permission::AgreementLift, &dossier.facts())?;
    takes_proofs(agreement.state)?;
    let evidence = required("/evidence", evidence, "Dites ce qui prouve que la réserve est levée")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let found = reserve::Entity::find_by_id(reserve).one(tx.conn()).await?;
    let found = found.filter(|found| found.agreement_id == Some(id)).ok_or(AgreementError::NotFound)?;
    if found.state == ReserveState::Closed {
        return Err(AgreementError::blocked(
            "reserve-already-closed",
            labels::steps::RESERVE_LIFTED,
            Vec::new(),
        ));
    }
    let mut row: reserve::ActiveModel = found.into();
    row.state = Set(ReserveState::Closed);
    row.closed_at = Set(Some(tx.instant()));
    row.evidence = Set(Some(evidence));
    let closed = row.update(tx.conn()).await?;
    let line = ("agreement.reserve_closed", "AGREMENT_RESERVE_CLOSED");
    record(
        tx,
        &grant,
        &agreement,
        &dossier,
        line,
        (None, None),
        RightWhat::ReserveClosed { reserve: &closed },
    )
    .await?;
    let open = reserve::Entity::find()
        .filter(reserve::Column::AgreementId.eq(id))
        .filter(reserve::Column::State.eq(ReserveState::Open))
        .count(tx.conn())
        .await?;
    // The reserves of a right that is set aside are lifted when it is given back.
    if open == 0 && agreement.state != AgreementState::Suspended {
        let line = RIGHT_TABLE.next(agreement.state, RightStep::LiftReserves)?;
        let states = (Some(agreement.state.word()), Some(line.to.word()));
        let version = agreement.version + 1;
        let mut row: agreement::ActiveModel = agreement.into();
        row.state = Set(line.to);
        row.version = Set(version);
        agreement = row.update(tx.conn()).await?;
        record(tx, &grant, &agreement, &dossier, line.event, states, RightWhat::ReservesLifted).await?;
        open_partner_update(tx, &grant, &agreement, &dossier, labels::right_state(line.to).word).await?;
    }
    Ok(agreement)
}
