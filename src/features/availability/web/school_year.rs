//! `/parametres/calendrier-scolaire/modifier?zone=guyane&annee=2026`: the school holidays of a zone for one school year, typed by
//! hand from the text that decides them.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};

use super::super::input::{MOST_HOLIDAYS, TypedHoliday, TypedSchoolYear};
use super::super::{AvailabilityError, actions, labels, queries};
use crate::authz::{Facts, Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::school_zone::{SchoolZone, school_year};
use crate::rules::typed_date::iso;

/// Where the calendar is.
const CALENDAR: &str = "/parametres/calendrier-scolaire";

/// The names of the fields of one line.
#[derive(Clone, Debug)]
pub struct HolidayFields {
    /// Name.
    pub name: String,
    /// First day.
    pub starts_on: String,
    /// Last day.
    pub ends_on: String,
}

impl HolidayFields {
    fn of(rank: usize) -> Self {
        let field = |name: &str| format!("holidays/{rank}/{name}");
        Self { name: field("name"), starts_on: field("starts_on"), ends_on: field("ends_on") }
    }
}

/// `/parametres/calendrier-scolaire/modifier`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/availability/school_year.html")]
pub struct SchoolYearPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The zones.
    pub zones: Vec<Choice>,
    /// The school years around today.
    pub years: Vec<Choice>,
    /// The lines.
    pub lines: Vec<HolidayFields>,
    /// The form.
    pub form: FormState,
}

/// Which zone and which school year.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    zone: String,
    annee: String,
}

/// The form, with what is known of the zone and of the year.
#[handler]
pub(super) async fn edit(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let _allowed =
        allows(page.actor(), Permission::SchoolCalendarEdit, &Facts::default()).map_err(WebError::from)?;
    let zone = SchoolZone::of(&asked.zone).unwrap_or(SchoolZone::Corse);
    let year = asked.annee.parse().unwrap_or_else(|_| school_year(page.app.today()));
    let found = queries::school_calendar(page.app.db.read(), page.actor()).await.map_err(WebError::from)?;
    let known: Vec<_> = found
        .iter()
        .filter(|one| one.zone == zone && school_year(one.period.from()) == year)
        .take(MOST_HOLIDAYS)
        .collect();
    let mut form = FormState::filled([("zone", zone.word().to_owned()), ("year", year.to_string())]);
    if let Some(first) = known.first() {
        form = form.with_value("source", first.source.clone());
    }
    for (rank, one) in known.iter().enumerate() {
        let fields = HolidayFields::of(rank);
        form = form
            .with_value(fields.name, one.name.clone())
            .with_value(fields.starts_on, iso(one.period.from()))
            .with_value(fields.ends_on, iso(one.period.until()));
    }
    answer(&page, StatusCode::OK, form)
}

fn answer(page: &Page, status: StatusCode, form: FormState) -> Result<Response> {
    let summary = form.summary(labels::YEAR_NOT_KEPT);
    let this = school_year(page.app.today());
    let context = SchoolYearPage {
        shell: page.shell(labels::EDIT_SCHOOL_YEAR).with_errors(summary.is_some()),
        summary,
        zones: SchoolZone::ALL
            .iter()
            .map(|zone| Choice::new(zone.word(), labels::school_zone(*zone)))
            .collect(),
        years: (this - 1..=this + 3).map(|year| Choice::new(year.to_string(), labels::year(year))).collect(),
        lines: (0..MOST_HOLIDAYS).map(HolidayFields::of).collect(),
        form,
    };
    page.answer_with(status, &context)
}

/// Keeps what is typed in place of what was known of the zone and of the year.
#[handler]
pub(super) async fn keep(page: Page, form: FormData) -> Result<Response> {
    let typed = typed(&form);
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let kept = actions::set_school_year(&mut tx, &typed).await?;
        tx.commit().await?;
        Ok::<_, AvailabilityError>(kept.len())
    };
    match done.await {
        Ok(count) => Ok(flash::redirect(CALENDAR, &labels::year_kept(count))),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

fn typed(form: &FormData) -> TypedSchoolYear {
    let text = |name: &str| form.text(name).to_owned();
    let line = |rank: usize| {
        let fields = HolidayFields::of(rank);
        TypedHoliday {
            name: text(&fields.name),
            starts_on: text(&fields.starts_on),
            ends_on: text(&fields.ends_on),
        }
    };
    TypedSchoolYear {
        zone: text("zone"),
        year: text("year"),
        source: text("source"),
        holidays: (0..MOST_HOLIDAYS).map(line).collect(),
    }
}
