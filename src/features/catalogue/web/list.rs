//! `/catalogue`: the sessions to come, with the filters of the margin, which work without a script.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use entity::programme::Theme;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Request, Response, Result, handler};
use time::Date;

use super::super::labels;
use super::super::search::{self, Filter, Found, Sort};
use super::super::shelf::{Mode, Sheet, Shelf, shelf};
use super::kept;
use super::rows::{Group, groups};
use crate::db::Cursor;
use crate::features::training::labels as training;
use crate::http::web::component::{Choice, Link, Pagination};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{WebError, address, filters};
use crate::rules::{territory, typed_date};

const ROWS: usize = 30;
const PATH: &str = "/catalogue";
/// Most values of one filter that an address is listened to for.
const MOST: usize = 40;

/// A box to tick, with how many sessions it would give.
#[derive(Clone, Debug)]
pub struct Tick {
    /// What the form sends.
    pub value: String,
    /// What it says.
    pub label: &'static str,
    /// Sessions.
    pub count: usize,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// A region of the map, and of the list.
#[derive(Clone, Debug)]
pub struct RegionTile {
    /// Code.
    pub value: &'static str,
    /// Three letters.
    pub short: &'static str,
    /// Name.
    pub name: &'static str,
    /// Column and row of the map.
    pub place: (u8, u8),
    /// Sessions.
    pub count: usize,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// `/catalogue`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/catalogue/list.html")]
pub struct CataloguePage {
    /// The shell.
    pub shell: Shell,
    /// Words looked for.
    pub q: String,
    /// Themes.
    pub themes: Vec<Tick>,
    /// Ways to follow a session.
    pub modes: Vec<Tick>,
    /// The map.
    pub regions: Vec<RegionTile>,
    /// Months from which to look.
    pub months: Vec<Choice>,
    /// The month chosen; empty for all.
    pub since: String,
    /// Whether sessions whose seats are all taken are shown.
    pub with_full: bool,
    /// Order, kept by the form.
    pub sort: &'static str,
    /// The orders: their words, and where they are; nowhere for the one in force.
    pub sorts: Vec<Link>,
    /// How many sessions were found.
    pub count: usize,
    /// « sessions ouvertes de février à juillet 2026 ».
    pub counted: String,
    /// Whether a filter is set.
    pub filtered: bool,
    /// What each filter is, and the list without it: shown when nothing is found.
    pub active: Vec<Link>,
    /// The sessions.
    pub groups: Vec<Group>,
    /// Where the list continues.
    pub pages: Pagination,
    /// The rule of waiting lists.
    pub rule: String,
    /// The programmes, when no session is open.
    pub programmes: Vec<Link>,
}

/// What the address says.
#[derive(Clone, Debug, Default)]
struct Asked {
    filter: Filter,
    after: Option<Cursor>,
    suite: String,
}

impl Asked {
    fn read(pairs: &[(String, String)]) -> Self {
        let all = |name: &'static str| {
            let values = pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim());
            values.filter(|value| !value.is_empty()).take(MOST)
        };
        let one = |name: &'static str| all(name).next().unwrap_or_default();
        let regions = all("region").filter(|code| territory::region(code).is_some());
        // A box that is not ticked is not sent: the form says that it was there.
        let with_seats = one("filtre") == "1" && one("completes").is_empty();
        let sort = Sort::ALL.into_iter().find(|sort| sort.word() == one("tri")).unwrap_or_default();
        let suite = one("suite").to_owned();
        Self {
            filter: Filter {
                q: one("mot").chars().take(100).collect(),
                themes: all("theme").filter_map(Theme::from_word).collect(),
                modes: all("mode").filter_map(Mode::from_word).collect(),
                regions: regions.map(str::to_owned).collect(),
                from: typed_date::parse(&format!("{}-01", one("apartir"))),
                with_seats,
                sort,
            },
            after: Cursor::decode(&suite),
            suite,
        }
    }
}

/// The address of a filter, always written in the same way.
fn address_of(filter: &Filter, suite: &str) -> String {
    let from = filter.from.map(month_word).unwrap_or_default();
    let themes: Vec<String> = filter.themes.iter().map(|theme| theme.word()).collect();
    let mut parameters = vec![("mot", filter.q.as_str())];
    parameters.extend(themes.iter().map(|theme| ("theme", theme.as_str())));
    parameters.extend(filter.modes.iter().map(|mode| ("mode", mode.word())));
    parameters.extend(filter.regions.iter().map(|region| ("region", region.as_str())));
    parameters.push(("apartir", from.as_str()));
    parameters.push(("filtre", if filter.with_seats { "1" } else { "" }));
    parameters.push(("tri", filter.sort.word()));
    parameters.push(("suite", suite));
    address::with_query(PATH, &parameters)
}

/// « 2026-02 ».
fn month_word(day: Date) -> String {
    typed_date::iso(day).chars().take(7).collect()
}

#[handler]
pub(super) async fn show(
    page: PublicPage,
    request: &Request,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response> {
    let shelf = shelf(&page.app).await.map_err(WebError::from)?;
    let asked = Asked::read(&pairs);
    if !kept::is_anybody(request) {
        return page.answer_with(StatusCode::OK, &context(&page, &shelf, &asked));
    }
    let key = address_of(&asked.filter, &asked.suite);
    kept::answer(&shelf, request, &key, kept::HTML, || {
        context(&page, &shelf, &asked).render().map_err(poem::error::InternalServerError)
    })
}

fn context(page: &PublicPage, shelf: &Shelf, asked: &Asked) -> CataloguePage {
    let filter = &asked.filter;
    let found = search::find(shelf, filter);
    let (part, next) = search::part(&found.entries, filter.sort, asked.after.as_ref(), ROWS);
    let active = active(filter);
    let programme = |sheet: &Arc<Sheet>| {
        Link::new(sheet.version.title.clone(), format!("{PATH}/{}", sheet.programme.slug))
    };
    let programmes =
        if found.entries.is_empty() && active.is_empty() { shelf.published() } else { Vec::new() };
    CataloguePage {
        shell: page.shell(labels::CATALOGUE),
        q: filter.q.clone(),
        themes: themes(filter, &found),
        modes: modes(filter, &found),
        regions: regions(filter, &found),
        months: months(shelf),
        since: filter.from.map(month_word).unwrap_or_default(),
        with_full: !filter.with_seats,
        sort: filter.sort.word(),
        sorts: sorts(filter),
        count: found.entries.len(),
        counted: labels::counted(&found.entries),
        filtered: !active.is_empty(),
        active,
        groups: groups(&part, filter.sort, page.app.today()),
        pages: Pagination {
            first: asked.after.as_ref().map(|_| address_of(filter, "")),
            next: next.map(|next| address_of(filter, &next.encode())),
        },
        rule: shelf.stamp.rule.clone(),
        programmes: programmes.into_iter().map(programme).collect(),
    }
}

fn themes(filter: &Filter, found: &Found<'_>) -> Vec<Tick> {
    let tick = |theme: Theme| Tick {
        value: theme.word(),
        label: training::theme(theme),
        count: found.themes.get(&theme).copied().unwrap_or_default(),
        ticked: filter.themes.contains(&theme),
    };
    Theme::all().map(tick).filter(|tick| tick.count > 0 || tick.ticked).collect()
}

fn modes(filter: &Filter, found: &Found<'_>) -> Vec<Tick> {
    let tick = |mode: Mode| Tick {
        value: mode.word().to_owned(),
        label: labels::mode(mode),
        count: found.modes.get(&mode).copied().unwrap_or_default(),
        ticked: filter.modes.contains(&mode),
    };
    Mode::ALL.into_iter().map(tick).filter(|tick| tick.count > 0 || tick.ticked).collect()
}

/// Where each region is on the map: column and row.
const MAP: [(&str, (u8, u8)); 18] = [
    ("32", (3, 1)),
    ("28", (2, 2)),
    ("11", (3, 2)),
    ("44", (4, 2)),
    ("53", (1, 3)),
    ("52", (2, 3)),
    ("24", (3, 3)),
    ("27", (4, 3)),
    ("75", (2, 4)),
    ("84", (3, 4)),
    ("76", (2, 5)),
    ("93", (3, 5)),
    ("94", (4, 5)),
    ("01", (1, 6)),
    ("02", (2, 6)),
    ("03", (3, 6)),
    ("04", (4, 6)),
    ("06", (5, 6)),
];

fn regions(filter: &Filter, found: &Found<'_>) -> Vec<RegionTile> {
    let tile = |(code, place): (&'static str, (u8, u8))| {
        let region = territory::region(code)?;
        Some(RegionTile {
            value: region.code,
            short: region.tile,
            name: region.name,
            place,
            count: found.regions.get(code).copied().unwrap_or_default(),
            ticked: filter.regions.iter().any(|one| one == code),
        })
    };
    MAP.into_iter().filter_map(tile).collect()
}

/// The months in which a session begins.
fn months(shelf: &Shelf) -> Vec<Choice> {
    let days = shelf.entries.iter().filter(|entry| entry.open).filter_map(|entry| entry.session().starts_on);
    let months: BTreeMap<String, Date> = days.map(|day| (month_word(day), day)).collect();
    months.into_iter().map(|(word, day)| Choice::new(word, labels::whole_month(day))).collect()
}

fn sorts(filter: &Filter) -> Vec<Link> {
    let link = |sort: Sort| {
        let href = address_of(&Filter { sort, ..filter.clone() }, "");
        Link::new(labels::sort(sort), if sort == filter.sort { String::new() } else { href })
    };
    Sort::ALL.into_iter().map(link).collect()
}

/// Each filter that is set, and the list without it.
fn active(filter: &Filter) -> Vec<Link> {
    let without = |change: &dyn Fn(&mut Filter)| {
        let mut other = filter.clone();
        change(&mut other);
        address_of(&other, "")
    };
    let mut active = Vec::new();
    if !filter.q.trim().is_empty() {
        active.push(Link::new(filter.q.clone(), without(&|other| other.q.clear())));
    }
    for theme in &filter.themes {
        let href = without(&|other| other.themes.retain(|one| one != theme));
        active.push(Link::new(training::theme(*theme), href));
    }
    for mode in &filter.modes {
        let href = without(&|other| other.modes.retain(|one| one != mode));
        active.push(Link::new(labels::mode(*mode), href));
    }
    for region in &filter.regions {
        let href = without(&|other| other.regions.retain(|one| one != region));
        active.push(Link::new(labels::region(region), href));
    }
    if let Some(from) = filter.from {
        active.push(Link::new(labels::whole_month(from), without(&|other| other.from = None)));
    }
    if filter.with_seats {
        active.push(Link::new(labels::WITH_SEATS, without(&|other| other.with_seats = false)));
    }
    active
}
