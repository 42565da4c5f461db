//! What happened to a session of a jury: every event of the table, whoever acts. Descriptions of incidents stay beside the
//! journal.

mod mails;

use entity::ids::CandidateId;
use entity::jury_session::JuryState;
use entity::{jury_check, jury_incident, jury_member, jury_minutes, jury_signature};
use serde_json::{Value, json};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::documents;
use super::load::Whole;
use super::state::Transition;
use super::wording;
use crate::db::Tx;
use crate::events::{DocumentRef, DomainEvent, Invitation, InvitationMethod, Job, Mail, Subject};
use crate::rules::typed_date::iso;

/// Name of the work that writes the minutes of a jury without quorum.
pub const NO_QUORUM_JOB: &str = "minutes.no_quorum";

/// What happened.
#[derive(Clone, Debug)]
pub enum What<'a> {
    /// A structure asks for it (S1).
    Requested,
    /// The certifier does not organise it (S2).
    Rejected {
        /// Why.
        reason: &'a str,
    },
    /// The structure takes its request back.
    Withdrawn {
        /// Why.
        reason: &'a str,
    },
    /// It has its date and its place (S3).
    Planned,
    /// Its candidates were chosen.
    CandidatesChosen {
        /// Those who come in.
        added: Vec<CandidateId>,
        /// Those who go out.
        removed: Vec<CandidateId>,
    },
    /// Somebody was asked to preside or to sit (S4, S5).
    MemberAsked {
        /// The seat.
        member: &'a jury_member::Model,
    },
    /// Somebody said whether they come.
    MemberAnswered {
        /// The seat.
        member: &'a jury_member::Model,
    },
    /// Somebody does not sit any more (S5).
    MemberRemoved {
        /// The seat.
        member: &'a jury_member::Model,
        /// Why.
        reason: &'a str,
    },
    /// It will take place (S6).
    Confirmed,
    /// The candidates are called (S7).
    Convoked,
    /// The members have what they read before the day.
    FilesSent,
    /// Another date (S8).
    Postponed {
        /// Why.
        reason: &'a str,
        /// Start before.
        before: Option<OffsetDateTime>,
        /// Whether the candidates had been called.
        called: bool,
    },
    /// It will not take place (S9).
    Cancelled {
        /// Why.
        reason: &'a str,
        /// Whether the candidates had been called.
        called: bool,
    },
    /// The president opened it (S10).
    Opened {
        /// Voting members there.
        present: usize,
    },
    /// Members lacked (S11).
    NoQuorum {
        /// Who lacked, in words.
        reason: &'a str,
    },
    /// A member takes no part for a candidate (S12).
    Abstained {
        /// The seat.
        member: &'a jury_member::Model,
        /// The passage.
        passage: Uuid,
        /// Whether the candidate has no quorum any more, and is adjourned.
        adjourned: bool,
    },
    /// Something happened on the day (S13).
    IncidentRecorded {
        /// What.
        incident: &'a jury_incident::Model,
    },
    /// Everybody was heard (S14).
    Deliberating,
    /// The minutes are frozen (S15).
    MinutesFrozen {
        /// The minutes.
        minutes: &'a jury_minutes::Model,
    },
    /// Somebody signed, or refused to, and others still have to.
    SignatureGiven {
        /// The signature.
        signature: &'a jury_signature::Model,
    },
    /// Everybody signed (S16).
    MinutesSigned {
        /// The minutes.
        minutes: &'a jury_minutes::Model,
    },
    /// The minutes conform (S17).
    MinutesChecked {
        /// The control.
        check: &'a jury_check::Model,
    },
    /// The minutes go back (S18).
    MinutesSentBack {
        /// The control.
        check: &'a jury_check::Model,
    },
    /// The same jury corrected them (S19).
    MinutesRectified {
        /// The corrected minutes.
        minutes: &'a jury_minutes::Model,
        /// Why.
        reason: &'a str,
    },
    /// The decisions are validated (S20).
    Validated {
        /// Day of delivery.
        delivered_on: Date,
    },
    /// The validation is taken back.
    ValidationTakenBack {
        /// Why.
        reason: &'a str,
    },
    /// Everybody is told (S21).
    Closed,
    /// An appeal found an error in what was told.
    Reopened,
    /// Something that moves nothing and tells nobody: what it is, without any personal value.
    Noted(Value),
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
pub struct JuryEvent<'a> {
    /// The session as the act leaves it.
    pub whole: &'a Whole,
    /// What happened.
    pub what: What<'a>,
    name: &'static str,
    code: &'static str,
    moves: bool,
    before: Option<JuryState>,
    base_url: String,
    jobs: Vec<Job>,
}

impl<'a> JuryEvent<'a> {
    /// An event of the table.
    #[must_use]
    pub fn of_step(tx: &Tx, whole: &'a Whole, line: &'static Transition, what: What<'a>) -> Self {
        let act = Self::of_act(tx, whole, line.event, what);
        Self { moves: true, before: line.from, ..act }
    }

    /// An act that moves nothing.
    #[must_use]
    pub fn of_act(
        tx: &Tx,
        whole: &'a Whole,
        (name, code): (&'static str, &'static str),
        what: What<'a>,
    ) -> Self {
        let base_url = tx.app().url("");
        Self { whole, what, name, code, moves: false, before: None, base_url, jobs: Vec::new() }
    }

    /// With work left to do besides what the event says by itself.
    #[must_use]
    pub fn doing(mut self, jobs: Vec<Job>) -> Self {
        self.jobs = jobs;
        self
    }
}

/// What calendars are told, under the same UID for the life of the session; none before it has its date. The sequence must
/// have grown before.
#[must_use]
pub fn invitation(whole: &Whole, method: InvitationMethod) -> Option<Invitation> {
    let session = &whole.session;
    let (starts_at, ends_at) = session.starts_at.zip(session.ends_at)?;
    Some(Invitation {
        uid: wording::uid(session),
        sequence: u32::try_from(session.sequence).unwrap_or_default(),
        method,
        starts_at: *starts_at,
        lasts: *ends_at - *starts_at,
        zone: session.zone.clone(),
        summary: wording::calendar_title(whole),
        location: wording::place(session),
        description: wording::calendar_text(whole),
    })
}

impl DomainEvent for JuryEvent<'_> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn code(&self) -> &'static str {
        self.code
    }

    fn subject(&self) -> Subject {
        Subject::new("jury_session", self.whole.session.id, self.whole.session.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        if !self.moves {
            return (None, None);
        }
        (self.before.map(JuryState::word), Some(self.whole.session.state.word()))
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            What::Rejected { reason }
            | What::Withdrawn { reason }
            | What::MemberRemoved { reason, .. }
            | What::Postponed { reason, .. }
            | What::Cancelled { reason, .. }
            | What::NoQuorum { reason }
            | What::ValidationTakenBack { reason }
            | What::MinutesRectified { reason, .. } => Some(reason),
            What::MemberAsked { member } => member.override_reason.as_deref(),
            What::MemberAnswered { member } => member.reason.as_deref(),
            What::MinutesSentBack { check } => Some(&check.findings),
            _ => None,
        }
    }

    fn payload(&self) -> Value {
        let session = &self.whole.session;
        match &self.what {
            What::Requested => json!({
                "structure_id": session.structure_id,
                "certification_version_id": session.certification_version_id,
                "expected": session.expected,
                "candidate_ids": self.candidates(),
            }),
            What::Planned => self.dates(),
            What::CandidatesChosen { added, removed } => json!({ "added": added, "removed": removed }),
            What::MemberAsked { member } | What::MemberAnswered { member } => json!({
                "expert_id": member.expert_id,
                "seat": member.seat.word(),
                "member_state": member.state.word(),
                "mission_id": member.mission_id,
            }),
            What::MemberRemoved { member, .. } => {
                json!({ "expert_id": member.expert_id, "seat": member.seat.word() })
            }
            What::Confirmed | What::Convoked | What::FilesSent => {
                json!({ "candidate_ids": self.candidates(), "expert_ids": self.people() })
            }
            What::Postponed { before, called, .. } => {
                let mut payload = self.dates();
                payload["previous_at"] = json!(before.map(OffsetDateTime::unix_timestamp));
                payload["sequence"] = json!(session.sequence);
                payload["called"] = json!(called);
                payload
            }
            What::Cancelled { called, .. } => json!({
                "candidate_ids": self.candidates(),
                "sequence": session.sequence,
                "called": called,
            }),
            What::Opened { present } => json!({ "present": present }),
            What::Abstained { member, passage, adjourned } => {
                json!({ "expert_id": member.expert_id, "passage_id": passage, "adjourned": adjourned })
            }
            What::IncidentRecorded { incident } => json!({
                "incident_id": incident.id,
                "kind": incident.kind.word(),
                "passage_id": incident.passage_id,
                "happened_at": incident.happened_at.unix_timestamp(),
            }),
            What::MinutesFrozen { minutes }
            | What::MinutesSigned { minutes }
            | What::MinutesRectified { minutes, .. } => minutes_facts(minutes),
            What::SignatureGiven { signature } => json!({
                "minutes_id": signature.minutes_id,
                "member_id": signature.member_id,
                "kind": signature.kind.word(),
                "content_sha256": hex::encode(&signature.content_hash),
            }),
            What::MinutesChecked { check } | What::MinutesSentBack { check } => {
                json!({ "minutes_id": check.minutes_id, "check_id": check.id, "conform": check.conform })
            }
            What::Validated { delivered_on } => json!({ "delivered_on": iso(*delivered_on) }),
            What::Noted(facts) => facts.clone(),
            What::DocumentIssued { template, archival, .. } => {
                json!({ "template": template, "archival": archival })
            }
            What::Withdrawn { .. } => json!({ "candidate_ids": self.candidates() }),
            What::Rejected { .. }
            | What::NoQuorum { .. }
            | What::Deliberating
            | What::ValidationTakenBack { .. }
            | What::Closed
            | What::Reopened => json!({}),
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match &self.what {
            What::IncidentRecorded { incident } => {
                let words = Some(&incident.description).filter(|words| !words.is_empty());
                words.map(|words| ("words", words.clone())).into_iter().collect()
            }
            What::SignatureGiven { signature } => {
                signature.reason.iter().map(|reason| ("words", reason.clone())).collect()
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

    fn mails(&self) -> Vec<Mail> {
        mails::of(self)
    }

    fn jobs(&self) -> Vec<Job> {
        let own = match &self.what {
            What::Requested => vec![documents::receipt(&self.whole.session)],
            What::Convoked => documents::summons(self.whole),
            What::IncidentRecorded { incident } => vec![documents::incident(&self.whole.session, incident)],
            // Its minutes are another feature's.
            What::NoQuorum { .. } => {
                vec![Job::now(NO_QUORUM_JOB, json!({ "session_id": self.whole.session.id }))]
            }
            _ => Vec::new(),
        };
        [own, self.jobs.clone()].concat()
    }
}

impl JuryEvent<'_> {
    fn candidates(&self) -> Vec<CandidateId> {
        self.whole.passages.iter().map(|one| one.row.candidate_id).collect()
    }

    fn people(&self) -> Vec<entity::ids::ExpertId> {
        self.whole.sitting().map(|one| one.row.expert_id).collect()
    }

    fn dates(&self) -> Value {
        let session = &self.whole.session;
        let stamp = |at: Option<entity::Instant>| at.map(|at| at.unix_timestamp());
        json!({
            "starts_at": stamp(session.starts_at),
            "ends_at": stamp(session.ends_at),
            "zone": session.zone,
            "mode": session.mode.word(),
            "site_id": session.site_id,
            "referential_id": session.referential_id,
        })
    }
}

fn minutes_facts(minutes: &jury_minutes::Model) -> Value {
    json!({
        "minutes_id": minutes.id,
        "revision": minutes.revision,
        "content_sha256": hex::encode(&minutes.content_hash),
        "rectifies_id": minutes.rectifies_id,
    })
}
