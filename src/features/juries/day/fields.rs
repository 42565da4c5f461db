//! What the fields about a candidate say now.

use entity::epreuve::Scale;
use entity::ids::JuryPassageId;

use super::Day;
use super::input::{Field, NO, YES};
use crate::rules::referential::Epreuve;

impl Day {
    /// What a field says now, as a form or a tablet writes it.
    #[must_use]
    pub fn current(&self, id: JuryPassageId, field: &Field) -> String {
        let row = self.whole.passing(id).map(|one| &one.row).ok();
        match field {
            Field::Mark(code) => self.mark_text(id, code),
            Field::Comment(code) => self.mark(id, code).map(|one| one.comment.clone()).unwrap_or_default(),
            Field::Ruling(unit) => self.ruling(id, unit).map(|one| said(one.acquired)).unwrap_or_default(),
            Field::Remark(unit) => self.ruling(id, unit).map(|one| one.comment.clone()).unwrap_or_default(),
            Field::Observations => row.map(|row| row.observations.clone()).unwrap_or_default(),
            Field::Recommendations => row.map(|row| row.recommendations.clone()).unwrap_or_default(),
            Field::Heard if row.is_some_and(|row| row.heard_at.is_some()) => YES.to_owned(),
            Field::Heard => String::new(),
        }
    }

    fn mark_text(&self, id: JuryPassageId, code: &str) -> String {
        let is_binary = |one: &Epreuve| one.scale == Scale::Binary;
        match self.mark(id, code).map(|one| one.value) {
            Some(value) if self.epreuve(code).is_some_and(is_binary) => said(value != 0),
            Some(value) => value.to_string(),
            None => String::new(),
        }
    }

    /// Every field about a candidate, in the order of the page.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let marks = self.document.epreuves.iter();
        let marks = marks.flat_map(|one| [Field::Mark(one.code.clone()), Field::Comment(one.code.clone())]);
        let units = self.units().into_iter();
        let units = units.flat_map(|code| [Field::Ruling(code.to_owned()), Field::Remark(code.to_owned())]);
        let besides = [Field::Observations, Field::Recommendations, Field::Heard];
        marks.chain(units).chain(besides).collect()
    }

    /// Codes of the units: blocs, or skills where the version has none.
    #[must_use]
    pub fn units(&self) -> Vec<&str> {
        if self.document.blocs.is_empty() {
            self.document.skills.iter().map(|one| one.code.as_str()).collect()
        } else {
            self.document.blocs.iter().map(|one| one.code.as_str()).collect()
        }
    }
}

fn said(yes: bool) -> String {
    if yes { YES } else { NO }.to_owned()
}
