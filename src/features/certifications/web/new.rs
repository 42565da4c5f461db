//! `/certifications/nouvelle` records a certification, `/certifications/{code}/versions/nouvelle` adds a version.

use askama::Template;
use entity::certification;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::input::{TypedCertification, TypedVersion};
use super::super::{CertificationError, actions, labels, queries};
use crate::authz::{Facts, Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::Link;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::typed_date::iso;

/// Where certifications are.
const LIST: &str = "/certifications";
/// Where one is recorded.
pub(super) const NEW: &str = "/certifications/nouvelle";

/// Both pages: a certification with its first version, or another version of one.
#[derive(Template, Clone, Debug)]
#[template(path = "web/certifications/new.html")]
pub(super) struct NewPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The way back.
    pub back: Link,
    /// Where the form posts.
    pub action: String,
    /// Which certification gets a version; empty for a new one.
    pub title: String,
    /// The form.
    pub form: FormState,
}

/// The form of a certification.
#[handler]
pub(super) async fn blank(page: Page) -> Result<Response> {
    let _allowed =
        allows(page.actor(), Permission::CertificationEdit, &Facts::default()).map_err(WebError::from)?;
    let form = FormState::filled([("version/valid_from", iso(page.app.today()))]);
    certification_form(&page, StatusCode::OK, form)
}

/// Records a certification.
#[handler]
pub(super) async fn create(page: Page, form: FormData) -> Result<Response> {
    let typed = TypedCertification {
        code: form.text("code").to_owned(),
        short_title: form.text("short_title").to_owned(),
        title: form.text("title").to_owned(),
        version: version_of(&form, "version/"),
    };
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let created = actions::create(&mut tx, &typed).await?;
        tx.commit().await?;
        Ok::<_, CertificationError>(created)
    };
    match done.await {
        Ok(created) => {
            let place = format!("{LIST}/{}", created.certification.code);
            Ok(flash::redirect(&place, &labels::created()))
        }
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            certification_form(&page, StatusCode::UNPROCESSABLE_ENTITY, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The form of a version.
#[handler]
pub(super) async fn blank_version(page: Page, Path(code): Path<String>) -> Result<Response> {
    let found = one(&page, &code).await.map_err(WebError::from)?;
    let facts = Facts { certification: Some(found.id), ..Facts::default() };
    let _allowed = allows(page.actor(), Permission::CertificationEdit, &facts).map_err(WebError::from)?;
    let form = FormState::filled([("title", found.title.clone()), ("valid_from", iso(page.app.today()))]);
    version_form(&page, StatusCode::OK, &found, form)
}

/// Adds a version.
#[handler]
pub(super) async fn add_version(page: Page, Path(code): Path<String>, form: FormData) -> Result<Response> {
    let found = one(&page, &code).await.map_err(WebError::from)?;
    let typed = version_of(&form, "");
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::add_version(&mut tx, found.id, &typed).await?;
        Ok::<_, CertificationError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&format!("{LIST}/{code}"), &labels::added())),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            version_form(&page, StatusCode::UNPROCESSABLE_ENTITY, &found, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

async fn one(page: &Page, code: &str) -> Result<certification::Model, CertificationError> {
    let found = queries::get(page.app.db.read(), page.actor(), |row| row.code == code).await?;
    Ok(found.certification)
}

/// A version, as typed in fields whose names begin so.
fn version_of(form: &FormData, prefix: &str) -> TypedVersion {
    let text = |name: &str| form.text(&format!("{prefix}{name}")).to_owned();
    TypedVersion {
        label: text("label"),
        title: text("title"),
        valid_from: text("valid_from"),
        valid_until: text("valid_until"),
        last_delivery_on: text("last_delivery_on"),
    }
}

fn certification_form(page: &Page, status: StatusCode, form: FormState) -> Result<Response> {
    let summary = form.summary(labels::NOTHING_RECORDED);
    let context = NewPage {
        shell: page.shell(labels::NEW_CERTIFICATION).with_errors(summary.is_some()),
        summary,
        back: Link::new(labels::CERTIFICATIONS, LIST),
        action: NEW.to_owned(),
        title: String::new(),
        form,
    };
    page.answer_with(status, &context)
}

fn version_form(
    page: &Page,
    status: StatusCode,
    found: &certification::Model,
    form: FormState,
) -> Result<Response> {
    let summary = form.summary(labels::NOTHING_RECORDED);
    let place = format!("{LIST}/{}", found.code);
    let context = NewPage {
        shell: page.shell(labels::NEW_VERSION).with_errors(summary.is_some()),
        summary,
        action: format!("{place}/versions/nouvelle"),
        back: Link::new(found.short_title.clone(), place),
        title: found.title.clone(),
        form,
    };
    page.answer_with(status, &context)
}
