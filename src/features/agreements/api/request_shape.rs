//! The whole of a request, as every read and every transition answers it.

use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::request_parts::{
    AskedPieceOut, LackOut, MissionOut, ReportOut, RequestCertificationOut, RequestStructureOut,
};
use super::right_shapes::{AgreementLine, AppealOut, CommitteeLine, DecisionOut, ReserveOut};
use super::shapes::{DocumentOut, OpinionOut, PieceOut, RequestSiteOut, ScoreOut, VisitOut};
use super::steps::STEPS;
use super::words::{KindWord, RoleWord, StateWord};
use crate::authz::{Actor, Facts, may};
use crate::features::agreements::pieces::{self, Received};
use crate::features::agreements::queries::{form, situation};
use crate::features::agreements::whole::{Whole, is_internal, opens};
use crate::features::agreements::{labels, state};

/// A request, whole.
#[derive(Clone, Debug, Object)]
pub struct AgreementRequestOut {
    /// Key.
    pub id: Uuid,
    /// Number, from the first submission.
    pub number: Option<String>,
    /// Number of the draft.
    pub draft_number: String,
    /// State.
    pub state: StateWord,
    /// State, in French.
    pub state_label: String,
    /// Version, for `If-Match`.
    pub version: i32,
    /// Transitions that the caller may do now.
    pub possible: Vec<String>,
    /// First request or renewal.
    pub kind: KindWord,
    /// Service asked for.
    pub role: RoleWord,
    /// Who asks.
    pub structure: RequestStructureOut,
    /// For what.
    pub certification: RequestCertificationOut,
    /// Where.
    pub sites: Vec<RequestSiteOut>,
    /// Referent of the request.
    pub contact_name: String,
    /// Address of the referent.
    pub contact_email: String,
    /// Telephone of the referent.
    pub contact_phone: Option<String>,
    /// Teaching project.
    pub project: String,
    /// Legal representative who signs the commitment.
    pub signatory_name: String,
    /// Quality of the signatory.
    pub signatory_title: String,
    /// The commitment is accepted.
    pub commitment_accepted: bool,
    /// The structure is itself a training body.
    pub is_training_body: bool,
    /// Part of the teaching is sub-contracted.
    pub has_subcontracting: bool,
    /// When the draft was opened.
    pub created_at: OffsetDateTime,
    /// End of the delay in which the structure may answer, in the states that have one.
    pub deadline_at: Option<OffsetDateTime>,
    /// Next instant at which something happens by itself: a reminder, or the end of a file left without an answer.
    pub next_event_at: Option<OffsetDateTime>,
    /// Submissions so far.
    pub submission_count: i32,
    /// First submission.
    pub submitted_at: Option<OffsetDateTime>,
    /// Last version of each piece.
    pub pieces: Vec<PieceOut>,
    /// What still forbids the submission, for a file that the structure may change.
    pub lacking: Vec<LackOut>,
    /// Pieces asked for and not yet answered.
    pub asked: Vec<AskedPieceOut>,
    /// A few words of the officer with the return.
    pub return_message: Option<String>,
    /// Until when the structure completes the file.
    pub return_due_at: Option<OffsetDateTime>,
    /// When the file was declared complete.
    pub completed_at: Option<OffsetDateTime>,
    /// Announced date of the decision.
    pub decision_expected_on: Option<Date>,
    /// The mission of control.
    pub mission: Option<MissionOut>,
    /// The visit.
    pub visit: VisitOut,
    /// The grid; the structure sees it with the provisional report.
    pub scores: Vec<ScoreOut>,
    /// The provisional report.
    pub report: Option<ReportOut>,
    /// The opinion.
    pub opinion: Option<OpinionOut>,
    /// The committee.
    pub committee: Option<CommitteeLine>,
    /// When the current decision was taken.
    pub decided_at: Option<OffsetDateTime>,
    /// By when what is missing must arrive, for an adjourned request.
    pub adjourned_until: Option<Date>,
    /// Until when an appeal is possible.
    pub appeal_until: Option<OffsetDateTime>,
    /// Decisions, newest first.
    pub decisions: Vec<DecisionOut>,
    /// Reserves.
    pub reserves: Vec<ReserveOut>,
    /// Appeals, newest first.
    pub appeals: Vec<AppealOut>,
    /// The right that it gave.
    pub agreement: Option<AgreementLine>,
    /// Documents, oldest first.
    pub documents: Vec<DocumentOut>,
}

impl AgreementRequestOut {
    /// What the actor sees of a request at an instant.
    pub fn of(whole: &Whole, actor: &Actor, now: OffsetDateTime) -> Self {
        let (dossier, with) = (&whole.dossier, &whole.attachments);
        let request = &dossier.request;
        let internal = is_internal(actor);
        let shows_grid = internal || request.report_sent_at.is_some();
        Self {
            id: request.id.0,
            number: request.number.clone(),
            draft_number: request.draft_number.clone(),
            state: request.state.into(),
            state_label: labels::state(request.state).word.to_owned(),
            version: request.version,
            possible: possible(whole, actor),
            kind: request.kind.into(),
            role: request.role.into(),
            structure: structure(whole),
            certification: certification(whole),
            sites: dossier.sites.iter().map(Into::into).collect(),
            contact_name: request.contact_name.clone(),
            contact_email: request.contact_email.clone(),
            contact_phone: request.contact_phone.clone(),
            project: request.project.clone(),
            signatory_name: request.signatory_name.clone(),
            signatory_title: request.signatory_title.clone(),
            commitment_accepted: request.commitment_accepted,
            is_training_body: request.is_training_body,
            has_subcontracting: request.has_subcontracting,
            created_at: *request.created_at,
            deadline_at: dossier.due_at(),
            next_event_at: request.deadline_at.map(|at| *at),
            submission_count: request.submission_count,
            submitted_at: request.submitted_at.map(|at| *at),
            pieces: with.pieces.iter().map(Into::into).collect(),
            lacking: lacking(whole, now),
            asked: asked(whole),
            return_message: request.return_reason.clone(),
            return_due_at: request.return_due_at.map(|at| *at),
            completed_at: request.completed_at.map(|at| *at),
            decision_expected_on: request.decision_expected_on,
            mission: mission(whole, internal),
            visit: visit(whole),
            scores: with.scores.iter().filter(|_| shows_grid).map(Into::into).collect(),
            report: report(whole),
            opinion: opinion(whole),
            committee: with.committee.as_ref().map(Into::into),
            decided_at: request.decided_at.map(|at| *at),
            adjourned_until: request.adjourned_until,
            appeal_until: request.appeal_until.map(|at| *at),
            decisions: with
                .decisions
                .iter()
                .map(|decision| DecisionOut::of(decision, with.letter_of(decision)))
                .collect(),
            reserves: with.reserves.iter().map(Into::into).collect(),
            appeals: with.appeals.iter().map(Into::into).collect(),
            agreement: with.agreement.as_ref().map(Into::into),
            documents: with
                .documents
                .iter()
                .filter(|document| opens(actor, document))
                .map(Into::into)
                .collect(),
        }
    }
}

fn possible(whole: &Whole, actor: &Actor) -> Vec<String> {
    let decided_by = whole.attachments.decisions.first().map(|decision| decision.decided_by);
    let facts = Facts { decided_by, ..whole.dossier.facts() };
    let from = whole.dossier.request.state;
    let mut names: Vec<_> = STEPS
        .iter()
        .filter(|(step, _, permission)| state::TABLE.can(from, *step) && may(actor, *permission, &facts))
        .map(|(_, name, _)| (*name).to_owned())
        .collect();
    names.dedup();
    names
}

fn structure(whole: &Whole) -> RequestStructureOut {
    let structure = &whole.dossier.structure;
    RequestStructureOut {
        id: structure.id.0,
        name: structure.name.clone(),
        siren: structure.siren.clone(),
        commune: structure.commune.clone(),
        region: structure.region.clone(),
        zone: structure.zone.clone(),
    }
}

fn certification(whole: &Whole) -> RequestCertificationOut {
    let version = &whole.dossier.version;
    RequestCertificationOut {
        certification_id: version.certification_id.0,
        version_id: version.id.0,
        label: version.label.clone(),
        title: version.title.clone(),
    }
}

fn lacking(whole: &Whole, now: OffsetDateTime) -> Vec<LackOut> {
    let dossier = &whole.dossier;
    if !state::TABLE.can(dossier.request.state, state::Step::Submit) {
        return Vec::new();
    }
    let received: Vec<_> = whole
        .attachments
        .pieces
        .iter()
        .map(|piece| Received { code: &piece.code, proof_on: piece.proof_on, valid_until: piece.valid_until })
        .collect();
    let form = form(&dossier.request, &dossier.sites).submission_faults(&dossier.structure.department);
    let of_form = form.into_iter().map(|fault| LackOut {
        pointer: fault.pointer,
        code: fault.code.to_owned(),
        message: fault.message,
    });
    let of_pieces = pieces::lacks(situation(&dossier.request), &received, dossier.today(now));
    let of_pieces = of_pieces.into_iter().map(|(kind, lack)| LackOut {
        pointer: format!("/pieces/{}", kind.code),
        code: lack.code().to_owned(),
        message: labels::pieces::lack(kind, lack),
    });
    of_form.chain(of_pieces).collect()
}

fn asked(whole: &Whole) -> Vec<AskedPieceOut> {
    let asked = whole.attachments.asked.iter().map(|asked| AskedPieceOut {
        code: asked.code.clone(),
        reason: asked.reason.clone(),
        asked_at: *asked.asked_at,
    });
    asked.collect()
}

fn mission(whole: &Whole, internal: bool) -> Option<MissionOut> {
    let request = &whole.dossier.request;
    let expert = whole.controller.as_ref()?;
    Some(MissionOut {
        number: request.mission_number.clone(),
        controller_id: expert.id.0,
        controller_name: expert.name(),
        assigned_at: request.assigned_at.map(|at| *at),
        override_reason: request.tie_override.clone().filter(|_| internal),
    })
}

fn visit(whole: &Whole) -> VisitOut {
    let request = &whole.dossier.request;
    VisitOut {
        at: request.visit_at.map(|at| *at),
        zone: request.visit_zone.clone(),
        place: request.visit_place.clone(),
        sites: whole.visited_sites().into_iter().map(|site| site.id.0).collect(),
        mode: request.visit_mode.map(Into::into),
        moved_by_structure: request.visit_moved_by_structure,
        accepted_by: request.visit_accepted_by.clone(),
        accepted_on: request.visit_accepted_on,
        visited_at: whole.dossier.visited_at().map(|at| *at),
        persons_met: request.persons_met.clone(),
        refused: request.visit_refused,
        waived_reason: request.visit_waived_reason.clone(),
    }
}

fn report(whole: &Whole) -> Option<ReportOut> {
    let request = &whole.dossier.request;
    Some(ReportOut {
        sent_at: *request.report_sent_at?,
        comments_due_at: request.comments_due_at.map(|at| *at),
        comments: request.comments.clone(),
        commented_at: request.commented_at.map(|at| *at),
    })
}

fn opinion(whole: &Whole) -> Option<OpinionOut> {
    let request = &whole.dossier.request;
    Some(OpinionOut {
        opinion: request.opinion?.into(),
        text: request.opinion_text.clone().unwrap_or_default(),
        given_at: request.opinion_at.map(|at| *at),
    })
}
