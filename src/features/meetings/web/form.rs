//! `/reunions/nouvelle`: plans a meeting.

use askama::Template;
use entity::meeting::{MeetingKind, MeetingMode};
use poem::http::StatusCode;
use poem::{Response, Result, handler};

use super::super::input::{TypedMeeting, TypedPlace};
use super::super::{MeetingError, actions, labels};
use crate::authz::{Facts, Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::territory::{PARIS, zones};

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

/// Video or on site.
pub(super) fn modes() -> Vec<Choice> {
    MeetingMode::all().map(|one| Choice::new(one.word(), labels::mode(one))).collect()
}

/// Zones, by the place that people name their hour by.
pub(super) fn zone_choices() -> Vec<Choice> {
    zones().iter().map(|(zone, place)| Choice::new(*zone, labels::hour_of(place))).collect()
}

/// The empty form.
#[handler]
pub(super) fn blank(page: Page) -> Result<Response> {
    let _allowed =
        allows(page.actor(), Permission::MeetingManage, &Facts::default()).map_err(WebError::from)?;
    let form = FormState::filled([("zone", PARIS), ("mode", "video"), ("lasts_minutes", "120")]);
    answer(&page, StatusCode::OK, form)
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
        let typed = TypedMeeting {
            kind: form.text("kind").to_owned(),
            place: place_of(&form),
            agenda: form.text("agenda").to_owned(),
        };
        let new = typed.read(page.app.today())?;
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
