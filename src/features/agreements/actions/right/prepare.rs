//! Creates the agreement of a grant: its number, its periods site by site, its convention to sign.

use entity::agreement::{self, AgreementState};
use entity::{agreement_period, reserve};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use time::Date;

use super::record;
use crate::authz::Grant;
use crate::db::{self, Tx, next_number};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::RightWhat;
use crate::rules::deadline::add_days;
use crate::rules::fold::fold;

/// Days left to sign the convention.
const SIGN_DAYS: i32 = 30;

/// Prepares the agreement, in the transaction of the decision and with its grant.
pub(in crate::features::agreements::actions) async fn prepare(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    starts_on: Date,
    ends_on: Date,
    reserves: &[reserve::Model],
) -> Result<agreement::Model, AgreementError> {
    let number = next_number(tx, "AGT", tx.now().year()).await?;
    let search = fold(&format!(
        "{number} {} {} {}",
        dossier.reference(),
        dossier.structure.name,
        dossier.structure.siren
    ));
    let row = agreement::ActiveModel {
        id: Set(tx.new_id()),
        number: Set(number),
        request_id: Set(dossier.request.id),
        structure_id: Set(dossier.structure.id),
        certification_version_id: Set(dossier.version.id),
        role: Set(dossier.request.role),
        state: Set(AgreementState::Pending),
        starts_on: Set(starts_on),
        ends_on: Set(ends_on),
        deadline_at: Set(Some(dossier.end_of(ends_on).into())),
        convention_sent_at: Set(Some(tx.instant())),
        warned: Set(0),
        version: Set(1),
        search: Set(search),
        ..Default::default()
    };
    let agreement = row.insert(tx.conn()).await?;
    keep_periods(tx, dossier, &agreement).await?;
    if !reserves.is_empty() {
        reserve::Entity::update_many()
            .col_expr(reserve::Column::AgreementId, Expr::value(agreement.id.0))
            .filter(reserve::Column::Id.is_in(reserves.iter().map(|reserve| reserve.id)))
            .exec(tx.conn())
            .await?;
    }
    let today = dossier.today(tx.now());
    let sign_before = add_days(today, SIGN_DAYS);
    let line = ("agreement.prepared", "AGREMENT_PREPARED");
    let states = (None, Some(agreement.state.word()));
    record(tx, grant, &agreement, dossier, line, states, RightWhat::Prepared { sign_before }).await?;
    Ok(agreement)
}

async fn keep_periods(
    tx: &Tx,
    dossier: &Dossier,
    agreement: &agreement::Model,
) -> Result<(), AgreementError> {
    let rows: Vec<_> = dossier
        .sites
        .iter()
        .map(|site| agreement_period::ActiveModel {
            id: Set(tx.new_id()),
            agreement_id: Set(agreement.id),
            structure_id: Set(agreement.structure_id),
            site_id: Set(site.id),
            certification_version_id: Set(agreement.certification_version_id),
            role: Set(agreement.role),
            starts_on: Set(agreement.starts_on),
            ends_on: Set(agreement.ends_on),
        })
        .collect();
    match agreement_period::Entity::insert_many(rows).exec_without_returning(tx.conn()).await {
        Ok(_) => Ok(()),
        Err(error) if db::breaks(&error, "agreement_period_overlap") => Err(AgreementError::PeriodsOverlap),
        Err(error) => Err(error.into()),
    }
}
