//! `/programmes/nouveau` records a programme, `/programmes/{slug}/identite` changes what stands beside its sheets.

use askama::Template;
use entity::ids::CertificationId;
use entity::programme::{Theme, TrainerRight};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::input::TypedProgramme;
use super::super::labels::{self, pages};
use super::super::queries::{self, facts};
use super::super::{ProgrammeError, actions};
use super::{LIST, path_of};
use crate::authz::{Facts, Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::features::certifications;
use crate::http::web::component::{Choice, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::training::programme::Document;

/// Where one is recorded.
const NEW: &str = "/programmes/nouveau";

/// Both pages.
#[derive(Template, Clone, Debug)]
#[template(path = "web/programmes/head.html")]
pub(super) struct HeadPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The way back.
    pub back: Link,
    /// Where the form posts.
    pub action: String,
    /// Whether it is that of something new.
    pub new: bool,
    /// The form.
    pub form: FormState,
    /// Themes.
    pub themes: Vec<Choice>,
    /// What whoever teaches may have to hold.
    pub rights: Vec<Choice>,
    /// Certifications.
    pub certifications: Vec<Choice>,
}

/// The form of a programme.
#[handler]
pub(super) async fn blank(page: Page) -> Result<Response> {
    let _allowed =
        allows(page.actor(), Permission::ProgrammeEdit, &Facts::default()).map_err(WebError::from)?;
    answer(&page, StatusCode::OK, None, FormState::default()).await
}

/// Records a programme.
#[handler]
pub(super) async fn create(page: Page, form: FormData) -> Result<Response> {
    let typed = typed(&form);
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let row = Box::pin(actions::create(&mut tx, &typed, Document::default())).await?;
        tx.commit().await?;
        Ok::<_, ProgrammeError>(row)
    };
    match done.await {
        Ok(row) => Ok(flash::redirect(&path_of(&row.slug), &pages::created())),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, None, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The form of what stands beside the sheets.
#[handler]
pub(super) async fn edit(page: Page, Path(slug): Path<String>) -> Result<Response> {
    let row = queries::by_slug(page.app.db.read(), &slug).await.map_err(WebError::from)?;
    let _allowed = allows(page.actor(), Permission::ProgrammeEdit, &facts(&row)).map_err(WebError::from)?;
    let known = TypedProgramme::of(&row);
    let state = FormState::filled([
        ("code", known.code),
        ("slug", known.slug),
        ("theme", known.theme),
        ("trainer_right", known.trainer_right),
        ("certification_id", known.certification.map(|id| id.to_string()).unwrap_or_default()),
        ("recycling_months", known.recycling_months),
        ("external_ref", known.external_ref),
    ]);
    let back = Link::new(row.title.clone(), path_of(&row.slug));
    answer(&page, StatusCode::OK, Some(back), state.with_version(row.version.into())).await
}

/// Changes it.
#[handler]
pub(super) async fn save(page: Page, Path(slug): Path<String>, form: FormData) -> Result<Response> {
    let row = queries::by_slug(page.app.db.read(), &slug).await.map_err(WebError::from)?;
    let typed = typed(&form);
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let row = Box::pin(actions::edit(&mut tx, row.id, form.version(), |known| *known = typed)).await?;
        tx.commit().await?;
        Ok::<_, ProgrammeError>(row)
    };
    match done.await {
        Ok(row) => Ok(flash::redirect(&path_of(&row.slug), &pages::recorded())),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            let state = state.with_version(row.version.into());
            let back = Link::new(row.title.clone(), path_of(&row.slug));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, Some(back), state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

fn typed(form: &FormData) -> TypedProgramme {
    let text = |name: &str| form.text(name).to_owned();
    let certification = form.text("certification_id").parse::<uuid::Uuid>().ok();
    TypedProgramme {
        code: text("code"),
        slug: text("slug"),
        title: text("title"),
        theme: text("theme"),
        trainer_right: text("trainer_right"),
        certification: certification.map(CertificationId::from),
        recycling_months: text("recycling_months"),
        external_ref: text("external_ref"),
    }
}

async fn answer(page: &Page, status: StatusCode, known: Option<Link>, form: FormState) -> Result<Response> {
    let all = certifications::queries::all(page.app.db.read()).await.map_err(WebError::from)?;
    let summary = form.summary(pages::NOTHING_RECORDED);
    let new = known.is_none();
    let action = known.as_ref().map_or_else(|| NEW.to_owned(), |link| format!("{}/identite", link.href));
    let context = HeadPage {
        shell: page.shell(if new { pages::NEW } else { pages::IDENTITY }).with_errors(summary.is_some()),
        summary,
        back: known.unwrap_or_else(|| Link::new(pages::PROGRAMMES, LIST)),
        action,
        new,
        form,
        themes: Theme::all().map(|one| Choice::new(one.word(), labels::theme(one))).collect(),
        rights: TrainerRight::all().map(|one| Choice::new(one.word(), labels::trainer_right(one))).collect(),
        certifications: all
            .iter()
            .map(|one| Choice::new(one.certification.id.to_string(), one.certification.short_title.clone()))
            .collect(),
    };
    page.answer_with(status, &context)
}
