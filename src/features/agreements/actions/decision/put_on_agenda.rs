//! Puts a file on the agenda of a committee (row 17).

use entity::agreement_request;
use entity::committee::{self, CommitteeState};
use entity::ids::{AgreementRequestId, CommitteeId};
use sea_orm::{ActiveValue::Set, EntityTrait, QuerySelect};

use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::state::{self, Step};
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// Puts the request on the agenda.
///
/// # Errors
/// No such committee, one that is over or whose day is behind; the refusals of every act.
pub async fn put_on_agenda(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    committee: CommitteeId,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestAgenda, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, Step::PutOnAgenda)?;
    let committee = open_committee(tx, committee).await?;
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::PutOnAgenda, |row| {
            row.committee_id = Set(Some(committee.id));
            row.agenda_at = Set(Some(now));
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::OnAgenda { committee: &committee }).await?;
    Ok(dossier.request)
}

/// A committee that can still receive files: planned, and whose day is not behind in Paris. Its row is locked, so that
/// one that is cancelled at the same time does not receive a file.
pub(super) async fn open_committee(tx: &Tx, id: CommitteeId) -> Result<committee::Model, AgreementError> {
    let found = committee::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let today = day_in_zone(tx.now(), PARIS);
    let open = |one: &committee::Model| one.state == CommitteeState::Planned && one.meets_on >= today;
    found.filter(open).ok_or_else(|| {
        AgreementError::fault("/committee_id", "committee-closed", "Choisissez une commission à venir")
    })
}
