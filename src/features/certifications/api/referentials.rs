//! `/api/v1/certifications/{id}/versions/{version_id}/referential`.

use std::sync::Arc;

use entity::ids::{CertificationId, CertificationVersionId};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Json, PlainText};
use poem_openapi::{ApiResponse, OpenApi};
use uuid::Uuid;

use super::super::CertificationError;
use super::super::actions::referential as actions;
use super::super::queries::{self, referential::shown};
use super::super::shapes::referential::{ConsequencesOut, ReferentialDoc, ReferentialOut};
use crate::app::App;
use crate::authz::Actor;
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Created, Read, Tag, if_match};
use crate::rules::referential::{Document, parse};

/// Referentials: what each version attests and how, revision by revision.
pub struct ReferentialsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A draft is gone.
#[derive(ApiResponse)]
enum Discarded {
    /// There is no draft any more.
    #[oai(status = 204)]
    Gone,
}

/// The version that a path names.
#[derive(Clone, Copy)]
struct Place {
    certification: CertificationId,
    version: CertificationVersionId,
}

impl Place {
    fn of(id: &Path<Uuid>, version_id: &Path<Uuid>) -> Self {
        Self { certification: id.0.into(), version: version_id.0.into() }
    }
}

#[OpenApi(prefix_path = "/certifications", tag = "Tag::Certifications")]
impl ReferentialsApi {
    /// Weigh a change of a version
    ///
    /// What stands on the version, to be read before it changes or before a referential is published. Its `ETag` is that
    /// of the version.
    #[oai(
        path = "/:id/versions/:version_id/consequences",
        method = "get",
        operation_id = "certification_version_weigh"
    )]
    async fn weigh(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        version_id: Path<Uuid>,
    ) -> Result<Read<ConsequencesOut>, ApiError> {
        let place = Place::of(&id, &version_id);
        let conn = self.app.db.read();
        let (_, found) =
            queries::version_of(conn, &caller.0, |row| row.id == place.certification, place.version).await?;
        let weighed = queries::referential::consequences(conn, &found.version, self.app.today()).await?;
        Ok(Read::new(weighed.into(), found.version.version))
    }

    /// Read a referential
    ///
    /// The revision asked; else the draft, for who may change it; else the latest published.
    #[oai(path = "/:id/versions/:version_id/referential", method = "get", operation_id = "referential_get")]
    async fn get(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        version_id: Path<Uuid>,
        /// Which revision.
        revision: Query<Option<i32>>,
    ) -> Result<Read<ReferentialOut>, ApiError> {
        let place = Place::of(&id, &version_id);
        let which = |row: &entity::certification::Model| row.id == place.certification;
        let today = self.app.today();
        let found = shown(self.app.db.read(), &caller.0, which, place.version, revision.0, today).await?;
        let out = ReferentialOut::of(&found).ok_or(CertificationError::NoReferential)?;
        let version = out.version;
        Ok(Read::new(out, version))
    }

    /// Open a draft
    ///
    /// Of the next revision: a copy of the latest, or what is known of a first one. A version has one draft at most.
    #[oai(
        path = "/:id/versions/:version_id/referential/draft",
        method = "post",
        operation_id = "referential_open"
    )]
    async fn open(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        version_id: Path<Uuid>,
    ) -> Result<Created<ReferentialOut>, ApiError> {
        let place = Place::of(&id, &version_id);
        let actor = caller.0.clone();
        let mut tx = self.app.begin(caller.0).await?;
        actions::open_draft(&mut tx, place.certification, place.version).await?;
        let out = self.after(&tx, &actor, place).await?;
        let version = out.version;
        let path = format!("/certifications/{}/versions/{}/referential", place.certification, place.version);
        let created = Created::new(out, &path, version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Put a whole referential in the draft
    ///
    /// The draft is opened when there is none; otherwise `If-Match` is needed. Every value that cannot be kept is told
    /// at once; `gaps` of the answer says what lacks to publish.
    #[oai(
        path = "/:id/versions/:version_id/referential/draft",
        method = "put",
        operation_id = "referential_put"
    )]
    async fn put(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        version_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReferentialDoc>,
    ) -> Result<Read<ReferentialOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        self.replace(caller.0, Place::of(&id, &version_id), seen, body.0.into()).await
    }

    /// Put the referential of a file in the draft
    ///
    /// TOML or JSON, as plain text, with the fields of `referential_put`; a rule that is left out is the one that the
    /// program proposes.
    #[oai(
        path = "/:id/versions/:version_id/referential/draft/file",
        method = "put",
        operation_id = "referential_import"
    )]
    async fn import(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        version_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: PlainText<String>,
    ) -> Result<Read<ReferentialOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let document = parse(&body.0).map_err(CertificationError::Invalid)?;
        self.replace(caller.0, Place::of(&id, &version_id), seen, document).await
    }

    /// Throw the draft away
    #[oai(
        path = "/:id/versions/:version_id/referential/draft",
        method = "delete",
        operation_id = "referential_discard"
    )]
    async fn discard(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        version_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Discarded, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let place = Place::of(&id, &version_id);
        let mut tx = self.app.begin(caller.0).await?;
        actions::discard_draft(&mut tx, place.certification, place.version, seen).await?;
        tx.commit().await?;
        Ok(Discarded::Gone)
    }

    /// Publish the draft
    ///
    /// Everything that lacks is told at once. What is published never changes again: a later change is a new draft.
    /// `If-Match` is the `version` of the draft.
    #[oai(
        path = "/:id/versions/:version_id/referential/publish",
        method = "post",
        operation_id = "referential_publish"
    )]
    async fn publish(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        version_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<ReferentialOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let place = Place::of(&id, &version_id);
        let actor = caller.0.clone();
        let mut tx = self.app.begin(caller.0).await?;
        actions::publish(&mut tx, place.certification, place.version, Some(seen)).await?;
        self.answer(tx, &actor, place).await
    }
}

impl ReferentialsApi {
    async fn replace(
        &self,
        actor: Actor,
        place: Place,
        seen: Option<i32>,
        document: Document,
    ) -> Result<Read<ReferentialOut>, ApiError> {
        let mut tx = self.app.begin(actor.clone()).await?;
        let known = queries::referential::draft(tx.conn(), place.version).await?;
        actions::put_draft(&mut tx, place.certification, place.version, seen, document).await?;
        // asked after the act, so that only who may change the draft learns that there is one
        if known.is_some() && seen.is_none() {
            return Err(ApiError::precondition_required());
        }
        self.answer(tx, &actor, place).await
    }

    /// Commits, and answers the revision as the transaction leaves it.
    async fn answer(
        &self,
        mut tx: Tx,
        actor: &Actor,
        place: Place,
    ) -> Result<Read<ReferentialOut>, ApiError> {
        let out = self.after(&tx, actor, place).await?;
        let version = out.version;
        let read = Read::new(out, version).kept(&mut tx);
        tx.commit().await?;
        Ok(read)
    }

    async fn after(&self, tx: &Tx, actor: &Actor, place: Place) -> Result<ReferentialOut, ApiError> {
        let which = |row: &entity::certification::Model| row.id == place.certification;
        let found = shown(tx.conn(), actor, which, place.version, None, self.app.today()).await?;
        Ok(ReferentialOut::of(&found).ok_or(CertificationError::NoReferential)?)
    }
}
