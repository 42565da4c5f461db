//! `/reunions/nouvelle`: plans a meeting.

use askama::Template;
use entity::meeting::{self, MeetingKind, MeetingMode};
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};

use super::super::input::{TypedMeeting, TypedPlace};
use super::super::{MeetingError, actions, labels, queries};
use crate::authz::{Facts, Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::calendar::Calendar;
use crate::rules::deadline::{add_months, local};
use crate::rules::territory::{PARIS, zones};
use crate::rules::typed_date::iso;

/// Months between two meetings of the same people.
pub(super) const QUARTER: i32 = 3;

/// `/reunions/nouvelle`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/meetings/form.html")]
pub struct MeetingFormPage {
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

/// When and where, of a form.
pub(super) fn place_of(form: &FormData) -> TypedPlace {
    let text = |name: &str| form.text(name).to_owned();
    TypedPlace {
        day: text("day"),
        time: text("time"),
        zone: text("zone"),
        mode: text("mode"),
        place: text("place"),
        lasts: text("lasts_minutes"),
    }
}

/// A meeting, as typed.
pub(super) fn typed(form: &FormData) -> TypedMeeting {
    TypedMeeting {
        kind: form.text("kind").to_owned(),
        place: place_of(form),
        agenda: form.text("agenda").to_owned(),
    }
}

/// Video or on site.
pub(super) fn modes() -> Vec<Choice> {
    MeetingMode::all().map(|one| Choice::new(one.word(), labels::mode(one))).collect()
}

/// Zones, by the place that people name their hour by.
pub(super) fn zone_choices() -> Vec<Choice> {
    zones().iter().map(|(zone, place)| Choice::new(*zone, labels::hour_of(place))).collect()
}

/// What the address says: the meeting that the new one follows.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    suite: String,
}

/// The form, empty or filled like the meeting before.
#[handler]
pub(super) async fn blank(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let _allowed =
        allows(page.actor(), Permission::MeetingManage, &Facts::default()).map_err(WebError::from)?;
    let form = if asked.suite.is_empty() {
        FormState::filled([("zone", PARIS), ("mode", "video"), ("lasts_minutes", "120")])
    } else {
        let whole = queries::by_number(page.app.db.read(), page.actor(), &asked.suite).await;
        FormState::filled(following(&whole.map_err(WebError::from)?.meeting))
    };
    answer(&page, StatusCode::OK, form)
}

/// The next meeting of the same people: a quarter later, on a day when people work, at the same hour.
fn following(row: &meeting::Model) -> Vec<(&'static str, String)> {
    let day = Calendar::Metropolitan.next_working_day(add_months(row.meets_on, QUARTER));
    let here = local(*row.starts_at, &row.zone).ok();
    let time = here.map(|here| format!("{:02}:{:02}", here.hour(), here.minute()));
    vec![
        ("kind", row.kind.word()),
        ("day", iso(day)),
        ("time", time.unwrap_or_default()),
        ("zone", row.zone.clone()),
        ("mode", row.mode.word()),
        ("place", row.place.clone()),
        ("lasts_minutes", row.lasts_minutes.to_string()),
        ("agenda", row.agenda.clone()),
    ]
}

fn answer(page: &Page, status: StatusCode, form: FormState) -> Result<Response> {
    let summary = form.summary(labels::NOT_RECORDED);
    let context = MeetingFormPage {
        shell: page.shell(labels::NEW_MEETING).with_errors(summary.is_some()),
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
        let new = typed(&form).read(page.app.today())?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let row = actions::create(&mut tx, &new).await?;
        tx.commit().await?;
        Ok::<_, MeetingError>(row)
    };
    match done.await {
        Ok(row) => Ok(flash::redirect(&format!("/reunions/{}", row.number), &labels::planned())),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let _allowed =
                allows(page.actor(), Permission::MeetingManage, &Facts::default()).map_err(WebError::from)?;
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
