//! Enrols somebody for a version of a certification.

use entity::candidate::{self, CandidateState, IdentityDocument};
use entity::ids::{CertificationVersionId, SiteId, StructureId};
use entity::{candidate_stay, certification, certification_version, structure};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use time::Date;

use super::super::dossier::{Dossier, facts};
use super::super::events::What;
use super::super::input::{NewCandidate, TypedCandidate, store, store_contact};
use super::super::queries::{self, Alike};
use super::super::state::{Guard, Step, TABLE, lacking};
use super::super::{CandidateError, covered, labels};
use super::{record, search};
use crate::authz::{Facts, Permission};
use crate::db::{self, Tx};
use crate::error::Fault;
use crate::features::certifications::dated::Dated;
use crate::rules::deadline::day_in_zone;

/// Who is enrolled, where, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// Who follows them.
    pub structure: StructureId,
    /// On which of its sites, when it is known.
    pub site: Option<SiteId>,
    /// What they aim at.
    pub version: CertificationVersionId,
    /// Who, as typed.
    pub typed: TypedCandidate,
    /// Somebody alike is known, and this is another enrolment all the same.
    pub confirmed: bool,
    /// What another tool calls this file.
    pub external_ref: Option<String>,
}

/// Enrols under the next number of the year, `CAN-2026-0001`. A civil status that lacks something is flagged by its score.
///
/// # Errors
/// Every fault; a structure without an agreement for this certification; somebody alike, unless confirmed; the refusal of
/// the policy, what the database answers.
pub async fn enrol(tx: &mut Tx, enrolment: &Enrolment) -> Result<Dossier, CandidateError> {
    let structure = structure::Entity::find_by_id(enrolment.structure).one(tx.conn()).await?;
    let structure = structure.ok_or(CandidateError::NotFound)?;
    let version = certification_version::Entity::find_by_id(enrolment.version).one(tx.conn()).await?;
    let Some(version) = version else {
        let own = Facts {
            structure: Some(structure.id),
            region: Some(structure.region.clone()),
            ..Facts::default()
        };
        let _allowed = tx.authorize(Permission::CandidateEnrol, &own)?;
        return Err(CandidateError::fault(
            "/certification_version_id",
            "unknown",
            labels::faults::VERSION_WANTED,
        ));
    };
    let grant = tx.authorize(Permission::CandidateEnrol, &facts(&structure, &version))?;
    let certification = certification::Entity::find_by_id(version.certification_id).one(tx.conn()).await?;
    let certification = certification.ok_or(CandidateError::NotFound)?;
    let today = day_in_zone(tx.now(), &structure.zone);
    let new = enrolment.typed.read(today);
    let mut faults = new.as_ref().err().cloned().unwrap_or_default();
    if !version.holds_on(today) {
        faults.push(Fault::new("/certification_version_id", "closed", labels::faults::VERSION_CLOSED));
    }
    let held = covered::sites(tx.conn(), structure.id, version.certification_id, today).await?;
    if enrolment.site.is_some_and(|site| !held.is_empty() && !held.contains(&site)) {
        faults.push(Fault::new("/site_id", "not-covered", labels::faults::SITE_NOT_COVERED));
    }
    let published = queries::published(tx.conn(), version.id).await?;
    if let (Ok(new), Some(published)) = (&new, &published) {
        let ways = queries::ways(tx.conn(), published.id).await?;
        if ways.get(&new.way) == Some(&false) {
            faults.push(Fault::new("/way", "closed", labels::faults::WAY_CLOSED));
        }
    }
    let new = match new {
        Ok(new) if faults.is_empty() => new,
        _ => return Err(CandidateError::Invalid(faults)),
    };
    let line = TABLE.next(None, Step::Enrol)?;
    let mut met = vec![Guard::CivilStatusKnown];
    if !held.is_empty() {
        met.push(Guard::AgreementHeld);
    }
    CandidateError::unless_all_met(&lacking(line, &met))?;
    let mut row = row(tx, enrolment, &new, today);
    if !enrolment.confirmed {
        let known = queries::alike(tx.conn(), tx.actor(), &row).await?;
        refuse_alike(&known)?;
    }
    row.number = db::next_number(tx, "CAN", today.year()).await?;
    row.search = search(&row);
    let insert = candidate::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    stay(tx, &row).await?;
    let dossier = Dossier { candidate: row, structure, version, certification };
    record(tx, &grant, &dossier, line, What::Enrolled).await?;
    Ok(dossier)
}

/// Tells who is alike; a file that the actor may not see is told without its number.
fn refuse_alike(known: &[Alike]) -> Result<(), CandidateError> {
    if known.is_empty() {
        return Ok(());
    }
    let told = |one: &Alike| match (&one.number, one.state) {
        (Some(number), Some(state)) => format!("{number}, {}.", labels::status(state).word.to_lowercase()),
        _ => "Un dossier suivi par une autre structure.".to_owned(),
    };
    Err(CandidateError::Alike(known.iter().map(told).collect()))
}

/// The row, its number and its words to be found by still to be given.
fn row(tx: &Tx, enrolment: &Enrolment, new: &NewCandidate, today: Date) -> candidate::Model {
    let mut row = candidate::Model {
        id: tx.new_id(),
        number: String::new(),
        structure_id: enrolment.structure,
        site_id: enrolment.site,
        certification_version_id: enrolment.version,
        referential_id: None,
        way: new.way,
        state: CandidateState::Enrolled,
        birth_name: String::new(),
        has_no_birth_name: false,
        usual_name: String::new(),
        first_names: String::new(),
        other_first_names: String::new(),
        has_no_first_name: false,
        sex: String::new(),
        birth_date: String::new(),
        birth_country: String::new(),
        birth_commune: String::new(),
        birth_locality: String::new(),
        completeness: 0,
        identity_document: IdentityDocument::None,
        identity_seen_on: None,
        identity_seen_by: String::new(),
        email: String::new(),
        phone: String::new(),
        postal_address: String::new(),
        detained: false,
        guardian: String::new(),
        contract: new.contact.contract,
        employer: String::new(),
        referent: String::new(),
        path_starts_on: None,
        frozen_hash: None,
        file_revision: 0,
        first_enrolled_on: today,
        decision: None,
        decided_on: None,
        notified_at: None,
        attempts: 0,
        leaving: None,
        reason: None,
        asked_again: None,
        external_ref: enrolment.external_ref.clone(),
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
        version: 1,
        search: String::new(),
    };
    store(&new.identity, &mut row);
    store_contact(&new.contact, &mut row);
    row
}

/// Opens today, by the calendar of the certifier, the stay of a candidate in the structure of the row.
pub(super) async fn stay(tx: &Tx, row: &candidate::Model) -> Result<(), CandidateError> {
    let stay = candidate_stay::ActiveModel {
        id: Set(tx.new_id()),
        candidate_id: Set(row.id),
        structure_id: Set(row.structure_id),
        since: Set(tx.app().today()),
        until: Set(None),
    };
    candidate_stay::Entity::insert(stay).exec_without_returning(tx.conn()).await?;
    Ok(())
}
