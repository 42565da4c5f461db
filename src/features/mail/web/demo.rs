//! `/demo/courriels`: the letter box of everybody, in the demonstration only.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::queries::{self, MailFile};
use super::super::{MailError, labels};
use super::ZONE;
use super::text::{Line, paragraphs};
use crate::http::web::component::Fact;
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{WebError, filters};

/// One mail received.
#[derive(Clone, Debug)]
pub struct DemoRow {
    /// Address of its page.
    pub href: String,
    /// Subject.
    pub subject: String,
    /// Addresses that received it.
    pub to: String,
    /// What it is about.
    pub object: String,
    /// When.
    pub at: OffsetDateTime,
}

/// The list.
#[derive(Template, Clone, Debug)]
#[template(path = "web/mail/demo_list.html")]
pub struct DemoListPage {
    /// The shell.
    pub shell: Shell,
    /// Zone of the hours.
    pub zone: &'static str,
    /// The mails, newest first.
    pub rows: Vec<DemoRow>,
}

/// One mail, its links open.
#[derive(Template, Clone, Debug)]
#[template(path = "web/mail/demo_show.html")]
pub struct DemoMailPage {
    /// The shell; its title is the subject.
    pub shell: Shell,
    /// Who, when.
    pub facts: Vec<Fact>,
    /// The text.
    pub text: Vec<Vec<Line>>,
}

#[handler]
pub(super) async fn list(page: PublicPage) -> Result<Response> {
    only_in_demo(&page)?;
    let found = queries::captured(&page.app.db).await.map_err(MailError::from).map_err(WebError::from)?;
    let rows = found.into_iter().map(|(line, to)| DemoRow {
        href: format!("/demo/courriels/{}", line.id),
        subject: line.subject,
        to: to.join(", "),
        object: labels::object(&line.subject_kind, &line.object),
        at: *line.sent_at.unwrap_or(line.created_at),
    });
    let page_of_rows =
        DemoListPage { shell: page.shell(labels::DEMO_LIST), zone: ZONE, rows: rows.collect() };
    page.answer_with(StatusCode::OK, &page_of_rows)
}

#[handler]
pub(super) async fn show(page: PublicPage, Path(id): Path<Uuid>) -> Result<Response> {
    only_in_demo(&page)?;
    let file = queries::captured_one(&page.app.db, id.into()).await.map_err(WebError::from)?;
    let MailFile { mail, object, deliveries } = file;
    let to: Vec<_> = deliveries.into_iter().map(|delivery| delivery.address).collect();
    let base = page.app.url("");
    let mail_page = DemoMailPage {
        shell: page.shell(mail.subject),
        facts: vec![
            Fact::new(labels::term::TO, to.join(", ")),
            Fact::new(labels::term::OBJECT, labels::object(&mail.subject_kind, &object)),
        ],
        text: paragraphs(&mail.body_text, Some(&base)),
    };
    page.answer_with(StatusCode::OK, &mail_page)
}

fn only_in_demo(page: &PublicPage) -> Result<(), WebError> {
    if page.app.config.demo { Ok(()) } else { Err(MailError::NotFound.into()) }
}
