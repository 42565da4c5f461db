//! `/agrements/{ref}/visite`: the control grid on a tablet, one form for each domain, saved as one goes.

use std::collections::HashMap;

use askama::Template;
use entity::grid_score::Score;
use poem::http::StatusCode;
use poem::web::{Path, Query, Redirect};
use poem::{IntoResponse, Response, Result, handler};
use serde::Deserialize;

use super::doing::{Problem, Returned};
use crate::authz::{self, Denied, Permission};
use crate::features::agreements::actions::visit as acts;
use crate::features::agreements::grid::{self, Grid};
use crate::features::agreements::input::ScoreInput;
use crate::features::agreements::state::InvalidStep;
use crate::features::agreements::{AgreementError, Dossier, labels, queries};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::{Shell, Tone};
use crate::http::web::{FormData, Page, WebError, filters};

/// One domain, with how far it is filled.
#[derive(Clone, Debug)]
pub struct DomainLink {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Criteria scored.
    pub done: usize,
    /// Criteria.
    pub total: usize,
}

/// One criterion of the domain shown.
#[derive(Clone, Debug)]
pub struct CriterionRow {
    /// Code.
    pub code: String,
    /// What is assessed.
    pub wording: String,
    /// Scores offered: value, word, class.
    pub choices: Vec<(String, &'static str, &'static str)>,
    /// Names of its three fields.
    pub fields: [String; 3],
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/visit.html")]
pub struct VisitPage {
    /// The shell.
    pub shell: Shell,
    /// Number.
    pub reference: String,
    /// Address of the file.
    pub path: String,
    /// Structure and place.
    pub subject: String,
    /// Every domain.
    pub domains: Vec<DomainLink>,
    /// Code of the one shown; empty for the last page.
    pub current: String,
    /// Its title.
    pub title: String,
    /// Its criteria.
    pub rows: Vec<CriterionRow>,
    /// Faults.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub problem: Option<Problem>,
    /// The form of the domain, or of the record.
    pub form: FormState,
    /// Criteria scored, of all.
    pub progress: (usize, usize),
    /// The visit can be recorded now.
    pub may_record: bool,
    /// The visit is already recorded.
    pub recorded: bool,
    /// What names the answers of this domain on the device of this person, until the server has them.
    pub kept_as: String,
    /// The sending that the server has just accepted, as the device named it; empty when there is none.
    pub accepted: String,
    /// Tones of the messages.
    pub tones: (Tone, Tone),
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    domaine: String,
    envoi: String,
}

async fn open(page: &Page, reference: &str) -> std::result::Result<Dossier, AgreementError> {
    use crate::features::agreements::state::Step;
    use entity::agreement_request::RequestState as S;
    let dossier = queries::request_by_reference(page.app.db.read(), page.actor(), reference).await?;
    if !authz::may(page.actor(), Permission::RequestVisit, &dossier.facts()) {
        return Err(Denied::Forbidden(Permission::RequestVisit).into());
    }
    match dossier.request.state {
        S::VisitScheduled | S::VisitDone => Ok(dossier),
        from => Err(InvalidStep { from, step: Step::RecordVisit }.into()),
    }
}

#[handler]
pub(super) async fn show(
    page: Page,
    Path(reference): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let dossier = open(&page, &reference).await.map_err(WebError::from)?;
    let accepted = sending(&asked.envoi);
    shown(&page, &dossier, &asked.domaine, &accepted, None).await
}

/// The name that the device gave to a sending: digits, or nothing.
fn sending(text: &str) -> String {
    text.parse::<u64>().map_or_else(|_| String::new(), |number| number.to_string())
}

/// The last page of the grid again, when the visit could not be recorded.
pub(super) async fn answer(page: &Page, dossier: &Dossier, returned: Option<Returned>) -> Result<Response> {
    shown(page, dossier, "fin", "", returned).await
}

#[handler]
pub(super) async fn keep(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    let dossier = open(&page, &reference).await.map_err(WebError::from)?;
    let domain = form.text("domaine").to_owned();
    let kept = queries::scores(page.app.db.read(), &dossier.request).await.map_err(WebError::from)?;
    let grid = dossier.grid(&kept, page.app.now());
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    match acts::score(&mut tx, dossier.request.id, &scores(grid, &domain, &form)).await {
        Ok(()) => {
            tx.commit().await.map_err(WebError::from)?;
            let next = if form.text("suite") == "rester" { domain } else { after(grid, &domain) };
            let sent = sending(form.text("envoi"));
            let accepted = if sent.is_empty() { sent } else { format!("&envoi={sent}") };
            // The next criteria, below the list of the domains: a tablet would show that list again and again.
            let place = if next == "fin" { "fin" } else { "domaine" };
            let address = format!("{}/visite?domaine={next}{accepted}#{place}", dossier.path());
            Ok(Redirect::see_other(address).into_response())
        }
        Err(AgreementError::Invalid(faults)) => {
            drop(tx);
            let place = |pointer: &str| pointer.replace("/scores/", "/evidence/");
            let errors: FieldErrors =
                faults.into_iter().map(|fault| (place(&fault.pointer), fault.message)).collect();
            let form = FormState::filled(form.fields()).with_errors(errors);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let act = super::act::Act::RecordVisit;
            shown(&page, &dossier, &domain, "", Some(Returned { act, form, problem: None, status })).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The scores of one domain, those that were given.
fn scores(grid: &Grid, domain: &str, form: &FormData) -> Vec<ScoreInput> {
    let domain = grid.domain.iter().find(|one| one.code == domain);
    let criteria = domain.into_iter().flat_map(|domain| &domain.criterion);
    let given = criteria.filter_map(|criterion| {
        let score = Score::from_word(form.text(&format!("score/{}", criterion.code)))?;
        Some(ScoreInput {
            criterion: criterion.code.clone(),
            score,
            evidence: form.text(&format!("evidence/{}", criterion.code)).to_owned(),
            comment: form.text(&format!("comment/{}", criterion.code)).to_owned(),
        })
    });
    given.collect()
}

fn after(grid: &Grid, domain: &str) -> String {
    let codes = grid.domain.iter().map(|one| one.code.as_str());
    codes.skip_while(|code| *code != domain).nth(1).unwrap_or("fin").to_owned()
}

async fn shown(
    page: &Page,
    dossier: &Dossier,
    asked: &str,
    accepted: &str,
    returned: Option<Returned>,
) -> Result<Response> {
    let around = queries::attachments(page.app.db.read(), &dossier.request).await.map_err(WebError::from)?;
    let kept: HashMap<&str, &entity::grid_score::Model> =
        around.scores.iter().map(|score| (score.criterion.as_str(), score)).collect();
    let grid = dossier.grid(&around.scores, page.app.now());
    let first_open =
        || grid.domain.iter().find(|one| one.criterion.iter().any(|c| !kept.contains_key(c.code.as_str())));
    let domain = match asked {
        "fin" => None,
        "" => first_open(),
        code => grid.domain.iter().find(|one| one.code == code),
    };
    let count = |domain: &grid::Domain| {
        domain.criterion.iter().filter(|c| kept.contains_key(c.code.as_str())).count()
    };
    let status = returned.as_ref().map_or(StatusCode::OK, |returned| returned.status);
    let problem = returned.as_ref().and_then(|returned| returned.problem.clone());
    let values = around.scores.iter().flat_map(|score| {
        [
            (format!("score/{}", score.criterion), score.score.word()),
            (format!("evidence/{}", score.criterion), score.evidence.clone()),
            (format!("comment/{}", score.criterion), score.comment.clone()),
        ]
    });
    let persons = ("persons_met".to_owned(), dossier.request.persons_met.clone().unwrap_or_default());
    let fresh = || FormState::filled(values.chain([persons])).with_version(dossier.request.version.into());
    let form = returned.map_or_else(fresh, |returned| returned.form);
    let summary = form.summary(if domain.is_some() {
        "Ce domaine n’est pas encore enregistré"
    } else {
        "La visite n’est pas encore enregistrée"
    });
    let row = |criterion| row(criterion, &dossier.version.title);
    let built = VisitPage {
        shell: page.shell("Grille de contrôle").with_errors(summary.is_some()),
        reference: dossier.reference().to_owned(),
        path: dossier.path(),
        subject: format!("{}, {}", dossier.structure.name, dossier.structure.commune),
        domains: grid
            .domain
            .iter()
            .map(|one| DomainLink {
                code: one.code.clone(),
                title: one.title.clone(),
                done: count(one),
                total: one.criterion.len(),
            })
            .collect(),
        current: domain.map(|one| one.code.clone()).unwrap_or_default(),
        title: domain.map(|one| one.title.clone()).unwrap_or_default(),
        rows: domain.map(|one| one.criterion.iter().map(row).collect()).unwrap_or_default(),
        summary,
        problem,
        form,
        progress: (kept.len(), grid.criteria().count()),
        may_record: dossier.request.visit_at.is_some_and(|at| *at <= page.app.now()),
        recorded: dossier.visited_at().is_some(),
        kept_as: domain.map(|one| kept_as(page, dossier, &one.code)).unwrap_or_default(),
        accepted: accepted.to_owned(),
        tones: (Tone::Problem, Tone::Info),
    };
    page.answer_with(status, &built)
}

/// One person, one visit, one domain: nobody finds the answers of somebody else on a shared device.
fn kept_as(page: &Page, dossier: &Dossier, domain: &str) -> String {
    let person = page.actor().account_id().map(|id| id.to_string()).unwrap_or_default();
    format!("{person}/{}/{domain}", dossier.request.id)
}

fn row(criterion: &grid::Criterion, certification: &str) -> CriterionRow {
    let offered = Score::all().filter(|score| !(criterion.minor && *score == Score::Major));
    let class = |score| if score == Score::Major || score == Score::Minor { "seg--n" } else { "seg--v" };
    CriterionRow {
        code: criterion.code.clone(),
        wording: criterion.said_of(certification),
        choices: offered.map(|score| (score.word(), labels::score(score).word, class(score))).collect(),
        fields: ["score", "evidence", "comment"].map(|name| format!("{name}/{}", criterion.code)),
    }
}
