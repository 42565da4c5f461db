//! `/inscriptions/{token}`: where an enrolment stands, for whoever holds the link of a message, without an account.
//!
//! The page shows on GET and acts by its buttons only: mail programs open links by themselves.

use std::time::Duration;

use askama::Template;
use entity::enrolment::EnrolmentState;
use entity::enrolment_link::LinkPurpose;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};
use time::OffsetDateTime;

use super::super::labels;
use super::super::labels::{said, terms};
use super::super::queries::{Linked, by_token};
use crate::authz::Actor;
use crate::db::Tx;
use crate::error::{DomainError, ErrorKind};
use crate::features::enrolments::labels as words;
use crate::features::enrolments::{EnrolmentError, actions as enrolments};
use crate::http::web::by_link::bearer;
use crate::http::web::component::{Fact, Stage, Status, Step};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, filters, flash};

/// Under which name the program acts for the holder of a link.
pub(super) const ACTOR: &str = "catalogue.link";
/// The answer to somebody who has lost a link leaves after that long, whatever was done: its time tells nothing.
const ANSWER: Duration = Duration::from_millis(300);

/// What the link can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Confirm the address.
    ToConfirm,
    /// Take a seat, or leave it.
    Offered,
    /// Follow.
    Follow,
}

/// `/inscriptions/{token}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/catalogue/link.html")]
pub struct LinkPage {
    /// The shell.
    pub shell: Shell,
    /// The title of the session.
    pub title: String,
    /// What people call the enrolment.
    pub reference: String,
    /// What the link can do.
    pub standing: Standing,
    /// Where the enrolment stands.
    pub status: Status,
    /// In brief.
    pub facts: Vec<Fact>,
    /// The way to the training; empty once the enrolment has ended.
    pub steps: Vec<Step>,
    /// Until when an answer or a confirmation counts; may be empty.
    pub until: String,
    /// Whether the person may still give up.
    pub may_cancel: bool,
    /// The address of this page.
    pub path: String,
    /// The calendar of the session.
    pub calendar: String,
}

/// A link that does nothing any more, with the form that asks for another.
#[derive(Template, Clone, Debug)]
#[template(path = "web/catalogue/link_over.html")]
pub struct LinkOverPage {
    /// The shell.
    pub shell: Shell,
    /// Whether the form was just sent.
    pub sent: bool,
    /// What was typed.
    pub reference: String,
    /// What was typed.
    pub email: String,
}

#[handler]
pub(super) async fn show(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let found = by_token(page.app.db.read(), &token, page.app.now()).await.map_err(WebError::from)?;
    match found {
        Some(linked) => page.answer_with(StatusCode::OK, &context(&page, &linked, &token)),
        None => over(&page, StatusCode::GONE),
    }
}

/// The page of a link that is over.
pub(super) fn over(page: &PublicPage, status: StatusCode) -> Result<Response> {
    let shell = page.shell(labels::LINK_OVER);
    let context = LinkOverPage { shell, sent: false, reference: String::new(), email: String::new() };
    page.answer_with(status, &context)
}

fn context(page: &PublicPage, linked: &Linked, token: &str) -> LinkPage {
    let (row, session) = (&linked.enrolment, &linked.session);
    let may_cancel = may_cancel(linked);
    LinkPage {
        shell: page.shell(labels::ENROLMENT),
        title: session.title.clone(),
        reference: linked.reference(),
        standing: standing(linked, page.app.now()),
        status: words::state(row.state),
        facts: facts(linked),
        steps: steps(linked),
        until: row.deadline_at.map(|at| words::instant(*at, &session.zone)).unwrap_or_default(),
        may_cancel,
        path: format!("/inscriptions/{token}"),
        calendar: format!("/catalogue/sessions/{}/agenda.ics", session.number),
    }
}

fn standing(linked: &Linked, now: OffsetDateTime) -> Standing {
    use EnrolmentState as E;
    let row = &linked.enrolment;
    let confirms = matches!(row.state, E::Requested | E::Waitlisted | E::Held | E::Contracted | E::Confirmed);
    let unconfirmed = row.email_confirmed_at.is_none() && confirms;
    let stands = row.state == E::Offered && row.deadline_at.is_some_and(|until| *until > now);
    match linked.purpose {
        LinkPurpose::Offer if stands => Standing::Offered,
        LinkPurpose::Confirm if unconfirmed => Standing::ToConfirm,
        _ => Standing::Follow,
    }
}

/// Whether the person may give up by this link.
pub(super) fn may_cancel(linked: &Linked) -> bool {
    use EnrolmentState as E;
    let open = matches!(
        linked.enrolment.state,
        E::Requested | E::Waitlisted | E::Offered | E::Held | E::Contracted | E::Confirmed | E::Postponed
    );
    open && matches!(linked.purpose, LinkPurpose::Confirm | LinkPurpose::Follow)
}

/// What is told of the enrolment and of its session.
pub(super) fn facts(linked: &Linked) -> Vec<Fact> {
    let (row, session) = (&linked.enrolment, &linked.session);
    let rank = row.rank.map(|rank| rank.to_string()).unwrap_or_default();
    let cause = row.cause.map(words::cause).unwrap_or_default();
    let facts = [
        Fact::new(terms::FACT_WHEN, words::when(session)),
        Fact::new(terms::FACT_PLACE, words::place(session)).with_note(session.access.clone()),
        Fact::new(terms::FACT_PERSON, format!("{} {}", row.first_names, row.family_name)),
        Fact::new(terms::FACT_EMAIL, row.email.clone()),
        Fact::new(terms::FACT_RANK, rank),
        Fact::new(terms::FACT_CAUSE, cause),
        Fact::new(terms::FACT_REFERENCE, linked.reference()).mono(),
    ];
    facts.into_iter().filter(|fact| !fact.value.is_empty()).collect()
}

/// The way from the form to the training.
fn steps(linked: &Linked) -> Vec<Step> {
    use EnrolmentState as E;
    let row = &linked.enrolment;
    let reached = match row.state {
        E::Requested | E::Waitlisted | E::Offered | E::Held if row.email_confirmed_at.is_none() => 1,
        E::Requested | E::Waitlisted | E::Offered | E::Held => 2,
        E::Contracted => 3,
        E::Confirmed | E::Present | E::Absent => 4,
        E::Completed => 5,
        E::DroppedOut | E::Expired | E::CancelledByClient | E::CancelledByProvider | E::Postponed => {
            return Vec::new();
        }
    };
    let names = [
        terms::STEP_ASKED,
        terms::STEP_ADDRESS,
        terms::STEP_PAPERS,
        terms::STEP_CONFIRMED,
        terms::STEP_TRAINING,
    ];
    let stage = |place: usize| match place.cmp(&reached) {
        std::cmp::Ordering::Less => Stage::Done,
        std::cmp::Ordering::Equal => Stage::Current,
        std::cmp::Ordering::Greater => Stage::Ahead,
    };
    names.into_iter().enumerate().map(|(place, name)| Step::new(name, "", stage(place))).collect()
}

/// What a button of the page does.
#[derive(Clone, Copy, Debug)]
enum Act {
    Confirm,
    Accept,
    Decline,
}

async fn act(page: &PublicPage, actor: Actor, token: &str, what: Act) -> Result<Response> {
    let done = async {
        let mut tx = page.app.begin(actor).await?;
        Box::pin(perform(&mut tx, token, what)).await?;
        tx.commit().await?;
        Ok::<_, EnrolmentError>(())
    };
    match Box::pin(done).await {
        Ok(()) => Ok(flash::redirect(&format!("/inscriptions/{token}"), &told(what))),
        Err(EnrolmentError::LinkOver) => over(page, StatusCode::GONE),
        Err(error) if error.kind() == ErrorKind::Conflict => {
            let problem = Flash::problem(said::NOT_DONE, error.detail());
            Ok(flash::redirect(&format!("/inscriptions/{token}"), &problem))
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

async fn perform(tx: &mut Tx, token: &str, what: Act) -> Result<(), EnrolmentError> {
    match what {
        Act::Confirm => enrolments::confirm_address(tx, token).await?,
        Act::Accept => enrolments::accept_offer(tx, token).await?,
        Act::Decline => Box::pin(enrolments::decline_offer(tx, token)).await?,
    };
    Ok(())
}

fn told(what: Act) -> Flash {
    let (title, text) = match what {
        Act::Confirm => said::CONFIRMED,
        Act::Accept => said::ACCEPTED,
        Act::Decline => said::DECLINED,
    };
    Flash::done(title, text)
}

#[handler]
pub(super) async fn confirm(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
    _form: FormData,
) -> Result<Response> {
    Box::pin(act(&page, bearer(request, ACTOR), &token, Act::Confirm)).await
}

#[handler]
pub(super) async fn accept(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
    _form: FormData,
) -> Result<Response> {
    Box::pin(act(&page, bearer(request, ACTOR), &token, Act::Accept)).await
}

#[handler]
pub(super) async fn decline(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
    _form: FormData,
) -> Result<Response> {
    Box::pin(act(&page, bearer(request, ACTOR), &token, Act::Decline)).await
}

/// The form that asks for another link.
#[handler]
pub(super) fn lost(page: PublicPage) -> Result<Response> {
    let shell = page.shell(labels::LOST);
    let context = LinkOverPage { shell, sent: false, reference: String::new(), email: String::new() };
    page.answer_with(StatusCode::OK, &context)
}

/// Sends another link, or not: the answer is the same.
#[handler]
pub(super) async fn resend(page: PublicPage, request: &Request, form: FormData) -> Result<Response> {
    let reference: String = form.text("reference").chars().take(40).collect();
    let email: String = form.text("email").chars().take(254).collect();
    let actor = bearer(request, ACTOR);
    let work = async {
        let mut tx = page.app.begin(actor).await?;
        match enrolments::send_link_to(&mut tx, &reference, &email).await {
            Ok(()) => Ok(tx.commit().await?),
            Err(EnrolmentError::NotFound | EnrolmentError::Closed) => Ok(()),
            Err(error) => Err(error),
        }
    };
    let (done, ()) = tokio::join!(work, tokio::time::sleep(ANSWER));
    done.map_err(WebError::from)?;
    let shell = page.shell(labels::LOST);
    page.answer_with(StatusCode::OK, &LinkOverPage { shell, sent: true, reference, email })
}
