//! `/reunions/reponse/{token}`: answers an invitation without an account. GET shows and never acts.

use askama::Template;
use entity::{expert, meeting};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};

use super::super::queries::{self, Invitation};
use super::super::{MeetingError, actions, labels};
use super::show::lines;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::by_link::{Said, bearer};
use crate::http::web::component::{Fact, Link};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, filters};

/// Who answers, for the journal.
const BY_LINK: &str = "meetings.link";

/// The page of a link whose invitation waits for an answer.
#[derive(Template, Clone, Debug)]
#[template(path = "web/meetings/reply.html")]
pub struct MeetingReplyPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub refused: Option<String>,
    /// Number.
    pub number: String,
    /// What it is called.
    pub title: &'static str,
    /// When, where, how long.
    pub facts: Vec<Fact>,
    /// The agenda, line by line.
    pub agenda: Vec<String>,
    /// Where the form posts.
    pub action: String,
}

#[handler]
pub(super) async fn show(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    match found(&page, &token).await? {
        Invitation::Open(open) => ask(&page, StatusCode::OK, &token, &open, None),
        other => over(&page, &other),
    }
}

#[handler]
pub(super) async fn answer(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
    form: FormData,
) -> Result<Response> {
    let open = match found(&page, &token).await? {
        Invitation::Open(open) => open,
        other => return over(&page, &other),
    };
    let coming = match form.text("coming") {
        "oui" => true,
        "non" => false,
        _ => {
            let wanted = Some(labels::ANSWER_WANTED.to_owned());
            return ask(&page, StatusCode::UNPROCESSABLE_ENTITY, &token, &open, wanted);
        }
    };
    let (id, person) = (open.0.id, open.1.id);
    let done = async {
        let mut tx = page.app.begin(bearer(request, BY_LINK)).await?;
        actions::answer_by_link(&mut tx, id, person, coming).await?;
        tx.commit().await?;
        Ok::<_, MeetingError>(())
    };
    match done.await {
        Ok(()) => said(&page, StatusCode::OK, labels::link::thanks(coming)),
        Err(error) if error.kind() == ErrorKind::Conflict => {
            ask(&page, StatusCode::CONFLICT, &token, &open, Some(error.detail()))
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

async fn found(page: &PublicPage, token: &str) -> Result<Invitation> {
    let found = queries::invitation_of(page.app.db.read(), token, page.app.now()).await;
    Ok(found.map_err(MeetingError::from).map_err(WebError::from)?)
}

fn ask(
    page: &PublicPage,
    status: StatusCode,
    token: &str,
    (meeting, person): &(meeting::Model, expert::Model),
    refused: Option<String>,
) -> Result<Response> {
    let context = MeetingReplyPage {
        shell: page.shell(labels::link::ASKED).with_errors(refused.is_some()),
        refused,
        number: meeting.number.clone(),
        title: labels::title(meeting.kind),
        facts: facts(meeting, person),
        agenda: lines(&meeting.agenda),
        action: format!("/reunions/reponse/{token}"),
    };
    page.answer_with(status, &context)
}

/// What a person must know to answer, at the hour of where they live.
fn facts(meeting: &meeting::Model, person: &expert::Model) -> Vec<Fact> {
    vec![
        Fact::new(labels::WHEN, labels::when(*meeting.starts_at, &person.zone)),
        Fact::new(labels::LASTS, labels::duration(meeting.lasts_minutes)),
        Fact::new(labels::WHERE, meeting.place.clone()).with_note(labels::mode(meeting.mode)),
    ]
}

/// The page that thanks and does nothing.
fn over(page: &PublicPage, found: &Invitation) -> Result<Response> {
    let status = if *found == Invitation::Unknown { StatusCode::NOT_FOUND } else { StatusCode::GONE };
    said(page, status, labels::link::over(found))
}

fn said(page: &PublicPage, status: StatusCode, said: Said) -> Result<Response> {
    let own = Link::new(labels::link::OWN, "/reunions");
    page.answer_with(status, &said.page(page.shell(said.title), own))
}
