//! `/qualite/enquetes/nouvelle`: asks companies or funders.

use askama::Template;
use entity::survey::SurveyKind;
use poem::http::StatusCode;
use poem::{Response, Result, handler};

use super::super::input::TypedPartners;
use super::super::labels::{self, pages as words};
use super::super::{SurveyError, actions};
use crate::authz::{Facts, Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/surveys/ask.html")]
pub struct AskPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Who may be asked.
    pub kinds: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

/// The form.
#[handler]
pub(super) async fn blank(page: Page) -> Result<Response> {
    answer(&page, StatusCode::OK, FormState::default())
}

fn answer(page: &Page, status: StatusCode, form: FormState) -> Result<Response> {
    let _allowed =
        allows(page.actor(), Permission::SurveyManage, &Facts::default()).map_err(WebError::from)?;
    let summary = form.summary(words::NOT_ASKED);
    let kinds = [SurveyKind::Companies, SurveyKind::Funders];
    let context = AskPage {
        shell: page.shell(words::ASK).with_errors(summary.is_some()),
        summary,
        kinds: kinds.into_iter().map(|one| Choice::new(one.word(), labels::kind(one))).collect(),
        form,
    };
    page.answer_with(status, &context)
}

/// Asks.
#[handler]
pub(super) async fn send(page: Page, form: FormData) -> Result<Response> {
    let done = async {
        let typed = TypedPartners {
            kind: form.text("kind").to_owned(),
            addresses: form.text("addresses").to_owned(),
            known: form.ticked("known"),
        };
        let asked = typed.read()?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let row = Box::pin(actions::ask_partners(&mut tx, &asked)).await?;
        tx.commit().await?;
        Ok::<_, SurveyError>(row.id)
    };
    match done.await {
        Ok(id) => Ok(flash::redirect(&format!("/qualite/enquetes/{id}"), &labels::done("envoyer"))),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
