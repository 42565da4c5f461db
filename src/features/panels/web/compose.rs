//! `/jurys/{number}/affectation?siege={seat}`: who could have a seat, compared, those who are excluded with the reason.

use askama::Template;
use entity::jury_member::Seat;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use serde::Deserialize;
use uuid::Uuid;

use super::super::composer::{self, Choice};
use super::super::input::Assignment;
use super::super::panel::Panel;
use super::super::queries::{self, Seated};
use super::super::{PanelError, actions, labels};
use crate::authz::{Permission, may};
use crate::error::{DomainError, ErrorKind};
use crate::features::availability::labels as words_of_time;
use crate::features::missions::labels as words_of_missions;
use crate::features::missions::standing::Freedom;
use crate::http::web::component::{CheckMark, Choice as Answer, Fact};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::jury::impartiality::{Check, Finding, Severity, Verdict};

/// People compared side by side.
const SHOWN: usize = 4;

/// What one criterion says of one person.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Sign of its weight.
    pub mark: CheckMark,
    /// In words.
    pub lines: Vec<String>,
}

/// One criterion, for each person compared.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// Its name.
    pub label: &'static str,
    /// One for each person.
    pub cells: Vec<Cell>,
}

/// Somebody compared.
#[derive(Clone, Debug)]
pub struct Column {
    /// Key, which the form sends.
    pub id: String,
    /// Name.
    pub name: String,
    /// Page.
    pub href: String,
    /// In which quality they sit for the college; may be empty.
    pub quality: String,
    /// Whether a written reason is wanted.
    pub warned: bool,
    /// Whether their independence excludes them: they are only shown.
    pub refused: bool,
    /// Name of the field of that reason.
    pub reason_field: String,
}

/// Somebody who is not compared: excluded, or further down.
#[derive(Clone, Debug)]
pub struct OtherRow {
    /// Name.
    pub name: String,
    /// Page.
    pub href: String,
    /// Whether they are excluded.
    pub refused: bool,
    /// Why, or what counts for them.
    pub reasons: Vec<String>,
    /// Key, which the form sends.
    pub id: String,
    /// Whether a written reason is wanted.
    pub warned: bool,
    /// Name of the field of that reason.
    pub reason_field: String,
}

/// `/jurys/{number}/affectation`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/panels/compose.html")]
pub struct ComposePage {
    /// The shell.
    pub shell: Shell,
    /// Faults.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Option<(String, Vec<String>)>,
    /// Number of the session.
    pub number: String,
    /// Structure and place.
    pub subject: String,
    /// The margin.
    pub margin: Vec<Fact>,
    /// The seat looked at.
    pub seat: &'static str,
    /// Its word, which the form sends.
    pub seat_word: String,
    /// Every seat: value, name, how many are taken.
    pub seats: Vec<Answer>,
    /// Whether one more person may have the seat.
    pub room: bool,
    /// Whether the reader may ask somebody, and the session is open to it.
    pub may_assign: bool,
    /// « 28 personnes examinées, 4 affichées. »
    pub examined: String,
    /// The people compared.
    pub columns: Vec<Column>,
    /// The criteria.
    pub criteria: Vec<Criterion>,
    /// The others.
    pub others: Vec<OtherRow>,
    /// The form.
    pub form: FormState,
}

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    siege: String,
}

/// The page.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let seat = Seat::from_word(&asked.siege);
    answer(&page, StatusCode::OK, &number, seat, FormState::default(), None).await
}

/// The first seat that lacks somebody.
fn wanted(panel: &Panel) -> Seat {
    let empty = |seat: &Seat| !panel.live().any(|member| member.row.seat == *seat);
    let first = [Seat::President, Seat::Employers, Seat::Employees].into_iter().find(empty);
    first.unwrap_or(Seat::President)
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    seat: Option<Seat>,
    form: FormState,
    refusal: Option<&PanelError>,
) -> Result<Response> {
    let conn = page.app.db.read();
    let panel = Panel::by_number(conn, page.actor(), number).await.map_err(WebError::from)?;
    let seated = Box::pin(queries::seated(conn, &panel, page.app.now())).await.map_err(WebError::from)?;
    let seat = seat.unwrap_or_else(|| wanted(&panel));
    let found = if panel.session.starts_at.is_some() {
        composer::choices(conn, &panel, seat, page.app.now()).await.map_err(WebError::from)?
    } else {
        Vec::new()
    };
    let summary = form.summary(labels::NOT_RECORDED);
    let (able, excluded): (Vec<_>, Vec<_>) = found.iter().partition(|one| one.verdict != Verdict::Refused);
    let tied = excluded.iter().copied().find(|one| is_tied(one));
    let places = SHOWN - usize::from(tied.is_some());
    let compared: Vec<&Choice> = able.iter().copied().take(places).chain(tied).collect();
    let rest = able.iter().copied().skip(places).chain(excluded.iter().copied());
    let context = ComposePage {
        shell: page.shell(labels::COMPOSE).with_errors(summary.is_some()),
        summary,
        refused: refusal.map(|error| (error.detail(), error.blocking())),
        number: panel.session.number.clone(),
        subject: format!("{}, {}", panel.structure.name, panel.commune()),
        margin: margin(&panel, &seated),
        seat: labels::seat(seat),
        seat_word: seat.word(),
        seats: Seat::all().map(|one| Answer::new(one.word(), labels::seat(one))).collect(),
        room: panel.has_room(seat),
        may_assign: panel.is_open() && may(page.actor(), Permission::JuryPanelManage, &panel.facts()),
        examined: labels::examined(found.len(), compared.len()),
        columns: compared.iter().map(|one| column(one)).collect(),
        criteria: criteria(&panel, &compared, &found),
        others: rest.map(|one| other(&panel, one)).collect(),
        form: form.with_version(panel.session.version.into()),
    };
    page.answer_with(status, &context)
}

/// What is known of the session.
pub(super) fn margin(panel: &Panel, seated: &[Seated]) -> Vec<Fact> {
    let when = match panel.dates() {
        Ok(dates) => words_of_missions::refusals::when(dates.starts_at, dates.ends_at, &dates.zone),
        Err(_) => labels::NO_DATE.to_owned(),
    };
    let candidates = i64::try_from(panel.candidates.len()).unwrap_or(i64::MAX);
    let lacks: Vec<String> = panel.lacks(false).into_iter().map(labels::lack).collect();
    let lacks = if lacks.is_empty() { labels::QUORUM_REACHED.to_owned() } else { french::list(&lacks) };
    let mut facts = vec![
        Fact::new(labels::WHEN, when),
        Fact::new(labels::PLACE, labels::place(&panel.session.place, &panel.session.room)),
        Fact::new(labels::CERTIFICATION, panel.certification.short_title.clone()),
        Fact::new(labels::CANDIDATES, french::integer(candidates)),
        Fact::new(labels::QUORUM_LACKS, lacks),
    ];
    let refused = seated.iter().filter(|one| one.verdict == Verdict::Refused);
    let refused: Vec<String> = refused.map(|one| one.member.expert.name()).collect();
    if !refused.is_empty() {
        facts.push(Fact::new(labels::TO_REPLACE, french::list(&refused)));
    }
    for (judged, lacks) in composer::out_of_reach(panel, seated) {
        let lacks: Vec<String> = lacks.into_iter().map(labels::lack).collect();
        facts.push(Fact::new(labels::UNJUDGED, judged.name.clone()).with_note(french::list(&lacks)));
    }
    facts
}

/// Whether ties alone exclude somebody: shown beside the others, for whoever composes to see what is found.
fn is_tied(one: &Choice) -> bool {
    let about_ties = |found: &Finding| !matches!(found.check, Check::J7 | Check::J9);
    one.refusals.is_empty() && one.findings.first().is_some_and(about_ties)
}

fn reason_field(one: &Choice) -> String {
    format!("motif-{}", one.standing.expert.number)
}

fn column(one: &Choice) -> Column {
    let expert = &one.standing.expert;
    Column {
        id: expert.id.to_string(),
        name: expert.name(),
        href: format!("/intervenants/{}", expert.number),
        quality: one.college.as_ref().map(|seat| seat.quality.clone()).unwrap_or_default(),
        warned: one.verdict == Verdict::Reasoned,
        refused: one.verdict == Verdict::Refused,
        reason_field: reason_field(one),
    }
}

fn other(panel: &Panel, one: &Choice) -> OtherRow {
    let expert = &one.standing.expert;
    let refused = one.verdict == Verdict::Refused;
    let mut reasons = if refused { one.reasons(panel) } else { one.warnings(panel) };
    if !refused {
        reasons.extend(of_time(one));
        reasons.push(words_of_time::distance(one.standing.reach));
    }
    OtherRow {
        name: expert.name(),
        href: format!("/intervenants/{}", expert.number),
        refused,
        reasons,
        id: expert.id.to_string(),
        warned: one.verdict == Verdict::Reasoned,
        reason_field: reason_field(one),
    }
}

/// The criteria, each for every person compared.
fn criteria(panel: &Panel, compared: &[&Choice], all: &[Choice]) -> Vec<Criterion> {
    let total: usize = all.iter().map(|one| one.standing.load.total()).sum();
    let mean = total / all.len().max(1);
    let line = |label, cell: &dyn Fn(&Choice) -> Cell| Criterion {
        label,
        cells: compared.iter().map(|one| cell(one)).collect(),
    };
    vec![
        line(labels::ENTITLED, &entitled),
        line(labels::TIME, &time),
        line(labels::DISTANCE, &distance),
        line(labels::ROTATION, &|one| of_checks(panel, one, |check| check == Check::J6, labels::NO_TURN)),
        line(labels::LOAD, &|one| load(one, mean)),
        line(labels::INDEPENDENCE, &|one| {
            of_checks(panel, one, |check| !matches!(check, Check::J6 | Check::J7 | Check::J9), labels::NO_TIE)
        }),
    ]
}

fn entitled(one: &Choice) -> Cell {
    let college = one.college.as_ref().map(labels::college_seat);
    let until = one.standing.habilitated_until.map(|day| labels::until(&french::date(day)));
    Cell { mark: CheckMark::Good, lines: college.into_iter().chain(until).collect() }
}

fn time(one: &Choice) -> Cell {
    let mark = match one.standing.freedom {
        Freedom::Free if one.offered.is_empty() => CheckMark::Good,
        Freedom::Free | Freedom::Unknown | Freedom::Taken => CheckMark::Waiting,
    };
    Cell { mark, lines: of_time(one) }
}

/// What is known of the time of a person: what they declared, what they were offered, the travels of the day.
fn of_time(one: &Choice) -> Vec<String> {
    let standing = &one.standing;
    let said = words_of_missions::freedom(standing.freedom).to_owned();
    let away = standing
        .away
        .iter()
        .map(|said| words_of_missions::refusals::away(words_of_missions::refusals::THIS_PERSON, said));
    let told = one.offered.iter().chain(&standing.notes).cloned();
    std::iter::once(said).chain(away).chain(told).collect()
}

fn distance(one: &Choice) -> Cell {
    let reach = one.standing.reach;
    let far = reach.beyond || reach.outside;
    let mark = if far { CheckMark::Waiting } else { CheckMark::Good };
    Cell { mark, lines: vec![words_of_time::distance(reach)] }
}

fn load(one: &Choice, mean: usize) -> Cell {
    let load = one.standing.load;
    let mark = if load.total() > mean { CheckMark::Waiting } else { CheckMark::Good };
    Cell { mark, lines: vec![words_of_time::short_load(load), labels::mean(mean)] }
}

fn of_checks(panel: &Panel, one: &Choice, about: impl Fn(Check) -> bool, nothing: &str) -> Cell {
    let own: Vec<&Finding> = one.findings.iter().filter(|found| about(found.check)).collect();
    if own.is_empty() {
        return Cell { mark: CheckMark::Good, lines: vec![nothing.to_owned()] };
    }
    let heavy = own.iter().any(|found| found.severity >= Severity::Candidate);
    let mark = if heavy { CheckMark::Bad } else { CheckMark::Waiting };
    Cell { mark, lines: own.iter().map(|found| labels::finding(panel, found)).collect() }
}

/// Asks somebody.
#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let seat = Seat::from_word(form.text("siege"));
    let done = async {
        let conn = page.app.db.read();
        let panel = Panel::by_number(conn, page.actor(), &number).await?;
        let wanted = assignment(&page, &panel, seat, &form).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let asked = actions::assign(&mut tx, panel.session.id, form.version(), &wanted);
        let member = Box::pin(asked).await?;
        tx.commit().await?;
        let panel = Panel::by_number(conn, page.actor(), &number).await?;
        let name = panel.member(member.id).map(|member| member.expert.name());
        Ok::<_, PanelError>(name.unwrap_or_default())
    };
    let error = match done.await {
        Ok(name) => return Ok(flash::redirect(&format!("/jurys/{number}/membres"), &labels::asked(&name))),
        Err(error) => error,
    };
    let state = FormState::filled(form.fields());
    match error.kind() {
        ErrorKind::Invalid => {
            let state = state.with_errors(FieldErrors::of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &number, seat, state, None).await
        }
        ErrorKind::Conflict | ErrorKind::Stale => {
            answer(&page, StatusCode::CONFLICT, &number, seat, state, Some(&error)).await
        }
        _ => Err(WebError::from(error).into()),
    }
}

/// Who was chosen, with the reason that was written for them.
async fn assignment(
    page: &Page,
    panel: &Panel,
    seat: Option<Seat>,
    form: &FormData,
) -> Result<Assignment, PanelError> {
    let seat = seat.ok_or_else(|| PanelError::fault("/siege", "missing", labels::SEAT_WANTED))?;
    let unknown = || PanelError::fault("/personne", "unknown", labels::UNKNOWN_EXPERT);
    let id: Uuid = form.text("personne").parse().map_err(|_| unknown())?;
    let found = composer::choices(page.app.db.read(), panel, seat, page.app.now()).await?;
    let chosen = found.iter().find(|one| one.standing.expert.id.0 == id).ok_or_else(unknown)?;
    Ok(Assignment {
        seat,
        expert: chosen.standing.expert.id,
        reason: form.text(&reason_field(chosen)).to_owned(),
        remote: form.ticked("visio"),
        answer_by: None,
    })
}
