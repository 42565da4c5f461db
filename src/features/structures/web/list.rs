//! `/structures`: finding one.

use askama::Template;
use poem::web::Query;
use poem::{Response, Result, handler};
use time::Date;

use super::super::labels;
use super::super::queries::{self, Filter, Standing};
use crate::authz::{Permission, may_somewhere};
use crate::db::{Cursor, PageRequest};
use crate::http::web::component::{AsOf, Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, filters};
use crate::rules::siret::Siren;
use crate::rules::territory;
use crate::rules::typed_date;

const ROWS: u64 = 30;

/// One structure of the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Its SIREN, in groups.
    pub siren: String,
    /// « Nevers (58) ».
    pub place: String,
    /// Where it stands.
    pub standing: Status,
}

/// `/structures`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/structures/list.html")]
pub struct ListPage {
    /// The shell.
    pub shell: Shell,
    /// Said when the day looked at is not today.
    pub past: Option<AsOf>,
    /// The filters: `q`, `region`, `etat`, `au`.
    pub form: FormState,
    /// Whether one is set.
    pub filtered: bool,
    /// Regions.
    pub regions: Vec<Choice>,
    /// Standings.
    pub standings: Vec<Choice>,
    /// The structures.
    pub rows: Vec<Row>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may record one.
    pub may_create: bool,
}

/// The filters, as the address says them.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    region: String,
    etat: String,
    au: String,
    suite: String,
}

/// The words of the address for each standing.
const STANDINGS: [(&str, Standing); 3] =
    [("agreee", Standing::Agreed), ("demande", Standing::Requesting), ("sans", Standing::Neither)];

impl Asked {
    fn filter(&self, on: Option<Date>) -> Filter {
        Filter {
            q: self.q.clone(),
            region: Some(self.region.clone()).filter(|code| !code.is_empty()),
            standing: STANDINGS
                .into_iter()
                .find(|(word, _)| *word == self.etat)
                .map(|(_, standing)| standing),
            on,
        }
    }

    fn address(&self, au: &str, next: &str) -> String {
        let parameters = [
            ("q", self.q.as_str()),
            ("region", &self.region),
            ("etat", &self.etat),
            ("au", au),
            ("suite", next),
        ];
        address::with_query("/structures", &parameters)
    }
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let conn = page.app.db.read();
    let today = page.app.today();
    let day = typed_date::parse(&asked.au).unwrap_or(today);
    let past = AsOf::of(day, today, asked.address("", ""));
    let on = past.as_ref().map(|past| past.day);
    let filter = asked.filter(on);
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let found = queries::list(conn, page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let ids: Vec<_> = found.items.iter().map(|row| row.id).collect();
    let standings = queries::standings(conn, &ids, on).await.map_err(WebError::from)?;
    let row = |row: &entity::structure::Model| Row {
        href: format!("/structures/{}", row.siren),
        name: row.name.clone(),
        siren: grouped(&row.siren),
        place: format!("{} ({})", row.commune, row.department),
        standing: labels::standing(standings.get(&row.id).copied().unwrap_or(Standing::Neither)),
    };
    let context = ListPage {
        shell: page.shell(labels::STRUCTURES),
        filtered: past.is_some()
            || ![&asked.q, &asked.region, &asked.etat].iter().all(|text| text.is_empty()),
        past,
        regions: regions(),
        standings: STANDINGS.map(|(word, one)| Choice::new(word, labels::standing(one).word)).to_vec(),
        rows: found.items.iter().map(row).collect(),
        pages: Pagination {
            first: wanted.after.is_some().then(|| asked.address(&asked.au, "")),
            next: found.next.map(|cursor| asked.address(&asked.au, &cursor.encode())),
        },
        may_create: may_somewhere(page.actor(), Permission::StructureCreate),
        form: FormState::filled([
            ("q", asked.q),
            ("region", asked.region),
            ("etat", asked.etat),
            ("au", typed_date::iso(day)),
        ]),
    };
    page.answer(&context)
}

/// Every region, for a choice.
pub(in super::super) fn regions() -> Vec<Choice> {
    territory::regions().iter().map(|region| Choice::new(region.code, region.name)).collect()
}

/// A SIREN as people read it.
pub(super) fn grouped(siren: &str) -> String {
    Siren::parse(siren).map_or_else(|_| siren.to_owned(), Siren::grouped)
}
