//! Every change of a right of a registered certification must reach France compétences within two months (A12).

use std::sync::Arc;

use entity::agreement::AgreementState;
use entity::ids::{AgreementId, AgreementRequestId, PartnerUpdateId, SiteId};
use entity::{agreement, partner_update, request_site};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use time::Date;

use super::{locked, record};
use crate::app::App;
use crate::authz::{Actor, Grant, Permission};
use crate::db::Tx;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::RightWhat;
use crate::features::agreements::labels;
use crate::features::rights::{self, Holder, RightKind};
use crate::features::settings;
use crate::rules::deadline::add_months;

/// Who opens the updates that a change of the structure makes due.
const ACTOR: &str = "agreements.partners";

/// Opens the update that a change makes due, when the certification is registered on that day.
pub(in crate::features::agreements::actions) async fn open_partner_update(
    tx: &mut Tx,
    grant: &Grant,
    agreement: &agreement::Model,
    dossier: &Dossier,
    change: &str,
) -> Result<(), AgreementError> {
    let today = dossier.today(tx.now());
    if !is_registered(tx, dossier, today).await? {
        return Ok(());
    }
    let delays = settings::agreement_delays(tx.conn()).await?;
    let months = delays.partner_update_months;
    let due_on = add_months(today, i32::from(months));
    let row = partner_update::ActiveModel {
        id: Set(tx.new_id()),
        agreement_id: Set(agreement.id),
        reason: Set(change.to_owned()),
        changed_at: Set(tx.instant()),
        due_on: Set(due_on),
        done_at: Set(None),
        done_by: Set(None),
    };
    partner_update::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    let line = ("agreement.partner_update_due", "FC_PARTNER_DUE");
    let what = RightWhat::PartnerUpdateDue { due_on, change, months };
    record(tx, grant, agreement, dossier, line, (None, None), what).await
}

async fn is_registered(tx: &Tx, dossier: &Dossier, on: Date) -> Result<bool, AgreementError> {
    let held = rights::queries::of_holder(tx.conn(), Holder::version(dossier.version.id)).await?;
    Ok(held.iter().any(|held| held.right.kind == RightKind::Registration && held.valid_on(on)))
}

/// Opens the updates that another SIRET of a site makes due: one for each agreement in course that names the site, all
/// at once, so that trying again opens none twice.
///
/// # Errors
/// What the database answers.
pub async fn siret_changed(app: &Arc<App>, site: SiteId) -> Result<(), AgreementError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let mut opened = false;
    for id in in_course(&tx, site).await? {
        let (agreement, dossier) = locked(&tx, id).await?;
        let grant = tx.authorize(Permission::AgreementDeadline, &dossier.facts())?;
        let today = dossier.today(tx.now());
        if is_registered(&tx, &dossier, today).await? {
            open_partner_update(&mut tx, &grant, &agreement, &dossier, labels::SIRET_CHANGED).await?;
            opened = true;
        }
    }
    if opened {
        tx.commit().await?;
    }
    Ok(())
}

/// The agreements of a site that are in the list of partners.
async fn in_course(tx: &Tx, site: SiteId) -> Result<Vec<AgreementId>, AgreementError> {
    use AgreementState as S;
    use agreement::Column;
    let requests: Vec<AgreementRequestId> = request_site::Entity::find()
        .select_only()
        .column(request_site::Column::RequestId)
        .filter(request_site::Column::SiteId.eq(site))
        .into_tuple()
        .all(tx.conn())
        .await?;
    let found = agreement::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::RequestId.is_in(requests))
        .filter(Column::State.is_in([S::Active, S::ActiveWithReserves, S::Suspended]))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(found)
}

/// Says that the list was updated.
///
/// # Errors
/// An update already acknowledged; the refusals of every act.
pub async fn acknowledge_partner_update(tx: &mut Tx, id: PartnerUpdateId) -> Result<(), AgreementError> {
    let found = partner_update::Entity::find_by_id(id).one(tx.conn()).await?;
    let found = found.ok_or(AgreementError::NotFound)?;
    let (agreement, dossier) = locked(tx, found.agreement_id).await?;
    let grant = tx.authorize(Permission::PartnerUpdate, &dossier.facts())?;
    if found.done_at.is_some() {
        let detail = "Cette mise à jour est déjà enregistrée.";
        return Err(AgreementError::blocked("partner-update-done", detail, Vec::new()));
    }
    let mut row: partner_update::ActiveModel = found.into();
    row.done_at = Set(Some(tx.instant()));
    row.done_by = Set(tx.actor().account_id());
    row.update(tx.conn()).await?;
    let line = ("agreement.partner_update_done", "FC_PARTNER_DONE");
    record(tx, &grant, &agreement, &dossier, line, (None, None), RightWhat::PartnerUpdateDone).await
}
