//! What happened to a request for access. The contact is a person: its values are kept beside the journal.

use entity::access_request;
use entity::ids::StructureId;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::labels;
use super::state::Transition;
use crate::events::{DomainEvent, Mail, Recipient, Subject};
use crate::render::french;
use crate::rules::deadline;
use crate::rules::siret::Siret;
use crate::rules::territory::PARIS;

/// One event: the request as it is now, and what happened.
#[derive(Clone, Debug)]
pub(super) struct AccessEvent {
    /// The request, after.
    pub request: access_request::Model,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// Somebody filled in the form; a link leaves.
    Asked {
        /// The address that confirms.
        link: String,
    },
    /// The address is confirmed.
    Confirmed(&'static Transition),
    /// The account is opened.
    Accepted {
        /// The line of the table.
        line: &'static Transition,
        /// The structure.
        structure: StructureId,
        /// Whether it was recorded by this act.
        recorded: bool,
    },
    /// Refused.
    Refused {
        /// The line of the table.
        line: &'static Transition,
        /// Why.
        reason: String,
        /// When.
        at: OffsetDateTime,
    },
}

impl AccessEvent {
    const fn line(&self) -> Option<&'static Transition> {
        match &self.what {
            What::Asked { .. } => None,
            What::Confirmed(line) | What::Accepted { line, .. } | What::Refused { line, .. } => Some(*line),
        }
    }

    fn to(&self) -> Recipient {
        Recipient::Address { address: self.request.contact_email.clone() }
    }
}

impl DomainEvent for AccessEvent {
    fn name(&self) -> &'static str {
        self.line().map_or("access_request.asked", Transition::name)
    }

    fn code(&self) -> &'static str {
        self.line().map_or("ACCESS_ASKED", Transition::code)
    }

    fn subject(&self) -> Subject {
        let label = self.request.number.as_ref().unwrap_or(&self.request.siret);
        Subject::new("access_request", self.request.id, label)
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        (self.line().map(|line| line.from.word()), Some(self.request.state.word()))
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            What::Refused { reason, .. } => Some(reason),
            What::Asked { .. } | What::Confirmed(_) | What::Accepted { .. } => None,
        }
    }

    fn payload(&self) -> Value {
        let request = &self.request;
        match &self.what {
            What::Asked { .. } => json!({
                "siret": request.siret,
                "label": request.name,
                "postal_code": request.postal_code,
                "commune": request.commune,
                "department": request.department,
            }),
            What::Accepted { structure, recorded, .. } => {
                json!({ "structure_id": structure, "structure_recorded": recorded })
            }
            What::Confirmed(_) | What::Refused { .. } => json!({}),
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let What::Asked { .. } = &self.what else { return Vec::new() };
        let request = &self.request;
        [
            ("contact_name", request.contact_name.as_str()),
            ("contact_title", request.contact_title.as_str()),
            ("contact_email", request.contact_email.as_str()),
            ("contact_phone", request.contact_phone.as_deref().unwrap_or_default()),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| (field, value.to_owned()))
        .collect()
    }

    /// The invitation of an accepted request is the mail of the account.
    fn mails(&self) -> Vec<Mail> {
        let request = &self.request;
        match &self.what {
            What::Asked { link } => {
                let variables = json!({
                    "structure_name": request.name,
                    "siret": Siret::parse(&request.siret).map_or_else(|_| request.siret.clone(), Siret::grouped),
                    "link": link,
                    "expires_at": paris(*request.link_until),
                });
                vec![Mail::new("access-confirm", self.to(), labels::WHY_ASKED, variables)]
            }
            What::Refused { reason, at, .. } => {
                let variables = json!({
                    "structure_name": request.name,
                    "number": request.number.as_deref().unwrap_or_default(),
                    "refusal": reason,
                    "decided_on": day(*at),
                });
                vec![Mail::new("access-refused", self.to(), labels::WHY_ASKED, variables)]
            }
            What::Confirmed(_) | What::Accepted { .. } => Vec::new(),
        }
    }
}

fn paris(at: OffsetDateTime) -> String {
    let local = deadline::local(at, PARIS).map_or_else(|_| at.to_string(), french::date_time);
    format!("{local}, heure de Paris")
}

fn day(at: OffsetDateTime) -> String {
    french::date(deadline::day_in_zone(at, PARIS))
}
