//! `/intervenants`: who holds which duty, on a day.

use askama::Template;
use entity::expert;
use entity::habilitation::Duty;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};
use time::Date;

use super::super::labels;
use super::super::queries::{self, Filter, Found};
use crate::authz::{Facts, Permission, allows_somewhere, may_somewhere};
use crate::db::{Cursor, PageRequest};
use crate::http::web::asked;
use crate::http::web::component::{AsOf, Choice, Pagination};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, filters};
use crate::rules::territory;
use crate::rules::typed_date;

const ROWS: u64 = 30;

/// One expert of the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Their page.
    pub href: String,
    /// « N’Guyen-d’Arc Zoé ».
    pub name: String,
    /// Number.
    pub number: String,
    /// Where they live.
    pub place: String,
    /// Duties held that day.
    pub duties: String,
}

/// `/intervenants`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/experts/list.html")]
pub struct ListPage {
    /// The shell.
    pub shell: Shell,
    /// The day looked at.
    pub day: Date,
    /// Said when that day is not today.
    pub past: Option<AsOf>,
    /// Head counts of that day: heading, people, address of their list.
    pub counts: Vec<(&'static str, usize, String)>,
    /// Distinct people among them.
    pub people: usize,
    /// The filters: `q`, `fonction`, `region`, `au`.
    pub form: FormState,
    /// Duties.
    pub duties: Vec<Choice>,
    /// Regions.
    pub regions: Vec<Choice>,
    /// Whether a filter is set.
    pub filtered: bool,
    /// The same list as a file, for whoever sees others than themselves.
    pub file: Option<String>,
    /// The experts.
    pub rows: Vec<Row>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may record one.
    pub may_create: bool,
    /// The network on that day, for whoever animates it.
    pub network: Option<String>,
}

/// The filters, as the address says them.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    fonction: String,
    region: String,
    au: String,
    suite: String,
}

impl Asked {
    fn address(&self, duty: &str, next: &str) -> String {
        let parameters = [
            ("q", self.q.as_str()),
            ("fonction", duty),
            ("region", &self.region),
            ("au", &self.au),
            ("suite", next),
        ];
        address::with_query("/intervenants", &parameters)
    }

    /// What is looked for and the day looked at, and what of it cannot be read.
    pub(super) fn filter(&self, today: Date, errors: &mut FieldErrors) -> (Filter, Date) {
        let duty = asked::choice("/fonction", &self.fonction, Duty::from_word, errors);
        let region = asked::choice("/region", &self.region, territory::region, errors);
        let on = asked::day("/au", &self.au, errors);
        let narrowed = duty.is_some() || region.is_some() || on.is_some();
        let day = on.unwrap_or(today);
        let filter = Filter {
            q: self.q.clone(),
            duty,
            region: region.map(|region| region.code.to_owned()),
            valid_on: narrowed.then_some(day),
            ..Filter::default()
        };
        (filter, day)
    }

    /// The same as a file.
    fn file(&self) -> String {
        let parameters = [
            ("q", self.q.as_str()),
            ("fonction", &self.fonction),
            ("region", &self.region),
            ("au", &self.au),
        ];
        address::with_query("/intervenants/export.csv", &parameters)
    }

    /// The same list today.
    fn today(&self) -> String {
        let parameters = [("q", self.q.as_str()), ("fonction", &self.fonction), ("region", &self.region)];
        address::with_query("/intervenants", &parameters)
    }
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let own = Facts { expert: page.actor().expert(), ..Facts::default() };
    allows_somewhere(page.actor(), Permission::ExpertView, &own).map_err(WebError::from)?;
    let conn = page.app.db.read();
    let typed = asked.au.trim();
    let mut errors = FieldErrors::default();
    let (filter, day) = asked.filter(page.app.today(), &mut errors);
    let wrong = !errors.is_empty();
    let unread = errors.message("au").is_some();
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let found = queries::list(conn, page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let counts = queries::head_counts(conn, day).await.map_err(WebError::from)?;
    let people = queries::people_count(conn, day).await.map_err(WebError::from)?;
    let context = ListPage {
        shell: page.shell(labels::EXPERTS).with_errors(wrong),
        day,
        past: AsOf::of(day, page.app.today(), asked.today()),
        counts: counts
            .into_iter()
            .map(|(duty, count)| (labels::people_of(duty), count, holders(duty, typed)))
            .collect(),
        people,
        duties: Duty::all().map(|duty| Choice::new(duty.word(), labels::duty(duty))).collect(),
        regions: territory::regions().iter().map(|region| Choice::new(region.code, region.name)).collect(),
        filtered: wrong || filter.valid_on.is_some() || !asked.q.is_empty(),
        file: may_somewhere(page.actor(), Permission::ExpertView).then(|| asked.file()),
        rows: found.items.iter().map(|found| row(found, day)).collect(),
        pages: Pagination {
            first: wanted.after.is_some().then(|| asked.address(&asked.fonction, "")),
            next: found.next.map(|cursor| asked.address(&asked.fonction, &cursor.encode())),
        },
        may_create: may_somewhere(page.actor(), Permission::ExpertEdit),
        network: may_somewhere(page.actor(), Permission::NetworkView)
            .then(|| format!("/intervenants/reseau?au={}", typed_date::iso(day))),
        form: FormState::filled([
            ("q", asked.q.clone()),
            ("fonction", asked.fonction.clone()),
            ("region", asked.region.clone()),
            ("au", if unread { typed.to_owned() } else { typed_date::iso(day) }),
        ])
        .with_errors(errors),
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page.answer_with(status, &context)
}

/// Those who are counted as holding a duty: everywhere, whatever else is looked for.
fn holders(duty: Duty, day: &str) -> String {
    let word = duty.word();
    address::with_query("/intervenants", &[("fonction", word.as_str()), ("au", day)])
}

fn row(found: &Found, day: Date) -> Row {
    let mut duties: Vec<&str> = Vec::new();
    for held in found.habilitations.iter().filter(|held| held.valid_on(day)) {
        let name = labels::duty(held.file.duty);
        if !duties.contains(&name) {
            duties.push(name);
        }
    }
    Row {
        href: format!("/intervenants/{}", found.expert.number),
        name: format!("{} {}", found.expert.family_name, found.expert.first_names),
        number: found.expert.number.clone(),
        place: place(&found.expert),
        duties: duties.join(", "),
    }
}

/// « Nièvre ».
pub(super) fn place(expert: &expert::Model) -> String {
    territory::department(&expert.department).map_or(&*expert.department, |found| found.name).to_owned()
}
