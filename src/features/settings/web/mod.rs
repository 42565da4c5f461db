//! `/parametres/delais`: the delays of the agreement procedure, with their units and their defaults.

use askama::Template;
use poem::http::StatusCode;
use poem::{Response, Result, Route, get, handler};
use serde_json::{Map, Value};

use super::labels::{self, DelayKind};
use super::{Current, Key, SettingError, actions, queries};
use crate::authz::{Facts, Permission, may};
use crate::error::{DomainError, ErrorKind, Faults};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// Adds the pages of settings.
#[must_use]
pub fn pages(route: Route) -> Route {
    route.at("/parametres/delais", get(show).post(save))
}

/// One delay of the form.
#[derive(Clone, Debug)]
pub struct Field {
    /// Name of the value.
    pub name: &'static str,
    /// What it is.
    pub label: &'static str,
    /// Its unit and its default.
    pub help: String,
    /// Whether it is a list of numbers.
    pub list: bool,
    /// Whether it is a box to tick.
    pub tick: bool,
}

/// `/parametres/delais`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/settings/delays.html")]
pub struct DelaysPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Groups of delays: title and fields.
    pub groups: Vec<(&'static str, Vec<Field>)>,
    /// Whether every value is the one proposed by the program.
    pub is_default: bool,
    /// Whether the visitor may change them.
    pub may_edit: bool,
    /// The form.
    pub form: FormState,
}

#[handler]
async fn show(page: Page) -> Result<Response> {
    let current = current(&page).await?;
    let form = FormState::filled(values(&current.value)).with_version(current.version.into());
    answer(&page, StatusCode::OK, &current, form)
}

async fn current(page: &Page) -> Result<Current> {
    let found = queries::get(page.app.db.read(), page.actor(), Key::AgreementDelays.name()).await;
    Ok(found.map_err(WebError::from)?)
}

fn answer(page: &Page, status: StatusCode, current: &Current, form: FormState) -> Result<Response> {
    let summary = form.summary(labels::NOT_RECORDED);
    let default = Key::AgreementDelays.default_value();
    let field = |delay: &labels::Delay| Field {
        name: delay.name,
        label: delay.label,
        help: labels::help(delay, &written(&default[delay.name])),
        list: delay.kind.is_list(),
        tick: delay.kind == DelayKind::YesNo,
    };
    let groups = labels::DELAYS.iter().map(|(title, delays)| (*title, delays.iter().map(field).collect()));
    let context = DelaysPage {
        shell: page.shell(labels::DELAYS_TITLE).with_errors(summary.is_some()),
        summary,
        groups: groups.collect(),
        is_default: current.is_default,
        may_edit: may(page.actor(), Permission::SettingEdit, &Facts::default()),
        form,
    };
    page.answer_with(status, &context)
}

#[handler]
async fn save(page: Page, form: FormData) -> Result<Response> {
    let current = current(&page).await?;
    let done = async {
        let proposed = if form.ticked("defaut") { None } else { Some(typed(&form)?) };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::change(&mut tx, Key::AgreementDelays, form.version(), proposed.as_ref()).await?;
        Ok::<_, SettingError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect("/parametres/delais", &labels::recorded())),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields())
                .with_errors(FieldErrors::of(&error))
                .with_version(form.version().unwrap_or(current.version).into());
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &current, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The values as the fields show them.
fn values(value: &Value) -> Vec<(String, String)> {
    let object = value.as_object().into_iter().flatten();
    object.map(|(name, value)| (name.clone(), written(value))).collect()
}

/// `15`, `30, 7, -1`, or the answer to a question.
fn written(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(written).collect::<Vec<_>>().join(", "),
        Value::Bool(true) => "oui".to_owned(),
        Value::Bool(false) => "non".to_owned(),
        other => other.to_string(),
    }
}

/// The value that the form proposes, or every fault: fields that are no number, and numbers that cannot be.
fn typed(form: &FormData) -> Result<Value, SettingError> {
    let mut faults = Faults::default();
    let mut unread = Vec::new();
    let mut object = Map::new();
    for delay in labels::DELAYS.iter().flat_map(|(_, delays)| delays.iter()) {
        if delay.kind == DelayKind::YesNo {
            object.insert(delay.name.to_owned(), Value::Bool(form.ticked(delay.name)));
            continue;
        }
        if let Some(value) = number(delay.kind, form.text(delay.name)) {
            object.insert(delay.name.to_owned(), value);
        } else {
            let pointer = format!("/{}", delay.name);
            faults.push(pointer.clone(), "number", labels::number_wanted(delay));
            unread.push(pointer);
        }
    }
    let object = Value::Object(object);
    // The act finds these again when every field is a number. A field that is none has its default here.
    if !unread.is_empty()
        && let Err(others) = Key::AgreementDelays.checked(&object)
    {
        for other in others.into_iter().filter(|other| !unread.contains(&other.pointer)) {
            faults.push(other.pointer, other.code, other.message);
        }
    }
    faults.or(Some(object)).map_err(SettingError::Invalid)
}

fn number(kind: DelayKind, text: &str) -> Option<Value> {
    let lowest = if kind == DelayKind::DaysAround { i32::from(i16::MIN) } else { 0 };
    let one = |text: &str| {
        let number: i32 = text.trim().parse().ok()?;
        (lowest..=i32::from(i16::MAX)).contains(&number).then_some(Value::from(number))
    };
    if !kind.is_list() {
        return one(text);
    }
    let parts = text.split([',', ';']).filter(|part| !part.trim().is_empty());
    parts.map(one).collect::<Option<Vec<_>>>().map(Value::Array)
}
