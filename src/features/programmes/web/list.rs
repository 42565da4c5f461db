//! `/programmes`: the programmes, by code.

use askama::Template;
use entity::programme::{ProgrammeState, Theme};
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::labels::{self, pages};
use super::super::queries::{self, Filter, Listed};
use super::{LIST, path_of};
use crate::authz::{Facts, Permission, may};
use crate::db::{Cursor, PageRequest};
use crate::http::web::address::with_query;
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

const ROWS: u64 = 25;

/// One programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ProgrammeRow {
    /// Its page.
    pub href: String,
    /// Title.
    pub title: String,
    /// Code.
    pub code: String,
    /// What it is about.
    pub theme: &'static str,
    /// How long; may be empty.
    pub duration: String,
    /// How it is followed.
    pub modality: &'static str,
    /// Whether a new version is prepared beside the one that is published.
    pub drafted: bool,
    /// Where it stands.
    pub status: Status,
}

/// `/programmes`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/programmes/list.html")]
pub(super) struct ProgrammesPage {
    /// The shell.
    pub shell: Shell,
    /// The filters.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Themes.
    pub themes: Vec<Choice>,
    /// Whether something is filtered.
    pub filtered: bool,
    /// The programmes.
    pub rows: Vec<ProgrammeRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may record one.
    pub may_edit: bool,
    /// Whether the visitor may load a file.
    pub may_import: bool,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    etat: String,
    theme: String,
    suite: String,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let first = wanted.after.is_none();
    let filter = Filter {
        q: asked.q.clone(),
        state: ProgrammeState::from_word(&asked.etat),
        theme: Theme::from_word(&asked.theme),
    };
    let found =
        queries::list(page.app.db.read(), page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let address = |after: &str| {
        let parts = [
            ("q", asked.q.as_str()),
            ("etat", asked.etat.as_str()),
            ("theme", asked.theme.as_str()),
            ("suite", after),
        ];
        with_query(LIST, &parts)
    };
    let may = |permission: Permission| may(page.actor(), permission, &Facts::default());
    let context = ProgrammesPage {
        shell: page.shell(pages::PROGRAMMES),
        form: FormState::filled([
            ("q", asked.q.clone()),
            ("etat", asked.etat.clone()),
            ("theme", asked.theme.clone()),
        ]),
        states: ProgrammeState::all().map(|one| Choice::new(one.word(), labels::state(one).word)).collect(),
        themes: Theme::all().map(|one| Choice::new(one.word(), labels::theme(one))).collect(),
        filtered: !filter.q.is_empty() || filter.state.is_some() || filter.theme.is_some(),
        rows: found.items.iter().map(row).collect(),
        pages: Pagination {
            first: (!first).then(|| address("")),
            next: found.next.as_ref().map(|cursor| address(&cursor.encode())),
        },
        may_edit: may(Permission::ProgrammeEdit),
        may_import: may(Permission::ProgrammeImport),
    };
    page.answer(&context)
}

fn row(listed: &Listed) -> ProgrammeRow {
    let version = listed.version.as_ref();
    ProgrammeRow {
        href: path_of(&listed.programme.slug),
        title: listed.programme.title.clone(),
        code: listed.programme.code.clone(),
        theme: labels::theme(listed.programme.theme),
        duration: version
            .map(|row| labels::duration(row.duration_minutes, row.half_days))
            .unwrap_or_default(),
        modality: version.map(|row| labels::modality(row.modality)).unwrap_or_default(),
        drafted: listed.drafted && listed.programme.state == ProgrammeState::Published,
        status: labels::state(listed.programme.state),
    }
}
