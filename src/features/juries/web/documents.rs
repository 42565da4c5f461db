//! The documents of a session, to whoever may see it; the convocations to print.

use askama::Template;
use entity::ids::DocumentId;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::load::Whole;
use super::super::{JuryError, actions, documents, labels, queries, wording};
use crate::http::web::component::Link;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, download as file, filters};

/// `/jurys/{number}/convocations`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/juries/summons.html")]
pub struct SummonsPage {
    /// The shell.
    pub shell: Shell,
    /// Number.
    pub number: String,
    /// All of them in one file; none while it is being made.
    pub pack: Option<Link>,
    /// One for each candidate, in the order of their turns.
    pub each: Vec<Link>,
    /// The candidates who are told on paper alone.
    pub on_paper: Vec<String>,
    /// Whether the candidates were called.
    pub called: bool,
}

/// The convocations.
#[handler]
pub(super) async fn summons(page: Page, Path(number): Path<String>) -> Result<Response> {
    let conn = page.app.db.read();
    let found = async {
        let whole = Whole::by_number(conn, page.actor(), &number).await?;
        let documents = queries::documents(conn, page.actor(), &whole).await?;
        Ok::<_, JuryError>((whole, documents))
    };
    let (whole, rows) = found.await.map_err(WebError::from)?;
    let link = |row: &entity::document::Model| {
        Link::new(
            documents::name(&whole, row),
            format!("/jurys/{}/documents/{}", whole.session.number, row.id),
        )
    };
    let on_paper = whole.passages.iter().map(|one| &one.candidate);
    let on_paper = on_paper.filter(|one| one.detained || one.email.trim().is_empty());
    page.answer(&SummonsPage {
        shell: page.shell(labels::SUMMONS),
        number: whole.session.number.clone(),
        pack: rows.iter().find(|row| row.kind == documents::PACK).map(link),
        each: documents::in_order(&whole, &rows)
            .into_iter()
            .filter(|row| row.kind == documents::SUMMONS)
            .map(link)
            .collect(),
        on_paper: on_paper.map(wording::name).collect(),
        called: whole.session.summoned_at.is_some(),
    })
}

#[handler]
pub(super) async fn download(page: Page, Path((number, id)): Path<(String, Uuid)>) -> Result<Response> {
    let conn = page.app.db.read();
    let found = async {
        let whole = Whole::by_number(conn, page.actor(), &number).await?;
        let document = queries::document(conn, page.actor(), &whole, DocumentId(id)).await?;
        let content = page.app.storage.get(&document.sha256).await?;
        actions::download(&page.app, page.actor(), &whole, &document).await?;
        Ok::<_, JuryError>((document, content))
    };
    let (document, content) = found.await.map_err(WebError::from)?;
    Ok(file::attachment(&document.media_type, &document.file_name, content))
}
