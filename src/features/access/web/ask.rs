//! `/devenir-agree/acces`: a structure asks for an account. The answer is the same whatever is known.

use std::time::Duration;

use askama::Template;
use poem::http::StatusCode;
use poem::{Request, Response, Result, handler};

use super::super::actions::{self, LINK_LIFE};
use super::super::input::typed;
use super::super::{AccessError, asking_actor, labels};
use crate::error::{DomainError, ErrorKind};
use crate::features::structures::StructureError;
use crate::features::structures::input::{NewStructure, TypedContact, TypedSite};
use crate::http::middleware::request_log::RequestId;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::{Shell, Tone};
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, filters};

/// The answer leaves after that long, whatever was done, so that its time tells nothing.
const ANSWER: Duration = Duration::from_millis(300);

/// The fields of the form, from top to bottom.
const FIELDS: [&str; 10] = [
    "/siret",
    "/name",
    "/address",
    "/postal_code",
    "/commune",
    "/department",
    "/contact/name",
    "/contact/title",
    "/contact/email",
    "/contact/phone",
];

/// `/devenir-agree/acces`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/access/ask.html")]
pub struct AskPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The form; fields are named after the pointers of a structure.
    pub form: FormState,
}

/// The neutral answer.
#[derive(Template, Clone, Debug)]
#[template(path = "web/access/sent.html")]
pub struct SentPage {
    /// The shell.
    pub shell: Shell,
    /// The address as it was typed.
    pub email: String,
    /// Hours the link is valid.
    pub hours: i64,
    /// How the hint sounds.
    pub tone: Tone,
}

#[handler]
pub(super) fn show(page: PublicPage) -> Result<Response> {
    answer(&page, StatusCode::OK, FormState::default())
}

fn answer(page: &PublicPage, status: StatusCode, form: FormState) -> Result<Response> {
    let summary = form.summary(labels::NOT_SENT);
    let shell = page.shell(labels::ASK).with_errors(summary.is_some());
    page.answer_with(status, &AskPage { shell, summary, form })
}

#[handler]
pub(super) async fn send(page: PublicPage, request: &Request, form: FormData) -> Result<Response> {
    let new = match read(&form) {
        Ok(new) => new,
        Err(error) => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            return answer(&page, StatusCode::UNPROCESSABLE_ENTITY, state);
        }
    };
    let request_id = request.data::<RequestId>().map(|id| id.0.clone());
    let (kept, ()) = tokio::join!(keep(&page, request_id, &new), tokio::time::sleep(ANSWER));
    kept.map_err(WebError::from)?;
    let sent = SentPage {
        shell: page.shell(labels::SENT),
        email: new.contact.email.to_string(),
        hours: LINK_LIFE.whole_hours(),
        tone: Tone::Info,
    };
    page.answer_with(StatusCode::OK, &sent)
}

fn read(form: &FormData) -> Result<NewStructure, StructureError> {
    let text = |name: &str| form.text(name).to_owned();
    let seat = TypedSite {
        siret: text("siret"),
        label: String::new(),
        address: text("address"),
        postal_code: text("postal_code"),
        commune: text("commune"),
        department: text("department"),
    };
    let contact = TypedContact {
        name: text("contact/name"),
        title: text("contact/title"),
        email: text("contact/email"),
        phone: text("contact/phone"),
    };
    typed(form.text("name"), seat, contact).read().map_err(|mut faults| {
        faults.sort_by_key(|fault| FIELDS.iter().position(|field| *field == fault.pointer));
        faults.into()
    })
}

/// Keeps the request; what is refused to somebody who asked already is told to nobody.
async fn keep(page: &PublicPage, request_id: Option<String>, new: &NewStructure) -> Result<(), AccessError> {
    let mut tx = page.app.begin(asking_actor(request_id)).await?;
    match actions::ask(&mut tx, new).await {
        Ok(_) => Ok(tx.commit().await?),
        Err(error) if error.kind() == ErrorKind::Conflict => {
            tracing::info!(%error, "no link sent to whoever asks for an account");
            Ok(())
        }
        Err(error) => Err(error),
    }
}
