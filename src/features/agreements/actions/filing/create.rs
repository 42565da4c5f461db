//! Opens a draft: one per structure and certification version.

use entity::agreement_request::{AgreementRole, RequestKind};
use entity::ids::{CertificationVersionId, StructureId};
use entity::{agreement_request, certification_version, structure};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

use super::carry_over::{Carried, copy, last_granted};
use crate::authz::{Denied, Facts, Permission};
use crate::db::{self, Tx, next_number};
use crate::features::agreements::actions::record_act;
use crate::features::agreements::deadlines;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::queries::live::{refuse_kind, refuse_second};
use crate::features::agreements::queries::registers::is_described;
use crate::features::agreements::state::BEGINS;
use crate::features::settings;
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::fold::searchable;
use crate::rules::right::{DatedRight, Span, valid_on};

/// What a draft starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewRequest {
    /// Who asks.
    pub structure: StructureId,
    /// For what.
    pub version: CertificationVersionId,
    /// First request or renewal.
    pub kind: RequestKind,
    /// Service asked for.
    pub role: AgreementRole,
}

/// Opens a draft.
///
/// # Errors
/// [`AgreementError::DraftExists`]; [`AgreementError::LiveRequest`]; a renewal of what was never held or is already
/// followed, a first request for what is held; a certification that takes no request, or not yet; the refusals of every act.
pub async fn create(tx: &mut Tx, new: NewRequest) -> Result<agreement_request::Model, AgreementError> {
    let (structure, version) = surroundings(tx, new).await?;
    let facts = Facts {
        structure: Some(structure.id),
        region: Some(structure.region.clone()),
        certification: Some(version.certification_id),
        ..Facts::default()
    };
    let grant = tx.authorize(Permission::RequestCreate, &facts)?;
    refuse_second(tx.conn(), structure.id, version.certification_id).await?;
    let today = day_in_zone(tx.now(), &structure.zone);
    refuse_kind(tx.conn(), structure.id, version.certification_id, new.kind, today).await?;
    let author = tx.actor().account_id().ok_or(Denied::Anonymous)?;
    let delays = settings::agreement_delays(tx.conn()).await?;
    let asked = settings::asked_pieces(tx.conn()).await?;
    let former = match new.kind {
        RequestKind::Renewal => last_granted(tx.conn(), structure.id, version.certification_id).await?,
        RequestKind::First => None,
    };
    let text =
        |of: fn(&agreement_request::Model) -> &String| former.as_ref().map(of).cloned().unwrap_or_default();
    let draft_number = next_number(tx, "BRO", tx.now().year()).await?;
    let row = agreement_request::ActiveModel {
        id: Set(tx.new_id()),
        search: Set(searchable(&format!("{draft_number} {} {}", structure.name, structure.siren))),
        draft_number: Set(draft_number),
        structure_id: Set(structure.id),
        certification_version_id: Set(version.id),
        kind: Set(new.kind),
        role: Set(new.role),
        state: Set(BEGINS.0),
        version: Set(1),
        contact_name: Set(structure.contact_name.clone()),
        contact_email: Set(structure.contact_email.clone()),
        contact_phone: Set(structure.contact_phone.clone()),
        project: Set(text(|request| &request.project)),
        signatory_name: Set(text(|request| &request.signatory_name)),
        signatory_title: Set(text(|request| &request.signatory_title)),
        commitment_accepted: Set(false),
        is_training_body: Set(structure.nda.is_some()),
        has_subcontracting: Set(former.as_ref().is_some_and(|request| request.has_subcontracting)),
        pieces_required: Set(asked.kept()),
        created_by: Set(author),
        created_at: Set(tx.instant()),
        touched_at: Set(tx.instant()),
        submission_count: Set(0),
        visit_sequence: Set(0),
        visit_number: Set(1),
        visit_moved_by_structure: Set(false),
        visit_refused: Set(false),
        warned: Set(0),
        ..Default::default()
    };
    let request = match row.insert(tx.conn()).await {
        Ok(request) => request,
        Err(error) if db::is_unique_violation(&error) => return Err(AgreementError::DraftExists),
        Err(error) => return Err(error.into()),
    };
    let carried = match &former {
        Some(former) => copy(tx, former, &request, author, today).await?,
        None => Carried::default(),
    };
    let mut dossier = Dossier::around(tx.conn(), request).await?;
    dossier.request = deadlines::plan(tx, &dossier, &delays).await?;
    let expires_on = add_days(dossier.today(tx.now()), i32::from(delays.draft_idle_days));
    record_act(tx, &grant, &dossier, What::Drafted { expires_on, delays: &delays, carried: &carried })
        .await?;
    Ok(dossier.request)
}

async fn surroundings(
    tx: &Tx,
    new: NewRequest,
) -> Result<(structure::Model, certification_version::Model), AgreementError> {
    let structure = structure::Entity::find_by_id(new.structure).one(tx.conn()).await?;
    let structure = structure.ok_or(AgreementError::NotFound)?;
    let version = certification_version::Entity::find_by_id(new.version).one(tx.conn()).await?;
    let version = version.ok_or_else(|| {
        AgreementError::fault(
            "/certification_version_id",
            "certification-unknown",
            "Choisissez une certification",
        )
    })?;
    let today = tx.now().date();
    let open = Span { from: version.valid_from, until: version.valid_until };
    if !valid_on(&DatedRight::from(open), today) {
        return Err(AgreementError::fault(
            "/certification_version_id",
            "certification-closed",
            "Cette version de la certification ne reçoit plus de demande\u{202f}: choisissez celle en vigueur",
        ));
    }
    if !is_described(tx.conn(), version.id, today).await? {
        return Err(AgreementError::fault(
            "/certification_version_id",
            "certification-not-offered",
            "Cette certification n’est pas encore proposée\u{202f}: son répertoire ou son organisme certificateur est à compléter",
        ));
    }
    Ok((structure, version))
}
