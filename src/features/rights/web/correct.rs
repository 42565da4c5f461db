//! `/droits/{id}/fin` and `/droits/{id}/annuler`: a right recorded by hand ends before its term, or is taken back.

use askama::Template;
use entity::dated_right::HolderKind;
use entity::ids::DatedRightId;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::TypedEnd;
use super::super::queries::{self, Held};
use super::super::{RightError, actions, holders, labels};
use super::records::comes_back;
use crate::http::web::component::{Fact, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::typed_date;

/// What is done to the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// It ends before its term.
    CutShort,
    /// It was recorded by mistake.
    TakeBack,
}

impl Correction {
    const fn word(self) -> &'static str {
        match self {
            Self::CutShort => "fin",
            Self::TakeBack => "annuler",
        }
    }
}

/// The question, before it is done.
#[derive(Template, Clone, Debug)]
#[template(path = "web/rights/correct.html")]
pub struct CorrectPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Whether the right is cut short; taken back otherwise.
    pub cuts: bool,
    /// The right: what, whose, its days.
    pub right: Vec<Fact>,
    /// Where the form posts.
    pub action: String,
    /// Where to go back.
    pub back: Link,
    /// The form: `ends_on`, `reason`.
    pub form: FormState,
}

/// Asks for the last day.
#[handler]
pub(super) async fn ending(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    let held = found(&page, id).await?;
    let form = FormState::filled([("ends_on", typed_date::iso(page.app.today()))])
        .with_version(held.right.version.into());
    answer(&page, StatusCode::OK, &held, Correction::CutShort, form).await
}

/// Asks why.
#[handler]
pub(super) async fn taking_back(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    let held = found(&page, id).await?;
    let form = FormState::default().with_version(held.right.version.into());
    answer(&page, StatusCode::OK, &held, Correction::TakeBack, form).await
}

/// Ends it.
#[handler]
pub(super) async fn end(page: Page, Path(id): Path<Uuid>, form: FormData) -> Result<Response> {
    settle(&page, id, Correction::CutShort, &form).await
}

/// Takes it back.
#[handler]
pub(super) async fn take_back(page: Page, Path(id): Path<Uuid>, form: FormData) -> Result<Response> {
    settle(&page, id, Correction::TakeBack, &form).await
}

async fn found(page: &Page, id: Uuid) -> Result<Held> {
    let held = queries::by_hand(page.app.db.read(), page.actor(), DatedRightId(id)).await;
    Ok(held.map_err(WebError::from)?)
}

async fn settle(page: &Page, id: Uuid, what: Correction, form: &FormData) -> Result<Response> {
    let held = found(page, id).await?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        match what {
            Correction::CutShort => {
                let typed = TypedEnd {
                    ends_on: form.text("ends_on").to_owned(),
                    reason: form.text("reason").to_owned(),
                };
                actions::cut_short(&mut tx, held.right.id, form.version(), &typed).await?;
            }
            Correction::TakeBack => {
                actions::take_back(&mut tx, held.right.id, form.version(), form.text("reason")).await?;
            }
        }
        Ok::<_, RightError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&back(page, &held).await?.href, &labels::corrected(what))),
        Err(error) if comes_back(&error) => {
            let version = form.version().unwrap_or(held.right.version);
            let state = FormState::filled(form.fields())
                .with_errors(FieldErrors::of(&error))
                .with_version(version.into());
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, &held, what, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The page of the holder where the right is listed.
async fn back(page: &Page, held: &Held) -> Result<Link> {
    let names = holders::of(page.app.db.read(), &[&held.right]).await.map_err(WebError::from)?;
    let holder = names.get(&held.right.holder_id).ok_or(RightError::NotFound).map_err(WebError::from)?;
    let href = match held.right.holder_kind {
        HolderKind::Structure => format!("{}/convention", holder.href),
        _ => holder.href.clone(),
    };
    Ok(Link::new(holder.name.clone(), href))
}

async fn answer(
    page: &Page,
    status: StatusCode,
    held: &Held,
    what: Correction,
    form: FormState,
) -> Result<Response> {
    let summary = form.summary(labels::NOT_RECORDED);
    let back = back(page, held).await?;
    let row = &held.right;
    let context = CorrectPage {
        shell: page.shell(labels::correction(what)).with_errors(summary.is_some()),
        summary,
        cuts: what == Correction::CutShort,
        right: vec![
            Fact::new(labels::kind(row.kind), row.reference.clone()).mono(),
            Fact::new(labels::HOLDER, back.label.clone()),
            Fact::new(labels::PERIOD, queries::span(row).to_string()),
        ],
        action: format!("/droits/{}/{}", row.id, what.word()),
        back,
        form,
    };
    page.answer_with(status, &context)
}
