//! `/agrements/{ref}/rapport`: what the visit found, domain by domain; the contrôleur reads it again and sends it.

use askama::Template;
use entity::grid_score::Score;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::doing::{Problem, Returned};
use super::parts::{Eyes, has_report};
use super::steps::visit_moment;
use crate::authz::{self, Permission};
use crate::features::agreements::queries::registers;
use crate::features::agreements::state::{self, Step};
use crate::features::agreements::{AgreementError, Dossier, grid, labels, queries, wording};
use crate::features::settings;
use crate::http::web::component::{Fact, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::{Shell, Tone};
use crate::http::web::{Page, WebError, filters};
use crate::render::french;

/// One criterion of the report.
#[derive(Clone, Debug)]
pub struct ScoreRow {
    /// Code.
    pub code: String,
    /// What was assessed.
    pub wording: String,
    /// Score.
    pub status: Option<Status>,
    /// What was seen, and what is said of it.
    pub texts: Vec<String>,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/report.html")]
pub struct ReportPage {
    /// The shell.
    pub shell: Shell,
    /// Number.
    pub reference: String,
    /// Address of the file.
    pub path: String,
    /// Structure and certification.
    pub subject: String,
    /// The margin.
    pub facts: Vec<Fact>,
    /// Counts of each score.
    pub tally: Vec<(Status, usize)>,
    /// Domains and their criteria.
    pub domains: Vec<(String, Vec<ScoreRow>)>,
    /// What stood in the way.
    pub problem: Option<Problem>,
    /// The form that sends it, when this person may.
    pub form: Option<FormState>,
    /// Days given to the structure to answer.
    pub days: u16,
    /// Tone of the problem.
    pub tone: Tone,
}

#[handler]
pub(super) async fn show(page: Page, Path(reference): Path<String>) -> Result<Response> {
    let found = queries::request_by_reference(page.app.db.read(), page.actor(), &reference).await;
    let dossier = found.map_err(WebError::from)?;
    if !has_report(&dossier, Eyes::of(page.actor())) {
        return Err(WebError::from(AgreementError::NotFound).into());
    }
    answer(&page, &dossier, None).await
}

/// The page, with what stood in the way of the sending.
pub(super) async fn answer(page: &Page, dossier: &Dossier, returned: Option<Returned>) -> Result<Response> {
    let status = returned.as_ref().map_or(StatusCode::OK, |returned| returned.status);
    let built = build(page, dossier, returned).await.map_err(WebError::from)?;
    page.answer_with(status, &built)
}

async fn build(
    page: &Page,
    dossier: &Dossier,
    returned: Option<Returned>,
) -> std::result::Result<ReportPage, AgreementError> {
    let conn = page.app.db.read();
    let around = queries::attachments(conn, &dossier.request).await?;
    let controller = registers::controller(conn, dossier.request.controller_id).await?;
    let delays = settings::agreement_delays(conn).await?;
    let may = authz::may(page.actor(), Permission::RequestReport, &dossier.facts())
        && state::TABLE.can(dossier.request.state, Step::SendReport);
    let count = |score: Score| around.scores.iter().filter(|one| one.score == score).count();
    let row = |criterion: &grid::Criterion| {
        let score = around.scores.iter().find(|one| one.criterion == criterion.code);
        let texts = score.map(|one| [one.evidence.clone(), one.comment.clone()]).unwrap_or_default();
        ScoreRow {
            code: criterion.code.clone(),
            wording: criterion.said_of(&dossier.version.title),
            status: score.map(|one| labels::score(one.score)),
            texts: texts.into_iter().filter(|text| !text.is_empty()).collect(),
        }
    };
    let domains = dossier.grid(&around.scores, page.app.now()).domain.iter();
    let name = controller.map(|one| one.name()).unwrap_or_default();
    let title =
        if dossier.request.opinion_at.is_some() { "Rapport définitif" } else { "Rapport provisoire" };
    Ok(ReportPage {
        shell: page.shell(title),
        reference: dossier.reference().to_owned(),
        path: dossier.path(),
        subject: format!("{}, {}", dossier.structure.name, labels::certification(dossier.certification())),
        facts: facts(dossier, name),
        tally: Score::all().map(|score| (labels::score(score), count(score))).collect(),
        domains: domains
            .map(|one| (format!("{}. {}", one.code, one.title), one.criterion.iter().map(row).collect()))
            .collect(),
        problem: returned.and_then(|returned| returned.problem),
        form: may.then(|| FormState::default().with_version(dossier.request.version.into())),
        days: delays.comment_days,
        tone: Tone::Problem,
    })
}

fn facts(dossier: &Dossier, controller: String) -> Vec<Fact> {
    let request = &dossier.request;
    let mut facts = vec![Fact::new("Visite", visit_moment(dossier)), Fact::new("Contrôle", controller)];
    if let Some(met) = request.persons_met.clone().filter(|met| !met.is_empty()) {
        facts.push(Fact::new("Personnes rencontrées", met));
    }
    if let Some(due) = request.comments_due_at {
        facts.push(Fact::new("Réponse possible jusqu’au", wording::instant(*due, &dossier.structure.zone)));
    }
    let sites = french::plural(i64::try_from(dossier.sites.len()).unwrap_or_default(), "site", "sites");
    facts.push(Fact::new("Demande", labels::role(request.role)).with_note(sites));
    facts
}
