//! The other contacts of a structure: adding, changing, removing.

use askama::Template;
use entity::structure_contact::{self, ContactDuty};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::actions;
use super::super::input::{TypedContact, TypedOtherContact};
use super::super::queries::Found;
use super::super::{StructureError, labels, typed_other_contact};
use super::form::{back, changeable_for, comes_back, returned};
use crate::authz::Permission;
use crate::http::web::component::{Choice, Link};
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::{ErrorSummary, FormState, VERSION_FIELD};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::phone;

/// The form of a contact.
#[derive(Template, Clone, Debug)]
#[template(path = "web/structures/contact.html")]
pub struct ContactFormPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Where the form posts.
    pub action: String,
    /// Whether the contact is new.
    pub is_new: bool,
    /// Where to remove it; empty when it is new.
    pub remove: String,
    /// Where to go back.
    pub back: Link,
    /// What a contact may be written to about.
    pub duties: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

/// The structure of a page that changes its contacts.
async fn opened(page: &Page, siren: &str) -> Result<Found> {
    changeable_for(page, siren, Permission::StructureContacts).await
}

fn one(found: &Found, id: Uuid) -> Result<structure_contact::Model> {
    let contact = found.contacts.iter().find(|contact| contact.id.0 == id);
    Ok(contact.cloned().ok_or(StructureError::NotFound).map_err(WebError::from)?)
}

fn typed(form: &FormData) -> TypedOtherContact {
    let text = |name: &str| form.text(name).to_owned();
    TypedOtherContact {
        duty: text("duty"),
        person: TypedContact {
            name: text("name"),
            title: text("title"),
            email: text("email"),
            phone: text("phone"),
        },
    }
}

/// The empty form.
#[handler]
pub(super) async fn blank(page: Page, Path(siren): Path<String>) -> Result<Response> {
    let found = opened(&page, &siren).await?;
    let form = FormState::default().with_version(found.structure.version.into());
    answer(&page, StatusCode::OK, &found, None, form)
}

/// The form of a contact.
#[handler]
pub(super) async fn edit(page: Page, Path((siren, id)): Path<(String, Uuid)>) -> Result<Response> {
    let found = opened(&page, &siren).await?;
    let contact = one(&found, id)?;
    let TypedOtherContact { duty, person } = typed_other_contact(&contact);
    let values = [
        ("duty", duty),
        ("name", person.name),
        ("title", person.title),
        ("email", person.email),
        ("phone", phone::grouped(&person.phone)),
    ];
    let form = FormState::filled(values).with_version(found.structure.version.into());
    answer(&page, StatusCode::OK, &found, Some(&contact), form)
}

fn answer(
    page: &Page,
    status: StatusCode,
    found: &Found,
    contact: Option<&structure_contact::Model>,
    form: FormState,
) -> Result<Response> {
    let path = format!("/structures/{}/contacts", found.structure.siren);
    let own = contact.map(|contact| format!("{path}/{}", contact.id));
    let summary = form.summary(labels::NOT_CHANGED);
    let title =
        contact.map_or_else(|| labels::NEW_CONTACT.to_owned(), |contact| labels::change_of(&contact.name));
    let context = ContactFormPage {
        shell: page.shell(title).with_errors(summary.is_some()),
        summary,
        is_new: contact.is_none(),
        remove: own.as_ref().map(|own| format!("{own}/retirer")).unwrap_or_default(),
        action: own.unwrap_or_else(|| format!("{path}/nouveau")),
        back: back(found),
        duties: ContactDuty::all().map(|duty| Choice::new(duty.word(), labels::contact_duty(duty))).collect(),
        form,
    };
    page.answer_with(status, &context)
}

/// Adds.
#[handler]
pub(super) async fn add(page: Page, Path(siren): Path<String>, form: FormData) -> Result<Response> {
    let found = opened(&page, &siren).await?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::add_contact(&mut tx, found.structure.id, form.version(), &typed(&form)).await?;
        Ok::<_, StructureError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&back(&found).href, &labels::contact_added())),
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
    let found = opened(&page, &siren).await?;
    let contact = one(&found, id)?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let change = typed(&form);
        let structure = found.structure.id;
        actions::edit_contact(&mut tx, structure, contact.id, form.version(), |typed| *typed = change)
            .await?;
        Ok::<_, StructureError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&back(&found).href, &labels::changed())),
        Err(error) if comes_back(&error) => {
            let state = returned(&form, &found, &error);
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &found, Some(&contact), state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The question before removing.
#[handler]
pub(super) async fn removing(page: Page, Path((siren, id)): Path<(String, Uuid)>) -> Result<Response> {
    let found = opened(&page, &siren).await?;
    let contact = one(&found, id)?;
    let own = format!("/structures/{siren}/contacts/{}", contact.id);
    page.answer(&ConfirmationPage {
        shell: page.shell(labels::removal_of(&contact.name)),
        intro: labels::removal_intro(&found.structure.name),
        effects: labels::REMOVAL_EFFECTS.map(str::to_owned).to_vec(),
        warnings: Vec::new(),
        typed: vec![(VERSION_FIELD.to_owned(), found.structure.version.to_string())],
        action: format!("{own}/retirer"),
        keep: Link::new(labels::KEEP_CONTACT, own),
        act: labels::REMOVE_CONTACT.to_owned(),
        danger: true,
    })
}

/// Removes.
#[handler]
pub(super) async fn remove(
    page: Page,
    Path((siren, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let found = opened(&page, &siren).await?;
    let contact = one(&found, id)?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::remove_contact(&mut tx, found.structure.id, contact.id, form.version()).await?;
        Ok::<_, StructureError>(tx.commit().await?)
    };
    done.await.map_err(WebError::from)?;
    Ok(flash::redirect(&back(&found).href, &labels::contact_removed()))
}
