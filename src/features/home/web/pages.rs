//! The contexts of the pages of this feature.

use askama::Template;

use crate::http::web::component::{Choice, Fact, Link, Pagination, Status, TaskGroup};
use crate::http::web::filters;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;

/// A number of the margin, and the list it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// How many.
    pub count: String,
    /// What is counted.
    pub label: &'static str,
    /// The list.
    pub href: String,
}

/// Numbers of the margin under one title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkerGroup {
    /// The title.
    pub title: String,
    /// The numbers.
    pub markers: Vec<Marker>,
    /// A page that says more.
    pub more: Option<Link>,
}

/// What waits for the person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Todo {
    /// The tasks shown, by urgency.
    pub groups: Vec<TaskGroup>,
    /// How many there are in all.
    pub total: usize,
    /// How many are shown.
    pub shown: usize,
}

/// A cell of the table of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityCell {
    /// The number; none = unknown.
    pub value: Option<String>,
    /// The list of the acts counted; empty when there is none to show.
    pub href: String,
}

/// The table of figures and its chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityTable {
    /// Heading of each column.
    pub years: Vec<i32>,
    /// Name and cells of each line.
    pub lines: Vec<(&'static str, Vec<ActivityCell>)>,
    /// Title of the chart.
    pub chart_title: &'static str,
    /// The chart, as SVG made by us.
    pub chart: String,
    /// The person sees the lists of some regions only: a list may be shorter than its number.
    pub limited: bool,
}

/// A line about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestItem {
    /// Number.
    pub reference: String,
    /// Structure or certification.
    pub about: String,
    /// A date in words; may be empty.
    pub when: String,
    /// What may be done, and where.
    pub act: Option<Link>,
    /// State.
    pub status: Status,
}

/// A jury to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JuryItem {
    /// Its page.
    pub href: String,
    /// Number.
    pub number: String,
    /// Whole date and hours, where it takes place.
    pub when: String,
    /// Name of its structure.
    pub structure: String,
    /// Its certification.
    pub certification: String,
    /// Where; may be empty.
    pub place: String,
    /// Who presides; empty while nobody does.
    pub president: String,
    /// How many candidates.
    pub candidates: usize,
    /// State.
    pub status: Status,
}

/// `/accueil`, for the team and for auditors.
#[derive(Template, Clone, Debug)]
#[template(path = "web/home/staff.html")]
pub struct StaffPage {
    /// The shell.
    pub shell: Shell,
    /// « Mardi 16 janvier 2024 ».
    pub day: String,
    /// The sentence under the greeting.
    pub summary: String,
    /// The margin.
    pub margin: Vec<MarkerGroup>,
    /// What is to be done; none for those who only read.
    pub todo: Option<Todo>,
    /// The figures.
    pub activity: ActivityTable,
    /// The next juries of the month; none for those who see no jury.
    pub juries: Option<Vec<JuryItem>>,
    /// May record a request.
    pub may_create: bool,
}

/// `/accueil`, for a structure.
#[derive(Template, Clone, Debug)]
#[template(path = "web/home/structure.html")]
pub struct StructureHomePage {
    /// The shell.
    pub shell: Shell,
    /// The day.
    pub day: String,
    /// The sentence under the greeting.
    pub summary: String,
    /// What is asked, until when.
    pub todo: Todo,
    /// The requests of the structure, newest first.
    pub requests: Vec<RequestItem>,
    /// Its rights: number, period, state.
    pub rights: Vec<RequestItem>,
    /// Its next juries.
    pub juries: Vec<JuryItem>,
}

impl StructureHomePage {
    /// Whether a request says when its answer comes.
    #[must_use]
    pub fn has_dates(&self) -> bool {
        self.requests.iter().any(|request| !request.when.is_empty())
    }
}

/// A mission or a visit of an expert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngagementItem {
    /// Its page.
    pub href: String,
    /// Number of the mission or of the request.
    pub reference: String,
    /// What it is called.
    pub title: String,
    /// Whole date, hours and zone.
    pub when: String,
    /// Where.
    pub place: String,
    /// Until when an answer is awaited, in the zone of the person; may be empty.
    pub before: String,
    /// What it waits for.
    pub word: &'static str,
    /// The act to do.
    pub act: &'static str,
    /// Where it is accepted, when it waits for an answer.
    pub accept: Option<String>,
    /// When, where, with whom, until when.
    pub facts: Vec<Fact>,
}

/// A jury of today in which an expert sits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SittingItem {
    /// Its page.
    pub href: String,
    /// The page of its day; empty before its candidates are called.
    pub day: String,
    /// Number.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// At what hour, where, for which structure.
    pub facts: Vec<Fact>,
}

/// A right of an expert that ends soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RightItem {
    /// What it is called.
    pub name: String,
    /// Its last day.
    pub when: String,
}

/// `/accueil`, for an expert.
#[derive(Template, Clone, Debug)]
#[template(path = "web/home/expert.html")]
pub struct ExpertHomePage {
    /// The shell.
    pub shell: Shell,
    /// The day.
    pub day: String,
    /// The sentence under the greeting.
    pub summary: String,
    /// The juries of today in which they sit.
    pub sitting: Vec<SittingItem>,
    /// The first engagement in time that has not ended.
    pub next: Option<EngagementItem>,
    /// The others that wait for an answer.
    pub offers: Vec<EngagementItem>,
    /// Those that have ended and wait for a report.
    pub reports: Vec<EngagementItem>,
    /// The others that come, a few.
    pub coming: Vec<EngagementItem>,
    /// Rights that end within six months.
    pub ending: Vec<RightItem>,
    /// Visits to fix, reports and opinions, without the visits told above.
    pub todo: Todo,
    /// The next juries in which they sit.
    pub juries: Vec<JuryItem>,
}

/// `/accueil`, for someone who has nothing here yet.
#[derive(Template, Clone, Debug)]
#[template(path = "web/home/empty.html")]
pub struct EmptyHomePage {
    /// The shell.
    pub shell: Shell,
    /// The day.
    pub day: String,
}

/// `/a-faire`: everything, page by page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/home/todo.html")]
pub struct TodoPage {
    /// The shell.
    pub shell: Shell,
    /// The sentence under the title.
    pub summary: String,
    /// The tasks of this page.
    pub todo: Todo,
    /// What the team may look for; none for the others.
    pub wanted: Option<TodoFilter>,
    /// Where the list continues.
    pub pages: Pagination,
}

/// What the team may look for among its tasks.
#[derive(Clone, Debug)]
pub struct TodoFilter {
    /// What is looked for.
    pub form: FormState,
    /// Which acts.
    pub kinds: Vec<Choice>,
    /// Who has them.
    pub people: Vec<Choice>,
    /// Where they stand.
    pub standings: Vec<Choice>,
    /// Whether something is left out.
    pub filtered: bool,
}

/// `/a-faire/{kind}/{id}`: a task is taken, handed over or put off.
#[derive(Template, Clone, Debug)]
#[template(path = "web/home/follow.html")]
pub struct TaskFollowPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The margin.
    pub facts: Vec<Fact>,
    /// Why it is there.
    pub why: String,
    /// Who has it and why it is put off; may be empty.
    pub note: String,
    /// Where it is done.
    pub open: Link,
    /// This page, under which the acts are.
    pub page: String,
    /// Nobody has it.
    pub may_take: bool,
    /// Somebody has it.
    pub may_release: bool,
    /// It is put off.
    pub may_bring_back: bool,
    /// The buttons without a field.
    pub act: FormState,
    /// Those to whom it may be given.
    pub people: Vec<Choice>,
    /// The form that gives it.
    pub hand: FormState,
    /// Until when it may be put off; empty when it may not.
    pub until_help: String,
    /// The first day to which it may be put off.
    pub first_day: String,
    /// The last one.
    pub last_day: String,
    /// The form that puts it off.
    pub put_off: FormState,
}

/// `/statistiques/activite`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/home/activity.html")]
pub struct ActivityPage {
    /// The shell.
    pub shell: Shell,
    /// The table and its chart.
    pub activity: ActivityTable,
    /// The other charts: title and SVG.
    pub charts: Vec<(&'static str, String)>,
    /// Whether the visitor may load the figures of past years.
    pub may_import: bool,
}

/// A figure of a past year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedRow {
    /// Civil year.
    pub year: i32,
    /// What is counted.
    pub act: &'static str,
    /// How many; none = unknown.
    pub value: Option<String>,
}

/// `/statistiques/activite/reprises`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/home/imported.html")]
pub struct ImportedPage {
    /// The shell.
    pub shell: Shell,
    /// The figures.
    pub rows: Vec<ImportedRow>,
    /// Where they all are; empty when they are all shown.
    pub all: String,
}

/// A result of the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitItem {
    /// Where it leads.
    pub href: String,
    /// Number.
    pub reference: String,
    /// Name.
    pub name: String,
    /// Place; may be empty.
    pub place: String,
    /// State.
    pub status: Option<Status>,
}

/// Results of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitGroup {
    /// Anchor.
    pub id: &'static str,
    /// Title.
    pub title: &'static str,
    /// Results.
    pub hits: Vec<HitItem>,
    /// The list that holds them all, when there are others.
    pub more: Option<String>,
}

/// `/recherche`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/home/search.html")]
pub struct SearchPage {
    /// The shell.
    pub shell: Shell,
    /// What was typed.
    pub q: String,
    /// Results, by kind; kinds without result are left out.
    pub groups: Vec<HitGroup>,
}
