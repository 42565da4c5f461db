//! The changes of the file of a candidate, one per file. Its row is locked first.

mod adapt;
mod cancel_certificate;
mod change_contact;
mod change_structure;
mod correct_civil_status;
mod download;
mod enrol;
mod examine;
mod exclude;
pub mod issue_document;
mod livret;
mod piece;
mod plan_resit;
mod position;
mod start_path;
pub mod step;
mod submit_file;
mod tie;
mod withdraw;

pub use adapt::{agree_adaptation, end_adaptation};
pub use cancel_certificate::cancel_certificate;
pub use change_contact::change_contact;
pub use change_structure::change_structure;
pub use correct_civil_status::correct_civil_status;
pub use download::download;
pub use enrol::{Enrolment, enrol};
pub use examine::{admit, ask_completion};
pub use exclude::exclude;
pub use livret::{add_immersion, add_observation, void_immersion, void_observation};
pub use piece::{PieceInput, add_piece, remove_piece};
pub use plan_resit::plan_resit;
pub use position::record_positioning;
pub use start_path::start_path;
pub use submit_file::submit_file;
pub use tie::{declare_tie, void_tie};
pub use withdraw::withdraw;

use entity::candidate;
use entity::ids::CandidateId;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::CandidateError;
use super::dossier::Dossier;
use super::events::{CandidateEvent, What};
use super::state::{Guard, Step, Transition, is_in_hands, lacking};
use super::{names, stored};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::rules::fold::searchable;

/// A file locked for a change, and the right to make it.
async fn open(
    tx: &Tx,
    id: CandidateId,
    seen: Option<i32>,
    permission: Permission,
) -> Result<(Dossier, Grant), CandidateError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(permission, &dossier.facts())?;
    dossier.check_version(seen)?;
    Ok((dossier, grant))
}

/// Refuses a change of a structure in a file that is in the hands of the certifier; the team changes it at any time.
fn check_own_change(tx: &Tx, dossier: &Dossier) -> Result<(), CandidateError> {
    if tx.actor().is_staff() || is_in_hands(dossier.state()) {
        Ok(())
    } else {
        Err(CandidateError::WithCertifier)
    }
}

/// Writes the file after a change, its version grown.
async fn save(
    tx: &Tx,
    dossier: &mut Dossier,
    change: impl FnOnce(&mut candidate::Model),
) -> Result<(), CandidateError> {
    change(&mut dossier.candidate);
    dossier.candidate.version += 1;
    let row = dossier.candidate.clone().into_active_model().reset_all();
    candidate::Entity::update(row).exec(tx.conn()).await?;
    Ok(())
}

/// Moves the file along its table, once everything that the step asks is there.
async fn advance(
    tx: &Tx,
    dossier: &mut Dossier,
    step: Step,
    met: &[Guard],
    change: impl FnOnce(&mut candidate::Model),
) -> Result<&'static Transition, CandidateError> {
    let line = dossier.next(step)?;
    CandidateError::unless_all_met(&lacking(line, met))?;
    save(tx, dossier, |row| {
        row.state = stored::stored(line.to);
        change(row);
    })
    .await?;
    Ok(line)
}

/// Records a step.
async fn record(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    line: &'static Transition,
    what: What<'_>,
) -> Result<(), CandidateError> {
    let event = CandidateEvent::of_step(tx, dossier, line, what);
    tx.record(grant, &event).await?;
    Ok(())
}

/// Records what moves nothing.
async fn record_act(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    name: (&'static str, &'static str),
    what: What<'_>,
) -> Result<(), CandidateError> {
    let event = CandidateEvent::of_act(tx, dossier, name, what);
    tx.record(grant, &event).await?;
    Ok(())
}

/// What a file is found by.
fn search(row: &candidate::Model) -> String {
    searchable(&format!("{} {} {} {}", row.number, row.birth_name, row.usual_name, row.first_names))
}

/// The columns of the civil status that differ between two rows.
fn corrected(before: &candidate::Model, after: &candidate::Model) -> Vec<&'static str> {
    let columns = [
        ("birth_name", before.birth_name != after.birth_name),
        ("has_no_birth_name", before.has_no_birth_name != after.has_no_birth_name),
        ("usual_name", before.usual_name != after.usual_name),
        ("first_names", names::first_names(before).ne(names::first_names(after))),
        ("other_first_names", before.other_first_names != after.other_first_names),
        ("has_no_first_name", before.has_no_first_name != after.has_no_first_name),
        ("sex", before.sex != after.sex),
        ("birth_date", before.birth_date != after.birth_date),
        ("birth_country", before.birth_country != after.birth_country),
        ("birth_commune", before.birth_commune != after.birth_commune),
        ("birth_locality", before.birth_locality != after.birth_locality),
        ("identity_document", before.identity_document != after.identity_document),
        ("identity_seen_on", before.identity_seen_on != after.identity_seen_on),
        ("identity_seen_by", before.identity_seen_by != after.identity_seen_by),
    ];
    columns.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}
