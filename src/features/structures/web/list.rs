//! `/structures`: finding one.

use askama::Template;
use poem::web::Query;
use poem::{Response, Result, handler};

use super::super::labels;
use super::super::queries::{self, Filter, Standing};
use crate::authz::{Facts, Permission, may};
use crate::db::{Cursor, PageRequest};
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, filters};
use crate::rules::siret::Siren;
use crate::rules::territory;

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
    /// The filters: `q`, `region`, `etat`.
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
    suite: String,
}

/// The words of the address for each standing.
const STANDINGS: [(&str, Standing); 3] =
    [("agreee", Standing::Agreed), ("demande", Standing::Requesting), ("sans", Standing::Neither)];

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            q: self.q.clone(),
            region: Some(self.region.clone()).filter(|code| !code.is_empty()),
            standing: STANDINGS
                .into_iter()
                .find(|(word, _)| *word == self.etat)
                .map(|(_, standing)| standing),
        }
    }

    fn address(&self, next: &str) -> String {
        let parameters =
            [("q", self.q.as_str()), ("region", &self.region), ("etat", &self.etat), ("suite", next)];
        address::with_query("/structures", &parameters)
    }
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let conn = page.app.db.read();
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let found = queries::list(conn, page.actor(), &asked.filter(), &wanted).await.map_err(WebError::from)?;
    let ids: Vec<_> = found.items.iter().map(|row| row.id).collect();
    let standings = queries::standings(conn, &ids).await.map_err(WebError::from)?;
    let row = |row: &entity::structure::Model| Row {
        href: format!("/structures/{}", row.siren),
        name: row.name.clone(),
        siren: grouped(&row.siren),
        place: format!("{} ({})", row.commune, row.department),
        standing: labels::standing(standings.get(&row.id).copied().unwrap_or(Standing::Neither)),
    };
    let context = ListPage {
        shell: page.shell(labels::STRUCTURES),
        filtered: !(asked.q.is_empty() && asked.region.is_empty() && asked.etat.is_empty()),
        regions: regions(),
        standings: STANDINGS.map(|(word, one)| Choice::new(word, labels::standing(one).word)).to_vec(),
        rows: found.items.iter().map(row).collect(),
        pages: Pagination {
            first: wanted.after.is_some().then(|| asked.address("")),
            next: found.next.map(|cursor| asked.address(&cursor.encode())),
        },
        may_create: may(page.actor(), Permission::StructureCreate, &Facts::default()),
        form: FormState::filled([("q", asked.q), ("region", asked.region), ("etat", asked.etat)]),
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
