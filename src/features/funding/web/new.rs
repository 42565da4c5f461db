//! `/financements/nouveau`: who is expected to fund an enrolment, or those of all the people of its buyer.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::{FundingError, actions, labels};
use super::{Refused, refusal, schemes, terms};
use crate::authz::{Facts, Permission, allows_somewhere};
use crate::features::enrolments::EnrolmentError;
use crate::features::enrolments::queries::by_reference;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// `/financements/nouveau`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/funding/new.html")]
pub struct NewFundingPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// Schemes.
    pub schemes: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    inscription: String,
}

fn answer(page: &Page, status: StatusCode, form: FormState, refused: Refused) -> Result<Response> {
    allows_somewhere(page.actor(), Permission::FundingManage, &Facts::default()).map_err(WebError::from)?;
    let summary = form.summary(labels::NOT_RECORDED);
    let context = NewFundingPage {
        shell: page.shell(labels::NEW).with_errors(summary.is_some()),
        summary,
        refused,
        schemes: schemes(),
        form,
    };
    page.answer_with(status, &context)
}

/// The page.
#[handler]
pub(super) async fn blank(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let form = FormState::filled([("enrolment_id", asked.inscription)]);
    answer(&page, StatusCode::OK, form, None)
}

/// Records it.
#[handler]
pub(super) async fn create(page: Page, form: FormData) -> Result<Response> {
    let done = async {
        let reference = form.text("enrolment_id").trim().to_uppercase();
        let found = by_reference(page.app.db.read(), page.actor(), &reference).await;
        let line = found.map_err(|error| match error {
            EnrolmentError::NotFound => {
                FundingError::fault("/enrolment_id", "unknown", labels::faults::ENROLMENT_WANTED)
            }
            other => other.into(),
        })?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let everybody = form.ticked("everybody");
        let records = actions::create(&mut tx, line.enrolment.id, &terms(&form), everybody).await?;
        tx.commit().await?;
        Ok::<_, FundingError>(records)
    };
    match Box::pin(done).await {
        Ok(records) => {
            let path = records.first().map_or_else(|| "/financements".to_owned(), super::super::Record::path);
            Ok(flash::redirect(&path, &labels::recorded(records.len())))
        }
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, status, state, refused)
        }
    }
}
