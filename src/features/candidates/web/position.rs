//! `/candidats/{number}/positionnement`: a result for each skill, and the sheet.

use askama::Template;
use entity::candidate_piece::CandidatePieceKind;
use entity::candidate_positioning::Positioned;
use entity::ids::SkillId;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::api::stored;
use super::super::input::TypedPositioning;
use super::super::state::Step;
use super::super::{CandidateError, Dossier, actions, labels, queries};
use super::new::errors_of;
use crate::authz::{Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// A skill to tell of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillField {
    /// Name of the field.
    pub name: String,
    /// Code and wording.
    pub label: String,
}

/// `/candidats/{number}/positionnement`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/candidates/position.html")]
pub struct PositioningPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number of the file.
    pub number: String,
    /// The skills of the referential.
    pub skills: Vec<SkillField>,
    /// What may be found.
    pub results: Vec<Choice>,
    /// Name of the sheet that is attached already; empty when none is.
    pub sheet: String,
    /// The form.
    pub form: FormState,
}

/// The form.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let read = async {
        let dossier = Dossier::by_number(page.app.db.read(), page.actor(), &number).await?;
        let _allowed = allows(page.actor(), Permission::CandidatePosition, &dossier.facts())?;
        dossier.next(Step::RecordPositioning)?;
        context(&page, &dossier, FormState::default()).await
    };
    let context = read.await.map_err(WebError::from)?;
    page.answer(&context)
}

async fn context(
    page: &Page,
    dossier: &Dossier,
    form: FormState,
) -> std::result::Result<PositioningPage, CandidateError> {
    let conn = page.app.db.read();
    let row = &dossier.candidate;
    let summary = form.summary(labels::NOT_RECORDED);
    let skills = queries::positioning(conn, row).await?;
    let pieces = queries::pieces(conn, row.id).await?;
    let sheet = pieces.iter().rfind(|piece| piece.kind == CandidatePieceKind::PositioningSheet);
    Ok(PositioningPage {
        shell: page.shell(labels::POSITIONING).with_errors(summary.is_some()),
        summary,
        number: row.number.clone(),
        skills: skills
            .iter()
            .map(|one| SkillField {
                name: format!("results/{}", one.skill.id),
                label: format!("{} {}", one.skill.code, one.skill.wording),
            })
            .collect(),
        results: Positioned::all().map(|one| Choice::new(one.word(), labels::positioned(one))).collect(),
        sheet: sheet.map(|piece| piece.file_name.clone()).unwrap_or_default(),
        form: form.with_version(row.version.into()),
    })
}

/// What was typed of each skill.
fn typed(form: &FormData) -> TypedPositioning {
    let result = |(name, value): (&str, &str)| {
        let skill = name.strip_prefix("results/").and_then(|id| Uuid::parse_str(id).ok())?;
        Some((SkillId(skill), value.to_owned()))
    };
    TypedPositioning { results: form.fields().filter_map(result).collect() }
}

/// Records.
#[handler]
pub(super) async fn record(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let dossier = Dossier::by_number(page.app.db.read(), page.actor(), &number).await;
    let dossier = dossier.map_err(WebError::from)?;
    let done = async {
        let _allowed = allows(page.actor(), Permission::CandidatePosition, &dossier.facts())?;
        let sheet = match form.file("file") {
            Some(sent) => {
                let name = sent.name.chars().take(200).collect();
                let kind = CandidatePieceKind::PositioningSheet;
                Some(stored(&page.app, page.actor(), kind, name, sent.content.clone()).await?)
            }
            None => None,
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let (id, seen) = (dossier.candidate.id, form.version());
        actions::record_positioning(&mut tx, id, seen, &typed(&form), sheet.as_ref()).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::positioning_recorded())
    };
    match done.await {
        Ok(said) => Ok(flash::redirect(&dossier.path(), &said)),
        Err(error)
            if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict)
                || matches!(error, CandidateError::Content(_)) =>
        {
            let state = FormState::filled(form.fields()).with_errors(errors_of(&error));
            let context = context(&page, &dossier, state).await.map_err(WebError::from)?;
            page.answer_with(StatusCode::UNPROCESSABLE_ENTITY, &context)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
