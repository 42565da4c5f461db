//! The forms of the parts of a draft.

use askama::Template;
use entity::access_route::Way;
use entity::epreuve::{EpreuveKind, Scale};
use entity::jury_rules::{Majority, President};
use entity::referential;
use entity::result_rules::Combine;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::super::CertificationError;
use super::super::super::actions::referential::edit_draft;
use super::super::super::queries::referential::Shown;
use super::part::Part;
use super::{editable, keys, labels, path_of};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::{Choice, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::referential::Document;

/// What the form of a part lets choose.
struct Choices {
    blocs: Vec<Choice>,
    skills: Vec<Choice>,
    families: Vec<Choice>,
    kinds: Vec<Choice>,
    scales: Vec<Choice>,
    ways: Vec<(String, &'static str)>,
    openness: Vec<Choice>,
    presidents: Vec<Choice>,
    majorities: Vec<Choice>,
    combines: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "web/certifications/referential_part.html")]
struct PartPage {
    shell: Shell,
    summary: Option<ErrorSummary>,
    back: Link,
    part: &'static str,
    action: String,
    form: FormState,
    choices: Choices,
    removal: Option<&'static str>,
}

/// The part of a draft that an address names.
struct Target {
    found: Shown,
    draft: referential::Model,
    part: Part,
    item: Option<String>,
}

/// The form of a part, or of something new.
#[handler]
pub(super) async fn new(
    page: Page,
    Path((code, version, part)): Path<(String, Uuid, String)>,
) -> Result<Response> {
    blank(&page, target(&page, &code, version, &part, None).await?)
}

/// The form of something known.
#[handler]
pub(super) async fn edit(
    page: Page,
    Path((code, version, part, item)): Path<(String, Uuid, String, String)>,
) -> Result<Response> {
    blank(&page, target(&page, &code, version, &part, Some(item)).await?)
}

/// Changes a part, or adds something new.
#[handler]
pub(super) async fn create(
    page: Page,
    Path((code, version, part)): Path<(String, Uuid, String)>,
    form: FormData,
) -> Result<Response> {
    store(&page, target(&page, &code, version, &part, None).await?, &form).await
}

/// Changes something known, or takes it away.
#[handler]
pub(super) async fn save(
    page: Page,
    Path((code, version, part, item)): Path<(String, Uuid, String, String)>,
    form: FormData,
) -> Result<Response> {
    store(&page, target(&page, &code, version, &part, Some(item)).await?, &form).await
}

async fn target(page: &Page, code: &str, version: Uuid, part: &str, item: Option<String>) -> Result<Target> {
    let part = Part::of(part).ok_or_else(not_found)?;
    let (found, draft) = editable(page, code, version).await.map_err(WebError::from)?;
    Ok(Target { found, draft, part, item })
}

fn not_found() -> poem::Error {
    poem::Error::from_status(StatusCode::NOT_FOUND)
}

fn blank(page: &Page, target: Target) -> Result<Response> {
    let values = target.part.values(target.item.as_deref(), &target.found.document);
    let form = FormState::filled(values.ok_or_else(not_found)?);
    answer(page, StatusCode::OK, &target, form)
}

async fn store(page: &Page, target: Target, form: &FormData) -> Result<Response> {
    let (part, item) = (target.part, target.item.as_deref());
    part.values(item, &target.found.document).ok_or_else(not_found)?;
    let position = part.position(item, form, &target.found.document);
    let done = async {
        let (certification, version) = keys(&target.found);
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let change = |document: &mut Document| part.apply(item, form, document);
        edit_draft(&mut tx, certification, version, form.version(), change).await?;
        Ok::<_, CertificationError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&home(&target.found), &labels::recorded())),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let faults = error.faults().into_iter();
            let errors: FieldErrors =
                faults.map(|fault| (part.field(position, &fault.pointer), fault.message)).collect();
            let state = FormState::filled(form.fields()).with_errors(errors);
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, &target, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

fn home(found: &Shown) -> String {
    path_of(&found.certification.code, found.version.version.id.0)
}

fn answer(page: &Page, status: StatusCode, target: &Target, form: FormState) -> Result<Response> {
    let (part, item) = (target.part, target.item.as_deref());
    let summary = form.summary(labels::NOT_RECORDED);
    let home = home(&target.found);
    let base = format!("{home}/modifier/{}", part.word());
    let context = PartPage {
        shell: page.shell(labels::part(part, item)).with_errors(summary.is_some()),
        summary,
        back: Link::new(labels::title(&target.found.version.version.label), home),
        part: part.word(),
        action: item.map_or_else(|| base.clone(), |item| format!("{base}/{item}")),
        form: form.with_version(target.draft.version.into()),
        choices: choices(&target.found.document),
        removal: item.map(|_| labels::removal(part)),
    };
    page.answer_with(status, &context)
}

fn choices(document: &Document) -> Choices {
    let bloc = |bloc: &crate::rules::referential::Bloc| {
        Choice::new(&bloc.code, format!("{} {}", bloc.code, bloc.title))
    };
    let skill = |skill: &crate::rules::referential::Skill| {
        Choice::new(&skill.code, format!("{} {}", skill.code, skill.wording))
    };
    Choices {
        blocs: document.blocs.iter().map(bloc).collect(),
        skills: document.skills.iter().map(skill).collect(),
        families: document.families.iter().map(|family| Choice::new(family, family)).collect(),
        kinds: EpreuveKind::all().map(|one| Choice::new(one.word(), labels::kind(one))).collect(),
        scales: Scale::all().map(|one| Choice::new(one.word(), labels::scale(one))).collect(),
        ways: Way::all().map(|one| (one.word(), labels::way(one))).collect(),
        openness: labels::way_choices(),
        presidents: President::all().map(|one| Choice::new(one.word(), labels::president(one))).collect(),
        majorities: Majority::all().map(|one| Choice::new(one.word(), labels::majority(one))).collect(),
        combines: Combine::all().map(|one| Choice::new(one.word(), labels::combine(one))).collect(),
    }
}
