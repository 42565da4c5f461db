//! What happens to a request: journal line, mails, documents to produce.

mod committee;
mod life;
mod mails;
mod right;

pub(crate) use committee::{CommitteeEvent, CommitteeWhat};
pub(crate) use life::{LifeEvent, LifeWhat};
pub(crate) use right::{RightEvent, RightWhat};

use entity::agreement_request::RequestState;
use entity::appeal::AppealOutcome;
use entity::decision::Outcome;
use entity::ids::{DecisionId, ExpertId};
use entity::{agreement_request, committee as committees, decision, decision_letter, reserve};
use serde_json::{Value, json};
use time::{Date, OffsetDateTime};

use super::actions::filing::Carried;
use super::actions::visit::ReleasedBy;
use super::documents::deposit::Deposit;
use super::dossier::Dossier;
use super::pieces::PieceKind;
use super::state::{BEGINS, Transition};
use crate::events::{DocumentRef, DomainEvent, Invitation, Job, Mail, Subject, unix_millis};
use crate::rules::delays::AgreementDelays;
use crate::rules::grid::Tally;

/// Code of the first reading of a refusal by the structure: the proof of its receipt.
pub(crate) const REFUSAL_OPENED: &str = "AGR_REFUSAL_OPENED";

/// Code of the registered letter of a refusal: each record of it counts.
pub(crate) const LETTER_RECORDED: &str = "AGR_LETTER_RECORDED";

/// A piece and what is said of it.
pub(crate) type PieceNote = (&'static PieceKind, String);

/// One event of a request.
pub(crate) struct RequestEvent<'a> {
    /// The request after the act.
    pub dossier: &'a Dossier,
    /// State before, for a transition.
    pub before: Option<RequestState>,
    /// Public address of the program, for the links.
    pub base_url: &'a str,
    /// The instant of the act.
    pub now: OffsetDateTime,
    /// What happened.
    pub what: What<'a>,
    /// The line of the table, for a transition.
    pub line: Option<&'static Transition>,
}

/// What happened.
pub(crate) enum What<'a> {
    /// A draft was opened.
    Drafted { expires_on: Date, delays: &'a AgreementDelays, carried: &'a Carried },
    /// The form changed.
    Edited { changes: Value },
    /// A piece arrived.
    PieceReceived { code: &'a str, revision: i32, document: DocumentRef },
    /// A piece was taken back.
    PieceRemoved { code: &'a str, revision: i32 },
    /// A piece was looked at.
    PieceReviewed { code: &'a str, accepted: bool, reason: Option<&'a str> },
    /// The structure submitted.
    Submitted {
        answer_by: Date,
        pieces: Vec<&'static PieceKind>,
        replaced: Vec<&'static PieceKind>,
        deposit: &'a Deposit,
    },
    /// The draft is about to be abandoned.
    DraftWarned {
        idle_days: i64,
        expires_on: Date,
        missing: Vec<&'static PieceKind>,
        delays: &'a AgreementDelays,
    },
    /// The draft was abandoned.
    DraftExpired { delays: &'a AgreementDelays },
    /// The officer asked for pieces.
    Returned { pieces: &'a [PieceNote], due_at: OffsetDateTime, message: &'a str },
    /// The structure is reminded of the pieces.
    ReturnReminded { pieces: &'a [PieceNote], due_at: OffsetDateTime, closes_on: Date, overdue: bool },
    /// Closed for want of an answer.
    ClosedIdle { due_at: OffsetDateTime },
    /// Declared complete.
    Completed { expected_on: Date, delays: &'a AgreementDelays },
    /// A contrôleur was given the visit.
    Assigned { visit_before: Date, answer_before: Date, override_reason: Option<&'a str>, link: &'a str },
    /// The contrôleur declined.
    Declined { controller_name: &'a str, reason: &'a str },
    /// The contrôleur in charge does not make the visit after all.
    Released {
        controller: Option<ExpertId>,
        controller_name: &'a str,
        reason: &'a str,
        cancelled: Option<Invitation>,
        by: ReleasedBy,
    },
    /// The date is fixed.
    Scheduled { invitation: Invitation, controller_name: &'a str },
    /// The date moved.
    Moved { invitation: Invitation, previous_at: OffsetDateTime, reason: &'a str, by: &'a str },
    /// Scores were kept before the visit is recorded.
    Scored { criteria: usize },
    /// The visit took place.
    VisitRecorded { tally: Tally, controller_name: &'a str, report_due: Date },
    /// The provisional report left.
    ReportSent { tally: Tally, comments_due_at: OffsetDateTime },
    /// The structure commented.
    Commented { opinion_due: Date, text: &'a str },
    /// The opinion.
    OpinionGiven,
    /// No visit.
    Waived { reason: &'a str },
    /// On the agenda.
    OnAgenda { committee: &'a committees::Model },
    /// Its committee was cancelled.
    OffAgenda { committee: &'a committees::Model, reason: &'a str },
    /// Decided.
    Decided {
        decision: &'a decision::Model,
        reserves: &'a [reserve::Model],
        appeal_until: Option<OffsetDateTime>,
    },
    /// Resumed.
    Resumed { committee: Option<&'a committees::Model> },
    /// Withdrawn.
    Withdrawn { reason: &'a str, cancelled: Option<Invitation> },
    /// Appealed.
    Appealed { decided_at: OffsetDateTime, answer_by: Date },
    /// The appeal is settled.
    Settled { outcome: AppealOutcome, reasons: &'a str, lodged_at: OffsetDateTime },
    /// The structure read its refusal for the first time.
    RefusalOpened { decision_id: DecisionId },
    /// The registered letter of a refusal was sent, or presented.
    LetterRecorded { letter: &'a decision_letter::Model },
    /// A document was produced; `template` with what tells its variants apart, `mission-order.draft`.
    DocumentIssued { document: DocumentRef, template: &'a str, archival: bool },
}

fn drafted(request: &agreement_request::Model, carried: &Carried) -> Value {
    let mut payload = json!({
        "structure_id": request.structure_id,
        "certification_version_id": request.certification_version_id,
        "kind": request.kind,
    });
    if let Some(from) = &carried.from {
        payload["carried_from"] = json!(from);
        payload["carried_sites"] = json!(carried.sites);
        payload["carried_pieces"] = json!(carried.pieces);
    }
    payload
}

impl DomainEvent for RequestEvent<'_> {
    fn name(&self) -> &'static str {
        if let Some(line) = self.line {
            return line.name();
        }
        match self.what {
            What::Drafted { .. } => BEGINS.1,
            What::Edited { .. } => "agreement_request.edited",
            What::PieceReceived { .. } => "agreement_request.piece_received",
            What::PieceRemoved { .. } => "agreement_request.piece_removed",
            What::PieceReviewed { .. } => "agreement_request.piece_reviewed",
            What::DraftWarned { .. } => "agreement_request.draft_warned",
            What::ReturnReminded { .. } => "agreement_request.return_reminded",
            What::Scored { .. } => "agreement_request.scored",
            What::RefusalOpened { .. } => "agreement_request.refusal_opened",
            What::LetterRecorded { .. } => "agreement_request.letter_recorded",
            What::DocumentIssued { .. } => "agreement_request.document_issued",
            _ => "agreement_request.changed",
        }
    }

    fn code(&self) -> &'static str {
        if let Some(line) = self.line {
            return line.code();
        }
        match self.what {
            What::Drafted { .. } => BEGINS.2,
            What::Edited { .. } => "AGR_EDITED",
            What::PieceReceived { .. } => "AGR_PIECE_RECEIVED",
            What::PieceRemoved { .. } => "AGR_PIECE_REMOVED",
            What::PieceReviewed { .. } => "AGR_PIECE_REVIEWED",
            What::DraftWarned { .. } => "AGR_DRAFT_WARNED",
            What::ReturnReminded { .. } => "AGR_RETURN_REMINDED",
            What::Scored { .. } => "AGR_SCORED",
            What::RefusalOpened { .. } => REFUSAL_OPENED,
            What::LetterRecorded { .. } => LETTER_RECORDED,
            What::DocumentIssued { .. } => "AGR_DOCUMENT_ISSUED",
            _ => "AGR_CHANGED",
        }
    }

    fn subject(&self) -> Subject {
        self.dossier.subject()
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match self.line {
            Some(line) => (Some(line.from.word()), Some(line.to.word())),
            None => {
                (None, matches!(self.what, What::Drafted { .. }).then(|| self.dossier.request.state.word()))
            }
        }
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            What::Declined { reason, .. }
            | What::Released { reason, .. }
            | What::Moved { reason, .. }
            | What::Waived { reason }
            | What::OffAgenda { reason, .. }
            | What::Withdrawn { reason, .. }
            | What::Settled { reasons: reason, .. } => Some(reason),
            What::Assigned { override_reason, .. } => *override_reason,
            What::PieceReviewed { reason, .. } => *reason,
            What::Decided { decision, .. } => Some(&decision.text),
            _ => None,
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let accepted_by = match self.what {
            What::Scheduled { .. } | What::Moved { .. } => self.dossier.request.visit_accepted_by.clone(),
            _ => None,
        };
        accepted_by.map(|name| ("accepted_by", name)).into_iter().collect()
    }

    fn payload(&self) -> Value {
        let request = &self.dossier.request;
        match &self.what {
            What::Drafted { carried, .. } => drafted(request, carried),
            What::Edited { changes } => json!({ "changes": changes }),
            What::PieceReceived { code, revision, .. } | What::PieceRemoved { code, revision } => {
                json!({ "piece": code, "revision": revision })
            }
            What::PieceReviewed { code, accepted, .. } => json!({ "piece": code, "accepted": accepted }),
            What::Submitted { pieces, replaced, deposit, .. } => json!({
                "submission": request.submission_count,
                "catalogue": deposit.catalogue,
                "pieces": codes(pieces),
                "replaced": codes(replaced),
                "role": request.role,
            }),
            What::Returned { pieces, due_at, message } => json!({
                "pieces": pieces.iter().map(|(kind, reason)| json!({ "piece": kind.code, "reason": reason })).collect::<Vec<_>>(),
                "due_at": due_at.unix_timestamp(),
                "message": message,
            }),
            What::Completed { expected_on, .. } => json!({ "decision_expected_on": expected_on.to_string() }),
            What::Assigned { .. } => {
                json!({ "controller_id": request.controller_id, "mission": request.mission_number })
            }
            What::Released { controller, cancelled, by, .. } => json!({
                "controller_id": controller,
                "sequence": cancelled.as_ref().map(|invitation| invitation.sequence),
                "by": released_by(*by),
            }),
            What::Scheduled { invitation, .. } | What::Moved { invitation, .. } => json!({
                "visit_at": invitation.starts_at.unix_timestamp(),
                "zone": invitation.zone,
                "sequence": invitation.sequence,
                "accepted_on": request.visit_accepted_on.map(|date| date.to_string()),
            }),
            What::Scored { criteria } => json!({ "criteria": criteria }),
            What::VisitRecorded { tally, .. } | What::ReportSent { tally, .. } => json!({
                "conforming": tally.conforming,
                "minor": tally.minor,
                "major": tally.major,
                "not_applicable": tally.not_applicable,
            }),
            What::OpinionGiven => json!({ "opinion": request.opinion }),
            What::OnAgenda { committee } | What::OffAgenda { committee, .. } => {
                json!({ "committee_id": committee.id, "meets_on": committee.meets_on.to_string() })
            }
            What::Decided { decision, reserves, .. } => json!({
                "decision_id": decision.id,
                "outcome": decision.outcome,
                "starts_on": decision.starts_on.map(|date| date.to_string()),
                "ends_on": decision.ends_on.map(|date| date.to_string()),
                "due_on": decision.due_on.map(|date| date.to_string()),
                "reserves": reserves.iter().map(|r| json!({ "text": r.text, "due_on": r.due_on.to_string() })).collect::<Vec<_>>(),
            }),
            What::Resumed { committee } => json!({ "committee_id": committee.map(|committee| committee.id) }),
            What::Settled { outcome, .. } => json!({ "outcome": outcome }),
            What::RefusalOpened { decision_id } => json!({ "decision_id": decision_id }),
            What::LetterRecorded { letter } => json!({
                "decision_id": letter.decision_id,
                "number": letter.number,
                "sent_on": letter.sent_on.to_string(),
                "presented_on": letter.presented_on.map(|date| date.to_string()),
            }),
            What::DocumentIssued { template, archival, .. } => {
                json!({ "template": template, "archival": archival })
            }
            What::ReturnReminded { overdue, .. } => json!({ "overdue": overdue }),
            What::DraftWarned { idle_days, .. } => json!({ "idle_days": idle_days }),
            What::DraftExpired { .. }
            | What::ClosedIdle { .. }
            | What::Declined { .. }
            | What::Commented { .. }
            | What::Waived { .. }
            | What::Withdrawn { .. }
            | What::Appealed { .. } => json!({}),
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            What::PieceReceived { document, .. } | What::DocumentIssued { document, .. } => {
                vec![document.clone()]
            }
            What::Drafted { carried, .. } => carried.documents.clone(),
            _ => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        mails::of(self)
    }

    fn jobs(&self) -> Vec<Job> {
        let issue = |document: &str| {
            let request = &self.dossier.request;
            let mut job = Job::now(
                super::documents::JOB,
                json!({
                    "request_id": request.id,
                    "document": document,
                    "version": request.version,
                    "at": unix_millis(self.now.into()),
                }),
            );
            job.dedupe = Some(format!("document:{}:{document}:{}", request.id, request.version));
            job
        };
        // The agenda is that of the committee of the act: the request may have another when the work is done.
        let agenda = || {
            let mut file = issue("committee-file");
            file.payload["committee_id"] = json!(self.dossier.request.committee_id);
            file
        };
        match &self.what {
            What::Submitted { deposit, .. } => {
                let mut receipt = issue("deposit-receipt");
                receipt.payload["deposit"] = json!(deposit);
                vec![receipt]
            }
            What::Completed { .. } => vec![issue("completeness-certificate")],
            What::Assigned { .. } => vec![issue("mission-order.draft")],
            What::Scheduled { .. } | What::Moved { .. } => vec![issue("mission-order"), issue("visit-plan")],
            What::VisitRecorded { .. } => vec![issue("control-grid")],
            What::ReportSent { .. } => vec![issue("inspection-report.provisional")],
            What::Commented { text, .. } => {
                let mut comments = issue("report-comments");
                comments.payload["text"] = json!(text);
                vec![comments]
            }
            What::OpinionGiven => vec![issue("inspection-report.final")],
            What::Waived { .. } => vec![issue("waiver-note")],
            What::OnAgenda { .. } | What::Resumed { committee: Some(_) } => vec![agenda()],
            What::ClosedIdle { .. } => vec![issue("closing-notice")],
            What::Decided { decision, .. } if decision.outcome == Outcome::GrantWithReserves => {
                vec![issue("decision"), issue("action-plan")]
            }
            What::Decided { .. } => vec![issue("decision")],
            What::Settled { outcome: AppealOutcome::Overturned, .. } => {
                vec![issue("appeal-answer"), agenda()]
            }
            What::Settled { .. } => vec![issue("appeal-answer")],
            _ => Vec::new(),
        }
    }
}

const fn released_by(by: ReleasedBy) -> &'static str {
    match by {
        ReleasedBy::Controller => "controller",
        ReleasedBy::Team => "team",
        ReleasedBy::Program => "system",
    }
}

fn codes(pieces: &[&'static PieceKind]) -> Vec<&'static str> {
    pieces.iter().map(|kind| kind.code.as_str()).collect()
}
