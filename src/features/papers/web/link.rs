//! `/signer/{token}` and `/papiers-recus/{token}`: somebody without an account reads a paper, signs it or refuses.
//!
//! The page shows on GET and signs by its buttons only: mail programs open links by themselves.

use askama::Template;
use entity::training_signature::{self, Party};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};

use super::super::{PaperError, Record, actions, documents, labels, link, queries, wording};
use super::show::{facts, typed};
use super::{Refused, refusal};
use crate::http::web::by_link::bearer;
use crate::http::web::component::{Fact, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, download, filters, flash};
use crate::render::seal;

/// `/signer/{token}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/papers/sign.html")]
pub struct SignPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// What people call it.
    pub reference: String,
    /// What it is.
    pub kind: &'static str,
    /// As whom.
    pub party: &'static str,
    /// Name.
    pub name: String,
    /// What there is to know.
    pub facts: Vec<Fact>,
    /// What they answered.
    pub status: Status,
    /// How and when; empty before.
    pub answer: String,
    /// Whether their answer is waited for.
    pub open: bool,
    /// The address of this page.
    pub at: String,
    /// Fingerprint of the text, sent back with the answer.
    pub seen: String,
    /// The form.
    pub form: FormState,
}

/// `/papiers-recus/{token}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/papers/read.html")]
pub struct ReadPage {
    /// The shell.
    pub shell: Shell,
    /// What people call it.
    pub reference: String,
    /// What it is.
    pub kind: &'static str,
    /// Where it stands.
    pub status: Status,
    /// What there is to know.
    pub facts: Vec<Fact>,
    /// The drawing of the seal.
    pub seal: String,
    /// The words of the drawing.
    pub seal_words: String,
    /// Whether its file is ready.
    pub ready: bool,
    /// The address of this page.
    pub at: String,
}

type Found = (Record, training_signature::Model);

async fn found(page: &PublicPage, token: &str) -> Result<Found, PaperError> {
    let id = link::signature(&page.app, token)?.ok_or(PaperError::LinkOver)?;
    let (record, row) = Record::of_signature(page.app.db.read(), id).await?;
    if row.party == Party::Provider { Err(PaperError::LinkOver) } else { Ok((record, row)) }
}

/// The page.
#[handler]
pub(super) async fn show(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let found = found(&page, &token).await.map_err(WebError::from)?;
    answer(&page, StatusCode::OK, &token, &found, (FormState::default(), None))
}

fn answer(
    page: &PublicPage,
    status: StatusCode,
    token: &str,
    (record, row): &Found,
    (form, refused): (FormState, Refused),
) -> Result<Response> {
    let summary = form.summary(labels::NOT_DONE);
    let answer = row.kind.zip(row.signed_at).map(|(kind, at)| wording::answered(kind, *at));
    let context = SignPage {
        shell: page.shell(labels::SIGN).with_errors(summary.is_some()),
        summary,
        refused,
        reference: record.reference(),
        kind: labels::kind(record.paper.kind),
        party: wording::party(row.party),
        name: row.name.clone(),
        facts: facts(record).map_err(WebError::from)?,
        status: labels::answer(row.kind),
        answer: answer.unwrap_or_default(),
        open: record.is_open() && row.kind.is_none(),
        at: format!("/signer/{token}"),
        seen: hex::encode(&record.paper.content_hash),
        form,
    };
    page.answer_with(status, &context)
}

/// Keeps the answer.
#[handler]
pub(super) async fn send(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
    form: FormData,
) -> Result<Response> {
    let actor = bearer(request, "papers.link");
    let done = async {
        let (_, row) = found(&page, &token).await?;
        let mut tx = page.app.begin(actor).await?;
        let signed = Box::pin(actions::sign_by_link(&mut tx, row.id, &typed(&form))).await?;
        tx.commit().await?;
        Ok::<_, PaperError>(signed)
    };
    match Box::pin(done).await {
        Ok(signed) => {
            let said = labels::answer_kept(signed.refused, signed.last);
            Ok(flash::redirect(&format!("/signer/{token}"), &said))
        }
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            let found = found(&page, &token).await.map_err(WebError::from)?;
            answer(&page, status, &token, &found, (state, refused))
        }
    }
}

async fn file_of(page: &PublicPage, record: &Record) -> Result<Response, PaperError> {
    let file = queries::main_document(page.app.db.read(), record).await?;
    let content = page.app.storage.get(&file.sha256).await?;
    Ok(download::attachment(&file.media_type, &file.download_name(), content))
}

/// The text to sign.
#[handler]
pub(super) async fn to_sign(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let done = async {
        let (record, _) = found(&page, &token).await?;
        file_of(&page, &record).await
    };
    Ok(done.await.map_err(WebError::from)?)
}

async fn given_to(page: &PublicPage, token: &str) -> Result<Record, PaperError> {
    let id = link::paper(&page.app, token)?.ok_or(PaperError::NotFound)?;
    Record::by_id(page.app.db.read(), id).await
}

/// The page of a paper that somebody was given.
#[handler]
pub(super) async fn received(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let record = given_to(&page, &token).await.map_err(WebError::from)?;
    let digest = documents::digest(&record.paper.content_hash);
    let context = ReadPage {
        shell: page.shell(labels::READ),
        reference: record.reference(),
        kind: labels::kind(record.paper.kind),
        status: labels::standing(record.paper.state, record.signed()),
        facts: facts(&record).map_err(WebError::from)?,
        seal: seal::svg_inline(&digest),
        seal_words: seal::alternative_text(&digest),
        ready: record.paper.document_id.is_some(),
        at: format!("/papiers-recus/{token}"),
    };
    page.answer_with(StatusCode::OK, &context)
}

/// Its file.
#[handler]
pub(super) async fn given(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let done = async {
        let record = given_to(&page, &token).await?;
        file_of(&page, &record).await
    };
    Ok(done.await.map_err(WebError::from)?)
}
