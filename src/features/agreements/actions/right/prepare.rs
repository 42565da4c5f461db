//! Creates the agreement of a grant: its number, its rights site by site, its convention to sign.

use entity::agreement::{self, AgreementState};
use entity::{agreement_request, reserve};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use time::Date;

use super::record;
use crate::authz::Grant;
use crate::db::{Tx, next_number};
use crate::features::agreements::decision_rules::Followed;
use crate::features::agreements::documents::facts::Material;
use crate::features::agreements::documents::right::offered;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::RightWhat;
use crate::features::agreements::queries::live::{in_the_way, last_in_force};
use crate::features::rights::actions::{NewRight, await_turn, hold};
use crate::features::rights::{self, Holder, RightKind, Source, SourceKind};
use crate::features::settings;
use crate::rules::deadline::add_days;
use crate::rules::fold::{fold, searchable};
use crate::rules::right::Span;

/// Prepares the agreement, in the transaction of the decision and with its grant. When it replaces those in force, they
/// end once it is signed.
///
/// # Errors
/// [`AgreementError::WouldReplace`], [`AgreementError::PeriodsOverlap`], what the database answers.
pub(in crate::features::agreements::actions) async fn prepare(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    (starts_on, ends_on): (Date, Date),
    reserves: &[reserve::Model],
    replaces: bool,
) -> Result<agreement::Model, AgreementError> {
    let number = next_number(tx, "AGT", tx.now().year()).await?;
    let search = searchable(&format!(
        "{number} {} {} {}",
        dossier.reference(),
        dossier.structure.name,
        dossier.structure.siren
    ));
    let found_by = format!("{} {}", dossier.request.search, fold(&number));
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
    // The request is found by the number of its right.
    agreement_request::Entity::update_many()
        .col_expr(agreement_request::Column::Search, Expr::value(found_by))
        .filter(agreement_request::Column::Id.eq(dossier.request.id))
        .exec(tx.conn())
        .await?;
    keep_rights(tx, grant, dossier, &agreement, replaces).await?;
    if !reserves.is_empty() {
        reserve::Entity::update_many()
            .col_expr(reserve::Column::AgreementId, Expr::value(agreement.id.0))
            .filter(reserve::Column::Id.is_in(reserves.iter().map(|reserve| reserve.id)))
            .exec(tx.conn())
            .await?;
    }
    let agreement = Box::pin(freeze(tx, agreement)).await?;
    let today = dossier.today(tx.now());
    let delays = settings::agreement_delays(tx.conn()).await?;
    let sign_before = add_days(today, i32::from(delays.sign_days));
    let line = ("agreement.prepared", "AGREMENT_PREPARED");
    let states = (None, Some(agreement.state.word()));
    record(tx, grant, &agreement, dossier, line, states, RightWhat::Prepared { sign_before }).await?;
    Ok(agreement)
}

/// Keeps the text of the convention as it is offered: both parties sign that one, whoever signs and whatever changes
/// meanwhile.
async fn freeze(tx: &Tx, agreement: agreement::Model) -> Result<agreement::Model, AgreementError> {
    let material = Material::read(tx.app(), tx.conn(), agreement.request_id).await?;
    let Some(text) = offered(&material) else { return Ok(agreement) };
    let text = text.to_string();
    let mut row: agreement::ActiveModel = agreement.into();
    row.convention_hash = Set(Some(hex::encode(Sha256::digest(text.as_bytes()))));
    row.convention_text = Set(Some(text));
    Ok(row.update(tx.conn()).await?)
}

/// Keeps the days of each site: the right waits for the two signatures.
async fn keep_rights(
    tx: &Tx,
    grant: &Grant,
    dossier: &Dossier,
    agreement: &agreement::Model,
    replaces: bool,
) -> Result<(), AgreementError> {
    let asked = Span { from: agreement.starts_on, until: Some(agreement.ends_on) };
    let met = in_the_way(tx.conn(), dossier, asked).await?;
    if let Some(held) = last_in_force(&met).filter(|_| !replaces) {
        let Followed { number, span: known } = held;
        return Err(AgreementError::WouldReplace { number, asked, known });
    }
    let scope = rights::scope(&[&agreement.certification_version_id.to_string(), &agreement.role.word()]);
    let mut sites: Vec<_> = dossier.sites.iter().map(|site| site.id).collect();
    sites.sort_unstable();
    for site in sites {
        let new = NewRight {
            holder: Holder::site(site),
            kind: RightKind::Agreement,
            scope: scope.clone(),
            reference: agreement.number.clone(),
            span: asked,
            pending: true,
            source: Source::new(SourceKind::Agreement, agreement.id),
        };
        if replaces {
            await_turn(tx, grant, new).await?;
        } else {
            hold(tx, grant, new).await?;
        }
    }
    Ok(())
}
