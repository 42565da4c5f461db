//! `/inscriptions/{token}/desistement`: what giving up costs and changes, then the act.

use askama::Template;
use entity::enrolment::{EnrolmentCause, EnrolmentState};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};

use super::super::labels::{self, said};
use super::super::queries::{Linked, by_token};
use super::link::{ACTOR, facts, may_cancel, over};
use crate::error::{DomainError, ErrorKind};
use crate::features::enrolments::{EnrolmentError, actions as enrolments};
use crate::features::settings;
use crate::http::web::by_link::bearer;
use crate::http::web::component::{Choice, Fact};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, filters, flash};
use crate::rules::deadline::day_in_zone;
use crate::rules::training::cancellation::client_fee;

/// `/inscriptions/{token}/desistement`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/catalogue/cancel.html")]
pub struct CancelPage {
    /// The shell.
    pub shell: Shell,
    /// The title of the session.
    pub title: String,
    /// In brief.
    pub facts: Vec<Fact>,
    /// What it costs.
    pub fee: String,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The form.
    pub form: FormState,
    /// The reasons.
    pub causes: Vec<Choice>,
    /// The page of the enrolment.
    pub back: String,
}

#[handler]
pub(super) async fn show(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let found = by_token(page.app.db.read(), &token, page.app.now()).await.map_err(WebError::from)?;
    let Some(linked) = found else { return over(&page, StatusCode::GONE) };
    if !may_cancel(&linked) {
        let told = Flash::problem(said::NOT_DONE, said::NOTHING_TO_CANCEL);
        return Ok(flash::redirect(&format!("/inscriptions/{token}"), &told));
    }
    Box::pin(answer(&page, StatusCode::OK, &linked, &token, FormState::default())).await
}

async fn answer(
    page: &PublicPage,
    status: StatusCode,
    linked: &Linked,
    token: &str,
    form: FormState,
) -> Result<Response> {
    let context = CancelPage {
        shell: page.shell(labels::CANCEL).with_errors(form.has_errors()),
        title: linked.session.title.clone(),
        facts: facts(linked),
        fee: fee(page, linked).await?,
        summary: form.summary(labels::NOT_CANCELLED),
        causes: labels::causes(),
        back: format!("/inscriptions/{token}"),
        form,
    };
    page.answer_with(status, &context)
}

/// What giving up costs today: nothing while no contract binds, nor while the person may withdraw from it.
async fn fee(page: &PublicPage, linked: &Linked) -> Result<String> {
    let (row, session) = (&linked.enrolment, &linked.session);
    let bound = matches!(row.state, EnrolmentState::Contracted | EnrolmentState::Confirmed);
    let today = day_in_zone(page.app.now(), &session.zone);
    let may_withdraw = row.withdrawal_until.is_some_and(|until| today <= until);
    let (true, false, Some(price), Some(starts_on)) =
        (bound, may_withdraw, row.price_cents, session.starts_on)
    else {
        return Ok(labels::fee(0, 0));
    };
    let rules = settings::cancellation_rules(page.app.db.read()).await.map_err(WebError::from)?;
    let fee = client_fee(price, today, starts_on, &rules);
    Ok(labels::fee(fee.percent, fee.cents))
}

#[handler]
pub(super) async fn submit(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
    form: FormData,
) -> Result<Response> {
    let found = by_token(page.app.db.read(), &token, page.app.now()).await.map_err(WebError::from)?;
    let Some(linked) = found else { return over(&page, StatusCode::GONE) };
    let cause = EnrolmentCause::from_word(form.text("cause")).filter(|cause| labels::CAUSES.contains(cause));
    let Some(cause) = cause else {
        let faults: FieldErrors = [("/cause", labels::CAUSE_MISSING)].into_iter().collect();
        let state = FormState::filled(form.fields()).with_errors(faults);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Box::pin(answer(&page, status, &linked, &token, state)).await;
    };
    let reason: String = form.text("reason").chars().take(1_000).collect();
    let actor = bearer(request, ACTOR);
    let work = async {
        let mut tx = page.app.begin(actor).await?;
        Box::pin(enrolments::cancel_by_link(&mut tx, &token, cause, reason)).await?;
        tx.commit().await?;
        Ok::<_, EnrolmentError>(())
    };
    let to = format!("/inscriptions/{token}");
    match Box::pin(work).await {
        Ok(()) => Ok(flash::redirect(&to, &Flash::done(said::CANCELLED.0, said::CANCELLED.1))),
        Err(EnrolmentError::LinkOver) => over(&page, StatusCode::GONE),
        Err(error) if error.kind() == ErrorKind::Conflict => {
            Ok(flash::redirect(&to, &Flash::problem(said::NOT_DONE, error.detail())))
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
