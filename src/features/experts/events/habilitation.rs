//! What happens to an habilitation: journal line and mails. What the jury wrote and who sits in it stay beside the
//! journal.

mod mails;

use entity::habilitation_step::StepKind;
use entity::ids::{AccountId, ExpertId, HabilitationStepId, MissionId};
use entity::{expert, habilitation};
use serde_json::{Value, json};
use time::Date;

use super::super::actions::habilitation::JuryMember;
use super::super::documents;
use crate::events::{DocumentRef, DomainEvent, Job, Mail, Subject};
use crate::rules::period::Period;
use crate::rules::typed_date::iso;

/// One event of an habilitation.
#[derive(Clone, Debug)]
pub struct HabilitationEvent {
    /// The expert.
    pub expert: expert::Model,
    /// The file before; none when it opens.
    pub before: Option<habilitation::Model>,
    /// The file after.
    pub file: habilitation::Model,
    /// Name and code of the event.
    pub line: (&'static str, &'static str),
    /// Public address of the program, without a final slash.
    pub base_url: String,
    /// When.
    pub at: entity::Instant,
    /// Who acted; none for the program.
    pub by: Option<AccountId>,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Someone applies.
    Applied,
    /// Not retained.
    Rejected {
        /// Why.
        reason: String,
    },
    /// The training begins.
    Admitted {
        /// Who accompanies.
        senior: ExpertId,
        /// Their name.
        senior_name: String,
    },
    /// A step is done.
    StepLogged {
        /// Its key.
        step: HabilitationStepId,
        /// Which.
        kind: StepKind,
        /// When.
        done_on: Date,
        /// The mission that it rests on.
        mission: Option<MissionId>,
    },
    /// The charter is signed.
    CharterSigned,
    /// The file goes to the jury.
    Presented {
        /// When it sits.
        jury_on: Date,
        /// Who sits.
        members: Vec<JuryMember>,
    },
    /// The jury sits on another day, at another hour or elsewhere.
    JuryMoved {
        /// When it sits.
        jury_on: Date,
        /// Who sits.
        members: Vec<JuryMember>,
        /// Why.
        reason: String,
    },
    /// The jury is called off.
    JuryCancelled {
        /// When it was to sit.
        jury_on: Option<Date>,
        /// Who was to sit.
        members: Vec<JuryMember>,
        /// Why.
        reason: String,
    },
    /// Granted.
    Granted {
        /// Over which days.
        period: Period,
        /// Under which conditions; may be empty.
        conditions: String,
    },
    /// Something must be done again.
    Deferred {
        /// Which steps.
        redo: Vec<StepKind>,
        /// What exactly.
        reasons: String,
    },
    /// Refused.
    Refused {
        /// Why.
        reasons: String,
    },
    /// Set aside.
    Suspended {
        /// From when.
        on: Date,
        /// Why.
        reason: String,
    },
    /// Given back.
    Reinstated {
        /// From when.
        on: Date,
        /// What changed.
        reason: String,
    },
    /// A withdrawal is asked for.
    WithdrawalAsked {
        /// Why.
        reason: String,
        /// Last day on which the person may answer.
        answer_until: Date,
    },
    /// The person answers the withdrawal asked for.
    WithdrawalAnswered {
        /// What they say.
        answer: String,
    },
    /// The withdrawal asked for is given up.
    WithdrawalDropped {
        /// Why.
        reason: String,
    },
    /// Somebody else accompanies.
    SeniorChanged {
        /// Who.
        senior: ExpertId,
        /// Their name.
        senior_name: String,
        /// Why.
        reason: String,
    },
    /// Taken away.
    Withdrawn {
        /// Why.
        reason: String,
        /// Last day.
        last: Date,
    },
    /// Given up.
    Resigned {
        /// Last day.
        on: Date,
        /// Why; may be empty.
        reason: String,
    },
    /// At its end.
    Expired {
        /// The last day.
        last: Date,
        /// Another habilitation for the same thing took its place: nobody has to be told.
        replaced: bool,
    },
    /// A new period.
    Renewed {
        /// Over which days.
        period: Period,
        /// Why conditions were set aside; empty when they were met.
        waiver: String,
        /// The conditions that were not met.
        unmet: Vec<String>,
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

impl DomainEvent for HabilitationEvent {
    fn name(&self) -> &'static str {
        self.line.0
    }

    fn code(&self) -> &'static str {
        self.line.1
    }

    fn subject(&self) -> Subject {
        Subject::new("habilitation", self.file.id, self.expert.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        if matches!(self.what, What::DocumentIssued { .. }) {
            return (None, None);
        }
        let before = self.before.as_ref().map(|before| before.state.word());
        (before, Some(self.file.state.word()))
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            What::Rejected { reason }
            | What::Suspended { reason, .. }
            | What::Reinstated { reason, .. }
            | What::WithdrawalAsked { reason, .. }
            | What::WithdrawalDropped { reason }
            | What::JuryMoved { reason, .. }
            | What::JuryCancelled { reason, .. }
            | What::SeniorChanged { reason, .. }
            | What::Withdrawn { reason, .. } => Some(reason),
            What::Deferred { reasons, .. } | What::Refused { reasons } => Some(reasons),
            What::Resigned { reason, .. } => Some(reason).filter(|text| !text.is_empty()).map(String::as_str),
            What::Renewed { waiver, .. } => Some(waiver).filter(|text| !text.is_empty()).map(String::as_str),
            What::Applied
            | What::Admitted { .. }
            | What::StepLogged { .. }
            | What::CharterSigned
            | What::Presented { .. }
            | What::WithdrawalAnswered { .. }
            | What::Granted { .. }
            | What::Expired { .. }
            | What::DocumentIssued { .. } => None,
        }
    }

    fn payload(&self) -> Value {
        let file = json!({
            "expert_id": self.expert.id,
            "duty": self.file.duty.word(),
            "certification_id": self.file.certification_id,
            "regions": self.file.regions,
        });
        let days =
            |period: &Period| json!({ "starts_on": iso(period.from()), "ends_on": iso(period.until()) });
        let own = match &self.what {
            What::Admitted { senior, .. } | What::SeniorChanged { senior, .. } => {
                json!({ "senior_id": senior })
            }
            What::StepLogged { kind, done_on, mission: None, .. } => {
                json!({ "step": kind.word(), "done_on": iso(*done_on) })
            }
            What::StepLogged { kind, done_on, mission: Some(mission), .. } => {
                json!({ "step": kind.word(), "done_on": iso(*done_on), "mission_id": mission })
            }
            What::Presented { jury_on, .. } | What::JuryMoved { jury_on, .. } => {
                json!({ "jury_on": iso(*jury_on) })
            }
            What::JuryCancelled { jury_on, .. } => json!({ "jury_on": jury_on.map(iso) }),
            What::Granted { period, conditions } => {
                json!({ "period": days(period), "with_conditions": !conditions.is_empty() })
            }
            What::Deferred { redo, .. } => {
                json!({ "redo": redo.iter().map(|kind| kind.word()).collect::<Vec<_>>() })
            }
            What::Suspended { on, .. } | What::Reinstated { on, .. } | What::Resigned { on, .. } => {
                json!({ "on": iso(*on) })
            }
            What::Expired { last, .. } => json!({ "last_day": iso(*last) }),
            What::Renewed { period, unmet, .. } => json!({ "period": days(period), "unmet": unmet.len() }),
            What::DocumentIssued { template, archival, .. } => {
                json!({ "template": template, "archival": archival })
            }
            What::Applied
            | What::Rejected { .. }
            | What::CharterSigned
            | What::Refused { .. }
            | What::WithdrawalAnswered { .. }
            | What::WithdrawalDropped { .. }
            | What::Withdrawn { .. } => Value::Null,
            What::WithdrawalAsked { answer_until, .. } => json!({ "answer_until": iso(*answer_until) }),
        };
        json!({ "habilitation": file, "act": own })
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match &self.what {
            What::Presented { .. } => vec![("jury", self.file.jury.clone())],
            What::WithdrawalAnswered { answer } => vec![("answer", answer.clone())],
            What::Granted { conditions, .. } if !conditions.is_empty() => {
                vec![("conditions", conditions.clone())]
            }
            _ => Vec::new(),
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            What::DocumentIssued { document, .. } => vec![document.clone()],
            _ => Vec::new(),
        }
    }

    fn jobs(&self) -> Vec<Job> {
        let mut jobs = documents::orders(self);
        if matches!(self.what, What::Suspended { .. } | What::Withdrawn { .. } | What::Resigned { .. }) {
            for again in ["missions.recheck", "agreements.recheck"] {
                jobs.push(Job::now(again, json!({ "expert_id": self.expert.id })));
            }
        }
        jobs
    }

    fn mails(&self) -> Vec<Mail> {
        mails::of(self)
    }
}
