//! Keeps who took a document of a request, of an agreement, of a committee, of a working meeting, of a jury, of a mission or of
//! the file of an expert.

use std::sync::Arc;

use entity::ids::{ExpertId, StructureId};
use entity::{agreement, document, expert, jury_session, meeting, mission};

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
    /// The guest of a meeting, the person of a mission or of a file, to whom it is addressed.
    guest: Option<ExpertId>,
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
            guest: None,
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
            guest: None,
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
            guest: None,
            permission: Permission::CommitteeView,
            facts: Facts::default(),
        }
    }

    /// A document of a session of a jury; who takes it is kept, as on the page of the jury.
    #[must_use]
    pub fn of_jury(document: document::Model, session: &jury_session::Model, facts: Facts) -> Self {
        Self {
            document,
            structure: None,
            guest: None,
            reference: session.number.clone(),
            permission: Permission::JuryView,
            facts,
        }
    }

    /// A document of a working meeting, as one of its guests reads it when there is one.
    #[must_use]
    pub fn of_meeting(document: document::Model, meeting: &meeting::Model, guest: Option<ExpertId>) -> Self {
        Self {
            document,
            structure: None,
            guest,
            reference: meeting.number.clone(),
            permission: Permission::MeetingView,
            facts: Facts::default(),
        }
    }

    /// A document of a mission.
    #[must_use]
    pub fn of_mission(document: document::Model, mission: &mission::Model, facts: Facts) -> Self {
        Self {
            document,
            structure: None,
            guest: Some(mission.expert_id),
            reference: mission.number.clone(),
            permission: Permission::MissionView,
            facts,
        }
    }

    /// A document of the file of an expert.
    #[must_use]
    pub fn of_expert(document: document::Model, person: &expert::Model, facts: Facts) -> Self {
        Self {
            document,
            structure: None,
            guest: Some(person.id),
            reference: person.number.clone(),
            permission: Permission::ExpertView,
            facts,
        }
    }
}

/// Records that a document was taken, unless by its own structure or by the person to whom it is addressed.
///
/// # Errors
/// The refusal of the policy, what the database answers: the document is then not given.
pub async fn download(app: &Arc<App>, actor: &Actor, paper: &Paper) -> Result<(), AgreementError> {
    if actor.structures().any(|own| Some(own) == paper.structure) {
        return Ok(());
    }
    if paper.guest.is_some() && paper.guest == actor.expert() {
        return Ok(());
    }
    let reading = Reading::Document { document: &paper.document, reference: &paper.reference };
    Ok(record_reading(app, actor, (paper.permission, &paper.facts), reading).await?)
}
