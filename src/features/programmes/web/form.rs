//! The forms of the parts of a draft.

use askama::Template;
use entity::programme_price::{Payer, PriceUnit};
use entity::programme_version::{self, Modality, Sanction, Vat};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::labels::{self, pages};
use super::super::queries::{Shown, facts};
use super::super::{ProgrammeError, actions};
use super::part::Part;
use super::{key, load, path_of};
use crate::authz::{Permission, allows};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::certifications;
use crate::http::web::component::{Choice, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::training::programme::Document;

/// What the form of a part lets choose.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    /// How it is followed.
    pub modalities: Vec<Choice>,
    /// What ends it.
    pub sanctions: Vec<Choice>,
    /// Whether the tax is due.
    pub vats: Vec<Choice>,
    /// Who pays.
    pub payers: Vec<Choice>,
    /// What a price is for.
    pub units: Vec<Choice>,
    /// Versions of the certification that the programme prepares.
    pub versions: Vec<Choice>,
    /// Blocs of the referential aimed at.
    pub blocs: Vec<Choice>,
    /// Its skills.
    pub skills: Vec<Choice>,
}

/// `/programmes/{slug}/fiche/{part}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/programmes/part.html")]
pub(super) struct PartPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The way back.
    pub back: Link,
    /// Which part.
    pub part: &'static str,
    /// Where the form posts.
    pub action: String,
    /// The form.
    pub form: FormState,
    /// What it lets choose.
    pub choices: Choices,
    /// The button that takes the thing away, for something known.
    pub removal: Option<&'static str>,
}

/// The part of a draft that an address names.
struct Target {
    shown: Shown,
    draft: programme_version::Model,
    part: Part,
    /// Counted from 0.
    item: Option<usize>,
}

/// The form of a part, or of something new.
#[handler]
pub(super) async fn new(page: Page, Path((slug, part)): Path<(String, String)>) -> Result<Response> {
    let target = target(&page, &slug, &part, None).await?;
    blank(&page, &target).await
}

/// The form of something known.
#[handler]
pub(super) async fn edit(
    page: Page,
    Path((slug, part, item)): Path<(String, String, String)>,
) -> Result<Response> {
    let target = target(&page, &slug, &part, Some(item)).await?;
    blank(&page, &target).await
}

/// Changes a part, or adds something new.
#[handler]
pub(super) async fn create(
    page: Page,
    Path((slug, part)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let target = target(&page, &slug, &part, None).await?;
    store(&page, &target, &form).await
}

/// Changes something known, or takes it away.
#[handler]
pub(super) async fn save(
    page: Page,
    Path((slug, part, item)): Path<(String, String, String)>,
    form: FormData,
) -> Result<Response> {
    let target = target(&page, &slug, &part, Some(item)).await?;
    store(&page, &target, &form).await
}

fn not_found() -> poem::Error {
    poem::Error::from_status(StatusCode::NOT_FOUND)
}

/// The draft, for who may change it, and the part that is named: things are counted from 1 in addresses.
async fn target(page: &Page, slug: &str, part: &str, item: Option<String>) -> Result<Target> {
    let part = Part::of(part).ok_or_else(not_found)?;
    let item = match item {
        None => None,
        Some(rank) => {
            let rank = rank.parse::<usize>().ok().filter(|rank| *rank > 0).ok_or_else(not_found)?;
            Some(rank - 1)
        }
    };
    let shown = load(page, slug, None).await.map_err(WebError::from)?;
    let allowed = allows(page.actor(), Permission::ProgrammeEdit, &facts(&shown.programme));
    drop(allowed.map_err(WebError::from)?);
    let draft = shown.draft().cloned().ok_or(ProgrammeError::NoDraft).map_err(WebError::from)?;
    if !part.holds(item, &shown.document) {
        return Err(not_found());
    }
    Ok(Target { shown, draft, part, item })
}

async fn blank(page: &Page, target: &Target) -> Result<Response> {
    let values = target.part.values(target.item, &target.shown.document);
    answer(page, StatusCode::OK, target, FormState::filled(values)).await
}

async fn store(page: &Page, target: &Target, form: &FormData) -> Result<Response> {
    let (part, item) = (target.part, target.item);
    let position = part.position(item, form, &target.shown.document);
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let change = |document: &mut Document| part.apply(item, form, document);
        Box::pin(actions::edit_draft(&mut tx, key(&target.shown), form.version(), change)).await?;
        Ok::<_, ProgrammeError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&path_of(&target.shown.programme.slug), &pages::recorded())),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let faults = error.faults().into_iter();
            let errors: FieldErrors =
                faults.map(|fault| (part.field(position, &fault.pointer), message(fault))).collect();
            let state = FormState::filled(form.fields()).with_errors(errors);
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, target, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// What is said of a duration, which the form takes in hours.
fn message(fault: Fault) -> String {
    if fault.pointer.ends_with("/duration_minutes") { pages::HOURS.to_owned() } else { fault.message }
}

async fn answer(page: &Page, status: StatusCode, target: &Target, form: FormState) -> Result<Response> {
    let choices = choices(page, &target.shown).await?;
    let summary = form.summary(pages::NOTHING_RECORDED);
    let home = path_of(&target.shown.programme.slug);
    let word = target.part.word();
    let base = format!("{home}/fiche/{word}");
    let context = PartPage {
        shell: page.shell(pages::part(word)).with_errors(summary.is_some()),
        summary,
        back: Link::new(target.shown.programme.title.clone(), home),
        part: word,
        action: target.item.map_or_else(|| base.clone(), |item| format!("{base}/{}", item + 1)),
        form: form.with_version(target.draft.version.into()),
        choices,
        removal: target.item.map(|_| pages::removal(word)),
    };
    page.answer_with(status, &context)
}

async fn choices(page: &Page, shown: &Shown) -> Result<Choices> {
    let all = certifications::queries::all(page.app.db.read()).await.map_err(WebError::from)?;
    let own = all.iter().find(|one| Some(one.certification.id) == shown.programme.certification_id);
    let versions = own.map(|one| one.versions.as_slice()).unwrap_or_default();
    let coded = |code: &str, words: &str| Choice::new(code, format!("{code} {words}"));
    Ok(Choices {
        modalities: Modality::all().map(|one| Choice::new(one.word(), labels::modality(one))).collect(),
        sanctions: Sanction::all().map(|one| Choice::new(one.word(), labels::sanction(one))).collect(),
        vats: Vat::all().map(|one| Choice::new(one.word(), labels::vat(one))).collect(),
        payers: Payer::all().map(|one| Choice::new(one.word(), labels::payer(one))).collect(),
        units: PriceUnit::all().map(|one| Choice::new(one.word(), labels::unit(one))).collect(),
        versions: versions
            .iter()
            .map(|one| {
                let named = format!("{} ({})", one.version.title, one.version.label);
                Choice::new(one.version.id.to_string(), named)
            })
            .collect(),
        blocs: shown.target.blocs.iter().map(|(code, title)| coded(code, title)).collect(),
        skills: shown.target.skills.iter().map(|skill| coded(&skill.code, &skill.wording)).collect(),
    })
}
