//! `/agrements/{ref}/visite/confier`: the contrôleurs who may make the visit, compared, with the reasons in words.

use askama::Template;
use entity::expert;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::doing::{Problem, Returned};
use crate::authz::{self, Denied, Permission};
use crate::features::agreements::queries::Controller;
use crate::features::agreements::state::{self, Step};
use crate::features::agreements::{AgreementError, Dossier, queries, wording};
use crate::features::availability::labels as words_of_time;
use crate::features::availability::queries::{self as times, Ahead};
use crate::http::web::component::CheckMark;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::{Shell, Tone};
use crate::http::web::{Page, WebError, filters};
use crate::rules::deadline::add_days;
use crate::rules::territory;
use crate::rules::ties::Severity;

/// Days to come of which the page shows absences and free half-days.
const DAYS_AHEAD: i32 = 30;

/// A contrôleur, as the page compares them.
#[derive(Clone, Debug)]
pub struct CandidateRow {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// Department and employer.
    pub place: String,
    /// Sign of the verdict.
    pub mark: CheckMark,
    /// The verdict, in words.
    pub verdict: &'static str,
    /// Why, one by one.
    pub reasons: Vec<String>,
    /// Distance and load.
    pub merits: Vec<String>,
    /// Absences and free half-days of the days to come.
    pub time: Vec<String>,
    /// May be chosen.
    pub eligible: bool,
    /// Choosing them needs a reason.
    pub warned: bool,
    /// Name of the field of that reason.
    pub reason_field: String,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/assign.html")]
pub struct AssignPage {
    /// The shell.
    pub shell: Shell,
    /// Number.
    pub reference: String,
    /// Address of the file.
    pub path: String,
    /// Structure and place.
    pub subject: String,
    /// Faults.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub problem: Option<Problem>,
    /// The form.
    pub form: FormState,
    /// The contrôleurs: those who may first.
    pub rows: Vec<CandidateRow>,
    /// Tone of the problem.
    pub tone: Tone,
}

#[handler]
pub(super) async fn show(page: Page, Path(reference): Path<String>) -> Result<Response> {
    let found = queries::request_by_reference(page.app.db.read(), page.actor(), &reference).await;
    let dossier = found.map_err(WebError::from)?;
    if !authz::may(page.actor(), Permission::RequestAssign, &dossier.facts()) {
        return Err(WebError::from(Denied::Forbidden(Permission::RequestAssign)).into());
    }
    let step = state::TABLE.next(dossier.request.state, Step::AssignController);
    step.map_err(AgreementError::from).map_err(WebError::from)?;
    answer(&page, &dossier, None).await
}

/// The page, with the choice that comes back when it was refused.
pub(super) async fn answer(page: &Page, dossier: &Dossier, returned: Option<Returned>) -> Result<Response> {
    let status = returned.as_ref().map_or(StatusCode::OK, |returned| returned.status);
    let on = dossier.today(page.app.now());
    let conn = page.app.db.read();
    let found = queries::controllers(conn, dossier, page.app.now()).await.map_err(WebError::from)?;
    let people: Vec<_> = found.iter().map(|one| one.candidate.expert.id).collect();
    let ahead = times::ahead(conn, &people, on, add_days(on, DAYS_AHEAD)).await;
    let mut ahead = ahead.map_err(WebError::from)?;
    let with_time = |one: Controller| {
        let time = ahead.remove(&one.candidate.expert.id).unwrap_or_default();
        row(one, &time)
    };
    let rows: Vec<_> = found.into_iter().map(with_time).collect();
    let summary = returned.as_ref().and_then(Returned::summary);
    let problem = returned.as_ref().and_then(|returned| returned.problem.clone());
    let form = returned.map_or_else(
        || FormState::default().with_version(dossier.request.version.into()).with_prefix("confier"),
        |returned| returned.form,
    );
    let built = AssignPage {
        shell: page.shell("Confier la visite").with_errors(summary.is_some()),
        reference: dossier.reference().to_owned(),
        path: dossier.path(),
        subject: format!("{}, {}", dossier.structure.name, dossier.structure.commune),
        summary,
        problem,
        form,
        rows,
        tone: Tone::Problem,
    };
    page.answer_with(status, &built)
}

/// Whose visit is given to whom, said before it is confirmed.
pub(super) fn said(dossier: &Dossier, chosen: &expert::Model) -> String {
    let structure = &dossier.structure;
    format!(
        "la visite chez {} ({}) est confiée à {}\u{202f};",
        structure.name,
        structure.commune,
        chosen.name()
    )
}

fn row(one: Controller, time: &Ahead) -> CandidateRow {
    let Controller { candidate, reach, load } = one;
    let warned = candidate.findings.iter().any(|finding| finding.severity == Severity::Warning);
    let (mark, verdict) = match (candidate.eligible, warned) {
        (true, false) => (CheckMark::Good, "Peut faire la visite"),
        (true, true) => (CheckMark::Waiting, "Peut faire la visite, avec un motif"),
        (false, _) => (CheckMark::Bad, "Ne peut pas faire cette visite"),
    };
    let expert = candidate.expert;
    let mut merits =
        vec![words_of_time::distance(reach), words_of_time::load(load, words_of_time::THE_VISIT)];
    if let Some((km, most)) = reach.km.zip(expert.travel_km).filter(|_| reach.beyond) {
        merits.push(words_of_time::beyond(km, most));
    }
    let department =
        territory::department(&expert.department).map_or(expert.department.as_str(), |one| one.name);
    let employer = expert.employer.as_deref().filter(|employer| !employer.is_empty());
    CandidateRow {
        reason_field: format!("reason/{}", expert.id),
        id: expert.id.to_string(),
        name: expert.name(),
        place: employer.map_or_else(|| department.to_owned(), |name| format!("{department}, {name}")),
        mark,
        verdict,
        reasons: candidate.reasons,
        merits,
        time: wording::time_ahead(&time.absences, time.free),
        eligible: candidate.eligible,
        warned: candidate.eligible && warned,
    }
}
