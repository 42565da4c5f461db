//! `/intervenants/{number}/colleges`: the colleges that a person sits for in juries.

use askama::Template;
use entity::college_seat::{self, College};
use entity::ids::CollegeSeatId;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::TypedSeat;
use super::super::{PanelError, actions, labels, queries};
use crate::authz::{Facts, Permission, may};
use crate::error::{DomainError, ErrorKind};
use crate::features::experts;
use crate::http::web::component::{Choice, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// A college that the person sits for.
#[derive(Clone, Debug)]
pub struct SeatRow {
    /// The college.
    pub college: &'static str,
    /// In which quality.
    pub quality: String,
    /// Who appointed them.
    pub appointed_by: String,
    /// Its days.
    pub span: String,
    /// Where its end is recorded; empty once it is over or when the reader may not.
    pub end: String,
    /// The form of its end.
    pub form: FormState,
}

/// `/intervenants/{number}/colleges`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/panels/colleges.html")]
pub struct CollegesPage {
    /// The shell.
    pub shell: Shell,
    /// Faults.
    pub summary: Option<ErrorSummary>,
    /// Back to the file.
    pub back: Link,
    /// Number of the person.
    pub number: String,
    /// Name of the person.
    pub name: String,
    /// The seats, the latest first.
    pub seats: Vec<SeatRow>,
    /// Whether the reader may record one.
    pub may_edit: bool,
    /// The colleges.
    pub colleges: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

/// The form that comes back: that of a new seat, or that of the end of one.
enum Returned {
    New(FormState),
    End(Uuid, FormState),
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    returned: Option<Returned>,
) -> Result<Response> {
    let conn = page.app.db.read();
    let found = experts::queries::by_number(conn, page.actor(), number).await.map_err(WebError::from)?;
    let expert = found.expert;
    let rows = queries::seats_of(conn, expert.id).await.map_err(WebError::from)?;
    let may_edit = may(page.actor(), Permission::CollegeSeatManage, &Facts::of_expert(&expert));
    let (form, ending) = match returned {
        Some(Returned::New(form)) => (form, None),
        Some(Returned::End(id, form)) => (FormState::default(), Some((id, form))),
        None => (FormState::default(), None),
    };
    let ended = ending.as_ref().map(|(_, form)| form);
    let summary = ended.unwrap_or(&form).summary(labels::NOT_RECORDED);
    let row = |row: &college_seat::Model| {
        let own = ending.as_ref().filter(|(id, _)| *id == row.id.0);
        let form = own.map(|(_, form)| form.clone()).unwrap_or_default();
        seat(number, row, may_edit, form)
    };
    let name = expert.name();
    let context = CollegesPage {
        shell: page.shell(labels::COLLEGES).with_errors(summary.is_some()),
        summary,
        back: Link::new(name.clone(), format!("/intervenants/{}", expert.number)),
        number: expert.number.clone(),
        name,
        seats: rows.iter().map(row).collect(),
        may_edit,
        colleges: College::all().map(|one| Choice::new(one.word(), labels::college(one))).collect(),
        form,
    };
    page.answer_with(status, &context)
}

fn seat(number: &str, row: &college_seat::Model, may_edit: bool, form: FormState) -> SeatRow {
    let open = may_edit && row.until.is_none();
    let end = format!("/intervenants/{number}/colleges/{}/fin", row.id);
    SeatRow {
        college: labels::college(row.college),
        quality: row.quality.clone(),
        appointed_by: row.appointed_by.clone(),
        span: labels::span(row.since, row.until),
        end: if open { end } else { String::new() },
        form: form.with_version(row.version.into()).with_prefix(row.id.to_string()),
    }
}

/// Records a seat.
#[handler]
pub(super) async fn record(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let found = experts::queries::by_number(page.app.db.read(), page.actor(), &number).await?;
        let text = |name: &str| form.text(name).to_owned();
        let typed = TypedSeat {
            college: text("college"),
            quality: text("quality"),
            appointed_by: text("appointed_by"),
            since: text("since"),
            until: text("until"),
        };
        let new = typed.read()?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::record_seat(&mut tx, found.expert.id, &new).await?;
        Ok::<_, PanelError>(tx.commit().await?)
    };
    let done = done.await;
    settled(&page, &number, done, |errors| {
        Returned::New(FormState::filled(form.fields()).with_errors(errors))
    })
    .await
}

/// Records the end of a seat.
#[handler]
pub(super) async fn close(
    page: Page,
    Path((number, which)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::end_seat(&mut tx, CollegeSeatId(which), form.version(), form.text("until")).await?;
        Ok::<_, PanelError>(tx.commit().await?)
    };
    let done = done.await;
    settled(&page, &number, done, |errors| {
        Returned::End(which, FormState::filled(form.fields()).with_errors(errors))
    })
    .await
}

async fn settled(
    page: &Page,
    number: &str,
    done: Result<(), PanelError>,
    returned: impl FnOnce(FieldErrors) -> Returned,
) -> Result<Response> {
    let error = match done {
        Ok(()) => {
            let path = format!("/intervenants/{number}/colleges");
            return Ok(flash::redirect(&path, &labels::recorded()));
        }
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::Invalid | ErrorKind::Conflict => {
            let form = returned(FieldErrors::of(&error));
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, number, Some(form)).await
        }
        _ => Err(WebError::from(error).into()),
    }
}
