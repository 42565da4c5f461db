//! `/reunions/{number}`: the meeting, who is invited, and what comes next.

use askama::Template;
use entity::meeting::MeetingState;
use entity::meeting_guest::GuestAnswer;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use time::{Date, OffsetDateTime};

use super::super::documents::Paper;
use super::super::queries::{self, Whole};
use super::super::state::{self, Step};
use super::super::{MeetingError, labels};
use super::form::{modes, zone_choices};
use crate::authz::{Permission, may};
use crate::http::web::component::{AsOf, Choice, Fact, Link, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, filters};
use crate::render::french;
use crate::rules::deadline::local;
use crate::rules::typed_date::{iso, parse};

/// Someone invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestRow {
    /// Key, for the boxes.
    pub id: String,
    /// Name.
    pub name: String,
    /// Their file; empty for whoever may not see it.
    pub href: String,
    /// The hour where they live.
    pub hour: String,
    /// What they answered, or whether they were there.
    pub status: Status,
    /// Whether the box is ticked when attendance is recorded.
    pub ticked: bool,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionRow {
    /// What.
    pub text: String,
    /// Who, until when, or the day it was done.
    pub note: String,
    /// Whether it is done.
    pub done: bool,
    /// Whether its date has passed.
    pub late: bool,
    /// Where it is said done; empty when it may not.
    pub action: String,
}

/// `/reunions/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/meetings/show.html")]
#[expect(clippy::struct_excessive_bools, reason = "one for each act that the page may offer")]
pub struct MeetingShowPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Said when the day looked at is behind: what is shown of it cannot be changed.
    pub past: Option<AsOf>,
    /// What is not of that day.
    pub of_today: &'static str,
    /// The form that chooses the day.
    pub dates: FormState,
    /// Number.
    pub number: String,
    /// When, at the hour of the meeting.
    pub when: String,
    /// Where it stands.
    pub status: Status,
    /// When, where, who.
    pub margin: Vec<Fact>,
    /// The agenda, line by line.
    pub agenda: Vec<String>,
    /// Guests.
    pub guests: Vec<GuestRow>,
    /// « 12 personnes invitées, 9 annoncées ».
    pub counts: String,
    /// The minutes, line by line.
    pub minutes: Vec<String>,
    /// Decisions.
    pub decisions: Vec<String>,
    /// Things to do.
    pub actions: Vec<ActionRow>,
    /// Files.
    pub documents: Vec<Link>,
    /// Version, given back by the forms.
    pub version: i32,
    /// Whether invitations may be sent.
    pub may_invite: bool,
    /// Whether the date, the place and the agenda may change.
    pub may_move: bool,
    /// Whether it may be cancelled.
    pub may_cancel: bool,
    /// Whether attendance may be recorded.
    pub may_hold: bool,
    /// Whether decisions, things to do and the minutes may be written.
    pub may_publish: bool,
    /// Whether files may be attached.
    pub may_attach: bool,
    /// The button that makes the document that the meeting calls for.
    pub issue: Option<&'static str>,
    /// Whether the visitor is invited and may answer.
    pub may_answer: bool,
    /// What the visitor answered.
    pub own_answer: Option<Status>,
    /// Which form comes back.
    pub returned: &'static str,
    /// Form of the agenda.
    pub edit: FormState,
    /// Form of the move.
    pub reschedule: FormState,
    /// Form of the cancellation.
    pub cancel: FormState,
    /// Form of a decision.
    pub decision: FormState,
    /// Form of something to do.
    pub task: FormState,
    /// Form of the minutes.
    pub publish: FormState,
    /// Form of a file.
    pub file: FormState,
    /// Guests who may be given something to do.
    pub owners: Vec<Choice>,
    /// Where the next meeting is prepared; none before this one is held.
    pub next: Option<String>,
    /// Video or on site.
    pub modes: Vec<Choice>,
    /// Zones.
    pub zones: Vec<Choice>,
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    au: String,
}

/// The page, as of a day that is behind when the address says one; that of today when there was no such meeting then.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (conn, today) = (page.app.db.read(), page.app.today());
    let Some(day) = parse(&asked.au).filter(|day| *day < today) else {
        return answer(&page, StatusCode::OK, &number, "", FormState::default()).await;
    };
    let whole = queries::by_number(conn, page.actor(), &number).await.map_err(WebError::from)?;
    let dates = FormState::filled([("au", iso(day))]);
    match queries::as_of(conn, page.actor(), whole.clone(), day).await {
        Ok(was) => {
            let past = AsOf::of(day, today, format!("/reunions/{number}"));
            shown(&page, StatusCode::OK, &was, ("", FormState::default()), (past, dates))
        }
        Err(MeetingError::NotFound) => {
            let dates = dates.with_errors([("/au", labels::NOT_THAT_DAY)].into_iter().collect());
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            shown(&page, status, &whole, ("", FormState::default()), (None, dates))
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The page again, one of its forms with its faults.
pub(super) async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    returned: &'static str,
    form: FormState,
) -> Result<Response> {
    let conn = page.app.db.read();
    let whole = queries::by_number(conn, page.actor(), number).await.map_err(WebError::from)?;
    let dates = FormState::filled([("au", iso(page.app.today()))]);
    shown(page, status, &whole, (returned, form), (None, dates))
}

/// The page of a meeting, on a day that is behind when one is given, with the form that chooses it.
fn shown(
    page: &Page,
    status: StatusCode,
    whole: &Whole,
    (returned, form): (&'static str, FormState),
    (past, dates): (Option<AsOf>, FormState),
) -> Result<Response> {
    let is_today = past.is_none();
    let rows: Vec<_> = whole.guests.iter().map(|guest| guest.row.clone()).collect();
    let facts = queries::facts(page.actor(), &rows);
    let manages = is_today && may(page.actor(), Permission::MeetingManage, &facts);
    let row = &whole.meeting;
    let (now, today) = (page.app.now(), page.app.today());
    let begun = *row.starts_at <= now;
    let can = |step| manages && state::TABLE.can(row.state, step);
    let own = page.actor().expert().and_then(|own| rows.iter().find(|guest| guest.expert_id == own));
    let summary = form.summary(labels::NOT_RECORDED).or_else(|| dates.summary(labels::NOT_SHOWN));
    let own_form = |kind: &'static str, known: Vec<(&'static str, String)>| {
        let filled = if returned == kind { form.clone() } else { FormState::filled(known) };
        filled.with_version(row.version.into()).with_prefix(kind)
    };
    let context = MeetingShowPage {
        shell: page.shell(labels::title(row.kind)).with_errors(summary.is_some()),
        summary,
        past,
        of_today: labels::OF_TODAY,
        dates,
        number: row.number.clone(),
        when: labels::when(*row.starts_at, &row.zone),
        status: labels::state(row.state),
        margin: margin(whole, page),
        agenda: lines(&row.agenda),
        guests: guests(whole, page),
        counts: counts(whole),
        minutes: lines(&row.minutes),
        decisions: whole.decisions.iter().map(|one| one.text.clone()).collect(),
        actions: actions(whole, manages, today),
        documents: whole
            .documents
            .iter()
            .map(|one| {
                Link::new(one.download_name(), format!("/reunions/{}/documents/{}", row.number, one.id))
            })
            .collect(),
        version: row.version,
        may_invite: can(Step::Invite) && !begun,
        may_move: can(Step::Move),
        may_cancel: can(Step::Cancel),
        may_hold: can(Step::Hold) && begun,
        may_publish: can(Step::Publish),
        may_attach: manages && row.state != MeetingState::Cancelled,
        issue: Paper::of(row.state).filter(|_| manages).map(labels::issue),
        may_answer: is_today && own.is_some() && row.state == MeetingState::Invited && !begun,
        own_answer: own.map(|guest| labels::answer(guest.answer)),
        returned,
        edit: own_form("ordre", vec![("agenda", row.agenda.clone())]),
        reschedule: own_form("deplacer", moved(whole)),
        cancel: own_form("annuler", Vec::new()),
        decision: own_form("decision", Vec::new()),
        task: own_form("action", Vec::new()),
        publish: own_form("compte-rendu", Vec::new()),
        file: own_form("fichier", Vec::new()),
        owners: whole
            .guests
            .iter()
            .map(|guest| Choice::new(guest.expert.id.to_string(), guest.expert.name()))
            .collect(),
        next: (manages && matches!(row.state, MeetingState::Held | MeetingState::MinutesPublished))
            .then(|| address::with_query("/reunions/nouvelle", &[("suite", row.number.as_str())])),
        modes: modes(),
        zones: zone_choices(),
    };
    page.answer_with(status, &context)
}

/// The lines of a text that hold something.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn moved(whole: &Whole) -> Vec<(&'static str, String)> {
    let row = &whole.meeting;
    let here = local(*row.starts_at, &row.zone).ok();
    let time = here.map(|here| format!("{:02}:{:02}", here.hour(), here.minute()));
    vec![
        ("day", iso(row.meets_on)),
        ("time", time.unwrap_or_default()),
        ("zone", row.zone.clone()),
        ("mode", row.mode.word()),
        ("place", row.place.clone()),
        ("lasts_minutes", row.lasts_minutes.to_string()),
    ]
}

fn margin(whole: &Whole, page: &Page) -> Vec<Fact> {
    let row = &whole.meeting;
    let at: OffsetDateTime = *row.starts_at;
    let mut facts = vec![Fact::new(labels::WHEN, labels::when(at, &row.zone))];
    let own = page.actor().expert().and_then(|own| whole.guests.iter().find(|one| one.expert.id == own));
    if let Some(own) = own.filter(|own| own.expert.zone != row.zone) {
        facts.push(Fact::new(labels::HERE, labels::when(at, &own.expert.zone)));
    }
    facts.push(Fact::new(labels::LASTS, labels::duration(row.lasts_minutes)));
    let place = Fact::new(labels::WHERE, row.place.clone()).with_note(labels::mode(row.mode));
    let is_link = row.place.starts_with("https://");
    facts.push(if is_link { place.to(row.place.clone()) } else { place });
    facts.push(Fact::new(labels::WHO, labels::kind(row.kind)));
    if let Some(spent) = row.time_spent_minutes {
        facts.push(Fact::new(labels::SPENT, labels::duration(spent)));
    }
    facts
}

fn guests(whole: &Whole, page: &Page) -> Vec<GuestRow> {
    let staff = page.actor().is_staff();
    let row = &whole.meeting;
    whole
        .guests
        .iter()
        .map(|guest| GuestRow {
            id: guest.expert.id.to_string(),
            name: guest.expert.name(),
            href: if staff { format!("/intervenants/{}", guest.expert.number) } else { String::new() },
            hour: french::local_and_paris(*row.starts_at, &guest.expert.zone),
            status: labels::guest(row.state, &guest.row),
            ticked: guest.row.present.unwrap_or(guest.row.answer == GuestAnswer::Coming),
        })
        .collect()
}

fn counts(whole: &Whole) -> String {
    if whole.guests.is_empty() {
        return String::new();
    }
    let coming = whole.guests.iter().filter(|one| one.row.answer == GuestAnswer::Coming).count();
    let known = whole.guests.iter().any(|one| one.row.present.is_some());
    let present = whole.guests.iter().filter(|one| one.row.present == Some(true)).count();
    labels::counts(whole.guests.len(), coming, known.then_some(present))
}

fn actions(whole: &Whole, manages: bool, today: Date) -> Vec<ActionRow> {
    whole
        .actions
        .iter()
        .map(|row| ActionRow {
            text: row.text.clone(),
            note: labels::task_note(row),
            done: row.done_on.is_some(),
            late: row.done_on.is_none() && row.due_on < today,
            action: if manages && row.done_on.is_none() {
                format!("/reunions/{}/actions/{}/fait", whole.meeting.number, row.id)
            } else {
                String::new()
            },
        })
        .collect()
}
