//! `/candidats/nouveau`: enrols somebody, on one screen.

use askama::Template;
use entity::ids::{CertificationVersionId, StructureId};
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use super::super::actions::Enrolment;
use super::super::input::TypedCandidate;
use super::super::{CandidateError, Dossier, actions, labels};
use super::civil::{CivilChoices, Typed, contact};
use super::correct::fields_of;
use super::list::may_enrol;
use crate::authz::{Denied, Permission};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::certifications::queries::Described;
use crate::features::{certifications, structures};
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// `/candidats/nouveau`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/candidates/new.html")]
pub struct NewCandidatePage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The form.
    pub form: FormState,
    /// Structures to choose from; empty for somebody of one, and for the team, who types a SIREN.
    pub structures: Vec<Choice>,
    /// The team types a SIREN.
    pub by_siren: bool,
    /// Versions on which somebody may be enrolled today.
    pub versions: Vec<Choice>,
    /// What the fields choose from.
    pub choices: CivilChoices,
    /// Who is alike, each in words; empty when nobody is known.
    pub alike: Vec<String>,
}

/// What the address may already say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    structure: String,
}

/// The form, empty.
#[handler]
pub(super) async fn blank(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let form =
        FormState::filled([("siren", asked.structure.as_str()), ("way", "fc"), ("contact/contract", "cddi")]);
    answer(&page, StatusCode::OK, form, Vec::new(), Vec::new()).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    form: FormState,
    communes: Vec<Choice>,
    alike: Vec<String>,
) -> Result<Response> {
    if !may_enrol(page.actor()) {
        return Err(WebError::from(Denied::Hidden(Permission::CandidateEnrol)).into());
    }
    let summary = form.summary(labels::NOT_RECORDED);
    let conn = page.app.db.read();
    let all = certifications::queries::all(conn).await.map_err(WebError::from)?;
    let today = page.app.today();
    let own: Vec<StructureId> = page.actor().structures().collect();
    let mut structures = Vec::new();
    for id in own.iter().filter(|_| own.len() > 1) {
        let found = structures::queries::get(conn, page.actor(), *id).await.map_err(WebError::from)?;
        structures.push(Choice::new(id.to_string(), found.structure.name));
    }
    let context = NewCandidatePage {
        shell: page.shell(labels::NEW).with_errors(summary.is_some()),
        summary,
        form,
        structures,
        by_siren: own.is_empty(),
        versions: versions(&all, today),
        choices: CivilChoices::with(communes),
        alike,
    };
    page.answer_with(status, &context)
}

/// Enrols.
/// The versions that somebody may be enrolled for on a day.
fn versions(all: &[Described], today: Date) -> Vec<Choice> {
    let mut choices = Vec::new();
    for one in all {
        for held in one.open_on(today) {
            let choice = Choice::new(held.version.id.to_string(), one.certification.short_title.clone());
            choices.push(choice.with_help(held.version.label.clone()));
        }
    }
    choices
}

#[handler]
pub(super) async fn create(page: Page, form: FormData) -> Result<Response> {
    let typed = Typed::of(&form, page.app.today());
    let filled = || FormState::filled(fields_of(&form, &typed));
    let searched = form.ticked("chercher");
    if let Some(faults) = &typed.asked {
        let status = Typed::status(faults, searched);
        let errors = if status == StatusCode::OK {
            FieldErrors::default()
        } else {
            // whoever looks for a commune is told of it alone
            let others = if searched {
                Vec::new()
            } else {
                let asked = Application::of(&page, &form, &typed).await.map_err(WebError::from)?;
                asked.faults(page.app.today())
            };
            typed.asked_among(others)
        };
        return answer(&page, status, filled().with_errors(errors), typed.communes.clone(), Vec::new()).await;
    }
    match enrol(&page, &form, &typed).await {
        Ok(dossier) => {
            let said = labels::said::enrolled(dossier.candidate.completeness == 100);
            Ok(flash::redirect(&dossier.path(), &said))
        }
        Err(CandidateError::Alike(alike)) => {
            let mut errors = FieldErrors::default();
            errors.push("/confirmed", CandidateError::Alike(Vec::new()).detail());
            let state = filled().with_errors(errors);
            answer(&page, StatusCode::CONFLICT, state, typed.communes.clone(), alike).await
        }
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state = filled().with_errors(typed.beside(errors_of(&error)));
            let status = if error.kind() == ErrorKind::Invalid {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                StatusCode::CONFLICT
            };
            answer(&page, status, state, typed.communes.clone(), Vec::new()).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The faults of a refusal; what lacks is told thing by thing.
pub(super) fn errors_of(error: &CandidateError) -> FieldErrors {
    let lacking = error.blocking();
    if lacking.is_empty() {
        return FieldErrors::of(error);
    }
    let mut errors = FieldErrors::default();
    for one in lacking {
        errors.push("", one);
    }
    errors
}

/// What the form says: for whom, for what, and who.
struct Application {
    structure: Option<StructureId>,
    version: Option<CertificationVersionId>,
    person: TypedCandidate,
    wrong: Vec<Fault>,
}

impl Application {
    async fn of(page: &Page, form: &FormData, typed: &Typed) -> std::result::Result<Self, CandidateError> {
        let own: Vec<StructureId> = page.actor().structures().collect();
        let mut wrong = Vec::new();
        let structure = match own.as_slice() {
            [] => {
                let siren: String = form.text("siren").chars().filter(|c| !c.is_whitespace()).collect();
                let found = structures::queries::id_of(page.app.db.read(), &siren).await?;
                if found.is_none() {
                    wrong.push(Fault::new("/siren", "unknown", labels::faults::UNKNOWN_STRUCTURE));
                }
                found
            }
            [only] => Some(*only),
            _ => {
                let chosen = Uuid::parse_str(form.text("structure_id")).ok().map(StructureId);
                if chosen.is_none() {
                    wrong.push(Fault::new("/structure_id", "missing", labels::faults::STRUCTURE_WANTED));
                }
                chosen
            }
        };
        let version = Uuid::parse_str(form.text("certification_version_id")).ok().map(CertificationVersionId);
        if version.is_none() {
            wrong.push(Fault::new("/certification_version_id", "missing", labels::faults::VERSION_WANTED));
        }
        let person = TypedCandidate {
            way: form.text("way").to_owned(),
            identity: typed.identity.clone(),
            contact: contact(form),
        };
        Ok(Self { structure, version, person, wrong })
    }

    /// Everything that is wrong in it, in the order of the form.
    fn faults(self, today: Date) -> Vec<Fault> {
        let of_person = self.person.read(today).err().into_iter().flatten();
        self.wrong.into_iter().chain(of_person).collect()
    }
}

async fn enrol(page: &Page, form: &FormData, typed: &Typed) -> std::result::Result<Dossier, CandidateError> {
    let asked = Application::of(page, form, typed).await?;
    let (Some(structure), Some(version)) = (asked.structure, asked.version) else {
        return Err(CandidateError::Invalid(asked.faults(page.app.today())));
    };
    let enrolment = Enrolment {
        structure,
        site: None,
        version,
        typed: asked.person,
        confirmed: form.ticked("confirmed"),
        external_ref: None,
    };
    let mut tx = page.app.begin(page.actor().clone()).await?;
    let dossier = actions::enrol(&mut tx, &enrolment).await?;
    tx.commit().await?;
    Ok(dossier)
}
