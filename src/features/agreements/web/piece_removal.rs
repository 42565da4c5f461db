//! `/agrements/{ref}/brouillon/pieces/retirer`: asks, at an address that names the piece, then takes it back.

use entity::request_piece;
use poem::http::StatusCode;
use poem::web::{Path, Query, Redirect};
use poem::{IntoResponse, Response, Result, handler};
use serde::Deserialize;

use super::doing::Problem;
use super::draft::{answer, writable};
use super::draft_form::{Stage, shown};
use crate::error::{DomainError, ErrorKind};
use crate::features::agreements::actions::filing;
use crate::features::agreements::queries::{self, situation};
use crate::features::agreements::{AgreementError, Dossier, pieces};
use crate::http::web::component::Link;
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::layout::Flash;
use crate::http::web::{FormData, Page, WebError, address, flash, labels};

/// The piece that the question is about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    piece: String,
}

/// The question. One that means nothing any more leads back to the pieces.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(reference): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let dossier = match writable(&page, &reference).await {
        Ok(dossier) => dossier,
        Err(AgreementError::Step(_)) => {
            return Ok(flash::redirect(&format!("/agrements/{reference}"), &labels::question_over()));
        }
        Err(error) => return Err(WebError::from(error).into()),
    };
    match attempt(&page, &dossier, &FormData::of(&[("piece", asked.piece.as_str())])).await {
        Ok((piece, _)) => ask(&page, &dossier, &piece),
        Err(error) if matches!(error.kind(), ErrorKind::Conflict | ErrorKind::Stale) => {
            let pieces = format!("{}/brouillon?etape=pieces", dossier.path());
            Ok(flash::redirect(&pieces, &labels::question_over()))
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

#[handler]
pub(super) async fn remove(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    let dossier = writable(&page, &reference).await.map_err(WebError::from)?;
    match attempt(&page, &dossier, &form).await {
        Ok((piece, true)) => Ok(flash::redirect(
            &back(&dossier, &piece.code),
            &Flash::done("Pièce retirée.", title(&piece.code)),
        )),
        Ok((piece, false)) => {
            let question = address::with_query(&action(&dossier), &[("piece", &piece.id.to_string())]);
            Ok(Redirect::see_other(question).into_response())
        }
        Err(error) if matches!(error.kind(), ErrorKind::Conflict | ErrorKind::Stale) => {
            let problem = Problem::new("La pièce n’est pas retirée.", vec![error.detail()]);
            let form = shown(&queries::form(&dossier.request, &dossier.sites));
            let form = form.with_version(dossier.request.version.into());
            answer(&page, &dossier, Stage::Pieces, form, Some(problem), StatusCode::CONFLICT).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Takes the piece back, and says whether it was for good: until the question is answered, nothing is kept.
async fn attempt(
    page: &Page,
    dossier: &Dossier,
    form: &FormData,
) -> std::result::Result<(request_piece::Model, bool), AgreementError> {
    let id = dossier.request.id;
    let current = queries::current_pieces(page.app.db.read(), id).await?;
    let piece = current.into_iter().find(|piece| piece.id.to_string() == form.text("piece"));
    let piece = piece.ok_or(AgreementError::Stale)?;
    let mut tx = page.app.begin(page.actor().clone()).await?;
    filing::remove_piece(&mut tx, id, piece.id).await?;
    let confirmed = form.text("confirme") == "oui";
    if confirmed {
        tx.commit().await?;
    }
    Ok((piece, confirmed))
}

fn ask(page: &Page, dossier: &Dossier, piece: &request_piece::Model) -> Result<Response> {
    let kind = pieces::kind(&piece.code);
    let needed = kind.is_some_and(|kind| kind.is_mandatory(situation(&dossier.request)));
    let mut effects = vec![format!(
        "la pièce «\u{202f}{}\u{202f}» quitte le dossier, avec toutes ses versions\u{202f};",
        title(&piece.code)
    )];
    if needed {
        effects.push("elle reste à déposer avant le dépôt de la demande\u{202f};".to_owned());
    }
    effects.push(
        "l’acte est inscrit au journal. Les fichiers retirés sont conservés avec lui, sans être montrés dans le dossier."
            .to_owned(),
    );
    page.answer(&ConfirmationPage {
        shell: page.shell("Retirer cette pièce\u{202f}?"),
        intro: format!("{}, {}. À l’enregistrement\u{202f}:", dossier.structure.name, dossier.reference()),
        effects,
        warnings: Vec::new(),
        typed: vec![("piece".to_owned(), piece.id.to_string())],
        action: action(dossier),
        keep: Link::new("Garder la pièce", back(dossier, &piece.code)),
        act: "Retirer la pièce".to_owned(),
        danger: true,
    })
}

fn action(dossier: &Dossier) -> String {
    format!("{}/brouillon/pieces/retirer", dossier.path())
}

fn back(dossier: &Dossier, code: &str) -> String {
    format!("{}/brouillon?etape=pieces#piece-{code}", dossier.path())
}

fn title(code: &str) -> &'static str {
    pieces::kind(code).map_or("", |kind| kind.title.as_str())
}
