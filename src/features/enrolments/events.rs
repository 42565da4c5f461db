//! What happened to an enrolment. Events hold keys; who the person is stays beside the journal.

use entity::enrolment::{self, EnrolmentCause, EnrolmentState};
use entity::ids::EnrolmentAdaptationId;
use entity::training_session;
use serde_json::{Value, json};
use uuid::Uuid;

use super::labels;
use super::state::{Step, Transition};
use crate::events::{DomainEvent, Mail, Recipient, Subject};
use crate::rules::typed_date::iso;

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
    /// A step of the table; one from nothing begins the enrolment.
    Stepped(&'static Transition),
    /// The link of the message was followed: the address is the person's.
    AddressConfirmed,
    /// How the person is reached, or what they are, changed.
    ContactChanged {
        /// The names of the fields.
        fields: Vec<&'static str>,
        /// The address before, when the person gave another one: it is told.
        before: Option<String>,
    },
    /// The need and the positioning were written.
    NeedRecorded,
    /// Another link was asked for.
    LinkSent,
    /// A measure was agreed.
    AdaptationAgreed(EnrolmentAdaptationId, time::Date),
    /// A measure ended.
    AdaptationEnded(EnrolmentAdaptationId, time::Date),
}

impl EnrolmentEvent {
    /// What people call the enrolment, `SES-2026-0017-23`: never the name of the person.
    #[must_use]
    pub fn reference(&self) -> String {
        super::dossier::reference(&self.session, &self.enrolment)
    }

    fn variables(&self) -> Value {
        let (row, session) = (&self.enrolment, &self.session);
        let until = row.deadline_at.map(|at| labels::instant(*at, &session.zone));
        json!({
            "number": self.reference(),
            "title": session.title,
            "when": labels::when(session),
            "place": labels::place(session),
            "until": until,
            "rank": row.rank.map(|rank| rank.to_string()),
            "cause": row.cause.map(labels::cause),
            "link": self.link,
        })
    }

    /// The message of the state reached; none for what papers and attendance tell.
    fn template(&self) -> Option<&'static str> {
        match &self.what {
            What::AddressConfirmed if self.enrolment.state == EnrolmentState::Held => Some("enrolment-kept"),
            What::LinkSent | What::ContactChanged { before: Some(_), .. } => Some("enrolment-link"),
            What::Stepped(line) if line.step == Step::Refuse => Some("enrolment-refused"),
            // the enrolment in the other session tells it
            What::Stepped(line) if line.step == Step::Move => None,
            What::Stepped(_) => self.template_of_state(),
            What::AddressConfirmed
            | What::ContactChanged { before: None, .. }
            | What::NeedRecorded
            | What::AdaptationAgreed(..)
            | What::AdaptationEnded(..) => None,
        }
    }

    fn template_of_state(&self) -> Option<&'static str> {
        use EnrolmentState as E;
        match self.enrolment.state {
            E::Held if self.enrolment.email_confirmed_at.is_some() => Some("enrolment-kept"),
            E::Held => Some("enrolment-held"),
            E::Requested => Some("enrolment-requested"),
            E::Waitlisted => Some("enrolment-waitlisted"),
            E::Offered => Some("enrolment-offered"),
            E::Expired => Some("enrolment-expired"),
            E::CancelledByClient | E::CancelledByProvider => Some("enrolment-cancelled"),
            E::Postponed => Some("enrolment-postponed"),
            E::Confirmed => Some("enrolment-confirmed"),
            E::Contracted | E::Present | E::Absent | E::Completed | E::DroppedOut => None,
        }
    }

    /// The legal representative of a minor is told what the minor is told, without a link that acts.
    fn guardian_mail(&self) -> Option<Mail> {
        let row = &self.enrolment;
        let told = matches!(self.what, What::Stepped(_)) && !row.guardian_email.is_empty();
        if !told || self.template().is_none() {
            return None;
        }
        let mut variables = self.variables();
        variables["link"] = Value::Null;
        variables["person"] = json!(row.first_names);
        variables["state"] = json!(labels::told_to_guardian(row.state));
        let to = Recipient::Address { address: row.guardian_email.clone() };
        Some(Mail::new("enrolment-guardian", to, labels::WHY_GUARDIAN, variables))
    }
}

impl EnrolmentEvent {
    /// Whoever was written to until now is told that somebody asked for another address, without a link that acts.
    fn address_mail(&self) -> Option<Mail> {
        let What::ContactChanged { before: Some(address), .. } = &self.what else { return None };
        let mut variables = self.variables();
        variables["link"] = Value::Null;
        let to = Recipient::Address { address: address.clone() };
        Some(Mail::new("enrolment-address-changed", to, labels::WHY_ADDRESS_BEFORE, variables))
    }
}

impl DomainEvent for EnrolmentEvent {
    fn name(&self) -> &'static str {
        match self.what {
            What::Stepped(line) => line.name(),
            What::AddressConfirmed => "enrolment.address_confirmed",
            What::ContactChanged { .. } => "enrolment.contact_changed",
            What::NeedRecorded => "enrolment.need_recorded",
            What::LinkSent => "enrolment.link_sent",
            What::AdaptationAgreed(..) => "enrolment.adaptation_agreed",
            What::AdaptationEnded(..) => "enrolment.adaptation_ended",
        }
    }

    fn code(&self) -> &'static str {
        match self.what {
            What::Stepped(line) => line.code(),
            What::AddressConfirmed => "INS_ADDRESS_CONFIRMED",
            What::ContactChanged { .. } => "INS_CONTACT_CHANGED",
            What::NeedRecorded => "INS_NEED_RECORDED",
            What::LinkSent => "INS_LINK_SENT",
            What::AdaptationAgreed(..) => "INS_ADAPTATION_AGREED",
            What::AdaptationEnded(..) => "INS_ADAPTATION_ENDED",
        }
    }

    fn subject(&self) -> Subject {
        // apart from the enrolment: its history tells nobody that there are measures
        let kind = match self.what {
            What::AdaptationAgreed(..) | What::AdaptationEnded(..) => "enrolment_adaptation",
            _ => "enrolment",
        };
        Subject::new(kind, self.enrolment.id, self.reference())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match self.what {
            What::Stepped(line) => (line.from.map(EnrolmentState::word), Some(line.to.word())),
            _ => (None, None),
        }
    }

    fn payload(&self) -> Value {
        let row = &self.enrolment;
        match &self.what {
            What::AdaptationAgreed(id, day) | What::AdaptationEnded(id, day) => {
                json!({ "adaptation_id": id, "consented_on": iso(*day) })
            }
            What::ContactChanged { fields, .. } => json!({ "fields": fields }),
            What::NeedRecorded | What::LinkSent => json!({ "session_id": row.session_id }),
            What::Stepped(_) | What::AddressConfirmed => json!({
                "session_id": row.session_id,
                "buyer_id": row.buyer_id,
                "structure_id": row.structure_id,
                "way": row.way.word(),
                "rank": row.rank,
                "held_until": row.held_until.map(|at| at.unix_timestamp()),
                "deadline_at": row.deadline_at.map(|at| at.unix_timestamp()),
                "withdrawal_until": row.withdrawal_until.map(iso),
                "cause": row.cause.map(EnrolmentCause::word),
                "fee_cents": row.fee_cents,
                "replaces_id": row.replaces_id,
                "moved_from_id": row.moved_from_id,
            }),
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let row = &self.enrolment;
        match &self.what {
            What::Stepped(line) if line.from.is_none() => vec![
                ("family_name", row.family_name.clone()),
                ("first_names", row.first_names.clone()),
                ("birth_date", row.birth_date.clone()),
                ("email", row.email.clone()),
            ],
            What::Stepped(_) => row.reason.iter().map(|reason| ("reason", reason.clone())).collect(),
            What::ContactChanged { .. } => vec![
                ("email", row.email.clone()),
                ("phone", row.phone.clone()),
                ("postal_address", row.postal_address.clone()),
            ],
            What::AddressConfirmed
            | What::NeedRecorded
            | What::LinkSent
            | What::AdaptationAgreed(..)
            | What::AdaptationEnded(..) => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        let person = self.template().map(|template| {
            let to = Recipient::Enrolment { id: self.enrolment.id };
            Mail::new(template, to, labels::WHY_ENROLLED, self.variables())
        });
        self.address_mail().into_iter().chain(person).chain(self.guardian_mail()).collect()
    }
}

/// The list of enrolments was taken as a file.
#[derive(Clone, Debug)]
pub struct EnrolmentsExported {
    /// Key of the file.
    pub id: Uuid,
    /// `csv` or `xlsx`.
    pub format: &'static str,
    /// How many enrolments at that moment.
    pub lines: u64,
}

impl DomainEvent for EnrolmentsExported {
    fn name(&self) -> &'static str {
        "enrolments.exported"
    }

    fn code(&self) -> &'static str {
        "INS_EXPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("enrolments", self.id, labels::pages::EXPORT)
    }

    fn payload(&self) -> Value {
        json!({ "format": self.format, "lines": self.lines })
    }
}
