//! `/controles`: the inspections that this person may see, with filters; the same as a file.

use askama::Template;
use entity::inspection::{InspectionState, Trigger};
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};

use super::super::error::InspectionError;
use super::super::queries::{self, Filter, Found};
use super::labels as words;
use crate::authz::{Facts, Permission, may};
use crate::db::{Cursor, List, PageRequest, record_taken};
use crate::features::agreements::wording;
use crate::features::inspections::labels;
use crate::http::web::asked;
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, download, filters};
use crate::render::{french, spreadsheet};
use crate::rules::typed_date::iso;

const ROWS: u64 = 30;
const VACANT: &str = "a-confier";
const OPEN: &str = "en-cours";

/// One inspection of the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its page.
    pub href: String,
    /// Number.
    pub number: String,
    /// Why it is made.
    pub trigger: &'static str,
    /// Whose right it is.
    pub structure: String,
    /// Date, or the day before which it should take place.
    pub when: String,
    /// Who makes it.
    pub controller: String,
    /// Where it stands.
    pub status: Status,
}

/// `/controles`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/inspections/list.html")]
pub struct ListPage {
    /// The shell.
    pub shell: Shell,
    /// The filters: `q`, `etat`, `nature`.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Triggers.
    pub triggers: Vec<Choice>,
    /// Whether a filter is set.
    pub filtered: bool,
    /// The same list as a file; empty for whoever is not of the team.
    pub file: String,
    /// Whether the visitor plans inspections.
    pub may_plan: bool,
    /// Whether the visitor sees draws.
    pub may_draw: bool,
    /// The inspections.
    pub rows: Vec<Row>,
    /// Where the list continues.
    pub pages: Pagination,
}

/// The filters, as the address says them.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    etat: String,
    nature: String,
    suite: String,
}

enum Wanted {
    State(InspectionState),
    Vacant,
    Open,
}

impl Wanted {
    fn read(word: &str) -> Option<Self> {
        match word {
            VACANT => Some(Self::Vacant),
            OPEN => Some(Self::Open),
            word => InspectionState::from_word(word).map(Self::State),
        }
    }
}

impl Asked {
    fn filter(&self, errors: &mut FieldErrors) -> Filter {
        let wanted = asked::choice("/etat", &self.etat, Wanted::read, errors);
        let trigger = asked::choice("/nature", &self.nature, Trigger::from_word, errors);
        let mut filter = Filter { q: self.q.clone(), trigger, ..Filter::default() };
        match wanted {
            Some(Wanted::State(state)) => filter.state = Some(state),
            Some(Wanted::Vacant) => filter.vacant = true,
            Some(Wanted::Open) => filter.open = Some(true),
            None => {}
        }
        filter
    }

    fn address(&self, path: &str, next: &str) -> String {
        let parameters =
            [("q", self.q.as_str()), ("etat", &self.etat), ("nature", &self.nature), ("suite", next)];
        address::with_query(path, &parameters)
    }

    fn is_filtered(&self) -> bool {
        [&self.q, &self.etat, &self.nature].iter().any(|asked| !asked.trim().is_empty())
    }
}

#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let mut errors = FieldErrors::default();
    let filter = asked.filter(&mut errors);
    let found = queries::list(page.app.db.read(), page.actor(), &filter, &wanted).await;
    let found = found.map_err(WebError::from)?;
    let wrong = !errors.is_empty();
    let team = page.actor().is_staff();
    let others = [Choice::new(OPEN, words::OPEN), Choice::new(VACANT, words::VACANT)];
    let states = InspectionState::all().map(|one| Choice::new(one.word(), labels::state(one).word));
    let context = ListPage {
        shell: page.shell(words::INSPECTIONS).with_errors(wrong),
        states: if team { others.into_iter().chain(states).collect() } else { states.collect() },
        triggers: Trigger::all().map(|one| Choice::new(one.word(), labels::trigger(one))).collect(),
        filtered: wrong || asked.is_filtered(),
        file: if team { asked.address("/controles/export.csv", "") } else { String::new() },
        may_plan: may(page.actor(), Permission::InspectionPlan, &Facts::default()),
        may_draw: may(page.actor(), Permission::DrawView, &Facts::default()),
        rows: found.items.iter().map(row).collect(),
        pages: Pagination {
            first: wanted.after.is_some().then(|| asked.address("/controles", "")),
            next: found.next.map(|cursor| asked.address("/controles", &cursor.encode())),
        },
        form: FormState::filled([
            ("q", asked.q.clone()),
            ("etat", asked.etat.clone()),
            ("nature", asked.nature.clone()),
        ])
        .with_errors(errors),
    };
    page.answer_with(if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &context)
}

fn row(found: &Found) -> Row {
    let row = &found.inspection;
    let date = row.starts_at.map(|at| wording::instant(*at, &row.zone));
    let due = row.due_on.map(|day| labels::before(&french::date(day)));
    let controller = Some(found.controller_name.clone()).filter(|name| !name.is_empty());
    Row {
        href: format!("/controles/{}", row.number),
        number: row.number.clone(),
        trigger: labels::trigger(row.origin),
        structure: found.structure_name.clone(),
        when: date.or(due).unwrap_or_else(|| words::NO_DATE.to_owned()),
        controller: controller.unwrap_or_else(|| words::NOBODY.to_owned()),
        status: labels::state(row.state),
    }
}

/// The list as a file. Taking it is written in the journal.
#[handler]
pub(super) async fn export(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    if !page.actor().is_staff() {
        return Err(WebError::from(InspectionError::NotFound).into());
    }
    let mut errors = FieldErrors::default();
    let filter = asked.filter(&mut errors);
    if !errors.is_empty() {
        return Err(WebError::from(InspectionError::Invalid(asked::faults(&errors))).into());
    }
    let lines = all(&page, &filter).await.map_err(WebError::from)?;
    let count = lines.len();
    let file = spreadsheet::csv(&words::COLUMNS, lines);
    let taken = (List::Inspections, file.as_slice(), count);
    record_taken(&page.app, page.actor(), Permission::InspectionView, taken)
        .await
        .map_err(InspectionError::from)
        .map_err(WebError::from)?;
    Ok(download::attachment(spreadsheet::CSV, words::FILE, file))
}

async fn all(page: &Page, filter: &Filter) -> std::result::Result<Vec<Vec<String>>, InspectionError> {
    let mut wanted = PageRequest::first(PageRequest::MOST);
    let mut lines = Vec::new();
    loop {
        let found = queries::list(page.app.db.read(), page.actor(), filter, &wanted).await?;
        lines.extend(found.items.iter().map(line));
        if found.next.is_none() {
            return Ok(lines);
        }
        wanted.after = found.next;
    }
}

fn line(found: &Found) -> Vec<String> {
    let row = &found.inspection;
    let at = |at: Option<entity::Instant>| at.map(|at| wording::instant(*at, &row.zone)).unwrap_or_default();
    vec![
        row.number.clone(),
        found.structure_name.clone(),
        labels::trigger(row.origin).to_owned(),
        labels::state(row.state).word.to_owned(),
        row.due_on.map(iso).unwrap_or_default(),
        at(row.starts_at),
        found.controller_name.clone(),
        at(row.performed_at),
    ]
}
