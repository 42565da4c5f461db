//! Opens a draft, publishes it, throws it away; retires a programme, prepares it again. What cannot be undone at once is asked
//! before it is done.

use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::labels::pages;
use super::super::queries::{Shown, sessions_ahead};
use super::super::{ProgrammeError, actions};
use super::{key, load, path_of, show};
use crate::error::DomainError;
use crate::http::web::component::Link;
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::{CSRF_FIELD, FieldErrors, FormState};
use crate::http::web::{FormData, Page, WebError, flash};

const CONFIRMED: &str = "confirme";

/// What is asked before an act.
struct Question {
    title: &'static str,
    act: &'static str,
    verb: &'static str,
    effects: Vec<String>,
    danger: bool,
}

/// Opens a draft.
#[handler]
pub(super) async fn open(page: Page, Path(slug): Path<String>, _form: FormData) -> Result<Response> {
    let done = async {
        let shown = load(&page, &slug, None).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        Box::pin(actions::open_draft(&mut tx, key(&shown))).await?;
        Ok::<_, ProgrammeError>(tx.commit().await?)
    };
    done.await.map_err(WebError::from)?;
    Ok(flash::redirect(&path_of(&slug), &pages::opened()))
}

/// Publishes the draft, once what it changes was read.
#[handler]
pub(super) async fn publish(page: Page, Path(slug): Path<String>, form: FormData) -> Result<Response> {
    let shown = load(&page, &slug, None).await.map_err(WebError::from)?;
    let confirmed = form.text(CONFIRMED) == "oui";
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        Box::pin(actions::publish(&mut tx, key(&shown), form.version())).await?;
        if confirmed {
            tx.commit().await?;
        }
        Ok::<_, ProgrammeError>(())
    };
    match done.await {
        Ok(()) if confirmed => Ok(flash::redirect(&path_of(&slug), &pages::published())),
        Ok(()) => {
            let effects = pages::publication(shown.published());
            let (title, act) = (pages::PUBLISH, pages::PUBLISH_ACT);
            ask(&page, &shown, &form, Question { title, act, verb: "publier", effects, danger: false })
        }
        Err(error @ ProgrammeError::Incomplete(_)) => {
            let faults = error.faults().into_iter();
            let errors: FieldErrors = faults.map(|fault| (String::new(), fault.message)).collect();
            let summary = FormState::default().with_errors(errors).summary(pages::NOT_PUBLISHED);
            show::answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &shown, summary).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Throws the draft away, once that was confirmed.
#[handler]
pub(super) async fn discard(page: Page, Path(slug): Path<String>, form: FormData) -> Result<Response> {
    let shown = load(&page, &slug, None).await.map_err(WebError::from)?;
    let confirmed = form.text(CONFIRMED) == "oui";
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        Box::pin(actions::discard_draft(&mut tx, key(&shown), form.version())).await?;
        if confirmed {
            tx.commit().await?;
        }
        Ok::<_, ProgrammeError>(())
    };
    done.await.map_err(WebError::from)?;
    if confirmed {
        return Ok(flash::redirect(&path_of(&slug), &pages::discarded()));
    }
    let effects = vec![pages::DISCARD_EFFECT.to_owned()];
    let (title, act) = (pages::DISCARD, pages::DISCARD_ACT);
    ask(&page, &shown, &form, Question { title, act, verb: "abandonner", effects, danger: true })
}

/// Takes a programme out of the catalogue, once that was confirmed.
#[handler]
pub(super) async fn retire(page: Page, Path(slug): Path<String>, form: FormData) -> Result<Response> {
    let shown = load(&page, &slug, None).await.map_err(WebError::from)?;
    let confirmed = form.text(CONFIRMED) == "oui";
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::retire(&mut tx, key(&shown), form.version()).await?;
        let sessions = sessions_ahead(tx.conn(), key(&shown)).await?;
        if confirmed {
            tx.commit().await?;
        }
        Ok::<_, ProgrammeError>(sessions)
    };
    let sessions = done.await.map_err(WebError::from)?;
    if confirmed {
        return Ok(flash::redirect(&path_of(&slug), &pages::retired()));
    }
    let effects = pages::retirement(sessions);
    let (title, act) = (pages::RETIRE, pages::RETIRE_ACT);
    ask(&page, &shown, &form, Question { title, act, verb: "retirer", effects, danger: true })
}

/// Prepares a programme again.
#[handler]
pub(super) async fn restore(page: Page, Path(slug): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let shown = load(&page, &slug, None).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::restore(&mut tx, key(&shown), form.version()).await?;
        Ok::<_, ProgrammeError>(tx.commit().await?)
    };
    Box::pin(done).await.map_err(WebError::from)?;
    Ok(flash::redirect(&path_of(&slug), &pages::restored()))
}

/// The question before an act: what it changes, and the same form again.
fn ask(page: &Page, shown: &Shown, form: &FormData, question: Question) -> Result<Response> {
    let path = path_of(&shown.programme.slug);
    let typed = form.fields().filter(|(name, _)| ![CSRF_FIELD, CONFIRMED].contains(name));
    page.answer(&ConfirmationPage {
        shell: page.shell(question.title),
        intro: pages::INTRO.to_owned(),
        effects: question.effects,
        warnings: Vec::new(),
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        action: format!("{path}/{}", question.verb),
        keep: Link::new(pages::KEEP, path),
        act: question.act.to_owned(),
        danger: question.danger,
    })
}
