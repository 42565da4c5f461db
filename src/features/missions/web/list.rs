//! `/missions`: for an expert their own, the next first; for the team all of them, with filters.

use askama::Template;
use entity::expert;
use entity::mission::{self, MissionObject, MissionState};
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};
use time::{Date, OffsetDateTime};

use super::super::queries::{self, Agenda, Filter, Found};
use super::super::{MissionError, labels, wording};
use super::labels as words;
use crate::authz::{Facts, Permission, allows, may};
use crate::db::{Cursor, PageRequest};
use crate::features::experts;
use crate::http::web::asked;
use crate::http::web::component::{AsOf, Choice, Link, Pagination, Status};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, filters};
use crate::render::french;
use crate::rules::{deadline, typed_date};

const ROWS: u64 = 30;

/// One mission of the list of the team.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its page.
    pub href: String,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Object.
    pub object: &'static str,
    /// The certifications that it is for; empty when it is about none.
    pub certifications: String,
    /// "3 mars 2026, 9 h".
    pub when: String,
    /// Person.
    pub person: String,
    /// Page of the person.
    pub person_href: String,
    /// Structure or place.
    pub place: String,
    /// Where it stands.
    pub status: Status,
}

/// `/missions`, for the team.
#[derive(Template, Clone, Debug)]
#[template(path = "web/missions/list.html")]
pub struct ListPage {
    /// The shell.
    pub shell: Shell,
    /// Said when they are shown as they were on a day that is behind.
    pub past: Option<AsOf>,
    /// The filters: `q`, `etat`, `objet`, `au`.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Objects.
    pub objects: Vec<Choice>,
    /// Whether a filter is set.
    pub filtered: bool,
    /// The same list as a file.
    pub file: String,
    /// Whose missions they are, when they are those of one person.
    pub person: Option<Link>,
    /// Their number; empty when they are those of everybody.
    pub person_number: String,
    /// Where the missions that nobody has are listed.
    pub vacant: String,
    /// Where the missions that have ended and whose report is awaited are listed.
    pub reports: String,
    /// Those missions and what to do, above a list that nothing limits.
    pub awaited: Vec<(Item, &'static str)>,
    /// Where they all are, when there are others.
    pub more_awaited: Option<String>,
    /// The missions.
    pub rows: Vec<Row>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may propose one.
    pub may_propose: bool,
    /// Whether the visitor may settle.
    pub may_settle: bool,
    /// Where past missions are imported, for whoever may.
    pub import: Option<&'static str>,
}

/// One mission of the page of an expert.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its page.
    pub href: String,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Whole date, hours and zone.
    pub when: String,
    /// Structure and place.
    pub place: String,
    /// Where it stands.
    pub status: Status,
}

/// `/missions`, for an expert.
#[derive(Template, Clone, Debug)]
#[template(path = "web/missions/mine.html")]
pub struct MinePage {
    /// The shell.
    pub shell: Shell,
    /// Offers to answer.
    pub offered: Vec<Item>,
    /// Those that have ended and whose report is awaited, and what to do.
    pub awaited: Vec<(Item, &'static str)>,
    /// The next mission.
    pub next: Option<Item>,
    /// Those after it.
    pub coming: Vec<Item>,
    /// Those whose fee and expenses may be claimed.
    pub to_claim: Vec<Item>,
    /// Those behind.
    pub past: Vec<Item>,
    /// Those that came to nothing.
    pub closed: Vec<Item>,
}

/// The filters, as the address says them.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    etat: String,
    objet: String,
    pub(super) intervenant: String,
    au: String,
    suite: String,
}

/// The word of the filter of the missions that nobody has.
pub const VACANT: &str = "a-pourvoir";
/// The word of the filter of the missions that have ended and whose report is awaited.
pub const REPORTS: &str = "compte-rendu-attendu";

/// What is asked of the states.
enum Wanted {
    State(MissionState),
    Vacant,
    Reports,
}

impl Wanted {
    fn read(word: &str) -> Option<Self> {
        match word {
            VACANT => Some(Self::Vacant),
            REPORTS => Some(Self::Reports),
            word => MissionState::from_word(word).map(Self::State),
        }
    }
}

/// The word of the filter of the missions to sit in a jury without presiding it.
const SEAT: &str = "siege-jury";

impl Asked {
    /// Whether the list is limited to some missions.
    fn is_filtered(&self) -> bool {
        [&self.etat, &self.objet, &self.intervenant, &self.q].iter().any(|asked| !asked.trim().is_empty())
    }

    /// What is looked for, and what of it cannot be read. A list that nothing limits leaves out what stands above it.
    pub(super) fn filter(&self, now: OffsetDateTime, today: Date, errors: &mut FieldErrors) -> Filter {
        let state = asked::choice("/etat", &self.etat, Wanted::read, errors);
        let object = asked::choice("/objet", &self.objet, object_of, errors);
        let on = asked::day("/au", &self.au, errors).filter(|day| *day < today);
        let reports = matches!(state, Some(Wanted::Reports));
        let apart = on.is_none() && !self.is_filtered();
        Filter {
            q: self.q.clone(),
            states: match state {
                Some(Wanted::State(state)) => vec![state],
                _ => Vec::new(),
            },
            object: object.map(|(object, _)| object),
            presides: object.and_then(|(_, presides)| presides),
            expert: None,
            vacant: matches!(state, Some(Wanted::Vacant)),
            report_awaited: (reports || apart).then_some((reports, now)),
            on,
        }
    }

    /// The same as a file.
    fn file(&self) -> String {
        let parameters = [
            ("q", self.q.as_str()),
            ("etat", &self.etat),
            ("objet", &self.objet),
            ("intervenant", &self.intervenant),
            ("au", &self.au),
        ];
        address::with_query("/missions/export.csv", &parameters)
    }

    fn address(&self, next: &str) -> String {
        let parameters = [
            ("q", self.q.as_str()),
            ("etat", &self.etat),
            ("objet", &self.objet),
            ("intervenant", &self.intervenant),
            ("au", &self.au),
            ("suite", next),
        ];
        address::with_query("/missions", &parameters)
    }

    /// The same list today.
    fn back(&self) -> String {
        let parameters = [
            ("q", self.q.as_str()),
            ("etat", &self.etat),
            ("objet", &self.objet),
            ("intervenant", &self.intervenant),
        ];
        address::with_query("/missions", &parameters)
    }
}

#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    match page.actor().expert() {
        Some(own) if !page.actor().is_staff() => {
            let found = queries::agenda(page.app.db.read(), page.actor(), own).await;
            mine(&page, found.map_err(WebError::from)?)
        }
        _ => all(&page, &asked).await,
    }
}

fn mine(page: &Page, agenda: Agenda) -> Result<Response> {
    let now = page.app.now();
    let items = |found: &[Found]| found.iter().map(item).collect::<Vec<_>>();
    let (ahead, over): (Vec<Found>, Vec<Found>) =
        agenda.coming.into_iter().partition(|found| is_ahead(&found.mission, now));
    let mut coming = items(&ahead);
    let next = if coming.is_empty() { None } else { Some(coming.remove(0)) };
    page.answer(&MinePage {
        shell: page.shell(words::MY_MISSIONS),
        offered: items(&agenda.offered),
        awaited: over.iter().map(|found| (item(found), words::awaited(found.mission.state))).collect(),
        next,
        coming,
        to_claim: items(&agenda.to_claim),
        past: items(&agenda.past),
        closed: items(&agenda.closed),
    })
}

/// Whether the person still goes to it: held, and not ended. The others wait for their report.
fn is_ahead(mission: &mission::Model, now: OffsetDateTime) -> bool {
    matches!(mission.state, MissionState::Accepted | MissionState::InProgress) && *mission.ends_at > now
}

fn item(found: &Found) -> Item {
    let mission = &found.mission;
    Item {
        href: format!("/missions/{}", mission.number),
        number: mission.number.clone(),
        title: mission.title.clone(),
        when: wording::when(mission),
        place: place(found),
        status: labels::state(mission.state),
    }
}

fn certifications(found: &Found) -> String {
    let titles: Vec<String> = found.certifications.iter().map(|one| one.short_title.clone()).collect();
    french::list(&titles)
}

fn place(found: &Found) -> String {
    match &found.structure_name {
        Some(name) => format!("{name}, {}", found.mission.place),
        None => found.mission.place.clone(),
    }
}

async fn all(page: &Page, asked: &Asked) -> Result<Response> {
    let _seen = allows(page.actor(), Permission::MissionView, &Facts::default()).map_err(WebError::from)?;
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let today = page.app.today();
    let person = person(page, &asked.intervenant).await?;
    let mut errors = FieldErrors::default();
    let filter = asked.filter(page.app.now(), today, &mut errors);
    let filter = Filter { expert: person.as_ref().map(|one| one.id), ..filter };
    let found = queries::list(page.app.db.read(), page.actor(), &filter, &wanted).await;
    let found = found.map_err(WebError::from)?;
    let wrong = !errors.is_empty();
    let begins = !wrong && !asked.is_filtered() && filter.on.is_none() && wanted.after.is_none();
    let (awaited, more) =
        if begins { awaited(page).await.map_err(WebError::from)? } else { (Vec::new(), false) };
    let of = |word: &str| address::with_query("/missions", &[("etat", word)]);
    let context = ListPage {
        shell: page.shell(words::MISSIONS).with_errors(wrong),
        past: filter.on.and_then(|day| AsOf::of(day, today, asked.back())),
        states: states(),
        objects: objects(),
        filtered: wrong || asked.is_filtered() || filter.on.is_some(),
        file: asked.file(),
        person: person.map(|one| Link::new(one.name(), format!("/intervenants/{}", one.number))),
        person_number: asked.intervenant.clone(),
        vacant: of(VACANT),
        reports: of(REPORTS),
        awaited,
        more_awaited: more.then(|| of(REPORTS)),
        rows: found.items.iter().map(|one| row(one, today)).collect(),
        pages: Pagination {
            first: wanted.after.is_some().then(|| asked.address("")),
            next: found.next.map(|cursor| asked.address(&cursor.encode())),
        },
        may_propose: may(page.actor(), Permission::MissionManage, &Facts::default()),
        may_settle: may(page.actor(), Permission::MissionSettle, &Facts::default()),
        import: may(page.actor(), Permission::MissionImport, &Facts::default()).then_some("/missions/import"),
        form: FormState::filled([
            ("q", asked.q.clone()),
            ("etat", asked.etat.clone()),
            ("objet", asked.objet.clone()),
            (
                "au",
                filter
                    .on
                    .map_or_else(|| if wrong { asked.au.clone() } else { String::new() }, typed_date::iso),
            ),
        ])
        .with_errors(errors),
    };
    page.answer_with(if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &context)
}

/// The person of a number, when one is asked for: a name would stay in the address.
pub(super) async fn person(page: &Page, number: &str) -> Result<Option<expert::Model>> {
    if number.is_empty() {
        return Ok(None);
    }
    let found = experts::queries::by_number(page.app.db.read(), page.actor(), number).await;
    Ok(Some(found.map_err(WebError::from)?.expert))
}

/// The object of a word of the filter and, of a jury, whether it is to preside: the two have their own words in the list.
fn object_of(word: &str) -> Option<(MissionObject, Option<bool>)> {
    match MissionObject::from_word(word) {
        Some(MissionObject::Jury) => Some((MissionObject::Jury, Some(true))),
        Some(other) => Some((other, None)),
        None => (word == SEAT).then_some((MissionObject::Jury, Some(false))),
    }
}

/// The choices of the filter of the objects.
fn objects() -> Vec<Choice> {
    let mut objects: Vec<Choice> =
        MissionObject::all().map(|one| Choice::new(one.word(), labels::object(one))).collect();
    objects.insert(1, Choice::new(SEAT, labels::SEAT));
    objects
}

/// The choices of the filter of the states.
fn states() -> Vec<Choice> {
    let others = [Choice::new(VACANT, words::VACANT), Choice::new(REPORTS, words::REPORT_AWAITED)];
    let states = MissionState::all().map(|one| Choice::new(one.word(), labels::state(one).word));
    others.into_iter().chain(states).collect()
}

/// The missions that have ended and whose report is awaited, with who held them and what this person may do; whether
/// there are others.
async fn awaited(page: &Page) -> Result<(Vec<(Item, &'static str)>, bool), MissionError> {
    let filter = Filter { report_awaited: Some((true, page.app.now())), ..Filter::default() };
    let wanted = PageRequest::first(ROWS);
    let found = queries::list(page.app.db.read(), page.actor(), &filter, &wanted).await?;
    let line = |one: &Found| {
        let carries = may(page.actor(), Permission::MissionCarry, &one.facts());
        let act = if carries { words::awaited(one.mission.state) } else { words::OPEN };
        let mut item = item(one);
        item.place = format!("{}, {}", one.expert_name, item.place);
        (item, act)
    };
    Ok((found.items.iter().map(line).collect(), found.next.is_some()))
}

fn row(found: &Found, today: Date) -> Row {
    let mission = &found.mission;
    let local = deadline::local(*mission.starts_at, &mission.zone);
    let when = local.map(|at| {
        format!("{}, {}", french::short_date_from(at.date(), today), french::time_of_day(at.time()))
    });
    Row {
        href: format!("/missions/{}", mission.number),
        number: mission.number.clone(),
        title: mission.title.clone(),
        object: labels::object_of(mission),
        certifications: certifications(found),
        when: when.unwrap_or_default(),
        person: found.expert_name.clone(),
        person_href: format!("/intervenants/{}", found.expert_number),
        place: found.structure_name.clone().unwrap_or_else(|| mission.place.clone()),
        status: labels::state(mission.state),
    }
}
