//! The letter of a decision, read before it is given: the same facts and the same template, and nothing kept.

use std::sync::Arc;

use entity::ids::AgreementRequestId;
use sea_orm::ConnectionTrait;

use super::facts::Material;
use super::{DECISION, Draft, decided_on, decision, wording};
use crate::app::App;
use crate::features::agreements::error::AgreementError;
use crate::render::pdf::PdfError;
use crate::storage::issued;

/// A letter whose decision is not given yet.
pub struct Letter {
    title: String,
    reference: String,
    draft: Draft,
}

impl Letter {
    /// What the letter of the last decision says, read from the transaction in which that decision is tried.
    ///
    /// # Errors
    /// No such request, no decision, or what the database answers.
    pub async fn read(
        app: &Arc<App>,
        conn: &impl ConnectionTrait,
        id: AgreementRequestId,
    ) -> Result<Self, AgreementError> {
        let material = Material::read(app, conn, id).await?;
        let draft = decision::decision(&material).ok_or(AgreementError::NotFound)?;
        let title = wording::distinct_title(DECISION, decided_on(&material).as_deref());
        Ok(Self { title, reference: material.whole.dossier.reference().to_owned(), draft })
    }

    /// The name of its file, which no document that is kept has.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}-{}.pdf", wording::PREVIEW, self.reference)
    }

    /// Typesets it.
    ///
    /// # Errors
    /// What the typesetter answers.
    pub async fn typeset(self, app: &App) -> Result<Vec<u8>, PdfError> {
        let Draft { data, files, at } = self.draft;
        let draft = issued::Draft {
            kind: DECISION,
            template: DECISION,
            title: &self.title,
            reference: &self.reference,
            file_name: String::new(),
            data,
            files,
            at,
        };
        issued::preview(app, draft).await
    }
}
