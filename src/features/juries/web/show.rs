//! `/jurys/{number}`: the file of a session, what comes next and what lacks for it.

use askama::Template;
use entity::candidate::JuryDecision;
use entity::jury_passage::Presence;
use entity::jury_session::JuryState;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use time::Date;

use super::super::load::{Passing, Seated, Whole};
use super::super::state::{Event, TABLE, takes_candidates};
use super::super::{JuryError, actions, day, delays, documents as papers, labels, queries, wording};
use super::act::margin;
use super::history::{Eyes, line};
use crate::authz::{Actor, Permission, may, may_somewhere};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::{Check, CheckMark, Fact, HistoryLine, Link, Stage, Status, Step};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::jury::quorum::Lack;

/// Somebody of the jury.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// Name.
    pub name: String,
    /// Their file; empty for whoever may not see it.
    pub href: String,
    /// The seat.
    pub seat: &'static str,
    /// Where the seat stands.
    pub status: Status,
}

/// Somebody who passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassageRow {
    /// Their turn.
    pub rank: String,
    /// Their hour; empty before the session is planned.
    pub hour: String,
    /// Name.
    pub name: String,
    /// Their file, or what the jury reads of it; empty for whoever may see neither.
    pub href: String,
    /// Number of their file.
    pub number: String,
    /// Where their file stands, or what came of it.
    pub status: Status,
}

/// `/jurys/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/juries/show.html")]
#[expect(clippy::struct_excessive_bools, reason = "one for each act that the page may offer")]
pub struct JuryShowPage {
    /// The shell.
    pub shell: Shell,
    /// What an act asked for on this page was refused for.
    pub refused: Option<(String, Vec<String>)>,
    /// Number.
    pub number: String,
    /// When, at the hour of the place; empty before it is planned.
    pub when: String,
    /// Where it stands.
    pub status: Status,
    /// The session in brief.
    pub margin: Vec<Fact>,
    /// Its steps.
    pub steps: Vec<Step>,
    /// Why it was rejected, moved or cancelled.
    pub reason: String,
    /// What the structure wrote.
    pub message: String,
    /// Half-days that it wishes, while the session has no date.
    pub wishes: Vec<String>,
    /// Delays that are not kept, for the team.
    pub delays: Vec<String>,
    /// What comes first, when it is on another page; the other buttons then follow.
    pub lead: Option<Link>,
    /// Whether everything that the next act of the team asks is there.
    pub ready: bool,
    /// Title of what is looked at before the next act.
    pub ahead: &'static str,
    /// What the next act asks, and whether it is there.
    pub checks: Vec<Check>,
    /// Its candidates.
    pub passages: Vec<PassageRow>,
    /// « 5 candidats ».
    pub candidates: String,
    /// Its jury.
    pub members: Vec<MemberRow>,
    /// Its documents.
    pub documents: Vec<Link>,
    /// What happened.
    pub history: Vec<HistoryLine>,
    /// Version, given back by the buttons.
    pub version: i32,
    /// Whether the visitor may plan it.
    pub may_plan: bool,
    /// Whether it may be rejected.
    pub may_reject: bool,
    /// Whether the structure may take it back.
    pub may_withdraw: bool,
    /// Whether it may be confirmed.
    pub may_confirm: bool,
    /// Whether its candidates may be called.
    pub may_convoke: bool,
    /// Whether it may be postponed.
    pub may_postpone: bool,
    /// Whether it may be cancelled.
    pub may_cancel: bool,
    /// Whether its candidates may be chosen.
    pub may_choose: bool,
    /// Whether its convocations may be printed.
    pub has_summons: bool,
    /// The pages of its day; empty when the visitor may not see them, or too early.
    pub day: String,
    /// Whether the visitor may read its minutes, or write them.
    pub has_minutes: bool,
    /// Whether the visitor may see how its seats are filled.
    pub has_panel: bool,
    /// Whether the visitor may deliver its certificates.
    pub may_issue: bool,
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    refused: Option<(String, Vec<String>)>,
) -> Result<Response> {
    let conn = page.app.db.read();
    let read = async {
        let whole = Whole::by_number(conn, page.actor(), number).await?;
        let documents = queries::documents(conn, page.actor(), &whole).await?;
        let history = queries::history(conn, &whole).await?;
        let look = actions::Look::of(page.actor(), &whole, page.app.now());
        let checklist = actions::checklist(conn, &whole, look).await?;
        Ok::<_, JuryError>((whole, documents, history, checklist))
    };
    let (whole, documents, history, checklist) = read.await.map_err(WebError::from)?;
    let facts = whole.facts(page.actor());
    let holds = |permission| may(page.actor(), permission, &facts);
    let session = &whole.session;
    let day = day::holds(page.actor(), &whole, Permission::JuryDayView);
    let ready = checklist.iter().all(|(met, _)| *met);
    let manages = |event| holds(Permission::JuryManage) && TABLE.can(session.state, event);
    let eyes = Eyes::of(page.actor(), &whole);
    let context = JuryShowPage {
        shell: page.shell(labels::title(&whole.structure.name)).with_errors(refused.is_some()),
        refused,
        number: session.number.clone(),
        when: wording::when(session),
        status: labels::state(session.state),
        margin: margin(&whole),
        steps: steps(&whole),
        reason: session.reason.clone().unwrap_or_default(),
        message: session.request_note.clone(),
        wishes: if session.starts_at.is_none() { wishes(&whole) } else { Vec::new() },
        delays: if holds(Permission::JuryPanelView) { overdue(&whole, page.app.today()) } else { Vec::new() },
        lead: lead(&whole, ready, holds),
        ready,
        ahead: labels::lacks::before(session.state),
        checks: checklist.into_iter().map(check).collect(),
        passages: whole.passages.iter().map(|one| passage(one, &whole, page.actor())).collect(),
        candidates: labels::candidates(whole.passages.len()),
        members: whole.members.iter().map(|one| member(one, page.actor().is_staff())).collect(),
        documents: papers::in_order(&whole, &documents)
            .into_iter()
            .map(|row| Link::new(papers::name(&whole, row), format!("{}/documents/{}", whole.path(), row.id)))
            .collect(),
        history: history.iter().map(|entry| line(entry, &session.zone, page.app.today(), eyes)).collect(),
        version: session.version,
        may_plan: manages(Event::Plan),
        may_reject: manages(Event::Reject),
        may_withdraw: holds(Permission::JuryWithdraw) && TABLE.can(session.state, Event::Withdraw),
        may_confirm: manages(Event::Confirm),
        may_convoke: holds(Permission::JuryConvoke) && TABLE.can(session.state, Event::Convoke),
        may_postpone: manages(Event::Postpone),
        may_cancel: manages(Event::Cancel),
        may_choose: holds(Permission::JuryCandidates) && takes_candidates(session.state),
        has_summons: session.summoned_at.is_some(),
        day: day_page(session.state)
            .filter(|_| day)
            .map(|name| format!("{}/{name}", whole.path()))
            .unwrap_or_default(),
        has_minutes: holds(Permission::MinutesView) && minuted(session.state),
        has_panel: holds(Permission::JuryPanelView),
        may_issue: holds(Permission::CertificateIssue)
            && matches!(session.state, JuryState::Validated | JuryState::Closed),
    };
    page.answer_with(status, &context)
}

/// The delays that a session does not keep, in words.
fn overdue(whole: &Whole, today: Date) -> Vec<String> {
    let asked: Vec<_> = whole.sitting().map(|one| (one.row.seat, *one.row.added_at)).collect();
    let lacks = whole.lacks().iter().any(|lack| *lack != Lack::President);
    let late = delays::late(&whole.session, &whole.rules, (&asked, lacks), today);
    late.iter().map(labels::lacks::late).collect()
}

/// What comes first for somebody, when it is neither an act of this page nor the day.
fn lead(whole: &Whole, ready: bool, holds: impl Fn(Permission) -> bool) -> Option<Link> {
    use JuryState as S;
    let to = |label: &str, page: &str| Some(Link::new(label, format!("{}/{page}", whole.path())));
    match whole.session.state {
        S::Planned if !ready && holds(Permission::JuryPanelManage) => {
            if whole.president().is_none() || !whole.lacks().is_empty() {
                to(labels::COMPOSE, "affectation")
            } else if whole.passages.is_empty() {
                to(labels::CHOOSE, "candidats")
            } else {
                to(labels::LOOK_AT_MEMBERS, "membres")
            }
        }
        S::Confirmed if !ready && holds(Permission::JuryPanelManage) => {
            to(labels::LOOK_AT_MEMBERS, "membres")
        }
        S::Signed if holds(Permission::MinutesCheck) => to(labels::CHECK_MINUTES, "pv/controle"),
        S::ToSign | S::Signed | S::ToRectify | S::Checked | S::Validated | S::Closed
            if holds(Permission::MinutesView) =>
        {
            to(labels::MINUTES, "pv")
        }
        _ => None,
    }
}

/// The page of the day that a session is at, under its own; none before its candidates are called.
#[must_use]
pub const fn day_page(state: JuryState) -> Option<&'static str> {
    use JuryState as S;
    match state {
        S::Summoned => Some("ouverture"),
        S::Open => Some("passages/1"),
        S::Deliberating | S::ToSign | S::Signed | S::ToRectify | S::Checked | S::Validated | S::Closed => {
            Some("deliberation")
        }
        S::Requested
        | S::Rejected
        | S::Planned
        | S::Confirmed
        | S::Postponed
        | S::Cancelled
        | S::NoQuorum => None,
    }
}

fn wishes(whole: &Whole) -> Vec<String> {
    let wish = |one: &entity::jury_wish::Model| {
        format!("{}, {}", french::long_date(one.day), labels::half(one.half).to_lowercase())
    };
    whole.wishes.iter().map(wish).collect()
}

/// Something that the next act of the team asks.
fn check((met, title): (bool, String)) -> Check {
    let (mark, word) =
        if met { (CheckMark::Good, labels::lacks::MET) } else { (CheckMark::Waiting, labels::lacks::LACKS) };
    Check { mark, word: word.to_owned(), title, note: String::new(), action: None }
}

/// The five steps that people follow, whatever the states between them.
fn steps(whole: &Whole) -> Vec<Step> {
    use JuryState as S;
    let rank = match whole.session.state {
        S::Requested | S::Rejected => 0,
        S::Cancelled if whole.session.starts_at.is_none() => 0,
        S::Planned | S::Postponed | S::Cancelled => 1,
        S::Confirmed => 2,
        S::Summoned => 3,
        S::Open | S::NoQuorum | S::Deliberating => 4,
        S::ToSign | S::Signed | S::ToRectify | S::Checked => 5,
        S::Validated | S::Closed => 6,
    };
    let over = matches!(whole.session.state, S::Closed);
    let stage = |step: usize| match step.cmp(&rank) {
        std::cmp::Ordering::Less => Stage::Done,
        std::cmp::Ordering::Equal if over => Stage::Done,
        std::cmp::Ordering::Equal => Stage::Current,
        std::cmp::Ordering::Greater => Stage::Ahead,
    };
    labels::STEPS.into_iter().enumerate().map(|(step, name)| Step::new(name, "", stage(step))).collect()
}

/// Whether minutes are written, or about to be.
const fn minuted(state: JuryState) -> bool {
    use JuryState as S;
    matches!(
        state,
        S::Deliberating
            | S::NoQuorum
            | S::ToSign
            | S::Signed
            | S::ToRectify
            | S::Checked
            | S::Validated
            | S::Closed
    )
}

fn passage(one: &Passing, whole: &Whole, actor: &Actor) -> PassageRow {
    let zone = &whole.session.zone;
    let own = actor.structures().any(|own| own == one.candidate.structure_id);
    let opens = own || may_somewhere(actor, Permission::CandidateView);
    PassageRow {
        rank: one.row.position.to_string(),
        hour: one.row.starts_at.map(|at| wording::hour(*at, zone)).unwrap_or_default(),
        name: wording::name(&one.candidate),
        href: if opens {
            format!("/candidats/{}", one.candidate.number)
        } else if day::files::reads(actor, whole) {
            format!("{}/passages/{}", whole.path(), one.row.position)
        } else {
            String::new()
        },
        number: one.candidate.number.clone(),
        status: outcome(one, whole),
    }
}

/// Where a file stands; once the jury is closed, what came of that passage, whatever followed.
fn outcome(one: &Passing, whole: &Whole) -> Status {
    let closed = whole.session.state == JuryState::Closed;
    match (one.row.decision, one.row.presence) {
        (Some(decision), _) if closed => labels::outcome(decision),
        (None, Presence::Absent) if closed => labels::outcome(JuryDecision::Absent),
        (None, Presence::AbsentExcused) if closed => labels::outcome(JuryDecision::AbsentExcused),
        _ => labels::candidate_state(one.candidate.state),
    }
}

fn member(one: &Seated, staff: bool) -> MemberRow {
    MemberRow {
        name: one.expert.name(),
        href: if staff { format!("/intervenants/{}", one.expert.number) } else { String::new() },
        seat: labels::seat(one.row.seat),
        status: labels::member(one.row.state),
    }
}

/// Confirms.
#[handler]
pub(super) async fn confirm(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    Box::pin(perform(&page, &number, Event::Confirm, &form)).await
}

/// Calls the candidates.
#[handler]
pub(super) async fn convoke(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    Box::pin(perform(&page, &number, Event::Convoke, &form)).await
}

async fn perform(page: &Page, number: &str, event: Event, form: &FormData) -> Result<Response> {
    let done = async {
        let whole = Whole::by_number(page.app.db.read(), page.actor(), number).await?;
        let (id, seen) = (whole.session.id, form.version());
        let mut tx = page.app.begin(page.actor().clone()).await?;
        if event == Event::Confirm {
            actions::confirm(&mut tx, id, seen).await?;
        } else {
            Box::pin(actions::convoke(&mut tx, id, seen)).await?;
        }
        tx.commit().await?;
        Ok::<_, JuryError>(whole)
    };
    match Box::pin(done).await {
        Ok(whole) => Ok(flash::redirect(&whole.path(), &labels::acts::done(event))),
        Err(error) if matches!(error.kind(), ErrorKind::Conflict | ErrorKind::Stale) => {
            let refused = Some((error.detail(), error.blocking()));
            answer(page, StatusCode::CONFLICT, number, refused).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
