//! `/jurys/{number}/deliberation`: the decisions, one page for each candidate, then what is checked before the end. The
//! deliberation is closed on the page of the minutes.

use askama::Template;
use entity::candidate::JuryDecision;
use entity::ids::JuryMemberId;
use entity::jury_passage::Presence;
use entity::jury_session::JuryState;
use entity::jury_vote::Vote;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::super::actions::day as acts;
use super::super::super::day::input::TypedDecision;
use super::super::super::day::labels;
use super::super::super::load::Passing;
use super::super::super::{JuryError, wording};
use super::{BEGUN, Here, Refused, Side, Visit, refused, status_of};
use crate::error::DomainError;
use crate::http::web::component::{Check, CheckMark, Choice, Status};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// A candidate and where their decision stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRow {
    /// Name.
    pub name: String,
    /// Number.
    pub number: String,
    /// What the rules propose; empty for somebody who was not heard.
    pub proposal: &'static str,
    /// Where it stands.
    pub status: Status,
    /// Why; may be empty.
    pub reason: String,
    /// Where the decision is taken; empty when it may not be.
    pub href: String,
}

/// `/jurys/{number}/deliberation`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/juries/deliberation.html")]
pub struct DeliberationPage {
    /// The shell.
    pub shell: Shell,
    /// What stood in the way.
    pub refused: Refused,
    /// Number of the session.
    pub number: String,
    /// Structure, certification, day.
    pub subject: String,
    /// The margin.
    pub side: Side,
    /// The candidates.
    pub rows: Vec<DecisionRow>,
    /// What is checked before the next act.
    pub checks: Vec<Check>,
    /// Version of the session.
    pub version: i32,
    /// Whether the deliberation may be begun.
    pub may_begin: bool,
    /// Where it is closed, with the minutes; empty when it may not be.
    pub closing: String,
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, None).await
}

async fn answer(page: &Page, status: StatusCode, number: &str, refused: Refused) -> Result<Response> {
    let visit = Visit::of(page, number, &BEGUN).await.map_err(WebError::from)?;
    let whole = &visit.day.whole;
    let context = DeliberationPage {
        shell: page.shell(labels::DELIBERATION).with_errors(refused.is_some()),
        refused,
        number: whole.session.number.clone(),
        subject: visit.subject(),
        side: visit.side(Here::Deliberation),
        rows: whole.passages.iter().map(|one| row(&visit, one)).collect(),
        checks: checks(&visit),
        version: whole.session.version,
        may_begin: visit.runs && visit.state() == JuryState::Open,
        closing: if visit.runs && visit.state() == JuryState::Deliberating {
            format!("{}/pv", whole.path())
        } else {
            String::new()
        },
    };
    page.answer_with(status, &context)
}

fn row(visit: &Visit, one: &Passing) -> DecisionRow {
    let came = one.row.presence == Presence::Present;
    let decides = came && visit.runs && visit.state() == JuryState::Deliberating;
    DecisionRow {
        name: wording::name(&one.candidate),
        number: one.candidate.number.clone(),
        proposal: visit.day.proposal(one).map(labels::decision).unwrap_or_default(),
        status: labels::passage(one),
        reason: one
            .row
            .decision_reason
            .clone()
            .or_else(|| one.row.presence_reason.clone())
            .unwrap_or_default(),
        href: if decides {
            format!("{}/deliberation/{}", visit.day.whole.path(), one.row.position)
        } else {
            String::new()
        },
    }
}

/// What is looked at before the end of the deliberation; before it begins, what lacks, or that nothing does.
fn checks(visit: &Visit) -> Vec<Check> {
    if !matches!(visit.state(), JuryState::Open | JuryState::Deliberating) {
        return Vec::new();
    }
    let line = |mark: CheckMark, word: &str, title: String| Check {
        mark,
        word: word.to_owned(),
        title,
        note: String::new(),
        action: None,
    };
    if visit.state() == JuryState::Deliberating {
        let looked_at = visit.day.closing().into_iter();
        return looked_at
            .map(|(there, what)| {
                if there {
                    line(CheckMark::Good, labels::lacks::CHECKED, what)
                } else {
                    line(CheckMark::Waiting, labels::lacks::LACKS, what)
                }
            })
            .collect();
    }
    let missing = visit.day.missing();
    if missing.is_empty() {
        return vec![line(CheckMark::Good, labels::lacks::CHECKED, labels::lacks::NOTHING_LACKS.to_owned())];
    }
    missing.into_iter().map(|what| line(CheckMark::Waiting, labels::lacks::LACKS, what)).collect()
}

/// Begins the deliberation.
#[handler]
pub(super) async fn begin(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let visit = Visit::of(&page, &number, &BEGUN).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        acts::deliberate(&mut tx, visit.day.whole.session.id, form.version()).await?;
        tx.commit().await?;
        Ok::<_, JuryError>(())
    };
    match Box::pin(done).await {
        Ok(()) => {
            Ok(flash::redirect(&format!("/jurys/{number}/deliberation"), &labels::said::deliberating()))
        }
        Err(error) => {
            let Some(status) = status_of(&error) else { return Err(WebError::from(error).into()) };
            answer(&page, status, &number, Some((error.detail(), error.blocking()))).await
        }
    }
}

/// Somebody who votes, and the name of their field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoterRow {
    /// Name.
    pub name: String,
    /// Name of the field.
    pub field: String,
}

/// `/jurys/{number}/deliberation/{turn}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/juries/decision.html")]
pub struct DecisionPage {
    /// The shell.
    pub shell: Shell,
    /// Faults.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Refused,
    /// Number of the session.
    pub number: String,
    /// The margin.
    pub side: Side,
    /// Where the form is sent.
    pub here: String,
    /// Name of the candidate.
    pub name: String,
    /// What the rules propose: title and text; none without a referential.
    pub proposal: Option<(String, String)>,
    /// The person is suspected of a fraud: the decision needs a reason.
    pub suspected: bool,
    /// What the quorum lacks: only an adjournment is possible.
    pub lacks: Vec<String>,
    /// Decisions.
    pub decisions: Vec<Choice>,
    /// How people voted.
    pub ways: Vec<Choice>,
    /// Those who vote.
    pub voters: Vec<VoterRow>,
    /// Votes.
    pub votes: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

#[handler]
pub(super) async fn show_one(page: Page, Path((number, turn)): Path<(String, String)>) -> Result<Response> {
    decision(&page, StatusCode::OK, (&number, &turn), None, None).await
}

async fn decision(
    page: &Page,
    status: StatusCode,
    (number, turn): (&str, &str),
    form: Option<FormState>,
    refused: Refused,
) -> Result<Response> {
    let visit = Visit::of(page, number, &[JuryState::Deliberating]).await.map_err(WebError::from)?;
    let one = visit.turn(turn).map_err(WebError::from)?;
    if one.row.presence != Presence::Present {
        return Err(WebError::from(JuryError::NotPresent).into());
    }
    let outcome = visit.day.outcome(one);
    let proposal = visit.day.proposal(one);
    let form = form.unwrap_or_else(|| known(&visit, one, proposal)).with_version(one.row.version.into());
    let summary = form.summary(labels::NOT_RECORDED);
    let lacks: Vec<String> = visit.day.lacks_for(one.row.id).into_iter().map(labels::lacks::lack).collect();
    let decisions = if lacks.is_empty() {
        vec![JuryDecision::Total, JuryDecision::Partial, JuryDecision::Refused, JuryDecision::Adjourned]
    } else {
        vec![JuryDecision::Adjourned]
    };
    let voter = |seated: &super::super::super::load::Seated| VoterRow {
        name: seated.expert.name(),
        field: format!("vote-{}", seated.row.id),
    };
    let context = DecisionPage {
        shell: page.shell(labels::DECISION).with_errors(summary.is_some() || refused.is_some()),
        summary,
        refused,
        number: visit.day.whole.session.number.clone(),
        side: visit.side(Here::Turn(one.row.position)),
        here: format!("{}/deliberation/{}", visit.day.whole.path(), one.row.position),
        name: wording::name(&one.candidate),
        proposal: proposal.map(|proposed| {
            let text = labels::proposal(&outcome.units, visit.day.has_blocs());
            (labels::decision(proposed).to_owned(), text)
        }),
        suspected: visit.day.is_suspected(one),
        lacks,
        decisions: decisions.into_iter().map(|one| Choice::new(one.word(), labels::decision(one))).collect(),
        ways: [("unanimite", labels::UNANIMOUS), ("votes", labels::BY_VOTES)]
            .map(|(value, word)| Choice::new(value, word))
            .to_vec(),
        voters: visit.day.voters(one.row.id).map(voter).collect(),
        votes: [Vote::Yes, Vote::No, Vote::Blank]
            .map(|one| Choice::new(one.word(), labels::vote(one)))
            .to_vec(),
        form,
    };
    page.answer_with(status, &context)
}

/// The decision and the votes that are recorded; what the rules propose before.
fn known(visit: &Visit, one: &Passing, proposal: Option<JuryDecision>) -> FormState {
    let votes: Vec<_> = visit.day.votes.iter().filter(|vote| vote.passage_id == one.row.id).collect();
    let unanimous = votes.iter().all(|vote| vote.vote == Vote::Yes);
    let fields = votes.iter().map(|vote| (format!("vote-{}", vote.member_id), vote.vote.word()));
    let fields: Vec<(String, String)> = fields
        .chain([
            (
                "decision".to_owned(),
                one.row.decision.or(proposal).map(JuryDecision::word).unwrap_or_default(),
            ),
            ("reason".to_owned(), one.row.decision_reason.clone().unwrap_or_default()),
            ("ways".to_owned(), if unanimous { "unanimite" } else { "votes" }.to_owned()),
        ])
        .collect();
    FormState::filled(fields)
}

/// Takes a decision.
#[handler]
pub(super) async fn decide(
    page: Page,
    Path((number, turn)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let visit = Visit::of(&page, &number, &BEGUN).await?;
        let one = visit.turn(&turn)?;
        let vote = |id: JuryMemberId| Some((id, Vote::from_word(form.text(&format!("vote-{id}")))?));
        let typed = TypedDecision {
            decision: form.text("decision").to_owned(),
            reason: form.text("reason").to_owned(),
            unanimous: form.text("ways") == "unanimite",
            votes: visit.day.voters(one.row.id).filter_map(|seated| vote(seated.row.id)).collect(),
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let session = visit.day.whole.session.id;
        let taken = acts::decide(&mut tx, session, one.row.id, form.version(), &typed);
        let row = Box::pin(taken).await?;
        tx.commit().await?;
        let decision = row.decision.unwrap_or(JuryDecision::Adjourned);
        Ok::<_, JuryError>(labels::said::decided(&wording::name(&one.candidate), decision))
    };
    let error = match done.await {
        Ok(said) => return Ok(flash::redirect(&format!("/jurys/{number}/deliberation"), &said)),
        Err(error) => error,
    };
    let Some(status) = status_of(&error) else { return Err(WebError::from(error).into()) };
    let told = refused(&error);
    let errors = if told.is_none() { FieldErrors::of(&error) } else { FieldErrors::default() };
    let state = FormState::filled(form.fields()).with_errors(errors);
    decision(&page, status, (&number, &turn), Some(state), told).await
}
