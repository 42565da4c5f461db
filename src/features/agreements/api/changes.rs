//! What structures declare in the life of their agreements, and the list of partners as a file.

use std::sync::Arc;

use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Listed;
use super::life_shapes::{RightChangeIn, RightChangeOut, RightChanges, RightReviewIn};
use crate::app::App;
use crate::features::agreements::actions::life;
use crate::features::agreements::queries::acts;
use crate::features::agreements::{partners, queries};
use crate::http::api::{ApiError, Caller, Content, Read, Tag, if_match};

/// Declared changes.
pub struct ChangesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(tag = "Tag::Agreements")]
impl ChangesApi {
    /// List the declared changes of an agreement
    ///
    /// All of them, the last one first.
    #[oai(path = "/agreements/:id/changes", method = "get", operation_id = "agreement_changes")]
    async fn changes(&self, caller: Caller, id: Path<Uuid>) -> Result<Listed<RightChanges>, ApiError> {
        let conn = self.app.db.read();
        let agreement = queries::agreement(conn, &caller.0, id.0.into()).await?;
        let found = acts::changes(conn, agreement.id).await?;
        Ok(Listed::Found(Json(RightChanges { items: found.iter().map(Into::into).collect() })))
    }

    /// Declare a change of the structure
    #[oai(path = "/agreements/:id/changes", method = "post", operation_id = "agreement_declare_change")]
    async fn declare(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<RightChangeIn>,
    ) -> Result<Read<RightChangeOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let change = life::declare_change(&mut tx, id.0.into(), &body.0.into()).await?;
        tx.commit().await?;
        Ok(Read::new((&change).into(), change.version))
    }

    /// Say what comes of a declared change
    #[oai(
        path = "/agreements/:id/changes/:change_id/review",
        method = "post",
        operation_id = "agreement_review_change"
    )]
    async fn review(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        change_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<RightReviewIn>,
    ) -> Result<Read<RightChangeOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let (id, change) = (id.0.into(), change_id.0.into());
        let change = life::review_change(&mut tx, id, change, seen, &body.0.into()).await?;
        tx.commit().await?;
        Ok(Read::new((&change).into(), change.version))
    }

    /// Take the list of partners, as France compétences asks for it
    ///
    /// One line for each site and certification that is registered today: SIRET, role, state, days. Taking it is written in
    /// the journal.
    #[oai(path = "/partner-updates/list.csv", method = "get", operation_id = "partner_list_export")]
    async fn export(&self, caller: Caller) -> Result<Content, ApiError> {
        let file = partners::export(&self.app, &caller.0).await?;
        Ok(Content::of(&file, partners::FILE, &Sha256::digest(&file)))
    }
}
