//! What happened to ties. What a person declares is kept beside the journal.

use entity::ids::ExpertId;
use entity::{declared_interest, employment, expert, interest_declaration, structure, tie_alert};
use serde_json::{Value, json};

use super::labels;
use super::state::{self, Step};
use crate::events::{Applies, DomainEvent, Job, Mail, Recipient, Subject};
use crate::render::french;
use crate::rules::transitions::Told;
use crate::rules::typed_date::iso;

/// The work that weighs again the duties already given.
pub(super) const RECHECK: &str = "ties.recheck";

/// One event.
#[derive(Clone, Debug)]
pub enum TieEvent {
    /// An interest was declared.
    Declared {
        /// The expert.
        expert: expert::Model,
        /// The interest, which the journal does not tell.
        interest: declared_interest::Model,
    },
    /// The end of a declared tie was recorded.
    InterestEnded {
        /// The expert.
        expert: expert::Model,
        /// The interest, which the journal does not tell.
        interest: declared_interest::Model,
    },
    /// A declared tie was taken back: it was recorded by mistake.
    InterestVoided {
        /// The expert.
        expert: expert::Model,
        /// The interest, which the journal does not tell.
        interest: declared_interest::Model,
    },
    /// The declaration of a year was made.
    YearDeclared {
        /// The expert.
        expert: expert::Model,
        /// The declaration.
        declaration: interest_declaration::Model,
    },
    /// The declaration of a year was asked for.
    Reminded {
        /// The expert.
        expert: expert::Model,
        /// The year.
        year: i32,
        /// By when.
        due_on: time::Date,
        /// Whether that day is behind.
        overdue: bool,
        /// Which reminder, from 0.
        rank: usize,
        /// Where it is made.
        link: String,
    },
    /// A structure that employs an expert was recorded.
    Employed {
        /// The expert.
        expert: expert::Model,
        /// The employment.
        employment: employment::Model,
    },
    /// The end of an employment was recorded.
    EmploymentEnded {
        /// The expert.
        expert: expert::Model,
        /// The employment.
        employment: employment::Model,
    },
    /// A structure joined a group or left it.
    Grouped {
        /// The structure.
        structure: Box<structure::Model>,
        /// Group before.
        before: Option<String>,
        /// Group after.
        after: Option<String>,
    },
    /// A tie stands in the way of a duty already given.
    Raised {
        /// The expert.
        expert: expert::Model,
        /// The structure.
        structure: Box<structure::Model>,
        /// The alert.
        alert: tie_alert::Model,
        /// Where it is settled.
        link: String,
    },
    /// A duty is kept in spite of a tie.
    Kept {
        /// The expert.
        expert: expert::Model,
        /// The alert.
        alert: tie_alert::Model,
    },
    /// Nothing stands in the way any more.
    Gone {
        /// The expert.
        expert: expert::Model,
        /// The alert.
        alert: tie_alert::Model,
    },
}

/// The key under which a reminder is made once.
pub(super) fn reminder_key(expert: ExpertId, year: i32, rank: usize) -> String {
    format!("interest-declaration.{expert}.{year}.{rank}")
}

/// The reasons of an alert.
pub(super) fn reasons(alert: &tie_alert::Model) -> Vec<String> {
    let items = alert.reasons.as_array().into_iter().flatten();
    items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

fn facts(alert: &tie_alert::Model) -> Value {
    json!({
        "alert_id": alert.id,
        "structure_id": alert.structure_id,
        "duty": alert.duty,
        "object": { "kind": alert.object_kind, "id": alert.object_id, "reference": alert.reference },
        "on": alert.due_on.map(iso),
        "blocking": alert.blocking,
    })
}

impl TieEvent {
    /// Its name and its code.
    const fn told(&self) -> Told {
        match self {
            Self::Declared { .. } => ("interest.declared", "INTEREST_DECLARED"),
            Self::InterestEnded { .. } => ("interest.ended", "INTEREST_ENDED"),
            Self::InterestVoided { .. } => ("interest.voided", "INTEREST_VOIDED"),
            Self::YearDeclared { .. } => ("interest.year_declared", "INTEREST_YEAR"),
            Self::Reminded { .. } => ("interest.reminded", "INTEREST_REMINDED"),
            Self::Employed { .. } => ("employment.recorded", "EMPLOYMENT_RECORDED"),
            Self::EmploymentEnded { .. } => ("employment.ended", "EMPLOYMENT_ENDED"),
            Self::Grouped { .. } => ("structure.grouped", "STRUCTURE_GROUPED"),
            Self::Raised { .. } => state::told(Step::Raise),
            Self::Kept { .. } => state::told(Step::Keep),
            Self::Gone { .. } => state::told(Step::Clear),
        }
    }
}

impl DomainEvent for TieEvent {
    fn name(&self) -> &'static str {
        self.told().0
    }

    fn code(&self) -> &'static str {
        self.told().1
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Grouped { structure, .. } => {
                Subject::new("structure", structure.id, structure.siren.clone())
            }
            Self::Declared { expert, .. }
            | Self::InterestEnded { expert, .. }
            | Self::InterestVoided { expert, .. }
            | Self::YearDeclared { expert, .. }
            | Self::Reminded { expert, .. }
            | Self::Employed { expert, .. }
            | Self::EmploymentEnded { expert, .. }
            | Self::Raised { expert, .. }
            | Self::Kept { expert, .. }
            | Self::Gone { expert, .. } => Subject::new("expert", expert.id, expert.number.clone()),
        }
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        use entity::tie_alert::AlertState as State;
        match self {
            Self::Raised { .. } => (None, Some(State::Open.word())),
            Self::Kept { .. } => (Some(State::Open.word()), Some(State::Kept.word())),
            Self::Gone { .. } => (Some(State::Open.word()), Some(State::Gone.word())),
            _ => (None, None),
        }
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::Kept { alert, .. } => alert.reason.as_deref(),
            _ => None,
        }
    }

    fn payload(&self) -> Value {
        match self {
            Self::Declared { interest, .. }
            | Self::InterestEnded { interest, .. }
            | Self::InterestVoided { interest, .. } => json!({ "interest_id": interest.id }),
            Self::YearDeclared { declaration, .. } => {
                json!({ "year": declaration.year, "declared_on": iso(declaration.declared_on) })
            }
            Self::Reminded { year, due_on, rank, .. } => {
                json!({ "year": year, "due_on": iso(*due_on), "reminder": rank + 1 })
            }
            Self::Employed { employment, .. } | Self::EmploymentEnded { employment, .. } => {
                json!({ "employment_id": employment.id })
            }
            Self::Grouped { before, after, .. } => {
                json!({ "changed": { "group": { "before": before, "after": after } } })
            }
            Self::Raised { alert, .. } | Self::Kept { alert, .. } | Self::Gone { alert, .. } => facts(alert),
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let day = |day: Option<time::Date>| day.map(iso).unwrap_or_default();
        match self {
            Self::Declared { interest, .. } => vec![
                ("structure_id", interest.structure_id.to_string()),
                ("tie", interest.tie.word()),
                ("since", day(interest.since)),
                ("until", day(interest.until)),
                ("detail", interest.detail.clone()),
            ],
            Self::InterestEnded { interest, .. } => vec![("until", day(interest.until))],
            Self::InterestVoided { interest, .. } => {
                vec![("reason", interest.void_reason.clone().unwrap_or_default())]
            }
            Self::YearDeclared { declaration, .. } => {
                vec![("nothing", declaration.nothing.to_string()), ("note", declaration.note.clone())]
            }
            Self::Employed { employment, .. } | Self::EmploymentEnded { employment, .. } => vec![
                ("structure_id", employment.structure_id.to_string()),
                ("since", day(employment.since)),
                ("until", day(employment.until)),
            ],
            Self::Raised { alert, .. } => vec![("reasons", alert.reasons.to_string())],
            Self::Reminded { .. } | Self::Grouped { .. } | Self::Kept { .. } | Self::Gone { .. } => {
                Vec::new()
            }
        }
    }

    fn mails(&self) -> Vec<Mail> {
        match self {
            Self::Reminded { expert, year, due_on, overdue, rank, link } => {
                let variables = json!({
                    "year": year.to_string(),
                    "due_on": french::date(*due_on),
                    "overdue": overdue.to_string(),
                    "link": link,
                });
                let to = Recipient::Expert { id: expert.id };
                let mut mail = Mail::new("interest-declaration-due", to, labels::WHY_DECLARE, variables)
                    .once(reminder_key(expert.id, *year, *rank));
                mail.applies = Some(Applies::DeclarationMissing { expert: expert.id, year: *year });
                vec![mail]
            }
            Self::Raised { expert, structure, alert, link } => {
                let variables = json!({
                    "person_name": expert.name(),
                    "structure_name": structure.name,
                    "duty": labels::duty_word(&alert.duty),
                    "number": alert.reference,
                    "planned_on": labels::planned(alert.due_on),
                    "blocking": alert.blocking.to_string(),
                    "reasons": reasons(alert),
                    "link": link,
                });
                vec![Mail::new("tie-learned", Recipient::Managers, labels::WHY_ALERT, variables)]
            }
            Self::Declared { .. }
            | Self::InterestEnded { .. }
            | Self::InterestVoided { .. }
            | Self::YearDeclared { .. }
            | Self::Employed { .. }
            | Self::EmploymentEnded { .. }
            | Self::Grouped { .. }
            | Self::Kept { .. }
            | Self::Gone { .. } => Vec::new(),
        }
    }

    fn jobs(&self) -> Vec<Job> {
        match self {
            Self::Declared { .. }
            | Self::InterestEnded { .. }
            | Self::InterestVoided { .. }
            | Self::Employed { .. }
            | Self::EmploymentEnded { .. }
            | Self::Grouped { .. } => vec![Job::now(RECHECK, json!({}))],
            Self::YearDeclared { .. }
            | Self::Reminded { .. }
            | Self::Raised { .. }
            | Self::Kept { .. }
            | Self::Gone { .. } => Vec::new(),
        }
    }
}
