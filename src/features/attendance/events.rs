//! What happened on the half-days of a session. Events hold keys; who people are stays beside the journal.

use entity::attendance;
use entity::attendance_proof;
use entity::enrolment;
use entity::ids::{AccountId, EnrolmentId, ExpertId, TrainingSlotId};
use entity::{training_session, training_slot};
use serde_json::{Value, json};

use super::labels;
use crate::events::{DocumentRef, DomainEvent, Mail, Recipient, Subject};
use crate::features::enrolments::labels as words_of_enrolments;
use crate::rules::typed_date::iso;

/// One event: the session, and what happened.
#[derive(Clone, Debug)]
pub struct AttendanceEvent {
    /// The session.
    pub session: training_session::Model,
    /// The half-day; none for what is about the whole session.
    pub slot: Option<training_slot::Model>,
    /// Whom it is about; none for what is about everybody.
    pub enrolment: Option<enrolment::Model>,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum What {
    /// The codes of the room are shown.
    Opened,
    /// Somebody signed.
    Signed(attendance::Model),
    /// Whoever teaches, or the team, said who was there.
    Recorded(Vec<attendance::Model>),
    /// Whoever teaches countersigned; so many lines.
    Countersigned {
        /// Who.
        expert: ExpertId,
        /// Lines that were not yet.
        lines: usize,
    },
    /// A presence was put right.
    Corrected {
        /// Before.
        was: Box<attendance::Model>,
        /// After.
        became: Box<attendance::Model>,
        /// Why.
        reason: String,
    },
    /// The paper sheet was scanned back.
    SheetKept(DocumentRef),
    /// Something proves a sequence.
    Proved {
        /// What.
        proof: attendance_proof::Model,
        /// Its file, when there is one.
        document: Option<DocumentRef>,
    },
    /// A proof was taken back.
    ProofVoided(attendance_proof::Model),
    /// Those who come were called to sign, each with their address that acts without an account.
    Called(Vec<(EnrolmentId, String)>),
    /// Those who teach were reminded to countersign.
    Reminded {
        /// Who.
        experts: Vec<ExpertId>,
        /// The page where it is done.
        link: String,
    },
    /// The team was told of absences without a reason.
    AbsencesTold {
        /// How many half-days.
        absences: u32,
        /// Who follows the session.
        officer: Option<AccountId>,
        /// The page of the session.
        link: String,
    },
    /// The trainee asked for their link.
    LinkSent(String),
}

impl AttendanceEvent {
    /// What people call the enrolment, `SES-2026-0017-23`: never the name of the person.
    #[must_use]
    pub fn reference(&self) -> String {
        match &self.enrolment {
            Some(row) => format!("{}-{}", self.session.number, row.seq),
            None => self.session.number.clone(),
        }
    }

    fn slot_id(&self) -> Option<TrainingSlotId> {
        self.slot.as_ref().map(|slot| slot.id)
    }

    /// When the half-day is, or the session.
    fn when(&self) -> String {
        match &self.slot {
            Some(slot) => labels::half_day(slot),
            None => words_of_enrolments::when(&self.session),
        }
    }

    fn facts(&self, link: Option<&str>) -> Value {
        json!({
            "number": self.reference(),
            "title": self.session.title,
            "when": self.when(),
            "place": words_of_enrolments::place(&self.session),
            "link": link,
        })
    }

    fn to_trainee(&self, template: &'static str, id: EnrolmentId, link: &str) -> Mail {
        let why = words_of_enrolments::WHY_ENROLLED;
        Mail::new(template, Recipient::Enrolment { id }, why, self.facts(Some(link)))
    }
}

fn known(row: &attendance::Model) -> Value {
    json!({
        "enrolment_id": row.enrolment_id,
        "presence": row.presence.word(),
        "minutes": row.minutes,
        "proof": row.proof.word(),
    })
}

fn proved(row: &attendance_proof::Model) -> Value {
    json!({
        "attendance_id": row.attendance_id,
        "kind": row.kind.word(),
        "dated_on": iso(row.dated_on),
    })
}

impl DomainEvent for AttendanceEvent {
    fn name(&self) -> &'static str {
        match self.what {
            What::Opened => "attendance.opened",
            What::Signed(_) => "attendance.signed",
            What::Recorded(_) => "attendance.recorded",
            What::Countersigned { .. } => "attendance.countersigned",
            What::Corrected { .. } => "attendance.corrected",
            What::SheetKept(_) => "attendance.sheet_kept",
            What::Proved { .. } => "attendance.proved",
            What::ProofVoided(_) => "attendance.proof_voided",
            What::Called(_) => "attendance.called",
            What::Reminded { .. } => "attendance.reminded",
            What::AbsencesTold { .. } => "attendance.absences_told",
            What::LinkSent(_) => "attendance.link_sent",
        }
    }

    fn code(&self) -> &'static str {
        match self.what {
            What::Opened => "EMA_OPENED",
            What::Signed(_) => "EMA_SIGNED",
            What::Recorded(_) => "EMA_RECORDED",
            What::Countersigned { .. } => "EMA_COUNTERSIGNED",
            What::Corrected { .. } => "EMA_CORRECTED",
            What::SheetKept(_) => "EMA_SHEET_KEPT",
            What::Proved { .. } => "EMA_PROVED",
            What::ProofVoided(_) => "EMA_PROOF_VOIDED",
            What::Called(_) => "EMA_CALLED",
            What::Reminded { .. } => "EMA_REMINDED",
            What::AbsencesTold { .. } => "EMA_ABSENCES_TOLD",
            What::LinkSent(_) => "EMA_LINK_SENT",
        }
    }

    fn subject(&self) -> Subject {
        match &self.enrolment {
            Some(row) => Subject::new("enrolment", row.id, self.reference()),
            None => Subject::new("training_session", self.session.id, self.session.number.clone()),
        }
    }

    fn payload(&self) -> Value {
        let mut payload = match &self.what {
            What::Opened | What::LinkSent(_) | What::SheetKept(_) => json!({}),
            What::Signed(row) => {
                let mut told = known(row);
                told["signed_at"] = json!(row.signed_at.map(|at| at.unix_timestamp()));
                told
            }
            What::Recorded(lines) => json!({ "lines": lines.iter().map(known).collect::<Vec<_>>() }),
            What::Countersigned { expert, lines } => json!({ "expert_id": expert, "lines": lines }),
            What::Corrected { was, became, .. } => json!({ "before": known(was), "after": known(became) }),
            What::Proved { proof, .. } | What::ProofVoided(proof) => proved(proof),
            What::Called(people) => json!({ "people": people.len() }),
            What::Reminded { experts, .. } => json!({ "experts": experts }),
            What::AbsencesTold { absences, .. } => json!({ "absences": absences }),
        };
        if let (Some(object), Some(slot)) = (payload.as_object_mut(), self.slot_id()) {
            object.insert("slot_id".to_owned(), json!(slot));
        }
        payload
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match &self.what {
            What::Corrected { reason, .. } => vec![("reason", reason.clone())],
            _ => Vec::new(),
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            What::SheetKept(document) => vec![document.clone()],
            What::Proved { document, .. } => document.iter().cloned().collect(),
            _ => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        match &self.what {
            What::Called(people) => {
                people.iter().map(|(id, link)| self.to_trainee("attendance-sign", *id, link)).collect()
            }
            What::Reminded { experts, link } => experts
                .iter()
                .map(|id| {
                    let to = Recipient::Expert { id: *id };
                    Mail::new("attendance-countersign", to, labels::WHY_TEACHES, self.facts(Some(link)))
                })
                .collect(),
            What::AbsencesTold { absences, officer, link } => {
                let to = officer.map_or(Recipient::Managers, |id| Recipient::Account { id });
                let mut facts = self.facts(Some(link));
                facts["absences"] = json!(labels::half_days(*absences));
                vec![Mail::new("attendance-absence", to, labels::WHY_TEAM, facts)]
            }
            What::LinkSent(link) => match &self.enrolment {
                Some(row) => vec![self.to_trainee("trainee-link", row.id, link)],
                None => Vec::new(),
            },
            What::Opened
            | What::Signed(_)
            | What::Recorded(_)
            | What::Countersigned { .. }
            | What::Corrected { .. }
            | What::SheetKept(_)
            | What::Proved { .. }
            | What::ProofVoided(_) => Vec::new(),
        }
    }
}
