//! The convention is signed by the structure and by the certifier, in any order; both make the right active (A1, A2).
//!
//! Both sign the text that the decision froze: who signs, in which quality, is said in the signatures and changes no
//! clause.

use entity::agreement;
use entity::ids::AgreementId;
use entity::reserve::{self, ReserveState};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::replace::make_room;
use super::{locked, open_partner_update, record, start_rights};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::agreements::documents::wording::MANAGER;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::RightWhat;
use crate::features::agreements::input::Signatory;
use crate::features::agreements::state::{RIGHT_TABLE, RightStep};
use crate::features::agreements::{deadlines, labels};
use crate::features::settings;

/// The structure signs.
///
/// # Errors
/// A convention already signed by the structure; no name; another person without a quality; the refusals of every act.
pub async fn sign_for_structure(
    tx: &mut Tx,
    id: AgreementId,
    version: Option<i32>,
    name: &str,
    quality: &str,
) -> Result<agreement::Model, AgreementError> {
    let (agreement, dossier) = locked(tx, id).await?;
    let grant = tx.authorize(Permission::AgreementSignStructure, &dossier.facts())?;
    open_to(&agreement, version, agreement.signed_by_structure_at.is_some())?;
    let request = &dossier.request;
    let (name_known, quality_known) = (request.signatory_name.trim(), request.signatory_title.trim());
    let known = Signatory { name: name_known.to_owned(), quality: quality_known.to_owned() };
    let by = Signatory::read(name, quality, &known, "").map_err(AgreementError::Invalid)?;
    let now = tx.instant();
    let mut row: agreement::ActiveModel = agreement.into();
    row.signed_by_structure_at = Set(Some(now));
    row.signed_by_structure = Set(Some(by.name.clone()));
    row.signed_by_structure_quality = Set(Some(by.quality));
    signed(tx, &grant, &dossier, row, "structure", &by.name).await
}

/// The certifier signs.
///
/// # Errors
/// A convention already signed by the certifier; no name; another person without a quality; the refusals of every act.
pub async fn sign_for_certifier(
    tx: &mut Tx,
    id: AgreementId,
    version: Option<i32>,
    name: &str,
    quality: &str,
) -> Result<agreement::Model, AgreementError> {
    let (agreement, dossier) = locked(tx, id).await?;
    let grant = tx.authorize(Permission::AgreementSignCertifier, &dossier.facts())?;
    open_to(&agreement, version, agreement.signed_by_certifier_at.is_some())?;
    let known = Signatory::known(&tx.app().config.organisation_representative);
    let by = Signatory::read(name, quality, &known, MANAGER).map_err(AgreementError::Invalid)?;
    let now = tx.instant();
    let mut row: agreement::ActiveModel = agreement.into();
    row.signed_by_certifier_at = Set(Some(now));
    row.signed_by_certifier = Set(Some(by.name.clone()));
    row.signed_by_certifier_quality = Set(Some(by.quality));
    signed(tx, &grant, &dossier, row, "certifier", &by.name).await
}

/// Whether the convention waits for this signature, and is the one that was read.
fn open_to(agreement: &agreement::Model, version: Option<i32>, already: bool) -> Result<(), AgreementError> {
    if version.is_some_and(|version| version != agreement.version) {
        return Err(AgreementError::Stale);
    }
    RIGHT_TABLE.next(agreement.state, RightStep::Activate)?;
    if already {
        let detail = "Cette convention porte déjà votre signature.";
        return Err(AgreementError::blocked("convention-already-signed", detail, Vec::new()));
    }
    Ok(())
}

async fn signed(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    mut row: agreement::ActiveModel,
    party: &'static str,
    name: &str,
) -> Result<agreement::Model, AgreementError> {
    let version = row.version.as_ref() + 1;
    row.version = Set(version);
    let agreement = row.update(tx.conn()).await?;
    let line = ("agreement.signed", "AGREMENT_SIGNED");
    record(tx, grant, &agreement, dossier, line, (None, None), RightWhat::Signed { party, name }).await?;
    let both = agreement.signed_by_structure_at.is_some() && agreement.signed_by_certifier_at.is_some();
    if both { activate(tx, grant, dossier, agreement).await } else { Ok(agreement) }
}

async fn activate(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    agreement: agreement::Model,
) -> Result<agreement::Model, AgreementError> {
    let open = reserve::Entity::find()
        .filter(reserve::Column::AgreementId.eq(agreement.id))
        .filter(reserve::Column::State.eq(ReserveState::Open))
        .all(tx.conn())
        .await?;
    let step = if open.is_empty() { RightStep::Activate } else { RightStep::ActivateWithReserves };
    let line = RIGHT_TABLE.next(agreement.state, step)?;
    let delays = settings::agreement_delays(tx.conn()).await?;
    // It takes effect at the last signature at the earliest; its end stays as decided.
    let starts_on = agreement.starts_on.max(dossier.today(tx.now())).min(agreement.ends_on);
    let active = agreement::Model { state: line.to, starts_on, ..agreement.clone() };
    let alarm = deadlines::next_right_alarm(&active, &dossier.structure.zone, &delays).map(|(at, _)| at);
    let before = agreement.state.word();
    let version = agreement.version + 1;
    let mut row: agreement::ActiveModel = agreement.into();
    row.state = Set(line.to);
    row.starts_on = Set(starts_on);
    row.activated_at = Set(Some(tx.instant()));
    row.deadline_at = Set(alarm.map(Into::into));
    row.version = Set(version);
    let agreement = row.update(tx.conn()).await?;
    Box::pin(make_room(tx, grant, &agreement)).await?;
    start_rights(tx, grant, agreement.id, starts_on).await?;
    let states = (Some(before), Some(line.to.word()));
    let what = RightWhat::Activated { reserves: &open, renewal_from_months: delays.renewal_from_months };
    record(tx, grant, &agreement, dossier, line.event, states, what).await?;
    open_partner_update(tx, grant, &agreement, dossier, labels::right_state(line.to).word).await?;
    Ok(agreement)
}
