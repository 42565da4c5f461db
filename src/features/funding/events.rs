//! What happened to a funding. Events hold keys, amounts and words of states; a reason that somebody typed stays beside the
//! journal.

use entity::funding::{self, FundingState};
use entity::funding_piece;
use serde_json::{Value, json};

use super::labels;
use super::record::{Record, SUBJECT};
use super::state::{Step, Transition};
use crate::events::{DomainEvent, Mail, Recipient, Subject};
use crate::features::enrolments::labels as words_of_enrolments;
use crate::render::french;
use crate::rules::typed_date::iso;

/// What happened.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A step of the table.
    Stepped(&'static Transition),
    /// Its scheme or its funder changed.
    Changed,
    /// A piece was sent.
    PieceSent(funding_piece::Model),
    /// A piece was recorded by mistake.
    PieceVoided(funding_piece::Model),
}

/// Who is told what the funder answered, and the address of a page that they may open; none for whoever has no account.
pub(super) type Told = (Recipient, Option<String>);

/// One event.
#[derive(Clone, Debug)]
pub(super) struct FundingEvent {
    record: Record,
    what: What,
    told: Option<Told>,
}

impl FundingEvent {
    /// An event of a funding as it is now.
    pub(super) fn of(record: &Record, what: What) -> Self {
        Self { record: record.clone(), what, told: None }
    }

    /// With who is told.
    pub(super) fn telling(mut self, told: Option<Told>) -> Self {
        self.told = told;
        self
    }

    const fn row(&self) -> &funding::Model {
        &self.record.funding
    }

    /// What both messages say, then what each does.
    fn variables(&self, agreed: bool, link: Option<&str>) -> Value {
        let (row, session) = (self.row(), &self.record.session);
        let mut variables = json!({
            "number": self.record.reference(),
            "title": session.title,
            "when": words_of_enrolments::when(session),
            "funder": row.funder,
            "scheme": labels::scheme(row.scheme),
            "link": link,
        });
        if agreed {
            let number = Some(&row.agreement_number).filter(|number| !number.is_empty());
            variables["agreement"] = json!(number);
            variables["amount"] = json!(french::money_cents(row.amount_cents));
            variables["hours"] = json!(labels::agreed_hours(row.agreed_minutes));
            variables["paid_to"] = json!(labels::paid_to(row.subrogation));
        } else {
            variables["refusal"] = json!(row.reason);
        }
        variables
    }
}

impl DomainEvent for FundingEvent {
    fn name(&self) -> &'static str {
        match self.what {
            What::Stepped(line) => line.name(),
            What::Changed => "funding.changed",
            What::PieceSent(_) => "funding.piece_sent",
            What::PieceVoided(_) => "funding.piece_voided",
        }
    }

    fn code(&self) -> &'static str {
        match self.what {
            What::Stepped(line) => line.code(),
            What::Changed => "FIN_CHANGED",
            What::PieceSent(_) => "FIN_PIECE_SENT",
            What::PieceVoided(_) => "FIN_PIECE_VOIDED",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new(SUBJECT, self.row().id, self.record.reference())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match self.what {
            What::Stepped(line) => (line.from.map(FundingState::word), Some(line.to.word())),
            What::Changed | What::PieceSent(_) | What::PieceVoided(_) => (None, None),
        }
    }

    fn payload(&self) -> Value {
        let row = self.row();
        match &self.what {
            What::Stepped(_) | What::Changed => json!({
                "enrolment_id": row.enrolment_id,
                "session_id": row.session_id,
                "scheme": row.scheme.word(),
                "funder": row.funder,
                "subrogation": row.subrogation,
                "eu_funded": row.eu_funded,
                "agreement_number": row.agreement_number,
                "amount_cents": row.amount_cents,
                "agreed_minutes": row.agreed_minutes,
                "requested_on": row.requested_on.map(iso),
                "agreed_on": row.agreed_on.map(iso),
                "paid_cents": row.paid_cents,
            }),
            What::PieceSent(piece) | What::PieceVoided(piece) => json!({
                "piece_id": piece.id,
                "piece_kind": piece.kind.word(),
                "sent_on": iso(piece.sent_on),
                "document_id": piece.document_id,
            }),
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let told = match &self.what {
            What::Stepped(_) => ("reason", self.row().reason.clone()),
            What::PieceSent(piece) => ("note", piece.note.clone()),
            What::Changed | What::PieceVoided(_) => return Vec::new(),
        };
        Some(told).filter(|(_, text)| !text.is_empty()).into_iter().collect()
    }

    fn mails(&self) -> Vec<Mail> {
        let (template, agreed) = match self.what {
            What::Stepped(line) if line.step == Step::Agree => ("funding-agreed", true),
            What::Stepped(line) if line.step == Step::Refuse => ("funding-refused", false),
            _ => return Vec::new(),
        };
        let mail = |(to, link): &Told| {
            Mail::new(template, to.clone(), labels::WHY_BUYER, self.variables(agreed, link.as_deref()))
        };
        self.told.iter().map(mail).collect()
    }
}
