//! Opens a draft, publishes it, throws it away; the last two are asked before they are done.

use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::super::CertificationError;
use super::super::super::actions::referential as actions;
use super::super::super::queries::referential::{Shown, concerned, consequences};
use super::{keys, labels, load, path_of, show};
use crate::error::DomainError;
use crate::http::web::component::Link;
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::{CSRF_FIELD, FieldErrors, FormState};
use crate::http::web::{FormData, Page, WebError, flash};

const CONFIRMED: &str = "confirme";

/// Opens a draft.
#[handler]
pub(super) async fn open(
    page: Page,
    Path((code, version)): Path<(String, Uuid)>,
    _form: FormData,
) -> Result<Response> {
    let done = async {
        let (certification, version) = keys(&load(&page, &code, version, None).await?);
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::open_draft(&mut tx, certification, version).await?;
        Ok::<_, CertificationError>(tx.commit().await?)
    };
    done.await.map_err(WebError::from)?;
    Ok(flash::redirect(&path_of(&code, version), &labels::opened()))
}

/// Publishes the draft, once what it changes was read.
#[handler]
pub(super) async fn publish(
    page: Page,
    Path((code, version)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let found = load(&page, &code, version, None).await.map_err(WebError::from)?;
    let confirmed = form.text(CONFIRMED) == "oui";
    let done = async {
        let (certification, version) = keys(&found);
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::publish(&mut tx, certification, version, form.version()).await?;
        if confirmed {
            tx.commit().await?;
        }
        Ok::<_, CertificationError>(())
    };
    match done.await {
        Ok(()) if confirmed => Ok(flash::redirect(&path_of(&code, version), &labels::published())),
        Ok(()) => {
            let conn = page.app.db.read();
            let weighed = consequences(conn, &found.version.version, page.app.today()).await;
            let concerned = concerned(conn, found.version.version.id).await.map_err(WebError::from)?;
            let effects = labels::publication(&weighed.map_err(WebError::from)?, &concerned);
            ask(&page, &found, &form, effects, false)
        }
        Err(error @ CertificationError::Incomplete(_)) => {
            let faults = error.faults().into_iter();
            let errors: FieldErrors = faults.map(|fault| (String::new(), fault.message)).collect();
            let summary = FormState::default().with_errors(errors).summary(labels::NOT_PUBLISHED);
            show::answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &found, summary)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Throws the draft away, once that was confirmed.
#[handler]
pub(super) async fn discard(
    page: Page,
    Path((code, version)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let found = load(&page, &code, version, None).await.map_err(WebError::from)?;
    let confirmed = form.text(CONFIRMED) == "oui";
    let done = async {
        let (certification, version) = keys(&found);
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::discard_draft(&mut tx, certification, version, form.version()).await?;
        if confirmed {
            tx.commit().await?;
        }
        Ok::<_, CertificationError>(())
    };
    done.await.map_err(WebError::from)?;
    if confirmed {
        return Ok(flash::redirect(&path_of(&code, version), &labels::discarded()));
    }
    ask(&page, &found, &form, vec![labels::DISCARDED.to_owned()], true)
}

/// The question before an act: what it changes, and the same form again.
fn ask(page: &Page, found: &Shown, form: &FormData, effects: Vec<String>, danger: bool) -> Result<Response> {
    let path = path_of(&found.certification.code, found.version.version.id.0);
    let (question, act, verb) = if danger {
        (labels::DISCARD, labels::DISCARD_ACT, "abandonner")
    } else {
        (labels::PUBLISH, labels::PUBLISH_ACT, "publier")
    };
    let revision = found.row.as_ref().map_or(1, |row| row.revision);
    let typed = form.fields().filter(|(name, _)| ![CSRF_FIELD, CONFIRMED].contains(name));
    page.answer(&ConfirmationPage {
        shell: page.shell(question),
        intro: labels::about(&found.certification.short_title, &found.version.version.label, revision),
        effects,
        warnings: Vec::new(),
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        action: format!("{path}/{verb}"),
        keep: Link::new(labels::KEEP, path),
        act: act.to_owned(),
        danger,
    })
}
