//! What happened to a certificate, and to the certificates of a session together.

use entity::certificate::{self, CertificateState};
use entity::certificate_batch;
use entity::certificate_change::ChangeCause;
use entity::certificate_revocation::RevocationCause;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{documents, labels};
use crate::events::{DocumentRef, DomainEvent, Job, Mail, Recipient, Subject};
use crate::render::french;

/// Name of the work that moves the file of the holder of a revoked certificate: another feature does it.
pub const REVOKED_JOB: &str = "minutes.certificate_revoked";

/// That work, for one certificate.
#[must_use]
pub fn revoked_job(certificate: &certificate::Model) -> Job {
    Job::now(REVOKED_JOB, json!({ "certificate_id": certificate.id }))
}

/// One event of a certificate.
#[derive(Clone, Debug)]
pub struct CertificateEvent<'a> {
    /// The certificate, after the act.
    pub certificate: &'a certificate::Model,
    /// Where it stood before; none when it is new or did not move.
    pub before: Option<CertificateState>,
    /// What happened.
    pub what: What<'a>,
}

/// Whom a certificate is sent to, and where they reach it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Their address.
    pub email: String,
    /// Their first names and name.
    pub name: String,
    /// The signed link.
    pub link: String,
    /// Title of the certification.
    pub title: String,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum What<'a> {
    /// It was delivered, and to whom; alone when it takes the place of another.
    Issued {
        /// Whom to write to; nobody without an address.
        holder: Option<Holder>,
        /// Whether its file is typeset alone.
        alone: bool,
    },
    /// It moved, by one person.
    Moved {
        /// The name and the code of the event.
        name: (&'static str, &'static str),
        /// Why, in one word.
        cause: ChangeCause,
        /// Why.
        reason: &'a str,
        /// Whom to write to; nobody without an address.
        holder: Option<Holder>,
    },
    /// Somebody asks to revoke it.
    RevocationAsked {
        /// Why, in one word.
        cause: RevocationCause,
        /// Why.
        reason: &'a str,
        /// The page.
        link: String,
    },
    /// Somebody else said no.
    RevocationDismissed,
    /// The public page shows it, or no longer does.
    Published,
    /// A duplicate is asked.
    DuplicateAsked {
        /// Why.
        reason: &'a str,
    },
    /// A badge was made.
    BadgeIssued,
    /// Documents were typeset.
    DocumentsIssued(Vec<DocumentRef>),
}

impl DomainEvent for CertificateEvent<'_> {
    fn name(&self) -> &'static str {
        match &self.what {
            What::Issued { .. } => "certificate.issued",
            What::Moved { name, .. } => name.0,
            What::RevocationAsked { .. } => "certificate.revocation_asked",
            What::RevocationDismissed => "certificate.revocation_dismissed",
            What::Published if self.certificate.public => "certificate.shown",
            What::Published => "certificate.hidden",
            What::DuplicateAsked { .. } => "certificate.duplicate_asked",
            What::BadgeIssued => "certificate.badge_issued",
            What::DocumentsIssued(_) => "certificate.document_issued",
        }
    }

    fn code(&self) -> &'static str {
        match &self.what {
            What::Issued { .. } => "CERT_ISSUED",
            What::Moved { name, .. } => name.1,
            What::RevocationAsked { .. } => "CERT_REVOCATION_ASKED",
            What::RevocationDismissed => "CERT_REVOCATION_DISMISSED",
            What::Published if self.certificate.public => "CERT_SHOWN",
            What::Published => "CERT_HIDDEN",
            What::DuplicateAsked { .. } => "CERT_DUPLICATE",
            What::BadgeIssued => "CERT_BADGE",
            What::DocumentsIssued(_) => "CERT_DOCUMENT",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("certificate", self.certificate.id, self.certificate.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match (&self.what, self.before) {
            (What::Issued { .. }, _) => (None, Some(self.certificate.state.word())),
            (_, Some(before)) => (Some(before.word()), Some(self.certificate.state.word())),
            _ => (None, None),
        }
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            What::Moved { reason, .. }
            | What::RevocationAsked { reason, .. }
            | What::DuplicateAsked { reason } => Some(reason),
            _ => None,
        }
    }

    fn payload(&self) -> Value {
        let row = self.certificate;
        match &self.what {
            What::Issued { .. } => json!({
                "kind": row.kind,
                "content_hash": hex::encode(&row.content_hash),
                "signature": hex::encode(&row.signature),
                "key_id": row.key_id,
                "session_id": row.session_id,
                "candidate_id": row.candidate_id,
                "supersedes_id": row.supersedes_id,
            }),
            What::Moved { cause, .. } => json!({ "cause": cause }),
            What::RevocationAsked { cause, .. } => json!({ "cause": cause }),
            What::Published => json!({ "public": row.public }),
            What::BadgeIssued => json!({ "badge_index": row.badge_index }),
            What::RevocationDismissed | What::DuplicateAsked { .. } | What::DocumentsIssued(_) => json!({}),
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match &self.what {
            What::Issued { .. } => vec![("holder", self.certificate.holder_name.clone())],
            _ => Vec::new(),
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            What::DocumentsIssued(documents) => documents.clone(),
            _ => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        match &self.what {
            What::Issued { holder, .. } => self.mail("certificate-delivered", holder.as_ref(), None),
            What::Moved { holder, reason, .. } => {
                // The reason of a suspension or of a revocation is told to the holder, and to nobody else.
                match self.certificate.state {
                    CertificateState::Revoked => {
                        self.mail("certificate-revoked", holder.as_ref(), Some(reason))
                    }
                    CertificateState::Suspended => {
                        self.mail("certificate-suspended", holder.as_ref(), Some(reason))
                    }
                    CertificateState::Valid => self.mail("certificate-reinstated", holder.as_ref(), None),
                    // The mail of the certificate that takes its place says it.
                    CertificateState::Superseded => Vec::new(),
                }
            }
            What::RevocationAsked { cause, link, .. } => {
                let variables = json!({
                    "number": self.certificate.number,
                    "cause": labels::revocation(*cause),
                    "link": link,
                });
                vec![Mail::new(
                    "certificate-revocation-asked",
                    Recipient::Managers,
                    labels::WHY_MANAGERS,
                    variables,
                )]
            }
            What::RevocationDismissed
            | What::Published
            | What::DuplicateAsked { .. }
            | What::BadgeIssued
            | What::DocumentsIssued(_) => Vec::new(),
        }
    }

    fn jobs(&self) -> Vec<Job> {
        match &self.what {
            What::Issued { alone: true, .. } => vec![documents::order(self.certificate, false)],
            What::DuplicateAsked { .. } => vec![documents::order(self.certificate, true)],
            What::Moved { .. } if self.certificate.state == CertificateState::Revoked => {
                vec![revoked_job(self.certificate)]
            }
            _ => Vec::new(),
        }
    }
}

impl CertificateEvent<'_> {
    fn mail(&self, template: &'static str, holder: Option<&Holder>, reason: Option<&str>) -> Vec<Mail> {
        let Some(holder) = holder else { return Vec::new() };
        let mut variables = json!({
            "holder_name": holder.name,
            "document": labels::kind(self.certificate.kind),
            "title": holder.title,
            "number": self.certificate.number,
            "delivered_on": french::date(self.certificate.delivered_on),
            "link": holder.link,
        });
        if let (Some(reason), Some(object)) = (reason, variables.as_object_mut()) {
            object.insert("why".to_owned(), Value::String(reason.to_owned()));
        }
        let to = Recipient::Address { address: holder.email.clone() };
        vec![Mail::new(template, to, labels::WHY_HOLDER, variables)]
    }
}

/// One event of the certificates of a session.
#[derive(Clone, Debug)]
pub struct BatchEvent<'a> {
    /// The batch, after the act.
    pub batch: &'a certificate_batch::Model,
    /// The number of the session.
    pub session: &'a str,
    /// What happened.
    pub what: BatchWhat,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum BatchWhat {
    /// Its certificates were delivered; their files are to be typeset.
    Issued,
    /// Some files were.
    Advanced(Vec<DocumentRef>),
    /// All are, and gathered in one archive.
    Finished(Option<DocumentRef>),
    /// Some could not be.
    Failed,
    /// Somebody has them made again.
    Retried,
}

impl DomainEvent for BatchEvent<'_> {
    fn name(&self) -> &'static str {
        match self.what {
            BatchWhat::Issued => "certificate_batch.issued",
            BatchWhat::Advanced(_) => "certificate_batch.advanced",
            BatchWhat::Finished(_) => "certificate_batch.finished",
            BatchWhat::Failed => "certificate_batch.failed",
            BatchWhat::Retried => "certificate_batch.retried",
        }
    }

    fn code(&self) -> &'static str {
        match self.what {
            BatchWhat::Issued => "CERT_BATCH_ISSUED",
            BatchWhat::Advanced(_) => "CERT_BATCH_ADVANCED",
            BatchWhat::Finished(_) => "CERT_BATCH_FINISHED",
            BatchWhat::Failed => "CERT_BATCH_FAILED",
            BatchWhat::Retried => "CERT_BATCH_RETRIED",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("certificate_batch", self.batch.id, self.session)
    }

    fn payload(&self) -> Value {
        let batch = self.batch;
        let mut payload = json!({ "session_id": batch.session_id, "total": batch.total, "done": batch.done });
        if let Some(failure) = &batch.failure {
            payload["failure"] = json!(failure);
        }
        payload
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            BatchWhat::Issued | BatchWhat::Failed | BatchWhat::Retried => Vec::new(),
            BatchWhat::Advanced(documents) => documents.clone(),
            BatchWhat::Finished(archive) => archive.iter().cloned().collect(),
        }
    }

    fn jobs(&self) -> Vec<Job> {
        match self.what {
            BatchWhat::Issued => vec![documents::batch_order(self.batch.id)],
            BatchWhat::Retried => vec![documents::batch_order_again(self.batch.id)],
            BatchWhat::Advanced(_) | BatchWhat::Finished(_) | BatchWhat::Failed => Vec::new(),
        }
    }
}

/// A register of the past was recorded from a file.
#[derive(Clone, Debug)]
pub struct RegisterImported {
    /// Key of the import.
    pub id: Uuid,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Lines recorded.
    pub written: usize,
    /// Lines refused.
    pub refused: usize,
}

impl DomainEvent for RegisterImported {
    fn name(&self) -> &'static str {
        "certificates.imported"
    }

    fn code(&self) -> &'static str {
        "CERTIFICATES_IMPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("import", self.id, self.file_name.clone())
    }

    fn payload(&self) -> Value {
        json!({
            "file": self.file_name,
            "sha256": self.sha256,
            "written": self.written,
            "refused": self.refused,
        })
    }
}
