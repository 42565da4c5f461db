//! Records a certification with its first version.

use entity::certification;
use entity::ids::CertificationId;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::events::CertificationEvent;
use super::super::input::{Certification, TypedCertification};
use super::super::queries::{Described, DescribedVersion};
use super::super::{CertificationError, labels};
use super::add_version::insert;
use crate::authz::{Facts, Permission};
use crate::db::{self, Tx};
use crate::error::Fault;
use crate::rules::fold::fold;

/// Records a certification. Its register entry, its body in charge and its referential come after.
///
/// # Errors
/// Every fault, a code or a short title that another certification has among them, the refusal of the policy, also to
/// someone whose role is limited to another certification, what the database answers.
pub async fn create(tx: &mut Tx, typed: &TypedCertification) -> Result<Described, CertificationError> {
    let id: CertificationId = tx.new_id();
    let facts = Facts { certification: Some(id), ..Facts::default() };
    let grant = tx.authorize(Permission::CertificationEdit, &facts)?;
    let new = typed.read()?;
    let known = certification::Entity::find().all(tx.conn()).await?;
    let faults = taken(&new, &known);
    if !faults.is_empty() {
        return Err(CertificationError::Invalid(faults));
    }
    let row = certification::Model { id, code: new.code, short_title: new.short_title, title: new.title };
    let written = certification::Entity::insert(row.clone().into_active_model().reset_all());
    written.exec_without_returning(tx.conn()).await.map_err(|error| {
        // somebody else took the code meanwhile
        if db::is_unique_violation(&error) {
            vec![same_code()].into()
        } else {
            CertificationError::from(error)
        }
    })?;
    let version = insert(tx, id, new.version).await?;
    let first = DescribedVersion { version, registrations: Vec::new(), certifiers: Vec::new() };
    let described = Described { certification: row, versions: vec![first] };
    tx.record(&grant, &CertificationEvent::Created(described.clone())).await?;
    Ok(described)
}

/// What another certification already has.
fn taken(new: &Certification, known: &[certification::Model]) -> Vec<Fault> {
    let mut faults = Vec::new();
    if known.iter().any(|other| other.code == new.code) {
        faults.push(same_code());
    }
    if known.iter().any(|other| fold(&other.short_title) == fold(&new.short_title)) {
        faults.push(Fault::new("/short_title", "duplicate", labels::SAME_TITLE));
    }
    faults
}

fn same_code() -> Fault {
    Fault::new("/code", "duplicate", labels::SAME_CODE)
}
