//! `/agrements/{ref}/brouillon`: the request in four steps, saved at each one and as one types.

use askama::Template;
use entity::agreement_request::{AgreementRole, RequestKind, RequestState};
use entity::ids::AgreementRequestId;
use poem::http::{StatusCode, header};
use poem::web::{Path, Query, Redirect};
use poem::{IntoResponse, Response, Result, handler};
use serde::Deserialize;

use super::doing::{Problem, Returned};
use super::draft_fields::{self, Answer, Differences};
use super::draft_form::{self, Point, Stage, StageLink, merged, shown};
use super::pieces_step::{PieceForm, piece_forms};
use crate::authz::{self, Permission};
use crate::error::DomainError;
use crate::features::agreements::actions::filing;
use crate::features::agreements::input::DraftInput;
use crate::features::agreements::queries::{self, registers};
use crate::features::agreements::state::{self, Step as Move};
use crate::features::agreements::{AgreementError, Dossier, labels, wording};
use crate::http::web::component::{Choice, Step};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::{Shell, Tone};
use crate::http::web::{FormData, Page, WebError, filters};

/// The page of one step.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/draft.html")]
pub struct DraftPage {
    /// The shell.
    pub shell: Shell,
    /// Number.
    pub reference: String,
    /// Address of the file.
    pub path: String,
    /// Structure and certification.
    pub subject: String,
    /// The step shown.
    pub stage: Stage,
    /// All steps, with where they stand.
    pub steps: Vec<Step>,
    /// The ways to them.
    pub links: Vec<StageLink>,
    /// The step before, and the one after.
    pub around: (Option<Stage>, Option<Stage>),
    /// Faults.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way of the submission.
    pub problem: Option<Problem>,
    /// The form.
    pub form: FormState,
    /// Where somebody else answered otherwise meanwhile.
    pub differences: Differences,
    /// What each step with fields says, to be read again on the last one.
    pub parts: Vec<Part>,
    /// Sites.
    pub sites: Vec<Choice>,
    /// First request or renewal.
    pub kinds: Vec<Choice>,
    /// Services.
    pub roles: Vec<Choice>,
    /// Pieces, each with its form.
    pub pieces: Vec<PieceForm>,
    /// What still lacks before a submission.
    pub lacks: Vec<Point>,
    /// Until when the answer to a return is awaited; empty otherwise.
    pub due: String,
    /// The message of the officer who returned the file.
    pub returned: String,
    /// The tones used.
    pub tones: (Tone, Tone, Tone),
    /// This person may submit what is ready; the team only prepares it.
    pub may_submit: bool,
}

/// What a step says, read again.
#[derive(Clone, Debug)]
pub struct Part {
    /// Title of the step.
    pub title: &'static str,
    /// Its word in an address.
    pub word: &'static str,
    /// What its fields say.
    pub answers: Vec<Answer>,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    etape: String,
    bilan: String,
}

/// A request that can still be written, by its number.
pub(super) async fn writable(page: &Page, reference: &str) -> std::result::Result<Dossier, AgreementError> {
    let dossier = queries::request_by_reference(page.app.db.read(), page.actor(), reference).await?;
    state::TABLE.next(dossier.request.state, Move::Submit)?;
    Ok(dossier)
}

#[handler]
pub(super) async fn show(
    page: Page,
    Path(reference): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let dossier = match writable(&page, &reference).await {
        Ok(dossier) => dossier,
        Err(AgreementError::Step(_)) => {
            return Ok(Redirect::see_other(format!("/agrements/{reference}")).into_response());
        }
        Err(error) => return Err(WebError::from(error).into()),
    };
    let fallback =
        if dossier.request.state == RequestState::Incomplete { Stage::Pieces } else { Stage::Contact };
    let stage = Stage::of(&asked.etape).unwrap_or(fallback);
    let form = shown(&queries::form(&dossier.request, &dossier.sites));
    let form = form.with_version(dossier.request.version.into());
    let checked = match asked.bilan.as_str() {
        "oui" => Checked::Yes,
        "valeurs" => Checked::Values,
        _ => Checked::OnceBegun,
    };
    let filled = Filled { form, problem: None, differences: Differences::default(), checked };
    let built = build(&page, &dossier, stage, filled).await.map_err(WebError::from)?;
    page.answer(&built)
}

/// Whether a step that is opened says what lacks in it.
#[derive(Clone, Copy, Debug)]
enum Checked {
    /// It was left already, or just saved.
    Yes,
    /// It was just saved with answers that cannot be right: they alone are told.
    Values,
    /// Only when something was kept in it.
    OnceBegun,
    /// It comes back with faults of its own.
    No,
}

/// What a step shows of a form.
struct Filled {
    form: FormState,
    problem: Option<Problem>,
    differences: Differences,
    checked: Checked,
}

/// How many points a draft still wants before its submission.
///
/// # Errors
/// The draft is not one of those that the person sees; what the database answers.
pub async fn points_left(page: &Page, id: AgreementRequestId) -> Result<usize, AgreementError> {
    let conn = page.app.db.read();
    let dossier = queries::request(conn, page.actor(), id).await?;
    let around = queries::attachments(conn, &dossier.request).await?;
    Ok(draft_form::lacks(&dossier, &around, dossier.today(page.app.now())).len())
}

/// The page of a step, filled with a form.
pub(super) async fn answer(
    page: &Page,
    dossier: &Dossier,
    stage: Stage,
    form: FormState,
    problem: Option<Problem>,
    status: StatusCode,
) -> Result<Response> {
    let filled = Filled { form, problem, differences: Differences::default(), checked: Checked::No };
    let built = build(page, dossier, stage, filled).await.map_err(WebError::from)?;
    page.answer_with(status, &built)
}

/// The last step again, when the submission was refused: the list of what lacks says why.
pub(super) async fn answer_review(page: &Page, dossier: &Dossier, returned: Returned) -> Result<Response> {
    let form = shown(&queries::form(&dossier.request, &dossier.sites));
    let form = form.with_version(dossier.request.version.into());
    let problem =
        returned.problem.or_else(|| Some(Problem::new("La demande n’est pas encore déposée.", Vec::new())));
    answer(page, dossier, Stage::Review, form, problem, returned.status).await
}

async fn build(
    page: &Page,
    dossier: &Dossier,
    stage: Stage,
    filled: Filled,
) -> std::result::Result<DraftPage, AgreementError> {
    let conn = page.app.db.read();
    let today = dossier.today(page.app.now());
    let around = queries::attachments(conn, &dossier.request).await?;
    let sites = registers::open_sites(conn, dossier.structure.id).await?;
    let lacks = draft_form::lacks(dossier, &around, today);
    let versions = queries::all_pieces(conn, dossier.request.id).await?;
    let may_remove = authz::may(page.actor(), Permission::RequestRemovePiece, &dossier.facts());
    let Filled { form, problem, differences, checked } = filled;
    // Whoever has one site only has nothing to choose.
    let form = match sites.as_slice() {
        [only] if dossier.sites.is_empty() && stage == Stage::Contact => {
            form.with_value("sites", only.id.to_string())
        }
        _ => form,
    };
    let (form, summary) = told(dossier, stage, form, checked, &lacks);
    let zone = &dossier.structure.zone;
    let request = &dossier.request;
    Ok(DraftPage {
        shell: page
            .shell(if request.number.is_some() { "Compléter le dossier" } else { "Demande d’agrément" })
            .with_errors(summary.is_some() || problem.is_some()),
        reference: dossier.reference().to_owned(),
        path: dossier.path(),
        subject: format!("{}, {}", dossier.structure.name, labels::certification(dossier.certification())),
        stage,
        steps: stage.steps(&lacks),
        links: stage.links(&lacks),
        around: (stage.before(), stage.after()),
        summary,
        problem,
        form,
        differences,
        parts: parts(dossier, stage),
        sites: sites
            .iter()
            .map(|one| {
                Choice::new(one.id.to_string(), one.label.clone())
                    .with_help(format!("{} {}", one.postal_code, one.commune))
            })
            .collect(),
        kinds: RequestKind::all().map(|kind| Choice::new(kind.word(), labels::kind(kind))).collect(),
        roles: AgreementRole::all().map(|role| Choice::new(role.word(), labels::role(role))).collect(),
        pieces: piece_forms(dossier, &around, &versions, today, may_remove),
        lacks,
        due: request.return_due_at.map(|at| wording::instant(*at, zone)).unwrap_or_default(),
        returned: request
            .return_reason
            .clone()
            .filter(|_| request.return_due_at.is_some())
            .unwrap_or_default(),
        tones: (Tone::Problem, Tone::Warning, Tone::Done),
        may_submit: authz::may(page.actor(), Permission::RequestSubmit, &dossier.facts()),
    })
}

/// The form with what is wrong in it, and its summary.
fn told(
    dossier: &Dossier,
    stage: Stage,
    form: FormState,
    checked: Checked,
    lacks: &[Point],
) -> (FormState, Option<ErrorSummary>) {
    let (errors, title) = match checked {
        Checked::No => {
            let title = if stage == Stage::Pieces {
                "Ce qui est signalé n’est pas déposé, le reste l’est"
            } else {
                "Cette étape n’est pas encore enregistrée"
            };
            let summary = form.summary(title);
            return (form, summary);
        }
        Checked::OnceBegun if !stage.is_begun(dossier) => return (form, None),
        Checked::Values => {
            let kept = queries::form(&dossier.request, &dossier.sites);
            let faults = draft_form::malformed(stage, &kept, &dossier.structure.department);
            let errors = faults.into_iter().map(|fault| (fault.pointer, fault.message)).collect();
            (errors, "Cette étape est enregistrée, mais une réponse est à corriger")
        }
        Checked::Yes | Checked::OnceBegun => {
            (draft_form::field_errors(stage, lacks), "Cette étape est enregistrée, mais incomplète")
        }
    };
    let form = form.with_errors(errors);
    let summary = form.summary(title);
    (form, summary)
}

/// What the steps with fields say, for the last one: its own fields are in its form.
fn parts(dossier: &Dossier, stage: Stage) -> Vec<Part> {
    if stage != Stage::Review {
        return Vec::new();
    }
    let kept = queries::form(&dossier.request, &dossier.sites);
    let part = |one: Stage| Part {
        title: one.title(),
        word: one.word(),
        answers: draft_fields::answers(one, &kept, &dossier.sites),
    };
    [Stage::Contact, Stage::Project].map(part).into()
}

#[handler]
pub(super) async fn save(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    let dossier = writable(&page, &reference).await.map_err(WebError::from)?;
    let stage = Stage::of(form.text("etape")).unwrap_or(Stage::Contact);
    match keep(&page, &dossier, stage, &form).await {
        Ok(kept) => {
            let wrong = !draft_form::malformed(stage, &kept.input, &dossier.structure.department).is_empty();
            let stays = wrong || form.text("suite") == "rester";
            let next = if stays { stage } else { stage.after().unwrap_or(stage) };
            let check = match (wrong, next == stage) {
                (true, _) => "&bilan=valeurs",
                (false, true) => "&bilan=oui",
                (false, false) => "",
            };
            let address = format!("{}/brouillon?etape={}{check}", dossier.path(), next.word());
            Ok(Redirect::see_other(address).into_response())
        }
        Err(error) => refused(&page, &dossier, stage, &form, error).await,
    }
}

/// The step again, with what was typed; where somebody else answered otherwise meanwhile, both answers.
pub(super) async fn refused(
    page: &Page,
    dossier: &Dossier,
    stage: Stage,
    form: &FormData,
    error: AgreementError,
) -> Result<Response> {
    let stale = matches!(error, AgreementError::Stale);
    let faults = match error {
        AgreementError::Invalid(faults) => faults,
        AgreementError::Stale => Vec::new(),
        error => return Err(WebError::from(error).into()),
    };
    let errors = faults.into_iter().map(|fault| (fault.pointer, fault.message)).collect();
    let kept = queries::form(&dossier.request, &dossier.sites);
    let typed = merged(kept.clone(), stage, form);
    let sites =
        registers::open_sites(page.app.db.read(), dossier.structure.id).await.map_err(WebError::from)?;
    let sites = [sites, dossier.sites.clone()].concat();
    let differences = if stale || draft_fields::asks(form) {
        Differences::between(stage, &kept, &typed, &sites)
    } else {
        Differences::default()
    };
    let problem = stale.then(|| {
        let how = "Vos réponses sont ci-dessous. Sous chaque champ où elles diffèrent de ce qui est enregistré, choisissez la réponse à garder, puis enregistrez.";
        Problem::new(AgreementError::Stale.detail(), vec![how.to_owned()])
    });
    let fields = form.fields().filter(|(name, _)| !stale || !draft_fields::is_choice(name));
    let form = FormState::filled(fields).with_errors(errors).with_version(dossier.request.version.into());
    let filled = Filled { form, problem, differences, checked: Checked::No };
    let built = build(page, dossier, stage, filled).await.map_err(WebError::from)?;
    let status = if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    page.answer_with(status, &built)
}

/// The save that the script makes while one types: answers the new version and no page.
#[handler]
pub(super) async fn autosave(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    let dossier = writable(&page, &reference).await.map_err(WebError::from)?;
    let stage = Stage::of(form.text("etape")).unwrap_or(Stage::Contact);
    let kept = keep(&page, &dossier, stage, &form).await.map_err(WebError::from)?;
    Ok(Response::builder()
        .status(StatusCode::NO_CONTENT)
        .header(header::ETAG, format!("\"{}\"", kept.version))
        .finish())
}

/// Keeps what the last step sends beside the submission, so that a refusal loses nothing.
pub(super) async fn kept_for_review(
    page: &Page,
    dossier: &Dossier,
    form: &FormData,
) -> std::result::Result<Dossier, AgreementError> {
    if form.text("etape") != Stage::Review.word() || !state::TABLE.can(dossier.request.state, Move::Submit) {
        return Ok(dossier.clone());
    }
    keep(page, dossier, Stage::Review, form).await?;
    queries::request(page.app.db.read(), page.actor(), dossier.request.id).await
}

/// What a step left in the draft.
struct Kept {
    version: i32,
    input: DraftInput,
}

async fn keep(
    page: &Page,
    dossier: &Dossier,
    stage: Stage,
    form: &FormData,
) -> std::result::Result<Kept, AgreementError> {
    let recorded = queries::form(&dossier.request, &dossier.sites);
    let typed = merged(recorded.clone(), stage, form);
    let input = draft_fields::chosen(stage, &recorded, typed, form).map_err(AgreementError::Invalid)?;
    if input == recorded {
        return Ok(Kept { version: dossier.request.version, input });
    }
    let mut tx = page.app.begin(page.actor().clone()).await?;
    let request = filing::edit(&mut tx, dossier.request.id, form.version(), input.clone()).await?;
    tx.commit().await?;
    Ok(Kept { version: request.version, input })
}
