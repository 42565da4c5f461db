//! `/sessions/{number}`: the session, its half-days, who teaches, what it lacks and what comes next.

use askama::Template;
use entity::training_session::Delivery;
use poem::web::Path;
use poem::{Response, Result, handler};
use time::Date;

use super::super::known::lacks;
use super::super::load::{Slot, Whole};
use super::super::queries::{self, Entry};
use super::super::state::{Step, TABLE, may_be_taught_by_others, may_change, takes_people};
use super::super::{TrainingError, labels, wording};
use super::list::calendar_of;
use crate::authz::{Permission, may};
use crate::http::web::component::{Check, CheckMark, Fact, HistoryLine, Link, Status};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;
use crate::rules::deadline::local;
use crate::rules::territory::PARIS;

/// A half-day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotRow {
    /// « mardi 3 mars 2026 ».
    pub day: String,
    /// « de 9 h à 12 h 30 ».
    pub hours: String,
    /// The clock of the place, where it is not that of Paris.
    pub clock: String,
    /// Room, or how it is followed.
    pub place: String,
    /// What is taught.
    pub subject: String,
    /// Who teaches.
    pub trainers: String,
}

/// Somebody who teaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainerRow {
    /// Name.
    pub name: String,
    /// Their file; empty for whoever may not see it.
    pub href: String,
    /// What they are to the body.
    pub standing: &'static str,
    /// How many half-days.
    pub half_days: String,
}

/// `/sessions/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/training/show.html")]
pub struct SessionShowPage {
    /// The shell.
    pub shell: Shell,
    /// Number.
    pub number: String,
    /// « du 3 au 5 mars 2026 ».
    pub when: String,
    /// Where it stands.
    pub status: Status,
    /// Said when nobody else gets a seat.
    pub full: &'static str,
    /// The session in brief.
    pub margin: Vec<Fact>,
    /// What is kept of it elsewhere: enrolments, papers, attendance.
    pub around: Vec<Link>,
    /// Why it is postponed or cancelled.
    pub reason: String,
    /// The first act that comes next.
    pub lead: Option<Link>,
    /// What the next act of the team asks.
    pub checks: Vec<Check>,
    /// Half-days.
    pub slots: Vec<SlotRow>,
    /// Those who teach.
    pub trainers: Vec<TrainerRow>,
    /// Texts for those who come, by title.
    pub texts: Vec<(&'static str, String)>,
    /// What may be changed.
    pub changes: Vec<Link>,
    /// The other acts.
    pub acts: Vec<Link>,
    /// What takes something away.
    pub ends: Vec<Link>,
    /// Its acts, newest first.
    pub history: Vec<HistoryLine>,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let conn = page.app.db.read();
    let read = async {
        let whole = Whole::by_number(conn, page.actor(), &number).await?;
        let staff = page.actor().is_staff();
        let next = next_step(&whole).filter(|_| staff);
        let lacking = match next {
            Some(step) => lacks(conn, &whole, step).await?,
            None => Vec::new(),
        };
        let history = if staff { queries::history(conn, whole.session.id).await? } else { Vec::new() };
        Ok::<_, TrainingError>((whole, lacking, history))
    };
    let (whole, lacking, history) = read.await.map_err(WebError::from)?;
    let session = &whole.session;
    let facts = whole.facts(page.actor());
    let manages = may(page.actor(), Permission::TrainingManage, &facts);
    let full = takes_people(session.state) && whole.seats().is_full();
    let lead = next_step(&whole).filter(|_| manages).map(|step| link(&whole, step));
    let (ends, acts) = others(&whole, manages);
    let context = SessionShowPage {
        shell: page.shell(session.title.clone()),
        number: session.number.clone(),
        when: wording::dates(session),
        status: labels::state(session.state),
        full: if full { labels::FULL } else { "" },
        margin: margin(&whole),
        around: around(&page, &whole),
        reason: session.reason.clone().unwrap_or_default(),
        lead,
        checks: lacking.into_iter().map(|lack| check(labels::lack(lack))).collect(),
        slots: whole.slots.iter().map(|slot| slot_row(slot, &whole)).collect(),
        trainers: trainers(&whole, page.actor().is_staff()),
        texts: texts(&whole),
        changes: if manages { changes(&whole) } else { Vec::new() },
        acts,
        ends,
        history: history.iter().map(|entry| line(entry, &session.zone, page.app.today())).collect(),
    };
    page.answer(&context)
}

/// What is kept of a session elsewhere, as far as this person may read it.
fn around(page: &Page, whole: &Whole) -> Vec<Link> {
    let facts = whole.facts(page.actor());
    let number = &whole.session.number;
    let house = page.actor().structures().next().is_none() && page.actor().expert().is_none();
    let mut links = Vec::new();
    if house && may(page.actor(), Permission::EnrolmentView, &facts) {
        links.push(Link::new(labels::ENROLMENTS, format!("/inscriptions/sessions/{number}")));
    }
    if house && may(page.actor(), Permission::PaperView, &facts) {
        links.push(Link::new(labels::PAPERS, format!("/sessions/{number}/papiers")));
    }
    if may(page.actor(), Permission::AttendanceView, &facts) {
        links.push(Link::new(labels::ATTENDANCE, format!("/sessions/{number}/emargement")));
    }
    links
}

/// The step that the life of a session leads to.
fn next_step(whole: &Whole) -> Option<Step> {
    use entity::training_session::SessionState as S;
    match whole.session.state {
        S::Project => Some(Step::Open),
        S::Open => Some(Step::Confirm),
        S::Postponed => Some(Step::Reschedule),
        S::Ended => Some(Step::Close),
        S::Confirmed | S::InProgress | S::Closed | S::Cancelled => None,
    }
}

fn link(whole: &Whole, step: Step) -> Link {
    Link::new(labels::step(step), format!("{}/actes/{}", whole.path(), labels::acts::verb(step)))
}

/// What takes something away, and the other steps that are possible; the next one has its button. What the program does by
/// itself is not proposed.
fn others(whole: &Whole, manages: bool) -> (Vec<Link>, Vec<Link>) {
    if !manages {
        return (Vec::new(), Vec::new());
    }
    let next = next_step(whole);
    let by_itself = |step: &Step| matches!(step, Step::Start | Step::Finish);
    let possible = TABLE.steps(whole.session.state);
    let possible: Vec<Step> = possible.filter(|step| Some(*step) != next && !by_itself(step)).collect();
    let (ends, acts): (Vec<Step>, Vec<Step>) =
        possible.into_iter().partition(|step| matches!(step, Step::Cancel | Step::Withdraw | Step::Postpone));
    let links = |steps: Vec<Step>| steps.into_iter().map(|step| link(whole, step)).collect();
    (links(ends), links(acts))
}

/// What may be changed of a session.
fn changes(whole: &Whole) -> Vec<Link> {
    let to = |label: &str, page: &str| Link::new(label, format!("{}/{page}", whole.path()));
    let mut links = Vec::new();
    if may_change(whole.session.state) {
        links.push(to(labels::EDIT_SESSION, "modifier"));
    }
    if may_be_taught_by_others(whole.session.state) {
        links.push(to(labels::acts::SLOTS, "demi-journees"));
        links.push(to(labels::acts::TEACHING, "animation"));
    }
    if whole.session.delivery != Delivery::Own {
        links.push(to(labels::SUBCONTRACTOR, "sous-traitance"));
    }
    links
}

/// The session in brief.
pub(super) fn margin(whole: &Whole) -> Vec<Fact> {
    let session = &whole.session;
    let mut facts = vec![
        Fact::new(labels::WHEN, wording::dates(session)),
        Fact::new(labels::DURATION, labels::duration(session.duration_minutes)),
        Fact::new(labels::WHERE, wording::place(session)).with_note(labels::modality(session.modality)),
    ];
    let audience = Fact::new(labels::FOR_WHOM, labels::kind(session.kind));
    facts.push(match &whole.structure {
        Some(structure) => audience.with_note(structure.name.clone()),
        None => audience,
    });
    let by = Fact::new(labels::BY_WHOM, labels::delivery(session.delivery));
    facts.push(match &whole.subcontract {
        Some(contract) => by.with_note(contract.party.clone()),
        None => by,
    });
    let tally = &whole.tally;
    facts.push(
        Fact::new(labels::SEATS, labels::seats(tally.held, tally.seats, tally.waiting))
            .with_note(labels::group(session.seats_min, session.seats_max)),
    );
    let price = session.price_cents.map_or_else(|| labels::ON_QUOTATION.to_owned(), french::money_cents);
    facts.push(Fact::new(labels::PRICE, price).with_note(session.price_note.clone()));
    if let Some(last) = session.enrol_until {
        facts.push(Fact::new(labels::ENROL_UNTIL, french::date(last)));
    }
    facts
}

fn slot_row(slot: &Slot, whole: &Whole) -> SlotRow {
    let row = &slot.row;
    let names: Vec<String> = slot.trainers.iter().map(|one| one.expert.name()).collect();
    let room = whole.room_of(slot).filter(|_| slot.is_on_site()).map(|room| room.name.clone());
    SlotRow {
        day: french::long_date(row.day),
        hours: wording::hours(row),
        clock: wording::hour_of(&row.zone).unwrap_or_default(),
        place: room.unwrap_or_else(|| labels::modality(row.modality).to_owned()),
        subject: row.subject.clone(),
        trainers: if names.is_empty() { labels::NOBODY_TEACHES.to_owned() } else { names.join(", ") },
    }
}

fn trainers(whole: &Whole, staff: bool) -> Vec<TrainerRow> {
    let mut rows = Vec::new();
    for person in whole.trainers() {
        let mut taught = whole.slots.iter().flat_map(|slot| &slot.trainers);
        let Some(one) = taught.find(|one| one.row.expert_id == person) else { continue };
        let count = i64::try_from(whole.slots_of(person).count()).unwrap_or(i64::MAX);
        rows.push(TrainerRow {
            name: one.expert.name(),
            href: if staff { format!("/intervenants/{}", one.expert.number) } else { String::new() },
            standing: labels::standing(one.row.standing),
            half_days: labels::acts::half_days(count),
        });
    }
    rows
}

fn texts(whole: &Whole) -> Vec<(&'static str, String)> {
    let session = &whole.session;
    [
        (labels::acts::ACCESS, &session.access),
        (labels::acts::ACCESSIBILITY, &session.accessibility),
        (labels::acts::TO_BRING, &session.to_bring),
        (labels::acts::REMOTE, &session.remote_url),
        (labels::acts::FUNDING, &session.funding_note),
        (labels::acts::CONTACT, &session.contact),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(title, text)| (title, text.clone()))
    .collect()
}

fn check(title: &str) -> Check {
    Check {
        mark: CheckMark::Waiting,
        word: labels::acts::LACKS.to_owned(),
        title: title.to_owned(),
        note: String::new(),
        action: None,
    }
}

fn line(entry: &Entry, zone: &str, today: Date) -> HistoryLine {
    let event = &entry.event;
    let here = local(*event.at, zone).or_else(|_| local(*event.at, PARIS)).ok();
    let system = event.actor_kind == "system";
    let who = match &entry.who {
        Some(name) => Some(name.as_str()),
        None => system.then_some(labels::AUTOMATIC),
    };
    let told: Vec<&str> = who.into_iter().chain(event.reason.as_deref()).collect();
    let ending = event.name.rsplit('.').next().unwrap_or_default();
    HistoryLine {
        day: here.map(|here| french::short_date_from(here.date(), today)).unwrap_or_default(),
        time: here.map(|here| french::time_of_day(here.time())).unwrap_or_default(),
        what: labels::happened(ending).unwrap_or(ending).to_owned(),
        who: told.join(". "),
        system,
        href: String::new(),
    }
}

/// The half-days of a session, for a calendar.
#[handler]
pub(super) async fn calendar(page: Page, Path(number): Path<String>) -> Result<Response> {
    let whole = Whole::by_number(page.app.db.read(), page.actor(), &number).await.map_err(WebError::from)?;
    Ok(calendar_of(&whole.session.title, &wording::calendar(&whole), page.app.now()))
}
