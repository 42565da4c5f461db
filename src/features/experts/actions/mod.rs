//! The changes of an expert, one per file. The row of the expert is locked first, so that two habilitations of one
//! duty are never granted at once.

mod add_piece;
mod correct_piece;
mod create;
mod download_piece;
mod edit;
mod file_piece;
pub mod habilitation;
mod record;
mod view;

pub use add_piece::{Piece, TypedPiece, add_piece};
pub use correct_piece::{PieceCorrection, correct_piece, void_piece};
pub use create::create;
pub(super) use create::{facts as facts_of_new, insert};
pub use download_piece::download_piece;
pub use edit::edit;
pub use file_piece::{PieceFile, file_piece};
use record::hold;
pub use record::record;
pub use view::view;

use entity::expert;
use entity::ids::ExpertId;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::ExpertError;
use super::input::{Expert, TypedExpert};
use crate::authz::{Facts, Grant, Permission};
use crate::db::Tx;
use crate::rules::fold::{fold, joined_names};
use crate::rules::person_name;

/// A file in which nothing was said yet, for tests of pure rules.
#[cfg(test)]
pub(super) fn blank_file(
    id: entity::ids::HabilitationId,
    expert: ExpertId,
    duty: entity::habilitation::Duty,
) -> entity::habilitation::Model {
    habilitation::blank(id, expert, duty, entity::habilitation::HabilitationState::Active, None, &[])
}

/// An expert locked for a change, and the right to make it.
struct Opened {
    expert: expert::Model,
    grant: Grant,
}

async fn open(
    tx: &mut Tx,
    id: ExpertId,
    seen: Option<i32>,
    permission: Permission,
) -> Result<Opened, ExpertError> {
    let found = expert::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let expert = found.ok_or(ExpertError::NotFound)?;
    let grant = tx.authorize(permission, &Facts::of_expert(&expert))?;
    if seen.is_some_and(|seen| seen != expert.version) {
        return Err(ExpertError::Stale);
    }
    Ok(Opened { expert, grant })
}

impl Opened {
    /// Writes the expert, its version grown.
    async fn save(&mut self, tx: &Tx) -> Result<(), ExpertError> {
        self.expert.version += 1;
        let row = self.expert.clone().into_active_model().reset_all();
        expert::Entity::update(row).exec(tx.conn()).await?;
        Ok(())
    }
}

/// Writes an identity into a row.
pub(super) fn set(row: &mut expert::Model, expert: &Expert) {
    let name = person_name::sort_key(Some(&expert.first_names), Some(&expert.family_name));
    expert.family_name.as_str().clone_into(&mut row.family_name);
    expert.first_names.as_str().clone_into(&mut row.first_names);
    expert.email.as_str().clone_into(&mut row.email);
    row.phone = expert.phone.as_ref().map(|phone| phone.as_str().to_owned());
    row.employer.clone_from(&expert.employer);
    expert.status.word().clone_into(&mut row.status);
    expert.department.code.clone_into(&mut row.department);
    expert.department.region.unwrap_or_default().clone_into(&mut row.region);
    expert.department.zone.clone_into(&mut row.zone);
    row.territories = expert.territories.join(",");
    row.travel_km = expert.travel_km;
    expert.languages.clone_into(&mut row.languages);
    let joined = joined_names(&format!("{} {}", row.family_name, row.first_names));
    format!("{name} {} {joined}", fold(&row.number)).trim_end().clone_into(&mut row.search);
}

/// The expert as a form shows them.
#[must_use]
pub fn typed(row: &expert::Model) -> TypedExpert {
    TypedExpert {
        family_name: row.family_name.clone(),
        first_names: row.first_names.clone(),
        email: row.email.clone(),
        phone: row.phone.clone().unwrap_or_default(),
        employer: row.employer.clone().unwrap_or_default(),
        status: row.status.clone(),
        department: row.department.clone(),
        territories: row.territories.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
        travel_km: row.travel_km.map(|kilometres| kilometres.to_string()).unwrap_or_default(),
        languages: row.languages.clone(),
    }
}
