//! `GET /agrements/{ref}/{verbe}`: the question before an act whose form holds no words, at an address of its own.
//!
//! A browser that goes back to what a form answered asks whether to send it again; one that goes back to an address reads
//! it again, and finds the file as it is now. Words (a reason, a name, a place) never travel in an address: the acts
//! that ask for some keep their question in the answer to their form.

use poem::web::{Path, Query, Redirect};
use poem::{IntoResponse, Response, Result, handler};
use uuid::Uuid;

use super::act::Act;
use super::doing;
use super::perform::perform;
use crate::error::{DomainError, ErrorKind};
use crate::features::agreements::{Dossier, queries};
use crate::http::web::form::VERSION_FIELD;
use crate::http::web::{FormData, Page, WebError, address, flash, labels};

/// What an address carries of a form: the version that was on screen, and choices.
const CARRIED: [&str; 4] = [VERSION_FIELD, "committee_id", "to", "retour"];

/// Where the question is asked. What is submitted is what is kept, as it was kept a moment ago.
pub(super) fn address_of(act: Act, dossier: &Dossier, form: &FormData) -> String {
    let kept = dossier.request.version.to_string();
    let is_kept = |name: &str| act == Act::Submit && name == VERSION_FIELD;
    let carried = CARRIED.map(|name| (name, if is_kept(name) { kept.as_str() } else { form.text(name) }));
    address::with_query(&format!("{}/{}", dossier.path(), act.verb()), &carried)
}

#[handler]
pub(super) async fn show(
    page: Page,
    Path((reference, verb)): Path<(String, String)>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response> {
    let actor = page.actor().clone();
    let dossier = queries::request_by_reference(page.app.db.read(), &actor, &reference).await;
    let dossier = dossier.map_err(WebError::from)?;
    let Some(act) = Act::of(&verb).filter(|act| act.has_no_words()) else {
        return Ok(Redirect::see_other(dossier.path()).into_response());
    };
    let carried: Vec<(&str, &str)> = asked
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| CARRIED.contains(name))
        .collect();
    let form = FormData::of(&carried);
    let mut tx = page.app.begin(actor).await.map_err(WebError::from)?;
    let mark: Uuid = tx.new_id();
    match perform(&mut tx, act, &dossier, &form).await {
        Ok(()) => doing::ask_about(&page, act, &dossier, &form, (tx, mark)).await,
        Err(error) if is_over(error.kind()) => Ok(flash::redirect(&dossier.path(), &labels::question_over())),
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Whether the act was done meanwhile, or the file has changed so that the question means nothing any more.
const fn is_over(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::Stale)
}
