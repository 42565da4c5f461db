//! `/sessions/{number}/sous-traitance`: what a session is entrusted with.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::input::TypedSubcontract;
use super::super::load::Whole;
use super::super::{TrainingError, actions, labels};
use super::faults::status_of;
use super::form::{opened, structure_of};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::money::exact;
use crate::rules::typed_date::iso;

/// What a session is entrusted with.
#[derive(Template, Clone, Debug)]
#[template(path = "web/training/subcontract.html")]
pub struct SubcontractPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number.
    pub number: String,
    /// Whether a contract is in force.
    pub in_force: bool,
    /// The form.
    pub form: FormState,
    /// The form that ends it.
    pub end: FormState,
}

fn answer(
    page: &Page,
    status: StatusCode,
    whole: &Whole,
    (form, end): (FormState, FormState),
) -> Result<Response> {
    let summary = form.summary(labels::NOT_RECORDED).or_else(|| end.summary(labels::NOT_RECORDED));
    let version = whole.session.version;
    let context = SubcontractPage {
        shell: page.shell(labels::SUBCONTRACTOR).with_errors(summary.is_some()),
        summary,
        number: whole.session.number.clone(),
        in_force: whole.subcontract.is_some(),
        form: form.with_version(version.into()),
        end: end.with_version(version.into()).with_prefix("fin"),
    };
    page.answer_with(status, &context)
}

fn fields(whole: &Whole) -> Vec<(&'static str, String)> {
    let Some(row) = &whole.subcontract else { return Vec::new() };
    let day = |day: Option<time::Date>| day.map(iso).unwrap_or_default();
    vec![
        ("party", row.party.clone()),
        ("siret", row.siret.clone()),
        ("nda", row.nda.clone()),
        ("contact", row.contact.clone()),
        ("missions", row.missions.clone()),
        ("means", row.means.clone()),
        ("follow_up", row.follow_up.clone()),
        ("amount", exact(row.amount_cents)),
        ("qualiopi_until", day(row.qualiopi_until)),
        ("checked_on", day(row.checked_on)),
    ]
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let whole = opened(&page, &number).await.map_err(WebError::from)?;
    let forms = (FormState::filled(fields(&whole)), FormState::default());
    answer(&page, StatusCode::OK, &whole, forms)
}

/// Records it.
#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let whole = opened(&page, &number).await.map_err(WebError::from)?;
    let done = async {
        let structure = structure_of(&page, &form).await?;
        let text = |name: &str| form.text(name).to_owned();
        let typed = TypedSubcontract {
            structure,
            party: text("party"),
            siret: text("siret"),
            nda: text("nda"),
            contact: text("contact"),
            missions: text("missions"),
            means: text("means"),
            follow_up: text("follow_up"),
            amount: text("amount"),
            qualiopi_until: text("qualiopi_until"),
            checked_on: text("checked_on"),
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        Box::pin(actions::record_subcontract(&mut tx, whole.session.id, form.version(), &typed)).await?;
        tx.commit().await?;
        Ok::<_, TrainingError>(())
    };
    match Box::pin(done).await {
        Ok(()) => Ok(flash::redirect(&whole.path(), &labels::acts::recorded())),
        Err(error) => {
            let (status, errors) = status_of(error)?;
            let state = FormState::filled(form.fields()).with_errors(errors);
            answer(&page, status, &whole, (state, FormState::default()))
        }
    }
}

/// Ends it.
#[handler]
pub(super) async fn finish(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let whole = opened(&page, &number).await.map_err(WebError::from)?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let reason = form.text("reason");
        Box::pin(actions::end_subcontract(&mut tx, whole.session.id, form.version(), reason)).await?;
        tx.commit().await?;
        Ok::<_, TrainingError>(())
    };
    match Box::pin(done).await {
        Ok(()) => Ok(flash::redirect(&whole.path(), &labels::acts::recorded())),
        Err(error) => {
            let (status, errors) = status_of(error)?;
            let state = FormState::filled(form.fields()).with_errors(errors);
            answer(&page, status, &whole, (FormState::filled(fields(&whole)), state))
        }
    }
}
