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
use crate::http::web::component::{AsOf, Choice, Pagination};
use crate::http::web::form::FormState;
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
    let (day, wrong) = match typed_date::read(typed) {
        Ok(day) => (day, None),
        Err(_) if typed.is_empty() => (page.app.today(), None),
        Err(message) => (page.app.today(), Some(message)),
    };
    let duty = Duty::from_word(&asked.fonction);
    let region = Some(asked.region.clone()).filter(|code| !code.is_empty());
    let narrowed = duty.is_some() || region.is_some() || !asked.au.is_empty();
    let filter =
        Filter { q: asked.q.clone(), duty, region, valid_on: narrowed.then_some(day), ..Filter::default() };
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let found = queries::list(conn, page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let counts = queries::head_counts(conn, day).await.map_err(WebError::from)?;
    let people = queries::people_count(conn, day).await.map_err(WebError::from)?;
    let context = ListPage {
        shell: page.shell(labels::EXPERTS).with_errors(wrong.is_some()),
        day,
        past: AsOf::of(day, page.app.today(), asked.today()),
        counts: counts
            .into_iter()
            .map(|(duty, count)| (labels::people_of(duty), count, holders(duty, typed)))
            .collect(),
        people,
        duties: Duty::all().map(|duty| Choice::new(duty.word(), labels::duty(duty))).collect(),
        regions: territory::regions().iter().map(|region| Choice::new(region.code, region.name)).collect(),
        filtered: narrowed || !asked.q.is_empty(),
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
            ("au", if wrong.is_some() { typed.to_owned() } else { typed_date::iso(day) }),
        ])
        .with_errors(wrong.map(|message| ("/au", message)).into_iter().collect()),
    };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
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
