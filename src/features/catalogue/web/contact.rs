//! `/inscriptions/{token}/coordonnees`: how a person is reached, by their link.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};

use super::super::labels;
use super::super::labels::said;
use super::super::queries::by_token;
use super::link::{ACTOR, over};
use crate::error::{DomainError, ErrorKind};
use crate::features::enrolments::input::TypedContact;
use crate::features::enrolments::{EnrolmentError, actions as enrolments};
use crate::http::web::by_link::bearer;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, filters, flash};

/// `/inscriptions/{token}/coordonnees`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/catalogue/contact.html")]
pub struct ContactPage {
    /// The shell.
    pub shell: Shell,
    /// What people call the enrolment.
    pub reference: String,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The form.
    pub form: FormState,
    /// The page of the enrolment.
    pub back: String,
}

#[handler]
pub(super) async fn show(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let found = by_token(page.app.db.read(), &token, page.app.now()).await.map_err(WebError::from)?;
    let Some(linked) = found else { return over(&page, StatusCode::GONE) };
    let row = &linked.enrolment;
    let values = [("email", &row.email), ("phone", &row.phone), ("postal_address", &row.postal_address)];
    let form = FormState::filled(values.map(|(name, value)| (name, value.clone())));
    answer(&page, StatusCode::OK, (linked.reference(), &token), form)
}

fn answer(
    page: &PublicPage,
    status: StatusCode,
    (reference, token): (String, &str),
    form: FormState,
) -> Result<Response> {
    let context = ContactPage {
        shell: page.shell(labels::CONTACT).with_errors(form.has_errors()),
        reference,
        summary: form.summary(labels::CONTACT_NOT_SAVED),
        back: format!("/inscriptions/{token}"),
        form,
    };
    page.answer_with(status, &context)
}

#[handler]
pub(super) async fn save(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
    form: FormData,
) -> Result<Response> {
    let found = by_token(page.app.db.read(), &token, page.app.now()).await.map_err(WebError::from)?;
    let Some(linked) = found else { return over(&page, StatusCode::GONE) };
    let typed = TypedContact {
        email: form.text("email").to_owned(),
        phone: form.text("phone").to_owned(),
        postal_address: form.text("postal_address").to_owned(),
        ..TypedContact::default()
    };
    let actor = bearer(request, ACTOR);
    let work = async {
        let mut tx = page.app.begin(actor).await?;
        let row = Box::pin(enrolments::change_contact_by_link(&mut tx, &token, &typed)).await?;
        tx.commit().await?;
        Ok::<_, EnrolmentError>(row)
    };
    match Box::pin(work).await {
        Ok(row) => {
            let moved = row.email_confirmed_at.is_none() && row.email != linked.enrolment.email;
            let text = if moved { said::CONTACT_TO_CONFIRM } else { "" };
            let told = Flash::done(said::CONTACT_SAVED, text);
            Ok(flash::redirect(&format!("/inscriptions/{token}"), &told))
        }
        Err(EnrolmentError::LinkOver) => over(&page, StatusCode::GONE),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, (linked.reference(), &token), state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
