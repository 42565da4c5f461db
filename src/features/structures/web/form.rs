//! Recording and changing a structure.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::actions::{self, Change};
use super::super::input::{TypedContact, TypedIdentity, TypedSite, TypedStructure};
use super::super::queries::{self, Found};
use super::super::shapes::one_line;
use super::super::{StructureError, labels, typed_contact, typed_identity};
use crate::authz::{Facts, Permission, allows, allows_somewhere};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::Link;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::phone;

/// `/structures/nouvelle` and `/structures/{siren}/modifier`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/structures/form.html")]
pub struct StructureFormPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Where the form posts.
    pub action: String,
    /// Whether the structure is new: the seat is asked for.
    pub is_new: bool,
    /// Where to go back.
    pub back: Link,
    /// The form; fields are named after the pointers of the API.
    pub form: FormState,
}

/// The empty form.
#[handler]
pub(super) fn blank(page: Page) -> Result<Response> {
    allows_somewhere(page.actor(), Permission::StructureCreate, &Facts::default()).map_err(WebError::from)?;
    answer_new(&page, StatusCode::OK, FormState::default())
}

fn answer_new(page: &Page, status: StatusCode, form: FormState) -> Result<Response> {
    let summary = form.summary(labels::NOT_RECORDED);
    let context = StructureFormPage {
        shell: page.shell(labels::NEW_STRUCTURE).with_errors(summary.is_some()),
        summary,
        action: "/structures/nouvelle".to_owned(),
        is_new: true,
        back: Link::new(labels::STRUCTURES, "/structures"),
        form,
    };
    page.answer_with(status, &context)
}

/// Records.
#[handler]
pub(super) async fn create(page: Page, form: FormData) -> Result<Response> {
    let done = async {
        let typed = TypedStructure {
            identity: identity(&form),
            contact: contact(&form),
            seat: seat(&form),
            others: Vec::new(),
        };
        let wanted = typed.read()?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let structure = actions::create(&mut tx, &wanted).await?;
        tx.commit().await?;
        Ok::<_, StructureError>(structure)
    };
    match done.await {
        Ok(structure) => Ok(flash::redirect(
            &format!("/structures/{}", structure.siren),
            &labels::recorded(&structure.name),
        )),
        Err(error) if comes_back(&error) => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            answer_new(&page, StatusCode::UNPROCESSABLE_ENTITY, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Whether the person may correct it in the form.
pub(super) fn comes_back(error: &StructureError) -> bool {
    matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict)
}

/// The way back to a structure from what is changed of it.
pub(super) fn back(found: &Found) -> Link {
    Link::new(found.structure.name.clone(), format!("/structures/{}", found.structure.siren))
}

/// What was typed, with what is wrong of it, at the version that was seen.
pub(super) fn returned(form: &FormData, found: &Found, error: &StructureError) -> FormState {
    FormState::filled(form.fields())
        .with_errors(FieldErrors::of(error))
        .with_version(form.version().unwrap_or(found.structure.version).into())
}

/// The structure of a page that changes it.
pub(super) async fn changeable(page: &Page, siren: &str) -> Result<Found> {
    changeable_for(page, siren, Permission::StructureEdit).await
}

/// The same, under the permission of the change.
pub(super) async fn changeable_for(page: &Page, siren: &str, permission: Permission) -> Result<Found> {
    let found = queries::by_siren(page.app.db.read(), page.actor(), siren).await.map_err(WebError::from)?;
    let row = &found.structure;
    // an expert sees the structures of their missions; the same refusal as that of the act
    let expert = page.actor().expert();
    let facts =
        Facts { structure: Some(row.id), region: Some(row.region.clone()), expert, ..Facts::default() };
    let _allowed = allows(page.actor(), permission, &facts).map_err(WebError::from)?;
    Ok(found)
}

/// The form of a structure.
#[handler]
pub(super) async fn edit(page: Page, Path(siren): Path<String>) -> Result<Response> {
    let found = changeable(&page, &siren).await?;
    let form = FormState::filled(values(&found)).with_version(found.structure.version.into());
    answer_edit(&page, StatusCode::OK, &found, form)
}

fn answer_edit(page: &Page, status: StatusCode, found: &Found, form: FormState) -> Result<Response> {
    let row = &found.structure;
    let summary = form.summary(labels::NOT_CHANGED);
    let path = format!("/structures/{}", row.siren);
    let context = StructureFormPage {
        shell: page.shell(labels::change_of(&row.name)).with_errors(summary.is_some()),
        summary,
        action: format!("{path}/modifier"),
        is_new: false,
        back: Link::new(row.name.clone(), path),
        form,
    };
    page.answer_with(status, &context)
}

/// Changes.
#[handler]
pub(super) async fn save(page: Page, Path(siren): Path<String>, form: FormData) -> Result<Response> {
    let found = changeable(&page, &siren).await?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let change = Change { identity: identity(&form), contact: contact(&form) };
        actions::edit(&mut tx, found.structure.id, form.version(), |typed| *typed = change).await?;
        Ok::<_, StructureError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&format!("/structures/{siren}"), &labels::changed())),
        Err(error) if comes_back(&error) => {
            let state = FormState::filled(form.fields())
                .with_errors(FieldErrors::of(&error))
                .with_version(form.version().unwrap_or(found.structure.version).into());
            answer_edit(&page, StatusCode::UNPROCESSABLE_ENTITY, &found, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

fn identity(form: &FormData) -> TypedIdentity {
    let text = |name: &str| form.text(name).to_owned();
    TypedIdentity {
        name: text("name"),
        legal_form: text("legal_form"),
        rna: text("rna"),
        idcc: text("idcc"),
        nda: text("nda"),
        activities: one_line(form.text("activities")),
        headcount: text("headcount"),
        insertion_posts: text("insertion_posts"),
    }
}

fn contact(form: &FormData) -> TypedContact {
    let text = |name: &str| form.text(name).to_owned();
    TypedContact {
        name: text("contact/name"),
        title: text("contact/title"),
        email: text("contact/email"),
        phone: text("contact/phone"),
    }
}

/// The site of a form.
pub(super) fn seat(form: &FormData) -> TypedSite {
    let text = |name: &str| form.text(name).to_owned();
    TypedSite {
        siret: text("siret"),
        label: text("label"),
        address: text("address"),
        postal_code: text("postal_code"),
        commune: text("commune"),
        department: text("department"),
    }
}

fn values(found: &Found) -> Vec<(&'static str, String)> {
    let (identity, contact) = (typed_identity(&found.structure), typed_contact(&found.structure));
    vec![
        ("name", identity.name),
        ("legal_form", identity.legal_form),
        ("rna", identity.rna),
        ("idcc", identity.idcc),
        ("nda", identity.nda),
        ("activities", identity.activities),
        ("headcount", identity.headcount),
        ("insertion_posts", identity.insertion_posts),
        ("contact/name", contact.name),
        ("contact/title", contact.title),
        ("contact/email", contact.email),
        ("contact/phone", phone::grouped(&contact.phone)),
    ]
}
