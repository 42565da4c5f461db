//! Makes a page of every refusal that did not make its own, wherever it came from.

use std::sync::Arc;

use poem::http::uri::PathAndQuery;
use poem::http::{HeaderValue, Method, StatusCode, Uri, header};
use poem::web::Redirect;
use poem::{Endpoint, Error, IntoResponse, Request, RequestBody, Response, Result};

use super::error_page;
use super::page::shell;
use super::session::{Session, StaleForm, page_of_form};
use crate::app::App;
use crate::authz::SessionActor;
use crate::http::middleware::rate_limit::RetryAfter;
use crate::http::middleware::request_log::RequestId;

/// Detail of a refusal, carried by the error to its page.
#[derive(Clone, Debug)]
pub struct Detail(pub String);

/// Renders errors as pages.
///
/// # Errors
/// None: errors become responses here.
pub async fn layer<E: Endpoint>(endpoint: Arc<E>, request: Request) -> Result<Response> {
    use poem::FromRequest;
    let app = request.data::<Arc<App>>().cloned();
    let request_id = request.data::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let session = Session::from_request(&request, &mut RequestBody::default()).await.ok().and_then(|s| s.0);
    let path = request.original_uri().path().to_owned();
    let form = page_of_form(&request);
    let reads = request.method() == Method::GET || request.method() == Method::HEAD;
    let error = match endpoint.call(request).await {
        Ok(response) => return Ok(response.into_response()),
        Err(error) => error,
    };
    if reads && error.status() == StatusCode::METHOD_NOT_ALLOWED {
        return Ok(Redirect::see_other(page_of(&path)).into_response());
    }
    let Some(app) = app else { return Ok(error.into_response()) };
    let path = if error.data::<StaleForm>().is_some() { form_page(form.as_ref(), &path) } else { path };
    Ok(page(&app, session.as_ref(), &path, &request_id, error))
}

/// The page whose form was sent, on this site whatever the browser says.
fn form_page(named: Option<&Uri>, sent_to: &str) -> String {
    let named = named.and_then(Uri::path_and_query).map(PathAndQuery::as_str);
    let ours = named.filter(|page| page.starts_with('/') && !page.starts_with("//"));
    ours.map_or_else(|| page_of(sent_to), str::to_owned)
}

/// Lists inside a page, without an address of their own.
const LISTS: [&str; 6] = ["absences", "actions", "jetons", "roles", "rythme", "sessions"];
/// A list that has its page, where its lines have none.
const COLLEAGUES: &str = "collegues";

/// The page to which an address that only takes forms belongs: it stays in the bar of the browser when a form comes back,
/// and people reload it. One that is not a page either leads on to its own.
fn page_of(path: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    parts.pop();
    if let Some(at) = parts.iter().position(|part| LISTS.contains(part)) {
        parts.truncate(at);
    } else if let Some(at) = parts.iter().position(|part| *part == COLLEAGUES) {
        parts.truncate(at + 1);
    }
    format!("/{}", parts.join("/"))
}

/// The page of an error, or the answer that it carries.
#[must_use]
pub fn page(
    app: &App,
    session: Option<&SessionActor>,
    path: &str,
    request_id: &str,
    error: Error,
) -> Response {
    if error.is_from_response() {
        return error.into_response();
    }
    let (status, retry) = (error.status(), error.data::<RetryAfter>().copied());
    let detail = error.data::<Detail>().map(|detail| detail.0.clone()).unwrap_or_default();
    if status.is_server_error() {
        tracing::error!(request_id, %error, "page failed");
    }
    let shell = shell(app, session, path, Vec::new());
    let html = if error.data::<StaleForm>().is_some() {
        error_page::render_stale_form(request_id, shell)
    } else {
        error_page::render_with_delay(status, &detail, request_id, retry.map(|r| r.0), shell)
    };
    let mut response = Response::builder().status(status).content_type("text/html; charset=utf-8").body(html);
    if let Some(retry) = retry {
        response.headers_mut().insert(header::RETRY_AFTER, retry.header());
    }
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("HX-Request"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_before_leads_to_its_page_on_this_site() {
        for (named, page) in [
            (Some("https://parchemin.example/agrements?q=a"), "/agrements?q=a"),
            (Some("https://ailleurs.example//ailleurs.example/x"), "/compte/securite"),
            (None, "/compte/securite"),
        ] {
            let named: Option<Uri> = named.and_then(|page| page.parse().ok());
            assert_eq!(form_page(named.as_ref(), "/compte/securite/jetons"), page);
        }
    }

    #[test]
    fn an_address_that_only_takes_forms_leads_to_its_page() {
        for (path, page) in [
            ("/agrements/AGR-2026-0042/avis", "/agrements/AGR-2026-0042"),
            ("/agrements/BRO-1/brouillon/pieces/retirer", "/agrements/BRO-1/brouillon/pieces"),
            ("/agrements/BRO-1/brouillon/pieces", "/agrements/BRO-1/brouillon"),
            ("/compte/securite/sessions/0195/fermer", "/compte/securite"),
            ("/compte/collegues/0195/retirer", "/compte/collegues"),
            ("/parametres/utilisateurs/0195/roles/officer/retirer", "/parametres/utilisateurs/0195"),
            ("/disponibilites/absences/0195/annuler", "/disponibilites"),
            ("/reunions/REU-1/actions", "/reunions/REU-1"),
            ("/deconnexion", "/"),
            ("//ailleurs.example/x", "/ailleurs.example"),
        ] {
            assert_eq!(page_of(path), page, "{path}");
        }
    }
}
