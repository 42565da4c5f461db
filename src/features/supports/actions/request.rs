//! A support is wanted: the structure asks, a contrôleur recommends, the certifier imposes.

use entity::ids::NonconformityId;
use entity::teaching_support::{self, SupportOrigin};
use entity::{
    agreement, certification_version, inspection, nonconformity, site, structure, support_nonconformity,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::record;
use crate::authz::{Facts, Permission};
use crate::db::{Tx, next_number};
use crate::features::supports::dossier::Dossier;
use crate::features::supports::error::SupportError;
use crate::features::supports::events::What;
use crate::features::supports::input::RequestInput;
use crate::features::supports::labels;
use crate::features::supports::state::BEGINS;
use crate::rules::fold::searchable;

/// Asks for a support. Who asks says from whom it comes: a structure asks, a contrôleur recommends after their inspection, the team
/// imposes or recommends.
///
/// # Errors
/// Every fault of what was typed; what is not of this structure; an origin that is not of this person; the refusals of every act.
pub async fn request(tx: &mut Tx, input: &RequestInput) -> Result<teaching_support::Model, SupportError> {
    let structure = structure::Entity::find_by_id(input.structure).one(tx.conn()).await?;
    let structure = structure.ok_or(SupportError::NotFound)?;
    let inspection = match input.inspection {
        Some(id) => inspection::Entity::find_by_id(id).one(tx.conn()).await?,
        None => None,
    };
    let inspection = inspection.filter(|found| found.structure_id == structure.id);
    // A support that comes from an inspection is about its right, unless another is named.
    let about = input.agreement.or(inspection.as_ref().map(|found| found.agreement_id));
    let right = match about {
        Some(id) => agreement::Entity::find_by_id(id).one(tx.conn()).await?,
        None => None,
    };
    let right = right.filter(|right| right.structure_id == structure.id);
    let version = match &right {
        Some(right) => {
            certification_version::Entity::find_by_id(right.certification_version_id).one(tx.conn()).await?
        }
        None => None,
    };
    let facts = Facts {
        structure: Some(structure.id),
        region: Some(structure.region.clone()),
        certification: version.as_ref().map(|version| version.certification_id),
        expert: inspection.as_ref().and_then(|found| found.controller_id),
        ..Facts::default()
    };
    let grant = tx.authorize(Permission::SupportRequest, &facts)?;
    let mut faults = input.faults();
    faults.extend(labels::unknown(
        input.agreement.is_some() && right.is_none(),
        input.inspection.is_some() && inspection.is_none(),
    ));
    if !may_come_from(tx, input.origin) {
        faults.push(labels::origin_refused());
    }
    let site = site_of(tx, input, &structure).await?;
    if input.site.is_some() && site.is_none() {
        faults.push(labels::unknown_site());
    }
    if !faults.is_empty() {
        return Err(SupportError::Invalid(faults));
    }
    let gaps = gaps_of(tx, input, &structure).await?;
    let number = next_number(tx, "APP", tx.now().year()).await?;
    let named = Named { structure: &structure, site, right, version, inspection };
    let row = new_row(tx, input, number, &named);
    let row = row.into_active_model().reset_all().insert(tx.conn()).await?;
    for gap in &gaps {
        let link =
            support_nonconformity::Model { id: tx.new_id(), support_id: row.id, nonconformity_id: *gap };
        support_nonconformity::Entity::insert(link.into_active_model().reset_all())
            .exec_without_returning(tx.conn())
            .await?;
    }
    let dossier = Dossier::around(tx.conn(), row).await?;
    let states = (None, Some(BEGINS.0.word()));
    let what = What::Requested { gaps: &gaps };
    record(tx, &grant, &dossier, (BEGINS.1, BEGINS.2), states, what).await?;
    Ok(dossier.support)
}

/// What a request names, all of its structure.
struct Named<'a> {
    structure: &'a structure::Model,
    site: Option<site::Model>,
    right: Option<agreement::Model>,
    version: Option<certification_version::Model>,
    inspection: Option<inspection::Model>,
}

fn new_row(tx: &Tx, input: &RequestInput, number: String, named: &Named<'_>) -> teaching_support::Model {
    let structure = named.structure;
    let place = match &named.site {
        Some(site) => format!("{}, {} {}", site.address, site.postal_code, site.commune),
        None => format!("{}, {} {}", structure.address, structure.postal_code, structure.commune),
    };
    teaching_support::Model {
        id: tx.new_id(),
        search: searchable(&format!("{number} {} {}", structure.name, structure.siren)),
        number,
        structure_id: structure.id,
        site_id: named.site.as_ref().map(|site| site.id),
        agreement_id: named.right.as_ref().map(|right| right.id),
        certification_version_id: named.version.as_ref().map(|version| version.id),
        origin: input.origin,
        inspection_id: named.inspection.as_ref().map(|found| found.id),
        state: BEGINS.0,
        need: input.need.trim().to_owned(),
        objectives: input.objectives.trim().to_owned(),
        mode: input.mode,
        half_days: None,
        cost_cents: None,
        payer: None,
        quote_document_id: None,
        requested_by: tx.actor().account_id(),
        requested_at: tx.instant(),
        settled_by: None,
        settled_at: None,
        reason: None,
        expert_id: None,
        mission_id: None,
        tie_override: None,
        starts_at: None,
        ends_at: None,
        zone: structure.zone.clone(),
        place,
        sequence: 0,
        performed_at: None,
        minutes_given: None,
        persons: None,
        attendance_document_id: None,
        report: None,
        actions: None,
        reported_at: None,
        survey_sent_at: None,
        satisfaction: None,
        satisfaction_text: None,
        satisfied_at: None,
        closed_by: None,
        closed_at: None,
        deadline_at: None,
        warned: 0,
        version: 1,
    }
}

/// Whether this person may say that it comes from there.
fn may_come_from(tx: &Tx, origin: SupportOrigin) -> bool {
    let actor = tx.actor();
    match origin {
        SupportOrigin::Asked => actor.is_staff() || actor.structures().next().is_some(),
        SupportOrigin::Recommended => actor.is_staff() || actor.expert().is_some(),
        SupportOrigin::Imposed => actor.is_staff(),
    }
}

async fn site_of(
    tx: &Tx,
    input: &RequestInput,
    structure: &structure::Model,
) -> Result<Option<site::Model>, SupportError> {
    let Some(id) = input.site else { return Ok(None) };
    let found = site::Entity::find_by_id(id).one(tx.conn()).await?;
    Ok(found.filter(|found| found.structure_id == structure.id))
}

/// The gaps named, of agreements of this structure.
async fn gaps_of(
    tx: &Tx,
    input: &RequestInput,
    structure: &structure::Model,
) -> Result<Vec<NonconformityId>, SupportError> {
    if input.gaps.is_empty() {
        return Ok(Vec::new());
    }
    let found = nonconformity::Entity::find()
        .filter(nonconformity::Column::Id.is_in(input.gaps.iter().copied()))
        .order_by_asc(nonconformity::Column::Id)
        .all(tx.conn())
        .await?;
    let rights = agreement::Entity::find()
        .filter(agreement::Column::Id.is_in(found.iter().map(|gap| gap.agreement_id)))
        .filter(agreement::Column::StructureId.eq(structure.id))
        .all(tx.conn())
        .await?;
    let own = |gap: &&nonconformity::Model| rights.iter().any(|right| right.id == gap.agreement_id);
    let gaps: Vec<_> = found.iter().filter(own).map(|gap| gap.id).collect();
    if input.gaps.iter().any(|gap| !gaps.contains(gap)) {
        return Err(SupportError::Invalid(vec![labels::unknown_gap()]));
    }
    Ok(gaps)
}
