//! Opens the draft of the next revision: a copy of the latest, or what is known of a first one.

use entity::ids::{CertificationId, CertificationVersionId};
use entity::referential::{self, ReferentialState};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::Deserialize;

use super::super::super::CertificationError;
use super::super::super::events::CertificationEvent;
use super::super::super::queries::referential as queries;
use super::super::lock;
use super::store;
use crate::authz::Permission;
use crate::db::Tx;
use crate::rules::referential::Document;

const SHIPPED: &str = include_str!("../../data/referentials.toml");

#[derive(Deserialize)]
struct Shipped {
    referential: Vec<Starting>,
}

/// What the first draft of a version starts with.
#[derive(Deserialize)]
struct Starting {
    certification: String,
    label: String,
    document: Document,
}

/// Opens a draft. A version has one at most.
///
/// # Errors
/// [`CertificationError::DraftOpen`], the refusal of the policy, what the database answers.
pub async fn open_draft(
    tx: &mut Tx,
    certification: CertificationId,
    version: CertificationVersionId,
) -> Result<referential::Model, CertificationError> {
    let opened = lock(tx, certification, version, Permission::ReferentialEdit).await?;
    let known = queries::revisions(tx.conn(), version).await?;
    if known.iter().any(|row| row.state == ReferentialState::Draft) {
        return Err(CertificationError::DraftOpen);
    }
    let document = match known.first() {
        Some(latest) => queries::document(tx.conn(), latest).await?,
        None => starting(&opened.certification.code, &opened.version.label)?,
    };
    let row = referential::Model {
        id: tx.new_id(),
        certification_version_id: version,
        revision: known.first().map_or(1, |latest| latest.revision + 1),
        state: ReferentialState::Draft,
        families: document.families.join("\n"),
        created_at: tx.instant(),
        published_at: None,
        version: 1,
    };
    let insert = referential::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    store::insert(tx, row.id, &document).await?;
    let event =
        CertificationEvent::ReferentialOpened { certification: opened.certification, row: row.clone() };
    tx.record(&opened.grant, &event).await?;
    Ok(row)
}

/// What is known of the first revision of a version, by the code of its certification and by its label.
fn starting(code: &str, label: &str) -> Result<Document, CertificationError> {
    let shipped: Shipped =
        toml::from_str(SHIPPED).map_err(|error| CertificationError::Shipped(error.to_string()))?;
    let known = shipped.referential.into_iter().find(|one| one.certification == code && one.label == label);
    Ok(known.map(|one| one.document).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::referential::read;

    #[test]
    fn what_a_first_draft_starts_with_may_be_kept_and_holds_no_wording() {
        for (code, label, families) in [("CQP_SP", "2013", 4), ("CQP_SP", "2025", 0), ("CQP_EPSP", "1", 0)] {
            let document = starting(code, label).unwrap();
            assert_eq!(read(&document).unwrap(), document, "{code}");
            assert_eq!(document.families.len(), families, "{code} {label}");
            assert!(document.skills.is_empty() && document.epreuves.is_empty() && document.routes.is_empty());
        }
    }
}
