//! Moves a committee, or cancels it: those who sit on it are told, and the files of one that is cancelled wait for another.

use entity::agreement_request::{self, RequestState};
use entity::committee::{self, CommitteeState};
use entity::decision;
use entity::ids::{AgreementRequestId, CommitteeId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use time::Date;

use super::plan_committee::{faults, one_a_day};
use crate::authz::{Facts, Grant, Permission};
use crate::db::Tx;
use crate::error::Fault;
use crate::features::agreements::actions::{record_committee, record_step};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::{CommitteeWhat, What};
use crate::features::agreements::input::required;
use crate::features::agreements::state::Step;

/// Where and when a committee meets from now on; what is not given stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitteeMove {
    /// Its day.
    pub meets_on: Date,
    /// Its IANA zone.
    pub zone: Option<String>,
    /// Its place.
    pub place: Option<String>,
}

/// Moves the committee; its agenda follows it.
///
/// # Errors
/// A committee that is over or that already decided; an empty reason; a day in the past or already taken; a move that
/// changes nothing; the refusals of every act.
pub async fn move_committee(
    tx: &mut Tx,
    id: CommitteeId,
    version: Option<i32>,
    to: CommitteeMove,
    reason: &str,
) -> Result<committee::Model, AgreementError> {
    let (grant, before) = changeable(tx, id, version).await?;
    let zone = to.zone.unwrap_or_else(|| before.zone.clone());
    let place = to.place.unwrap_or_else(|| before.place.clone());
    let mut wrong = faults(to.meets_on, &zone, &place, tx.now());
    if (to.meets_on, zone.as_str(), place.trim())
        == (before.meets_on, before.zone.as_str(), before.place.as_str())
    {
        wrong.push(Fault::new(
            "/meets_on",
            "committee-unmoved",
            "Choisissez une autre date ou un autre lieu",
        ));
    }
    let reason = required("/reason", reason, "Dites pourquoi la commission est déplacée");
    let reason = reason.map_err(|fault| wrong.push(fault)).unwrap_or_default();
    if !wrong.is_empty() {
        return Err(AgreementError::Invalid(wrong));
    }
    let (previous_on, version) = (before.meets_on, before.version + 1);
    let mut row: committee::ActiveModel = before.into();
    row.meets_on = Set(to.meets_on);
    row.zone = Set(zone);
    row.place = Set(place.trim().to_owned());
    row.version = Set(version);
    let committee = one_a_day(row.update(tx.conn()).await)?;
    let files = on_agenda(tx, id).await?.len();
    record_committee(tx, &grant, &committee, files, CommitteeWhat::Moved { previous_on, reason: &reason })
        .await?;
    Ok(committee)
}

/// Cancels the committee; each file on its agenda waits for another one.
///
/// # Errors
/// A committee that is over or that already decided; an empty reason; the refusals of every act.
pub async fn cancel_committee(
    tx: &mut Tx,
    id: CommitteeId,
    version: Option<i32>,
    reason: &str,
) -> Result<committee::Model, AgreementError> {
    let (grant, before) = changeable(tx, id, version).await?;
    let reason = required("/reason", reason, "Dites pourquoi la commission est annulée")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let version = before.version + 1;
    let mut row: committee::ActiveModel = before.into();
    row.state = Set(CommitteeState::Cancelled);
    row.version = Set(version);
    let committee = row.update(tx.conn()).await?;
    let files = on_agenda(tx, id).await?;
    record_committee(tx, &grant, &committee, files.len(), CommitteeWhat::Cancelled { reason: &reason })
        .await?;
    for file in files {
        let mut dossier = Dossier::locked(tx, file).await?;
        let line = dossier
            .step(tx, Step::TakeOffAgenda, |row| {
                row.committee_id = Set(None);
                row.agenda_at = Set(None);
            })
            .await?;
        let what = What::OffAgenda { committee: &committee, reason: &reason };
        record_step(tx, &grant, &dossier, line, what).await?;
    }
    Ok(committee)
}

/// The committee, locked, when it is still to come or to decide.
async fn changeable(
    tx: &mut Tx,
    id: CommitteeId,
    version: Option<i32>,
) -> Result<(Grant, committee::Model), AgreementError> {
    let grant = tx.authorize(Permission::CommitteeManage, &Facts::default())?;
    let found = committee::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let found = found.ok_or(AgreementError::NotFound)?;
    if version.is_some_and(|seen| seen != found.version) {
        return Err(AgreementError::Stale);
    }
    if found.state != CommitteeState::Planned {
        let detail = "Cette commission est déjà tenue ou annulée.";
        return Err(AgreementError::blocked("committee-over", detail, Vec::new()));
    }
    let decided =
        decision::Entity::find().filter(decision::Column::CommitteeId.eq(id)).count(tx.conn()).await?;
    if decided > 0 {
        let detail =
            "Cette commission a déjà rendu une décision\u{202f}: elle ne peut plus être déplacée ni annulée.";
        return Err(AgreementError::blocked("committee-decided", detail, Vec::new()));
    }
    Ok((grant, found))
}

/// The files that a committee has still to decide.
async fn on_agenda(tx: &Tx, id: CommitteeId) -> Result<Vec<AgreementRequestId>, AgreementError> {
    use agreement_request::Column;
    let ids = agreement_request::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::CommitteeId.eq(id))
        .filter(Column::State.eq(RequestState::InCommittee))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(ids)
}
