//! `/certifications/{code}/versions/{version}/referentiel`: the referential of a version, its forms and its acts.
//!
//! A form changes one part of the draft; what is published has none. Publishing, and throwing a draft away, say what
//! they change before they are confirmed.

mod acts;
mod form;
mod import;
mod labels;
mod part;
mod show;

use entity::ids::{CertificationId, CertificationVersionId};
use entity::referential::{self, ReferentialState};
use poem::{Route, get, post};
use uuid::Uuid;

use super::super::CertificationError;
use super::super::queries::referential::{Shown, facts, shown};
use crate::authz::{Permission, allows};
use crate::http::web::Page;

/// Adds the pages of referentials.
pub(super) fn pages(route: Route) -> Route {
    const AT: &str = "/certifications/:code/versions/:version/referentiel";
    route
        .at(AT, get(show::show))
        .at(format!("{AT}/brouillon"), post(acts::open))
        .at(format!("{AT}/publier"), post(acts::publish))
        .at(format!("{AT}/abandonner"), post(acts::discard))
        .at(format!("{AT}/importer"), get(import::blank).post(import::import))
        .at(format!("{AT}/modifier/:part"), get(form::new).post(form::create))
        .at(format!("{AT}/modifier/:part/:item"), get(form::edit).post(form::save))
}

/// Where the page of a referential is.
fn path_of(code: &str, version: Uuid) -> String {
    format!("/certifications/{code}/versions/{version}/referentiel")
}

async fn load(
    page: &Page,
    code: &str,
    version: Uuid,
    revision: Option<i32>,
) -> Result<Shown, CertificationError> {
    let which = |row: &entity::certification::Model| row.code == code;
    shown(page.app.db.read(), page.actor(), which, version.into(), revision, page.app.today()).await
}

/// The draft, for who may change it.
async fn editable(
    page: &Page,
    code: &str,
    version: Uuid,
) -> Result<(Shown, referential::Model), CertificationError> {
    let found = load(page, code, version, None).await?;
    let _allowed = allows(page.actor(), Permission::ReferentialEdit, &facts(found.certification.id))?;
    let draft = found.row.clone().filter(|row| row.state == ReferentialState::Draft);
    Ok((found, draft.ok_or(CertificationError::NoDraft)?))
}

fn keys(found: &Shown) -> (CertificationId, CertificationVersionId) {
    (found.certification.id, found.version.version.id)
}
