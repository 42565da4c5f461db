//! Adds the entry of a version in a register. Entries of one version never overlap.

use entity::ids::{CertificationId, CertificationVersionId};
use entity::registration::{self, Register};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::dated::{Succession, succeed};
use super::super::events::CertificationEvent;
use super::super::input::TypedRegistration;
use super::super::{CertificationError, labels};
use super::{guarded, open, overlaps};
use crate::authz::Grant;
use crate::db::Tx;
use crate::features::rights::actions::{NewRight, end, hold};
use crate::features::rights::{self, Holder, RightKind, Source, SourceKind};
use crate::rules::right::Span;

/// The exclusion constraint, and the word of the triggers.
const CONSTRAINT: &str = "registration_overlap";

/// Adds an entry; one that had no end ends the day before.
///
/// # Errors
/// Every fault, an overlap among them, [`CertificationError::Stale`], the refusal of the policy, what the
/// database answers.
pub async fn add_registration(
    tx: &mut Tx,
    certification: CertificationId,
    version: CertificationVersionId,
    seen: Option<i32>,
    typed: &TypedRegistration,
) -> Result<registration::Model, CertificationError> {
    let mut opened = open(tx, certification, version, seen).await?;
    let new = typed.read()?;
    let known = registration::Entity::find()
        .filter(registration::Column::CertificationVersionId.eq(version))
        .all(tx.conn())
        .await?;
    let ended = match succeed(&known, &(new.starts_on, new.ends_on)) {
        Succession::Free => None,
        Succession::Ends { position, on } => {
            let ended = registration::Model { ends_on: Some(on), ..known[position].clone() };
            registration::Entity::update(ended.clone().into_active_model().reset_all())
                .exec(tx.conn())
                .await
                .map_err(|error| guarded(error, CONSTRAINT))?;
            end_right(tx, &opened.grant, &ended).await?;
            Some(ended)
        }
        Succession::Overlaps { position } => {
            return Err(overlaps(labels::overlaps_entry(known[position].starts_on)));
        }
    };
    let row = registration::Model {
        id: tx.new_id(),
        certification_version_id: version,
        register: new.register,
        number: new.number,
        decided_on: new.decided_on,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        level: new.level,
    };
    registration::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await
        .map_err(|error| guarded(error, CONSTRAINT))?;
    hold_right(tx, &opened.grant, &row).await?;
    opened.save(tx).await?;
    let event = CertificationEvent::RegistrationAdded {
        certification: opened.certification,
        registration: row.clone(),
        ended,
    };
    tx.record(&opened.grant, &event).await?;
    Ok(row)
}

/// A presence in a register is a right of the version; the words "in no register" give none.
pub(in super::super) async fn hold_right(
    tx: &Tx,
    grant: &Grant,
    row: &registration::Model,
) -> Result<(), CertificationError> {
    if row.register == Register::None {
        return Ok(());
    }
    let new = NewRight {
        holder: Holder::version(row.certification_version_id),
        kind: RightKind::Registration,
        scope: rights::WHOLE.to_owned(),
        reference: row.number.clone().unwrap_or_else(|| row.register.word().to_uppercase()),
        span: Span { from: row.starts_on, until: row.ends_on },
        pending: false,
        source: Source::new(SourceKind::Registration, row.id),
    };
    hold(tx, grant, new).await?;
    Ok(())
}

async fn end_right(tx: &Tx, grant: &Grant, ended: &registration::Model) -> Result<(), CertificationError> {
    let Some(last) = ended.ends_on else { return Ok(()) };
    let source = Source::new(SourceKind::Registration, ended.id);
    for held in rights::queries::of_source(tx.conn(), source).await? {
        end(tx, grant, held.right.id, last).await?;
    }
    Ok(())
}
