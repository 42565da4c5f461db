//! What people type after an inspection is planned: who makes it, how it ends, what is answered to its gaps. Pure.

use entity::corrective_action::VerifiedBy;
use entity::ids::{ExpertId, InspectionId, NonconformityId};
use entity::inspection::Proposal;
use time::Date;

use super::text;
use crate::error::Fault;

/// Longest line.
const LONGEST_LINE: usize = 200;

/// Whom an inspection is proposed to, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignInput {
    /// The contrôleur.
    pub expert: ExpertId,
    /// First day, hour of the start, last day, hour of the end, as typed.
    pub dates: [String; 4],
    /// Last day to answer; none for the usual delay.
    pub answer_by: Option<Date>,
    /// Why it is offered in spite of a warning of independence.
    pub tie_reason: Option<String>,
}

/// How whoever inspected proposes to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalInput {
    /// With gaps to put right, or without any.
    pub proposal: Proposal,
    /// What the final report says.
    pub conclusion: String,
}

impl ProposalInput {
    /// Every fault.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        text("/conclusion", &self.conclusion, "Écrivez la conclusion du rapport").into_iter().collect()
    }
}

/// How an inspection ends, and until when each gap is put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcludeInput {
    /// With gaps to put right, or without any.
    pub decision: Proposal,
    /// What the final report says; empty keeps what was proposed.
    pub conclusion: String,
    /// Another day than the usual one for some gaps.
    pub due: Vec<(NonconformityId, Date)>,
}

/// What a structure does about a gap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionInput {
    /// Why there was a gap.
    pub cause: String,
    /// What was done about it.
    pub correction: String,
    /// Who sees to it.
    pub owner: String,
}

impl ActionInput {
    /// Every fault: a draft may be empty, never too long.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let texts = [("/cause", &self.cause), ("/correction", &self.correction)];
        let long = texts.into_iter().filter(|(_, typed)| !typed.trim().is_empty());
        let mut faults: Vec<_> = long.filter_map(|(pointer, typed)| text(pointer, typed, "")).collect();
        if self.owner.chars().count() > LONGEST_LINE {
            let message = "Ce texte est trop long\u{202f}: 200 caractères au plus";
            faults.push(Fault::new("/owner", "text-too-long", message));
        }
        faults
    }
}

/// A file that proves something, in the store already, and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInput {
    /// Name of the file, as sent.
    pub file_name: String,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Its size, in bytes.
    pub size: i64,
    /// What it really is.
    pub media_type: &'static str,
    /// What is said of it.
    pub note: String,
    /// The day of what it proves.
    pub on: Option<Date>,
}

impl FileInput {
    /// Every fault, on a day.
    #[must_use]
    pub fn faults(&self, today: Date) -> Vec<Fault> {
        let mut faults: Vec<_> = text("/note", &self.note, "Dites en quelques mots ce que ce fichier prouve")
            .into_iter()
            .collect();
        if self.on.is_some_and(|day| day > today) {
            faults.push(Fault::new("/proof_on", "day-ahead", "Cette date est à venir"));
        }
        faults
    }
}

/// How an answer was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyInput {
    /// On what.
    pub how: VerifiedBy,
    /// The inspection that checked it.
    pub follow_up: Option<InspectionId>,
    /// What the check found.
    pub verification: String,
}

impl VerifyInput {
    /// Every fault.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<_> =
            text("/verification", &self.verification, "Dites ce qui a été vérifié").into_iter().collect();
        if (self.how == VerifiedBy::FollowUp) != self.follow_up.is_some() {
            let message = "Indiquez le contrôle de suivi, et lui seul";
            faults.push(Fault::new("/follow_up_id", "follow-up", message));
        }
        faults
    }
}

/// Why an answer is not enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insufficient {
    /// The gap.
    pub gap: NonconformityId,
    /// Why.
    pub reason: String,
    /// Another day, given once; none keeps the one there is.
    pub due_on: Option<Date>,
}

/// How a plan that is late, or a refusal, is brought to the right itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EscalateInput {
    /// The reasons, as the structure reads them.
    pub reasons: String,
    /// What becomes of the candidates if the right is suspended.
    pub plan: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_draft_may_be_empty_and_never_too_long() {
        let long = "x".repeat(10_001);
        for (input, expected) in [
            (ActionInput::default(), vec![]),
            (
                ActionInput { cause: long.clone(), owner: long.clone(), ..ActionInput::default() },
                vec!["/cause", "/owner"],
            ),
        ] {
            let found: Vec<_> = input.faults().into_iter().map(|fault| fault.pointer).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_proof_has_words_and_is_not_of_tomorrow() {
        let file = |note: &str, on| FileInput {
            file_name: "preuve.pdf".to_owned(),
            sha256: Vec::new(),
            size: 1,
            media_type: "application/pdf",
            note: note.to_owned(),
            on,
        };
        let today = date!(2026 - 03 - 10);
        for (file, expected) in [
            (file("Fiche de poste", Some(today)), vec![]),
            (file(" ", Some(date!(2026 - 03 - 11))), vec!["/note", "/proof_on"]),
        ] {
            let found: Vec<_> = file.faults(today).into_iter().map(|fault| fault.pointer).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_check_by_a_visit_names_it_and_another_does_not() {
        let check = |how, follow_up| VerifyInput { how, follow_up, verification: "Vu".to_owned() };
        let visit = Some(InspectionId(uuid::Uuid::nil()));
        for (check, faults) in [
            (check(VerifiedBy::Documents, None), 0),
            (check(VerifiedBy::FollowUp, visit), 0),
            (check(VerifiedBy::FollowUp, None), 1),
            (check(VerifiedBy::Documents, visit), 1),
        ] {
            assert_eq!(check.faults().len(), faults, "{check:?}");
        }
    }
}
