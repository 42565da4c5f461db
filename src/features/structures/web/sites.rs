//! The sites of a structure: adding, changing, closing.

use askama::Template;
use entity::ids::SiteId;
use entity::site;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::actions::{self, SiteChange};
use super::super::queries::Found;
use super::super::{StructureError, labels, typed_site};
use super::form::{back, changeable, comes_back, returned, seat};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::rights;
use crate::http::web::component::Link;
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::{CSRF_FIELD, ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::deadline::day_in_zone;
use crate::rules::typed_date;

/// The form of a site.
#[derive(Template, Clone, Debug)]
#[template(path = "web/structures/site.html")]
pub struct SiteFormPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Where the form posts.
    pub action: String,
    /// Whether the site is new.
    pub is_new: bool,
    /// Whether it is the seat.
    pub is_seat: bool,
    /// Where to close it; empty when it may not be.
    pub close: String,
    /// Where to go back.
    pub back: Link,
    /// The form.
    pub form: FormState,
}

/// The closing of a site.
#[derive(Template, Clone, Debug)]
#[template(path = "web/structures/close_site.html")]
pub struct ClosePage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Where the form posts.
    pub action: String,
    /// Where to go back.
    pub back: Link,
    /// The form: `closed_on`.
    pub form: FormState,
}

fn one(found: &Found, id: Uuid) -> Result<site::Model> {
    let site = found.sites.iter().find(|site| site.id == SiteId(id) && site.closed_on.is_none());
    Ok(site.cloned().ok_or(StructureError::NotFound).map_err(WebError::from)?)
}

/// The empty form.
#[handler]
pub(super) async fn blank(page: Page, Path(siren): Path<String>) -> Result<Response> {
    let found = changeable(&page, &siren).await?;
    let form = FormState::default().with_version(found.structure.version.into());
    answer(&page, StatusCode::OK, &found, None, form)
}

/// The form of a site.
#[handler]
pub(super) async fn edit(page: Page, Path((siren, id)): Path<(String, Uuid)>) -> Result<Response> {
    let found = changeable(&page, &siren).await?;
    let site = one(&found, id)?;
    let typed = typed_site(&site);
    let values = [
        ("siret", typed.siret),
        ("label", typed.label),
        ("address", typed.address),
        ("postal_code", typed.postal_code),
        ("commune", typed.commune),
        ("department", typed.department),
    ];
    let form = FormState::filled(values).with_version(found.structure.version.into());
    answer(&page, StatusCode::OK, &found, Some(&site), form)
}

fn answer(
    page: &Page,
    status: StatusCode,
    found: &Found,
    site: Option<&site::Model>,
    form: FormState,
) -> Result<Response> {
    let path = format!("/structures/{}/sites", found.structure.siren);
    let action = site.map_or_else(|| format!("{path}/nouveau"), |site| format!("{path}/{}", site.id));
    let summary = form.summary(labels::NOT_CHANGED);
    let title = site.map_or_else(|| labels::NEW_SITE.to_owned(), |site| labels::change_of(&site.label));
    let closable = site.filter(|site| !site.is_seat);
    let context = SiteFormPage {
        shell: page.shell(title).with_errors(summary.is_some()),
        summary,
        close: closable.map(|site| format!("{path}/{}/fermer", site.id)).unwrap_or_default(),
        action,
        is_new: site.is_none(),
        is_seat: site.is_some_and(|site| site.is_seat),
        back: back(found),
        form,
    };
    page.answer_with(status, &context)
}

/// Adds.
#[handler]
pub(super) async fn add(page: Page, Path(siren): Path<String>, form: FormData) -> Result<Response> {
    let found = changeable(&page, &siren).await?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::add_site(&mut tx, found.structure.id, form.version(), &seat(&form)).await?;
        Ok::<_, StructureError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&back(&found).href, &labels::site_added())),
        Err(error) if comes_back(&error) => {
            let state = returned(&form, &found, &error);
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &found, None, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Changes.
#[handler]
pub(super) async fn save(
    page: Page,
    Path((siren, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let found = changeable(&page, &siren).await?;
    let site = one(&found, id)?;
    if !form.ticked("confirme")
        && let Some(address) = declared_move(&page, &site, &form).await.map_err(WebError::from)?
    {
        return ask_move(&page, &found, &site, &form, &address);
    }
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let is_seat = site.is_seat || form.ticked("is_seat");
        let change = SiteChange { site: seat(&form), is_seat };
        let structure = found.structure.id;
        actions::edit_site(&mut tx, structure, site.id, form.version(), |typed| *typed = change).await?;
        Ok::<_, StructureError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&back(&found).href, &labels::changed())),
        Err(error) if comes_back(&error) => {
            let state = returned(&form, &found, &error);
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &found, Some(&site), state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The new address of an agreed site, when its structure declares one that can be kept.
async fn declared_move(
    page: &Page,
    site: &site::Model,
    form: &FormData,
) -> std::result::Result<Option<String>, StructureError> {
    let Ok(new) = seat(form).read() else { return Ok(None) };
    let same =
        new.address == site.address && new.postal_code == site.postal_code && new.commune == site.commune;
    if same || page.actor().is_staff() {
        return Ok(None);
    }
    let today = day_in_zone(page.app.now(), &site.zone);
    let agreed = rights::queries::site_is_covered(page.app.db.read(), site.id, today).await?;
    Ok(agreed.then(|| format!("{}, {} {}", new.address, new.postal_code, new.commune)))
}

/// The question before the address of an agreed site changes.
fn ask_move(
    page: &Page,
    found: &Found,
    site: &site::Model,
    form: &FormData,
    address: &str,
) -> Result<Response> {
    let action = format!("/structures/{}/sites/{}", found.structure.siren, site.id);
    let typed = form.fields().filter(|(name, _)| *name != CSRF_FIELD);
    page.answer(&ConfirmationPage {
        shell: page.shell(labels::MOVE_QUESTION),
        intro: labels::MOVE_INTRO.to_owned(),
        effects: labels::move_effects(address),
        warnings: Vec::new(),
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        keep: Link::new(labels::KEEP_ADDRESS, action.clone()),
        action,
        act: labels::MOVE.to_owned(),
        danger: false,
    })
}

/// The team has looked at the new address.
#[handler]
pub(super) async fn review(
    page: Page,
    Path((siren, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let found = changeable(&page, &siren).await?;
    let site = one(&found, id)?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::review_move(&mut tx, found.structure.id, site.id, form.version()).await?;
        Ok::<_, StructureError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&back(&found).href, &labels::move_reviewed())),
        Err(error) if matches!(error.kind(), ErrorKind::Conflict | ErrorKind::Stale) => {
            Ok(flash::redirect(&back(&found).href, &labels::not_reviewed(&error.detail())))
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The question before closing.
#[handler]
pub(super) async fn closing(page: Page, Path((siren, id)): Path<(String, Uuid)>) -> Result<Response> {
    let found = changeable(&page, &siren).await?;
    let site = one(&found, id)?;
    let values = [("closed_on", typed_date::iso(page.app.today()))];
    let form = FormState::filled(values).with_version(found.structure.version.into());
    answer_closing(&page, StatusCode::OK, &found, &site, form)
}

fn answer_closing(
    page: &Page,
    status: StatusCode,
    found: &Found,
    site: &site::Model,
    form: FormState,
) -> Result<Response> {
    let summary = form.summary(labels::NOT_CLOSED);
    let context = ClosePage {
        shell: page.shell(labels::closing_of(&site.label)).with_errors(summary.is_some()),
        summary,
        action: format!("/structures/{}/sites/{}/fermer", found.structure.siren, site.id),
        back: back(found),
        form,
    };
    page.answer_with(status, &context)
}

/// Closes.
#[handler]
pub(super) async fn close(
    page: Page,
    Path((siren, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let found = changeable(&page, &siren).await?;
    let site = one(&found, id)?;
    let done = async {
        let on = typed_date::parse(form.text("closed_on"))
            .ok_or_else(|| vec![Fault::new("/closed_on", "date", labels::DATE_WANTED)])?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::close_site(&mut tx, found.structure.id, site.id, form.version(), on).await?;
        Ok::<_, StructureError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&back(&found).href, &labels::site_closed())),
        Err(error) if comes_back(&error) => {
            let state = returned(&form, &found, &error);
            answer_closing(&page, StatusCode::UNPROCESSABLE_ENTITY, &found, &site, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
