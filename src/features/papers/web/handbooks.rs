//! `/parametres/livrets`: the versions of what everybody is given, and the form that records one.

use askama::Template;
use entity::training_handbook::HandbookKind;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::{PaperError, actions, api, input, labels, queries};
use super::{Refused, refusal};
use crate::authz::{Facts, Permission, allows, may};
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, download, filters, flash};
use crate::render::french;

/// One version.
#[derive(Clone, Debug)]
pub struct HandbookRow {
    /// Its file.
    pub href: String,
    /// What it is.
    pub title: &'static str,
    /// Its number.
    pub number: i32,
    /// From when it is given.
    pub since: String,
}

/// `/parametres/livrets`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/papers/handbooks.html")]
pub struct HandbooksPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// The versions.
    pub rows: Vec<HandbookRow>,
    /// What it may be.
    pub kinds: Vec<Choice>,
    /// Whether the visitor may record one.
    pub may_manage: bool,
    /// The form.
    pub form: FormState,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    answer(&page, StatusCode::OK, (FormState::default(), None)).await
}

async fn answer(page: &Page, status: StatusCode, (form, refused): (FormState, Refused)) -> Result<Response> {
    let found = queries::handbooks(page.app.db.read(), page.actor()).await.map_err(WebError::from)?;
    let summary = form.summary(labels::NOT_DONE);
    let row = |(row, _): &(entity::training_handbook::Model, entity::document::Model)| HandbookRow {
        href: format!("/parametres/livrets/{}", row.id),
        title: labels::handbook(row.kind),
        number: row.number,
        since: french::date(row.in_force_on),
    };
    let context = HandbooksPage {
        shell: page.shell(labels::HANDBOOKS).with_errors(summary.is_some()),
        summary,
        refused,
        rows: found.iter().map(row).collect(),
        kinds: HandbookKind::all().map(|one| Choice::new(one.word(), labels::handbook(one))).collect(),
        may_manage: may(page.actor(), Permission::HandbookManage, &Facts::default()),
        form,
    };
    page.answer_with(status, &context)
}

/// Records a version.
#[handler]
pub(super) async fn send(page: Page, form: FormData) -> Result<Response> {
    let done = async {
        // asked again by the action: a file that nobody may record is not stored
        let _allowed = allows(page.actor(), Permission::HandbookManage, &Facts::default())?;
        let read = input::handbook(form.text("kind"), form.text("in_force_on"))?;
        let wanted = || PaperError::fault("/file", "missing", labels::FILE_WANTED);
        let sent = form.file("file").ok_or_else(wanted)?;
        let name = sent.name.chars().take(200).collect();
        let new = api::stored(&page.app, page.actor(), read, name, sent.content.clone()).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::record_handbook(&mut tx, &new).await?;
        tx.commit().await?;
        Ok::<_, PaperError>(())
    };
    match Box::pin(done).await {
        Ok(()) => Ok(flash::redirect("/parametres/livrets", &labels::recorded())),
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, status, (state, refused)).await
        }
    }
}

/// A file.
#[handler]
pub(super) async fn read_file(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    let done = async {
        let found = queries::handbooks(page.app.db.read(), page.actor()).await?;
        let (_, file) = found.into_iter().find(|(row, _)| row.id.0 == id).ok_or(PaperError::NotFound)?;
        let content = page.app.storage.get(&file.sha256).await?;
        Ok::<_, PaperError>((file, content))
    };
    let (file, content) = done.await.map_err(WebError::from)?;
    Ok(download::attachment(&file.media_type, &file.download_name(), content))
}
