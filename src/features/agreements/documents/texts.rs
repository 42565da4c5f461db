//! The constant texts of the documents, kept apart as data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

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

/// Articles of the convention.
#[derive(Clone, Debug, Default, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the variables of the template")]
pub struct Convention {
    pub teaching_duties: Vec<String>,
    pub administrative_duties: Vec<String>,
    pub means: Vec<String>,
    pub certifier_duties: Vec<String>,
    pub financial_terms: Vec<String>,
    pub subcontracting: String,
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
    use super::texts;

    #[test]
    fn the_texts_are_there() {
        assert_eq!(texts().titles.len(), 19);
        assert_eq!(texts().sequences.len(), 6);
        assert!(!texts().convention.means.is_empty());
    }
}
