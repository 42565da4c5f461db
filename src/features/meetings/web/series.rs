//! `/reunions/serie`: plans the quarterly meetings of the same people in one act.

use askama::Template;
use entity::meeting::MeetingKind;
use poem::http::StatusCode;
use poem::{Response, Result, handler};
use time::Date;

use super::super::input::{QUARTERS, TypedSeries};
use super::super::{MeetingError, actions, labels};
use super::form::{QUARTER, modes, typed, zone_choices};
use crate::authz::{Facts, Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::address::with_query;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::calendar::Calendar;
use crate::rules::deadline::add_months;
use crate::rules::territory::PARIS;
use crate::rules::typed_date::iso;

/// `/reunions/serie`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/meetings/series.html")]
pub struct SeriesFormPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Video or on site.
    pub modes: Vec<Choice>,
    /// Zones.
    pub zones: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

/// The name of the field of a day.
fn field(rank: usize) -> String {
    format!("days/{rank}")
}

/// The form, with a day proposed in each quarter.
#[handler]
pub(super) async fn blank(page: Page) -> Result<Response> {
    let _allowed =
        allows(page.actor(), Permission::MeetingManage, &Facts::default()).map_err(WebError::from)?;
    let shared = [("zone", PARIS), ("mode", "video"), ("lasts_minutes", "120")];
    let shared = shared.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let days = quarters(page.app.today()).into_iter().enumerate();
    let days = days.map(|(rank, day)| (field(rank), iso(day)));
    answer(&page, StatusCode::OK, FormState::filled(shared.into_iter().chain(days)))
}

/// A day of each of the quarters to come, on which people work.
fn quarters(today: Date) -> Vec<Date> {
    let mut day = today;
    let next = || {
        day = add_months(day, QUARTER);
        Calendar::Metropolitan.next_working_day(day)
    };
    std::iter::repeat_with(next).take(QUARTERS).collect()
}

fn answer(page: &Page, status: StatusCode, form: FormState) -> Result<Response> {
    let summary = form.summary(labels::NOT_RECORDED);
    let context = SeriesFormPage {
        shell: page.shell(labels::NEW_SERIES).with_errors(summary.is_some()),
        summary,
        kinds: MeetingKind::all().map(|one| Choice::new(one.word(), labels::kind(one))).collect(),
        modes: modes(),
        zones: zone_choices(),
        form,
    };
    page.answer_with(status, &context)
}

/// Plans.
#[handler]
pub(super) async fn create(page: Page, form: FormData) -> Result<Response> {
    let done = async {
        let series = TypedSeries {
            meeting: typed(&form),
            days: (0..QUARTERS).map(|rank| form.text(&field(rank)).to_owned()).collect(),
        };
        let series = series.read(page.app.now(), page.app.today())?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::create_series(&mut tx, &series).await?;
        tx.commit().await?;
        Ok::<_, MeetingError>(with_query("/reunions", &[("metier", form.text("kind"))]))
    };
    match done.await {
        Ok(list) => Ok(flash::redirect(&list, &labels::series_planned())),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let _allowed =
                allows(page.actor(), Permission::MeetingManage, &Facts::default()).map_err(WebError::from)?;
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_working_day_of_each_quarter_is_proposed() {
        // 6 April 2026 is Easter Monday
        assert_eq!(
            quarters(date!(2026 - 01 - 06)),
            [date!(2026 - 04 - 07), date!(2026 - 07 - 06), date!(2026 - 10 - 06), date!(2027 - 01 - 06)]
        );
    }
}
