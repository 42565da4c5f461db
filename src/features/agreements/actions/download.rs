//! Keeps who took a document of a request, of an agreement or of a committee.

use std::sync::Arc;

use entity::ids::StructureId;
use entity::{agreement, document};

use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::db::{Reading, record_reading};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;

/// A document, and what it belongs to.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The document.
    pub document: document::Model,
    /// Whose file it is; nobody's for a committee.
    structure: Option<StructureId>,
    reference: String,
    permission: Permission,
    facts: Facts,
}

impl Paper {
    /// A document of a request.
    #[must_use]
    pub fn of_request(document: document::Model, dossier: &Dossier) -> Self {
        Self {
            document,
            structure: Some(dossier.request.structure_id),
            reference: dossier.reference().to_owned(),
            permission: Permission::RequestView,
            facts: dossier.facts(),
        }
    }

    /// A document of an agreement, which is a file like the request that gave it.
    #[must_use]
    pub fn of_agreement(document: document::Model, right: &agreement::Model, dossier: &Dossier) -> Self {
        Self {
            document,
            structure: Some(right.structure_id),
            reference: right.number.clone(),
            permission: Permission::AgreementView,
            facts: dossier.facts(),
        }
    }

    /// A document of a committee.
    #[must_use]
    pub fn of_committee(document: document::Model) -> Self {
        Self {
            reference: document.title.clone(),
            document,
            structure: None,
            permission: Permission::CommitteeView,
            facts: Facts::default(),
        }
    }
}

/// Records that a document was taken, unless by its own structure.
///
/// # Errors
/// The refusal of the policy, what the database answers: the document is then not given.
pub async fn download(app: &Arc<App>, actor: &Actor, paper: &Paper) -> Result<(), AgreementError> {
    if actor.structures().any(|own| Some(own) == paper.structure) {
        return Ok(());
    }
    let reading = Reading::Document { document: &paper.document, reference: &paper.reference };
    Ok(record_reading(app, actor, (paper.permission, &paper.facts), reading).await?)
}
