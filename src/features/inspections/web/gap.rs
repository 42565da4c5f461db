//! `/controles/{number}/ecarts/{criterion}`: what the structure does about a gap, and what proves it.

use askama::Template;
use entity::corrective_action::ActionState;
use entity::nonconformity;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::dossier::Dossier;
use super::super::error::InspectionError;
use super::super::input::{ActionInput, FileInput};
use super::super::{actions, queries};
use super::show::{AnswerRow, answer_row};
use super::{Refused, grid, labels as words, refusal};
use crate::authz::{Permission, allows};
use crate::features::inspections::api::stored;
use crate::features::inspections::labels;
use crate::http::web::component::Status;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::typed_date;

/// `/controles/{number}/ecarts/{criterion}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/inspections/gap.html")]
pub struct GapPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Refused,
    /// Number of the inspection.
    pub number: String,
    /// Code of the criterion.
    pub criterion: String,
    /// What is assessed.
    pub wording: String,
    /// What was found.
    pub finding: String,
    /// How grave.
    pub severity: Status,
    /// Where it stands.
    pub status: Status,
    /// Until when.
    pub due: String,
    /// What was answered before.
    pub before: Vec<AnswerRow>,
    /// The files of the draft: key, name, address, what is said of each.
    pub files: Vec<(String, String, String, String)>,
    /// The form of the answer.
    pub form: FormState,
    /// The form of a file.
    pub file_form: FormState,
}

async fn find(
    page: &Page,
    number: &str,
    criterion: &str,
) -> std::result::Result<(Dossier, nonconformity::Model), InspectionError> {
    let conn = page.app.db.read();
    let dossier = queries::by_number(conn, page.actor(), number).await?;
    let _allowed = allows(page.actor(), Permission::InspectionAnswer, &dossier.facts())?;
    let gaps = queries::gaps(conn, dossier.inspection.id).await?;
    let told = super::super::state::is_told(dossier.inspection.state);
    let gap = gaps.into_iter().find(|gap| told && gap.criterion == criterion);
    Ok((dossier, gap.ok_or(InspectionError::NotFound)?))
}

#[handler]
pub(super) async fn show(page: Page, Path((number, criterion)): Path<(String, String)>) -> Result<Response> {
    let (dossier, gap) = find(&page, &number, &criterion).await.map_err(WebError::from)?;
    answer(&page, &dossier, &gap, None).await
}

/// What comes back: which form, what was typed, what stood in the way.
struct Back {
    act: String,
    form: FormState,
    refused: Refused,
    status: StatusCode,
}

async fn answer(
    page: &Page,
    dossier: &Dossier,
    gap: &nonconformity::Model,
    back: Option<Back>,
) -> Result<Response> {
    let conn = page.app.db.read();
    let number = &dossier.inspection.number;
    let answers = queries::answers_to(conn, std::slice::from_ref(gap)).await.map_err(WebError::from)?;
    let draft = answers.iter().find(|one| one.action.state == ActionState::Draft);
    let files = draft.into_iter().flat_map(|one| &one.evidence).map(|file| {
        let href = format!("/controles/{number}/documents/{}", file.document_id);
        (file.id.to_string(), file.file_name.clone(), href, file.note.clone())
    });
    let files: Vec<_> = files.collect();
    let typed = |text: fn(&entity::corrective_action::Model) -> &String| {
        draft.map(|one| text(&one.action).clone()).unwrap_or_default()
    };
    let mut form = FormState::filled([
        ("cause", typed(|row| &row.cause)),
        ("correction", typed(|row| &row.correction)),
        ("owner", typed(|row| &row.owner)),
    ]);
    let status = back.as_ref().map_or(StatusCode::OK, |back| back.status);
    let (mut file_form, mut refused) = (FormState::default().with_prefix("preuve"), None);
    if let Some(back) = back {
        refused = back.refused;
        if back.act == "reponse" {
            form = back.form;
        } else {
            file_form = back.form.with_prefix("preuve");
        }
    }
    let summary = form.summary(words::NOT_DONE).or_else(|| file_form.summary(words::NOT_DONE));
    let past = answers.iter().filter(|one| one.action.state != ActionState::Draft);
    page.answer_with(
        status,
        &GapPage {
            shell: page.shell(labels::gap_title(&gap.criterion)).with_errors(summary.is_some()),
            summary,
            refused,
            number: number.clone(),
            criterion: gap.criterion.clone(),
            wording: grid::wording_of(dossier, &gap.criterion),
            finding: gap.finding.clone(),
            severity: labels::severity(gap.severity),
            status: labels::gap(gap.state),
            due: gap.due_on.map(french::date).unwrap_or_default(),
            before: past.map(|one| answer_row(number, one)).collect(),
            files,
            form,
            file_form,
        },
    )
}

async fn perform(
    page: &Page,
    dossier: &Dossier,
    gap: &nonconformity::Model,
    form: &FormData,
) -> std::result::Result<(), InspectionError> {
    let id = dossier.inspection.id;
    let text = |name: &str| form.text(name).to_owned();
    match form.text("acte") {
        "reponse" => {
            let input =
                ActionInput { cause: text("cause"), correction: text("correction"), owner: text("owner") };
            let mut tx = page.app.begin(page.actor().clone()).await?;
            actions::write_action(&mut tx, id, gap.id, &input).await?;
            tx.commit().await?;
        }
        "preuve" => {
            let sent = form
                .file("file")
                .ok_or_else(|| InspectionError::fault("/file", "missing", labels::refusals::FILE_WANTED))?;
            let (name, content) = (sent.name.clone(), sent.content.clone());
            let file = stored(&page.app, page.actor(), name, content, text("note")).await?;
            let file = FileInput { on: typed_date::parse(form.text("proof_on")), ..file };
            let mut tx = page.app.begin(page.actor().clone()).await?;
            actions::add_evidence(&mut tx, id, gap.id, &file).await?;
            tx.commit().await?;
        }
        "retirer-preuve" => {
            let key = Uuid::parse_str(form.text("evidence_id")).map_err(|_| InspectionError::NotFound)?;
            let mut tx = page.app.begin(page.actor().clone()).await?;
            actions::remove_evidence(&mut tx, id, key.into()).await?;
            tx.commit().await?;
        }
        _ => return Err(InspectionError::NotFound),
    }
    Ok(())
}

#[handler]
pub(super) async fn send(
    page: Page,
    Path((number, criterion)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let (dossier, gap) = find(&page, &number, &criterion).await.map_err(WebError::from)?;
    let act = form.text("acte").to_owned();
    let error = match perform(&page, &dossier, &gap, &form).await {
        Ok(()) => {
            let place = format!("/controles/{number}/ecarts/{criterion}");
            return Ok(flash::redirect(&place, &words::said(&act)));
        }
        Err(InspectionError::Content(error)) => {
            InspectionError::fault("/file", error.code(), error.message())
        }
        Err(error) => error,
    };
    let (status, state, refused) = refusal(error, &form)?;
    answer(&page, &dossier, &gap, Some(Back { act, form: state, refused, status })).await
}
