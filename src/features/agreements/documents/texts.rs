//! The constant texts of the documents, kept apart as data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use entity::agreement_request::AgreementRole;
use serde::{Deserialize, Serialize};

use crate::features::agreements::wording;

/// One moment of a visit.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Sequence {
    time: String,
    subject: String,
    with: String,
}

impl Sequence {
    /// The same, said of a certification.
    #[must_use]
    pub fn said_of(&self, title: &str) -> Self {
        Self { with: wording::said_of(&self.with, title), ..self.clone() }
    }
}

/// Whose a duty of the convention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Whoever prepares people.
    Train,
    /// Whoever hosts the assessment.
    Organise,
}

impl Service {
    /// Whether a role has it.
    #[must_use]
    pub const fn is_of(self, role: AgreementRole) -> bool {
        match role {
            AgreementRole::Train => matches!(self, Self::Train),
            AgreementRole::Organise => matches!(self, Self::Organise),
            AgreementRole::TrainAndOrganise => true,
        }
    }
}

/// One duty of the convention.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Duty {
    /// Asked of these alone; of all when there is none.
    #[serde(default)]
    of: Option<Service>,
    text: String,
}

/// What is asked of a role, said of a certification.
#[must_use]
pub fn asked_of(duties: &[Duty], role: AgreementRole, title: &str) -> Vec<String> {
    let asked = duties.iter().filter(|duty| duty.of.is_none_or(|service| service.is_of(role)));
    asked.map(|duty| wording::said_of(&duty.text, title)).collect()
}

/// Articles of the convention.
#[derive(Clone, Debug, Default, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the variables of the template")]
pub struct Convention {
    pub teaching_duties: Vec<Duty>,
    pub administrative_duties: Vec<Duty>,
    pub means: Vec<Duty>,
    pub certifier_duties: Vec<String>,
    pub financial_terms: Vec<String>,
    pub subcontracting: String,
    pub subcontracting_of_assessment: String,
    pub retention: String,
    pub incident_delay: String,
    pub notice: String,
    pub renounce_notice: String,
    pub mediation: String,
}

/// Constant texts, from `data/documents.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the file")]
pub struct Texts {
    pub branch: String,
    pub joint_body: String,
    pub kept_file: String,
    pub kept_mission: String,
    pub kept_meeting: String,
    pub kept_jury: String,
    pub kept_closed: String,
    pub delivery: String,
    pub how_to_comment: String,
    pub rating_rule: String,
    pub fee: String,
    pub expenses: String,
    pub cover: String,
    pub visit_remark: String,
    pub examined_by: String,
    pub reserve_evidence: String,
    pub next_steps: Vec<String>,
    pub mission_pieces: Vec<String>,
    pub enclosure_convention: String,
    pub enclosure_plan: String,
    pub enclosure_report: String,
    pub certificate_condition: String,
    #[serde(rename = "sequence")]
    pub sequences: Vec<Sequence>,
    pub convention: Convention,
    pub titles: BTreeMap<String, String>,
}

static TEXTS: LazyLock<Texts> =
    LazyLock::new(|| toml::from_str(include_str!("../data/documents.toml")).unwrap_or_default());

/// The constant texts.
#[must_use]
pub fn texts() -> &'static Texts {
    &TEXTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_are_there() {
        assert_eq!(texts().titles.len(), 23);
        assert_eq!(texts().sequences.len(), 6);
        assert!(!texts().convention.means.is_empty());
    }

    #[test]
    fn a_convention_asks_of_a_structure_what_its_agreement_covers() {
        let articles = &texts().convention;
        let lists = [&articles.teaching_duties, &articles.administrative_duties, &articles.means];
        for (role, prepares, hosts) in [
            (AgreementRole::Train, true, false),
            (AgreementRole::Organise, false, true),
            (AgreementRole::TrainAndOrganise, true, true),
        ] {
            let said: Vec<_> = lists.iter().flat_map(|list| asked_of(list, role, "CQP Soudage")).collect();
            let says = |words: &str| said.iter().any(|line| line.contains(words));
            for (words, expected) in [
                ("positionnement", prepares),
                ("avant le début de sa préparation", prepares),
                ("EPSP", prepares),
                ("délibérer", hosts),
                ("procès-verbal", hosts),
                ("confidentiel pour le jury", hosts),
                ("référent du CQP", true),
                ("besoins d’aménagement", true),
            ] {
                assert_eq!(says(words), expected, "{role}: {words}");
            }
            for list in lists {
                let lines = asked_of(list, role, "");
                let ends: Vec<_> = lines.iter().map(|line| line.ends_with('.')).collect();
                assert_eq!(ends.iter().filter(|end| **end).count(), 1, "{role}: {lines:?}");
                assert_eq!(ends.last(), Some(&true), "{role}: {lines:?}");
            }
        }
    }
}
