//! `/certificats/{number}/{act}`: each act on its own page, which says what will change and who is told.

use askama::Template;
use entity::certificate;
use entity::certificate_change::ChangeCause;
use entity::certificate_revocation::RevocationCause;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::input::{NewReplacement, NewRevocation};
use super::super::{CertificateError, actions, labels, queries};
use crate::authz::{Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::{Choice, Fact, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// `/certificats/{number}/{act}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/certificates/act.html")]
pub struct ActPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Back to the certificate.
    pub back: Link,
    /// Where the form posts.
    pub action: String,
    /// What will happen.
    pub text: &'static str,
    /// What the button says.
    pub button: &'static str,
    /// The certificate.
    pub facts: Vec<Fact>,
    /// Causes to choose from; empty when none is asked.
    pub causes: Vec<Choice>,
    /// Whether a reason is asked.
    pub reasoned: bool,
    /// Whether it takes something away.
    pub danger: bool,
    /// The form.
    pub form: FormState,
}

/// The right of an act; none for a word that is no act.
fn permission(act: &str) -> Option<Permission> {
    Some(match act {
        "suspendre" | "retablir" => Permission::CertificateSuspend,
        "remplacer" | "duplicata" => Permission::CertificateReplace,
        "masquer" | "montrer" => Permission::CertificatePublish,
        "revoquer" | "confirmer-revocation" | "ecarter-revocation" => Permission::CertificateRevoke,
        _ => return None,
    })
}

/// The certificate, for who may do this to it.
async fn open(page: &Page, number: &str, act: &str) -> Result<certificate::Model, CertificateError> {
    let permission = permission(act).ok_or(CertificateError::NotFound)?;
    let conn = page.app.db.read();
    let row = queries::by_number(conn, page.actor(), number).await?;
    let facts = queries::facts(conn, &row).await?;
    let _allowed = allows(page.actor(), permission, &facts)?;
    Ok(row)
}

#[handler]
pub(super) async fn show(page: Page, Path((number, act)): Path<(String, String)>) -> Result<Response> {
    let row = open(&page, &number, &act).await.map_err(WebError::from)?;
    let form = FormState::default().with_version(row.version.into());
    answer(&page, StatusCode::OK, &row, &act, form)
}

fn answer(
    page: &Page,
    status: StatusCode,
    row: &certificate::Model,
    act: &str,
    form: FormState,
) -> Result<Response> {
    let causes = match act {
        "revoquer" => {
            RevocationCause::all().map(|cause| Choice::new(cause.word(), labels::revocation(cause))).collect()
        }
        "remplacer" => NewReplacement::CAUSES
            .into_iter()
            .map(|cause| Choice::new(cause.word(), labels::cause(cause)))
            .collect(),
        _ => Vec::new(),
    };
    let at = format!("/certificats/{}", row.number);
    let summary = form.summary(labels::NOT_DONE);
    let context = ActPage {
        shell: page.shell(labels::act(act)).with_errors(summary.is_some()),
        summary,
        action: format!("{at}/{act}"),
        back: Link::new(row.number.clone(), at),
        text: labels::act_text(act),
        button: labels::act(act),
        facts: labels::brief(row),
        causes,
        reasoned: matches!(act, "suspendre" | "retablir" | "revoquer" | "remplacer" | "duplicata"),
        danger: matches!(act, "suspendre" | "revoquer" | "confirmer-revocation" | "remplacer"),
        form,
    };
    page.answer_with(status, &context)
}

async fn perform(
    page: &Page,
    row: &certificate::Model,
    act: &str,
    form: &FormData,
) -> Result<certificate::Model, CertificateError> {
    let (id, seen, reason) = (row.id, form.version(), form.text("reason"));
    // The key is read before the act: nothing of the disk waits inside it.
    let key = actions::signing_key(&page.app).await?;
    let mut tx = page.app.begin(page.actor().clone()).await?;
    let done = match act {
        "suspendre" => actions::suspend(&mut tx, id, seen, reason).await,
        "retablir" => actions::reinstate(&mut tx, id, seen, reason).await,
        "revoquer" => {
            let new = NewRevocation::read(RevocationCause::from_word(form.text("cause")), reason)?;
            actions::ask_revocation(&mut tx, id, seen, &new).await
        }
        "confirmer-revocation" => actions::confirm_revocation(&mut tx, id, seen).await,
        "ecarter-revocation" => actions::dismiss_revocation(&mut tx, id, seen).await,
        "remplacer" => {
            let new = NewReplacement::read(ChangeCause::from_word(form.text("cause")), reason)?;
            actions::supersede(&mut tx, &key, id, seen, &new).await
        }
        "duplicata" => actions::ask_duplicate(&mut tx, id, seen, reason).await,
        "masquer" => actions::publish(&mut tx, id, seen, false).await,
        "montrer" => actions::publish(&mut tx, id, seen, true).await,
        _ => Err(CertificateError::NotFound),
    }?;
    tx.commit().await?;
    Ok(done)
}

#[handler]
pub(super) async fn submit(
    page: Page,
    Path((number, act)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let row = open(&page, &number, &act).await.map_err(WebError::from)?;
    match Box::pin(perform(&page, &row, &act, &form)).await {
        Ok(after) => Ok(flash::redirect(&format!("/certificats/{}", after.number), &labels::done(&act))),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let mut errors = FieldErrors::of(&error);
            for missing in error.blocking() {
                errors.push("", missing);
            }
            let seen = form.version().unwrap_or(row.version);
            let state = FormState::filled(form.fields()).with_errors(errors).with_version(seen.into());
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &row, &act, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
