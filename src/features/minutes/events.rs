//! What happened about minutes and appeals, besides the acts of the table of sessions. What people write about an appeal
//! stays beside the journal.

use entity::candidate_appeal;
use serde_json::{Value, json};

use super::{labels, letters};
use crate::db::Tx;
use crate::events::{DocumentRef, DomainEvent, Job, Mail, Recipient, Subject};
use crate::features::candidates::Dossier;
use crate::features::juries::load::Seated;
use crate::features::juries::{Whole, wording};
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// What happened to minutes.
#[derive(Clone, Debug)]
pub(super) enum What<'a> {
    /// A one-time code was sent to a member.
    CodeSent {
        /// Who.
        member: &'a Seated,
        /// The figures.
        code: String,
        /// The beginning of the fingerprint that is signed.
        fingerprint: String,
    },
    /// Each candidate was told what the jury decided.
    ResultsTold {
        /// What each is told.
        letters: &'a [letters::Letter],
        /// The work that typesets the letters.
        jobs: Vec<Job>,
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

/// One event of minutes.
#[derive(Clone, Debug)]
pub(super) struct MinutesEvent<'a> {
    /// The session.
    pub whole: &'a Whole,
    /// What happened.
    pub what: What<'a>,
    base_url: String,
}

impl<'a> MinutesEvent<'a> {
    /// An event.
    #[must_use]
    pub(super) fn of(tx: &Tx, whole: &'a Whole, what: What<'a>) -> Self {
        Self { whole, what, base_url: tx.app().url("") }
    }
}

impl DomainEvent for MinutesEvent<'_> {
    fn name(&self) -> &'static str {
        match self.what {
            What::CodeSent { .. } => "jury.code_sent",
            What::ResultsTold { .. } => "jury.results_told",
            What::DocumentIssued { .. } => "jury.document_issued",
        }
    }

    fn code(&self) -> &'static str {
        match self.what {
            What::CodeSent { .. } => "JUR_CODE",
            What::ResultsTold { .. } => "JUR_RESULTS",
            What::DocumentIssued { .. } => "JUR_DOCUMENT",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("jury_session", self.whole.session.id, self.whole.session.number.clone())
    }

    fn payload(&self) -> Value {
        match &self.what {
            What::CodeSent { member, .. } => {
                json!({ "expert_id": member.row.expert_id, "member_id": member.row.id })
            }
            What::ResultsTold { letters, .. } => {
                let told: Vec<_> = letters.iter().map(|letter| letter.candidate).collect();
                json!({ "candidate_ids": told })
            }
            What::DocumentIssued { template, archival, .. } => {
                json!({ "template": template, "archival": archival })
            }
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            What::DocumentIssued { document, .. } => vec![document.clone()],
            What::CodeSent { .. } | What::ResultsTold { .. } => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        match &self.what {
            What::CodeSent { member, code, fingerprint } => {
                let session = &self.whole.session;
                let variables = json!({
                    "number": session.number,
                    "certification_title": self.whole.certification.short_title,
                    "day": wording::day(session),
                    "code": code,
                    "fingerprint": fingerprint,
                    "minutes": super::actions::CODE_MINUTES.to_string(),
                });
                let to = Recipient::Expert { id: member.expert.id };
                vec![Mail::new("jury-code", to, labels::WHY_MEMBER, variables)]
            }
            What::ResultsTold { letters, .. } => {
                letters.iter().map(|letter| letter.mail(self.whole, &self.base_url)).collect()
            }
            What::DocumentIssued { .. } => Vec::new(),
        }
    }

    fn jobs(&self) -> Vec<Job> {
        match &self.what {
            What::ResultsTold { jobs, .. } => jobs.clone(),
            What::CodeSent { .. } | What::DocumentIssued { .. } => Vec::new(),
        }
    }
}

/// What happened to an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AppealWhat {
    /// It was lodged.
    Lodged,
    /// The candidate knows that it arrived.
    Acknowledged,
    /// It was answered.
    Settled,
}

/// One event of an appeal.
#[derive(Clone, Debug)]
pub(super) struct AppealEvent<'a> {
    /// The candidate.
    pub dossier: &'a Dossier,
    /// The appeal, after the act.
    pub appeal: &'a candidate_appeal::Model,
    /// What happened.
    pub what: AppealWhat,
    base_url: String,
    jobs: Vec<Job>,
}

impl<'a> AppealEvent<'a> {
    /// An event.
    #[must_use]
    pub(super) fn of(
        tx: &Tx,
        dossier: &'a Dossier,
        appeal: &'a candidate_appeal::Model,
        what: AppealWhat,
    ) -> Self {
        Self { dossier, appeal, what, base_url: tx.app().url(""), jobs: Vec::new() }
    }

    /// With work left to do.
    #[must_use]
    pub(super) fn doing(mut self, jobs: Vec<Job>) -> Self {
        self.jobs = jobs;
        self
    }

    fn mail(&self, template: &'static str, to: Recipient, why: &'static str, relayed: bool) -> Mail {
        let (appeal, row) = (self.appeal, &self.dossier.candidate);
        let day = |at: entity::Instant| french::date(day_in_zone(*at, PARIS));
        let variables = json!({
            "number": row.number,
            "candidate_name": self.dossier.name(),
            "certification_title": self.dossier.certification.short_title,
            "received_on": day(appeal.lodged_at),
            "answer_by": day(appeal.answer_due_at),
            "outcome_label": appeal.outcome.map(labels::appeals::outcome),
            "follows": appeal.outcome.map(labels::appeals::follows),
            "answer": appeal.answer,
            "relayed": relayed,
            // A candidate has no account: only whoever hands it over, or answers, opens the page.
            "link": (relayed || self.what == AppealWhat::Lodged)
                .then(|| format!("{}{}/recours", self.base_url, self.dossier.path())),
        });
        Mail::new(template, to, why, variables)
    }

    /// For the candidate, or for whoever hands it over.
    fn candidate(&self, template: &'static str) -> Mail {
        let row = &self.dossier.candidate;
        if row.detained || row.email.trim().is_empty() {
            let to = Recipient::Structure { id: self.dossier.structure.id };
            return self.mail(template, to, labels::WHY_STRUCTURE, true);
        }
        self.mail(template, Recipient::Candidate { id: row.id }, labels::WHY_CANDIDATE, false)
    }
}

impl DomainEvent for AppealEvent<'_> {
    fn name(&self) -> &'static str {
        match self.what {
            AppealWhat::Lodged => "candidate.appeal_lodged",
            AppealWhat::Acknowledged => "candidate.appeal_acknowledged",
            AppealWhat::Settled => "candidate.appeal_answered",
        }
    }

    fn code(&self) -> &'static str {
        match self.what {
            AppealWhat::Lodged => "CAND_APPEAL_LODGED",
            AppealWhat::Acknowledged => "CAND_APPEAL_ACKNOWLEDGED",
            AppealWhat::Settled => "CAND_APPEAL_ANSWERED",
        }
    }

    fn subject(&self) -> Subject {
        let row = &self.dossier.candidate;
        Subject::new("candidate", row.id, row.number.clone())
    }

    fn payload(&self) -> Value {
        json!({
            "appeal_id": self.appeal.id,
            "passage_id": self.appeal.passage_id,
            "answer_due_at": self.appeal.answer_due_at.unix_timestamp(),
            "outcome": self.appeal.outcome.map(entity::candidate_appeal::AppealOutcome::word),
        })
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match self.what {
            AppealWhat::Lodged => vec![("words", self.appeal.grounds.clone())],
            AppealWhat::Settled => {
                self.appeal.answer.iter().map(|answer| ("words", answer.clone())).collect()
            }
            AppealWhat::Acknowledged => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        match self.what {
            AppealWhat::Lodged => {
                vec![self.mail("candidate-appeal", Recipient::Managers, labels::WHY_TEAM, false)]
            }
            AppealWhat::Acknowledged => vec![self.candidate("candidate-appeal-received")],
            AppealWhat::Settled => vec![self.candidate("candidate-appeal-settled")],
        }
    }

    fn jobs(&self) -> Vec<Job> {
        self.jobs.clone()
    }
}
