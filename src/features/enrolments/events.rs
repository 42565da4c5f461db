//! What happened to an enrolment. Events hold keys; who the person is stays beside the journal.

use entity::enrolment::{self, EnrolmentState};
use entity::training_session;
use serde_json::{Value, json};

use super::labels;
use super::state::Transition;
use crate::events::{DomainEvent, Mail, Recipient, Subject};

/// One event: the enrolment as it is now, and what happened.
#[derive(Clone, Debug)]
pub struct EnrolmentEvent {
    /// The enrolment, after.
    pub enrolment: enrolment::Model,
    /// Its session.
    pub session: training_session::Model,
    /// The address that acts without an account, for the message.
    pub link: Option<String>,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum What {
    /// It began: the name and the code of the event.
    Began(&'static str, &'static str),
    /// A step of the table.
    Stepped(&'static Transition),
    /// The link of the message was followed: the address is the person's.
    AddressConfirmed,
}

impl EnrolmentEvent {
    /// What people call the enrolment, `SES-2026-0017-23`: never the name of the person.
    #[must_use]
    pub fn reference(&self) -> String {
        format!("{}-{}", self.session.number, self.enrolment.seq)
    }

    fn mail(&self, template: &'static str) -> Mail {
        let (row, session) = (&self.enrolment, &self.session);
        let until = row.deadline_at.map(|at| labels::instant(*at, &session.zone));
        let variables = json!({
            "number": self.reference(),
            "title": session.title,
            "when": labels::when(session),
            "place": labels::place(session),
            "until": until,
            "rank": row.rank.map(|rank| rank.to_string()),
            "cause": row.cause.map(labels::cause),
            "link": self.link,
        });
        Mail::new(template, Recipient::Enrolment { id: row.id }, labels::WHY_ENROLLED, variables)
    }

    /// The message of the state reached; none for what papers and attendance tell.
    fn template(&self) -> Option<&'static str> {
        use EnrolmentState as E;
        if matches!(self.what, What::AddressConfirmed) {
            return match self.enrolment.state {
                E::Held => Some("enrolment-kept"),
                _ => None,
            };
        }
        match self.enrolment.state {
            E::Held if self.enrolment.email_confirmed_at.is_some() => Some("enrolment-kept"),
            E::Held => Some("enrolment-held"),
            E::Waitlisted => Some("enrolment-waitlisted"),
            E::Offered => Some("enrolment-offered"),
            E::Expired => Some("enrolment-expired"),
            E::CancelledByClient | E::CancelledByProvider => Some("enrolment-cancelled"),
            E::Requested
            | E::Contracted
            | E::Confirmed
            | E::Present
            | E::Absent
            | E::Completed
            | E::DroppedOut
            | E::Postponed => None,
        }
    }
}

impl DomainEvent for EnrolmentEvent {
    fn name(&self) -> &'static str {
        match self.what {
            What::Began(name, _) => name,
            What::Stepped(line) => line.name,
            What::AddressConfirmed => "enrolment.address_confirmed",
        }
    }

    fn code(&self) -> &'static str {
        match self.what {
            What::Began(_, code) => code,
            What::Stepped(line) => line.code,
            What::AddressConfirmed => "INS_ADDRESS_CONFIRMED",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("enrolment", self.enrolment.id, self.reference())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match self.what {
            What::Began(..) => (None, Some(self.enrolment.state.word())),
            What::Stepped(line) => (Some(line.from.word()), Some(line.to.word())),
            What::AddressConfirmed => (None, None),
        }
    }

    fn payload(&self) -> Value {
        let row = &self.enrolment;
        json!({
            "session_id": row.session_id,
            "buyer_id": row.buyer_id,
            "structure_id": row.structure_id,
            "way": row.way.word(),
            "rank": row.rank,
            "held_until": row.held_until.map(|at| at.unix_timestamp()),
            "deadline_at": row.deadline_at.map(|at| at.unix_timestamp()),
            "withdrawal_until": row.withdrawal_until.map(crate::rules::typed_date::iso),
            "cause": row.cause.map(|cause| cause.word()),
            "fee_cents": row.fee_cents,
        })
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let row = &self.enrolment;
        match self.what {
            What::Began(..) => vec![
                ("family_name", row.family_name.clone()),
                ("first_names", row.first_names.clone()),
                ("birth_date", row.birth_date.clone()),
                ("email", row.email.clone()),
            ],
            What::Stepped(_) => row.reason.iter().map(|reason| ("reason", reason.clone())).collect(),
            What::AddressConfirmed => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        self.template().map(|template| self.mail(template)).into_iter().collect()
    }
}
