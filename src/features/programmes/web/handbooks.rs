//! `/programmes/livrets`: the welcome booklet, the house rules and the terms, version by version.

use askama::Template;
use entity::training_handbook::HandbookKind;
use poem::http::{StatusCode, header};
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::api::handbooks::{asked, kept};
use super::super::labels::{self, pages};
use super::super::{ProgrammeError, actions, queries};
use super::LIST;
use crate::authz::{Facts, Permission, allows, may};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::address::disposition;
use crate::http::web::component::{Choice, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french::date;

/// Where they are.
const HERE: &str = "/programmes/livrets";

/// One version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HandbookRow {
    /// What it is.
    pub name: &'static str,
    /// « Version 3 ».
    pub version: String,
    /// First day.
    pub since: String,
    /// Its file.
    pub href: String,
}

/// `/programmes/livrets`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/programmes/handbooks.html")]
pub(super) struct HandbooksPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The way back.
    pub back: Link,
    /// The versions.
    pub rows: Vec<HandbookRow>,
    /// The form.
    pub form: FormState,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Whether the visitor may add one.
    pub may_add: bool,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    answer(&page, StatusCode::OK, FormState::default()).await
}

/// Adds a version.
#[handler]
pub(super) async fn add(page: Page, form: FormData) -> Result<Response> {
    let done = async {
        // asked again by the action: a file that nobody may add is not stored
        let _allowed = allows(page.actor(), Permission::ProgrammePublish, &Facts::default())?;
        let (kind, day) = asked(form.text("kind"), form.text("in_force_on"))?;
        let sent = form.file("file").ok_or_else(ProgrammeError::unread)?;
        let name = sent.name.chars().take(200).collect();
        let kept = kept(&page.app, page.actor(), name, sent.content.clone()).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::add_handbook(&mut tx, kind, day, &kept).await?;
        Ok::<_, ProgrammeError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(HERE, &pages::handbook_added())),
        Err(error) if !error.faults().is_empty() || error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// A file.
#[handler]
pub(super) async fn download(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    let read = async {
        let found = queries::handbook(page.app.db.read(), page.actor(), id.into()).await?;
        let content = page.app.storage.get(&found.document.sha256).await?;
        Ok::<_, ProgrammeError>((found.document, content))
    };
    let (document, content) = read.await.map_err(WebError::from)?;
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, document.media_type.as_str())
        .header(header::CONTENT_DISPOSITION, disposition(&document.download_name()))
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "private, no-store")
        .body(content))
}

async fn answer(page: &Page, status: StatusCode, form: FormState) -> Result<Response> {
    let found = queries::handbooks(page.app.db.read(), page.actor()).await.map_err(WebError::from)?;
    let summary = form.summary(pages::NOTHING_RECORDED);
    let row = |one: &queries::Handbook| HandbookRow {
        name: labels::handbook(one.row.kind),
        version: pages::version(one.row.number),
        since: date(one.row.in_force_on),
        href: format!("{HERE}/{}", one.row.id),
    };
    let context = HandbooksPage {
        shell: page.shell(pages::HANDBOOKS).with_errors(summary.is_some()),
        summary,
        back: Link::new(pages::PROGRAMMES, LIST),
        rows: found.iter().map(row).collect(),
        form,
        kinds: HandbookKind::all().map(|one| Choice::new(one.word(), labels::handbook(one))).collect(),
        may_add: may(page.actor(), Permission::ProgrammePublish, &Facts::default()),
    };
    page.answer_with(status, &context)
}
