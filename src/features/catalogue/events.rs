//! What the holder of a link does that changes no state: another link, other ways to reach them. Events hold keys; the
//! values stay beside the journal.

use entity::{enrolment, training_session};
use serde_json::{Value, json};

use super::labels;
use crate::events::{DomainEvent, Mail, Recipient, Subject};
use crate::features::enrolments::labels as words;

/// One event: the enrolment as it is now, and what happened.
#[derive(Clone, Debug)]
pub struct CatalogueEvent {
    /// The enrolment, after.
    pub enrolment: enrolment::Model,
    /// Its session.
    pub session: training_session::Model,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum What {
    /// A new link was asked for: its address.
    LinkSent(String),
    /// The person is reached otherwise.
    ContactChanged {
        /// The address before, when it is another: it is told.
        before: Option<String>,
        /// The link that confirms the new one.
        link: Option<String>,
    },
}

impl CatalogueEvent {
    fn reference(&self) -> String {
        format!("{}-{}", self.session.number, self.enrolment.seq)
    }

    fn mail(&self, template: &'static str, to: Recipient, link: Option<&str>) -> Mail {
        let session = &self.session;
        let mut variables = json!({
            "number": self.reference(),
            "title": session.title,
            "when": words::when(session),
            "place": words::place(session),
        });
        if let (Some(link), Value::Object(known)) = (link, &mut variables) {
            known.insert("link".to_owned(), json!(link));
        }
        Mail::new(template, to, words::WHY_ENROLLED, variables)
    }

    fn link_mail(&self, link: &str) -> Mail {
        self.mail("enrolment-link", Recipient::Enrolment { id: self.enrolment.id }, Some(link))
    }
}

impl DomainEvent for CatalogueEvent {
    fn name(&self) -> &'static str {
        match self.what {
            What::LinkSent(_) => "enrolment.link_sent",
            What::ContactChanged { .. } => "enrolment.contact_changed",
        }
    }

    fn code(&self) -> &'static str {
        match self.what {
            What::LinkSent(_) => "INS_LINK_SENT",
            What::ContactChanged { .. } => "INS_CONTACT_CHANGED",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("enrolment", self.enrolment.id, self.reference())
    }

    fn payload(&self) -> Value {
        json!({ "session_id": self.enrolment.session_id })
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let row = &self.enrolment;
        match self.what {
            What::LinkSent(_) => Vec::new(),
            What::ContactChanged { .. } => vec![
                ("email", row.email.clone()),
                ("phone", row.phone.clone()),
                ("postal_address", row.postal_address.clone()),
            ],
        }
    }

    fn mails(&self) -> Vec<Mail> {
        match &self.what {
            What::LinkSent(link) => vec![self.link_mail(link)],
            What::ContactChanged { before, link } => {
                let told = before.iter().map(|address| {
                    let to = Recipient::Address { address: address.clone() };
                    let mail = self.mail("enrolment-address-changed", to, None);
                    Mail { reason: labels::WHY_ADDRESS_BEFORE, ..mail }
                });
                let confirmed = link.iter().map(|link| self.link_mail(link));
                told.chain(confirmed).collect()
            }
        }
    }
}
