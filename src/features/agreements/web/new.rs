//! `/agrements/nouveau`: for which certification, and for which structure; opens the draft or the one under way.

use askama::Template;
use entity::agreement_request::{AgreementRole, RequestKind};
use entity::ids::{CertificationVersionId, StructureId};
use poem::http::StatusCode;
use poem::web::{Query, Redirect};
use poem::{IntoResponse, Response, Result, handler};
use serde::Deserialize;
use uuid::Uuid;

use super::list::may_create;
use crate::authz::{Denied, Permission};
use crate::error::DomainError;
use crate::features::agreements::actions::filing::{self, NewRequest};
use crate::features::agreements::queries::{self, registers};
use crate::features::agreements::{AgreementError, labels};
use crate::http::web::component::Choice;
use crate::http::web::flash;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::{Flash, Shell, Tone};
use crate::http::web::{FormData, Page, WebError, filters};
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/new.html")]
pub struct NewPage {
    /// The shell.
    pub shell: Shell,
    /// Faults.
    pub summary: Option<ErrorSummary>,
    /// The form.
    pub form: FormState,
    /// Structures to choose from; empty for someone who has one.
    pub structures: Vec<Choice>,
    /// Certification versions that take requests.
    pub versions: Vec<Choice>,
    /// First request or renewal.
    pub kinds: Vec<Choice>,
    /// Services.
    pub roles: Vec<Choice>,
}

/// What the address may already say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    structure: String,
    nature: String,
    version: String,
    prestation: String,
}

#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let kind = RequestKind::from_word(&asked.nature).unwrap_or(RequestKind::First);
    let role = AgreementRole::from_word(&asked.prestation).unwrap_or(AgreementRole::TrainAndOrganise);
    let known = [
        ("structure", asked.structure),
        ("certification_version_id", asked.version),
        ("kind", kind.word()),
        ("role", role.word()),
    ];
    answer(&page, FormState::filled(known)).await
}

async fn answer(page: &Page, form: FormState) -> Result<Response> {
    if !may_create(page.actor()) {
        return Err(WebError::from(Denied::Hidden(Permission::RequestCreate)).into());
    }
    let summary = form.summary("Le brouillon n’est pas encore ouvert");
    let status = if summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let conn = page.app.db.read();
    let today = day_in_zone(page.app.now(), PARIS);
    let versions = registers::open_versions(conn, today).await.map_err(WebError::from)?;
    let certifications = registers::certifications(conn, &versions).await.map_err(WebError::from)?;
    let structures = if page.actor().structures().count() == 1 {
        Vec::new()
    } else {
        registers::structures(conn, page.actor()).await.map_err(WebError::from)?
    };
    let built = NewPage {
        shell: page.shell("Demander un agrément").with_errors(summary.is_some()),
        summary,
        form,
        structures: structures
            .iter()
            .map(|one| Choice::new(one.id.to_string(), format!("{}, {}", one.name, one.commune)))
            .collect(),
        versions: versions
            .iter()
            .map(|one| {
                let told = labels::certification(registers::names(&certifications, one));
                Choice::new(one.id.to_string(), told)
            })
            .collect(),
        kinds: RequestKind::all().map(|kind| Choice::new(kind.word(), labels::kind(kind))).collect(),
        roles: AgreementRole::all().map(|role| Choice::new(role.word(), labels::role(role))).collect(),
    };
    page.answer_with(status, &built)
}

#[handler]
pub(super) async fn create(page: Page, form: FormData) -> Result<Response> {
    let new = match read(&page, &form) {
        Ok(new) => new,
        Err(errors) => return answer(&page, FormState::filled(form.fields()).with_errors(errors)).await,
    };
    if let Some(open) = open_draft(&page, new).await.map_err(WebError::from)? {
        return Ok(to_open(&open));
    }
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    match filing::create(&mut tx, new).await {
        Ok(request) => {
            tx.commit().await.map_err(WebError::from)?;
            let said = if new.kind == RequestKind::Renewal {
                "Les sites, les textes et les pièces encore valables de votre dernière demande accordée sont repris\u{202f}: relisez-les."
            } else {
                "Il s’enregistre à chaque étape\u{202f}: vous pouvez y revenir."
            };
            let done = Flash::done("Brouillon ouvert.", said);
            Ok(flash::redirect(&draft_path(&request.draft_number), &done))
        }
        Err(AgreementError::DraftExists) => {
            drop(tx);
            let open = open_draft(&page, new).await.map_err(WebError::from)?;
            Ok(open.map_or_else(|| Redirect::see_other("/agrements").into_response(), |open| to_open(&open)))
        }
        Err(error @ AgreementError::LiveRequest { .. }) => {
            drop(tx);
            let mut errors = FieldErrors::default();
            errors.push("/certification_version_id", error.detail());
            answer(&page, FormState::filled(form.fields()).with_errors(errors)).await
        }
        Err(AgreementError::Invalid(faults)) => {
            drop(tx);
            let errors = faults.into_iter().map(|fault| (fault.pointer, fault.message)).collect();
            answer(&page, FormState::filled(form.fields()).with_errors(errors)).await
        }
        Err(error) => {
            tracing::debug!(code = error.code(), "draft refused");
            Err(WebError::from(error).into())
        }
    }
}

/// Goes to the draft already open: what was just chosen is not in it.
fn to_open(reference: &str) -> Response {
    let found = Flash {
        kind: Tone::Info,
        title: "Un brouillon existe déjà pour cette certification\u{202f}: le voici.".to_owned(),
        text: "Il garde la nature et la prestation choisies à son ouverture. Vous pouvez les changer à l’étape «\u{202f}Projet\u{202f}»."
            .to_owned(),
    };
    flash::redirect(&draft_path(reference), &found)
}

fn draft_path(reference: &str) -> String {
    format!("/agrements/{reference}/brouillon")
}

/// The draft already open for the same structure and certification, when this person may see it.
async fn open_draft(page: &Page, new: NewRequest) -> std::result::Result<Option<String>, AgreementError> {
    let conn = page.app.db.read();
    let Some(found) = queries::open_draft(conn, new.structure, new.version).await? else { return Ok(None) };
    let visible = queries::request(conn, page.actor(), found.id).await?;
    Ok(Some(visible.request.draft_number))
}

fn read(page: &Page, form: &FormData) -> std::result::Result<NewRequest, FieldErrors> {
    let mut errors = FieldErrors::default();
    let own: Vec<StructureId> = page.actor().structures().collect();
    let structure = match own.as_slice() {
        [only] => Some(*only),
        _ => Uuid::parse_str(form.text("structure")).ok().map(Into::into),
    };
    if structure.is_none() {
        errors.push("/structure", "Choisissez la structure qui demande l’agrément");
    }
    let version: Option<CertificationVersionId> =
        Uuid::parse_str(form.text("certification_version_id")).ok().map(Into::into);
    if version.is_none() {
        errors.push("/certification_version_id", "Choisissez une certification");
    }
    let kind = RequestKind::from_word(form.text("kind")).unwrap_or(RequestKind::First);
    let role = AgreementRole::from_word(form.text("role")).unwrap_or(AgreementRole::TrainAndOrganise);
    match (structure, version) {
        (Some(structure), Some(version)) => Ok(NewRequest { structure, version, kind, role }),
        _ => Err(errors),
    }
}
