//! What people type of a teaching support, all faults at once. Pure.

use entity::agreement_request::VisitMode;
use entity::ids::{AgreementId, ExpertId, InspectionId, NonconformityId, SiteId, StructureId};
use entity::teaching_support::{Payer, SupportOrigin};

use crate::error::Fault;

/// The longest text.
const LONGEST_TEXT: usize = 10_000;
/// The most half-days of a support.
const MOST_HALF_DAYS: i32 = 60;
/// The most minutes given.
const MOST_MINUTES: i32 = 30_000;

/// A support to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestInput {
    /// For which structure.
    pub structure: StructureId,
    /// On which site; none for the whole structure.
    pub site: Option<SiteId>,
    /// About which agreement; none for the team, whatever the certification.
    pub agreement: Option<AgreementId>,
    /// Who wants it.
    pub origin: SupportOrigin,
    /// The inspection from which it comes.
    pub inspection: Option<InspectionId>,
    /// The gaps that it helps to put right.
    pub gaps: Vec<NonconformityId>,
    /// What is needed.
    pub need: String,
    /// What it must lead to.
    pub objectives: String,
    /// How it is given.
    pub mode: VisitMode,
}

impl RequestInput {
    /// Every fault.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(text("/need", &self.need, "Décrivez le besoin"));
        faults.extend(text("/objectives", &self.objectives, "Dites à quoi l’appui doit aboutir"));
        if self.origin == SupportOrigin::Recommended && self.inspection.is_none() {
            let message = "Indiquez le contrôle qui recommande cet appui";
            faults.push(Fault::new("/inspection_id", "inspection-missing", message));
        }
        faults
    }
}

/// Its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcceptInput {
    /// Half-days agreed.
    pub half_days: i32,
    /// What it costs, in cents.
    pub cost_cents: i64,
    /// Who pays.
    pub payer: Option<Payer>,
}

impl AcceptInput {
    /// Every fault.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !(1..=MOST_HALF_DAYS).contains(&self.half_days) {
            let message = "Indiquez un nombre de demi-journées entre 1 et 60";
            faults.push(Fault::new("/half_days", "half-days-wrong", message));
        }
        if self.cost_cents < 0 {
            faults.push(Fault::new("/cost_cents", "cost-wrong", "Indiquez un coût, qui peut être nul"));
        }
        if self.payer.is_none() {
            faults.push(Fault::new("/payer", "payer-missing", "Dites qui finance l’appui"));
        }
        faults
    }
}

/// Its date and who gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleInput {
    /// Who.
    pub expert: ExpertId,
    /// First day, as typed.
    pub starts_on: String,
    /// Hour of the start, as typed.
    pub starts_time: String,
    /// Last day, as typed; empty for the first.
    pub ends_on: String,
    /// Hour of the end, as typed.
    pub ends_time: String,
    /// Why in spite of a warning; empty without.
    pub tie_reason: String,
}

/// What took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerformInput {
    /// Minutes given.
    pub minutes: i32,
    /// Who was there, one per line.
    pub persons: String,
}

impl PerformInput {
    /// Every fault.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !(1..=MOST_MINUTES).contains(&self.minutes) {
            faults.push(Fault::new("/minutes", "minutes-wrong", "Indiquez la durée donnée, en minutes"));
        }
        faults.extend(text("/persons", &self.persons, "Nommez les personnes présentes, une par ligne"));
        faults
    }
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportInput {
    /// What was done.
    pub report: String,
    /// What the structure does next, one action per line.
    pub actions: String,
}

impl ReportInput {
    /// Every fault.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let report = text("/report", &self.report, "Écrivez le compte rendu");
        let actions = text("/actions", &self.actions, "Écrivez au moins une action pour la suite");
        report.into_iter().chain(actions).collect()
    }
}

/// How satisfied the structure is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateInput {
    /// From 1 to 5.
    pub satisfaction: i32,
    /// In words; may be empty.
    pub text: String,
}

impl RateInput {
    /// Every fault.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !(1..=5).contains(&self.satisfaction) {
            faults.push(Fault::new("/satisfaction", "satisfaction-wrong", "Choisissez une note de 1 à 5"));
        }
        faults.extend(too_long("/text", &self.text));
        faults
    }
}

/// The fault of a text that must say something.
#[must_use]
pub fn text(pointer: &str, text: &str, message: &str) -> Option<Fault> {
    if text.trim().is_empty() {
        return Some(Fault::new(pointer, "missing", message));
    }
    too_long(pointer, text)
}

fn too_long(pointer: &str, text: &str) -> Option<Fault> {
    let message = "Ce texte est trop long\u{202f}: 10 000 caractères au plus";
    (text.chars().count() > LONGEST_TEXT).then(|| Fault::new(pointer, "text-too-long", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointers(faults: Vec<Fault>) -> Vec<String> {
        faults.into_iter().map(|fault| fault.pointer).collect()
    }

    #[test]
    fn a_recommendation_names_its_inspection() {
        let input = |origin| RequestInput {
            structure: StructureId(uuid::Uuid::nil()),
            site: None,
            agreement: None,
            origin,
            inspection: None,
            gaps: Vec::new(),
            need: "Livrets".to_owned(),
            objectives: String::new(),
            mode: VisitMode::OnSite,
        };
        assert_eq!(pointers(input(SupportOrigin::Asked).faults()), ["/objectives"]);
        assert_eq!(pointers(input(SupportOrigin::Recommended).faults()), ["/objectives", "/inspection_id"]);
    }

    #[test]
    fn a_support_is_accepted_with_its_budget_and_its_payer() {
        for (half_days, cost_cents, payer, expected) in [
            (2, 0, Some(Payer::Certifier), vec![]),
            (0, -1, None, vec!["/half_days", "/cost_cents", "/payer"]),
            (61, 10, Some(Payer::Opco), vec!["/half_days"]),
        ] {
            let input = AcceptInput { half_days, cost_cents, payer };
            assert_eq!(pointers(input.faults()), expected);
        }
    }

    #[test]
    fn a_satisfaction_is_a_note_of_five() {
        for (satisfaction, expected) in [(0, true), (1, false), (5, false), (6, true)] {
            let input = RateInput { satisfaction, text: String::new() };
            assert_eq!(!input.faults().is_empty(), expected, "{satisfaction}");
        }
    }
}
