//! `/intervenants/{number}/empechement`: somebody cannot come for some days; the list of what that touches comes first.

use askama::Template;
use entity::expert;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::TypedImpediment;
use super::super::queries::Touched;
use super::super::{MissionError, actions, queries};
use super::labels as words;
use super::reply::reasons_of;
use crate::authz::{Facts, Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::features::availability::queries as time_of;
use crate::http::web::component::{Choice, Link};
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::{CSRF_FIELD, ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::period::Period;
use crate::rules::typed_date;

/// The field that says yes.
const CONFIRMED: &str = "confirme";

/// `/intervenants/{number}/empechement`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/missions/impediment.html")]
pub struct ImpedimentFormPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Option<(String, Vec<String>)>,
    /// The person.
    pub person: String,
    /// Whether the reader is that person.
    pub own: bool,
    /// Their file.
    pub back: Link,
    /// Where the form posts.
    pub action: String,
    /// What the days of the address touch; none without days.
    pub touched: Option<Vec<String>>,
    /// Reasons.
    pub reasons: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

/// The days that the address gives, from the page of a mission for instance.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Days {
    du: String,
    au: String,
}

impl Days {
    fn period(&self) -> Option<Period> {
        let from = typed_date::parse(&self.du)?;
        let until = if self.au.is_empty() { from } else { typed_date::parse(&self.au)? };
        Period::new(from, until).ok()
    }
}

async fn person(page: &Page, number: &str) -> Result<expert::Model> {
    let found = time_of::expert_by_number(page.app.db.read(), page.actor(), number).await;
    let found = found.map_err(WebError::from)?;
    let facts = Facts { expert: Some(found.id), ..Facts::default() };
    let _allowed = allows(page.actor(), Permission::AvailabilityEdit, &facts).map_err(WebError::from)?;
    Ok(found)
}

/// Whether the reader is that person.
fn is_own(page: &Page, person: &expert::Model) -> bool {
    page.actor().expert() == Some(person.id)
}

fn path(person: &expert::Model) -> String {
    format!("/intervenants/{}/empechement", person.number)
}

#[handler]
pub(super) async fn show(
    page: Page,
    Path(number): Path<String>,
    Query(days): Query<Days>,
) -> Result<Response> {
    let person = person(&page, &number).await?;
    let form = FormState::filled([("starts_on", days.du.clone()), ("ends_on", days.au.clone())]);
    let touched = match days.period() {
        Some(period) => {
            let conn = page.app.db.read();
            let found = queries::touched(conn, page.actor(), &person, period, page.app.now()).await;
            Some(found.map_err(WebError::from)?)
        }
        None => None,
    };
    answer(&page, StatusCode::OK, &person, form, None, touched.as_deref())
}

fn answer(
    page: &Page,
    status: StatusCode,
    person: &expert::Model,
    form: FormState,
    refusal: Option<&MissionError>,
    touched: Option<&[Touched]>,
) -> Result<Response> {
    let summary = form.summary(words::NOT_DONE);
    let context = ImpedimentFormPage {
        shell: page.shell(words::impediment::TITLE).with_errors(summary.is_some()),
        summary,
        refused: refusal.map(|error| (error.detail(), error.blocking())),
        person: person.name(),
        own: is_own(page, person),
        back: Link::new(person.name(), format!("/intervenants/{}", person.number)),
        action: path(person),
        touched: touched.map(words::impediment::touched_lines),
        reasons: reasons_of(is_own(page, person)),
        form,
    };
    page.answer_with(status, &context)
}

#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let person = person(&page, &number).await?;
    let text = |name: &str| form.text(name).to_owned();
    let typed = TypedImpediment {
        starts_on: text("starts_on"),
        ends_on: text("ends_on"),
        reason: text("reason"),
        note: text("note"),
    };
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    let mark: Uuid = tx.new_id();
    let touched = match actions::impede(&mut tx, person.id, &typed).await {
        Ok(touched) => touched,
        Err(error) => {
            drop(tx);
            return refuse(&page, &person, &form, error);
        }
    };
    if form.text(CONFIRMED) == "oui" {
        tx.commit().await.map_err(WebError::from)?;
        return Ok(flash::redirect(
            &format!("/intervenants/{}", person.number),
            &words::impediment::impeded(),
        ));
    }
    // Done and undone: the list is that of the acts themselves.
    let mut things: Vec<Uuid> = touched.iter().map(|one| one.planned.id()).collect();
    things.push(person.id.0);
    let told = queries::told_about(tx.conn(), &things, mark).await.map_err(WebError::from)?;
    drop(tx);
    ask(&page, &person, &typed, &form, &words::impediment::effects(&touched, &told))
}

fn refuse(page: &Page, person: &expert::Model, form: &FormData, error: MissionError) -> Result<Response> {
    let status = match error.kind() {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict | ErrorKind::Stale => StatusCode::CONFLICT,
        _ => return Err(WebError::from(error).into()),
    };
    let errors: FieldErrors =
        error.faults().into_iter().map(|fault| (fault.pointer, fault.message)).collect();
    let refusal = errors.is_empty().then_some(&error);
    let typed = form.fields().filter(|(name, _)| *name != CONFIRMED);
    let state = FormState::filled(typed).with_errors(errors);
    answer(page, status, person, state, refusal, None)
}

fn ask(
    page: &Page,
    person: &expert::Model,
    typed: &TypedImpediment,
    form: &FormData,
    effects: &[String],
) -> Result<Response> {
    let hidden = |name: &str| name == CSRF_FIELD || name == CONFIRMED;
    let fields = form.fields().filter(|(name, _)| !hidden(name));
    let first = typed_date::parse(&typed.starts_on).unwrap_or_else(|| page.app.today());
    let last = typed_date::parse(&typed.ends_on).unwrap_or(first);
    let name = (!is_own(page, person)).then(|| person.name());
    page.answer(&ConfirmationPage {
        shell: page.shell(words::impediment::ASKED),
        intro: words::impediment::intro(name.as_deref(), first, last),
        effects: effects.to_vec(),
        warnings: Vec::new(),
        typed: fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        action: path(person),
        keep: Link::new(words::impediment::KEEP, format!("/intervenants/{}", person.number)),
        act: words::impediment::DO.to_owned(),
        danger: true,
    })
}
