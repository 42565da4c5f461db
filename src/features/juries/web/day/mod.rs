//! The pages of the day of a session, made for a tablet held by whoever presides. Each works by its forms alone; the script
//! keeps what is typed on the tablet while there is no network, and sends it to `/jurys/{number}/saisies`.

mod abstention;
mod changes;
mod deliberation;
mod files;
mod hearing;
mod incidents;
mod opening;
mod presence;

pub use abstention::AbstentionPage;
pub use deliberation::{DecisionPage, DecisionRow, DeliberationPage, VoterRow};
pub use hearing::{EpreuveRow, HearingPage, UnitRow};
pub use incidents::{IncidentRow, IncidentsPage};
pub use opening::{OpeningPage, SeatRow};

use entity::jury_session::JuryState;
use poem::http::StatusCode;
use poem::{Route, get, post};

use super::super::day::{self, Day, labels};
use super::super::load::{Passing, Seated, Whole};
use super::super::{JuryError, labels as words, wording};
use crate::authz::Permission;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::Page;
use crate::http::web::component::{Link, Status};

/// Adds the pages of the day.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/jurys/:number/ouverture", get(opening::show))
        .at("/jurys/:number/ouverture/:member", post(opening::check_in))
        .at("/jurys/:number/declaration/:member", post(opening::declare))
        .at("/jurys/:number/ouvrir", post(opening::open))
        .at("/jurys/:number/carence", post(opening::no_quorum))
        .at("/jurys/:number/passages/:turn", get(hearing::show).post(hearing::send))
        .at("/jurys/:number/passages/:turn/presence", post(presence::send))
        .at("/jurys/:number/passages/:turn/pieces/:piece", get(files::download))
        .at("/jurys/:number/passages/:turn/abstention", get(abstention::show).post(abstention::send))
        .at("/jurys/:number/saisies", post(changes::send))
        .at("/jurys/:number/deliberation", get(deliberation::show).post(deliberation::begin))
        .at("/jurys/:number/deliberation/:turn", get(deliberation::show_one).post(deliberation::decide))
        .at("/jurys/:number/incidents", get(incidents::show).post(incidents::send))
        .at("/jurys/:number/incidents/:incident/retrait", post(incidents::withdraw))
}

/// From when the day is shown.
const BEGUN: [JuryState; 9] = [
    JuryState::Summoned,
    JuryState::Open,
    JuryState::Deliberating,
    JuryState::ToSign,
    JuryState::Signed,
    JuryState::ToRectify,
    JuryState::Checked,
    JuryState::Validated,
    JuryState::Closed,
];

/// The day of a session, and what the visitor may do in it.
struct Visit {
    day: Day,
    /// Presides.
    runs: bool,
}

impl Visit {
    /// The session of a number, if the visitor may see its day, in one of these states.
    async fn of(page: &Page, number: &str, states: &[JuryState]) -> Result<Self, JuryError> {
        let conn = page.app.db.read();
        let whole = Whole::by_number(conn, page.actor(), number).await?;
        let _allowed = day::right(page.actor(), &whole, Permission::JuryDayView)?;
        whole.during(states)?;
        let runs = day::holds(page.actor(), &whole, Permission::JuryRun);
        Ok(Self { day: Day::around(conn, whole, page.app.now()).await?, runs })
    }

    fn state(&self) -> JuryState {
        self.day.whole.session.state
    }

    /// The passage of a turn.
    fn turn(&self, typed: &str) -> Result<&Passing, JuryError> {
        let rank = typed.parse::<i32>().map_err(|_| JuryError::NotFound)?;
        let mut passages = self.day.whole.passages.iter();
        passages.find(|one| one.row.position == rank).ok_or(JuryError::NotFound)
    }

    fn subject(&self) -> String {
        let whole = &self.day.whole;
        let day = wording::long_day(&whole.session);
        labels::subject(&whole.structure.name, &whole.certification.short_title, &day)
    }

    /// The margin of a page, without a link to that page.
    fn side(&self, here: Here) -> Side {
        let current = here.turn();
        let whole = &self.day.whole;
        let path = whole.path();
        let zone = &whole.session.zone;
        let turn = |one: &Passing| Turn {
            href: format!("{path}/passages/{}", one.row.position),
            hour: one.row.starts_at.map(|at| wording::hour(*at, zone)).unwrap_or_default(),
            name: wording::name(&one.candidate),
            status: labels::passage(one),
            current: current == Some(one.row.position),
        };
        let member = |one: &Seated| (one.expert.name(), words::seat(one.row.seat).to_lowercase());
        let is_open = self.state() == JuryState::Open;
        let acts = self.runs && is_open;
        let typed = [JuryState::Summoned, JuryState::Open, JuryState::Deliberating];
        let over = if typed.contains(&self.state()) { String::new() } else { whole.session.number.clone() };
        let abstention = match here {
            Here::Turn(rank) if is_open => format!("{path}/passages/{rank}/abstention"),
            _ => String::new(),
        };
        let to = |page: Here, name: &str| if here == page { String::new() } else { format!("{path}/{name}") };
        Side {
            turns: whole.passages.iter().map(turn).collect(),
            members: self.day.sitting().map(member).collect(),
            abstention,
            incidents: to(Here::Incidents, "incidents"),
            may_tell: acts,
            opening: to(Here::Opening, "ouverture"),
            deliberation: to(Here::Deliberation, "deliberation"),
            over,
        }
    }

    /// How many candidates are done with, of all.
    fn progress(&self) -> (usize, usize) {
        let whole = &self.day.whole;
        let done = whole.passages.iter().filter(|one| labels::lacks::unheard(one).is_none()).count();
        (done, whole.passages.len())
    }
}

/// The page of the day that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Here {
    /// The members and the quorum.
    Opening,
    /// A passage, or its decision.
    Turn(i32),
    /// The abstentions of a passage.
    Abstention(i32),
    /// Every decision.
    Deliberation,
    /// The incidents.
    Incidents,
}

impl Here {
    /// The passage that is shown.
    const fn turn(self) -> Option<i32> {
        match self {
            Self::Turn(rank) | Self::Abstention(rank) => Some(rank),
            Self::Opening | Self::Deliberation | Self::Incidents => None,
        }
    }
}

/// A passage of the strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Page.
    pub href: String,
    /// Hour of the place; may be empty.
    pub hour: String,
    /// Name.
    pub name: String,
    /// Where it stands.
    pub status: Status,
    /// It is the one shown.
    pub current: bool,
}

/// What stands in the margin of every page of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Every passage.
    pub turns: Vec<Turn>,
    /// Those who are in the room: name and seat.
    pub members: Vec<(String, String)>,
    /// Where an abstention is noted; empty when none may be.
    pub abstention: String,
    /// Where incidents are; empty on that page.
    pub incidents: String,
    /// Whether an incident may be told.
    pub may_tell: bool,
    /// The page of the members; empty on that page.
    pub opening: String,
    /// The page of the decisions; empty on that page.
    pub deliberation: String,
    /// Number of a session in which nothing is typed any more: the tablet forgets what it kept. Empty before.
    pub over: String,
}

/// What an act was refused for, and each reason.
type Refused = Option<(String, Vec<String>)>;

/// The status of a page that comes back; none for what is no page.
fn status_of(error: &JuryError) -> Option<StatusCode> {
    match error.kind() {
        ErrorKind::Invalid => Some(StatusCode::UNPROCESSABLE_ENTITY),
        ErrorKind::Conflict | ErrorKind::Stale => Some(StatusCode::CONFLICT),
        _ => None,
    }
}

/// What stands in the way, when it is not a field.
fn refused(error: &JuryError) -> Refused {
    error.faults().is_empty().then(|| (error.detail(), error.blocking()))
}

/// « Maëlle T. », in a button.
fn short(one: &Passing) -> String {
    let row = &one.candidate;
    let family = if row.usual_name.is_empty() { &row.birth_name } else { &row.usual_name };
    let first = row.first_names.split([' ', ',']).next().unwrap_or_default();
    match family.chars().next() {
        Some(letter) => format!("{first} {letter}."),
        None => first.to_owned(),
    }
}

/// The page of a turn, as a button.
fn link_to(path: &str, one: Option<&Passing>) -> Option<Link> {
    one.map(|one| Link::new(short(one), format!("{path}/passages/{}", one.row.position)))
}
