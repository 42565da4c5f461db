//! `/appuis/nouveau`: a structure asks for a support, or the team imposes one.

use askama::Template;
use entity::agreement_request::VisitMode;
use entity::teaching_support::SupportOrigin;
use poem::http::StatusCode;
use poem::{Response, Result, handler};

use super::super::input::RequestInput;
use super::super::{SupportError, actions, labels, queries};
use super::labels as words;
use crate::authz::{Denied, Permission, may_somewhere};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::agreements::labels as desk;
use crate::http::web::component::Choice;
use crate::http::web::form::{CSRF_FIELD, ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/supports/new.html")]
pub struct NewPage {
    /// The shell.
    pub shell: Shell,
    /// Faults of the form.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Option<String>,
    /// Whether the structure is to be named: it is that of the visitor otherwise.
    pub names_structure: bool,
    /// Who wants it.
    pub origins: Vec<Choice>,
    /// How it is given.
    pub modes: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

fn is_structure(page: &Page) -> bool {
    page.actor().structures().next().is_some()
}

fn check(page: &Page) -> Result<()> {
    if is_structure(page) || may_somewhere(page.actor(), Permission::SupportRequest) {
        return Ok(());
    }
    Err(WebError::from(Denied::Hidden(Permission::SupportRequest)).into())
}

/// The form, empty.
#[handler]
pub(super) async fn blank(page: Page) -> Result<Response> {
    check(&page)?;
    let form = FormState::filled([("mode", VisitMode::OnSite.word())]);
    answer(&page, StatusCode::OK, form, None)
}

fn answer(page: &Page, status: StatusCode, form: FormState, refused: Option<String>) -> Result<Response> {
    let summary = form.summary(words::NOT_DONE);
    let origins = [SupportOrigin::Imposed, SupportOrigin::Asked];
    let context = NewPage {
        shell: page.shell(words::NEW).with_errors(summary.is_some()),
        summary,
        refused,
        names_structure: !is_structure(page),
        origins: origins.into_iter().map(|one| Choice::new(one.word(), labels::origin(one))).collect(),
        modes: VisitMode::all().map(|one| Choice::new(one.word(), desk::visit_mode(one))).collect(),
        form,
    };
    page.answer_with(status, &context)
}

/// Asks.
#[handler]
pub(super) async fn send(page: Page, form: FormData) -> Result<Response> {
    check(&page)?;
    let done = Box::pin(ask_for(&page, &form)).await;
    match done {
        Ok(number) => {
            Ok(flash::redirect(&format!("/appuis/{number}"), &Flash::done(words::ASKED, words::RECORDED)))
        }
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let errors: FieldErrors =
                error.faults().into_iter().map(|fault| (fault.pointer, fault.message)).collect();
            let refused = errors.is_empty().then(|| error.detail());
            let typed = form.fields().filter(|(name, _)| *name != CSRF_FIELD);
            let state = FormState::filled(typed).with_errors(errors);
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, state, refused)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

async fn ask_for(page: &Page, form: &FormData) -> std::result::Result<String, SupportError> {
    let conn = page.app.db.read();
    let structure = if is_structure(page) {
        queries::own_structure(conn, page.actor()).await?
    } else {
        queries::structure_of(conn, page.actor(), form.text("siren")).await?
    };
    let unknown = || Fault::new("/siren", "structure-unknown", words::UNKNOWN_STRUCTURE);
    let structure = structure.ok_or_else(|| SupportError::Invalid(vec![unknown()]))?;
    let origin = if is_structure(page) {
        SupportOrigin::Asked
    } else {
        SupportOrigin::from_word(form.text("origin")).unwrap_or(SupportOrigin::Imposed)
    };
    let input = RequestInput {
        structure: structure.id,
        site: None,
        agreement: None,
        origin,
        inspection: None,
        gaps: Vec::new(),
        need: form.text("need").to_owned(),
        objectives: form.text("objectives").to_owned(),
        mode: VisitMode::from_word(form.text("mode")).unwrap_or(VisitMode::OnSite),
    };
    let mut tx = page.app.begin(page.actor().clone()).await?;
    let row = actions::request(&mut tx, &input).await?;
    tx.commit().await?;
    Ok(row.number)
}
