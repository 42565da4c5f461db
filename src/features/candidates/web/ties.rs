//! `/candidats/{number}/liens` and `/intervenants/{number}/candidats`: who may not judge whom, from both sides.

use askama::Template;
use entity::candidate_tie::CandidateTieKind;
use entity::ids::ExpertId;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::TypedTie;
use super::super::livret::labels as words;
use super::super::{CandidateError, Dossier, actions, labels, queries};
use super::new::errors_of;
use crate::authz::{Facts, Permission, allows, may};
use crate::error::{DomainError, ErrorKind};
use crate::features::ties;
use crate::features::ties::judged::Bond;
use crate::http::web::component::{Choice, Link};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// A tie.
#[derive(Clone, Debug)]
pub struct BondRow {
    /// The person on the other side: a name, or a number where names are not told.
    pub who: String,
    /// Their page; empty when the reader may not open it.
    pub href: String,
    /// What it is.
    pub kind: &'static str,
    /// Its days.
    pub span: String,
    /// Where it is known from.
    pub source: &'static str,
    /// Where it is taken back; empty when it may not.
    pub void: String,
    /// The form of the reason.
    pub form: FormState,
}

/// The ties of a candidate, or of an expert.
#[derive(Template, Clone, Debug)]
#[template(path = "web/candidates/ties.html")]
pub struct CandidateTiesPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The way back.
    pub back: Link,
    /// Number of the file.
    pub number: String,
    /// What the page is for.
    pub lead: &'static str,
    /// The ties.
    pub bonds: Vec<BondRow>,
    /// Where one is declared.
    pub action: String,
    /// Name of the field that names the other side.
    pub field: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Those who sit in juries of the structure, to choose from; empty for whoever names by number alone.
    pub members: Vec<Choice>,
    /// The number goes with a name.
    pub by_name: bool,
    /// Somebody may write what the candidate says.
    pub may_relay: bool,
    /// What a tie may be.
    pub kinds: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

fn kinds() -> Vec<Choice> {
    CandidateTieKind::all().map(|one| Choice::new(one.word(), ties::labels::with_candidate(one))).collect()
}

fn row(bond: &Bond, (who, href): (String, String), (taking_back, form): (String, FormState)) -> BondRow {
    BondRow {
        who,
        href,
        kind: ties::labels::with_candidate(bond.kind),
        span: words::tie_span(bond.since, bond.until),
        source: ties::labels::candidate_source(bond.source),
        void: taking_back,
        form,
    }
}

/// The form of a tie, as typed.
fn typed(form: &FormData) -> TypedTie {
    let text = |name: &str| form.text(name).to_owned();
    TypedTie {
        kind: text("kind"),
        since: text("since"),
        until: text("until"),
        by_candidate: form.ticked("by_candidate"),
    }
}

/// The ties of a candidate.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, ("", FormState::default())).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    (returned, form): (&str, FormState),
) -> Result<Response> {
    let read = async {
        let conn = page.app.db.read();
        let dossier = Dossier::by_number(conn, page.actor(), number).await?;
        let _allowed = allows(page.actor(), Permission::CandidateTie, &dossier.facts())?;
        let bonds = queries::ties(conn, page.actor(), &dossier).await?;
        let members =
            if page.actor().is_staff() { Vec::new() } else { queries::members(conn, &dossier).await? };
        Ok::<_, CandidateError>((dossier, bonds, members))
    };
    let (dossier, bonds, members) = read.await.map_err(WebError::from)?;
    let path = dossier.path();
    let voids = may(page.actor(), Permission::CandidateTieVoid, &dossier.facts());
    let summary = form.summary(labels::NOT_RECORDED);
    let own_form = |kind: &str| {
        let filled = if returned == kind { form.clone() } else { FormState::default() };
        filled.with_prefix(kind)
    };
    let line = |bond: &Bond| {
        let facts = Facts::of_expert(&bond.expert);
        let open = may(page.actor(), Permission::ExpertView, &facts);
        let href = if open { format!("/intervenants/{}", bond.expert.number) } else { String::new() };
        let taking_back = match bond.id {
            Some(id) if voids => (format!("{path}/liens/{id}/retirer"), own_form(&format!("retrait-{id}"))),
            _ => (String::new(), FormState::default()),
        };
        row(bond, (bond.expert.name(), href), taking_back)
    };
    page.answer_with(
        status,
        &CandidateTiesPage {
            shell: page.shell(words::TIES).with_errors(summary.is_some()),
            summary,
            back: Link::new(dossier.name(), path.clone()),
            number: dossier.candidate.number.clone(),
            lead: words::TIES_LEAD,
            bonds: bonds.iter().map(line).collect(),
            action: format!("{path}/liens"),
            field: "expert_number",
            label: words::EXPERT_NUMBER,
            members: members.iter().map(|one| Choice::new(one.number.clone(), one.name())).collect(),
            by_name: !page.actor().is_staff(),
            may_relay: true,
            kinds: kinds(),
            form: own_form("lien"),
        },
    )
}

async fn settled(
    page: &Page,
    number: &str,
    kind: &str,
    form: &FormData,
    done: std::result::Result<Flash, CandidateError>,
) -> Result<Response> {
    match done {
        Ok(said) => Ok(flash::redirect(&format!("/candidats/{number}/liens"), &said)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state = FormState::filled(form.fields()).with_errors(errors_of(&error)).with_prefix(kind);
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, number, (kind, state)).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Whom the form names: a member of a jury of the structure, or anybody by number.
async fn named(
    page: &Page,
    dossier: &Dossier,
    form: &FormData,
) -> std::result::Result<ExpertId, CandidateError> {
    let (conn, actor) = (page.app.db.read(), page.actor());
    let chosen = form.text("member");
    if !chosen.is_empty() {
        let members = queries::members(conn, dossier).await?;
        let found = members.iter().find(|one| one.number == chosen);
        let unknown = || CandidateError::fault("/member", "unknown", words::UNKNOWN_MEMBER);
        return found.map(|one| one.id).ok_or_else(unknown);
    }
    let (number, name) = (form.text("expert_number"), form.text("expert_name"));
    let found = queries::named_expert(conn, actor, number, name).await?;
    let message = words::unknown_expert(actor.is_staff());
    found.ok_or_else(|| CandidateError::fault("/expert_number", "unknown", message))
}

/// Declares a tie of a candidate.
#[handler]
pub(super) async fn declare(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let conn = page.app.db.read();
        let dossier = Dossier::by_number(conn, page.actor(), &number).await?;
        let _allowed = allows(page.actor(), Permission::CandidateTie, &dossier.facts())?;
        let expert = named(&page, &dossier, &form).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::declare_tie(&mut tx, dossier.candidate.id, expert, &typed(&form)).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::tie_declared())
    };
    let done = done.await;
    settled(&page, &number, "lien", &form, done).await
}

/// Takes a declared tie back.
#[handler]
pub(super) async fn take_back(
    page: Page,
    Path((number, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let dossier = Dossier::by_number(page.app.db.read(), page.actor(), &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::void_tie(&mut tx, dossier.candidate.id, id.into(), form.text("reason")).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::tie_voided())
    };
    let done = done.await;
    settled(&page, &number, &format!("retrait-{id}"), &form, done).await
}

/// The ties of an expert.
#[handler]
pub(super) async fn own(page: Page, Path(number): Path<String>) -> Result<Response> {
    own_answer(&page, StatusCode::OK, &number, FormState::default()).await
}

async fn own_answer(page: &Page, status: StatusCode, number: &str, form: FormState) -> Result<Response> {
    let read = async {
        let conn = page.app.db.read();
        let expert = ties::queries::by_number(conn, page.actor(), number).await?;
        let _allowed = allows(page.actor(), Permission::CandidateTie, &Facts::of_expert(&expert))?;
        let bonds = ties::queries::judged(conn, page.actor(), &expert).await?;
        Ok::<_, CandidateError>((expert, bonds))
    };
    let (expert, bonds) = read.await.map_err(WebError::from)?;
    let summary = form.summary(labels::NOT_RECORDED);
    let line = |(bond, open): &(Bond, bool)| {
        let number = bond.candidate.number.clone();
        let href = if *open { format!("/candidats/{number}") } else { String::new() };
        row(bond, (number, href), (String::new(), FormState::default()))
    };
    page.answer_with(
        status,
        &CandidateTiesPage {
            shell: page.shell(words::OWN_TIES).with_errors(summary.is_some()),
            summary,
            back: Link::new(expert.name(), format!("/intervenants/{}/independance", expert.number)),
            number: expert.number.clone(),
            lead: words::OWN_TIES_LEAD,
            bonds: bonds.iter().map(line).collect(),
            action: format!("/intervenants/{}/candidats", expert.number),
            field: "candidate_number",
            label: words::CANDIDATE_NUMBER,
            members: Vec::new(),
            by_name: false,
            may_relay: false,
            kinds: kinds(),
            form: form.with_prefix("lien"),
        },
    )
}

/// Declares a tie of an expert.
#[handler]
pub(super) async fn declare_own(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let conn = page.app.db.read();
        let expert = ties::queries::by_number(conn, page.actor(), &number).await?;
        let _allowed = allows(page.actor(), Permission::CandidateTie, &Facts::of_expert(&expert))?;
        let candidate = queries::id_of(conn, form.text("candidate_number")).await?;
        let unknown = || CandidateError::fault("/candidate_number", "unknown", words::UNKNOWN_CANDIDATE);
        let candidate = candidate.ok_or_else(unknown)?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::declare_tie(&mut tx, candidate, expert.id, &typed(&form)).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(())
    };
    match done.await {
        Ok(()) => {
            Ok(flash::redirect(&format!("/intervenants/{number}/candidats"), &labels::said::tie_declared()))
        }
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state = FormState::filled(form.fields()).with_errors(errors_of(&error)).with_prefix("lien");
            own_answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &number, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
