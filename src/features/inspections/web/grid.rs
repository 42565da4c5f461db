//! `/controles/{number}/grille`: the grid on the spot, one form for each domain, saved as one goes; photos.

use std::collections::HashMap;

use askama::Template;
use entity::grid_score::Score;
use entity::inspection_answer;
use poem::http::StatusCode;
use poem::web::{Path, Query, Redirect};
use poem::{IntoResponse, Response, Result, handler};

use super::super::actions::{self, Synced};
use super::super::dossier::Dossier;
use super::super::error::InspectionError;
use super::super::input::ChangeInput;
use super::super::queries;
use super::super::state::takes_answers;
use super::labels as words;
use super::{Refused, refusal};
use crate::authz::{Permission, allows};
use crate::features::agreements::grid::{self, Grid};
use crate::features::agreements::input::{ScoreInput, score_faults};
use crate::features::agreements::labels as words_of_grids;
use crate::features::inspections::api::stored;
use crate::features::inspections::labels;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

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
    /// Names of its four fields: score, evidence, comment, version seen.
    pub fields: [String; 4],
}

/// A photo.
#[derive(Clone, Debug)]
pub struct PhotoRow {
    /// Key.
    pub id: String,
    /// Where it is.
    pub href: String,
    /// Its criterion and what it shows.
    pub caption: String,
}

/// `/controles/{number}/grille`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/inspections/grid.html")]
pub struct GridPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Refused,
    /// Number.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// Every domain.
    pub domains: Vec<DomainLink>,
    /// Code of the one shown; empty for the last page.
    pub current: String,
    /// Its title.
    pub title: String,
    /// Its criteria.
    pub rows: Vec<CriterionRow>,
    /// The photos.
    pub photos: Vec<PhotoRow>,
    /// The criteria that a photo may be about.
    pub criteria: Vec<Choice>,
    /// Criteria scored, of all.
    pub progress: (usize, usize),
    /// The form.
    pub form: FormState,
    /// The form of a photo.
    pub photo_form: FormState,
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    domaine: String,
}

/// What is assessed by a criterion of an inspection.
pub(super) fn wording_of(dossier: &Dossier, code: &str) -> String {
    let found = grid_of(dossier).find(code);
    found.map(|one| one.said_of(&dossier.version.title)).unwrap_or_default()
}

fn grid_of(dossier: &Dossier) -> &'static Grid {
    let row = &dossier.inspection;
    let day = row.starts_at.map_or(*row.created_at, |at| *at);
    grid::named(row.grid.as_deref(), dossier.today(day))
}

async fn open(page: &Page, number: &str) -> std::result::Result<Dossier, InspectionError> {
    let dossier = queries::by_number(page.app.db.read(), page.actor(), number).await?;
    let _allowed = allows(page.actor(), Permission::InspectionPerform, &dossier.facts())?;
    if takes_answers(dossier.inspection.state) {
        return Ok(dossier);
    }
    let detail = labels::refusals::NO_ANSWER_ANY_MORE;
    Err(InspectionError::blocked("inspection-closed-to-answers", detail, Vec::new()))
}

/// What comes back with its status.
struct Back {
    form: FormState,
    photo: bool,
    refused: Refused,
    status: StatusCode,
}

#[handler]
pub(super) async fn show(
    page: Page,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let dossier = open(&page, &number).await.map_err(WebError::from)?;
    answer(&page, &dossier, &asked.domaine, None).await
}

async fn answer(page: &Page, dossier: &Dossier, asked: &str, back: Option<Back>) -> Result<Response> {
    let conn = page.app.db.read();
    let row = &dossier.inspection;
    let answers = queries::answers(conn, row.id).await.map_err(WebError::from)?;
    let photos = queries::photos(conn, row.id).await.map_err(WebError::from)?;
    let kept: HashMap<&str, &inspection_answer::Model> =
        answers.iter().map(|one| (one.criterion.as_str(), one)).collect();
    let grid = grid_of(dossier);
    let lacks = |one: &grid::Domain| one.criterion.iter().any(|c| !kept.contains_key(c.code.as_str()));
    let domain = match asked {
        "fin" => None,
        "" => grid.domain.iter().find(|one| lacks(one)),
        code => grid.domain.iter().find(|one| one.code == code),
    };
    let done =
        |one: &grid::Domain| one.criterion.iter().filter(|c| kept.contains_key(c.code.as_str())).count();
    let links = grid.domain.iter().map(|one| DomainLink {
        code: one.code.clone(),
        title: one.title.clone(),
        done: done(one),
        total: one.criterion.len(),
    });
    let domains: Vec<DomainLink> = links.collect();
    let status = back.as_ref().map_or(StatusCode::OK, |back| back.status);
    let (mut form, mut photo_form, mut refused) = (known(&answers), FormState::default(), None);
    if let Some(back) = back {
        refused = back.refused;
        if back.photo {
            photo_form = back.form;
        } else {
            form = back.form;
        }
    }
    let summary = form.summary(words::NOT_DONE).or_else(|| photo_form.summary(words::NOT_DONE));
    let criterion = |one| criterion_row(one, &dossier.version.title);
    let photo = |one: &entity::inspection_photo::Model| PhotoRow {
        id: one.id.to_string(),
        href: format!("/controles/{}/documents/{}", row.number, one.document_id),
        caption: labels::photo_of(&one.criterion, &one.caption),
    };
    page.answer_with(
        status,
        &GridPage {
            shell: page.shell(words::GRID).with_errors(summary.is_some()),
            summary,
            refused,
            number: row.number.clone(),
            subject: words::title(row.origin, &dossier.structure.name),
            domains,
            current: domain.map(|one| one.code.clone()).unwrap_or_default(),
            title: domain.map(|one| one.title.clone()).unwrap_or_default(),
            rows: domain.map(|one| one.criterion.iter().map(criterion).collect()).unwrap_or_default(),
            photos: photos.iter().map(photo).collect(),
            criteria: grid.criteria().map(|one| Choice::new(one.code.clone(), one.code.clone())).collect(),
            progress: (kept.len(), grid.criteria().count()),
            form,
            photo_form,
        },
    )
}

/// The answers as the fields show them, with the version that is seen.
fn known(answers: &[inspection_answer::Model]) -> FormState {
    let values = answers.iter().flat_map(|one| {
        [
            (format!("score/{}", one.criterion), one.score.word()),
            (format!("evidence/{}", one.criterion), one.evidence.clone()),
            (format!("comment/{}", one.criterion), one.comment.clone()),
            (format!("seen/{}", one.criterion), one.version.to_string()),
        ]
    });
    FormState::filled(values)
}

fn criterion_row(one: &grid::Criterion, certification: &str) -> CriterionRow {
    let offered = Score::all().filter(|score| !(one.minor && *score == Score::Major));
    let class = |score| if score == Score::Major || score == Score::Minor { "seg--n" } else { "seg--v" };
    CriterionRow {
        code: one.code.clone(),
        wording: one.said_of(certification),
        choices: offered
            .map(|score| (score.word(), words_of_grids::score(score).word, class(score)))
            .collect(),
        fields: ["score", "evidence", "comment", "seen"].map(|name| format!("{name}/{}", one.code)),
    }
}

/// The answers of one domain that were given, each with the version that was seen.
fn given(grid: &Grid, domain: &str, form: &FormData) -> Vec<(ScoreInput, i32)> {
    let domain = grid.domain.iter().find(|one| one.code == domain);
    let criteria = domain.into_iter().flat_map(|domain| &domain.criterion);
    let read = |one: &grid::Criterion| {
        let text = |name: &str| form.text(&format!("{name}/{}", one.code)).to_owned();
        let score = Score::from_word(&text("score"))?;
        let (evidence, comment) = (text("evidence"), text("comment"));
        let seen = text("seen").parse().unwrap_or_default();
        Some((ScoreInput { criterion: one.code.clone(), score, evidence, comment }, seen))
    };
    criteria.filter_map(read).collect()
}

#[handler]
pub(super) async fn keep(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let dossier = open(&page, &number).await.map_err(WebError::from)?;
    let domain = form.text("domaine").to_owned();
    let grid = grid_of(&dossier);
    let answers = given(grid, &domain, &form);
    let scores: Vec<ScoreInput> = answers.iter().map(|(score, _)| score.clone()).collect();
    let faults = score_faults(grid, &scores);
    if !faults.is_empty() {
        let place = |pointer: &str| pointer.replace("/scores/", "/evidence/");
        let errors: FieldErrors =
            faults.into_iter().map(|fault| (place(&fault.pointer), fault.message)).collect();
        let form = FormState::filled(form.fields()).with_errors(errors);
        let back = Back { form, photo: false, refused: None, status: StatusCode::UNPROCESSABLE_ENTITY };
        return answer(&page, &dossier, &domain, Some(back)).await;
    }
    let mut kept = 0;
    for (score, seen) in answers {
        let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
        let typed_at = tx.now();
        let input = ChangeInput { key: tx.new_id(), device: None, score, seen, typed_at };
        if let Synced::Kept(change) =
            actions::answer(&mut tx, dossier.inspection.id, &input).await.map_err(WebError::from)?
        {
            kept += usize::from(change.outcome != entity::inspection_change::ChangeOutcome::Applied);
            tx.commit().await.map_err(WebError::from)?;
        }
    }
    if kept > 0 {
        return Ok(flash::redirect(&format!("/controles/{number}"), &labels::kept_aside(kept)));
    }
    let next = if form.text("suite") == "rester" { domain } else { after(grid, &domain) };
    let place = if next == "fin" { "fin" } else { "domaine" };
    Ok(Redirect::see_other(format!("/controles/{number}/grille?domaine={next}#{place}")).into_response())
}

fn after(grid: &Grid, domain: &str) -> String {
    let codes = grid.domain.iter().map(|one| one.code.as_str());
    codes.skip_while(|code| *code != domain).nth(1).unwrap_or("fin").to_owned()
}

/// A photo is added, or taken away.
#[handler]
pub(super) async fn attach(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let dossier = open(&page, &number).await.map_err(WebError::from)?;
    let id = dossier.inspection.id;
    let done = async {
        if let Some(photo) = form.optional("photo_id").and_then(|text| uuid::Uuid::parse_str(text).ok()) {
            let mut tx = page.app.begin(page.actor().clone()).await?;
            actions::remove_photo(&mut tx, id, photo.into()).await?;
            tx.commit().await?;
            return Ok::<_, InspectionError>(());
        }
        let sent = form
            .file("file")
            .ok_or_else(|| InspectionError::fault("/file", "missing", labels::refusals::NOT_A_PHOTO))?;
        let note = form.text("note").to_owned();
        let file = stored(&page.app, page.actor(), sent.name.clone(), sent.content.clone(), note).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::add_photo(&mut tx, id, form.text("criterion"), &file).await?;
        tx.commit().await?;
        Ok(())
    };
    match done.await {
        Ok(()) => {
            Ok(flash::redirect(&format!("/controles/{number}/grille?domaine=fin"), &words::said("photo")))
        }
        Err(InspectionError::Content(error)) => {
            let fault = InspectionError::fault("/file", error.code(), error.message());
            photo_back(&page, &dossier, &form, fault).await
        }
        Err(error) => photo_back(&page, &dossier, &form, error).await,
    }
}

async fn photo_back(
    page: &Page,
    dossier: &Dossier,
    form: &FormData,
    error: InspectionError,
) -> Result<Response> {
    let (status, state, refused) = refusal(error, form)?;
    let back = Back { form: state, photo: true, refused, status };
    answer(page, dossier, "fin", Some(back)).await
}
