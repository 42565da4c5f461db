//! `/candidats/{number}/etat-civil`: corrects a civil status.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::{CandidateError, Dossier, actions, input, labels};
use super::civil::{CivilChoices, Typed, fields, known};
use super::new::errors_of;
use crate::authz::{Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// `/candidats/{number}/etat-civil`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/candidates/civil_status.html")]
pub struct CivilStatusPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number of the file.
    pub number: String,
    /// The form.
    pub form: FormState,
    /// What the fields choose from.
    pub choices: CivilChoices,
}

/// The form, filled with what is known.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let dossier = Dossier::by_number(page.app.db.read(), page.actor(), &number).await;
    let dossier = dossier.map_err(WebError::from)?;
    let form = FormState::filled(fields(&input::typed_identity(&dossier.candidate)));
    let communes = known(&form);
    answer(&page, StatusCode::OK, &dossier, form, communes)
}

fn answer(
    page: &Page,
    status: StatusCode,
    dossier: &Dossier,
    form: FormState,
    communes: Vec<Choice>,
) -> Result<Response> {
    let _allowed =
        allows(page.actor(), Permission::CandidateEdit, &dossier.facts()).map_err(WebError::from)?;
    let summary = form.summary(labels::NOT_RECORDED);
    page.answer_with(
        status,
        &CivilStatusPage {
            shell: page.shell(labels::CIVIL_STATUS).with_errors(summary.is_some()),
            summary,
            number: dossier.candidate.number.clone(),
            form: form.with_version(dossier.candidate.version.into()),
            choices: CivilChoices::with(communes),
        },
    )
}

/// Corrects.
#[handler]
pub(super) async fn correct(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let dossier = Dossier::by_number(page.app.db.read(), page.actor(), &number).await;
    let dossier = dossier.map_err(WebError::from)?;
    let typed = Typed::of(&form, page.app.today());
    let filled = FormState::filled(fields_of(&form, &typed));
    if let Some(faults) = &typed.asked {
        let status = Typed::status(faults, form.ticked("chercher"));
        let errors = if status == StatusCode::OK {
            FieldErrors::default()
        } else {
            // whoever looks for a commune is told of it alone
            let alone = form.ticked("chercher");
            let others = typed.identity.read(page.app.today()).err().filter(|_| !alone);
            typed.asked_among(others.unwrap_or_default())
        };
        return answer(&page, status, &dossier, filled.with_errors(errors), typed.communes.clone());
    }
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let id = dossier.candidate.id;
        actions::correct_civil_status(&mut tx, id, form.version(), &typed.identity).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::civil_status_corrected())
    };
    match done.await {
        Ok(said) => Ok(flash::redirect(&dossier.path(), &said)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer(
                &page,
                status,
                &dossier,
                filled.with_errors(typed.beside(errors_of(&error))),
                typed.communes.clone(),
            )
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// What was typed, the commune that was chosen or found in its field.
pub(super) fn fields_of(form: &FormData, typed: &Typed) -> Vec<(String, String)> {
    let commune = "civil_status/birth_commune";
    let mut values: Vec<(String, String)> = form
        .fields()
        .filter(|(name, _)| *name != commune)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    values.push((commune.to_owned(), typed.identity.civil.birth_commune.clone()));
    values
}
