//! `/courriels/{id}`: what was written, to whom, what the relay answered, and the button that tries again.

use askama::Template;
use entity::ids::MailId;
use entity::mail::MailState;
use poem::http::header;
use poem::web::Path;
use poem::{Response, Result, handler};
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::labels::{self, delivery_status, mail_status, term};
use super::super::queries::{self, MailFile};
use super::super::{MailError, actions, is_personal};
use super::ZONE;
use super::text::{Line, paragraphs};
use crate::authz::{Facts, Permission, may};
use crate::http::web::component::{Fact, Status};
use crate::http::web::layout::{Shell, Tone};
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::deadline;

/// The HTML of a mail is shown alone, with its own styles and nothing else: no script, no image, no form.
pub(super) const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// What the relay said of one address.
#[derive(Clone, Debug)]
pub struct DeliveryRow {
    /// The address.
    pub address: String,
    /// What was said, in a word.
    pub status: Status,
    /// The answer of the relay.
    pub answer: String,
    /// Identifier of the message.
    pub message_id: String,
    /// When.
    pub at: OffsetDateTime,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/mail/show.html")]
pub struct MailPage {
    /// The shell; its title is the subject.
    pub shell: Shell,
    /// Zone of the hours.
    pub zone: &'static str,
    /// Where the mail is.
    pub status: Status,
    /// Who, what about, when.
    pub facts: Vec<Fact>,
    /// What went wrong; may be empty.
    pub answer: String,
    /// How it sounds.
    pub tone: Tone,
    /// Whether it failed.
    pub failed: bool,
    /// Next attempt, while it waits.
    pub next_attempt: Option<OffsetDateTime>,
    /// One line per address.
    pub deliveries: Vec<DeliveryRow>,
    /// The text, when it may be shown.
    pub text: Option<Vec<Vec<Line>>>,
    /// Address of the HTML, when it may be shown.
    pub html: String,
    /// Where the button sends; empty when it is not for this person.
    pub retry: String,
}

#[handler]
pub(super) async fn show(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    let file = read(&page, id.into()).await?;
    let may_retry = may(page.actor(), Permission::MailRetry, &Facts::default());
    let shell = page.shell(file.mail.subject.clone());
    page.answer(&context(shell, file, may_retry))
}

#[handler]
pub(super) async fn html(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    let file = read(&page, id.into()).await?;
    if is_personal(&file.mail.template) {
        return Err(WebError::from(MailError::NotFound).into());
    }
    Ok(Response::builder()
        .content_type("text/html; charset=utf-8")
        .header(header::CONTENT_SECURITY_POLICY, SANDBOX)
        .body(file.mail.body_html))
}

#[handler]
pub(super) async fn retry(page: Page, Path(id): Path<Uuid>, _form: FormData) -> Result<Response> {
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    actions::retry(&mut tx, id.into()).await.map_err(WebError::from)?;
    tx.commit().await.map_err(WebError::from)?;
    Ok(flash::redirect(&format!("/courriels/{id}"), &labels::retried()))
}

async fn read(page: &Page, id: MailId) -> Result<MailFile, WebError> {
    queries::find(&page.app.db, page.actor(), id).await.map_err(WebError::from)
}

fn context(shell: Shell, file: MailFile, may_retry: bool) -> MailPage {
    let facts = facts(&file);
    let MailFile { mail, deliveries, .. } = file;
    let shown = !is_personal(&mail.template);
    let failed = mail.state == MailState::Failed;
    let deliveries = deliveries.into_iter().map(|delivery| DeliveryRow {
        address: delivery.address,
        status: delivery_status(delivery.state),
        answer: delivery.answer.unwrap_or_default(),
        message_id: delivery.message_id,
        at: *delivery.at,
    });
    MailPage {
        shell,
        zone: ZONE,
        status: mail_status(mail.state),
        facts,
        answer: mail
            .answer
            .filter(|_| matches!(mail.state, MailState::Failed | MailState::Pending))
            .unwrap_or_default(),
        tone: if failed { Tone::Problem } else { Tone::Warning },
        failed,
        next_attempt: (mail.state == MailState::Pending).then_some(*mail.due_at),
        deliveries: deliveries.collect(),
        text: shown.then(|| paragraphs(&mail.body_text, None)),
        html: if shown { format!("/courriels/{}/html", mail.id) } else { String::new() },
        retry: if failed && may_retry { format!("/courriels/{}/relancer", mail.id) } else { String::new() },
    }
}

fn facts(file: &MailFile) -> Vec<Fact> {
    let mail = &file.mail;
    let object = Fact::new(term::OBJECT, labels::object(&mail.subject_kind, &file.object));
    let mut facts = vec![
        Fact::new(term::RECIPIENT, labels::recipient(&mail.recipient)),
        object.to(labels::object_link(&mail.subject_kind, &file.object)),
        Fact::new(term::WRITTEN, moment(*mail.created_at)),
    ];
    if let Some(sent) = mail.sent_at {
        facts.push(Fact::new(term::SENT, moment(*sent)));
    }
    if mail.calendar.is_some() {
        facts.push(Fact::new(term::ATTACHED, term::CALENDAR));
    }
    if let Some(why) = mail.answer.as_ref().filter(|_| mail.state == MailState::Skipped) {
        facts.push(Fact::new(term::KEPT, why.clone()));
    }
    facts.push(Fact::new(term::ATTEMPTS, mail.attempts.to_string()));
    facts.push(template(mail));
    facts
}

/// The template, with its version when it was kept.
fn template(mail: &entity::mail::Model) -> Fact {
    let fact = Fact::new(term::TEMPLATE, mail.template.clone()).mono();
    if mail.template_version.is_empty() {
        fact
    } else {
        fact.with_note(labels::version(&mail.template_version))
    }
}

fn moment(at: OffsetDateTime) -> String {
    deadline::local(at, ZONE).map_or_else(|_| at.to_string(), french::date_time)
}
