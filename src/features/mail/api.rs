//! The outbox over the API.

pub mod templates;

use std::sync::Arc;

use entity::mail::MailState;
use entity::mail_delivery::DeliveryState;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use time::OffsetDateTime;
use uuid::Uuid;

use super::actions;
use super::is_personal;
use super::queries::{self, Filter, MailFile, MailLine};
use crate::app::App;
use crate::http::api::{ApiError, Caller, PageParams, Read, ShortText, Tag};

/// Where a mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "MailState", rename_all = "snake_case")]
pub enum MailStateOut {
    /// Waits for its date or for the relay.
    Pending,
    /// On its way.
    Sending,
    /// Every address was accepted by the relay.
    Sent,
    /// What it was about was done meanwhile.
    Skipped,
    /// Somebody must look at it.
    Failed,
}

impl From<MailState> for MailStateOut {
    fn from(state: MailState) -> Self {
        match state {
            MailState::Pending => Self::Pending,
            MailState::Sending => Self::Sending,
            MailState::Sent => Self::Sent,
            MailState::Skipped => Self::Skipped,
            MailState::Failed => Self::Failed,
        }
    }
}

impl From<MailStateOut> for MailState {
    fn from(state: MailStateOut) -> Self {
        match state {
            MailStateOut::Pending => Self::Pending,
            MailStateOut::Sending => Self::Sending,
            MailStateOut::Sent => Self::Sent,
            MailStateOut::Skipped => Self::Skipped,
            MailStateOut::Failed => Self::Failed,
        }
    }
}

/// What the relay said of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "DeliveryState", rename_all = "snake_case")]
pub enum DeliveryStateOut {
    /// Taken in charge.
    Accepted,
    /// Not now.
    Deferred,
    /// Never.
    Refused,
}

impl From<DeliveryState> for DeliveryStateOut {
    fn from(state: DeliveryState) -> Self {
        match state {
            DeliveryState::Accepted => Self::Accepted,
            DeliveryState::Deferred => Self::Deferred,
            DeliveryState::Refused => Self::Refused,
        }
    }
}

/// A mail without its text.
#[derive(Clone, Debug, Object)]
pub struct MailOut {
    /// Key.
    pub id: Uuid,
    /// Name of its template.
    pub template: String,
    /// Who it is for: `account`, `structure`, `request_officer`, `managers`, `expert`, `committee`, `address`.
    pub recipient: String,
    /// Subject.
    pub subject: String,
    /// Kind of what it is about.
    pub subject_kind: String,
    /// Key of what it is about.
    pub subject_id: Uuid,
    /// What people call what it is about.
    pub subject_label: String,
    /// Where it is.
    pub state: MailStateOut,
    /// How many times it was tried.
    pub attempts: i32,
    /// Next attempt, while it waits.
    pub next_attempt_at: Option<OffsetDateTime>,
    /// Last answer of the relay, or why it could not be sent.
    pub answer: Option<String>,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When every address had accepted it.
    pub sent_at: Option<OffsetDateTime>,
}

impl From<MailLine> for MailOut {
    fn from(line: MailLine) -> Self {
        let recipient = line.recipient.get("to").and_then(|to| to.as_str()).unwrap_or_default().to_owned();
        Self {
            id: line.id.0,
            template: line.template,
            recipient,
            subject: line.subject,
            subject_kind: line.subject_kind,
            subject_id: line.subject_id,
            subject_label: line.object,
            state: line.state.into(),
            attempts: line.attempts,
            next_attempt_at: (line.state == MailState::Pending).then_some(*line.due_at),
            answer: line.answer,
            created_at: *line.created_at,
            sent_at: line.sent_at.map(|at| *at),
        }
    }
}

/// What the relay said of one address.
#[derive(Clone, Debug, Object)]
pub struct MailDeliveryOut {
    /// The address.
    pub address: String,
    /// Identifier of the message, the same for every attempt.
    pub message_id: String,
    /// What was said.
    pub state: DeliveryStateOut,
    /// The answer of the relay.
    pub answer: Option<String>,
    /// When.
    pub at: OffsetDateTime,
}

/// One mail, whole.
#[derive(Clone, Debug, Object)]
pub struct MailFileOut {
    /// The mail.
    pub mail: MailOut,
    /// Version of its template; none for a mail written before it was kept.
    pub template_version: Option<String>,
    /// Why the person receives it.
    pub reason: String,
    /// Its text; none when it carries a personal link.
    pub text: Option<String>,
    /// Its calendar object.
    pub calendar: Option<String>,
    /// One line per address.
    pub deliveries: Vec<MailDeliveryOut>,
}

impl From<MailFile> for MailFileOut {
    fn from(file: MailFile) -> Self {
        let MailFile { mail, object, deliveries } = file;
        let line = MailLine {
            id: mail.id,
            event_id: mail.event_id,
            template: mail.template,
            recipient: mail.recipient,
            subject: mail.subject,
            subject_kind: mail.subject_kind,
            subject_id: mail.subject_id,
            state: mail.state,
            attempts: mail.attempts,
            due_at: mail.due_at,
            answer: mail.answer,
            created_at: mail.created_at,
            sent_at: mail.sent_at,
            object,
        };
        let text = (!is_personal(&line.template)).then_some(mail.body_text);
        let deliveries = deliveries.into_iter().map(|delivery| MailDeliveryOut {
            address: delivery.address,
            message_id: delivery.message_id,
            state: delivery.state.into(),
            answer: delivery.answer,
            at: *delivery.at,
        });
        Self {
            text,
            template_version: Some(mail.template_version).filter(|version| !version.is_empty()),
            reason: mail.reason,
            calendar: mail.calendar,
            deliveries: deliveries.collect(),
            mail: line.into(),
        }
    }
}

/// A page of mails.
#[derive(Clone, Debug, Object)]
pub struct MailPage {
    /// The mails, newest first.
    pub items: Vec<MailOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// The outbox.
pub struct MailsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi]
impl MailsApi {
    /// Mails, newest first.
    ///
    /// `q` finds words of the subject, or of what people call what it is about.
    #[oai(path = "/mails", method = "get", operation_id = "mails_list", tag = "Tag::Mails")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        /// Rows wanted, from 1 to 200.
        limit: Query<Option<u32>>,
        /// Where to start.
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// In this state.
        state: Query<Option<MailStateOut>>,
        /// About this kind of thing: `agreement_request`, `structure`…
        subject_kind: Query<Option<ShortText>>,
        /// About this thing.
        subject_id: Query<Option<Uuid>>,
        /// Sent to this address, or waiting for whoever has it.
        address: Query<Option<ShortText>>,
    ) -> Result<Json<MailPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            state: state.0.map(MailState::from),
            subject_kind: subject_kind.0.map(String::from),
            subject_id: subject_id.0,
            address: address.0.map(String::from),
        };
        let found = queries::list(&self.app.db, &caller.0, &filter, &page).await?;
        let next_cursor = found.next.as_ref().map(crate::db::Cursor::encode);
        Ok(Json(MailPage { items: found.items.into_iter().map(MailOut::from).collect(), next_cursor }))
    }

    /// One mail, with what the relay said of each address.
    #[oai(path = "/mails/:id", method = "get", operation_id = "mails_read", tag = "Tag::Mails")]
    async fn read(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<MailFileOut>, ApiError> {
        self.answer(&caller, id.0).await
    }

    /// Sends a failed mail again. Addresses that accepted it are not written to twice.
    #[oai(path = "/mails/:id/retry", method = "post", operation_id = "mails_retry", tag = "Tag::Mails")]
    async fn retry(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<MailFileOut>, ApiError> {
        let mut tx = self.app.begin(caller.0.clone()).await?;
        actions::retry(&mut tx, id.0.into()).await?;
        tx.commit().await?;
        self.answer(&caller, id.0).await
    }

    async fn answer(&self, caller: &Caller, id: Uuid) -> Result<Read<MailFileOut>, ApiError> {
        let file = queries::find(&self.app.db, &caller.0, id.into()).await?;
        let version = format!("\"{}-{}\"", file.mail.state, file.mail.attempts);
        Ok(Read::Read(Json(file.into()), version))
    }
}
