//! `/inscriptions/dossiers/{reference}`: who the person is, where the enrolment stands, and what comes next.

mod facts;

use askama::Template;
use entity::enrolment::{self, EnrolmentState};
use entity::training_buyer::BuyerKind;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use self::facts::{checks, contract, margin, need, person};
use super::super::EnrolmentError;
use super::super::dossier;
use super::super::labels::{self, pages};
use super::super::queries::{self, Entry, Whole};
use super::super::state::{Step, TABLE, has_begun, is_live};
use super::act::ActKind;
use super::list::path;
use crate::authz::{Permission, may};
use crate::http::web::component::{Check, Fact, HistoryLine, Link, Stage, Status, Step as Mark};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;
use crate::rules::deadline::local;

/// `/inscriptions/dossiers/{reference}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/enrolments/show.html")]
pub struct EnrolmentShowPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What people call it.
    pub reference: String,
    /// Title and dates of the session.
    pub session: String,
    /// Where it stands.
    pub status: Status,
    /// The rank, or until when; may be empty.
    pub beside: String,
    /// The steps of the path.
    pub steps: Vec<Mark>,
    /// The session, who pays, how it came.
    pub margin: Vec<Fact>,
    /// Who.
    pub person: Vec<Fact>,
    /// The contract, what may be paid and when.
    pub contract: Vec<Fact>,
    /// The need and the positioning; nothing until they are written.
    pub need: Vec<Fact>,
    /// What is to be done before the contract.
    pub checks: Vec<Check>,
    /// Where it came from, or led to.
    pub ties: Vec<Link>,
    /// The history, newest first.
    pub history: Vec<HistoryLine>,
    /// Version, given back by the forms.
    pub version: i32,
    /// Pages of acts that the visitor may open.
    pub acts: Vec<Link>,
    /// The buttons that need no page: the last part of the address, and the word.
    pub buttons: Vec<Link>,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(reference): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &reference, &FormState::default()).await
}

/// The page again, with what did not work.
pub(super) async fn answer(
    page: &Page,
    status: StatusCode,
    reference: &str,
    form: &FormState,
) -> Result<Response> {
    let read = async {
        let conn = page.app.db.read();
        let line = queries::by_reference(conn, page.actor(), reference).await?;
        let whole = queries::whole(conn, page.actor(), line).await?;
        let history = queries::history(conn, whole.line.enrolment.id).await?;
        Ok::<_, EnrolmentError>((whole, history))
    };
    let (whole, history) = read.await.map_err(WebError::from)?;
    page.answer_with(status, &context(page, &whole, &history, form))
}

fn context(page: &Page, whole: &Whole, history: &[Entry], form: &FormState) -> EnrolmentShowPage {
    let (row, session) = (&whole.line.enrolment, &whole.line.session);
    let summary = form.summary(pages::NOT_RECORDED);
    EnrolmentShowPage {
        shell: page.shell(pages::in_a_sentence(row)).with_errors(summary.is_some()),
        summary,
        reference: whole.line.reference(),
        session: format!("{}, {}", session.title, labels::when(session)),
        status: labels::state(row.state),
        beside: pages::beside(row, session),
        steps: steps(row),
        margin: margin(page, whole),
        person: person(row),
        contract: contract(whole),
        need: need(whole),
        checks: checks(whole),
        ties: whole
            .ties
            .iter()
            .map(|tie| {
                Link::new(format!("{}, {}", pages::in_a_list(&tie.enrolment), tie.reference()), path(tie))
            })
            .collect(),
        history: history.iter().map(|entry| line(entry, &session.zone)).collect(),
        version: row.version,
        acts: acts(page, whole),
        buttons: buttons(page, whole),
    }
}

fn steps(row: &enrolment::Model) -> Vec<Mark> {
    use EnrolmentState as E;
    let here = match row.state {
        E::Requested | E::Waitlisted | E::Offered => Some(0),
        E::Held => Some(1),
        E::Contracted => Some(2),
        E::Confirmed | E::Present | E::Absent => Some(3),
        E::Completed => Some(pages::PATH.len()),
        E::DroppedOut | E::Expired | E::CancelledByClient | E::CancelledByProvider | E::Postponed => None,
    };
    let stage = |rank: usize| match here {
        Some(here) if rank < here => Stage::Done,
        Some(here) if rank == here => Stage::Current,
        _ => Stage::Ahead,
    };
    let marks = pages::PATH.iter().enumerate();
    marks.map(|(rank, name)| Mark::new(*name, String::new(), stage(rank))).collect()
}

/// The pages of acts that the visitor may open on the enrolment as it is.
fn acts(page: &Page, whole: &Whole) -> Vec<Link> {
    let row = &whole.line.enrolment;
    let facts = dossier::facts(row, &whole.line.session);
    let path = path(&whole.line);
    let mut links: Vec<Link> = ActKind::ALL
        .into_iter()
        .filter(|kind| may(page.actor(), kind.permission(), &facts) && kind.fits(row))
        // a contract binds one person
        .filter(|kind| *kind != ActKind::Replacement || whole.buyer.kind == BuyerKind::Employer)
        .map(|kind| Link::new(kind.title(page.actor()), format!("{path}/{}", kind.verb())))
        .collect();
    if may(page.actor(), Permission::EnrolmentAdaptation, &facts) {
        links.push(Link::new(pages::ADAPTATIONS, format!("{path}/adaptations")));
    }
    if may(page.actor(), Permission::FundingView, &facts) {
        links.push(Link::new(pages::FUNDING, format!("/financements?q={}", whole.line.reference())));
    }
    links
}

/// The acts that need no page.
fn buttons(page: &Page, whole: &Whole) -> Vec<Link> {
    let row = &whole.line.enrolment;
    let facts = dossier::facts(row, &whole.line.session);
    let path = path(&whole.line);
    let manages = may(page.actor(), Permission::EnrolmentManage, &facts);
    let taken = TABLE.can(row.state, Step::Queue);
    let follows = is_live(row.state) && !has_begun(row.state) && row.state != EnrolmentState::Contracted;
    let linked = may(page.actor(), Permission::EnrolmentCreate, &facts) && follows;
    let offered = [
        (manages && taken, labels::take_in(whole.tally.is_full()), "prendre"),
        (manages && TABLE.can(row.state, Step::Recall), labels::step(Step::Recall), "reprendre"),
        (linked, pages::SEND_LINK, "lien"),
    ];
    let shown = offered.into_iter().filter(|(open, ..)| *open);
    shown.map(|(_, label, verb)| Link::new(label, format!("{path}/{verb}"))).collect()
}

fn line(entry: &Entry, zone: &str) -> HistoryLine {
    let event = &entry.event;
    let at = local(*event.at, zone).ok();
    let system = event.actor_kind == "system";
    let day = at.map(|at| format!("{} {}", french::short_date(at.date()), at.year()));
    let ending = event.name.rsplit('.').next().unwrap_or_default();
    let automatic = || if system { pages::AUTOMATIC.to_owned() } else { String::new() };
    HistoryLine {
        day: day.unwrap_or_default(),
        time: at.map(|at| french::time_of_day(at.time())).unwrap_or_default(),
        what: labels::told(ending),
        who: entry.who.clone().unwrap_or_else(automatic),
        system,
        href: String::new(),
    }
}
