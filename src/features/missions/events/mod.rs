//! What happened to a mission. Reasons that people give and reports stay beside the journal.

mod mails;

use entity::ids::DocumentId;
use entity::mission::MissionState;
use entity::{claim_correction, expense_claim, mission_offer};
use serde_json::{Value, json};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::actions::Via;
use super::documents;
use super::dossier::Dossier;
use super::state::Transition;
use crate::db::Tx;
use crate::events::{DocumentRef, DomainEvent, Invitation, Job, Mail, Subject};
use crate::rules::typed_date::iso;

/// Work of the thing that a quiet mission is for, once who makes it changed.
pub const MOVED_JOB: &str = "inspections.mission_moved";

/// What happened.
#[derive(Clone, Debug)]
pub enum What<'a> {
    /// It took place before Parchemin, and comes from a file.
    Recorded,
    /// Offered to someone.
    Offered {
        /// The offer.
        offer: &'a mission_offer::Model,
        /// The link that answers it.
        link: &'a str,
    },
    /// No answer yet.
    Reminded {
        /// The offer.
        offer: &'a mission_offer::Model,
        /// Another link that answers it.
        link: &'a str,
    },
    /// The person accepted.
    Accepted {
        /// For their calendar and that of the structure.
        invitation: Invitation,
        /// How the answer came.
        via: Via,
    },
    /// The person declined.
    Declined {
        /// The offer.
        offer: &'a mission_offer::Model,
        /// Why, in words.
        words: &'a str,
        /// Whether someone else is in line.
        next: bool,
        /// How the answer came.
        via: Via,
    },
    /// Nobody answered in time.
    Expired {
        /// The offer.
        offer: &'a mission_offer::Model,
        /// Whether someone else is in line.
        next: bool,
    },
    /// Taken back.
    Withdrawn {
        /// Why.
        reason: &'a str,
        /// For the calendars, when the person had accepted.
        cancelled: Option<Invitation>,
    },
    /// Taken back by the program from a person who may not hold it any more.
    TakenBack {
        /// Why.
        reason: &'a str,
        /// For the calendars.
        cancelled: Option<Invitation>,
    },
    /// The person who had accepted cannot come.
    DroppedOut {
        /// The offer.
        offer: &'a mission_offer::Model,
        /// Why, in words.
        words: &'a str,
        /// For the calendars.
        cancelled: Invitation,
        /// Whether someone else is asked at once.
        next: bool,
        /// Whether the team recorded it.
        by_team: bool,
    },
    /// Other dates.
    Moved {
        /// For the calendars, when the person had accepted.
        invitation: Option<Invitation>,
        /// Before.
        previous_at: OffsetDateTime,
        /// Why.
        reason: &'a str,
    },
    /// It does not take place.
    Cancelled {
        /// Why.
        cause: &'a str,
        /// For the calendars.
        cancelled: Invitation,
        /// Whether the person had accepted.
        held: bool,
        /// Whether the person knows about the mission.
        told: bool,
        /// Whether the structure does.
        announced: bool,
    },
    /// It begins, or took place.
    Carried,
    /// It was said to have taken place by mistake.
    Reopened {
        /// Why.
        reason: &'a str,
    },
    /// The report is there.
    Reported,
    /// The report is late.
    ReportReminded {
        /// Its last day.
        due: Date,
        /// Reminders that left, this one included.
        count: i32,
    },
    /// It was given a score.
    Rated {
        /// From 1 to 5.
        score: u16,
    },
    /// A receipt, or a file beside the report, arrived.
    ReceiptReceived {
        /// The document.
        document: DocumentRef,
    },
    /// A receipt was taken back.
    ReceiptWithdrawn {
        /// The document.
        document: DocumentId,
    },
    /// Fee and expenses are claimed.
    Claimed {
        /// The claim.
        claim: &'a expense_claim::Model,
    },
    /// The service was done: the claim is to be paid.
    Certified {
        /// The claim.
        claim: &'a expense_claim::Model,
    },
    /// The claim goes back.
    ClaimReturned {
        /// What is to be corrected.
        reason: &'a str,
    },
    /// Everything is paid.
    Settled {
        /// The claim.
        claim: &'a expense_claim::Model,
    },
    /// A sum was paid more, or taken back, after the payment.
    ClaimCorrected {
        /// The line.
        correction: &'a claim_correction::Model,
        /// What was paid in all, in cents.
        total_cents: i64,
    },
    /// Nothing is to be paid.
    NothingOwed {
        /// Why.
        reason: &'a str,
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

/// One event.
#[derive(Clone, Debug)]
pub struct MissionEvent<'a> {
    /// The mission as the act leaves it.
    pub dossier: &'a Dossier,
    /// What happened.
    pub what: What<'a>,
    name: &'static str,
    code: &'static str,
    before: Option<MissionState>,
    base_url: String,
    now: OffsetDateTime,
}

impl<'a> MissionEvent<'a> {
    /// A step of the table.
    #[must_use]
    pub fn of_step(tx: &Tx, dossier: &'a Dossier, line: &'static Transition, what: What<'a>) -> Self {
        Self { before: Some(line.from), ..Self::of_act(tx, dossier, line.event, what) }
    }

    /// An act that moves nothing.
    #[must_use]
    pub fn of_act(
        tx: &Tx,
        dossier: &'a Dossier,
        (name, code): (&'static str, &'static str),
        what: What<'a>,
    ) -> Self {
        Self { dossier, what, name, code, before: None, base_url: tx.app().url(""), now: tx.now() }
    }
}

impl DomainEvent for MissionEvent<'_> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn code(&self) -> &'static str {
        self.code
    }

    fn subject(&self) -> Subject {
        Subject::new("mission", self.dossier.mission.id, self.dossier.mission.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match self.before {
            Some(before) => (Some(before.word()), Some(self.dossier.mission.state.word())),
            None if matches!(self.what, What::Recorded) => (None, Some(self.dossier.mission.state.word())),
            None => (None, None),
        }
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            What::Withdrawn { reason, .. }
            | What::TakenBack { reason, .. }
            | What::Moved { reason, .. }
            | What::Reopened { reason }
            | What::ClaimReturned { reason }
            | What::NothingOwed { reason } => Some(reason),
            What::ClaimCorrected { correction, .. } => Some(&correction.reason),
            What::Cancelled { cause, .. } => Some(cause),
            What::Offered { offer, .. } => offer.tie_override.as_deref(),
            _ => None,
        }
    }

    fn payload(&self) -> Value {
        let mission = &self.dossier.mission;
        match &self.what {
            What::Recorded => json!({
                "expert_id": mission.expert_id,
                "object": mission.object,
                "duty": mission.duty,
                "structure_id": mission.structure_id,
                "certification_id": mission.certification_id,
                "starts_at": mission.starts_at.unix_timestamp(),
                "ends_at": mission.ends_at.unix_timestamp(),
                "zone": mission.zone,
                "external_ref": mission.external_ref,
            }),
            What::Offered { offer, .. } => self.offered(offer),
            What::Reminded { offer, .. } => json!({ "expert_id": offer.expert_id, "count": offer.reminded }),
            What::Accepted { invitation, via } => {
                json!({ "expert_id": mission.expert_id, "via": word(*via), "sequence": invitation.sequence })
            }
            What::Declined { offer, next, via, .. } => json!({
                "expert_id": offer.expert_id,
                "reason": offer.decline_reason,
                "via": word(*via),
                "next": next,
            }),
            What::Expired { offer, next } => json!({ "expert_id": offer.expert_id, "next": next }),
            What::DroppedOut { offer, cancelled, next, by_team, .. } => json!({
                "expert_id": offer.expert_id,
                "reason": offer.decline_reason,
                "sequence": cancelled.sequence,
                "next": next,
                "by_team": by_team,
            }),
            What::Withdrawn { cancelled, .. } | What::TakenBack { cancelled, .. } => json!({
                "expert_id": mission.expert_id,
                "sequence": cancelled.as_ref().map(|invitation| invitation.sequence),
            }),
            What::Moved { previous_at, .. } => json!({
                "previous_at": previous_at.unix_timestamp(),
                "starts_at": mission.starts_at.unix_timestamp(),
                "ends_at": mission.ends_at.unix_timestamp(),
                "sequence": mission.sequence,
            }),
            What::Cancelled { cancelled, .. } => {
                json!({ "expert_id": mission.expert_id, "sequence": cancelled.sequence })
            }
            What::ReportReminded { due, count } => {
                json!({ "expert_id": mission.expert_id, "due_on": iso(*due), "count": count })
            }
            What::Rated { score } => json!({ "expert_id": mission.expert_id, "score": score }),
            What::Claimed { claim } | What::Certified { claim } => amounts(claim),
            What::Settled { claim } => {
                let mut payload = amounts(claim);
                payload["paid_on"] = json!(claim.paid_on.map(iso));
                payload["payment"] = json!(claim.payment);
                payload
            }
            What::ClaimCorrected { correction, total_cents } => json!({
                "claim_id": correction.claim_id,
                "amount_cents": correction.amount_cents,
                "total_cents": total_cents,
                "paid_on": iso(correction.paid_on),
                "payment": correction.payment,
            }),
            What::Carried
            | What::Reopened { .. }
            | What::Reported
            | What::ReceiptReceived { .. }
            | What::ClaimReturned { .. }
            | What::NothingOwed { .. } => json!({ "expert_id": mission.expert_id }),
            What::ReceiptWithdrawn { document } => {
                json!({ "expert_id": mission.expert_id, "document_id": document })
            }
            What::DocumentIssued { template, archival, .. } => {
                json!({ "template": template, "archival": archival })
            }
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match &self.what {
            What::Declined { words, .. } | What::DroppedOut { words, .. } => {
                vec![("words", (*words).to_owned())]
            }
            What::Reported | What::Recorded => {
                vec![("report", self.dossier.mission.report.clone().unwrap_or_default())]
            }
            What::Claimed { claim } => claim.reason.iter().map(|reason| ("words", reason.clone())).collect(),
            _ => Vec::new(),
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            What::DocumentIssued { document, .. } | What::ReceiptReceived { document } => {
                vec![document.clone()]
            }
            _ => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        mails::of(self)
    }

    fn jobs(&self) -> Vec<Job> {
        let mission = &self.dossier.mission;
        let order = || documents::order(mission, documents::ORDER, self.now);
        let mut jobs = match &self.what {
            What::Accepted { .. } => vec![order()],
            What::Moved { invitation: Some(_), .. } => vec![order()],
            What::Carried if mission.state == MissionState::Done => {
                vec![documents::order(mission, documents::PRESENCE, self.now)]
            }
            _ => Vec::new(),
        };
        if mission.quiet && self.moves_holder() {
            jobs.push(Job::now(MOVED_JOB, json!({ "mission_id": mission.id })));
        }
        jobs
    }
}

impl MissionEvent<'_> {
    /// Whether who makes it may have changed.
    const fn moves_holder(&self) -> bool {
        matches!(
            self.what,
            What::Accepted { .. }
                | What::Declined { .. }
                | What::Expired { .. }
                | What::Withdrawn { .. }
                | What::TakenBack { .. }
                | What::DroppedOut { .. }
                | What::Cancelled { .. }
        )
    }

    /// What an offer says.
    fn offered(&self, offer: &mission_offer::Model) -> Value {
        let mission = &self.dossier.mission;
        let mut payload = json!({
            "expert_id": offer.expert_id,
            "object": mission.object,
            "duty": mission.duty,
            "structure_id": mission.structure_id,
            "certification_id": mission.certification_id,
            "starts_at": mission.starts_at.unix_timestamp(),
            "ends_at": mission.ends_at.unix_timestamp(),
            "zone": mission.zone,
            "fee_cents": mission.fee_cents,
            "expenses_ceiling_cents": mission.expenses_ceiling_cents,
            "position": offer.position,
            "due_at": offer.due_at.map(|due| due.unix_timestamp()),
        });
        if let Some(resumed) = mission.resumes_id {
            payload["resumes_id"] = json!(resumed);
        }
        payload
    }
}

fn amounts(claim: &expense_claim::Model) -> Value {
    let mut payload = json!({
        "claim_id": claim.id,
        "fee_cents": claim.fee_cents,
        "expenses_cents": claim.expenses_cents,
    });
    if let Some(siret) = &claim.employer_siret {
        payload["employer_siret"] = json!(siret);
    }
    payload
}

/// The list of what is to be paid was taken away as a file.
#[derive(Clone, Debug)]
pub struct PayableExported {
    /// Key of the export.
    pub id: Uuid,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// How many claims.
    pub lines: usize,
    /// Their sum, in cents.
    pub total_cents: i64,
}

impl DomainEvent for PayableExported {
    fn name(&self) -> &'static str {
        "mission.payable_exported"
    }

    fn code(&self) -> &'static str {
        "MIS_PAYABLE_EXPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("expense_claim", self.id, "payable")
    }

    fn payload(&self) -> Value {
        json!({ "sha256": self.sha256, "lines": self.lines, "total_cents": self.total_cents })
    }
}

/// A file of past missions was imported; each mission has its own event.
#[derive(Clone, Debug)]
pub struct FileImported {
    /// Key of the import.
    pub id: Uuid,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Lines recorded.
    pub written: usize,
    /// Lines that were recorded before.
    pub unchanged: usize,
    /// Lines refused.
    pub refused: usize,
}

impl DomainEvent for FileImported {
    fn name(&self) -> &'static str {
        "missions.imported"
    }

    fn code(&self) -> &'static str {
        "MISSIONS_IMPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("import", self.id, self.file_name.clone())
    }

    fn payload(&self) -> Value {
        json!({
            "file": self.file_name,
            "sha256": self.sha256,
            "written": self.written,
            "unchanged": self.unchanged,
            "refused": self.refused,
        })
    }
}

const fn word(via: Via) -> &'static str {
    match via {
        Via::Account => "account",
        Via::Link(_) => "link",
    }
}

/// The address of an agenda was opened or closed; the journal never tells it.
#[derive(Clone, Debug)]
pub struct FeedEvent {
    /// Whose agenda.
    pub expert: entity::expert::Model,
    /// Opened, or closed.
    pub opened: bool,
}

impl DomainEvent for FeedEvent {
    fn name(&self) -> &'static str {
        if self.opened { "agenda_feed.opened" } else { "agenda_feed.closed" }
    }

    fn code(&self) -> &'static str {
        if self.opened { "AGENDA_FEED_OPENED" } else { "AGENDA_FEED_CLOSED" }
    }

    fn subject(&self) -> Subject {
        Subject::new("expert", self.expert.id, self.expert.number.clone())
    }
}
