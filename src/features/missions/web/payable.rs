//! `/missions/a-payer`: the claims whose service was done, their file, and the payment that settles several at once.

use std::collections::HashMap;

use askama::Template;
use entity::ids::MissionId;
use poem::http::{StatusCode, header};
use poem::{Response, Result, handler};

use super::super::actions::expenses;
use super::super::api::PAYABLE_FILE;
use super::super::queries::{self, Payable};
use super::super::{MissionError, wording};
use super::labels as words;
use crate::authz::{Facts, Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::address::disposition;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::territory::PARIS;
use crate::rules::typed_date::iso;

/// The field of the missions ticked.
const TICKED: &str = "missions";

/// One claim of the list.
#[derive(Clone, Debug)]
pub struct PayableRow {
    /// Page of the mission.
    pub href: String,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Person.
    pub person: String,
    /// "3 mars 2026": when the service was said done.
    pub certified: String,
    /// Fee.
    pub fee: String,
    /// Expenses.
    pub expenses: String,
    /// Total.
    pub total: String,
    /// The employer to whom it is to be paid and its SIRET; none for the person.
    pub employer: Option<(String, String)>,
    /// Whether it is that of the visitor, whom somebody else pays.
    pub own: bool,
}

/// `/missions/a-payer`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/missions/payable.html")]
pub struct PayablePage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What is to be paid.
    pub rows: Vec<PayableRow>,
    /// The sum.
    pub total: String,
    /// Today, the last day of a payment.
    pub today: String,
    /// The form.
    pub form: FormState,
}

async fn found(page: &Page) -> Result<Vec<Payable>> {
    let _allowed =
        allows(page.actor(), Permission::MissionSettle, &Facts::default()).map_err(WebError::from)?;
    Ok(queries::payable(page.app.db.read(), page.actor()).await.map_err(WebError::from)?)
}

#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    let found = found(&page).await?;
    let form = FormState::filled([("paid_on", today(&page))]);
    answer(&page, StatusCode::OK, &found, form)
}

fn today(page: &Page) -> String {
    iso(wording::local_date(page.app.now(), PARIS))
}

fn answer(page: &Page, status: StatusCode, found: &[Payable], form: FormState) -> Result<Response> {
    let summary = form.summary(words::NOT_DONE);
    let own = page.actor().expert();
    let row = |one: &Payable| PayableRow {
        href: format!("/missions/{}", one.mission.number),
        number: one.mission.number.clone(),
        title: one.mission.title.clone(),
        person: one.expert_name.clone(),
        employer: one.claim.employer_name.clone().zip(one.claim.employer_siret.clone()),
        certified: one.claim.certified_at.map(|at| wording::local_day(*at, PARIS)).unwrap_or_default(),
        fee: french::money_cents(one.claim.fee_cents),
        expenses: french::money_cents(one.claim.expenses_cents),
        total: french::money_cents(one.total_cents()),
        own: own == Some(one.mission.expert_id),
    };
    let context = PayablePage {
        shell: page.shell(words::expenses::PAYABLE).with_errors(summary.is_some()),
        summary,
        rows: found.iter().map(row).collect(),
        total: french::money_cents(found.iter().map(Payable::total_cents).sum()),
        today: today(page),
        form,
    };
    page.answer_with(status, &context)
}

/// Settles the missions ticked.
#[handler]
pub(super) async fn settle(page: Page, form: FormData) -> Result<Response> {
    let known = found(&page).await?;
    let done = async {
        let missions = ticked(&known, &form)?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let paid = (form.text("paid_on"), form.text("payment"));
        let settled = expenses::settle(&mut tx, &missions, paid.0, paid.1).await?;
        tx.commit().await?;
        Ok::<_, MissionError>(settled.len())
    };
    let error = match done.await {
        Ok(count) => return Ok(flash::redirect("/missions/a-payer", &words::expenses::paid(count))),
        Err(error) => error,
    };
    let status = match error.kind() {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict | ErrorKind::Stale => StatusCode::CONFLICT,
        _ => return Err(WebError::from(error).into()),
    };
    let mut errors = FieldErrors::of(&error);
    errors.rename("/mission_ids", "/missions");
    let state = FormState::filled(form.fields()).with_errors(errors);
    answer(&page, status, &found(&page).await?, state)
}

/// The missions ticked; one that left the list meanwhile is told by its number.
fn ticked(known: &[Payable], form: &FormData) -> Result<Vec<MissionId>, MissionError> {
    let by_number: HashMap<&str, MissionId> =
        known.iter().map(|one| (one.mission.number.as_str(), one.mission.id)).collect();
    let one = |number: &str| {
        by_number.get(number).copied().ok_or_else(|| MissionError::ClaimState(number.to_owned()))
    };
    form.all(TICKED).into_iter().map(one).collect()
}

/// The file. Taking it is written in the journal.
#[handler]
pub(super) async fn export(page: Page, _form: FormData) -> Result<Response> {
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let file = expenses::export_payable(&mut tx).await?;
        tx.commit().await?;
        Ok::<_, MissionError>(file)
    };
    let file = done.await.map_err(WebError::from)?;
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, "text/csv; charset=utf-8")
        .header(header::CONTENT_DISPOSITION, disposition(PAYABLE_FILE))
        .header(header::CACHE_CONTROL, "no-store")
        .body(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mission_that_is_not_to_be_paid_any_more_is_told_by_its_number() {
        let form = FormData::of(&[(TICKED, "MIS-2025-0009")]);
        let refused = ticked(&[], &form).unwrap_err();
        assert!(
            matches!(&refused, MissionError::ClaimState(number) if number == "MIS-2025-0009"),
            "{refused}"
        );
        assert!(ticked(&[], &FormData::default()).unwrap().is_empty());
    }
}
