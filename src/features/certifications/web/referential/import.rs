//! The whole of a draft as one text, TOML or JSON: to copy it, to put another in its place.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::super::CertificationError;
use super::super::super::actions::referential::put_draft;
use super::super::super::queries::referential::Shown;
use super::{editable, keys, labels, path_of};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::http::web::component::Link;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::referential::parse;

#[derive(Template)]
#[template(path = "web/certifications/referential_import.html")]
struct ImportPage {
    shell: Shell,
    summary: Option<ErrorSummary>,
    back: Link,
    action: String,
    form: FormState,
}

/// The form, with what the draft says.
#[handler]
pub(super) async fn blank(page: Page, Path((code, version)): Path<(String, Uuid)>) -> Result<Response> {
    let (found, draft) = editable(&page, &code, version).await.map_err(WebError::from)?;
    let text = toml::to_string_pretty(&found.document).map_err(poem::error::InternalServerError)?;
    let form = FormState::filled([("document", text)]).with_version(draft.version.into());
    answer(&page, StatusCode::OK, &found, form)
}

/// Puts the text in place of the draft.
#[handler]
pub(super) async fn import(
    page: Page,
    Path((code, version)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let (found, draft) = editable(&page, &code, version).await.map_err(WebError::from)?;
    let done = async {
        let document = parse(form.text("document"))?;
        let (certification, version) = keys(&found);
        let mut tx = page.app.begin(page.actor().clone()).await?;
        put_draft(&mut tx, certification, version, form.version(), document).await?;
        Ok::<_, CertificationError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&path_of(&code, version), &labels::recorded())),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let faults = error.faults().into_iter();
            let place = |fault: Fault| {
                if fault.pointer == "/document" {
                    (fault.pointer, fault.message)
                } else {
                    (String::new(), labels::at(&fault.pointer, &fault.message))
                }
            };
            let errors: FieldErrors = faults.map(place).collect();
            let form =
                FormState::filled(form.fields()).with_errors(errors).with_version(draft.version.into());
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &found, form)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

fn answer(page: &Page, status: StatusCode, found: &Shown, form: FormState) -> Result<Response> {
    let path = path_of(&found.certification.code, found.version.version.id.0);
    let summary = form.summary(labels::NOT_RECORDED);
    let context = ImportPage {
        shell: page.shell(labels::IMPORT).with_errors(summary.is_some()),
        summary,
        back: Link::new(labels::title(&found.version.version.label), path.clone()),
        action: format!("{path}/importer"),
        form,
    };
    page.answer_with(status, &context)
}
