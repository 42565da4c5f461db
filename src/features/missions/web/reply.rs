//! `/missions/reponse/{token}`: answers an offer without an account. GET shows and never acts.

use askama::Template;
use entity::declared_interest::TieKind;
use entity::mission_offer::DeclineReason;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};

use super::super::actions::{self, Via};
use super::super::dossier::Dossier;
use super::super::input::{Mode, Refusal};
use super::super::queries::{self, Reply};
use super::super::standing::{self, Need};
use super::super::{MissionError, labels, wording};
use super::labels as words;
use crate::error::{DomainError, ErrorKind};
use crate::features::ties::labels as words_of_ties;
use crate::http::web::by_link::{Said, SaidPage, bearer};
use crate::http::web::component::{Choice, Fact, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, filters};
use crate::render::french;

/// Who answers, for the journal.
const BY_LINK: &str = "missions.link";

/// The page of a link whose offer waits for an answer.
#[derive(Template, Clone, Debug)]
#[template(path = "web/missions/reply.html")]
pub struct ReplyPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way, when something does.
    pub refused: Option<(String, Vec<String>)>,
    /// Number.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// The facts.
    pub facts: Vec<Fact>,
    /// People to meet.
    pub persons: Vec<String>,
    /// What to know.
    pub instructions: Vec<String>,
    /// What is worth knowing about other missions.
    pub notes: Vec<String>,
    /// Last instant to answer.
    pub answer_before: String,
    /// Where the forms post.
    pub action: String,
    /// Reasons to decline.
    pub reasons: Vec<Choice>,
    /// Ties that may be declared with it; none outside a structure.
    pub ties: Vec<Choice>,
    /// Whether the form to decline is open.
    pub declining: bool,
    /// The form to decline.
    pub form: FormState,
}

#[handler]
pub(super) async fn show(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let found = queries::reply(page.app.db.read(), &token, page.app.now()).await.map_err(WebError::from)?;
    match found {
        Reply::Open(dossier) => {
            open(&page, &token, &dossier, StatusCode::OK, FormState::default(), None).await
        }
        other => over(&page, &other),
    }
}

async fn open(
    page: &PublicPage,
    token: &str,
    dossier: &Dossier,
    status: StatusCode,
    form: FormState,
    refusal: Option<&MissionError>,
) -> Result<Response> {
    let summary = form.summary(words::NOT_DONE);
    let standing =
        standing::of(page.app.db.read(), &Need::of(dossier), &dossier.expert, page.app.now()).await;
    let due = dossier.open_offer().and_then(|offer| offer.due_at);
    let context = ReplyPage {
        shell: page.shell(words::REPLY).with_errors(summary.is_some()),
        summary,
        refused: refusal.map(|error| {
            let blocking = error.blocking();
            (error.detail(), blocking.iter().map(|said| labels::refusals::to_oneself(said)).collect())
        }),
        number: dossier.mission.number.clone(),
        title: dossier.mission.title.clone(),
        facts: facts(dossier),
        persons: wording::items(&dossier.mission.persons),
        instructions: wording::items(&dossier.mission.instructions),
        notes: standing.map_err(WebError::from)?.notes,
        answer_before: due.map(|due| wording::instant(*due, &dossier.expert.zone)).unwrap_or_default(),
        action: format!("/missions/reponse/{token}"),
        reasons: reasons(),
        ties: ties(dossier),
        declining: form.has_errors(),
        form,
    };
    page.answer_with(status, &context)
}

/// The reasons to decline.
fn reasons() -> Vec<Choice> {
    DeclineReason::all().map(|one| Choice::new(one.word(), labels::decline_reason(one))).collect()
}

/// The same, of oneself or said of another person.
pub(super) fn reasons_of(own: bool) -> Vec<Choice> {
    let other = DeclineReason::all().map(|one| Choice::new(one.word(), labels::reason_of_other(one)));
    if own { reasons() } else { other.collect() }
}

/// The ties with the structure that may be declared when declining.
pub(super) fn ties(dossier: &Dossier) -> Vec<Choice> {
    let tie = |kind: TieKind| Choice::new(kind.word(), words_of_ties::declared(kind));
    dossier.structure.iter().flat_map(|_| TieKind::all().map(tie)).collect()
}

/// What a person must know to answer.
pub(super) fn facts(dossier: &Dossier) -> Vec<Fact> {
    let mission = &dossier.mission;
    let mut facts = vec![
        Fact::new(words::FACT_WHEN, wording::when(mission)),
        Fact::new(words::FACT_PLACE, mission.place.clone()),
        Fact::new(words::FACT_MODE, labels::mode(Mode::of(&mission.department))),
        Fact::new(words::FACT_OBJECT, labels::object_of(mission)),
    ];
    if let Some(structure) = &dossier.structure {
        facts.push(Fact::new(words::FACT_STRUCTURE, structure.name.clone()));
    }
    let certifications: Vec<String> =
        dossier.certification.iter().chain(&dossier.also).map(|one| one.short_title.clone()).collect();
    if !certifications.is_empty() {
        facts.push(Fact::new(words::FACT_CERTIFICATION, french::list(&certifications)));
    }
    if mission.fee_cents > 0 {
        facts.push(Fact::new(words::FACT_FEE, french::money_cents(mission.fee_cents)));
    }
    if mission.expenses_ceiling_cents > 0 {
        facts.push(Fact::new(words::FACT_CEILING, french::money_cents(mission.expenses_ceiling_cents)));
    }
    facts
}

/// The page that thanks and does nothing.
fn over(page: &PublicPage, reply: &Reply) -> Result<Response> {
    let status = if *reply == Reply::Unknown { StatusCode::NOT_FOUND } else { StatusCode::GONE };
    said(page, status, words::over(reply))
}

fn said(page: &PublicPage, status: StatusCode, said: Said) -> Result<Response> {
    page.answer_with(status, &said_page(said, page.shell(said.title)))
}

/// The page that says it, for whoever is signed in or not.
pub(super) fn said_page(said: Said, shell: Shell) -> SaidPage {
    said.page(shell, Link::new("Voir mes missions", "/missions"))
}

#[handler]
pub(super) async fn answer(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
    form: FormData,
) -> Result<Response> {
    let accepts = form.text("reponse") == "accepter";
    let done = async {
        let (id, offer) = queries::answerable(page.app.db.read(), &token, page.app.now()).await?;
        let via = Via::Link(offer);
        let refusal = if accepts {
            None
        } else {
            let refusal = Refusal::read(form.text("reason"), form.text("note"))?;
            Some(refusal.with_tie(TieKind::from_word(form.text("tie"))))
        };
        let mut tx = page.app.begin(bearer(request, BY_LINK)).await?;
        match &refusal {
            None => actions::accept(&mut tx, id, None, via).await?,
            Some(refusal) => actions::decline(&mut tx, id, None, refusal, via).await?,
        };
        Ok::<_, MissionError>(tx.commit().await?)
    };
    let error = match done.await {
        Ok(()) => return said(&page, StatusCode::OK, words::thanks(accepts)),
        Err(error) => error,
    };
    let found = queries::reply(page.app.db.read(), &token, page.app.now()).await.map_err(WebError::from)?;
    let Reply::Open(dossier) = found else { return over(&page, &found) };
    let state = FormState::filled(form.fields());
    match error.kind() {
        ErrorKind::Invalid => {
            let state = state.with_errors(FieldErrors::of(&error));
            open(&page, &token, &dossier, StatusCode::UNPROCESSABLE_ENTITY, state, None).await
        }
        ErrorKind::Conflict => open(&page, &token, &dossier, StatusCode::CONFLICT, state, Some(&error)).await,
        _ => Err(WebError::from(error).into()),
    }
}
