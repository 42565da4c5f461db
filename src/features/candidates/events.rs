//! What happened to a candidate. Who they are, and what people write about them, stay beside the journal and can be erased.

mod mails;
mod records;

pub use records::{PeopleImported, RecordEvent, Written};

use entity::candidate::{JuryDecision, Leaving};
use entity::candidate_piece::CandidatePieceKind;
use entity::candidate_positioning::Positioned;
use entity::ids::{SkillId, StructureId};
use serde_json::{Value, json};
use time::Date;
use uuid::Uuid;

use super::documents;
use super::dossier::Dossier;
use super::state::{State, Transition};
use super::stored;
use crate::db::Tx;
use crate::events::{DocumentRef, DomainEvent, Job, Mail, Subject};
use crate::rules::typed_date::iso;

/// What happened.
#[derive(Clone, Debug)]
pub enum What<'a> {
    /// Enrolled.
    Enrolled,
    /// The positioning is recorded.
    Positioned {
        /// What it found of each skill.
        results: &'a [(SkillId, Positioned)],
    },
    /// The path begins.
    PathStarted,
    /// The file is handed in.
    Submitted {
        /// The hash of its content, hexadecimal.
        hash: String,
        /// How many pieces it holds.
        pieces: usize,
    },
    /// The certifier asks for what lacks.
    Incomplete {
        /// What lacks.
        lack: &'a str,
    },
    /// The candidate may sit.
    Admitted,
    /// The candidate may sit again.
    ResitPlanned,
    /// The candidate gives up.
    Withdrawn {
        /// Why.
        leaving: Leaving,
        /// More about it.
        note: &'a str,
    },
    /// Put out for fraud.
    Excluded {
        /// What they did.
        reason: &'a str,
        /// When they were heard.
        heard_on: Date,
    },
    /// The civil status was corrected.
    Corrected {
        /// The columns that changed.
        fields: &'a [&'static str],
    },
    /// How they are reached changed.
    ContactChanged {
        /// The columns that changed.
        fields: &'a [&'static str],
    },
    /// Another structure follows them.
    Transferred {
        /// The one before.
        from: StructureId,
        /// Why.
        reason: &'a str,
    },
    /// A piece was added.
    PieceAdded {
        /// What it is.
        kind: CandidatePieceKind,
        /// The file.
        document: DocumentRef,
    },
    /// A piece was taken back.
    PieceRemoved {
        /// What it is.
        kind: CandidatePieceKind,
    },
    /// A step that another feature did, whose own event tells the rest.
    Moved {
        /// The session of the jury, when it is about one.
        session: Option<Uuid>,
        /// What the jury says, when it does.
        decision: Option<JuryDecision>,
        /// Why, when it was asked.
        reason: Option<&'a str>,
    },
    /// A document was typeset.
    DocumentIssued {
        /// The document.
        document: DocumentRef,
        /// Its template.
        template: &'static str,
        /// It conforms to PDF/A.
        archival: bool,
    },
}

/// One event.
#[derive(Clone, Debug)]
pub struct CandidateEvent<'a> {
    /// The file as the act leaves it.
    pub dossier: &'a Dossier,
    /// What happened.
    pub what: What<'a>,
    name: &'static str,
    code: &'static str,
    before: Option<State>,
    moved: bool,
    base_url: String,
}

impl<'a> CandidateEvent<'a> {
    /// A step of the table.
    #[must_use]
    pub fn of_step(tx: &Tx, dossier: &'a Dossier, line: &'static Transition, what: What<'a>) -> Self {
        let act = Self::of_act(tx, dossier, line.event, what);
        Self { before: line.from, moved: true, ..act }
    }

    /// An act that moves nothing.
    #[must_use]
    pub fn of_act(
        tx: &Tx,
        dossier: &'a Dossier,
        (name, code): (&'static str, &'static str),
        what: What<'a>,
    ) -> Self {
        Self { dossier, what, name, code, before: None, moved: false, base_url: tx.app().url("") }
    }
}

impl DomainEvent for CandidateEvent<'_> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn code(&self) -> &'static str {
        self.code
    }

    fn subject(&self) -> Subject {
        let row = &self.dossier.candidate;
        Subject::new("candidate", row.id, row.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        if self.moved {
            let before = self.before.map(|state| stored::stored(state).word());
            (before, Some(self.dossier.candidate.state.word()))
        } else {
            (None, None)
        }
    }

    fn payload(&self) -> Value {
        let row = &self.dossier.candidate;
        match &self.what {
            What::Enrolled => json!({
                "structure_id": row.structure_id,
                "certification_version_id": row.certification_version_id,
                "way": row.way.word(),
                "contract": row.contract.word(),
                "completeness": row.completeness,
            }),
            What::Positioned { results } => json!({
                "referential_id": row.referential_id,
                "results": results
                    .iter()
                    .map(|(skill, result)| json!({ "skill_id": skill, "result": result.word() }))
                    .collect::<Vec<_>>(),
            }),
            What::PathStarted => json!({ "starts_on": row.path_starts_on.map(iso) }),
            What::Submitted { hash, pieces } => {
                json!({ "revision": row.file_revision, "sha256": hash, "pieces": pieces })
            }
            What::Incomplete { .. } | What::Admitted => json!({ "revision": row.file_revision }),
            What::ResitPlanned => json!({ "attempts": row.attempts }),
            What::Withdrawn { leaving, .. } => json!({
                "leaving": leaving.word(),
                "success": stored::leaving_of(*leaving).is_success(),
            }),
            What::Excluded { heard_on, .. } => json!({ "heard_on": iso(*heard_on) }),
            What::Corrected { fields } => {
                json!({ "fields": fields, "completeness": row.completeness })
            }
            What::ContactChanged { fields } => json!({ "fields": fields }),
            What::Transferred { from, .. } => {
                json!({ "from_structure_id": from, "structure_id": row.structure_id })
            }
            What::PieceAdded { kind, .. } | What::PieceRemoved { kind } => json!({ "kind": kind.word() }),
            What::Moved { session, decision, .. } => json!({
                "session_id": session,
                "decision": decision.map(JuryDecision::word),
                "attempts": row.attempts,
            }),
            What::DocumentIssued { template, archival, .. } => {
                json!({ "template": template, "archival": archival })
            }
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let row = &self.dossier.candidate;
        let kept = match &self.what {
            What::Enrolled | What::Corrected { .. } => vec![
                ("birth_name", row.birth_name.clone()),
                ("usual_name", row.usual_name.clone()),
                ("first_names", row.first_names.clone()),
                ("sex", row.sex.clone()),
                ("birth_date", row.birth_date.clone()),
                ("birth_country", row.birth_country.clone()),
                ("birth_commune", row.birth_commune.clone()),
                ("birth_locality", row.birth_locality.clone()),
                ("identity_document", row.identity_document.word()),
            ],
            What::ContactChanged { .. } => vec![
                ("email", row.email.clone()),
                ("phone", row.phone.clone()),
                ("postal_address", row.postal_address.clone()),
                ("guardian", row.guardian.clone()),
            ],
            What::Incomplete { lack } => vec![("lack", (*lack).to_owned())],
            What::Withdrawn { note, .. } => vec![("note", (*note).to_owned())],
            What::Excluded { reason, .. } | What::Transferred { reason, .. } => {
                vec![("reason", (*reason).to_owned())]
            }
            What::Moved { reason, .. } => vec![("reason", reason.unwrap_or_default().to_owned())],
            _ => Vec::new(),
        };
        kept.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            What::PieceAdded { document, .. } | What::DocumentIssued { document, .. } => {
                vec![document.clone()]
            }
            _ => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        mails::of(self)
    }

    fn jobs(&self) -> Vec<Job> {
        let row = &self.dossier.candidate;
        match &self.what {
            What::Enrolled | What::Corrected { .. } => vec![documents::order(row, documents::RECEIPT)],
            What::Positioned { .. } => vec![documents::order(row, documents::SHEET)],
            _ => Vec::new(),
        }
    }
}
