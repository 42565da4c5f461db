//! What happens to an agreement: journal line, mails, documents to produce.

use entity::{agreement, reserve};
use serde_json::{Value, json};
use time::{Date, OffsetDateTime};

use crate::events::{DocumentRef, DomainEvent, Job, Mail, Recipient, Subject, unix_millis};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::{labels, wording};
use crate::render::french;

/// One event of an agreement.
pub(crate) struct RightEvent<'a> {
    /// The agreement after the act.
    pub agreement: &'a agreement::Model,
    /// The request that gave it, with the structure and the certification.
    pub dossier: &'a Dossier,
    /// Public address of the program.
    pub base_url: &'a str,
    /// The instant of the act.
    pub now: OffsetDateTime,
    /// Name and code of the event.
    pub line: (&'static str, &'static str),
    /// States, for a transition.
    pub states: (Option<String>, Option<String>),
    /// What happened.
    pub what: RightWhat<'a>,
}

/// What happened.
pub(crate) enum RightWhat<'a> {
    /// The decision created it; the convention waits for two signatures.
    Prepared { sign_before: Date },
    /// One party signed.
    Signed { party: &'static str, name: &'a str },
    /// Both signed: the right exists.
    Activated { reserves: &'a [reserve::Model], renewal_from_months: u16 },
    /// The structure brought a proof for a reserve.
    ProofReceived { reserve: &'a reserve::Model, document: DocumentRef },
    /// One reserve is closed.
    ReserveClosed { reserve: &'a reserve::Model },
    /// Every reserve is closed.
    ReservesLifted,
    /// A reserve is due soon, or overdue.
    ReserveReminded { reserve: &'a reserve::Model, timing: &'static str, suspension_on: Date },
    /// The end comes near.
    ExpiryWarned { stage: &'static str, opens_on: Date, before: Date },
    /// The period is over, and the right stays until its renewal is decided.
    Prolonged { renewal: &'a str },
    /// The period is over; another agreement follows it, or none.
    Expired { followed: bool },
    /// Another agreement, named, took its place.
    Replaced { by: &'a str },
    /// The partner list must be updated.
    PartnerUpdateDue { due_on: Date, change: &'a str, months: u16 },
    /// The partner list was updated.
    PartnerUpdateDone,
}

impl DomainEvent for RightEvent<'_> {
    fn name(&self) -> &'static str {
        self.line.0
    }

    fn code(&self) -> &'static str {
        self.line.1
    }

    fn subject(&self) -> Subject {
        Subject::new("agreement", self.agreement.id, self.agreement.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        self.states.clone()
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            RightWhat::ReserveClosed { reserve } => reserve.evidence.as_deref(),
            _ => None,
        }
    }

    fn payload(&self) -> Value {
        match &self.what {
            RightWhat::Prepared { .. } => json!({
                "request_id": self.agreement.request_id,
                "role": self.agreement.role,
                "text": self.agreement.convention_hash,
                "starts_on": self.agreement.starts_on.to_string(),
                "ends_on": self.agreement.ends_on.to_string(),
            }),
            RightWhat::Signed { party, .. } => {
                json!({ "party": party, "text": self.agreement.convention_hash })
            }
            RightWhat::Activated { .. } => json!({
                "starts_on": self.agreement.starts_on.to_string(),
                "ends_on": self.agreement.ends_on.to_string(),
            }),
            RightWhat::ReserveClosed { reserve } => {
                json!({ "reserve_id": reserve.id, "document_id": reserve.proof_document_id })
            }
            RightWhat::ProofReceived { reserve, .. } | RightWhat::ReserveReminded { reserve, .. } => {
                json!({ "reserve_id": reserve.id })
            }
            RightWhat::ExpiryWarned { stage, .. } => json!({ "stage": stage }),
            RightWhat::Prolonged { renewal } => json!({ "renewal": renewal }),
            RightWhat::Replaced { by } => {
                json!({ "replaced_by": by, "ends_on": self.agreement.ends_on.to_string() })
            }
            RightWhat::PartnerUpdateDue { due_on, change, .. } => {
                json!({ "due_on": due_on.to_string(), "change": change })
            }
            _ => json!({}),
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            RightWhat::ProofReceived { document, .. } => vec![document.clone()],
            _ => Vec::new(),
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match &self.what {
            RightWhat::Signed { name, .. } => vec![("signatory", (*name).to_owned())],
            _ => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        let own = match &self.what {
            RightWhat::Prepared { sign_before } => (
                "convention-to-sign",
                json!({
                    "decided_on": self.day(),
                    "signatory_label": self.signatory(),
                    "sign_before": french::date(*sign_before),
                }),
            ),
            RightWhat::Activated { reserves, renewal_from_months } => (
                "agreement-active",
                json!({
                    "valid_from": french::date(self.agreement.starts_on),
                    "starts_later": self.agreement.starts_on > self.dossier.today(self.now),
                    "valid_until": french::date(self.agreement.ends_on),
                    "roles_label": labels::role(self.agreement.role),
                    "sites": wording::sites(&self.dossier.sites),
                    "reserves": reserves.iter().map(|r| json!({ "text": r.text, "deadline": french::date(r.due_on) })).collect::<Vec<_>>(),
                    "renewal_from": wording::months(*renewal_from_months),
                }),
            ),
            RightWhat::ReservesLifted => (
                "agreement-reserves-lifted",
                json!({
                    "valid_until": french::date(self.agreement.ends_on),
                    "lifted_on": self.day(),
                }),
            ),
            RightWhat::ReserveReminded { reserve, timing, suspension_on } => (
                "agreement-reserve-reminder",
                json!({
                    "timing": timing,
                    "reserves": [{ "text": reserve.text }],
                    "deadline": wording::instant(self.dossier.end_of(reserve.due_on), &self.dossier.structure.zone),
                    "deadline_day": french::date(reserve.due_on),
                    "suspension_on": french::date(*suspension_on),
                }),
            ),
            RightWhat::ExpiryWarned { stage, opens_on, before } => (
                "agreement-expiring",
                json!({
                    "stage": stage,
                    "valid_until": french::date(self.agreement.ends_on),
                    "renewal_opens_on": french::date(*opens_on),
                    "renewal_before": french::date(*before),
                }),
            ),
            RightWhat::Prolonged { renewal } => (
                "agreement-prolonged",
                json!({ "ended_on": french::date(self.agreement.ends_on), "renewal_number": renewal }),
            ),
            RightWhat::Expired { followed: false } => {
                ("agreement-expired", json!({ "expired_on": french::date(self.agreement.ends_on) }))
            }
            RightWhat::PartnerUpdateDue { due_on, change, months } => {
                return vec![self.partner_list(*due_on, change, *months)];
            }
            RightWhat::ProofReceived { reserve, .. } => return vec![self.to_check(reserve)],
            // Whoever is replaced or followed signed what comes next, and is written to about it.
            RightWhat::Expired { .. }
            | RightWhat::Replaced { .. }
            | RightWhat::Signed { .. }
            | RightWhat::ReserveClosed { .. }
            | RightWhat::PartnerUpdateDone => return Vec::new(),
        };
        vec![self.to_structure(own.0, own.1)]
    }

    fn jobs(&self) -> Vec<Job> {
        let issue = |document: &str| {
            let version = self.agreement.version;
            let mut job = Job::now(
                crate::features::agreements::documents::JOB,
                json!({
                    "request_id": self.agreement.request_id,
                    "document": document,
                    "version": version,
                    "at": unix_millis(self.now.into()),
                }),
            );
            job.dedupe = Some(format!("document:{}:{document}:{version}", self.agreement.id));
            job
        };
        match self.what {
            RightWhat::Prepared { .. } => vec![issue("agreement-convention")],
            RightWhat::Activated { .. } => {
                vec![issue("agreement-convention"), issue("agreement-certificate")]
            }
            RightWhat::ReservesLifted => vec![issue("reserves-lifted"), issue("agreement-certificate")],
            _ => Vec::new(),
        }
    }
}

impl RightEvent<'_> {
    fn day(&self) -> String {
        wording::day(self.now, &self.dossier.structure.zone)
    }

    /// Who signs for the structure: the person that the file names, in their quality.
    fn signatory(&self) -> String {
        let request = &self.dossier.request;
        match (request.signatory_name.trim(), request.signatory_title.trim()) {
            ("", _) => labels::convention::SIGNATORY.to_owned(),
            (name, quality) => french::name_and_quality(name, quality),
        }
    }

    fn to_structure(&self, template: &'static str, own: Value) -> Mail {
        let mut variables = json!({
            "number": self.dossier.reference(),
            "agreement_number": self.agreement.number,
            "structure_name": self.dossier.structure.name,
            "certification_title": self.dossier.version.title,
            "link": format!("{}{}", self.base_url, self.dossier.path()),
        });
        if let (Some(all), Value::Object(own)) = (variables.as_object_mut(), own) {
            all.extend(own);
        }
        Mail::new(
            template,
            Recipient::Structure { id: self.agreement.structure_id },
            labels::mail::WHY_STRUCTURE,
            variables,
        )
    }

    /// Those who lift reserves are told that one can be checked.
    fn to_check(&self, reserve: &reserve::Model) -> Mail {
        let variables = json!({
            "number": self.dossier.reference(),
            "agreement_number": self.agreement.number,
            "structure_name": self.dossier.structure.name,
            "certification_title": self.dossier.version.title,
            "link": format!("{}{}#droit", self.base_url, self.dossier.path()),
            "received_on": self.day(),
            "reserve_text": reserve.text,
            "proof_note": wording::items(reserve.proof_note.as_deref().unwrap_or_default()),
            "deadline_day": french::date(reserve.due_on),
        });
        Mail::new("agreement-reserve-proof", Recipient::Managers, labels::mail::WHY_STAFF, variables)
    }

    fn partner_list(&self, due_on: Date, change: &str, months: u16) -> Mail {
        let seat = self.dossier.sites.first();
        let variables = json!({
            "certification_title": self.dossier.version.title,
            "due_on": french::date(due_on),
            "update_delay": wording::months(months),
            "link": format!("{}/agrements/partenaires", self.base_url),
            "changes": [{
                "structure_name": self.dossier.structure.name,
                "siret": seat.map(|site| site.siret.clone()),
                "label": change,
                "happened_on": self.day(),
                "due_on": french::date(due_on),
            }],
        });
        Mail::new("partner-list-due", Recipient::Managers, labels::mail::WHY_STAFF, variables)
    }
}
