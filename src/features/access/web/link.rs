//! `/devenir-agree/acces/lien/{token}`: confirms the address of a request, without an account.

use askama::Template;
use entity::access_request::AccessState;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};

use super::super::{AccessError, actions, asking_actor, labels, queries};
use crate::http::middleware::request_log::RequestId;
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, filters};

/// What a link can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Confirm a request.
    Open,
    /// Nothing more: the request is received under this number.
    Received(String),
    /// Nothing: it is unknown, or too old.
    Over,
}

/// `/devenir-agree/acces/lien/{token}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/access/link.html")]
pub struct LinkPage {
    /// The shell.
    pub shell: Shell,
    /// What the link can do.
    pub standing: Standing,
    /// The structure.
    pub structure: String,
    /// Where the button posts.
    pub action: String,
}

#[handler]
pub(super) async fn show(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let found = queries::of_link(page.app.db.read(), &token).await.map_err(WebError::from)?;
    let (standing, structure) = match found {
        Some(request) if request.state != AccessState::Unconfirmed => {
            (Standing::Received(request.number.unwrap_or_default()), request.name)
        }
        Some(request) if *request.link_until > page.app.now() => (Standing::Open, request.name),
        _ => (Standing::Over, String::new()),
    };
    answer(&page, standing, structure, &token)
}

fn answer(page: &PublicPage, standing: Standing, structure: String, token: &str) -> Result<Response> {
    let (title, status) = match &standing {
        Standing::Open => (labels::CONFIRM, StatusCode::OK),
        Standing::Received(_) => (labels::CONFIRMED, StatusCode::OK),
        Standing::Over => (labels::LINK_OVER, StatusCode::GONE),
    };
    let action = format!("/devenir-agree/acces/lien/{token}");
    page.answer_with(status, &LinkPage { shell: page.shell(title), standing, structure, action })
}

#[handler]
pub(super) async fn confirm(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
    _form: FormData,
) -> Result<Response> {
    let request_id = request.data::<RequestId>().map(|id| id.0.clone());
    let done = async {
        let mut tx = page.app.begin(asking_actor(request_id)).await?;
        let confirmed = actions::confirm(&mut tx, &token).await?;
        tx.commit().await?;
        Ok::<_, AccessError>(confirmed)
    };
    match done.await {
        Ok(confirmed) => {
            let received = Standing::Received(confirmed.number.unwrap_or_default());
            answer(&page, received, confirmed.name, &token)
        }
        Err(AccessError::LinkOver) => answer(&page, Standing::Over, String::new(), &token),
        Err(error) => Err(WebError::from(error).into()),
    }
}
