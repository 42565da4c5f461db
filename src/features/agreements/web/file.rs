//! `/agrements/{ref}`: the file of a request, and what can be done with it now. The number of an agreement leads to
//! [`verify`].

use askama::Template;
use entity::agreement_request::Opinion;
use poem::http::StatusCode;
use poem::web::{Path, Redirect};
use poem::{IntoResponse, Response, Result, handler};

use super::act::{self, Act};
use super::doing::{Problem, Returned};
use super::forms;
use super::outcomes::{AppealPart, DecisionPart, RightPart};
use super::parts::{OpinionPart, PiecePart, TextPart};
use super::traces::{DocumentPart, MailPart};
use super::{margin, outcomes, parts, steps, traces, verify};
use crate::authz::{self, Permission};
use crate::features::agreements::actions::decision;
use crate::features::agreements::decision_rules::Ground;
use crate::features::agreements::queries::{self, Attachments, history, live, registers};
use crate::features::agreements::{AgreementError, Dossier, labels, wording};
use crate::features::settings;
use crate::http::web::component::{Choice, Fact, HistoryLine, Link, Status, Step};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::{Shell, Tone};
use crate::http::web::page::PublicPage;
use crate::http::web::{Page, WebError, address, filters};

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/file.html")]
pub struct FilePage {
    /// The shell.
    pub shell: Shell,
    /// Number of the file.
    pub reference: String,
    /// Its address.
    pub path: String,
    /// "Première demande d’agrément, CQP…".
    pub kind: String,
    /// State.
    pub status: Status,
    /// The margin.
    pub facts: Vec<Fact>,
    /// The steps.
    pub steps: Vec<Step>,
    /// What is awaited, in one sentence; may be empty.
    pub awaited: String,
    /// What stood in the way of the act just tried.
    pub problem: Option<Problem>,
    /// Faults of the form just sent.
    pub summary: Option<ErrorSummary>,
    /// Pieces.
    pub pieces: Vec<PiecePart>,
    /// "12 acceptées sur 13".
    pub pieces_note: String,
    /// Project, comments.
    pub texts: Vec<TextPart>,
    /// Opinion.
    pub opinion: Option<OpinionPart>,
    /// The report can be read.
    pub has_report: bool,
    /// Decisions, newest first.
    pub decisions: Vec<DecisionPart>,
    /// Appeals, newest first.
    pub appeals: Vec<AppealPart>,
    /// The right.
    pub right: Option<RightPart>,
    /// Documents made by the program.
    pub documents: Vec<DocumentPart>,
    /// What is said while there is none.
    pub no_document: &'static str,
    /// Mails.
    pub mails: Vec<MailPart>,
    /// History.
    pub history: Vec<HistoryLine>,
    /// Whose hours those of the history are, when not those of Paris.
    pub hours: Option<String>,
    /// The journal, for those who may read it.
    pub journal: Option<Link>,
    /// The forms of the acts offered here.
    pub forms: Vec<(Act, FormState)>,
    /// The draft, or the file sent back, can be written by this person, who may not be the one to submit it.
    pub writes: bool,
    /// The grid of the visit can be prepared, the visit cannot be recorded yet.
    pub prepares_grid: bool,
    /// The one act that is awaited most.
    pub primary: Option<Act>,
    /// Committees to come.
    pub committees: Vec<Choice>,
    /// Pieces that can be brought to an adjourned file.
    pub piece_kinds: Vec<Choice>,
    /// Opinions.
    pub opinions: Vec<Choice>,
    /// Decisions.
    pub outcomes: Vec<Choice>,
    /// What the structure already holds of what a decision would give; may be empty.
    pub start_note: String,
    /// Until when the certification lets an agreement last; may be empty.
    pub end_note: String,
    /// Answers to an appeal.
    pub answers: Vec<Choice>,
    /// Tones of the messages.
    pub tones: (Tone, Tone),
}

impl FilePage {
    /// The form of an act, when it is offered.
    #[must_use]
    pub fn form(&self, verb: &str) -> Option<&FormState> {
        self.forms.iter().find(|(act, _)| act.verb() == verb).map(|(_, form)| form)
    }

    /// Whether the act is offered.
    #[must_use]
    pub fn may(&self, verb: &str) -> bool {
        self.form(verb).is_some()
    }

    /// The class of the button of an act: only one is filled.
    #[must_use]
    pub fn rank(&self, verb: &str) -> &'static str {
        if self.primary.is_some_and(|act| act.verb() == verb) { "" } else { " bouton--second" }
    }
}

#[handler]
pub(super) async fn show(
    public: PublicPage,
    page: Result<Page>,
    Path(reference): Path<String>,
) -> Result<Response> {
    if verify::is_number(&reference) {
        return verify::answer(&public, &reference).await;
    }
    let page = page?;
    let found = queries::request_by_reference(page.app.db.read(), page.actor(), &reference).await;
    let dossier = found.map_err(WebError::from)?;
    if dossier.reference() != reference {
        return Ok(Redirect::see_other(dossier.path()).into_response());
    }
    decision::open_refusal(&page.app, page.actor(), &dossier).await.map_err(WebError::from)?;
    answer(&page, &dossier, None).await
}

/// The page, with the form that comes back when an act did not happen.
pub(super) async fn answer(page: &Page, dossier: &Dossier, returned: Option<Returned>) -> Result<Response> {
    let status = returned.as_ref().map_or(StatusCode::OK, |returned| returned.status);
    let built = build(page, dossier, returned).await.map_err(WebError::from)?;
    page.answer_with(status, &built)
}

async fn build(
    page: &Page,
    dossier: &Dossier,
    returned: Option<Returned>,
) -> std::result::Result<FilePage, AgreementError> {
    let (conn, actor, now) = (page.app.db.read(), page.actor(), page.app.now());
    let around = queries::attachments(conn, &dossier.request).await?;
    let right = around.agreement.as_ref().map(|right| right.id);
    let controller = registers::controller(conn, dossier.request.controller_id).await?;
    let officer = queries::history::account_name(conn, dossier.request.officer_id).await?;
    let acts = history::history(conn, dossier.request.id, right).await?;
    let mails = history::mails(conn, dossier.request.id, right).await?;
    let committees = registers::open_committees(conn, dossier.today(now)).await?;
    let delays = settings::agreement_delays(conn).await?;
    let offered = act::offered(actor, dossier, &around, now);
    let ground = if offered.contains(&Act::Decide) {
        live::grounds(conn, &[dossier], now).await?.pop().unwrap_or_default()
    } else {
        Ground::default()
    };
    let eyes = parts::Eyes::of(actor);
    let shell = page.shell(dossier.structure.name.clone());
    let summary = returned.as_ref().and_then(Returned::summary);
    let problem = returned.as_ref().and_then(|returned| returned.problem.clone());
    Ok(FilePage {
        shell: shell.with_errors(summary.is_some()),
        reference: dossier.reference().to_owned(),
        path: dossier.path(),
        kind: format!("{} d’agrément, {}", kind(dossier), labels::certification(dossier.certification())),
        status: labels::state(dossier.request.state),
        facts: margin::facts(dossier, &around, controller.as_ref(), officer.as_deref(), &delays, now),
        steps: steps::steps(dossier, &around),
        awaited: steps::awaited(dossier, &around, controller.as_ref(), eyes),
        problem,
        summary,
        pieces_note: parts::pieces_note(dossier, &around),
        pieces: parts::pieces(dossier, &around, queries::all_pieces(conn, dossier.request.id).await?),
        texts: parts::texts(dossier),
        opinion: parts::opinion(dossier, controller.as_ref()),
        has_report: parts::has_report(dossier, eyes),
        decisions: outcomes::decisions(dossier, &around),
        appeals: outcomes::appeals(dossier, &around),
        right: outcomes::right(&around, &dossier.structure.zone, dossier.today(now)),
        documents: traces::documents(&around, &dossier.structure.zone, eyes),
        no_document: no_document(dossier),
        mails: traces::mails(mails, &dossier.structure.zone, eyes),
        history: traces::history(acts, &dossier.structure.zone, eyes),
        hours: wording::hours_of(&dossier.structure.zone),
        journal: authz::may(actor, Permission::JournalView, &authz::Facts::default())
            .then(|| journal(dossier, &around)),
        forms: forms::all(&offered, dossier, &around, &delays, &ground, now, returned),
        writes: act::writes(actor, dossier),
        prepares_grid: act::prepares_grid(actor, dossier) && !offered.contains(&Act::RecordVisit),
        primary: primary(&offered, &around),
        committees: forms::committees(&committees),
        piece_kinds: forms::piece_kinds(dossier),
        opinions: Opinion::all().map(|one| Choice::new(one.word(), sentence(labels::opinion(one)))).collect(),
        outcomes: forms::outcomes(&delays),
        start_note: forms::start_note(&ground),
        end_note: forms::end_note(&around, &ground, dossier.today(now)),
        answers: forms::answers(),
        tones: (Tone::Problem, Tone::Info),
    })
}

/// What is said while the file holds no document: the receipt comes soon after the deposit.
fn no_document(dossier: &Dossier) -> &'static str {
    if dossier.request.state == entity::agreement_request::RequestState::Submitted {
        "Le récépissé de dépôt est en préparation."
    } else {
        "Aucun document établi à ce jour."
    }
}

fn kind(dossier: &Dossier) -> &'static str {
    labels::kind(dossier.request.kind)
}

/// The acts of the request under the number of its draft and its own, and those of the right it gave.
fn journal(dossier: &Dossier, around: &Attachments) -> Link {
    let request = &dossier.request;
    let right = around.agreement.as_ref().map(|right| right.number.as_str());
    let numbers: Vec<&str> =
        request.number.as_deref().into_iter().chain([request.draft_number.as_str()]).chain(right).collect();
    Link::new("Journal scellé", address::with_query("/journal", &[("objet", &numbers.join(", "))]))
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The act that the file waits for most, among those offered to this person.
fn primary(offered: &[Act], around: &Attachments) -> Option<Act> {
    const ORDER: [Act; 17] = [
        Act::Submit,
        Act::Complete,
        Act::Assign,
        Act::RecordVisit,
        Act::Schedule,
        Act::SendReport,
        Act::Comment,
        Act::Finalise,
        Act::Agenda,
        Act::Decide,
        Act::Resume,
        Act::Supply,
        Act::Settle,
        Act::Appeal,
        Act::SignStructure,
        Act::SignCertifier,
        Act::CloseReserve,
    ];
    let ready = around.pieces.iter().all(|piece| piece.state == entity::request_piece::PieceState::Accepted);
    if offered.contains(&Act::Complete) && !ready {
        return Some(Act::Review);
    }
    ORDER.into_iter().find(|act| offered.contains(act))
}
