//! The changes of ties, one per file. The row of the person is locked first, so that two acts about the same person
//! follow each other.

mod alerts;
mod correct_interest;
mod declare_interest;
mod declare_year;
mod employment;
mod keep;
mod read_interests;
mod remind;
mod set_group;

pub use correct_interest::{end_interest, void_interest};
pub use declare_interest::declare_interest;
pub use declare_year::declare_year;
pub use employment::{end_employment, record_employment};
pub use keep::keep;
pub use read_interests::read_interests;
pub use set_group::set_group;

pub(super) use alerts::{Wanted, settle};
pub(super) use remind::remind;

use entity::ids::{ExpertId, StructureId};
use entity::{expert, structure};
use sea_orm::{EntityTrait, QuerySelect};

use super::{TieError, labels};
use crate::authz::{Facts, Grant, Permission};
use crate::db::Tx;
use crate::error::Fault;

/// The person, locked, and the right to change their ties.
async fn open(tx: &Tx, id: ExpertId, permission: Permission) -> Result<(expert::Model, Grant), TieError> {
    let found = expert::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let expert = found.ok_or(TieError::NotFound)?;
    let grant = tx.authorize(permission, &Facts::of_expert(&expert))?;
    Ok((expert, grant))
}

/// The structure that was named, or the fault of its field.
async fn structure(tx: &Tx, id: StructureId) -> Result<structure::Model, TieError> {
    let found = structure::Entity::find_by_id(id).one(tx.conn()).await?;
    found.ok_or_else(|| {
        TieError::Invalid(vec![Fault::new("/structure_id", "unknown", labels::UNKNOWN_STRUCTURE)])
    })
}
