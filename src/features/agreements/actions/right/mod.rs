//! What follows a grant: the convention, its two signatures, the reserves, the list of partners.

mod close_reserve;
mod partner_update;
mod prepare;
mod prove_reserve;
mod replace;
mod sign;

pub use close_reserve::close_reserve;
pub(super) use partner_update::open_partner_update;
pub use partner_update::{acknowledge_partner_update, siret_changed};
pub(super) use prepare::prepare;
pub use prove_reserve::{ProofInput, prove_reserve};
pub use sign::{sign_for_certifier, sign_for_structure};

use std::sync::Arc;

use entity::agreement;
use entity::ids::AgreementId;
use sea_orm::{EntityTrait, QuerySelect};
use time::Date;

use crate::authz::Grant;
use crate::db::{Error, Tx};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::{RightEvent, RightWhat};
use crate::features::rights::{self, RightState, Source, SourceKind};

/// An agreement, locked, with the request that gave it.
pub(super) async fn locked(tx: &Tx, id: AgreementId) -> Result<(agreement::Model, Dossier), AgreementError> {
    let agreement = agreement::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let agreement = agreement.ok_or(AgreementError::NotFound)?;
    let request = entity::agreement_request::Entity::find_by_id(agreement.request_id).one(tx.conn()).await?;
    let missing = || Error::Inconsistent {
        table: "agreement",
        id: agreement.number.clone(),
        what: "request not found",
    };
    let dossier = Dossier::around(tx.conn(), request.ok_or_else(missing)?).await?;
    Ok((agreement, dossier))
}

/// Starts the rights of an agreement on a day: both signed.
pub(super) async fn start_rights(
    tx: &Tx,
    grant: &Grant,
    agreement: AgreementId,
    from: Date,
) -> Result<(), AgreementError> {
    for held in rights_of(tx, agreement).await? {
        rights::actions::start(tx, grant, held.right.id, from).await?;
    }
    Ok(())
}

/// Notes that the rights of an agreement are at their end; those that never started never counted. One that another
/// replaced is over already.
pub(super) async fn close_rights(
    tx: &Tx,
    grant: &Grant,
    agreement: AgreementId,
) -> Result<(), AgreementError> {
    let held = rights_of(tx, agreement).await?;
    let goes_on = |state: RightState| matches!(state, RightState::InForce | RightState::Pending);
    for held in held.into_iter().filter(|held| goes_on(held.right.state)) {
        rights::actions::close(tx, grant, held.right.id).await?;
    }
    Ok(())
}

/// Says until when the rights of an agreement hold after their last day, its renewal being examined; none takes it back.
pub(super) async fn give_grace(
    tx: &Tx,
    grant: &Grant,
    agreement: AgreementId,
    until: Option<Date>,
) -> Result<(), AgreementError> {
    let held = rights_of(tx, agreement).await?;
    for held in held.into_iter().filter(|held| held.right.state == RightState::InForce) {
        rights::actions::grace(tx, grant, held.right.id, until).await?;
    }
    Ok(())
}

/// The rights of an agreement, site by site.
pub(super) async fn rights_of(tx: &Tx, agreement: AgreementId) -> Result<Vec<rights::Held>, AgreementError> {
    let source = Source::new(SourceKind::Agreement, agreement);
    Ok(rights::queries::of_source(tx.conn(), source).await?)
}

/// Records an event of the right.
pub(super) async fn record(
    tx: &mut Tx,
    grant: &Grant,
    agreement: &agreement::Model,
    dossier: &Dossier,
    line: (&'static str, &'static str),
    states: (Option<String>, Option<String>),
    what: RightWhat<'_>,
) -> Result<(), AgreementError> {
    let app = Arc::clone(tx.app());
    let base_url = app.config.public_url.trim_end_matches('/');
    let event = RightEvent { agreement, dossier, base_url, now: tx.now(), line, states, what };
    tx.record(grant, &event).await?;
    Ok(())
}
