//! `/desabonnement/{token}`: the link of a message. Opening it shows a question; posting answers it, also from the
//! button of a mail program (RFC 8058), which has no session.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::{NoticeError, actions, labels};
use crate::authz::read_mail_link;
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{WebError, filters};

/// `/desabonnement/{token}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/notices/unsubscribe.html")]
pub struct UnsubscribePage {
    /// The shell.
    pub shell: Shell,
    /// Which messages.
    pub messages: &'static str,
    /// Where the form posts.
    pub action: String,
    /// Whether it is done.
    pub done: bool,
}

/// The question.
#[handler]
pub(super) async fn show(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let read = read_mail_link(&page.app, &token).map_err(NoticeError::from).map_err(WebError::from)?;
    let (_, class) = read.ok_or(NoticeError::NotFound).map_err(WebError::from)?;
    answer(&page, labels::messages_of(class), &token, false)
}

/// The answer. The token is the proof, so nothing else is asked.
#[handler]
pub(super) async fn act(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let class = actions::unsubscribe(&page.app, &token).await.map_err(WebError::from)?;
    answer(&page, labels::messages_of(class), &token, true)
}

fn answer(page: &PublicPage, messages: &'static str, token: &str, done: bool) -> Result<Response> {
    let context = UnsubscribePage {
        shell: page.shell(labels::TURN_OFF),
        messages,
        action: format!("/desabonnement/{token}"),
        done,
    };
    page.answer_with(StatusCode::OK, &context)
}
