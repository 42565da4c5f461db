//! `/intervenants/dossiers`: the files of habilitation by state, for whoever animates the network.

use std::collections::HashMap;

use askama::Template;
use entity::expert;
use entity::habilitation::{Duty, HabilitationState};
use entity::ids::ExpertId;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};
use time::Date;

use super::super::labels;
use super::super::queries::{self, FileFilter, Habilitation};
use crate::authz::{Facts, Permission, allows};
use crate::db::{Cursor, PageRequest};
use crate::http::web::asked;
use crate::http::web::component::{AsOf, Choice, Pagination, Status};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, filters};
use crate::rules::typed_date;

const ROWS: u64 = 30;
const PATH: &str = "/intervenants/dossiers";
/// The states that call for somebody, above the list.
const FIRST: [HabilitationState; 4] = [
    HabilitationState::Applied,
    HabilitationState::InTraining,
    HabilitationState::Presented,
    HabilitationState::Suspended,
];

/// One file.
#[derive(Clone, Debug)]
pub struct FileRow {
    /// Its page.
    pub href: String,
    /// « Zoé N’Guyen-d’Arc ».
    pub name: String,
    /// Number of the person.
    pub number: String,
    /// What it allows.
    pub duty: &'static str,
    /// Last day of its right.
    pub ends_on: Option<Date>,
    /// Where it stands.
    pub status: Status,
}

/// `/intervenants/dossiers`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/experts/files.html")]
pub struct FilesPage {
    /// The shell.
    pub shell: Shell,
    /// Said when they are shown as they were on a day that is behind.
    pub past: Option<AsOf>,
    /// The filters: `etat`, `fonction`, `au`.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Duties.
    pub duties: Vec<Choice>,
    /// The lists that call for somebody: word, address.
    pub lists: Vec<(&'static str, String)>,
    /// Whether a filter is set.
    pub filtered: bool,
    /// The files.
    pub rows: Vec<FileRow>,
    /// Where the list continues.
    pub pages: Pagination,
}

/// The filters, as the address says them.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    etat: String,
    fonction: String,
    au: String,
    suite: String,
}

impl Asked {
    fn address(&self, state: &str, day: &str, next: &str) -> String {
        let parameters =
            [("etat", state), ("fonction", self.fonction.as_str()), ("au", day), ("suite", next)];
        address::with_query(PATH, &parameters)
    }
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let _seen = allows(page.actor(), Permission::NetworkView, &Facts::default()).map_err(WebError::from)?;
    let today = page.app.today();
    let mut errors = FieldErrors::default();
    let filter = FileFilter {
        q: String::new(),
        state: asked::choice("/etat", &asked.etat, HabilitationState::from_word, &mut errors),
        duty: asked::choice("/fonction", &asked.fonction, Duty::from_word, &mut errors),
        expert: None,
        on: asked::day("/au", &asked.au, &mut errors).filter(|day| *day < today),
    };
    let wrong = !errors.is_empty();
    let unread = errors.message("au").is_some();
    let day = filter.on.map(typed_date::iso).unwrap_or_default();
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let conn = page.app.db.read();
    let found = queries::habilitations(conn, page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let ids = found.items.iter().map(|one| one.file.expert_id).collect::<Vec<_>>();
    let people = queries::people(conn, &ids).await.map_err(WebError::from)?;
    let context = FilesPage {
        shell: page.shell(labels::FILES).with_errors(wrong),
        past: filter.on.and_then(|on| AsOf::of(on, today, asked.address(&asked.etat, "", ""))),
        states: HabilitationState::all()
            .map(|state| Choice::new(state.word(), labels::state_word(state)))
            .collect(),
        duties: Duty::all().map(|duty| Choice::new(duty.word(), labels::duty(duty))).collect(),
        lists: FIRST
            .map(|state| (labels::state_word(state), asked.address(&state.word(), &day, "")))
            .to_vec(),
        filtered: wrong || filter.state.is_some() || filter.duty.is_some() || filter.on.is_some(),
        rows: rows(&found.items, &people, filter.on, today),
        pages: Pagination {
            first: wanted.after.is_some().then(|| asked.address(&asked.etat, &day, "")),
            next: found.next.map(|cursor| asked.address(&asked.etat, &day, &cursor.encode())),
        },
        form: FormState::filled([
            ("etat", asked.etat.clone()),
            ("fonction", asked.fonction.clone()),
            ("au", if unread { asked.au.clone() } else { day.clone() }),
        ])
        .with_errors(errors),
    };
    page.answer_with(if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &context)
}

fn rows(
    found: &[Habilitation],
    people: &HashMap<ExpertId, expert::Model>,
    on: Option<Date>,
    today: Date,
) -> Vec<FileRow> {
    let row = |one: &Habilitation| {
        let person = people.get(&one.file.expert_id)?;
        let path = format!("/intervenants/{}/habilitations/{}", person.number, one.file.id);
        let day = on.map(typed_date::iso).unwrap_or_default();
        Some(FileRow {
            href: address::with_query(&path, &[("au", day.as_str())]),
            name: person.name(),
            number: person.number.clone(),
            duty: labels::duty(one.file.duty),
            ends_on: one.ends_on(),
            status: labels::state(one, on.unwrap_or(today)),
        })
    };
    found.iter().filter_map(row).collect()
}
