//! `/parametres/calendrier-scolaire`: the school holidays that apply, and a file to load others.

use askama::Template;
use poem::http::StatusCode;
use poem::{Response, Result, handler};

use super::super::{AvailabilityError, import, labels, queries};
use crate::authz::{Facts, Permission, may};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::import_page::Faults;
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::import::Options;
use crate::render::french;
use crate::rules::school_zone::{SchoolZone, school_year};

/// One line of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolidayRow {
    /// Zone.
    pub zone: String,
    /// School year.
    pub year: String,
    /// Name.
    pub name: String,
    /// Days.
    pub days: String,
    /// Where the dates come from.
    pub source: String,
}

/// `/parametres/calendrier-scolaire`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/availability/school.html")]
pub struct SchoolPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Everything wrong in the file.
    pub faults: Faults,
    /// The holidays, by zone then by date.
    pub rows: Vec<HolidayRow>,
    /// Until when the calendar of each zone is known, and where its dates are typed.
    pub extents: Vec<(String, String)>,
    /// Whether the visitor may load a file.
    pub may_edit: bool,
    /// The form.
    pub form: FormState,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    answer(&page, StatusCode::OK, FormState::default(), Faults::default()).await
}

async fn answer(page: &Page, status: StatusCode, form: FormState, faults: Faults) -> Result<Response> {
    let found = queries::school_calendar(page.app.db.read(), page.actor()).await.map_err(WebError::from)?;
    let rows = found.iter().map(|one| {
        let year = school_year(one.period.from());
        HolidayRow {
            zone: labels::school_zone(one.zone),
            year: format!("{year}-{}", year + 1),
            name: one.name.clone(),
            days: french::date_range(one.period.from(), one.period.until()),
            source: one.source.clone(),
        }
    });
    let rows = rows.collect();
    let extent = |zone: SchoolZone| {
        let of_zone = found.iter().filter(|one| one.zone == zone);
        let told = labels::known_until(zone, of_zone.map(|one| one.period.until()).max());
        (told, format!("/parametres/calendrier-scolaire/modifier?zone={}", zone.word()))
    };
    let extents = SchoolZone::ALL.iter().copied().map(extent).collect();
    let summary = form.summary(labels::FILE_REFUSED);
    let context = SchoolPage {
        shell: page.shell(labels::SCHOOL_CALENDAR).with_errors(summary.is_some()),
        summary,
        faults,
        rows,
        extents,
        may_edit: may(page.actor(), Permission::SchoolCalendarEdit, &Facts::default()),
        form,
    };
    page.answer_with(status, &context)
}

/// Loads a file.
#[handler]
pub(super) async fn load(page: Page, form: FormData) -> Result<Response> {
    let refused = |error: &AvailabilityError| FormState::default().with_errors(FieldErrors::of(error));
    let Some(file) = form.file("file") else {
        let missing = AvailabilityError::Invalid(vec![Fault::new("/file", "missing", labels::FILE_WANTED)]);
        return answer(&page, StatusCode::UNPROCESSABLE_ENTITY, refused(&missing), Faults::default()).await;
    };
    let name: String = file.name.chars().take(200).collect();
    let actor = page.actor().clone();
    match import::import(&page.app, actor, &file.content, &name, Options::default()).await {
        Ok(report) if report.faults.is_empty() => {
            Ok(flash::redirect("/parametres/calendrier-scolaire", &labels::loaded(report.written)))
        }
        Ok(report) => {
            let told = if report.is_of_columns() { report.refusal() } else { labels::LINES_WRONG.to_owned() };
            let error = AvailabilityError::Invalid(vec![Fault::new("/file", "lines", told)]);
            let faults = Faults::from(&report);
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, refused(&error), faults).await
        }
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::default().with_errors(FieldErrors::of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, state, Faults::default()).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
