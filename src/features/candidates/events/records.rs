//! What is written beside the steps of a file: lines of the livret, measures, ties with experts, a file of people.
//!
//! A measure is never told, and its event is not about the file, whose history everybody reads who sees the file.

use entity::{candidate_adaptation, candidate_immersion, candidate_observation, candidate_tie, expert};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::events::{DomainEvent, Subject};
use crate::features::candidates::dossier::Dossier;
use crate::rules::typed_date::iso;

/// What was written.
#[derive(Clone, Copy, Debug)]
pub enum Written<'a> {
    /// An observation.
    Observed(&'a candidate_observation::Model),
    /// An observation was taken back.
    ObservationVoided(&'a candidate_observation::Model),
    /// An immersion.
    Immersed(&'a candidate_immersion::Model),
    /// An immersion was taken back.
    ImmersionVoided(&'a candidate_immersion::Model),
    /// A measure was agreed.
    AdaptationAgreed(&'a candidate_adaptation::Model),
    /// A measure ended.
    AdaptationEnded(&'a candidate_adaptation::Model),
    /// A tie was declared with a person.
    TieDeclared(&'a candidate_tie::Model, &'a expert::Model),
    /// A tie was taken back.
    TieVoided(&'a candidate_tie::Model, &'a expert::Model),
}

/// Something written about a candidate.
#[derive(Clone, Copy, Debug)]
pub struct RecordEvent<'a> {
    /// The file.
    pub dossier: &'a Dossier,
    /// What.
    pub written: Written<'a>,
}

impl DomainEvent for RecordEvent<'_> {
    fn name(&self) -> &'static str {
        match self.written {
            Written::Observed(_) => "candidate.observed",
            Written::ObservationVoided(_) => "candidate.observation_voided",
            Written::Immersed(_) => "candidate.immersion_added",
            Written::ImmersionVoided(_) => "candidate.immersion_voided",
            Written::AdaptationAgreed(_) => "candidate.adaptation_agreed",
            Written::AdaptationEnded(_) => "candidate.adaptation_ended",
            Written::TieDeclared(..) => "candidate.tie_declared",
            Written::TieVoided(..) => "candidate.tie_voided",
        }
    }

    fn code(&self) -> &'static str {
        match self.written {
            Written::Observed(_) => "CAND_OBSERVED",
            Written::ObservationVoided(_) => "CAND_OBSERVATION_VOIDED",
            Written::Immersed(_) => "CAND_IMMERSION_ADDED",
            Written::ImmersionVoided(_) => "CAND_IMMERSION_VOIDED",
            Written::AdaptationAgreed(_) => "CAND_ADAPTATION_AGREED",
            Written::AdaptationEnded(_) => "CAND_ADAPTATION_ENDED",
            Written::TieDeclared(..) => "CAND_TIE_DECLARED",
            Written::TieVoided(..) => "CAND_TIE_VOIDED",
        }
    }

    fn subject(&self) -> Subject {
        let row = &self.dossier.candidate;
        match self.written {
            Written::AdaptationAgreed(_) | Written::AdaptationEnded(_) => {
                Subject::new("candidate_adaptation", row.id, row.number.clone())
            }
            // what somebody declared of a person is in the history of that person
            Written::TieDeclared(_, expert) | Written::TieVoided(_, expert) => {
                Subject::new("expert", expert.id, expert.number.clone())
            }
            Written::Observed(_)
            | Written::ObservationVoided(_)
            | Written::Immersed(_)
            | Written::ImmersionVoided(_) => Subject::new("candidate", row.id, row.number.clone()),
        }
    }

    fn payload(&self) -> Value {
        match self.written {
            Written::Observed(row) | Written::ObservationVoided(row) => json!({
                "observation_id": row.id,
                "skill_id": row.skill_id,
                "observed_on": iso(row.observed_on),
                "expert_id": row.assessor_expert_id,
            }),
            Written::Immersed(row) | Written::ImmersionVoided(row) => json!({
                "immersion_id": row.id,
                "starts_on": iso(row.starts_on),
                "ends_on": iso(row.ends_on),
            }),
            Written::AdaptationAgreed(row) | Written::AdaptationEnded(row) => {
                json!({ "adaptation_id": row.id, "consented_on": iso(row.consented_on) })
            }
            Written::TieDeclared(row, _) | Written::TieVoided(row, _) => {
                json!({ "tie_id": row.id, "source": row.source.word() })
            }
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let reason = |reason: &Option<String>| vec![("reason", reason.clone().unwrap_or_default())];
        match self.written {
            Written::Observed(row) => {
                vec![("assessor", row.assessor.clone()), ("result", row.result.word())]
            }
            Written::ObservationVoided(row) => reason(&row.void_reason),
            Written::Immersed(row) => vec![("company", row.company.clone())],
            Written::ImmersionVoided(row) => reason(&row.void_reason),
            Written::AdaptationAgreed(_) | Written::AdaptationEnded(_) => Vec::new(),
            Written::TieDeclared(row, _) => vec![
                ("candidate_id", row.candidate_id.to_string()),
                ("tie", row.kind.word()),
                ("since", iso(row.since)),
                ("until", row.until.map(iso).unwrap_or_default()),
            ],
            Written::TieVoided(row, _) => reason(&row.void_reason),
        }
    }
}

/// A file of people was imported; each person has their own events.
#[derive(Clone, Debug)]
pub struct PeopleImported {
    /// Key of the import.
    pub id: Uuid,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Lines recorded.
    pub written: usize,
    /// Lines refused.
    pub refused: usize,
}

impl DomainEvent for PeopleImported {
    fn name(&self) -> &'static str {
        "candidates.imported"
    }

    fn code(&self) -> &'static str {
        "CANDIDATES_IMPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("import", self.id, self.file_name.clone())
    }

    fn payload(&self) -> Value {
        json!({
            "file": self.file_name,
            "sha256": self.sha256,
            "written": self.written,
            "refused": self.refused,
        })
    }
}
