//! Keeps what was typed in a draft or in a file to complete; saved as one goes, so nothing typed is lost.

use entity::agreement_request::RequestState;
use entity::ids::AgreementRequestId;
use entity::{agreement_request, request_site, site};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::authz::Permission;
use crate::db::Tx;
use crate::events::diff::diff;
use crate::features::agreements::actions::record_act;
use crate::features::agreements::dossier::{self, Dossier};
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::DraftInput;
use crate::features::agreements::queries::live::refuse_kind;
use crate::features::agreements::{deadlines, state};
use crate::features::settings;
use crate::rules::phone::Phone;

/// Keeps the form.
///
/// # Errors
/// When the request can no longer be changed; a kind that what the structure holds refuses; a site of another
/// structure; texts too long; the refusals of every act.
pub async fn edit(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    input: DraftInput,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestEdit, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, state::Step::Submit)?;
    let faults = input.draft_faults();
    if !faults.is_empty() {
        return Err(AgreementError::Invalid(faults));
    }
    if input.kind != dossier.request.kind {
        let (structure, certification) = (dossier.structure.id, dossier.version.certification_id);
        refuse_kind(tx.conn(), structure, certification, input.kind, dossier.today(tx.now())).await?;
    }
    let before = comparable(&dossier);
    replace_sites(tx, &mut dossier, &input).await?;
    let touched = tx.instant();
    let phone = recorded(input.contact_phone, &dossier.structure.department);
    // The days without a change of a draft start again; those of a file sent back do not.
    let idle = dossier.request.state == RequestState::Draft;
    let warned = if idle { 0 } else { dossier.request.warned };
    dossier
        .change(tx, |row| {
            row.kind = Set(input.kind);
            row.role = Set(input.role);
            row.contact_name = Set(input.contact_name);
            row.contact_email = Set(input.contact_email);
            row.contact_phone = Set(Some(phone).filter(|phone| !phone.is_empty()));
            row.project = Set(input.project);
            row.signatory_name = Set(input.signatory_name);
            row.signatory_title = Set(input.signatory_title);
            row.commitment_accepted = Set(input.commitment_accepted);
            row.is_training_body = Set(input.is_training_body);
            row.has_subcontracting = Set(input.has_subcontracting);
            row.touched_at = Set(touched);
            row.warned = Set(warned);
        })
        .await?;
    let delays = settings::agreement_delays(tx.conn()).await?;
    dossier.request = deadlines::plan(tx, &dossier, &delays).await?;
    let changes = diff(&before, &comparable(&dossier));
    record_act(tx, &grant, &dossier, What::Edited { changes }).await?;
    Ok(dossier.request)
}

/// A number as it is kept, in one form; as it was typed while it cannot be read, which the deposit says.
fn recorded(typed: String, department: &str) -> String {
    Phone::parse(&typed, Some(department)).map_or(typed, String::from)
}

/// What the journal compares: names and addresses of persons stay out.
fn comparable(dossier: &Dossier) -> serde_json::Value {
    let request = &dossier.request;
    json!({
        "kind": request.kind,
        "role": request.role,
        "sites": dossier.sites.iter().map(|site| site.siret.clone()).collect::<Vec<_>>(),
        "project_length": request.project.chars().count(),
        "commitment_accepted": request.commitment_accepted,
        "is_training_body": request.is_training_body,
        "has_subcontracting": request.has_subcontracting,
    })
}

async fn replace_sites(tx: &Tx, dossier: &mut Dossier, input: &DraftInput) -> Result<(), AgreementError> {
    let known = site::Entity::find()
        .filter(site::Column::StructureId.eq(dossier.structure.id))
        .filter(site::Column::Id.is_in(input.sites.iter().copied()))
        .all(tx.conn())
        .await?;
    if known.len() != input.sites.iter().collect::<std::collections::HashSet<_>>().len() {
        return Err(AgreementError::fault(
            "/sites",
            "site-unknown",
            "Un des sites choisis n’appartient pas à cette structure",
        ));
    }
    request_site::Entity::delete_many()
        .filter(request_site::Column::RequestId.eq(dossier.request.id))
        .exec(tx.conn())
        .await?;
    let rows: Vec<_> = known
        .iter()
        .map(|site| request_site::ActiveModel {
            id: Set(tx.new_id()),
            request_id: Set(dossier.request.id),
            site_id: Set(site.id),
            visited: Set(false),
        })
        .collect();
    if !rows.is_empty() {
        request_site::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    dossier.sites = dossier::sites(tx.conn(), dossier.request.id).await?;
    Ok(())
}
