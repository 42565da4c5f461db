//! `/mes-certificats/{token}`: what a holder does with their certificate, by their link and without an account.

use askama::Template;
use entity::certificate::{self, CertificateKind};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};

use super::super::content::Content;
use super::super::{CertificateError, actions, badge as badges, documents, labels, link, queries};
use crate::authz::{Actor, Channel};
use crate::http::middleware::request_log::RequestId;
use crate::http::web::component::{Fact, Status};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, download, filters, flash};
use crate::render::{french, seal};

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/certificates/holder.html")]
pub struct HolderPage {
    /// The shell.
    pub shell: Shell,
    /// Whether it counts.
    pub status: Status,
    /// The facts.
    pub facts: Vec<Fact>,
    /// The drawing of the seal.
    pub seal: String,
    /// The words of the drawing.
    pub seal_words: String,
    /// The address of this page.
    pub at: String,
    /// The public address, to share.
    pub share: String,
    /// Whether the public page shows it.
    pub public: bool,
    /// Whether its file is ready.
    pub ready: bool,
    /// Whether a badge may be asked.
    pub may_badge: bool,
}

async fn found(page: &PublicPage, token: &str) -> Result<certificate::Model, CertificateError> {
    let id = link::read(&page.app, token)?.ok_or(CertificateError::NotFound)?;
    queries::by_id(page.app.db.read(), id).await
}

/// The program acts for whoever holds the link.
fn actor(request: &Request) -> Actor {
    let request_id = request.data::<RequestId>().map(|id| id.0.clone());
    Actor { channel: Channel::Web, request_id, ..Actor::system("certificates.holder") }
}

#[handler]
pub(super) async fn show(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let row = found(&page, &token).await.map_err(WebError::from)?;
    let content = Content::read(&row.content).map_err(CertificateError::from).map_err(WebError::from)?;
    let digest = documents::fingerprint(&row);
    let context = HolderPage {
        shell: page.shell(content.certification.title.clone()),
        status: labels::status(row.state),
        facts: facts(&row, &content),
        seal: seal::svg_inline(&digest),
        seal_words: seal::alternative_text(&digest),
        at: format!("/mes-certificats/{token}"),
        share: documents::page(&page.app, &row.number),
        public: row.public,
        ready: row.document_id.is_some(),
        may_badge: row.kind == CertificateKind::Full,
    };
    page.answer_with(StatusCode::OK, &context)
}

/// What is printed, in a list.
pub(super) fn facts(row: &certificate::Model, content: &Content) -> Vec<Fact> {
    labels::facts(row, content, &french::date(row.delivered_on), &french::date(row.decided_on))
}

/// Shows or hides the public page.
#[handler]
pub(super) async fn act(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
    form: FormData,
) -> Result<Response> {
    let row = found(&page, &token).await.map_err(WebError::from)?;
    let public = form.text("page") == "visible";
    let done = async {
        let mut tx = page.app.begin(actor(request)).await?;
        actions::publish(&mut tx, row.id, None, public).await?;
        Ok::<_, CertificateError>(tx.commit().await?)
    };
    done.await.map_err(WebError::from)?;
    let said = labels::done(if public { "montrer" } else { "masquer" });
    Ok(flash::redirect(&format!("/mes-certificats/{token}"), &said))
}

/// The file.
#[handler]
pub(super) async fn read_file(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let done = async {
        let row = found(&page, &token).await?;
        let document = queries::main_document(page.app.db.read(), &row).await?;
        let content = page.app.storage.get(&document.sha256).await?;
        Ok::<_, CertificateError>((document, content))
    };
    let (document, content) = done.await.map_err(WebError::from)?;
    Ok(download::attachment(&document.media_type, &document.file_name, content))
}

/// The content that was signed, which the holder gives to whom they wish.
#[handler]
pub(super) async fn read_content(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let row = found(&page, &token).await.map_err(WebError::from)?;
    Ok(download::attachment("application/json", &format!("contenu-{}.json", row.number), row.content))
}

/// The badge, made the first time.
#[handler]
pub(super) async fn make_badge(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
) -> Result<Response> {
    let done = async {
        let row = found(&page, &token).await?;
        let mut tx = page.app.begin(actor(request)).await?;
        let (row, new) = actions::issue_badge(&mut tx, row.id).await?;
        if new {
            tx.commit().await?;
        }
        Ok::<_, CertificateError>((row.number.clone(), badges::credential(&page.app, &row).await?))
    };
    let (number, text) = done.await.map_err(WebError::from)?;
    Ok(download::attachment("application/vc+jwt", &format!("badge-{number}.jwt"), text))
}
